//! What an account had at a moment of the last days, and what is different now.

use super::store::{self, Dated};
use crate::base::{Db, Time, Tx};
use crate::people::audit::Event;
use crate::people::{AccountId, accounts};

const HOUR: i64 = 3_600;
/// How long a change can be undone, in seconds: seven days, like the link in the email that reports it. What
/// was removed is kept until then.
pub const UNDO_FOR: i64 = 7 * 24 * HOUR;
/// How long it can be undone if the account had no factor before, or asked for none: a day. That is enough
/// for an owner whom a stranger locks out by turning two-factor authentication on, and too little for a
/// stranger who finds such an email in a stolen mailbox.
pub const FIRST_UNDO_FOR: i64 = 24 * HOUR;

/// A change of an account's factors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What was changed.
    pub what: Changed,
    /// How.
    pub act: Act,
    /// When.
    pub at: Time,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The authenticator app.
    App,
    /// The passkey of this name.
    Passkey(String),
    /// The set of recovery codes.
    RecoveryCodes,
    /// Two-factor authentication itself.
    TwoFactor,
}

/// How something was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It was added; of two-factor authentication: it was turned on.
    Added,
    /// It was removed, or turned off.
    Removed,
    /// It took the place of another one.
    Replaced,
}

/// A change, and the rows that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) change: Change,
    /// The ID of what the account had.
    pub(super) had: Option<String>,
    /// The ID of what it has.
    pub(super) has: Option<String>,
}

/// What an account has, and had in the last seven days.
#[derive(Debug)]
pub(super) struct History {
    items: Vec<Dated>,
    /// Since when two-factor authentication is on. `None` if it is off.
    since: Option<Time>,
    /// Whether two-factor authentication was turned on or off, and when; the oldest first.
    turns: Vec<(bool, i64)>,
}

impl History {
    /// Reads it.
    pub(super) async fn read(db: &Db, account: &AccountId, now: Time) -> sqlx::Result<History> {
        let after = now.minus(UNDO_FOR);
        let items = store::dated(db.reader(), account, after).await?;
        let since = accounts::two_factor_since(db.reader(), account).await?;
        Ok(History::new(items, since, store::turns(db.reader(), account, after).await?))
    }

    /// Reads it in a transaction.
    pub(super) async fn read_in(tx: &mut Tx, account: &AccountId, now: Time) -> sqlx::Result<History> {
        let after = now.minus(UNDO_FOR);
        let items = store::dated(&mut *tx, account, after).await?;
        let since = accounts::two_factor_since(&mut *tx, account).await?;
        Ok(History::new(items, since, store::turns(&mut *tx, account, after).await?))
    }

    fn new(items: Vec<Dated>, since: Option<Time>, turns: Vec<(String, i64)>) -> History {
        let turns = turns.into_iter().map(|(event, at)| (event == Event::TwoFactorOn.code(), at));
        History { items, since, turns: turns.collect() }
    }

    /// The moment to go back to: the last one before `since`, as far as a change can be undone.
    pub(super) fn beginning(&self, since: Time, now: Time) -> Time {
        let moment = since.minus(1).max(now.minus(UNDO_FOR));
        let a_day_ago = moment.max(now.minus(FIRST_UNDO_FOR));
        // What the account has asked for a day is not taken away.
        let asks_more = !self.was_on(moment) && self.was_on(a_day_ago);
        if asks_more || !self.had_factor(moment) { a_day_ago } else { moment }
    }

    /// What is different from a moment, in the order in which it was changed.
    pub(super) fn differences(&self, moment: Time) -> Vec<Difference> {
        let mut found: Vec<Difference> = self.passkeys(moment).collect();
        found.extend(self.only_one("app", Changed::App, moment));
        found.extend(self.only_one("codes", Changed::RecoveryCodes, moment));
        found.extend(self.switch(moment));
        found.sort_by_key(|difference| difference.change.at);
        found
    }

    /// Whether two-factor authentication was on at a moment. If it is on since before, it was: turns after it
    /// were undone. Otherwise the first turn after it says what was before.
    pub(super) fn was_on(&self, moment: Time) -> bool {
        self.since.is_some_and(|since| since <= moment)
            || self.turn_after(moment).map_or(self.since.is_some(), |(on, _)| !on)
    }

    fn turn_after(&self, moment: Time) -> Option<(bool, i64)> {
        self.turns.iter().copied().find(|(_, at)| *at > moment.unix())
    }

    fn had_factor(&self, moment: Time) -> bool {
        self.items.iter().any(|item| item.kind != "codes" && was(item, moment))
    }

    fn switch(&self, moment: Time) -> Option<Difference> {
        let act = match (self.was_on(moment), self.since.is_some()) {
            (false, true) => Act::Added,
            // Without a factor at that moment, a stranger had turned it on, and that was undone. No one could
            // log in.
            (true, false) if self.had_factor(moment) => Act::Removed,
            _ => return None,
        };
        let at = self.turn_after(moment).map_or(moment, |(_, at)| Time::from_unix(at));
        Some(Difference { change: Change { what: Changed::TwoFactor, act, at }, had: None, has: None })
    }

    fn passkeys(&self, moment: Time) -> impl Iterator<Item = Difference> {
        let passkeys = self.items.iter().filter(|item| item.kind == "passkey");
        passkeys.filter_map(move |item| {
            let (had, has) =
                (Some(item).filter(|item| was(item, moment)), Some(item).filter(|item| is(item)));
            difference(Changed::Passkey(item.name.clone()), had, has)
        })
    }

    /// The difference in something of which an account has one at most.
    fn only_one(&self, kind: &str, what: Changed, moment: Time) -> Option<Difference> {
        let all = || self.items.iter().filter(move |item| item.kind == kind);
        // One that came back seems to have been there all the time: then the newest was.
        let had = all().filter(|item| was(item, moment)).max_by(|one, other| one.id.cmp(&other.id));
        difference(what, had, all().find(|item| is(item)))
    }
}

/// Whether an account had something at a moment.
fn was(item: &Dated, moment: Time) -> bool {
    item.created_at <= moment.unix() && item.removed_at.is_none_or(|removed_at| removed_at > moment.unix())
}

/// Whether it has it now.
fn is(item: &Dated) -> bool {
    item.removed_at.is_none()
}

/// What is different between what an account had and has.
fn difference(what: Changed, had: Option<&Dated>, has: Option<&Dated>) -> Option<Difference> {
    let (act, at) = match (had, has) {
        (None, Some(has)) => (Act::Added, has.created_at),
        (Some(had), None) => (Act::Removed, had.removed_at.unwrap_or(had.created_at)),
        (Some(had), Some(has)) if had.id != has.id => (Act::Replaced, has.created_at),
        _ => return None,
    };
    let id = |item: Option<&Dated>| item.map(|item| item.id.clone());
    let change = Change { what, act, at: Time::from_unix(at) };
    Some(Difference { change, had: id(had), has: id(has) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::audit;
    use crate::services::{passkeys, recovery_codes, totp_app};

    #[test]
    fn what_was_removed_is_there_as_long_as_it_can_be_undone() {
        let kept = [totp_app::REMOVED_KEPT, recovery_codes::REMOVED_KEPT, passkeys::REMOVED_KEPT];
        assert_eq!(kept, [UNDO_FOR; 3]);
        assert_eq!(audit::TURNS_KEPT, UNDO_FOR, "and so is whether it was on");
    }
}
