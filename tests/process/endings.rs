//! The operator's commands revoke every credential of an account with the next request, and no credential of
//! other accounts.

use crate::folder::Folder;
use crate::support::Server;
use crate::visitor::{ADA, PASSWORD, Visitor};

const BOB: &str = "bob@example.org";

/// Credentials, each of a separate visitor who has no other one.
struct Held {
    session: Visitor,
    of_device: Visitor,
    device: Visitor,
    link: Visitor,
    bob: Visitor,
    bobs_device: Visitor,
}

fn only(visitor: &Visitor, cookie: &str) -> Visitor {
    let mut visitor = visitor.clone();
    visitor.jar.retain(|name, _| name == cookie);
    assert_eq!(visitor.jar.len(), 1, "{cookie}");
    visitor
}

fn held(folder: &Folder, server: &Server) -> Held {
    let enter = |email: &str, fields: &[(&str, &str)]| {
        let mut visitor = Visitor::at(server.address);
        let fields = [&[("email", email), ("password", PASSWORD)], fields].concat();
        assert_eq!(visitor.post("/login", &fields).leads_to(), "/profile");
        visitor
    };
    for email in [ADA, BOB] {
        assert_eq!(Visitor::at(server.address).sign_up(email).leads_to(), "/login");
    }
    let remember = [("remember", "yes")];
    let (ada, bob) = (enter(ADA, &remember), enter(BOB, &remember));
    let printed = folder
        .run(&["account", "link", ADA, "--reset", "--base-url", "http://localhost:8000"])
        .succeeded()
        .out;
    let mut link = Visitor::at(server.address);
    link.get(printed[printed.find("/reset").unwrap()..].trim_end());
    assert_eq!(link.get("/reset").status, 200);
    Held {
        session: only(&enter(ADA, &[]), "session"),
        of_device: only(&ada, "session"),
        device: only(&ada, "remember"),
        link: only(&link, "reset"),
        bob: only(&bob, "session"),
        bobs_device: only(&bob, "remember"),
    }
}

/// Says which credentials still work on the given server: three of Ada's, her link, and two of Bob's.
fn alive(held: Held, server: &Server) -> [bool; 6] {
    let Held { session, of_device, device, link, bob, bobs_device } = held;
    let mut link = link.again_at(server.address);
    let is_in = |visitor: Visitor| visitor.again_at(server.address).is_logged_in();
    let link = match link.get("/reset").status {
        200 => true,
        410 => false,
        status => panic!("{status}"),
    };
    [is_in(session), is_in(of_device), is_in(device), link, is_in(bob), is_in(bobs_device)]
}

#[test]
fn a_command_revokes_all_credentials_of_its_account_and_no_others() {
    for (words, expected) in [
        (&["account", "rename", ADA, "Ada"][..], true),
        (&["account", "enable", ADA][..], true),
        (&["account", "disable", ADA][..], false),
        (&["account", "delete", ADA, "--yes"][..], false),
        (&["account", "set-password", ADA][..], false),
    ] {
        let folder = Folder::new();
        let server = folder.command(&["--port", "0"]).patient().start();
        let held = held(&folder, &server);
        folder.command(words).input("another good one, not guessed").finish().succeeded();
        let ada = [expected; 4];
        assert_eq!(alive(held, &server), [&ada[..], &[true; 2]].concat()[..], "{words:?}");
    }
}

#[test]
fn replacing_the_key_revokes_the_credentials_of_all_accounts() {
    let mut folder = Folder::new();
    let server = folder.command(&["--port", "0"]).patient().start();
    let held = held(&folder, &server);
    assert_eq!(server.stop().status, Some(0));
    folder.replace_key().succeeded();
    assert_eq!(alive(held, &folder.serve()), [false; 6]);
}
