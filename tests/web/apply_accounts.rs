//! What a file does to accounts: their groups, their state, their name and their password. And what administrators
//! read of it.

use vestibule::people::Email;
use vestibule::people::accounts;

use crate::admin_accounts::root;
use crate::admin_pages::{ACTIVITY, INVITATIONS};
use crate::apply::{BOB, GONE, HASH, applied, checked, groups_of, run, site, that, unchanged, whole_file};
use crate::support::{ADA, Answer, PASSWORD, TestSite};

/// The same as the tutorial makes it: too weak to be stored.
const TUTORIAL: &str = "sha256$NDT2oT96$f90338993bbe3c6f946e2d56391cd0f8b2027c031f890a7f81376abf9dd46890";

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
