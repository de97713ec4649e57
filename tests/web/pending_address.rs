//! A change of address that was asked for and not made yet: shown to its owner, who can cancel it.

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const CANCEL: &str = "/settings/email/cancel";
const BOB: &str = "bob@example.org";

/// The account page without what differs on every page, and whether it offers to cancel.
fn account(visitor: &mut Visitor<'_>) -> (String, bool) {
    let page = visitor.get("/settings/account");
    (page.without_form_values(), page.values("action").iter().any(|action| action == CANCEL))
}

fn cancelled(site: &TestSite) -> i64 {
    site.number("select count(*) from audit where event = 'email_change_cancelled'")
}

#[test]
fn a_change_is_pending_while_its_email_waits_and_cancelling_takes_that_back() {
    let site = Setup::new().mail().build();
    let mut ada = site.ada_by_mail();
    assert!(!account(&mut ada).1);
    let sent = site.mails().len();
    // The email waits for an hour, as while the mail server does not answer.
    site.change(
        "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts) \
         select 'change', 'change', id, 'new@example.org', '{\"at\":0,\"actor\":\"command_line\"}', \
         1767225600, 1767229200, 0 from accounts",
    );
    let (page, cancels) = account(&mut ada);
    assert!(page.contains("new@example.org") && cancels, "{page}");
    assert_eq!(ada.fill_in("/settings/account", CANCEL, &[]).location(), "/settings/account");
    let (page, cancels) = account(&mut ada);
    assert!(!page.contains("new@example.org") && !cancels, "{page}");
    assert_eq!(cancelled(&site), 1);
    site.clock.advance(3_700);
    assert_eq!(site.mails().len(), sent);
}

#[test]
fn cancelling_twice_cancels_once_and_says_the_same() {
    let site = Setup::new().mail().build();
    let mut ada = site.ada_by_mail();
    ada.submit("/settings/email", &[("email", "new@example.org")]);
    site.mails();
    let value = ada.get("/settings/account").form_value();
    let mut notices = Vec::new();
    for _ in 0..2 {
        assert_eq!(ada.submit(CANCEL, &[("form", &value)]).location(), "/settings/account");
        notices.push(ada.get("/settings/account").notices());
    }
    assert!(notices[0].len() == 1 && notices[0] == notices[1], "{notices:?}");
    assert_eq!(cancelled(&site), 1);
    // Another form, after it was done: there is nothing to cancel, and nothing to say.
    assert_eq!(ada.fill_in("/settings/account", CANCEL, &[]).location(), "/settings/account");
    assert!(ada.get("/settings/account").notices().is_empty());
    assert_eq!(cancelled(&site), 1);
    // A new change is not touched by the form of before.
    site.clock.advance(3_600);
    let mut later = site.visitor();
    later.log_in(ADA, PASSWORD);
    later.submit("/settings/email", &[("email", "new@example.org")]);
    site.mails();
    assert!(account(&mut later).1);
    assert_eq!(later.fill_in("/settings/account", CANCEL, &[]).location(), "/settings/account");
    assert!(!account(&mut later).1);
    assert_eq!(cancelled(&site), 2);
}

/// Otherwise everyone with an account could find out who else has one.
#[test]
fn the_settings_do_not_tell_whether_another_account_has_the_address() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.ada_by_mail();
    site.visitor().sign_up(BOB, "Bob", PASSWORD);
    site.mails();
    let seen = [BOB, "nobody@example.org"].map(|address| {
        site.clock.advance(2);
        assert_eq!(ada.submit("/settings/email", &[("email", address)]).location(), "/settings/account");
        let mail = site.newest(address);
        assert_eq!(mail.text.contains("?token="), address != BOB, "{}", mail.text);
        let (page, cancels) = account(&mut ada);
        assert!(page.contains(address) && cancels, "{page}");
        let links = site.number("select count(*) from links where purpose = 'change'");
        assert_eq!(ada.fill_in("/settings/account", CANCEL, &[]).location(), "/settings/account");
        let after = account(&mut ada);
        (page.replace(address, "…"), links, after)
    });
    let [taken, free] = seen;
    assert_eq!(taken, free);
    // Nor by the emails that the address got a moment ago: a sign-up with it, by anyone.
    for address in ["carl@example.org", "dora@example.org"] {
        site.clock.advance(3_600);
        if address.starts_with("carl") {
            site.visitor().sign_up(address, "Carl", PASSWORD);
            site.mails();
            site.clock.advance(3_600);
        }
        site.visitor().sign_up(address, "Eve", PASSWORD);
        site.mails();
        site.clock.advance(2);
        let mut ada = site.visitor();
        ada.log_in(ADA, PASSWORD);
        ada.submit("/settings/email", &[("email", address)]);
        site.mails();
        let (page, cancels) = account(&mut ada);
        assert!(page.contains(address) && cancels, "{address}: {page}");
    }
}
