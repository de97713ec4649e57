//! The command line takes the last administrator away, and says that none is left and how to make one.

use crate::folder::Folder;
use crate::log::{events, named};
use crate::smtp::{BASE, Smtp, link_in};
use crate::visitor::{ADA, PASSWORD, Visitor};

const BOB: &str = "bob@example.org";
const WARNING: &str =
    "Warning: there is no administrator left. To make one: vestibule group add admins EMAIL\n";

/// The commands that take an administrator away.
fn ways(email: &str) -> [Vec<&str>; 3] {
    [
        vec!["group", "remove", "admins", email],
        vec!["account", "disable", email],
        vec!["account", "delete", email, "--yes"],
    ]
}

/// A folder with Ada and Bob.
fn with_two() -> Folder {
    let (folder, _) = Folder::of_ada();
    folder.command(&["account", "add", BOB, "Bob"]).input(&format!("{PASSWORD}\n")).finish().succeeded();
    folder
}

#[test]
fn each_command_that_takes_the_last_administrator_away_does_it_and_warns() {
    for (of_bob, of_ada) in ways(BOB).into_iter().zip(ways(ADA)) {
        let folder = with_two();
        for email in [ADA, BOB] {
            folder.run(&["group", "add", "admins", email]).succeeded();
        }
        folder.run(&of_bob).succeeded(); // without a word: Ada is left
        let last = folder.run(&of_ada);
        assert_eq!((last.status, &*last.err), (Some(0), WARNING), "{of_ada:?}");
        assert_eq!(last.out.lines().count(), 1, "{last:?}");
        // What it says to type works.
        if of_ada[1] == "remove" {
            folder.run(&["group", "add", "admins", ADA]).succeeded();
        }
    }
}

#[test]
fn nothing_is_said_about_administrators_where_an_account_is_none() {
    let folder = with_two();
    for way in ["disable", "enable"] {
        folder.run(&["account", way, BOB]).succeeded();
    }
    folder.run(&["account", "delete", BOB, "--yes"]).succeeded();
}

#[test]
fn an_administrator_without_a_password_is_none_who_is_left() {
    let folder = with_two();
    for email in [ADA, BOB] {
        folder.run(&["group", "add", "admins", email]).succeeded();
    }
    folder.sql(&["delete from passwords where account_id = (select id from accounts where name = 'Bob')"]);
    let last = folder.run(&["account", "disable", ADA]);
    assert_eq!((last.status, &*last.err), (Some(0), WARNING));
}

/// She became the first administrator while the site sent no emails, so her address was never confirmed.
#[test]
fn a_reset_by_email_takes_admins_from_who_never_confirmed_and_the_log_says_what_to_type() {
    let Some(smtp) = Smtp::start(&[]) else { return };
    let folder = Folder::new();
    let server = folder.serve();
    let words = ["invitation", "add", "--group", "admins", "--base-url", BASE];
    let link = folder.run(&words).succeeded().out;
    let mut ada = Visitor::at(server.address);
    ada.get(link.trim_end().strip_prefix(BASE).unwrap());
    let fields = [("email", ADA), ("name", "Ada"), ("password", PASSWORD)];
    assert_eq!(ada.post("/invited", &fields).leads_to(), "/login");
    assert_eq!((server.stop().status, folder.rows("memberships")), (Some(0), 1));
    let server = smtp.site(&folder, "smtp://localhost?tls=none").start();
    let mut ada = Visitor::at(server.address);
    ada.post("/forgot", &[("email", ADA)]);
    ada.get(&link_in(&smtp.mail()));
    let fields = [("name", "Ada"), ("new_password", "seven lazy violet teapots")];
    assert_eq!(ada.post("/reset", &fields).leads_to(), "/login");
    let events = events(&server.stop());
    let warnings = named(&events, "sys_groups");
    assert_eq!((warnings.len(), folder.rows("memberships")), (1, 0), "{events:#?}");
    let message = warnings[0]["message"].as_str().unwrap();
    let told = message.starts_with("there is no administrator left who can log in:")
        && message.ends_with("To make one: vestibule group add admins EMAIL");
    assert!(told && warnings[0]["level"] == "warn", "{}", warnings[0]);
    folder.run(&["group", "add", "admins", ADA]).succeeded();
}
