//! `vestibule account list`: which accounts its flags list, and how one goes on in a long list.

use serde_json::Value;

use crate::folder::Folder;
use crate::support::Ended;
use crate::visitor::ADA;

/// The beginning of the IDs of accounts that are older than Ada's.
const OLDER: &str = "00000000-0000-7000-8000-00000000";
const ANNA: &str = "anna@x.test";
const BERT: &str = "bert@x.test";
const CARL: &str = "carl@y.test";

fn list(folder: &Folder, flags: &[&str]) -> Ended {
    folder.run(&[&["account", "list"], flags].concat())
}

/// The lines of a list.
fn lines(folder: &Folder, flags: &[&str]) -> Vec<String> {
    list(folder, flags).succeeded().out.lines().map(str::to_owned).collect()
}

/// The addresses of the accounts in a list.
fn addresses(folder: &Folder, flags: &[&str]) -> Vec<String> {
    let json = list(folder, &[flags, &["--json"]].concat()).succeeded().out;
    let accounts: Vec<Value> = serde_json::from_str(&json).unwrap();
    accounts.iter().map(|account| account["email"].as_str().unwrap().to_owned()).collect()
}

/// Three accounts that are older than Ada's. Bert's is disabled, Carl's address is not confirmed, and no one has logged in to
/// either, since another program hashed their passwords. Without email, Ada's address is not confirmed either.
fn with_older_accounts() -> Folder {
    let (folder, _) = Folder::of_ada();
    let account = |number: u32, email: &str, name: &str, rest: &str| {
        format!(
            "insert into accounts (id, email, email_key, name, created_at, updated_at, confirmed_at, disabled_at, logged_in_at) \
             values ('{OLDER}{number}', '{email}', '{email}', '{name}', 1000000000, 1, {rest})"
        )
    };
    let password = |number: u32, hash: &str| {
        format!(
            "insert into passwords (account_id, hash, changed_at) values ('{OLDER}{number}', '{hash}', 1)"
        )
    };
    let statements = [
        account(1001, ANNA, "Anna Berg", "1000000000, null, 1000000000"),
        account(1002, BERT, "Bert", "1000000000, 1000000000, null"),
        account(1003, CARL, "Carl_100%", "null, null, null"),
        password(1001, "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAA"),
        password(1002, "pbkdf2_sha256$1000$salt$AAAA"),
        password(1003, "sha256$salt$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAA"),
    ];
    folder.sql(&statements.each_ref().map(String::as_str));
    folder
}

#[test]
fn accounts_are_listed_by_their_state_and_counted() {
    let folder = with_older_accounts();
    for (state, expected) in [
        ("old-hash", &[BERT, CARL][..]),
        ("unconfirmed", &[CARL, ADA]),
        ("disabled", &[BERT]),
        ("unused", &[BERT, CARL]),
    ] {
        assert_eq!(addresses(&folder, &["--state", state]), expected, "{state}");
        let lines = lines(&folder, &["--state", state]);
        let many = if expected.len() == 1 { "account" } else { "accounts" };
        assert_eq!(lines.len(), expected.len() + 1, "{lines:?}");
        assert_eq!(*lines.last().unwrap(), format!("{} {many}", expected.len()));
    }
    assert_eq!(addresses(&folder, &[]), [ANNA, BERT, CARL, ADA]);
    assert_eq!(lines(&folder, &[]).len(), 4, "without a state, there are only accounts");
    folder.sql(&["update passwords set hash = '$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAA'"]);
    assert_eq!(lines(&folder, &["--state", "old-hash"]), ["There is no such account."]);
    assert_eq!(list(&folder, &["--state", "old-hash", "--json"]).succeeded().out, "[]\n");
}

#[test]
fn a_part_of_an_address_or_name_is_found_and_every_sign_stands_for_itself() {
    let folder = with_older_accounts();
    let anna = format!("{OLDER}1001");
    for (text, expected) in [
        ("ANNA", &[ANNA][..]),
        ("na be", &[ANNA]),
        ("@x.test", &[ANNA, BERT]),
        ("e", &[ANNA, BERT, CARL, ADA]),
        ("100%", &[CARL]),
        ("_", &[CARL]),
        ("%", &[CARL]),
        (" Carl@Y.test ", &[CARL]),
        (&anna, &[ANNA]),
        ("nobody@x.test", &[]),
        ("00000000-0000-7000-8000-000000009999", &[]),
        ("!", &[]),
    ] {
        assert_eq!(addresses(&folder, &["--search", text]), expected, "{text}");
    }
    assert_eq!(lines(&folder, &["--search", "nobody@x.test"]), ["There is no such account."]);
    list(&folder, &["--search", " "]).refused(&["There is nothing to search for."]);
}

#[test]
fn the_accounts_of_a_group_are_listed() {
    let folder = with_older_accounts();
    folder.run(&["group", "create", "choir"]).succeeded();
    for email in [CARL, ANNA] {
        folder.run(&["group", "add", "choir", email]).succeeded();
    }
    assert_eq!(addresses(&folder, &["--group", "choir"]), [ANNA, CARL]);
    assert_eq!(lines(&folder, &["--group", "admins"]), ["There is no such account."]);
    list(&folder, &["--group", "editors"])
        .refused(&["There is no group editors.", "`vestibule group list` lists all groups."]);
    list(&folder, &["--group", "The choir"]).refused(&["cannot be the name of a group"]);
}

#[test]
fn an_account_is_listed_only_if_it_fits_all_flags() {
    let folder = with_older_accounts();
    folder.run(&["group", "create", "choir"]).succeeded();
    for email in [ANNA, BERT, CARL] {
        folder.run(&["group", "add", "choir", email]).succeeded();
    }
    let choir = ["--group", "choir"];
    for (flags, expected) in [
        (&["--state", "unused"][..], &[BERT, CARL][..]),
        (&["--state", "unconfirmed"], &[CARL]),
        (&["--search", "x.test"], &[ANNA, BERT]),
        (&["--search", BERT], &[BERT]),
        (&["--search", BERT, "--state", "unconfirmed"], &[]),
        (&["--search", ADA], &[]),
        (&["--inactive", "2y"], &[ANNA, BERT, CARL]),
        (&["--inactive", "2y", "--state", "old-hash", "--without-second-factor"], &[BERT, CARL]),
        (&["--after", "00000000-0000-7000-8000-000000001002"], &[CARL]),
    ] {
        assert_eq!(addresses(&folder, &[&choir[..], flags].concat()), expected, "{flags:?}");
    }
}

#[test]
fn a_list_with_a_limit_says_how_to_go_on() {
    let folder = with_older_accounts();
    let mut pages = Vec::new();
    let mut after = format!("{OLDER}0000"); // it need not be there
    for _ in 0..2 {
        let lines = lines(&folder, &["--limit", "2", "--after", &after]);
        pages.push(lines.len());
        if let Some(id) = lines.last().unwrap().strip_prefix("There are more. To go on, add: --after ") {
            id.clone_into(&mut after);
        }
    }
    assert_eq!((pages, &*after), (vec![3, 2], "00000000-0000-7000-8000-000000001002"));
    assert_eq!(addresses(&folder, &["--limit", "2"]), [ANNA, BERT]);
    assert_eq!(addresses(&folder, &["--limit", "2", "--after", &after]), [CARL, ADA]);
    assert_eq!(addresses(&folder, &["--limit", "2", "--after", BERT]), [CARL, ADA]);
    list(&folder, &["--after", "nobody@example.org"])
        .refused(&["There is no account for nobody@example.org."]);
    assert_eq!(lines(&folder, &["--limit", "4"]).len(), 4, "these are all");
    assert_eq!(lines(&folder, &["--limit", "1", "--state", "unused"]).len(), 2, "there are more");
    assert_eq!(lines(&folder, &["--limit", "2", "--without-second-factor"]).len(), 3);
    for (flags, told) in [
        (["--limit", "0"], "type a whole number from 1, such as 50"),
        (["--limit", "-1"], "type a whole number from 1, such as 50"),
        (["--after", "ada"], "type the address or the ID of an account"),
        (["--state", "old"], "type old-hash, unconfirmed, disabled or unused"),
    ] {
        let ended = list(&folder, &flags);
        assert!(ended.status == Some(2) && ended.err.contains(told), "{ended:?}");
    }
}

/// More accounts than one statement looks at.
#[test]
fn a_long_list_is_read_in_parts_and_lacks_none() {
    let (folder, _) = Folder::of_ada();
    folder.sql(&[
        "insert into accounts (id, email, email_key, name, created_at, updated_at) with recursive n(i) as \
         (select 10001 union all select i + 1 from n where i < 55000) \
         select '00000000-0000-7000-8000-0000000' || i, 'n' || i || '@x.test', 'n' || i || '@x.test', 'N', 1, 1 from n",
        "insert into groups (name, title, created_at, created_by) values ('choir', 'C', 1, 'command_line'), \
         ('half', 'H', 1, 'command_line')",
        "insert into memberships (group_name, account_id, created_at, created_by) \
         select 'choir', id, 1, 'command_line' from accounts where name = 'N' and email_key in ('n10001@x.test', 'n55000@x.test')",
        "insert into memberships (group_name, account_id, created_at, created_by) \
         select 'half', id, 1, 'command_line' from accounts where name = 'N' and email_key > 'n30000@x.test'",
    ]);
    let all = lines(&folder, &[]);
    assert_eq!(all.len(), 45_001);
    assert!(
        all.iter().zip(10_001..).take(45_000).all(|(line, n)| line.contains(&format!("  n{n}@x.test  N")))
    );
    assert_eq!(addresses(&folder, &["--search", "n54321@"]), ["n54321@x.test"]);
    assert_eq!(addresses(&folder, &["--search", "ada"]), [ADA]);
    assert_eq!(addresses(&folder, &["--group", "choir"]), ["n10001@x.test", "n55000@x.test"]);
    let half = lines(&folder, &["--group", "half", "--state", "unused"]);
    assert_eq!((half.len(), half.last().unwrap().as_str()), (25_001, "25000 accounts"));
    let rest = ["--after", "00000000-0000-7000-8000-000000054998"];
    assert_eq!(addresses(&folder, &rest), ["n54999@x.test", "n55000@x.test", ADA]);
}
