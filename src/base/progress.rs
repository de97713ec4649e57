//! What long work says of itself on a terminal: what is being done, how much of it, for how long, and how long still. It says nothing where
//! it is soon over, and nothing on a pipe.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rocket::tokio::time::{Instant, MissedTickBehavior, interval_at};
use rocket::tokio::{pin, select};

/// What is over by then says nothing: a line that appears and is gone again is only noise.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it is looked how far the work is.
const LOOK: Duration = Duration::from_millis(100);

/// How far some work is.
#[derive(Clone, Copy, Debug)]
pub enum Done {
    /// So many bytes of so many.
    Bytes(u64, u64),
    /// So many rows of so many.
    Rows(u64, u64),
    /// So many bytes are looked at, and nobody knows how many were.
    AllOf(u64),
    /// Nobody knows how much there is.
    Unknown,
}

impl Done {
    fn template(self) -> &'static str {
        match self {
            Done::Bytes(..) => {
                "{msg}: {bytes} of {total_bytes} [{bar:20}] {elapsed_precise}, {eta_precise} to go"
            }
            Done::Rows(..) => {
                "{msg}: {human_pos} of {human_len} rows [{bar:20}] {elapsed_precise}, {eta_precise} to go"
            }
            Done::AllOf(_) => "{spinner} {msg}: {total_bytes}, {elapsed_precise}",
            Done::Unknown => "{spinner} {msg}: {elapsed_precise}",
        }
    }

    fn numbers(self) -> (u64, u64) {
        match self {
            Done::Bytes(done, all) | Done::Rows(done, all) => (done.min(all), all),
            Done::AllOf(all) => (0, all),
            Done::Unknown => (0, 0),
        }
    }
}

/// Does some work, and shows how far it is meanwhile.
pub async fn shown<T>(what: &str, done: impl Fn() -> Done, work: impl Future<Output = T>) -> T {
    shown_on(ProgressDrawTarget::stderr(), what, done, work).await
}

async fn shown_on<T>(
    target: ProgressDrawTarget,
    what: &str,
    done: impl Fn() -> Done,
    work: impl Future<Output = T>,
) -> T {
    if target.is_hidden() {
        return work.await;
    }
    // Each of the `set_…` of a bar draws it; the `with_…` do not, nor does the end of one that was never drawn.
    let mut bar = ProgressBar::with_draw_target(None, target).with_message(what.to_owned());
    if let Ok(style) = ProgressStyle::with_template(done().template()) {
        bar = bar.with_style(style.progress_chars("##-"));
    }
    let mut looks = interval_at(Instant::now() + PATIENCE, LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pin!(work);
    let over = Over(bar);
    loop {
        select! {
            biased;
            outcome = &mut work => return outcome,
            _ = looks.tick() => {
                let (done, all) = done().numbers();
                over.0.set_length(all);
                over.0.set_position(done);
                over.0.tick();
            }
        }
    }
}

/// Takes the line away at the end, also where somebody does not wait for it.
struct Over(ProgressBar);

impl Drop for Over {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_can_be_drawn() {
        for done in [Done::Bytes(1, 2), Done::Rows(3, 2), Done::AllOf(5), Done::Unknown] {
            ProgressStyle::with_template(done.template()).unwrap();
            let (done, all) = done.numbers();
            assert!(done <= all);
        }
    }
}
