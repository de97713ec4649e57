//! The forms that a double click may send, and the effect of each: a table for the tests in `double_clicks`.

use rocket::http::Status;
use vestibule::people::groups::GroupName;
use vestibule::services::invitations::NewInvitation;

use crate::invitations::make;
use crate::support::{ADA, PASSWORD, TestSite, Visitor};

pub const NEW: &str = "seven lazy violet teapots";
pub const BOB: &str = "bob@example.org";
const LOG_IN_FIRST: &str = "Please log in to access this page.";
/// The heading of the page that names the address of an email, if the browser knows it.
pub const CHECK: &str = "Check your email";

/// A form of a page, and its answer.
pub struct Form {
    /// The page that it is on.
    pub page: &'static str,
    /// The path that it is sent to.
    pub path: &'static str,
    fields: Vec<(&'static str, String)>,
    /// The page that both requests are redirected to.
    pub location: &'static str,
    /// The notice that both visitors then read. `second` is for the second one if the first answer's cookie
    /// was lost with it.
    pub notice: &'static str,
    pub second: Option<&'static str>,
    /// What is recorded once: an event, if there is one, and a number of emails.
    event: &'static str,
    mails: usize,
}

/// The visitor who sends it.
pub type Sender = fn(&TestSite) -> Visitor<'_>;

fn form(
    (page, path): (&'static str, &'static str),
    fields: &[(&'static str, &str)],
    (location, notice): (&'static str, &'static str),
    (event, mails): (&'static str, usize),
) -> Form {
    let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Form { page, path, fields, location, notice, second: None, event, mails }
}

/// A visitor who has opened a link that the step before made and sent by email.
fn at(site: &TestSite, link: String) -> Visitor<'_> {
    let mut visitor = site.visitor();
    visitor.get(&link);
    visitor
}

/// A visitor who has opened the link of an invitation, good once.
fn invited(site: &TestSite) -> Visitor<'_> {
    let new = NewInvitation { groups: vec![GroupName::admins()], ..NewInvitation::default() };
    let made = make(site, &new);
    at(site, format!("/invited?token={}", made.token.reveal()))
}

/// Ada, who now has another address.
fn moved(site: &TestSite) -> Visitor<'_> {
    let mut ada = site.ada_by_mail();
    ada.submit("/settings/email", &[("email", "new@example.org")]);
    let link = site.mailed_link("new@example.org");
    ada.get(&link);
    ada
}

/// The forms of a site with email.
pub fn forms() -> Vec<(Form, Sender)> {
    let (account, devices) = ("/settings/account", "/settings/devices");
    let ada: Sender = |site| site.ada_by_mail();
    let other: Sender = |site| {
        let mut ada = site.ada_by_mail();
        site.visitor().log_in(ADA, PASSWORD);
        ada.log_in_remembered(ADA, PASSWORD);
        ada
    };
    vec![
        (
            form(
                (account, account),
                &[("name", "Ada the first")],
                (account, "Your name has been changed."),
                ("name_changed", 0),
            ),
            ada,
        ),
        (
            form(
                ("/settings/email", "/settings/email"),
                &[("email", "new@example.org")],
                (account, "We've sent a link to the new address. Your address will change when you open it."),
                ("email_change_asked", 1),
            ),
            ada,
        ),
        (
            form(
                ("/settings/password", "/settings/password"),
                &[("current_password", PASSWORD), ("new_password", NEW)],
                (account, "Your password has been changed. You have been logged out everywhere else."),
                ("password_changed", 1),
            ),
            other,
        ),
        (
            Form {
                second: Some(LOG_IN_FIRST),
                ..form(
                    ("/reauthenticate?next=%2Fprofile", "/reauthenticate"),
                    &[("next", "/profile"), ("password", PASSWORD)],
                    ("/profile", ""),
                    ("reauthenticated", 0),
                )
            },
            |site| {
                let ada = site.ada_by_mail();
                site.clock.advance(15 * 60);
                ada
            },
        ),
        (
            form(
                (devices, "/settings/devices/end-others"),
                &[],
                (devices, "You have been logged out everywhere else."),
                ("others_ended", 0),
            ),
            other,
        ),
        (form(("/profile", "/logout"), &[], ("/", "You have been logged out."), ("logged_out", 0)), other),
        (
            form(
                ("/login?next=%2Fprofile", "/login/switch"),
                &[("next", "/profile"), ("email", BOB)],
                (
                    "/login?next=%2Fprofile",
                    "You have been logged out. You can log in again now.",
                ),
                ("logged_out", 0),
            ),
            other,
        ),
        (
            form(
                ("/signup", "/signup"),
                &[("email", BOB), ("name", "Bob"), ("password", NEW)],
                ("/confirm/new", CHECK),
                ("signed_up", 1),
            )
            .told_by("Almost done. We've sent you an email; open the link in it to finish."),
            |site| site.visitor(),
        ),
        (
            form(
                ("/invited", "/invited"),
                &[("email", BOB), ("name", "Bob"), ("password", NEW)],
                ("/confirm/new", CHECK),
                ("signed_up", 1),
            )
            .told_by("Almost done. We've sent you an email; open the link in it to finish."),
            invited,
        ),
        (
            form(
                ("/forgot", "/forgot"),
                &[("email", ADA)],
                ("/forgot", CHECK),
                ("reset_link_made", 1),
            )
            .told_by(
                "If there is an account for this address, we've sent it a link. It can take a few minutes; look in spam \
                 too.",
            ),
            |site| {
                site.ada_by_mail();
                site.visitor()
            },
        ),
        (
            form(
                ("/confirm/new", "/confirm/new"),
                &[("email", ADA)],
                ("/confirm/new", CHECK),
                ("", 1),
            )
            .told_by(
                "If this address still needs confirming, we've sent it a link. It can take a few minutes; look in spam \
                 too.",
            ),
            |site| {
                site.visitor().sign_up(ADA, "Ada", PASSWORD);
                site.mails();
                site.clock.advance(180);
                site.visitor()
            },
        ),
        (
            form(
                ("/confirm", "/confirm"),
                &[("password", PASSWORD)],
                ("/profile", "Your email address is confirmed."),
                ("confirmed", 0),
            ),
            |site| {
                site.visitor().sign_up(ADA, "Ada", PASSWORD);
                at(site, site.mailed_link(ADA))
            },
        ),
        (
            form(
                ("/reset", "/reset"),
                &[("new_password", NEW)],
                ("/login", "Your password has been changed. Please log in."),
                ("password_reset", 1),
            ),
            |site| {
                site.ada_by_mail();
                at(site, site.reset_link(ADA))
            },
        ),
        (
            form(
                ("/change-email", "/change-email"),
                &[("password", PASSWORD)],
                (account, "Your email address has been changed."),
                ("email_changed", 1),
            ),
            moved,
        ),
        (
            form(
                ("/restore-email", "/restore-email"),
                &[],
                (
                    "/login",
                    "Your old email address is back, and you have been logged out everywhere. We've emailed you a link to choose a \
                     new password.",
                ),
                ("email_restored", 1),
            ),
            |site| {
                let mut ada = moved(site);
                ada.submit("/change-email", &[("password", PASSWORD)]);
                at(site, site.mailed_link(ADA))
            },
        ),
        (
            form(
                ("/secure", "/secure"),
                &[],
                ("/login", "You have been logged out everywhere. We've emailed you a link to choose a new password."),
                ("secured", 1),
            ),
            |site| {
                site.ada_by_mail();
                site.visitor().log_in(ADA, PASSWORD);
                at(site, site.mailed_link(ADA))
            },
        ),
    ]
}

impl Form {
    /// The same, if a browser that got only the second answer reads this.
    fn told_by(self, notice: &'static str) -> Form {
        Form { second: Some(notice), ..self }
    }

    pub fn with<'f>(&'f self, value: &'f str) -> Vec<(&'f str, &'f str)> {
        let typed = self.fields.iter().map(|(name, text)| (*name, &**text));
        [("form", value)].into_iter().chain(typed).collect()
    }

    /// How often its event was recorded, how many emails were sent, and that the form is remembered once.
    pub fn counts(&self, site: &TestSite) -> (i64, usize) {
        let sql = format!("select count(*) from audit where event = '{}'", self.event);
        let mails = site.mails().len();
        (site.number(sql.leak()), mails)
    }

    /// Asserts that it was done once since these counts.
    pub fn assert_once(&self, site: &TestSite, before: (i64, usize)) {
        let after = self.counts(site);
        assert_eq!(
            (after.0 - before.0, after.1 - before.1),
            (i64::from(!self.event.is_empty()), self.mails),
            "{}",
            self.path
        );
        let key = "select count(*) from submissions where created_at is not null and ends_at > created_at and ends_at <= created_at + 600";
        assert_eq!(site.number(key), 1, "{}", self.path);
    }

    pub fn assert_answer(&self, status: Status, location: &str) {
        assert_eq!((status, location), (Status::SeeOther, self.location), "{}", self.path);
    }
}
