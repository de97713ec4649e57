//! A file with a mistake changes nothing. Each mistake is told with its line, and with no secret.

use crate::apply::{BOB, HASH, applied, run};
use crate::support::{ADA, PASSWORD, Setup, TestSite};

/// The lines of the mistakes in a file, without its folder.
fn mistakes(site: &TestSite, content: &str) -> Vec<String> {
    let rows = site.rows_without("");
    let not_applied = [true, false].map(|check| run(site, content, check).unwrap_err());
    assert_eq!(site.rows_without(""), rows, "{content}");
    let [checked, told] = not_applied.map(|not_applied| {
        let refusal = not_applied.refusal.to_string();
        assert!(refusal.ends_with(" Nothing was changed.") && !refusal.contains('\n'), "{refusal}");
        let without =
            |line: &String| line.rsplit_once("/site.toml:").map(|(_, line)| format!("site.toml:{line}"));
        not_applied.mistakes.iter().filter_map(without).collect::<Vec<_>>()
    });
    assert_eq!(checked, told, "{content}");
    told
}

fn only(site: &TestSite, content: &str) -> String {
    let mut all = mistakes(site, content);
    assert_eq!(all.len(), 1, "{content}: {all:?}");
    all.remove(0)
}

#[test]
fn a_misspelt_group_is_told_with_its_line_and_those_that_there_are() {
    let site = TestSite::new();
    let file = r#"# The choir, and who writes.
groups = ["choir", "editors"]

[[accounts]]
email = "ada@example.org"
name = "Ada Lovelace"
groups = ["admins", "choir"]

[[accounts]]
email = "bob@example.org"
name = "Bob"
groups = [
  "editors",
  "chior",
]
"#;
    let told = "site.toml:14: group \"chior\" is not among groups; there are choir, editors.";
    assert_eq!(only(&site, file), told);
    assert_eq!(applied(&site, &file.replace("chior", "choir")).len(), 4);
    // Groups that exist need not be named again.
    let later = file.replace("groups = [\"choir\", \"editors\"]", "");
    assert_eq!(only(&site, &later), told);
    let nothing = "[[memberships]]\ngroup = \"x\"\nemail = \"a@x.test\"\n";
    let told = "site.toml:2: group \"x\" is not among groups; there are none but admins.";
    assert_eq!(only(&TestSite::new(), nothing), told);
}

/// A file, and what is told of it.
const MISTAKES: &[(&str, &str)] = &[
    ("[[accounts]]\nname = \"Ada\"\n", "1: an account needs the key email."),
    ("[[accounts]]\nemail = \"ada\"\n", "2: \"ada\" is not an email address."),
    (
        "[[invitations]]\nkey = \"a\"\nmail = yes\n",
        "3: this is not valid TOML: write true or false, in small letters, or \"yes\" for a text.",
    ),
    ("[[accounts]]\nemail = 1\n", "2: email must be a text in quotation marks."),
    (
        "[[accounts]]\nemail = \"a..b@x.test\"\nname = \"A\"\n",
        "1: no email can be sent to the address a..b@x.test.",
    ),
    (
        "[[accounts]]\nemail = \"a@x.test\"\nname = \"\"\n",
        "3: \"\" cannot be used as a name. An account needs a name.",
    ),
    (
        "[[accounts]]\nemail = \"a@x.test\"\n\npasword_file = \"x\"\n",
        "4: unknown key \"pasword_file\" in an account. Did you mean `password_file`?",
    ),
    (
        "[[accounts]]\nemail = \"a@x.test\"\nstate = \"gone\"\n",
        "3: state must be \"present\" or \"disabled\" or \"absent\", not \"gone\".",
    ),
    (
        "[[accounts]]\nemail = \"a@x.test\"\ngroups_are = true\n",
        "3: groups_are must be a text in quotation marks.",
    ),
    (
        "[[accounts]]\nemail = \"a@x.test\"\ngroups = \"choir\"\n",
        "3: groups must be a list, in square brackets.",
    ),
    ("[[accounts]]\nemail = \"a@x.test\"\nname = \"A\"\npassword_file = \"no/file\"\n", "4: password_file: "),
    (
        "[[accounts]]\nemail = \"a@x.test\"\nname = \"A\"\npassword_file = \"weak.txt\"\n",
        "4: the password in weak.txt is refused. ",
    ),
    (
        "[[accounts]]\nemail = \"a@x.test\"\npassword_hash = \"hunter2hunter2\"\n",
        "3: the hash in password_hash is of a kind that cannot be imported, or exceeds the limits.",
    ),
    (
        "[[accounts]]\nemail = \"a@x.test\"\npassword_hash = \"HASH\"\npassword_file = \"weak.txt\"\n",
        "3: password_file and password_hash are both set. Keep only one of them.",
    ),
    (
        "[[accounts]]\nemail = \"a@x.test\"\nname = \"A\"\n\
         [[accounts]]\nemail = \"A@X.test\"\nname = \"B\"\n",
        "4: a@x.test was declared before, in line 1.",
    ),
    (
        "[[accounts]]\nemail = \"a@x.test\"\nname = \"A\"\n\
         [[memberships]]\ngroup = \"admins\"\nemail = \"a@x.test\"\n",
        "4: a@x.test is among the accounts, in line 1: write its groups there.",
    ),
    ("[[memberships]]\ngroup = \"admins\"\n", "1: a membership needs the key email."),
    ("accounts = [\"a@x.test\"]\n", "1: an account must be a table, with email, name, groups"),
    ("groups = [\"The choir\"]\n", "1: \"The choir\" cannot be the name of a group. Use 1 to 64 of a-z"),
    ("groups = [\"a\",\n\"b\", \"a\"]\n", "2: the group a was declared before, in line 1."),
    ("groups = [{ name = \"admins\", state = \"absent\" }]\n", "1: the group admins cannot be deleted."),
    ("groups = [{ name = \"a\", title = \"\" }]\n", "1: \"\" cannot be a title."),
    (
        "groups = [{ name = \"a\", state = \"absent\" }]\n[[accounts]]\nemail = \"a@x.test\"\nname = \"A\"\n\
         groups = [\"a\"]\n",
        "5: the group a is absent, says line 1.",
    ),
    ("[[invitations]]\nnote = \"x\"\n", "1: an invitation needs the key key."),
    ("[[invitations]]\nkey = \"a\"\nuses = 0\n", "3: uses must be a number from 1 to 10000."),
    (
        "[[invitations]]\nkey = \"a\"\nuses = 2\nemail = \"a@x.test\"\n",
        "3: an invitation for one address can be used once: leave out uses.",
    ),
    (
        "[[invitations]]\nkey = \"a\"\nuses = 2\nhandle = \"ruth\"\n",
        "3: an invitation with a handle can be used once: leave out uses.",
    ),
    (
        "[[invitations]]\nkey = \"a\"\nhandle = \"Ruth\"\n",
        "3: \"Ruth\" cannot be used as a handle. Use 1 to 32 of a-z",
    ),
    (
        "[[invitations]]\nkey = \"a\"\nhandle = \"admin\"\n",
        "3: \"admin\" cannot be used as a handle. This name has a meaning",
    ),
    (
        "[[invitations]]\nkey = \"a\"\nhandle = \"ruth\"\n[[invitations]]\nkey = \"b\"\nhandle = \"ruth\"\n",
        "4: the handle ruth was declared before, in line 1.",
    ),
    (
        "[[accounts]]\nemail = \"a@x.test\"\nname = \"A\"\nhandle = \"ruth\"\n\
         [[invitations]]\nkey = \"b\"\nhandle = \"ruth\"\n",
        "5: the handle ruth was declared before, in line 1.",
    ),
    (
        "[[invitations]]\nkey = \"a\"\nfor = \"2y\"\n",
        "3: for must be a time from 5m to 366d, such as \"7d\", not \"2y\".",
    ),
    (
        "[[invitations]]\nkey = \"a\"\nmail = true\n",
        "3: this invitation is for no address, so there is none to email it to.",
    ),
    (
        "[[invitations]]\nkey = \"a\"\nmail = true\nemail = \"a@x.test\"\n",
        "1: this invitation cannot be emailed: email is off, since smtp_url is not set.",
    ),
    (
        "[[acounts]]\nemail = \"a@x.test\"\n",
        "1: unknown key \"acounts\" in the file. Did you mean `accounts`?",
    ),
    ("groups = [\"a\"\naccounts = []\n", "2: this is not valid TOML: "),
    ("{\"groups\": [\n\"a\",\n]}", "3: this is not valid JSON: "),
    ("{\"groups\":\n\"a\"}", "2: groups must be a list, in square brackets."),
];

#[test]
fn every_mistake_is_told_with_its_line_and_nothing_is_done() {
    let site = TestSite::new();
    std::fs::write(site.folder.path().join("weak.txt"), "hunter2hunter2").unwrap();
    for (file, expected) in MISTAKES {
        // What stands before it would be fine alone.
        let told = only(&site, &file.replace("HASH", HASH));
        assert!(told.starts_with(&format!("site.toml:{expected}")), "{file}: {told}");
        assert!(!told.contains("hunter2") && !told.contains("argon2"), "{told}");
    }
}

#[test]
fn all_mistakes_of_a_file_are_told_in_the_order_of_their_lines() {
    let site = TestSite::new();
    let file = "groups = [\"choir\"]\n[[accounts]]\nname = \"Ada\"\n[[accounts]]\nemail = \"bob\"\n\
                [[invitations]]\nkey = \"a b\"\n";
    let told = mistakes(&site, file);
    let lines: Vec<_> = told.iter().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(lines, ["site.toml:2", "site.toml:5", "site.toml:7"], "{told:?}");
    let refusal = run(&site, file, false).unwrap_err().refusal.to_string();
    assert!(refusal.ends_with(
        "site.toml:2: an account needs the key email. It is one of 3 mistakes. Nothing was changed."
    ));
}

#[test]
fn the_last_administrator_stays_whatever_a_file_says() {
    let site = Setup::new().patient().build();
    for email in [ADA, BOB] {
        site.logged_in(email);
        site.add_to_group(email, "admins");
    }
    let goes = |email: &str, how: &str| format!("[[accounts]]\nemail = \"{email}\"\n{how}\n");
    let left = "groups_are = \"exactly\"";
    // One of two may go.
    assert_eq!(applied(&site, &goes(BOB, left)), ["account bob@example.org: left admins"]);
    let told = "site.toml:1: no administrator who can log in would be left. Make another one first.";
    for how in [left, "state = \"disabled\"", "state = \"absent\""] {
        assert_eq!(only(&site, &goes(ADA, how)), told, "{how}");
    }
    let membership = format!("[[memberships]]\nemail = \"{ADA}\"\ngroup = \"admins\"\nstate = \"absent\"\n");
    assert_eq!(only(&site, &membership), told);
    // One who cannot log in does not count.
    let zoe = "[[accounts]]\nemail = \"zoe@x.test\"\nname = \"Zoe\"\ngroups = [\"admins\"]\n";
    let both = format!("{}{zoe}", goes(ADA, "state = \"absent\""));
    assert_eq!(only(&site, &both), told);
    // One who can, in the same file, does.
    let both = format!("{both}password_hash = \"{HASH}\"\n");
    let done = ["account ada@example.org: deleted", "account zoe@x.test: created · joined admins"];
    assert_eq!(applied(&site, &both), done);
    assert_eq!(site.visitor().log_in("zoe@x.test", PASSWORD).location(), "/profile");
    // Where none can log in, a file about others goes on.
    let site = TestSite::new();
    site.ada();
    assert_eq!(applied(&site, &goes(ADA, "state = \"disabled\"")), ["account ada@example.org: disabled"]);
}

#[test]
fn what_fails_in_the_middle_takes_everything_back() {
    let site = TestSite::new();
    let file = format!(
        "groups = [\"choir\"]\n[[accounts]]\nemail = \"{ADA}\"\nname = \"Ada\"\ngroups = [\"choir\"]\n\
         password_hash = \"{HASH}\"\n[[invitations]]\nkey = \"a\"\n"
    );
    for table in ["groups", "accounts", "passwords", "memberships", "audit", "applied_invitations"] {
        site.refuse("insert", table);
        let not_applied = run(&site, &file, false).unwrap_err();
        let refusal = not_applied.refusal.to_string();
        assert!(
            not_applied.mistakes.is_empty() && refusal.contains("site.toml was not applied: "),
            "{refusal}"
        );
        site.allow(table);
        let counts = "select (select count(*) from accounts) + (select count(*) from groups) \
                      + (select count(*) from invitations) + (select count(*) from audit)";
        assert_eq!(site.number(counts), 0, "{table}");
    }
    assert_eq!(applied(&site, &file).len(), 3);
}
