//! Which factors an account has: for its owner, for the operator, and for what has to be decided.

use super::store;
use crate::base::{Site, Time};
use crate::people::AccountId;
use crate::services::totp_app::{self, App};

/// The factors of an account, and whether they are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Factors {
    /// Since when two-factor authentication is on. `None` if it is off.
    pub two_factor_since: Option<Time>,
    /// The authenticator app.
    pub app: Option<App>,
    /// The passkeys.
    pub passkeys: PasskeyCounts,
    /// How many of the passkeys here have verified their user, whether they rest or not.
    pub verified_passkeys: i64,
    /// Whether the account is in a group whose members need a second factor (`second_factor_for`).
    pub group_requires_one: bool,
    /// How many recovery codes are left. `None` if no set is in use.
    pub codes_left: Option<i64>,
}

/// How many passkeys an account has, each counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PasskeyCounts {
    /// Those that log in by themselves.
    pub by_themselves: i64,
    /// Those whose authenticator has never verified its user: a second factor only.
    pub second_only: i64,
    /// Those that rest since the password was reset: a second factor until their owner wakes them.
    pub resting: i64,
    /// Those that were made for another domain. No browser offers them here, so they are no factor.
    pub elsewhere: i64,
}

impl PasskeyCounts {
    /// Those that can be asked for after the password.
    pub fn as_second(&self) -> i64 {
        self.by_themselves + self.second_only + self.resting
    }
}

impl Factors {
    /// Whether two-factor authentication is on.
    pub fn is_on(&self) -> bool {
        self.two_factor_since.is_some()
    }

    /// Whether a second factor is asked for after the password, as [`asked_since`](super::asked_since) decides.
    pub fn is_asked(&self, site: &Site) -> bool {
        let is_required = site.settings.second_factor.is_required() || self.group_requires_one;
        self.is_on() || (is_required && self.verified_passkeys > 0)
    }

    /// Whether a code of the app can be asked for: there is one, it can be read, and it was not stopped.
    pub fn asks_app(&self) -> bool {
        self.app.as_ref().is_some_and(|app| app.readable && app.stopped_at.is_none())
    }

    /// Whether there is a factor that the site can ask for. Recovery codes are none: they replace one.
    pub fn can_be_asked(&self) -> bool {
        self.asks_app() || self.passkeys.as_second() > 0
    }
}

/// The factors of an account, in two queries. Those of an account that was deleted meanwhile are none.
pub async fn summary(site: &Site, account: &AccountId) -> sqlx::Result<Factors> {
    let Some(row) = store::find(site.db.reader(), account, &site.settings).await? else {
        return Ok(Factors::default());
    };
    let app = if row.apps > 0 { totp_app::summary(site, account).await? } else { None };
    Ok(Factors {
        two_factor_since: row.two_factor_since.map(Time::from_unix),
        app,
        passkeys: PasskeyCounts {
            by_themselves: row.by_themselves,
            second_only: row.second_only,
            resting: row.resting,
            elsewhere: row.elsewhere,
        },
        verified_passkeys: row.verified,
        group_requires_one: row.required_groups > 0,
        codes_left: row.codes_left(),
    })
}
