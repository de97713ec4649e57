//! The right password of an account that cannot be logged in to. The visitor gets the same answer as to a
//! wrong one. The operator, and later the account's owner, can see what it was.

use rocket::http::Status;
use vestibule::base::Password;
use vestibule::base::hashing::Hashing;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const WRONG: &str = "wrong horse battery";
const EVE: &str = "eve@example.org";

/// A site with email. Ada has not confirmed her address, and Eve's account is disabled. Their hashes are due
/// for an upgrade.
fn site() -> TestSite {
    let site = Setup::new().mail().patient().with("limit_free_guesses", "3").build();
    for (email, name) in [(ADA, "Ada"), (EVE, "Eve")] {
        assert_eq!(site.visitor().sign_up(email, name, PASSWORD).location(), "/confirm/new");
    }
    site.change("update accounts set disabled_at = 1, confirmed_at = 1 where name = 'Eve'");
    let old = Hashing::new(19_456, 1).unwrap();
    let old = site.runtime.block_on(old.hash(&Password::typed(PASSWORD))).unwrap();
    let update = sqlx::query("update passwords set hash = $1").bind(old);
    site.runtime.block_on(update.execute(site.db.writer())).unwrap();
    site
}

/// The answers to five logins in a row, and what they leave in the browser and in the database.
fn tried(site: &TestSite, email: &str, password: &str) -> Vec<(u16, String, Vec<String>, i64)> {
    let mut visitor: Visitor<'_> = site.visitor();
    let try_once = |visitor: &mut Visitor<'_>| {
        let answer = visitor.log_in(email, password);
        let mut cookies: Vec<_> = visitor.jar.iter().map(|(name, _)| name.clone()).collect();
        cookies.sort();
        let counted = "select cast(coalesce(sum(failures), 0) as bigint) from failed_logins";
        (answer.status.code, answer.location().to_owned(), cookies, site.number(counted))
    };
    (0..5).map(|_| try_once(&mut visitor)).collect()
}

#[test]
fn the_visitor_gets_the_same_answer_as_to_a_wrong_password() {
    let wrong = tried(&site(), ADA, WRONG);
    assert_eq!(wrong.iter().map(|(status, ..)| *status).collect::<Vec<_>>(), [303, 303, 303, 429, 429]);
    for (email, password) in [(ADA, PASSWORD), (EVE, PASSWORD), (EVE, WRONG), ("nob@example.org", PASSWORD)] {
        assert_eq!(tried(&site(), email, password), wrong, "{email} {password}");
    }
}

#[test]
fn the_operator_and_the_owner_learn_the_reason_and_no_hash_is_upgraded() {
    let site = site();
    for (email, reason) in [(ADA, "barred_unconfirmed"), (EVE, "barred_disabled")] {
        site.change("delete from audit");
        assert_eq!(site.visitor().log_in(email, PASSWORD).location(), "/login");
        assert_eq!(site.text("select event from audit"), reason);
        assert_eq!(site.text("select account_id from audit"), site.account(email).id.as_str());
        site.visitor().log_in(email, WRONG);
        assert_eq!(site.text("select event from audit order by id desc limit 1"), "password_wrong");
    }
    assert_eq!(site.number("select count(*) from passwords where hash like '%t=1%'"), 2);
    site.change("update accounts set disabled_at = null");
    site.change("delete from failed_logins");
    let mut eve = site.visitor();
    assert_eq!(eve.log_in(EVE, PASSWORD).location(), "/profile");
    let activity = eve.get("/settings/activity");
    let told = "Login refused: the account is disabled";
    assert!(activity.says(told));
}

#[test]
fn after_signing_up_here_the_login_page_says_to_check_the_email() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    site.clock.advance(1);
    // The same for an address that was free and for one that was taken.
    for email in [ADA, "bob@example.org"] {
        let mut visitor = site.visitor();
        let signed_up = visitor.sign_up(email, "Bob", PASSWORD);
        let line = signed_up.set_cookie("signed-up");
        assert!(line.contains("HttpOnly") && line.contains("Max-Age=86400"), "{line}");
        let refused = visitor.submit(
            "/login",
            &[("email", &*email.to_uppercase()), ("password", WRONG), ("next", "/settings/account")],
        );
        assert_eq!(
            (refused.status, refused.location()),
            (Status::SeeOther, "/confirm/new?next=%2Fsettings%2Faccount")
        );
        let page = visitor.get(refused.location());
        let told = "Please check your login details and try again. If you have just signed up, confirm your email \
                    address first: open the link in the email we sent you.";
        assert_eq!(page.notices(), [told]);
        assert!(page.says("<h1>Check your email</h1>") && page.text().to_lowercase().contains(email));
        assert_eq!(visitor.log_in("nobody@example.org", WRONG).location(), "/login", "another address");
        assert_eq!(site.visitor().log_in(email, WRONG).location(), "/login", "another browser");
    }
    // After a login, the hint is gone.
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    assert!(ada.log_in(ADA, PASSWORD).takes_back("signed-up"));
    // If the login does not wait for an email, the page does not mention one.
    for plain in [Setup::new(), Setup::new().mail().with("unconfirmed_login", "yes")] {
        let site = plain.build();
        let mut visitor = site.visitor();
        visitor.sign_up(ADA, "Ada", PASSWORD);
        assert_eq!(visitor.log_in(ADA, WRONG).location(), "/login");
        assert_eq!(visitor.get("/login").notices(), ["Please check your login details and try again."]);
    }
}
