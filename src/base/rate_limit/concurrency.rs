//! Limits on concurrent requests, for counts that depend on how the attempt before ended. What is counted before
//! the work and given back after it would otherwise punish correct attempts made at the same time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::failures::FailuresKey;
use super::keyed_lock::{KeyedGuard, KeyedLock};
use super::limit_key::LimitKey;
use super::limited_action::{LimitedAction, Rate};
use super::retry_after::RetryAfter;
use crate::base::config::Settings;

/// Timeout of a wait for a permit. As long as for a place at the hashing gate, which the request before may be
/// waiting for.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Timeout of a form that waits until the same form, sent before, is answered. Under load that one may wait
/// five seconds each for judging the new password, for its permit at the account, for checking the old password
/// and for hashing the new one.
const LONGEST_FORM: Duration = Duration::from_secs(20);
/// Retry-after for a permit that another request holds, in seconds: its end is not known.
const HELD_FOR: i64 = 60;

/// The requests in progress. Copies share them.
#[derive(Clone, Debug)]
pub struct ConcurrencyLimits {
    settings: Arc<Settings>,
    permits: KeyedLock,
}

impl ConcurrencyLimits {
    pub(super) fn new(settings: &Arc<Settings>) -> ConcurrencyLimits {
        ConcurrencyLimits { settings: settings.clone(), permits: KeyedLock::default() }
    }

    /// Waits until fewer requests are in progress than could all be counted. `None` after the timeout.
    pub async fn at_limit(
        &self,
        action: &'static LimitedAction,
        limit_key: &LimitKey,
    ) -> Option<Vec<KeyedGuard>> {
        let (begin, mut permits) = (Instant::now(), Vec::new());
        for (limit_key, Rate { times, .. }) in action.rates(&self.settings, limit_key) {
            let longest = LONGEST_WAIT.saturating_sub(begin.elapsed());
            permits.push(self.permits.take(&limit_key.hash(action.code), times as usize, longest).await?);
        }
        Some(permits)
    }

    /// Waits until no other request is at this secret. `None` after the timeout.
    pub async fn at_secret(&self, failures_key: &FailuresKey) -> Option<KeyedGuard> {
        self.permits.take(failures_key.as_str(), 1, LONGEST_WAIT).await
    }

    /// Waits until the same form, sent before, was answered. `None` after the timeout.
    pub async fn at_form(&self, submission: &str) -> Option<KeyedGuard> {
        self.permits.take(&format!("form {submission}"), 1, LONGEST_FORM).await
    }

    /// Waits until no other request does this, whatever it is, in the whole program. `None` after the timeout.
    pub async fn alone(&self, what: &'static str) -> Option<KeyedGuard> {
        self.permits.take(&format!("alone {what}"), 1, LONGEST_WAIT).await
    }

    /// Takes the only permit for this key and holds it. If it is taken, returns how long to wait, and `why`: the
    /// key of a sentence. It does not wait: the permit may be held for minutes.
    pub fn only_one(
        &self,
        action: &'static LimitedAction,
        limit_key: &LimitKey,
        why: &'static str,
    ) -> Result<KeyedGuard, RetryAfter> {
        let permit = self.permits.try_take(&limit_key.hash(action.code));
        permit.ok_or_else(|| RetryAfter::new(HELD_FOR, why))
    }
}
