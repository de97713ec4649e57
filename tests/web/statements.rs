//! How many statements a login sends to the database: each is a round trip, to another process if it is a
//! server.

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

/// The statements of a visitor's request, if no password was wrong before: the least of several measurements,
/// since tasks of the server may send some at the same time.
fn least(site: &TestSite, mut work: impl FnMut()) -> u64 {
    let each = (0..12).map(|_| {
        site.change("delete from failed_logins");
        let before = site.db.statements();
        work();
        site.db.statements() - before
    });
    each.min().unwrap()
}

fn with_ada() -> TestSite {
    let site = Setup::new().patient().build();
    assert_eq!(site.visitor().sign_up(ADA, "Ada", PASSWORD).location(), "/login");
    site
}

/// On a server there are two more: one takes the lock of the account, and one renews the lease on the
/// database.
fn on_a_server() -> u64 {
    if std::env::var("VESTIBULE_TEST_DATABASE_URL").is_ok() { 2 } else { 0 }
}

#[test]
fn a_login_sends_eight_statements_and_two_more_to_a_server() {
    let site = with_ada();
    let log_in = || {
        assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    };
    assert_eq!(least(&site, log_in), 8 + on_a_server());
}

#[test]
fn a_wrong_password_sends_as_many_statements_for_an_unknown_address() {
    let site = with_ada();
    let wrong = |address: &str| {
        let log_in = |visitor: &mut Visitor<'_>| visitor.log_in(address, "wrong horse battery");
        least(&site, || assert_eq!(log_in(&mut site.visitor()).location(), "/login"))
    };
    assert_eq!(wrong(ADA), wrong("nobody@example.org"));
    assert_eq!(wrong("no address"), wrong("no-one@example.org"));
}
