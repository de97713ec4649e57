//! Where wrong codes count.
//!
//! A code has six digits, and those who are asked for one have typed the password already. So wrong ones
//! count for the account, in all browsers that it does not know and all networks together; a browser that it
//! knows has its own count. No right password clears them (NIST SP 800-63B-4, 3.2.2).
//!
//! A recovery code cannot be guessed: it has 80 bits. So only the work is limited, and not for the account: a
//! stranger who types wrong codes of the app must not close the way by which its owner gets back in.

use crate::base::rate_limit::{Counts, FailuresKey, Kept, LimitedAction, Rate, failures};
use crate::base::{Site, Time};
use crate::people::AccountId;

/// A wrong recovery code, for any account: each costs a hash.
pub(super) static RECOVERY_CODE: LimitedAction = LimitedAction {
    code: "recovery_code",
    rate: |_| Rate::a_minute(10),
    counts: Counts::Wrong,
    kept: Kept::InDatabase,
    why: "limit-recovery-code",
    logged: "too many wrong recovery codes",
};

/// The limit of wrong recovery codes of a network.
pub fn wrong_recovery_codes() -> &'static LimitedAction {
    &RECOVERY_CODE
}

/// Turning two-factor authentication on or off, or setting up or removing an app, by the owner of an account.
/// Each tells the owner by email, and keeps a row for a week.
pub static CHANGE: LimitedAction = LimitedAction {
    code: "change_factors",
    rate: |_| Rate::an_hour(10),
    counts: Counts::Each,
    kept: Kept::InDatabase,
    why: "limit-change-factors",
    logged: "too many changes of second factors",
};

/// Keeping a new set of recovery codes: each set costs ten hashes.
pub static KEEP_CODES: LimitedAction = LimitedAction {
    code: "keep_codes",
    rate: |_| Rate::an_hour(10),
    counts: Counts::Each,
    kept: Kept::InDatabase,
    why: "limit-keep-codes",
    logged: "too many sets of recovery codes",
};

/// Wrong codes in a row before pauses begin. No setting: with more, six digits would be too few.
pub(super) const FREE: u32 = 5;

/// The key of the sentence for a visitor who has to wait after wrong codes for one account.
pub(super) const PAUSED: &str = "limit-codes-paused";
/// The same for the log.
pub(super) const PAUSED_LOGGED: &str = "too many wrong codes";

/// The wrong codes of the authenticator app of this account, typed by everyone.
pub(super) fn failures_at(account: &AccountId) -> FailuresKey {
    FailuresKey::of(&["second factor", account.as_str()])
}

/// Those of one browser that has logged in to the account before.
pub(super) fn failures_by_browser(browser: &str, account: &AccountId) -> FailuresKey {
    FailuresKey::of(&["second factor in", browser, account.as_str()])
}

/// The end of the pause before a code of the app is checked in a browser that the account does not know, if
/// there is one.
pub async fn paused_until(site: &Site, account: &AccountId) -> sqlx::Result<Option<Time>> {
    failures::paused_until(&site.db, &failures_at(account), FREE, site.clock.now()).await
}

/// Clears the wrong codes of the app that were counted for an account, on the operator's order. Apart from
/// this, only a day without any clears them. The counts of browsers that the account knows stay; they expire.
pub async fn unlock(site: &Site, account: &AccountId) -> sqlx::Result<()> {
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    failures::clear(&mut tx, &failures_at(account)).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: &str = "0190a5b2-0000-7000-8000-000000000001";
    const BOB: &str = "0190a5b2-0000-7000-8000-000000000002";

    fn account(id: &str) -> AccountId {
        AccountId::parse(id).unwrap()
    }

    #[test]
    fn counts_are_apart_and_name_no_one() {
        let keys = [
            failures_at(&account(ADA)),
            failures_at(&account(BOB)),
            failures_by_browser("1", &account(ADA)),
            failures_by_browser("2", &account(ADA)),
            failures_by_browser("1", &account(BOB)),
            failures_by_browser("", &account(ADA)),
            // What the same words would be about a password.
            FailuresKey::of(&["account", ADA]),
            FailuresKey::of(&["device", "1", ADA]),
        ];
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(keys.iter().position(|other| other == key), Some(at));
            assert!(!format!("{key:?}").contains(ADA));
        }
    }
}
