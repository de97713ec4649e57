//! How many statements a login and the pages of administrators send to the database: each is a round trip, to another
//! process if it is a server.

use std::ops::Range;

use rocket::http::Status;

use crate::admin_accounts::{LIST, root};
use crate::admin_pages::run;
use crate::support::{ADA, BEGINNING, PASSWORD, Setup, TestSite, Visitor};

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

/// Makes of each of these numbers: an administrator who did something to Ada, a login to her account that failed in a network
/// of its own, an email and a session of hers, a group that she is in, and one that she is not in.
fn write_about_ada(site: &TestSite, numbers: Range<usize>) {
    let ada = site.account(ADA).id;
    for n in numbers {
        let (at, id) = (BEGINNING, format!("0190a5b2-0000-7000-8000-{n:012x}"));
        let admin = format!("0190a5b2-0000-7000-8001-{n:012x}");
        for sql in [
            format!(
                "insert into accounts (id, email, email_key, name, created_at, updated_at) \
                 values ('{admin}', 'a{n}@x.test', 'a{n}@x.test', 'Person {n}', {at}, {at})"
            ),
            format!(
                "insert into audit (id, account_id, event, at, actor, actor_id) \
                 values ('{admin}', '{ada}', 'unlocked', {at}, 'administrator', '{admin}')"
            ),
            format!(
                "insert into audit (id, account_id, event, at, actor, address) \
                 values ('{id}', '{ada}', 'password_wrong', {at}, 'owner', '203.0.113.{n}')"
            ),
            format!(
                "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts) \
                 values ('{id}', 'password', '{ada}', 'a{n}@x.test', '{{}}', {at}, {at} + 86400, 1)"
            ),
            format!(
                "insert into sessions (id, token_hash, account_id, created_at, last_used_at) \
                 values ('{id}', 'token {n}', '{ada}', {at}, {at})"
            ),
            format!(
                "insert into groups values ('in-{n}', 'In {n}', {at}, 'command_line'), \
                 ('out-{n}', 'Out {n}', {at}, 'command_line')"
            ),
            format!(
                "insert into memberships (group_name, account_id, created_at, created_by) \
                 values ('in-{n}', '{ada}', {at}, 'command_line')"
            ),
        ] {
            run(site, sql);
        }
    }
}

#[test]
fn the_page_of_an_account_and_the_list_send_as_many_statements_however_much_there_is() {
    let site = Setup::new().mail().patient().build();
    let mut root = root(&site);
    site.logged_in(ADA);
    let page = format!("{LIST}/{}", site.account(ADA).id);
    let mut counted = |says: &str| {
        [&*page, LIST].map(|path| {
            least(&site, || {
                let shown = root.get(path);
                assert!(shown.status == Status::Ok && (path == LIST || shown.says(says)), "{}", shown.body);
            })
        })
    };
    write_about_ada(&site, 0..1);
    let [account, list] = counted("In 1 group");
    write_about_ada(&site, 1..40);
    assert_eq!(counted("In 40 groups"), [account, list]);
    assert!(account <= 18 && list <= 6, "{account}, {list}");
}

#[test]
fn a_page_sends_as_many_statements_for_a_member_of_admins_as_for_anyone() {
    let site = Setup::new().mail().patient().build();
    let (mut root, mut ada) = (root(&site), site.logged_in(ADA));
    for path in ["/profile", "/settings/devices"] {
        let counted = |visitor: &mut Visitor<'_>| {
            least(&site, || assert_eq!(visitor.get(path).status, Status::Ok, "{path}"))
        };
        assert_eq!(counted(&mut root), counted(&mut ada), "{path}");
    }
    // The session is all that this one reads.
    assert!(least(&site, || assert!(root.is_logged_in())) <= 2);
}
