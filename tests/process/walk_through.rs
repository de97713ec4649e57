//! The walk-through of a person who has only the pages in `docs`: a site in an empty folder gets its first
//! administrator, three who are invited, and twenty from another program. Two of those cannot log in, and the
//! administrator finds out why and helps. What is typed and pressed is what the pages name.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use crate::folder::Folder;
use crate::import::{line_of, tutorials_database};
use crate::support::there_is;
use crate::terminal::{BECOME_ONE, HERE, OnTerminal};
use crate::visitor::{PASSWORD, Visitor};

const ACCOUNTS: &str = "/admin/accounts";
const DORA: &str = "dora@example.org";
const NEW_INVITATION: &str = "/admin/invitations/new";

/// A page of the documentation.
fn read(page: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap()
}

/// A page of the site, as a browser reads its addresses.
fn page(visitor: &mut Visitor, path: &str) -> String {
    let answer = visitor.get(path);
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    answer.body.replace("&#x2F;", "/")
}

/// What stands between two texts, where they are first found.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before:?} in {text}")).1;
    rest.split_once(after).unwrap_or_else(|| panic!("no {after:?} in {rest}")).0
}

/// Fills in the form of a page that has this button, presses it, and returns where that leads.
fn press(visitor: &mut Visitor, path: &str, button: &str, typed: &[(&str, &str)]) -> String {
    let shown = page(visitor, path);
    let (before, _) = shown
        .split_once(&format!(">{button}</button>"))
        .unwrap_or_else(|| panic!("no button {button:?} on {path}: {shown}"));
    let (_, form) = before.rsplit_once("<form ").unwrap();
    let hidden = form.split("<input type=\"hidden\" name=\"").skip(1);
    let hidden = hidden.map(|input| (input.split('"').next().unwrap(), between(input, "value=\"", "\"")));
    let fields: Vec<_> = hidden.chain(typed.iter().copied()).collect();
    let answer = visitor.post(between(form, "action=\"", "\""), &fields);
    assert_eq!(answer.status, 303, "{button}: {answer:?}");
    answer.leads_to().to_owned()
}

/// Opens the link of an invitation, makes an account, and logs in. The address is not asked for if it is only for that.
fn joins(site: SocketAddr, link: &str, (email, name): (&str, &str)) -> Visitor {
    let mut visitor = Visitor::at(site);
    let path = link.strip_prefix(HERE).unwrap_or_else(|| panic!("{link}"));
    assert_eq!(visitor.get(path).leads_to(), "/invited");
    let asks = page(&mut visitor, "/invited").contains("name=\"email\"");
    let all = [("email", email), ("name", name), ("password", PASSWORD)];
    let fields = if asks { &all[..] } else { &all[1..] };
    assert_eq!(press(&mut visitor, "/invited", "Sign Up", fields), "/login");
    assert_eq!(visitor.log_in(email, PASSWORD).leads_to(), "/profile");
    assert!(page(&mut visitor, "/profile").contains(&format!("Welcome, {name}!")));
    visitor
}

/// Makes an invitation on the page for that, and returns its link.
fn invites(administrator: &mut Visitor, (email, groups): (&str, &str)) -> String {
    let typed = [("note", ""), ("email", email), ("groups", groups), ("uses", "1"), ("lasts", "7d")];
    let made = press(administrator, NEW_INVITATION, "Create the invitation", &typed);
    between(&page(administrator, &made), "<code>", "</code>").to_owned()
}

/// The page of the account with an address, as the search finds it.
fn found(administrator: &mut Visitor, email: &str) -> String {
    let list = page(administrator, &format!("{ACCOUNTS}?search={}", email.replace('@', "%40")));
    let (before, _) = list.split_once(">Open</a>").unwrap_or_else(|| panic!("{email} is not in {list}"));
    before.rsplit_once("href=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

/// The buttons that the documentation names for what the page of an account says.
fn that_helps(shown: &str) -> Vec<String> {
    let text = read("docs/administration.md");
    let table = between(&text, "\n## Why can't she log in?\n", "\n## ");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let said = rows.filter(|(sentence, _)| sentence.split('…').all(|piece| shown.contains(piece)));
    said.map(|(_, helps)| helps.split(" · ").next().unwrap().to_owned()).collect()
}

#[test]
fn a_site_gets_its_people_and_helps_them_in_by_what_the_pages_say() {
    let what = "the walk-through of the pages";
    if !there_is("script", what) || !there_is("sqlite3", what) {
        return;
    }
    let folder = Folder::new();
    let terminal = OnTerminal::start(&folder);
    let site = terminal.server().address;

    // The first administrator has the link that the terminal shows.
    let invitations = read("docs/invitations.md");
    assert!(invitations.contains(BECOME_ONE));
    let link = terminal.link();
    let mut ruth = joins(site, &link, ("ruth@example.org", "Ruth"));
    assert!(page(&mut ruth, "/profile").contains(">Admin</a>"));

    // Three are invited: by a command, on a page into a group, and one at one address alone.
    let typed = "vestibule invitation add";
    assert!(invitations.lines().any(|line| line == typed));
    let made = folder.types(typed);
    assert_eq!(made.status, Some(0), "{made:?}");
    let mut ben = joins(site, made.out.trim_end(), ("ben@example.org", "Ben"));
    assert_eq!(ben.get(ACCOUNTS).status, 404, "no one else is an administrator");
    let choir = press(&mut ruth, "/admin/groups", "Create the group", &[("name", "choir"), ("title", "")]);
    joins(site, &invites(&mut ruth, ("", "choir")), ("cara@example.org", "Cara"));
    assert!(page(&mut ruth, &choir).contains("cara@example.org"));
    joins(site, &invites(&mut ruth, (DORA, "")), (DORA, "Dora"));

    // Twenty come along with their passwords.
    tutorials_database(&folder);
    let moved = folder.types(&line_of("README.md")).succeeded();
    assert_eq!(moved.out, "20 rows: 20 created, 0 there already, 0 refused.\n");
    assert!(page(&mut ruth, ACCOUNTS).contains("24 accounts"));
    for number in 1..=3 {
        let email = format!("p{number}@example.org");
        assert_eq!(Visitor::at(site).log_in(&email, PASSWORD).leads_to(), "/profile", "{email}");
    }

    // One of them is disabled, another has typed wrong passwords.
    let [seven, eight] = ["p7@example.org", "p8@example.org"];
    folder.run(&["account", "disable", seven]).succeeded();
    assert_ne!(Visitor::at(site).log_in(seven, PASSWORD).leads_to(), "/profile");
    for _ in 0..5 {
        assert_eq!(Visitor::at(site).log_in(eight, "wrong").leads_to(), "/login");
    }
    folder.sql(&["update failed_logins set failures = 12 where failures >= 5"]); // as if for longer
    assert_eq!(Visitor::at(site).log_in(eight, PASSWORD).status, 429);

    for (email, why, button, told) in [
        (seven, "The account has been disabled since ", "Enable the account", "enabled the account again"),
        (eight, "After wrong passwords, new browsers must wait until ", "End the wait", "ended the wait"),
    ] {
        let account = found(&mut ruth, email);
        let shown = page(&mut ruth, &account);
        assert!(shown.contains(why), "{email}: {shown}");
        assert_eq!(that_helps(&shown), [button], "{email}");
        assert_eq!(press(&mut ruth, &account, button, &[]), account);
        let shown = page(&mut ruth, &account);
        assert!(!shown.contains(why) && shown.contains("Yes, with the right password."), "{email}: {shown}");
        let mut owner = Visitor::at(site);
        assert_eq!(owner.log_in(email, PASSWORD).leads_to(), "/profile", "{email}");
        let read = page(&mut owner, "/settings/activity");
        assert!(read.contains(&format!("An administrator {told}")) && !read.contains("Ruth"), "{read}");
    }
    let done = page(&mut ruth, "/admin/activity");
    assert!(done.contains("An account was enabled again"), "{done}");
    assert!(done.contains("The wait after wrong passwords and codes was ended"), "{done}");
    let shown = terminal.stop();
    assert_eq!(shown.matches("token=").count(), 1, "the first link, and no other: {shown}");
}
