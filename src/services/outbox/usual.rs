//! How long an email occupies a worker. One that is not sent, since there is no account, occupies it as long
//! as the last one that was: otherwise the emails behind it would come sooner, and reveal it.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;

/// The assumed duration of a conversation before the first.
const AT_FIRST: Duration = Duration::from_millis(500);
/// A server that stalls takes longer than this. A stranger must not be able to stop all emails by requesting
/// some that are not sent, each of which would wait as long.
const LONGEST: Duration = Duration::from_secs(10);

/// The duration of the last conversation. Copies share it.
#[derive(Clone)]
pub(super) struct Usual(Arc<Mutex<Duration>>);

impl Default for Usual {
    fn default() -> Usual {
        Usual(Arc::new(Mutex::new(AT_FIRST)))
    }
}

impl Usual {
    /// Records the duration of a conversation.
    pub(super) fn learn(&self, took: Duration) {
        *self.0.lock() = took.min(LONGEST);
    }

    /// How long a worker that had nothing to send must still wait, after finding that out in this time.
    pub(super) fn rest(&self, took: Duration) -> Duration {
        self.0.lock().saturating_sub(took)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_that_is_not_sent_has_its_worker_as_long_as_one_that_was() {
        let (usual, quick) = (Usual::default(), Duration::from_millis(5));
        assert_eq!(usual.rest(quick) + quick, AT_FIRST);
        for (took, then) in
            [(2, 2), (10, 10), (600, 10)].map(|(a, b)| (Duration::from_secs(a), Duration::from_secs(b)))
        {
            usual.clone().learn(took);
            assert_eq!(usual.rest(quick) + quick, then);
        }
        assert_eq!(usual.rest(Duration::from_secs(60)), Duration::ZERO);
    }
}
