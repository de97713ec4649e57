//! Attempts of a network, a device or a session, counted before the work they ask for. They are kept in
//! memory: a restart forgives them. What must not be forgiven is in the database ([`shared`](super::shared)).
//!
//! Each key holds one number, the moment at which its full allowance is available again (the generic cell
//! rate algorithm, ITU-T I.371). An attempt moves it into the future. A key whose moment has passed need not
//! be kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::failed_logins::FailedLoginsKey;
use super::keyed_lock::{KeyedGuard, KeyedLock};
use super::limit_key::LimitKey;
use super::limited_action::{LimitedAction, MICROSECONDS, Rate};
use super::retry_after::RetryAfter;
use crate::base::clock::Time;
use crate::base::config::Settings;

/// Most keys that are kept, some ten megabytes. Beyond that, those with the most allowance left are removed
/// first.
const MOST_KEYS: usize = 100_000;
/// Most keys that one attempt adds.
const KEYS_OF_ONE: usize = 3;

/// Retry-after for a turn that another request holds, in seconds: its end is not known.
const HELD_FOR: i64 = 60;

/// Timeout of a wait for a turn. As long as for a place at the hashing gate, which the request before may be
/// waiting for.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Timeout of a form that waits until the same form, sent before, is answered. Under load that one may wait
/// five seconds each for judging the new password, for its turn at the account, for checking the old password
/// and for hashing the new one.
const LONGEST_FORM: Duration = Duration::from_secs(20);

/// The attempts of all visitors. Copies share them.
#[derive(Clone, Debug)]
pub struct Limits {
    settings: Arc<Settings>,
    whole_at: Arc<Mutex<HashMap<(LimitedAction, LimitKey), i64>>>,
    turns: KeyedLock<(LimitedAction, LimitKey)>,
    guess_turns: KeyedLock<FailedLoginsKey>,
    form_turns: KeyedLock<String>,
}

impl Limits {
    /// No attempts yet.
    pub fn new(settings: &Settings) -> Limits {
        Limits {
            settings: Arc::new(settings.clone()),
            whole_at: Arc::default(),
            turns: KeyedLock::default(),
            guess_turns: KeyedLock::default(),
            form_turns: KeyedLock::default(),
        }
    }

    /// Counts an attempt for each of its keys, or returns how long to wait and counts nothing.
    pub fn take(&self, action: LimitedAction, limit_key: &LimitKey, now: Time) -> Result<(), RetryAfter> {
        let now = now.unix() * MICROSECONDS;
        let mut whole_at = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut whole_at, now);
        let (mut taken, mut longest) = (Vec::with_capacity(KEYS_OF_ONE), None);
        for (limit_key, rate) in action.rates(&self.settings, limit_key) {
            let key = (action, limit_key);
            let moment = whole_at.get_mut(&key).map_or(now, |moment| {
                // Limited here as well; otherwise it would be as far away again at the next attempt.
                *moment = rate.near(*moment, now);
                *moment
            });
            longest = longest.max(rate.seconds_left(moment, now));
            taken.push((key, moment + rate.each()));
        }
        if let Some(seconds) = longest {
            return Err(RetryAfter::new(seconds, action.sentence()));
        }
        whole_at.extend(taken);
        Ok(())
    }

    /// Whether an attempt would have to wait. Counts nothing.
    pub fn is_used_up(&self, action: LimitedAction, limit_key: &LimitKey, now: Time) -> bool {
        let now = now.unix() * MICROSECONDS;
        let whole_at = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        action.rates(&self.settings, limit_key).into_iter().any(|(limit_key, rate)| {
            whole_at.get(&(action, limit_key)).is_some_and(|moment| rate.seconds_left(*moment, now).is_some())
        })
    }

    /// The operator's settings, which contain the rates.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Takes back an attempt that turned out not to count.
    pub fn give_back(&self, action: LimitedAction, limit_key: &LimitKey) {
        let mut whole_at = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        for (limit_key, rate) in action.rates(&self.settings, limit_key) {
            if let Some(moment) = whole_at.get_mut(&(action, limit_key)) {
                *moment -= rate.each();
            }
        }
    }

    /// Waits until fewer requests are in progress than could all be counted. `None` after the timeout.
    pub async fn turn(
        &self,
        action: LimitedAction,
        limit_key: &LimitKey,
    ) -> Option<Vec<KeyedGuard<(LimitedAction, LimitKey)>>> {
        let (begin, mut turns) = (Instant::now(), Vec::with_capacity(KEYS_OF_ONE));
        for (limit_key, Rate { times, .. }) in action.rates(&self.settings, limit_key) {
            let longest = LONGEST_WAIT.saturating_sub(begin.elapsed());
            turns.push(self.turns.take(&(action, limit_key), times as usize, longest).await?);
        }
        Some(turns)
    }

    /// Takes the only turn for this key and holds it, or returns how long to wait if it is taken. It does not
    /// wait: the turn may be held for minutes.
    pub fn only_one(
        &self,
        action: LimitedAction,
        limit_key: &LimitKey,
    ) -> Result<KeyedGuard<(LimitedAction, LimitKey)>, RetryAfter> {
        let turn = self.turns.try_take(&(action, limit_key.clone()));
        turn.ok_or_else(|| RetryAfter::new(HELD_FOR, action.underway()))
    }

    /// Waits until no other request is checking a password here. `None` after the timeout.
    pub async fn guess_turn(&self, guess: &FailedLoginsKey) -> Option<KeyedGuard<FailedLoginsKey>> {
        self.guess_turns.take(guess, 1, LONGEST_WAIT).await
    }

    /// Waits until the same form, sent before, was answered. `None` after the timeout.
    pub async fn form_turn(&self, submission: &str) -> Option<KeyedGuard<String>> {
        self.form_turns.take(&submission.to_owned(), 1, LONGEST_FORM).await
    }

    /// Removes keys that have their full allowance.
    pub fn sweep(&self, now: Time) {
        let mut whole_at = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        whole_at.retain(|_, moment| *moment > now.unix() * MICROSECONDS);
        whole_at.shrink_to_fit();
    }
}

/// Makes room when the map is full: for many keys at once, so that this is rarely needed.
fn make_room(whole_at: &mut HashMap<(LimitedAction, LimitKey), i64>, now: i64) {
    if whole_at.len() + KEYS_OF_ONE <= MOST_KEYS {
        return;
    }
    whole_at.retain(|_, moment| *moment > now);
    let most = MOST_KEYS / 10 * 9;
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
    use super::*;
    use crate::base::config;
    use proptest::prelude::*;

    fn limits() -> Limits {
        Limits::new(&config::read(config::defaults()).unwrap().settings)
    }

    fn from(address: &str) -> LimitKey {
        LimitKey::network(Some(address.parse().unwrap()))
    }

    fn at(seconds: i64) -> Time {
        Time::from_unix(1_767_225_600 + seconds)
    }

    #[test]
    fn so_many_at_once_and_then_one_by_one() {
        let (limits, here) = (limits(), from("203.0.113.7"));
        let sign_up = |seconds| limits.take(LimitedAction::SignUp, &here, at(seconds));
        for _ in 0..10 {
            assert_eq!(sign_up(0), Ok(()));
        }
        assert_eq!(sign_up(0).unwrap_err().seconds(), 361);
        assert!(sign_up(359).is_err());
        assert_eq!((sign_up(360), sign_up(361).is_err()), (Ok(()), true));
        assert_eq!(
            limits.take(LimitedAction::SignUp, &from("203.0.113.8"), at(0)),
            Ok(()),
            "another network"
        );
        assert_eq!(limits.take(LimitedAction::LogIn, &here, at(0)), Ok(()), "another action");
        assert_eq!((0..20).filter(|_| sign_up(3_600 * 9).is_ok()).count(), 10, "never more than the whole");
    }

    #[test]
    fn what_is_given_back_can_be_taken_again() {
        let (limits, here) = (limits(), from("203.0.113.7"));
        for _ in 0..200 {
            assert_eq!(limits.take(LimitedAction::WrongPassword, &here, at(0)), Ok(()));
            limits.give_back(LimitedAction::WrongPassword, &here);
        }
        let taken = (0..20).filter(|_| limits.take(LimitedAction::WrongPassword, &here, at(0)).is_ok());
        assert_eq!(taken.count(), 10, "and no more than that");
    }

    #[test]
    fn who_asks_whether_there_is_one_left_uses_none_up() {
        let (limits, here) = (limits(), from("203.0.113.7"));
        for _ in 0..10 {
            assert!(!limits.is_used_up(LimitedAction::SignUp, &here, at(0)));
            assert_eq!(limits.take(LimitedAction::SignUp, &here, at(0)), Ok(()));
        }
        assert!(limits.is_used_up(LimitedAction::SignUp, &here, at(359)));
        assert!(!limits.is_used_up(LimitedAction::SignUp, &here, at(360)));
    }

    /// A 64-bit prefix in the 56-bit prefix of this number.
    fn line(home: u8, line: u8) -> LimitKey {
        from(&format!("2001:db8:1:{home:x}{line:02x}::1"))
    }

    #[test]
    fn a_wider_network_has_a_multiple_of_what_each_in_it_has() {
        let limits = limits();
        let sign_ups = |home, lines: std::ops::Range<u8>| {
            let all = lines.flat_map(|number| std::iter::repeat_n(line(home, number), 3));
            all.filter(|limit_key| limits.take(LimitedAction::SignUp, limit_key, at(0)).is_ok()).count()
        };
        assert_eq!(sign_ups(1, 0..200), 80, "three from each of many");
        assert_eq!(limits.take(LimitedAction::SignUp, &line(1, 250), at(0)).unwrap_err().seconds(), 46);
        assert!(
            limits.is_used_up(LimitedAction::SignUp, &line(1, 251), at(44)),
            "also for who has not tried yet"
        );
        assert_eq!([2, 3, 4, 5].map(|home| sign_ups(home, 0..200)), [80, 80, 80, 0], "all four of one site");
        assert_eq!(
            limits.take(LimitedAction::SignUp, &from("2001:db8:2:100::"), at(0)),
            Ok(()),
            "another site"
        );
        limits.give_back(LimitedAction::SignUp, &line(1, 0));
        assert_eq!(
            limits.take(LimitedAction::SignUp, &line(1, 99), at(0)),
            Ok(()),
            "given back to all of them"
        );
    }

    #[test]
    fn who_has_to_wait_takes_nothing_of_others_and_no_memory() {
        let limits = limits();
        while limits.take(LimitedAction::SignUp, &line(1, 0), at(0)).is_ok() {}
        let keys = || limits.whole_at.lock().unwrap().len();
        assert_eq!(keys(), 3);
        for _ in 0..100 {
            assert_eq!(limits.take(LimitedAction::SignUp, &line(1, 0), at(0)).unwrap_err().seconds(), 361);
        }
        let others =
            (1..200).filter(|number| limits.take(LimitedAction::SignUp, &line(1, *number), at(0)).is_ok());
        assert_eq!(others.count(), 70, "what is left of the home's 80");
        assert_eq!(keys(), 73, "whoever was refused is not kept");
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out() {
        let (limits, here) = (limits(), from("203.0.113.7"));
        for _ in 0..10 {
            assert_eq!(limits.take(LimitedAction::SignUp, &here, at(0)), Ok(()));
        }
        for _ in 0..10 {
            assert_eq!(limits.take(LimitedAction::SignUp, &here, at(-86_400)), Ok(()), "it is forgiven");
        }
        let wait = limits.take(LimitedAction::SignUp, &here, at(-86_400)).unwrap_err().seconds();
        assert!(wait <= 361, "{wait}");
    }

    #[test]
    fn memory_is_bounded_and_who_used_up_their_allowance_is_kept() {
        let (limits, greedy) = (limits(), from("192.0.2.1"));
        while limits.take(LimitedAction::SignUp, &greedy, at(0)).is_ok() {}
        for number in 0..u32::try_from(MOST_KEYS).unwrap() + 5_000 {
            let limit_key = LimitKey::network(Some(std::net::Ipv4Addr::from_bits(number).into()));
            assert_eq!(limits.take(LimitedAction::SignUp, &limit_key, at(0)), Ok(()));
        }
        let kept = || limits.whole_at.lock().unwrap().len();
        assert!((MOST_KEYS / 2..=MOST_KEYS).contains(&kept()), "{}", kept());
        assert!(limits.take(LimitedAction::SignUp, &greedy, at(0)).is_err());
        limits.sweep(at(360));
        assert_eq!(kept(), 1, "of whoever tried once nothing is left");
        limits.sweep(at(3_600));
        assert_eq!(kept(), 0);
    }

    proptest! {
        #[test]
        fn whoever_waits_as_long_as_told_gets_in(
            gaps in proptest::collection::vec((0i64..40, 0u8..3, 0u8..12), 1..400)
        ) {
            let limits = limits();
            let mut now = 0;
            for (gap, home, number) in gaps {
                now += gap * i64::from(number == 0);
                let limit_key = line(home, number);
                if let Err(wait) = limits.take(LimitedAction::SignUp, &limit_key, at(now)) {
                    now += wait.seconds();
                    prop_assert_eq!(limits.take(LimitedAction::SignUp, &limit_key, at(now)), Ok(()));
                }
            }
        }
    }
}
