//! Attempts counted in memory, before the work they ask for: a restart forgives them. What must not be forgiven
//! is in the database ([`shared`](super::shared)).
//!
//! This is the generic cell rate algorithm (ITU-T I.371). Each key holds one number, `whole_at`: the moment at
//! which its full allowance is available again, which that algorithm calls the theoretical arrival time. An
//! attempt moves it into the future by one emission interval. A key whose moment has passed need not be kept.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;

use super::concurrency::ConcurrencyLimits;
use super::limit_key::LimitKey;
use super::limited_action::{LimitedAction, MICROSECONDS};
use super::retry_after::RetryAfter;
use crate::base::clock::Time;
use crate::base::config::Settings;

/// Most keys that are kept, some ten megabytes. Beyond that, those with the most allowance left are removed
/// first.
const MAX_KEYS: usize = 100_000;
/// Most marks that are kept: the operator makes few.
const MAX_MARKS: usize = 1_000;
/// Most keys that one attempt adds.
const KEYS_OF_ONE: usize = 3;

/// The attempts of all visitors. Copies share them.
#[derive(Clone, Debug)]
pub struct Limits {
    settings: Arc<Settings>,
    whole_at: Arc<Mutex<HashMap<Key, i64>>>,
    /// The marks of the operator's orders that were followed.
    forgotten: Arc<Mutex<HashMap<Key, i64>>>,
    /// Limits on concurrent requests.
    pub concurrency: ConcurrencyLimits,
}

/// The code of an action, and whose attempts are counted.
type Key = (&'static str, LimitKey);

impl Limits {
    /// No attempts yet.
    pub fn new(settings: &Settings) -> Limits {
        let settings = Arc::new(settings.clone());
        Limits {
            concurrency: ConcurrencyLimits::new(&settings),
            settings,
            whole_at: Arc::default(),
            forgotten: Arc::default(),
        }
    }

    /// Counts an attempt for each of its keys, or returns how long to wait and counts nothing.
    pub fn take(
        &self,
        action: &'static LimitedAction,
        limit_key: &LimitKey,
        now: Time,
    ) -> Result<(), RetryAfter> {
        let now = now.unix() * MICROSECONDS;
        let mut whole_at = self.whole_at.lock();
        make_room(&mut whole_at, now);
        let (mut taken, mut longest) = (Vec::with_capacity(KEYS_OF_ONE), None);
        for (limit_key, rate) in action.rates(&self.settings, limit_key) {
            let key = (action.code, limit_key);
            let moment = whole_at.get_mut(&key).map_or(now, |moment| {
                // Limited here as well; otherwise it would be as far away again at the next attempt.
                *moment = rate.clamped(*moment, now);
                *moment
            });
            longest = longest.max(rate.seconds_left(moment, now));
            taken.push((key, moment + rate.emission_interval()));
        }
        if let Some(seconds) = longest {
            return Err(RetryAfter::new(seconds, action.why));
        }
        whole_at.extend(taken);
        Ok(())
    }

    /// Whether an attempt would have to wait. Counts nothing.
    pub fn is_used_up(&self, action: &'static LimitedAction, limit_key: &LimitKey, now: Time) -> bool {
        let now = now.unix() * MICROSECONDS;
        let whole_at = self.whole_at.lock();
        action.rates(&self.settings, limit_key).into_iter().any(|(limit_key, rate)| {
            whole_at
                .get(&(action.code, limit_key))
                .is_some_and(|moment| rate.seconds_left(*moment, now).is_some())
        })
    }

    /// Forgets what was counted for each of its keys, once for each mark. False if it has followed this one before.
    pub fn forget(&self, action: &'static LimitedAction, limit_key: &LimitKey, mark: i64) -> bool {
        let mut forgotten = self.forgotten.lock();
        if forgotten.len() >= MAX_MARKS {
            forgotten.clear();
        }
        if forgotten.insert((action.code, limit_key.clone()), mark) == Some(mark) {
            return false;
        }
        let mut whole_at = self.whole_at.lock();
        for (limit_key, _) in action.rates(&self.settings, limit_key) {
            whole_at.remove(&(action.code, limit_key));
        }
        true
    }

    /// Takes back an attempt that turned out not to count.
    pub fn give_back(&self, action: &'static LimitedAction, limit_key: &LimitKey) {
        let mut whole_at = self.whole_at.lock();
        for (limit_key, rate) in action.rates(&self.settings, limit_key) {
            if let Some(moment) = whole_at.get_mut(&(action.code, limit_key)) {
                *moment -= rate.emission_interval();
            }
        }
    }

    /// Removes keys that have their full allowance.
    pub fn sweep(&self, now: Time) {
        let mut whole_at = self.whole_at.lock();
        whole_at.retain(|_, moment| *moment > now.unix() * MICROSECONDS);
        whole_at.shrink_to_fit();
    }
}

/// Makes room when the map is full: for many keys at once, so that this is rarely needed.
fn make_room(whole_at: &mut HashMap<Key, i64>, now: i64) {
    if whole_at.len() + KEYS_OF_ONE <= MAX_KEYS {
        return;
    }
    whole_at.retain(|_, moment| *moment > now);
    let most = MAX_KEYS / 10 * 9;
    if whole_at.len() > most {
        let mut moments: Vec<i64> = whole_at.values().copied().collect();
        let surplus = moments.len() - most;
        let (.., last_to_go, _) = moments.select_nth_unstable(surplus);
        let last_to_go = *last_to_go;
        let mut surplus = surplus;
        whole_at.retain(|_, moment| {
            let goes = surplus > 0 && *moment <= last_to_go;
            surplus -= usize::from(goes);
            !goes
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::limited_action::{Counts, Kept, Rate};
    use super::*;
    use crate::base::config;
    use proptest::prelude::*;

    fn limits() -> Limits {
        Limits::new(&config::read(config::defaults()).unwrap().settings)
    }

    /// As often as one may sign up.
    static OFTEN: LimitedAction = LimitedAction {
        code: "often",
        rate: |_| Rate::an_hour(10),
        counts: Counts::Each,
        kept: Kept::InMemory,
        why: LimitedAction::WAIT,
        logged: "too many",
    };
    static OTHER: LimitedAction = LimitedAction { code: "other", ..OFTEN };

    fn from(address: &str) -> LimitKey {
        LimitKey::network(Some(address.parse().unwrap()))
    }

    fn at(seconds: i64) -> Time {
        Time::from_unix(1_767_225_600 + seconds)
    }

    #[test]
    fn ten_at_once_and_then_one_by_one() {
        let (limits, here) = (limits(), from("203.0.113.7"));
        let attempt = |seconds| limits.take(&OFTEN, &here, at(seconds));
        for _ in 0..10 {
            assert_eq!(attempt(0), Ok(()));
        }
        assert_eq!(attempt(0).unwrap_err().seconds(), 361);
        assert!(attempt(359).is_err());
        assert_eq!((attempt(360), attempt(361).is_err()), (Ok(()), true));
        assert_eq!(limits.take(&OFTEN, &from("203.0.113.8"), at(0)), Ok(()), "another network");
        assert_eq!(limits.take(&OTHER, &here, at(0)), Ok(()), "another action");
        assert_eq!((0..20).filter(|_| attempt(3_600 * 9).is_ok()).count(), 10, "never more than the whole");
    }

    #[test]
    fn what_is_given_back_can_be_taken_again() {
        let (limits, here) = (limits(), from("203.0.113.7"));
        for _ in 0..200 {
            assert_eq!(limits.take(&OFTEN, &here, at(0)), Ok(()));
            limits.give_back(&OFTEN, &here);
        }
        let taken = (0..20).filter(|_| limits.take(&OFTEN, &here, at(0)).is_ok());
        assert_eq!(taken.count(), 10, "and no more than that");
    }

    #[test]
    fn asking_uses_up_nothing() {
        let (limits, here) = (limits(), from("203.0.113.7"));
        for _ in 0..10 {
            assert!(!limits.is_used_up(&OFTEN, &here, at(0)));
            assert_eq!(limits.take(&OFTEN, &here, at(0)), Ok(()));
        }
        assert!(limits.is_used_up(&OFTEN, &here, at(359)));
        assert!(!limits.is_used_up(&OFTEN, &here, at(360)));
    }

    /// A 64-bit prefix in the 56-bit prefix of this number.
    fn line(home: u8, line: u8) -> LimitKey {
        from(&format!("2001:db8:1:{home:x}{line:02x}::1"))
    }

    #[test]
    fn a_wider_network_has_a_multiple_of_what_each_in_it_has() {
        let limits = limits();
        let attempts = |home, lines: std::ops::Range<u8>| {
            let all = lines.flat_map(|number| std::iter::repeat_n(line(home, number), 3));
            all.filter(|limit_key| limits.take(&OFTEN, limit_key, at(0)).is_ok()).count()
        };
        assert_eq!(attempts(1, 0..200), 80, "three from each of many");
        assert_eq!(limits.take(&OFTEN, &line(1, 250), at(0)).unwrap_err().seconds(), 46);
        assert!(limits.is_used_up(&OFTEN, &line(1, 251), at(44)), "also for who has not tried yet");
        assert_eq!([2, 3, 4, 5].map(|home| attempts(home, 0..200)), [80, 80, 80, 0], "all four of one site");
        assert_eq!(limits.take(&OFTEN, &from("2001:db8:2:100::"), at(0)), Ok(()), "another site");
        limits.give_back(&OFTEN, &line(1, 0));
        assert_eq!(limits.take(&OFTEN, &line(1, 99), at(0)), Ok(()), "given back to all of them");
    }

    #[test]
    fn a_refused_attempt_takes_nothing_and_is_not_kept() {
        let limits = limits();
        while limits.take(&OFTEN, &line(1, 0), at(0)).is_ok() {}
        let keys = || limits.whole_at.lock().len();
        assert_eq!(keys(), 3);
        for _ in 0..100 {
            assert_eq!(limits.take(&OFTEN, &line(1, 0), at(0)).unwrap_err().seconds(), 361);
        }
        let others = (1..200).filter(|number| limits.take(&OFTEN, &line(1, *number), at(0)).is_ok());
        assert_eq!(others.count(), 70, "what is left of the home's 80");
        assert_eq!(keys(), 73, "whoever was refused is not kept");
    }

    #[test]
    fn a_clock_set_back_locks_no_one_out() {
        let (limits, here) = (limits(), from("203.0.113.7"));
        for _ in 0..10 {
            assert_eq!(limits.take(&OFTEN, &here, at(0)), Ok(()));
        }
        for _ in 0..10 {
            assert_eq!(limits.take(&OFTEN, &here, at(-86_400)), Ok(()), "it is forgiven");
        }
        let wait = limits.take(&OFTEN, &here, at(-86_400)).unwrap_err().seconds();
        assert!(wait <= 361, "{wait}");
    }

    #[test]
    fn memory_is_bounded_and_who_used_up_their_allowance_is_kept() {
        let (limits, greedy) = (limits(), from("192.0.2.1"));
        while limits.take(&OFTEN, &greedy, at(0)).is_ok() {}
        for number in 0..u32::try_from(MAX_KEYS).unwrap() + 5_000 {
            let limit_key = LimitKey::network(Some(std::net::Ipv4Addr::from_bits(number).into()));
            assert_eq!(limits.take(&OFTEN, &limit_key, at(0)), Ok(()));
        }
        let kept = || limits.whole_at.lock().len();
        assert!((MAX_KEYS / 2..=MAX_KEYS).contains(&kept()), "{}", kept());
        assert!(limits.take(&OFTEN, &greedy, at(0)).is_err());
        limits.sweep(at(360));
        assert_eq!(kept(), 1, "of whoever tried once nothing is left");
        limits.sweep(at(3_600));
        assert_eq!(kept(), 0);
    }

    proptest! {
        #[test]
        fn after_the_told_wait_an_attempt_is_allowed(
            gaps in proptest::collection::vec((0i64..40, 0u8..3, 0u8..12), 1..400)
        ) {
            let limits = limits();
            let mut now = 0;
            for (gap, home, number) in gaps {
                now += gap * i64::from(number == 0);
                let limit_key = line(home, number);
                if let Err(wait) = limits.take(&OFTEN, &limit_key, at(now)) {
                    now += wait.seconds();
                    prop_assert_eq!(limits.take(&OFTEN, &limit_key, at(now)), Ok(()));
                }
            }
        }
    }
}
