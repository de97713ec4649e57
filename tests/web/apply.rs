//! A file declares groups, accounts, memberships and invitations. Applied again, it changes nothing. More about
//! accounts is in `apply_accounts`, what has to wait in `apply_waits`, and what is wrong about a file in
//! `apply_refused`. The command itself is tested with the program.

use rocket::futures::future::join_all;
use vestibule::features::state::{self, NotApplied, Report, Source};

use crate::guide::blocks;
use crate::support::{ADA, PASSWORD, Setup, TestSite};

/// A hash of `PASSWORD`.
pub const HASH: &str =
    "$argon2id$v=19$m=64,t=1,p=1$c2FsdCBmb3IgdGVzdGluZw$C3Zcm3R5u6bsq+zzPQuIsCbpDlraIW4/RD/XtdqtsKI";
pub const BOB: &str = "bob@example.org";

fn write(site: &TestSite, name: &str, content: &str) -> Source {
    let file = site.folder.path().join(name);
    std::fs::write(&file, content).unwrap();
    Source::open(&file).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Applies a file with this content, or checks it.
pub fn run(site: &TestSite, content: &str, check: bool) -> Result<Report, NotApplied> {
    let source = write(site, "site.toml", content);
    site.block_on(state::apply(&site.site, &source, check))
}

/// The lines of a file that is applied.
pub fn applied(site: &TestSite, content: &str) -> Vec<String> {
    told(run(site, content, false).unwrap_or_else(|why| panic!("{}", why.refusal)))
}

pub fn told(report: Report) -> Vec<String> {
    report.lines.iter().map(ToString::to_string).collect()
}

pub fn checked(site: &TestSite, content: &str) -> Vec<String> {
    told(run(site, content, true).unwrap_or_else(|why| panic!("{}", why.refusal)))
}

/// Applies a file again: nothing changes, and each line says so.
pub fn unchanged(site: &TestSite, content: &str) {
    let rows = site.rows_without("");
    let report = run(site, content, false).unwrap();
    assert_eq!(report.changed(), 0, "{:?}", report.lines);
    assert_eq!(site.rows_without(""), rows);
}

/// The lines that end with the act that is asked about, without it.
pub fn that<'l>(lines: &'l [String], act: &str) -> Vec<&'l str> {
    lines.iter().filter_map(|line| line.strip_suffix(&format!(": {act}"))).collect()
}

pub fn groups_of(site: &TestSite, email: &str) -> Vec<String> {
    let account = site.account(email);
    let names = site.block_on(vestibule::people::groups::names_of(&site.db, &account.id)).unwrap();
    names.iter().map(|name| name.as_str().to_owned()).collect()
}

const FILE: &str = r#"
groups = ["choir", { name = "editors", title = "Those who write" }]

[[accounts]]
email = "Ada@example.org"
name = "Ada"
groups = ["admins", "choir"]
password_file = "ada.txt"

[[accounts]]
email = "bob@example.org"
name = "Bob"
password_hash = "HASH"
state = "disabled"

[[accounts]]
email = "zoe@example.org"
name = "Zoe"

[[memberships]]
group = "choir"
email = "eve@example.org"

[[invitations]]
key = "autumn"
groups = ["choir"]
uses = 30
for = "60d"
note = "Concert"
"#;

/// The same.
const JSON: &str = r#"{
"groups": ["choir", { "name": "editors", "title": "Those who write" }],
"accounts": [
  { "email": "Ada@example.org", "name": "Ada", "groups": ["admins", "choir"], "password_file": "ada.txt" },
  { "email": "bob@example.org", "name": "Bob", "password_hash": "HASH", "state": "disabled" },
  { "email": "zoe@example.org", "name": "Zoe" }
],
"memberships": [{ "group": "choir", "email": "eve@example.org" }],
"invitations": [{ "key": "autumn", "groups": ["choir"], "uses": 30, "for": "60d", "note": "Concert" }]
}"#;

/// What removes things, and what is not there to be removed.
pub const GONE: &str = r#"
groups = [{ name = "editors", state = "absent" }, { name = "nothing", state = "absent" }]

[[accounts]]
email = "bob@example.org"
state = "absent"
[[accounts]]
email = "no@x.test"
state = "absent"

[[memberships]]
group = "choir"
email = "eve@example.org"
state = "absent"
[[memberships]]
group = "nothing"
email = "gone@x.test"
state = "absent"

[[invitations]]
key = "autumn"
state = "absent"
[[invitations]]
key = "no"
state = "absent"
"#;

pub fn whole_file() -> String {
    FILE.replace("HASH", HASH)
}

/// A site where Eve has an account.
pub fn site() -> TestSite {
    let site = Setup::new().mail().patient().build();
    site.logged_in("eve@example.org");
    std::fs::write(site.folder.path().join("ada.txt"), format!("{PASSWORD}\n")).unwrap();
    site
}

#[test]
fn what_a_file_declares_is_there_and_applied_again_it_changes_nothing() {
    let site = site();
    let lines = applied(&site, &whole_file());
    let invitation = lines.last().unwrap().clone();
    assert_eq!(
        lines[..lines.len() - 1],
        [
            "group choir: created",
            "group editors: created",
            "account Ada@example.org: created · joined admins, choir",
            "account bob@example.org: created · disabled",
            "account zoe@example.org: created without a password",
            "membership of eve@example.org in choir: joined",
        ]
    );
    let id = site.text("select id from invitations");
    let told = format!("invitation autumn: created · to print a link: vestibule invitation renew {id}");
    assert_eq!(invitation, told);
    assert!(site.mails().is_empty(), "no email goes out");
    let mut ada = site.visitor();
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    let activity = ada.get("/settings/activity");
    assert!(activity.says("Your account was created") && activity.says("You were added to a group"));
    assert_eq!(site.visitor().log_in(BOB, PASSWORD).location(), "/login", "disabled");
    assert!(site.account(BOB).confirmed_at.is_some(), "the operator vouches for it");
    assert_eq!(groups_of(&site, ADA), ["admins", "choir"]);
    assert_eq!(groups_of(&site, "eve@example.org"), ["choir"]);
    assert_eq!(site.text("select title from groups where name = 'editors'"), "Those who write");
    assert_eq!(site.text("select title from groups where name = 'admins'"), "Administrators");
    assert_eq!(site.number("select uses_left from invitations where note = 'Concert'"), 30);
    unchanged(&site, &whole_file());
}

#[test]
fn the_example_of_the_page_does_what_the_page_says() {
    let site = site();
    site.logged_in(BOB);
    applied(&site, "groups = [{ name = \"editors\", title = \"Those who write\" }]");
    let examples = blocks("docs/apply.md", "text");
    let (file, printed) = (&examples[0], &examples[1]);
    let report = run(&site, &file.replace("/run/secrets/ada", "ada.txt"), false).unwrap();
    let totals = report.totals(false);
    assert_eq!(format!("{}\n{totals}\n", told(report).join("\n")), *printed);
    assert!(site.mailed_link("ruth@example.org").starts_with("/invited?token="));
}

#[test]
fn a_check_changes_nothing_and_says_what_then_happens() {
    let site = site();
    let before = site.rows_without("");
    let lines = checked(&site, &whole_file());
    assert_eq!(site.rows_without(""), before);
    let mut done = applied(&site, &whole_file());
    let last = done.last_mut().unwrap();
    *last = last.split(" · to print").next().unwrap().to_owned();
    assert_eq!(lines, done);
    assert_eq!(run(&site, &whole_file(), true).unwrap().changed(), 0);
}

#[test]
fn json_says_the_same() {
    let (one, other) = (site(), site());
    let json = JSON.replace("HASH", HASH);
    assert_eq!(checked(&one, &json), checked(&other, &whole_file()));
    applied(&one, &json);
    unchanged(&one, &whole_file());
}

#[test]
fn what_a_file_does_not_name_stays_and_only_what_is_absent_goes() {
    let site = site();
    applied(&site, &whole_file());
    let only = format!("[[accounts]]\nemail = \"{ADA}\"\ngroups = [\"editors\"]\n");
    assert_eq!(applied(&site, &only), ["account ada@example.org: joined editors"]);
    assert_eq!(groups_of(&site, ADA), ["admins", "choir", "editors"]);
    assert_eq!(site.number("select count(*) from accounts"), 4);
    let lines = applied(&site, GONE);
    assert_eq!(that(&lines, "deleted"), ["group editors", "account bob@example.org"]);
    assert_eq!(that(&lines, "left"), ["membership of eve@example.org in choir"]);
    assert_eq!(that(&lines, "revoked"), ["invitation autumn"]);
    assert_eq!(that(&lines, "as it is").len(), 4);
    assert_eq!(groups_of(&site, ADA), ["admins", "choir"], "those who were in a group that is gone stay");
    unchanged(&site, GONE);
}

#[test]
fn an_invitation_is_made_once_also_after_it_is_gone() {
    let site = Setup::new().mail().build();
    let file =
        "[[invitations]]\nkey = \"ruth\"\nemail = \"ruth@example.org\"\ngroups = [\"admins\"]\nmail = true\n";
    assert_eq!(applied(&site, file), ["invitation ruth: created"]);
    let link = site.mailed_link("ruth@example.org");
    assert!(link.starts_with("/invited?token="), "{link}");
    unchanged(&site, file);
    site.change("delete from invitations");
    unchanged(&site, file);
    assert_eq!(site.mails().len(), 1);
    // Once taken back, the key makes another one.
    assert_eq!(applied(&site, &format!("{file}state = \"absent\"\n")), ["invitation ruth: revoked"]);
    assert_eq!(applied(&site, file), ["invitation ruth: created"]);
    assert_eq!(site.mails().len(), 2);
    assert_eq!(applied(&site, &format!("{file}state = \"absent\"\n")), ["invitation ruth: revoked"]);
    assert_eq!(site.number("select count(*) from invitations where ends_at > created_at"), 0);
}

#[test]
fn of_several_at_once_one_changes_something() {
    let site = site();
    let source = write(&site, "site.toml", &whole_file());
    let all = (0..8).map(|_| state::apply(&site.site, &source, false));
    let changed: Vec<usize> =
        site.block_on(join_all(all)).into_iter().map(|report| report.unwrap().changed()).collect();
    assert_eq!(changed.iter().filter(|changed| **changed > 0).count(), 1, "{changed:?}");
    assert_eq!(changed.iter().sum::<usize>(), 7);
    unchanged(&site, &whole_file());
}
