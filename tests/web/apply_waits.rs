//! What a file cannot do yet waits: an account or a handle is not there to be given, or is not confirmed. The rest of
//! the file is done.

use crate::apply::{applied, run, site, told, unchanged, whole_file};
use crate::emails::change;
use crate::support::{ADA, PASSWORD, Setup, TestSite};

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
