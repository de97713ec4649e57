//! The last login of an account before a session began. It is shown to the owner: a login that they do not remember
//! was another person's. It is kept with the session, so that showing it takes no query.

use sqlx::FromRow;

use crate::base::{Browser, Time};

/// The last login before a session began.
#[derive(Clone, Copy, Debug)]
pub struct LastLogin {
    /// When it was.
    pub at: Time,
    /// In which browser.
    pub browser: Browser,
}

/// The columns of a session that contain it.
#[derive(Clone, Copy, Debug, FromRow)]
pub(super) struct LastLoginColumns {
    last_login_at: Option<i64>,
    last_login_browser: Option<Browser>,
}

impl LastLoginColumns {
    /// The login, if there was one.
    pub(super) fn login(self) -> Option<LastLogin> {
        let at = self.last_login_at.map(Time::from_unix)?;
        Some(LastLogin { at, browser: self.last_login_browser.unwrap_or_default() })
    }
}
