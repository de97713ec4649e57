//! Deleting one's account while its requirements change: they are checked again after the password, which
//! takes long enough for a change.

use std::sync::{Mutex, PoisonError};

use rocket::http::Status;
use rocket::{get, routes};
use vestibule::base::{Client, Password};
use vestibule::features::account_changes::{self, Closed};
use vestibule::people::User;
use vestibule::people::sessions::KnownBrowser;
use vestibule::web::Submission;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

/// Users as the guard found them, on the sites of all tests: nothing else makes a `User`.
static FOUND: Mutex<Vec<User>> = Mutex::new(Vec::new());

#[get("/found")]
fn found(user: User) {
    FOUND.lock().unwrap_or_else(PoisonError::into_inner).push(user);
}

/// Ada, as a handler of her request gets her.
fn user(site: &TestSite, ada: &mut Visitor<'_>) -> User {
    let account = site.account(ADA).id;
    assert_eq!(ada.get("/found").status, Status::Ok);
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    let at = found.iter().position(|user| user.id == account).unwrap();
    found.swap_remove(at)
}

/// Ada requests the deletion, at a time when it needed a link or did not.
fn close(site: &TestSite, user: &User, by_link: bool) -> Closed {
    let client = Client::default();
    let (password, known_browser) = (Password::typed(PASSWORD), KnownBrowser::default());
    let submission = Submission::none();
    let closed =
        account_changes::close(&site.site, user, &password, by_link, &known_browser, &client, &submission);
    site.runtime.block_on(closed).unwrap()
}

#[test]
fn if_the_address_was_confirmed_meanwhile_deletion_needs_a_link() {
    let site = Setup::new().mail().page(routes![found]).build();
    let mut ada = site.ada_by_mail();
    let closed = close(&site, &user(&site, &mut ada), false);
    assert!(matches!(closed, Closed::Confirmed), "{closed:?}");
    assert_eq!(site.number("select count(*) from accounts"), 1);
    assert_eq!(site.number("select cast(coalesce(sum(failures), 0) as bigint) from failed_logins"), 0);
}

#[test]
fn if_the_session_ended_meanwhile_nothing_is_deleted_and_no_link_is_sent() {
    let with_mail = Setup::new().mail().page(routes![found]).build();
    let without = Setup::new().page(routes![found]).build();
    for (site, mut ada, by_link) in
        [(&with_mail, with_mail.ada_by_mail(), true), (&without, without.ada(), false)]
    {
        let user = user(site, &mut ada);
        site.change("delete from sessions");
        let closed = close(site, &user, by_link);
        assert!(matches!(closed, Closed::Ended), "{closed:?}");
        assert_eq!(site.number("select count(*) from accounts"), 1);
        assert_eq!(site.number("select count(*) from outbox where kind = 'close'"), 0);
    }
}

#[test]
fn a_right_password_is_given_back_if_the_limit_of_links_cannot_be_checked() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.ada_by_mail();
    let close = [("email", ADA), ("password", PASSWORD)];
    assert_eq!(ada.submit("/settings/close", &close).location(), "/settings/account");
    // From now on, counts of attempts cannot be read if there are any.
    site.change("alter table rate_limits rename to elsewhere");
    site.change(
        "create view rate_limits as select key, 1 / (length(key) - length(key)) as whole_at from elsewhere",
    );
    for _ in 0..7 {
        assert_eq!(ada.submit("/settings/close", &close).status, Status::ServiceUnavailable);
        assert_eq!(site.number("select cast(coalesce(sum(failures), 0) as bigint) from failed_logins"), 0);
    }
}
