//! A file declares groups, accounts, memberships and invitations. Applied again, it changes nothing. What is
//! wrong about a file is in `apply_refused`; the command itself is tested with the program.

use rocket::futures::future::join_all;
use vestibule::features::state::{self, NotApplied, Report, Source};
use vestibule::people::Email;
use vestibule::people::accounts;

use crate::admin_accounts::root;
use crate::admin_pages::{ACTIVITY, INVITATIONS};
use crate::emails::change;
use crate::guide::blocks;
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite};

/// A hash of `PASSWORD`.
pub const HASH: &str =
    "$argon2id$v=19$m=64,t=1,p=1$c2FsdCBmb3IgdGVzdGluZw$C3Zcm3R5u6bsq+zzPQuIsCbpDlraIW4/RD/XtdqtsKI";
/// The same as the tutorial makes it: too weak to be stored.
const TUTORIAL: &str = "sha256$NDT2oT96$f90338993bbe3c6f946e2d56391cd0f8b2027c031f890a7f81376abf9dd46890";
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

fn told(report: Report) -> Vec<String> {
    report.lines.iter().map(ToString::to_string).collect()
}

fn checked(site: &TestSite, content: &str) -> Vec<String> {
    told(run(site, content, true).unwrap_or_else(|why| panic!("{}", why.refusal)))
}

/// Applies a file again: nothing changes, and each line says so.
fn unchanged(site: &TestSite, content: &str) {
    let rows = site.rows_without("");
    let report = run(site, content, false).unwrap();
    assert_eq!(report.changed(), 0, "{:?}", report.lines);
    assert_eq!(site.rows_without(""), rows);
}

/// The lines that end with the act that is asked about, without it.
fn that<'l>(lines: &'l [String], act: &str) -> Vec<&'l str> {
    lines.iter().filter_map(|line| line.strip_suffix(&format!(": {act}"))).collect()
}

/// What the page of administrators says was done on the command line: the lines of each act in one, sorted.
fn acts(page: &Answer) -> Vec<String> {
    let read = |act: &str| {
        let texts: Vec<&str> =
            act.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text.trim()).collect();
        let text = texts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        text.split_once(" Done on the command line").map(|(act, _)| act.to_owned())
    };
    let lists = page.pieces("<ol class=\"rows\">", "</ol>").concat();
    let mut acts: Vec<String> = lists.split("<li>").filter_map(read).collect();
    acts.sort_unstable();
    acts
}

fn groups_of(site: &TestSite, email: &str) -> Vec<String> {
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
const GONE: &str = r#"
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

fn whole_file() -> String {
    FILE.replace("HASH", HASH)
}

/// A site where Eve has an account.
fn site() -> TestSite {
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
fn administrators_read_what_a_file_did_to_which_group_and_account() {
    let site = site();
    let mut root = root(&site);
    applied(&site, &whole_file());
    let id = site.text("select id from invitations");
    let before = acts(&root.get(ACTIVITY));
    let expected = [
        "A group was created choir",
        "A group was created editors",
        "A new invitation was created Concert",
        "An account was added to a group Ada admins",
        "An account was added to a group Ada choir",
        "An account was added to a group Eve choir",
        "An account was added to a group Root admins",
        "An account was created Ada",
        "An account was created Bob",
        "An account was created Zoe",
        "An account was disabled Bob",
    ];
    assert_eq!(before, expected);
    let bob = site.account(BOB).id;
    let file = format!(
        "groups = [{{ name = \"choir\", title = \"The choir\" }}]\n\
         [[accounts]]\nemail = \"{ADA}\"\ngroups = [\"editors\"]\n"
    );
    applied(&site, &file);
    applied(&site, GONE);
    let page = root.get(ACTIVITY);
    let mut since = acts(&page);
    since.retain(|act| !before.contains(act));
    let expected = [
        "A group was deleted editors",
        "An account was added to a group Ada editors",
        &format!("An account was deleted {bob}"),
        "An account was removed from a group Ada editors",
        "An account was removed from a group Eve choir",
        "An open invitation was taken back Concert",
        "The title of a group was changed choir",
    ];
    assert_eq!(since, expected);
    assert!(!page.says(BOB), "{}", page.body);
    assert!(page.values("href").contains(&format!("{INVITATIONS}/{id}")), "{}", page.body);
    // The title that `admins` gets is one of a group that was there.
    applied(&site, "groups = [{ name = \"admins\", title = \"Chairs\" }]");
    assert!(acts(&root.get(ACTIVITY)).contains(&"The title of a group was changed admins".to_owned()));
}

#[test]
fn an_account_leaves_groups_only_where_they_are_exactly_those() {
    let site = site();
    applied(&site, &whole_file());
    let file =
        |are: &str| format!("[[accounts]]\nemail = \"{ADA}\"\ngroups = [\"editors\", \"admins\"]\n{are}\n");
    assert_eq!(
        applied(&site, &file("groups_are = \"at_least\"")),
        ["account ada@example.org: joined editors"]
    );
    let exactly = file("groups_are = \"exactly\"");
    assert_eq!(applied(&site, &exactly), ["account ada@example.org: left choir"]);
    assert_eq!(groups_of(&site, ADA), ["admins", "editors"]);
    unchanged(&site, &exactly);
}

#[test]
fn an_account_is_disabled_and_enabled_only_where_the_file_says_so() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let file = |state: &str| format!("[[accounts]]\nemail = \"{ADA}\"\nname = \"Ada\"\n{state}\n");
    let (disabled, present) = (file("state = \"disabled\""), file("state = \"present\""));
    assert_eq!(applied(&site, &disabled), ["account ada@example.org: disabled"]);
    assert_eq!(ada.get("/profile").status(), 303, "all sessions have ended");
    unchanged(&site, &disabled);
    // An administrator disabled it, and the next start must not undo that.
    unchanged(&site, &file(""));
    assert_eq!(applied(&site, &present), ["account ada@example.org: enabled"]);
    assert_eq!(ada.get("/profile").status(), 303, "the old session does not come back");
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    unchanged(&site, &present);
}

#[test]
fn names_and_titles_become_those_of_the_file() {
    let site = site();
    applied(&site, &whole_file());
    let file = r#"
groups = [{ name = "choir", title = "The choir" }, { name = "admins", title = "Chairs" }, "editors"]
[[accounts]]
email = "ada@example.org"
name = "Countess"
"#;
    let lines = applied(&site, file);
    assert_eq!(that(&lines, "title changed"), ["group choir", "group admins"]);
    assert_eq!(that(&lines, "name changed"), ["account ada@example.org"]);
    assert_eq!(that(&lines, "as it is"), ["group editors"]);
    assert_eq!(site.account(ADA).name.as_str(), "Countess");
    unchanged(&site, file);
}

#[test]
fn a_password_is_set_only_in_an_account_that_has_none_and_was_never_used() {
    let site = TestSite::new();
    let made = format!("[[accounts]]\nemail = \"{BOB}\"\nname = \"Bob\"\n");
    let file = format!("{made}password_hash = \"{HASH}\"\n");
    assert_eq!(applied(&site, &made), ["account bob@example.org: created without a password"]);
    assert_eq!(applied(&site, &file), ["account bob@example.org: password set"]);
    assert_eq!(site.visitor().log_in(BOB, PASSWORD).location(), "/profile");
    unchanged(&site, &file);
    // Its owner took it away from an attacker, who may have known it.
    site.change("delete from passwords");
    unchanged(&site, &file);
    // One that its owner chose stays.
    site.ada();
    let before = site.text("select hash from passwords");
    let other = format!("[[accounts]]\nemail = \"{ADA}\"\npassword_file = \"no/such/file\"\n");
    unchanged(&site, &other);
    assert_eq!(site.text("select hash from passwords"), before);
}

#[test]
fn a_weak_hash_is_never_written() {
    let site = TestSite::new();
    let file = format!("[[accounts]]\nemail = \"{BOB}\"\nname = \"Bob\"\npassword_hash = \"{TUTORIAL}\"\n");
    checked(&site, &file);
    applied(&site, &file);
    let weak = TUTORIAL.rsplit('$').next().unwrap();
    assert!(!String::from_utf8_lossy(&site.written()).contains(weak), "the weak hash is in the database");
    assert_eq!(site.visitor().log_in(BOB, PASSWORD).location(), "/profile");
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
fn an_invitation_brings_a_handle_and_one_whose_handle_is_not_free_waits() {
    let site = TestSite::new();
    let file = |key: &str, handle: &str| format!("[[invitations]]\nkey = \"{key}\"\nhandle = \"{handle}\"\n");
    let first = file("first", "ruth");
    let made = applied(&site, &first);
    assert!(made[0].starts_with("invitation first: created · to print a link: "), "{made:?}");
    assert_eq!(site.text("select handle from invitations"), "ruth");
    unchanged(&site, &first);
    let waits = |key: &str, why: &str| [format!("invitation {key}: waits, since {why}")];
    let second = file("second", "ruth");
    assert_eq!(applied(&site, &second), waits("second", "another invitation promises this handle"));
    site.logged_in(ADA);
    let ada = |handle: &str| format!("[[accounts]]\nemail = \"{ADA}\"\nhandle = \"{handle}\"\n");
    applied(&site, &ada("ada"));
    let third = file("third", "ada");
    assert_eq!(applied(&site, &third), waits("third", "another account has this handle"));
    applied(&site, &ada("lovelace"));
    let had = "another account once had this handle, and no other account gets it";
    // The rest of a file is done.
    let lines = applied(&site, &format!("groups = [\"choir\"]\n{third}"));
    assert_eq!(lines, ["group choir: created".to_owned(), waits("third", had)[0].clone()]);
    assert_eq!(site.number("select count(*) from invitations"), 1);
    // One that is taken back promises nothing, nor does one of the same file that is absent.
    let gone = format!("{first}state = \"absent\"\n");
    assert_eq!(applied(&site, &gone), ["invitation first: revoked"]);
    let lines = applied(&site, &format!("{gone}{second}"));
    assert_eq!(lines[0], "invitation first: as it is");
    assert!(lines[1].starts_with("invitation second: created · "), "{lines:?}");
}

#[test]
fn an_account_that_no_one_confirmed_is_given_nothing_until_its_owner_does() {
    let site = Setup::new().mail().patient().build();
    let mut stranger = site.visitor();
    assert_eq!(stranger.sign_up(ADA, "Mallory", PASSWORD).location(), "/confirm/new");
    let file = format!("[[accounts]]\nemail = \"{ADA}\"\nname = \"Ada\"\ngroups = [\"admins\"]\n");
    let waits = "account ada@example.org: waits, since its address is not confirmed: its owner used no link \
                 yet, or anyone may have signed up with it";
    let report = run(&site, &file, false).unwrap();
    assert_eq!((report.changed(), report.waiting()), (0, 1));
    assert_eq!(told(report), [waits]);
    let membership = format!("groups = [\"choir\"]\n[[memberships]]\ngroup = \"choir\"\nemail = \"{ADA}\"\n");
    assert!(applied(&site, &membership)[1].contains("waits, since its address is not confirmed"));
    assert_eq!(site.number("select count(*) from memberships"), 0);
    // What takes something away is done.
    let disabled = applied(&site, &format!("{file}state = \"disabled\"\n"));
    assert_eq!(disabled, [waits.replace(": waits", ": disabled · waits")]);
    assert_eq!(applied(&site, &format!("{file}state = \"absent\"\n")), ["account ada@example.org: deleted"]);
    assert_eq!(
        applied(&site, &file),
        ["account ada@example.org: created without a password · joined admins"]
    );
}

#[test]
fn what_people_do_with_their_accounts_stops_no_file() {
    let site = site();
    let no_name =
        "[[accounts]]\nemail = \"no@x.test\"\n[[memberships]]\ngroup = \"admins\"\nemail = \"one@x.test\"\n";
    let waits = [
        "account no@x.test: waits, since there is no such account, and no name to create it with",
        "membership of one@x.test in admins: waits, since there is no such account",
    ];
    assert_eq!(applied(&site, no_name), waits);
    // Ada moved to another address, and can take that back.
    let mut ada = site.ada_by_mail();
    change(&site, &mut ada, "new@example.org");
    assert_eq!(site.account("new@example.org").name.as_str(), "Ada");
    let lines = applied(&site, &whole_file());
    let reserved = "account Ada@example.org: waits, since another account can have this address back, until \
                    the link in its email has ended";
    assert_eq!(lines[2], reserved);
    assert!(lines[3].starts_with("account bob@example.org: created"), "{lines:?}");
    site.clock.advance(8 * 24 * 3_600);
    assert!(applied(&site, &whole_file())[2].starts_with("account Ada@example.org: created"));
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

#[test]
fn thousands_of_accounts_take_few_statements() {
    let site = TestSite::new();
    let account = |number: usize| {
        format!(
            "[[accounts]]\nemail = \"n{number}@x.test\"\nname = \"N\"\ngroups = [\"choir\"]\n\
             password_hash = \"{HASH}\"\n"
        )
    };
    let file = format!("groups = [\"choir\"]\n{}", (0..2_003).map(account).collect::<String>());
    let statements = |check| {
        let before = site.db.statements();
        let report = run(&site, &file, check).unwrap();
        (site.db.statements() - before, report.changed())
    };
    let (made, changed) = statements(false);
    assert!(made < 150 && changed == 2_004, "{made} {changed}");
    let (again, changed) = statements(false);
    assert!(again < 60 && changed == 0, "{again} {changed}");
    let ada = Email::parse("n2002@x.test").unwrap();
    assert!(site.block_on(accounts::by_email(&site.db, &ada)).unwrap().is_some());
    let counts = "select (select count(*) from accounts) + (select count(*) from passwords) \
                  + (select count(*) from memberships) + (select count(*) from audit)";
    assert_eq!(site.number(counts), 5 * 2_003 + 1, "and the event of the group");
    let gone = "groups = [{ name = \"choir\", state = \"absent\" }]";
    let before = site.db.statements();
    assert_eq!(applied(&site, gone), ["group choir: deleted"]);
    let taken = site.db.statements() - before;
    assert!(taken < 40, "{taken}");
    for named in [
        "select count(*) from audit where event = 'group_joined' and detail like '%\"choir\"%'",
        "select count(*) from audit where event = 'group_left' and detail like '%\"choir\"%'",
    ] {
        assert_eq!(site.number(named), 2_003, "{named}");
    }
}
