//! Remembers in this browser the last form after which an email is sent: which form it was, the address as it was
//! typed, and where the visitor wanted to go. The page "Check your email" is made from it, as often as it is opened,
//! and the page behind the link of the email leads on with it. The cookie is set for every address, with an account
//! or without, so it reveals nothing.

use serde::{Deserialize, Serialize};

use super::cookies::{Cookies, Presented, PrivateCookie};
use super::next::Next;

const COOKIE: PrivateCookie = PrivateCookie::named("sent", "__Host-sent");
/// A day: an email may be late, and the link after a sign-up is valid for as long.
const SECONDS: i64 = 24 * 3_600;
/// The most bytes that are kept. Encrypted and encoded they stay below the 4096 that every browser takes (RFC 6265, 6.1).
const MOST: usize = 1024;

/// A form after which an email is sent.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EmailForm {
    /// A sign-up.
    SignUp,
    /// Another link that confirms the address was requested.
    Confirm,
    /// A link for a new password was requested.
    Reset,
}

/// The last such form.
#[derive(Debug, Deserialize, Serialize)]
pub struct EmailSent {
    /// Which one it was.
    pub form: EmailForm,
    /// The address, as it was typed.
    pub email: String,
    /// Where the visitor wanted to go; empty if nowhere. It is parsed anew wherever it is used.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub next: String,
}

impl EmailSent {
    /// Remembers a form.
    pub fn keep(form: EmailForm, email: &str, next: Option<&Next>, cookies: Cookies<'_>) {
        let sent = |next| EmailSent { form, email: email.to_owned(), next };
        let text = |sent: EmailSent| serde_json::to_string(&sent).ok().filter(|text| text.len() <= MOST);
        // The page matters more than where it leads.
        let text =
            text(sent(next.map(Next::as_str).unwrap_or_default())).or_else(|| text(sent(String::new())));
        if let Some(text) = text {
            COOKIE.set(cookies, text, Some(SECONDS));
        }
    }

    /// The last form, if there was one.
    pub fn look(cookies: Cookies<'_>) -> Option<EmailSent> {
        match COOKIE.read(cookies) {
            Presented::Value(text) => serde_json::from_str(&text).ok(),
            Presented::Garbled => {
                COOKIE.remove(cookies);
                None
            }
            Presented::Absent => None,
        }
    }

    /// Removes it: the visitor did what the email was for, or asks for another address.
    pub fn forget(cookies: Cookies<'_>) {
        if COOKIE.read(cookies) != Presented::Absent {
            COOKIE.remove(cookies);
        }
    }
}
