//! What one rate limit says. It is a `static` of the feature that it belongs to; `tests/order` checks that
//! each has a code of its own.

use super::limit_key::LimitKey;
use crate::base::config::Settings;

/// An action with a rate limit.
#[derive(Debug)]
pub struct LimitedAction {
    /// Its name in the database. It stays: keys of existing rows are hashes of it.
    pub code: &'static str,
    /// The rate, from the operator's settings.
    pub rate: fn(&Settings) -> Rate,
    /// Which attempts count.
    pub counts: Counts,
    /// Where they are counted.
    pub kept: Kept,
    /// Why to wait: the key of a sentence for the visitor, with `$count` and `$unit`.
    pub why: &'static str,
    /// The same for the log, in English.
    pub logged: &'static str,
}

/// Which attempts count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Counts {
    /// Each that this limit lets through, even if another limit then refuses it.
    Each,
    /// Wrong ones. A right one is given back, and so is one that another limit refuses. Attempts that could
    /// not all be counted wait for each other: otherwise right ones made at the same time would be refused.
    Wrong,
}

/// Where attempts are counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kept {
    /// In memory: a restart forgives them.
    InMemory,
    /// In memory before the work, and in the database in its transaction: for all instances, and over a
    /// restart.
    InDatabase,
}

/// A number of attempts in a number of seconds. All of them may come at once; then they become available
/// again one by one.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub(super) times: u32,
    pub(super) seconds: i64,
}

pub(super) const MICROSECONDS: i64 = 1_000_000;
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

impl Rate {
    /// This many attempts in this many seconds.
    pub fn new(times: u32, seconds: i64) -> Rate {
        Rate { times, seconds }
    }

    /// This many attempts a minute.
    pub fn a_minute(times: u32) -> Rate {
        Rate::new(times, MINUTE)
    }

    /// This many attempts an hour.
    pub fn an_hour(times: u32) -> Rate {
        Rate::new(times, HOUR)
    }

    /// This many times as often.
    fn times(self, times: u32) -> Rate {
        Rate { times: self.times.saturating_mul(times), ..self }
    }

    /// How long the full allowance takes to become available again, in microseconds.
    pub(super) fn window(self) -> i64 {
        self.seconds * MICROSECONDS
    }

    /// How far one attempt delays the full allowance, in microseconds.
    pub(super) fn emission_interval(self) -> i64 {
        self.window() / i64::from(self.times)
    }

    /// The moment of the full allowance, in microseconds, but at least now. It is further away than a whole
    /// window only if the clock was set back. Then all counted attempts are forgiven, as after a restart.
    pub(super) fn clamped(self, whole_at: i64, now: i64) -> i64 {
        if whole_at > now + self.window() { now } else { whole_at.max(now) }
    }

    /// Seconds until the next attempt is allowed, given the moment of the full allowance, in microseconds.
    /// `None` if it is allowed now.
    pub(super) fn seconds_left(self, whole_at: i64, now: i64) -> Option<i64> {
        let window = self.window();
        let next = self.clamped(whole_at, now) + self.emission_interval();
        (next > now + window).then(|| (next - now - window).div_euclid(MICROSECONDS) + 1)
    }
}

impl LimitedAction {
    /// Why to wait, for an action whose refusal no page explains: the sentence only says how long.
    pub const WAIT: &'static str = "error-429-wait";

    /// Every key that an attempt counts for, with its rate.
    pub(super) fn rates(&self, settings: &Settings, limit_key: &LimitKey) -> Vec<(LimitKey, Rate)> {
        let rate = (self.rate)(settings);
        limit_key.all().map(|(limit_key, times)| (limit_key, rate.times(times))).collect()
    }
}
