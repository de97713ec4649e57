//! Progress of long work on a terminal: what is done, how much of it, for how long, and the time left. Prints
//! nothing for short work, and nothing on a pipe.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rocket::tokio::time::{Instant, MissedTickBehavior, interval_at};
use rocket::tokio::{pin, select};

/// Work that ends sooner shows nothing: a line that appears and disappears at once is only noise.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often progress is checked.
const LOOK: Duration = Duration::from_millis(100);

/// The progress of some work.
#[derive(Clone, Copy, Debug)]
pub enum Done {
    /// Bytes done, of a total.
    Bytes(u64, u64),
    /// Rows done, of a total.
    Rows(u64, u64),
    /// Bytes in total; how many are done is not known.
    AllOf(u64),
    /// The total is not known.
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

/// Does some work and shows its progress.
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
    // Each `set_…` of a bar draws it. The `with_…` do not, and neither does ending a bar that was never
    // drawn.
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

/// Removes the line at the end, also when the work is cancelled.
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
