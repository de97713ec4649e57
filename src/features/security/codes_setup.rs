//! Recovery codes that are shown and not kept yet, in a cookie, with what waits for them: nothing about second factors
//! counts until its owner has codes for the day when they are lost.

use serde::{Deserialize, Serialize};

use super::totp_setup::{LIFETIME, is_over};
use crate::base::recovery_code::RecoveryCode;
use crate::base::secret::hexadecimal;
use crate::base::totp::TotpSecret;
use crate::people::User;
use crate::services::recovery_codes::NewSet;
use crate::web::Cookies;
use crate::web::cookies::{Presented, PrivateCookie};

const COOKIE: PrivateCookie = PrivateCookie::named("codes-setup", "__Host-codes-setup");

/// What waits for the codes.
pub(super) enum Waiting {
    /// An app, of which a right code was typed: its secret, and the step of that code.
    App(TotpSecret, i64),
    /// Two-factor authentication is to be turned on.
    TurningOn,
    /// Nothing: only the codes are new.
    Nothing,
}

/// A set that is not kept yet.
pub(super) struct CodesSetup {
    /// The set.
    pub(super) set: NewSet,
    /// What waits for them.
    pub(super) waiting: Waiting,
    /// Where the visitor wanted to go before; empty if nowhere.
    pub(super) next: String,
}

/// What the cookie holds. It counts in the session that began it.
#[derive(Deserialize, Serialize)]
struct Content {
    session: String,
    begun: i64,
    id: String,
    codes: Vec<String>,
    /// The secret of an app that waits, and the step of its code.
    app: Option<(String, i64)>,
    turning_on: bool,
    next: String,
}

impl CodesSetup {
    /// Makes a set, to be kept within half an hour from now. One that is shown already stays: it may be on paper.
    pub(super) fn begin(user: &User, waiting: &Waiting, next: String, cookies: Cookies<'_>) {
        let (shown, before) = match CodesSetup::read(user, cookies) {
            Some(CodesSetup { set, waiting, .. }) => (set, waiting),
            None => (NewSet::generate(), Waiting::Nothing),
        };
        let NewSet { id, codes } = shown;
        // Another tab may have shown them with an app that waits for them.
        let waiting = if matches!(waiting, Waiting::Nothing) { &before } else { waiting };
        let (session, begun) = (user.session.as_str().to_owned(), cookies.site.clock.now().unix());
        let codes = codes.iter().map(RecoveryCode::reveal).collect();
        let (app, turning_on) = match waiting {
            Waiting::App(secret, step) => (Some((secret.reveal(), *step)), false),
            Waiting::TurningOn => (None, true),
            Waiting::Nothing => (None, false),
        };
        let content = Content { session, begun, id, codes, app, turning_on, next };
        // Texts and numbers are always written.
        let value = serde_json::to_string(&content).unwrap_or_default();
        COOKIE.set(cookies, value, Some(LIFETIME));
    }

    /// The set that was made in this session. `None` if there is none, or if it took too long.
    pub(super) fn read(user: &User, cookies: Cookies<'_>) -> Option<CodesSetup> {
        let Presented::Value(value) = COOKIE.read(cookies) else { return None };
        let content: Content = serde_json::from_str(&value).ok()?;
        if content.session != user.session.as_str() || is_over(content.begun, cookies) {
            return None;
        }
        let codes: Option<Vec<_>> = content.codes.iter().map(|code| RecoveryCode::parse(code)).collect();
        let waiting = match content.app {
            Some((secret, step)) => Waiting::App(TotpSecret::parse(&secret)?, step),
            None if content.turning_on => Waiting::TurningOn,
            None => Waiting::Nothing,
        };
        let set = NewSet { id: content.id, codes: codes?.try_into().ok()? };
        Some(CodesSetup { set, waiting, next: content.next })
    }

    /// They are kept.
    pub(super) fn forget(cookies: Cookies<'_>) {
        if COOKIE.read(cookies) != Presented::Absent {
            COOKIE.remove(cookies);
        }
    }

    /// Which set this is, and what waits for it, for the form on the page that shows it. It says nothing about the codes.
    pub(super) fn mark(&self, cookies: Cookies<'_>) -> String {
        let key = cookies.site.key.derive("recovery codes on a page");
        let waiting = match &self.waiting {
            Waiting::App(secret, _) => secret.reveal(),
            Waiting::TurningOn => "turning on".to_owned(),
            Waiting::Nothing => String::new(),
        };
        hexadecimal(&key.mac(format!("{}{waiting}", self.shown()).as_bytes()))
    }

    /// Whether a form stood on the page that shows this set.
    pub(super) fn is_marked(&self, mark: &str, cookies: Cookies<'_>) -> bool {
        self.mark(cookies) == mark
    }

    /// The codes as they are read, one a line.
    pub(super) fn shown(&self) -> String {
        self.set.codes.iter().map(|code| code.reveal() + "\n").collect()
    }
}
