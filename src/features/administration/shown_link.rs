//! A link that an administrator made, on its way to the page that shows it once. No answer of a form contains it, and no
//! table: only its hash is stored.

use serde::{Deserialize, Serialize};

use crate::base::Time;
use crate::people::{User, Visit};
use crate::services::links::HandedOver;
use crate::web::cookies::{Presented, PrivateCookie};
use crate::web::{Cookies, Notice, Submission};

const COOKIE: PrivateCookie = PrivateCookie::named("handed-over", "__Host-handed-over");

/// How long the page may take to ask for it, in seconds.
const SECONDS: i64 = 5 * 60;

/// For how long a form that makes a link is the same form, in seconds. Sent again after that, it makes another link: its
/// sender has lost the first one.
const DOUBLE_CLICK: i64 = 10;

/// What is recorded about a form that makes a link for the page that it is on. It may be sent again on purpose.
pub(super) fn submission(visit: &Visit<'_>, page: String, notice: Notice) -> Submission {
    visit.leads(page, notice).true_for(DOUBLE_CLICK)
}

/// What the cookie holds. It counts in the session that made the link, for the page of what it is about.
#[derive(Deserialize, Serialize)]
struct Content {
    session: String,
    about: String,
    address: String,
    ends_at: i64,
}

/// Keeps a link for the page of what it is about: an ID.
pub(super) fn keep(by: &User, about: &str, link: &HandedOver, cookies: Cookies<'_>) {
    let content = Content {
        session: by.session.as_str().to_owned(),
        about: about.to_owned(),
        address: link.address.clone(),
        ends_at: link.ends_at.unix(),
    };
    // Texts and a number are always written.
    COOKIE.set(cookies, serde_json::to_string(&content).unwrap_or_default(), Some(SECONDS));
}

/// The link that waits for the page of this ID. It is shown once: from now on no one has it but those who see
/// the page.
pub(super) fn take(by: &User, about: &str, cookies: Cookies<'_>) -> Option<HandedOver> {
    let Presented::Value(value) = COOKIE.read(cookies) else { return None };
    let content: Content = serde_json::from_str(&value).ok()?;
    let Content { session, about: of, address, ends_at } = content;
    let is_for_this = session == by.session.as_str() && of == about;
    // Another page leaves it for its own.
    is_for_this.then(|| {
        COOKIE.remove(cookies);
        HandedOver { address, ends_at: Time::from_unix(ends_at) }
    })
}
