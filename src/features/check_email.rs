//! The page "Check your email", after a form that sends an email. It names the address that was typed, and is the
//! same whether that has an account or not: it is made from what the browser knows alone. What it knows also says
//! where the visitor wanted to go, for the page behind the link of the email.

use serde_json::json;

use crate::base::config::values::SignUp;
use crate::layout::Layout;
use crate::people::Email;
use crate::services::links::Purpose;
use crate::web::email_sent::{EmailForm, EmailSent};
use crate::web::next::{Next, with_next};
use crate::web::{Cookies, Notice, Page, paths};

/// The parameter that asks a page for its empty form instead.
const OTHER: &str = "other";

/// The last form of this browser, if it is one of these and no other address was typed since.
pub fn last_sent(forms: &[EmailForm], typed: &str, cookies: Cookies<'_>) -> Option<EmailSent> {
    let sent = EmailSent::look(cookies).filter(|sent| forms.contains(&sent.form))?;
    (typed.is_empty() || key(typed) == key(&sent.email)).then_some(sent)
}

/// The frame of the page behind a link to this address: it leads to where the visitor wanted to go when they asked
/// for the link, if that was in this browser.
pub fn leading_on<'r>(layout: Layout<'r>, address: &Email, cookies: Cookies<'_>) -> Layout<'r> {
    let sent = EmailSent::look(cookies).filter(|sent| key(&sent.email) == Some(address.key()));
    match sent {
        Some(sent) if layout.next().is_none() => layout.keeping(&sent.next),
        _ => layout,
    }
}

/// An address in the form that is compared; `None` if it is not one.
fn key(address: &str) -> Option<String> {
    Email::parse(address).map(|email| email.key())
}

/// The page after one of these forms, as often as it is opened.
pub fn again(layout: Layout<'_>, cookies: Cookies<'_>, sent: &EmailSent) -> Page {
    let layout = if layout.next().is_none() { layout.keeping(&sent.next) } else { layout };
    page(layout, cookies, sent.form, &sent.email)
}

/// The page, for the address that a form was sent with.
pub fn page(layout: Layout<'_>, cookies: Cookies<'_>, sent: EmailForm, email: &str) -> Page {
    let (kind, purpose, notice, action) = match sent {
        EmailForm::SignUp => ("signup", Purpose::Confirm, Notice::ConfirmSent, paths::UNCONFIRMED),
        EmailForm::Confirm => ("confirm", Purpose::Confirm, Notice::ConfirmAsked, paths::UNCONFIRMED),
        EmailForm::Reset => ("reset", Purpose::Reset, Notice::LinkAsked, paths::FORGOT),
    };
    let layout = layout.instead_of(notice);
    // A sign-up with a mistyped address made an account for that one: the right one has to be signed up.
    let other = match sent {
        EmailForm::SignUp if cookies.site.settings.signup == SignUp::Open => {
            with_next(paths::SIGNUP, layout.next())
        }
        _ => other_form(action, layout.next()),
    };
    let context = json!({
        "kind": kind,
        "email": Email::shown_again(email),
        "life": purpose.duration(),
        "action": with_next(action, layout.next()),
        "other_href": other,
    });
    layout.page("check_email.html", "check-email-title", context)
}

/// The address of the empty form, which keeps where the visitor wanted to go.
fn other_form(action: &'static str, next: Option<&Next>) -> String {
    let page = with_next(action, next);
    let separator = if next.is_some() { '&' } else { '?' };
    format!("{page}{separator}{OTHER}")
}
