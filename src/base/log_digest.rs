//! Limits log lines that strangers can cause at will: one line for each cause, network and minute. The first
//! is written at once. Those that follow within the minute are counted. When the minute is over, a line says
//! how many they were. It is written by the next refusal, by a task, or at the end of the program.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;

use super::clock::Time;
use super::rate_limit::LimitKey;

/// How long one line stands for those that follow, in seconds.
const EACH: i64 = 60;
/// Most networks that are counted separately at a time, some hundred kilobytes. Those beyond share one line
/// for each cause.
const MOST: usize = 1_000;

/// What is refused: the name of the event, and a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cause {
    /// The event.
    pub event: &'static str,
    /// What happened.
    pub what: &'static str,
}

/// The lines that were counted instead of written. Copies share them.
#[derive(Clone, Debug, Default)]
pub struct Digest(Arc<Mutex<Counts>>);

#[derive(Debug, Default)]
struct Counts {
    open: HashMap<(Cause, Option<LimitKey>), Count>,
    looked_at: Option<i64>,
}

#[derive(Debug)]
struct Count {
    since: i64,
    more: u64,
}

impl Digest {
    /// Whether to write this line, because it is the first of its minute. Otherwise it is counted.
    pub fn is_first(&self, cause: Cause, network: LimitKey, now: Time) -> bool {
        let mut counts = self.0.lock();
        counts.log_finished(now.unix());
        let mut key = (cause, Some(network));
        if counts.open.len() >= MOST && !counts.open.contains_key(&key) {
            key.1 = None;
        }
        let count = counts.open.entry(key);
        let mut first = false;
        let count = count.or_insert_with(|| {
            first = true;
            Count { since: now.unix(), more: 0 }
        });
        count.more += u64::from(!first);
        first
    }

    /// Writes how many followed, for each minute that is over.
    pub fn log_finished(&self, now: Time) {
        self.0.lock().log_finished(now.unix());
    }

    /// Writes all counts: the program ends.
    pub fn log_all(&self) {
        let mut counts = self.0.lock();
        counts.open.drain().for_each(|(key, count)| log_count(&key, &count));
    }
}

impl Counts {
    fn log_finished(&mut self, now: i64) {
        // Checked once a second, however many come.
        if self.looked_at.replace(now) == Some(now) {
            return;
        }
        self.open.retain(|key, count| {
            // If the clock was set back, a new minute begins.
            let goes_on = (0..EACH).contains(&(now - count.since));
            if !goes_on {
                log_count(key, count);
            }
            goes_on
        });
    }
}

fn log_count((cause, network): &(Cause, Option<LimitKey>), count: &Count) {
    if count.more == 0 {
        return;
    }
    let address = match network {
        Some(LimitKey::Network(Some(address))) => address.to_string(),
        Some(_) => "unknown".to_owned(),
        None => "many others".to_owned(),
    };
    let (event, more) = (cause.event, i64::try_from(count.more).unwrap_or(i64::MAX));
    log::info!(event, address, more; "{more} more within a minute: {}", cause.what);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    const CAUSE: Cause = Cause { event: "excess_rate_limit_exceeded", what: "too many forms" };

    fn from(number: u32) -> LimitKey {
        LimitKey::network(Some(Ipv4Addr::from_bits(number).into()))
    }

    fn kept(digest: &Digest) -> (usize, u64) {
        let counts = digest.0.lock();
        (counts.open.len(), counts.open.values().map(|count| count.more).sum())
    }

    #[test]
    fn the_first_of_a_minute_is_written_and_the_others_are_counted() {
        let digest = Digest::default();
        let first = |network, second| digest.is_first(CAUSE, from(network), Time::from_unix(second));
        assert_eq!([first(1, 0), first(1, 0), first(1, 59), first(2, 59)], [true, false, false, true]);
        assert_eq!(kept(&digest), (2, 2));
        assert!(first(1, 60), "another minute");
        assert_eq!(kept(&digest), (2, 0), "what was counted is told of");
        let other = Cause { what: "another", ..CAUSE };
        assert!(digest.is_first(other, from(1), Time::from_unix(60)), "another cause");
        assert!(first(1, 10), "a clock that was set back begins anew");
        digest.log_finished(Time::from_unix(200));
        assert_eq!(kept(&digest), (0, 0));
    }

    #[test]
    fn many_networks_share_a_line_and_take_bounded_memory() {
        let digest = Digest::default();
        let flood = u32::try_from(MOST).unwrap() * 5;
        let written = (0..flood).filter(|n| digest.is_first(CAUSE, from(*n), Time::from_unix(0))).count();
        let (keys, more) = kept(&digest);
        assert_eq!((written, keys), (MOST + 1, MOST + 1));
        assert_eq!(written as u64 + more, u64::from(flood), "none is lost");
        digest.log_all();
        assert_eq!(kept(&digest), (0, 0));
    }
}
