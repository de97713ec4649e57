//! Who may use the machine: fault tests take turns, so that none spoils what another one measures.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What a test does with the machine.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    /// It checks what was lost, however long that takes.
    Checks,
    /// It measures how long something waits, and leaves the processor idle meanwhile.
    Waits,
    /// It measures, or uses the whole machine.
    Measures,
}

/// What the tests that have a turn do, and how many these are.
static NOW: Mutex<Option<(Use, usize)>> = Mutex::new(None);
static ENDED: Condvar = Condvar::new();

fn now() -> MutexGuard<'static, Option<(Use, usize)>> {
    NOW.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A turn. It ends when this value is dropped.
pub struct Turn(());

impl Turn {
    /// Waits until all tests that have a turn do the same. Of those that measure, only one has a turn.
    fn to(what: Use) -> Turn {
        let others = |now: &mut Option<(Use, usize)>| match *now {
            None => false,
            Some((theirs, _)) => theirs != what || what == Use::Measures,
        };
        let mut now = ENDED.wait_while(now(), others).unwrap_or_else(PoisonError::into_inner);
        *now = Some((what, now.map_or(1, |(_, tests)| tests + 1)));
        Turn(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut now = now();
        *now = now.and_then(|(what, tests)| (tests > 1).then_some((what, tests - 1)));
        ENDED.notify_all();
    }
}

/// For tests that only check what was lost: they run next to each other.
pub fn together() -> Turn {
    Turn::to(Use::Checks)
}

/// For tests that measure how long something waits, and do little else: they run next to each other.
pub fn waiting() -> Turn {
    Turn::to(Use::Waits)
}

/// For tests that measure, or use the whole machine.
pub fn alone() -> Turn {
    Turn::to(Use::Measures)
}
