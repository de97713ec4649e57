//! The rate limits of passwords.

use crate::base::rate_limit::{Counts, FailuresKey, Kept, LimitedAction, Rate};

/// Five minutes, in seconds.
const FIVE_MINUTES: i64 = 5 * 60;
const LOGGED: &str = "too many password attempts";

/// A login, right or wrong: each costs a hash.
pub(super) static LOG_IN: LimitedAction = LimitedAction {
    code: "log_in",
    rate: |settings| Rate::a_minute(settings.limit_logins.get()),
    counts: Counts::Each,
    kept: Kept::InMemory,
    why: "limit-log-in",
    logged: LOGGED,
};

/// A wrong password, for any account.
pub(super) static WRONG_PASSWORD: LimitedAction = LimitedAction {
    code: "wrong_password",
    rate: |settings| Rate::a_minute(settings.limit_wrong_passwords.get()),
    counts: Counts::Wrong,
    kept: Kept::InDatabase,
    why: "limit-wrong-password",
    logged: LOGGED,
};

/// The limit of wrong passwords of a network.
pub fn wrong_passwords() -> &'static LimitedAction {
    &WRONG_PASSWORD
}

/// A wrong password of a user who is logged in.
pub(super) static REAUTHENTICATE: LimitedAction = LimitedAction {
    code: "reauthenticate",
    rate: |settings| Rate::new(settings.limit_reauthentications.get(), FIVE_MINUTES),
    counts: Counts::Wrong,
    kept: Kept::InDatabase,
    why: "limit-reauthenticate",
    logged: LOGGED,
};

/// Judging a new password: each takes some milliseconds of processor time.
pub(super) static JUDGE_PASSWORD: LimitedAction = LimitedAction {
    code: "judge_password",
    rate: |settings| Rate::a_minute(settings.limit_new_passwords.get()),
    counts: Counts::Each,
    kept: Kept::InMemory,
    why: "limit-judge-password",
    logged: "too many new passwords",
};

/// The key of what a visitor is told who has to wait after wrong passwords for one account.
pub(super) const PAUSED: &str = "limit-paused";
/// The same for the log.
pub(super) const PAUSED_LOGGED: &str = LOGGED;

/// The wrong passwords of everyone, at this address, in the form that accounts are compared by. An address
/// without an account has them too.
pub fn failures_at(address: &str) -> FailuresKey {
    FailuresKey::of(&["account", address])
}

/// Those of one browser that has shown whose it is: by a login to the account of this address, or by a link
/// from its email.
pub(super) fn failures_by_browser(browser: &str, address: &str) -> FailuresKey {
    FailuresKey::of(&["device", browser, address])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_apart_and_name_no_one() {
        let keys = [
            failures_at("ada@x.test"),
            failures_at("bob@x.test"),
            failures_by_browser("1", "ada@x.test"),
            failures_by_browser("2", "ada@x.test"),
            failures_by_browser("", "ada@x.test"),
        ];
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(keys.iter().position(|other| other == key), Some(at));
            assert!(!format!("{key:?}").contains("ada"));
        }
    }
}
