//! A share of a [gate](super::gate): for work that takes so long, or so much memory, that the rest of the gate's
//! work must not have to wait for all of it. It has a queue of its own, so it does not fill the gate's.

use std::sync::Arc;

use rocket::tokio::sync::Semaphore;
use rocket::tokio::time::{Instant, timeout_at};

use super::gate::{Failure, Gate, LONGEST_WAIT, holding};

/// A share of a gate. Copies are the same share.
#[derive(Clone)]
pub struct Share {
    gate: Gate,
    /// All places of the gate but one, which stays free for the rest. A gate with a single place has none to
    /// spare: there, both take turns, since at most one of this work waits among the rest.
    places: Gate,
    /// The memory that is left, in MiB.
    memory: Arc<Semaphore>,
    most_memory: u32,
}

impl Share {
    /// The share of a gate with this many places, in which all work together uses at most this much memory, in
    /// MiB.
    pub fn new(gate: &Gate, places: usize, memory: u32) -> Share {
        Share {
            gate: gate.clone(),
            places: Gate::new(places.saturating_sub(1)),
            memory: Arc::new(Semaphore::new(memory.try_into().unwrap_or(Semaphore::MAX_PERMITS))),
            most_memory: memory,
        }
    }

    /// Runs work that uses this much memory, in MiB, as [`Gate::run`] does; 0 is next to none. It waits for its turn among its
    /// like, for memory, and for a place: all of that no longer than others wait for a place.
    pub async fn run<T: Send + 'static>(
        &self,
        memory: u32,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let until = Instant::now() + LONGEST_WAIT;
        let turn = self.places.place(until).await?;
        // What is larger than all of it can still run, alone.
        let memory = self.memory.clone().acquire_many_owned(memory.min(self.most_memory));
        let memory = timeout_at(until, memory).await;
        let memory = memory.ok().and_then(Result::ok).ok_or(Failure::Busy)?;
        let place = self.gate.place(until).await?;
        holding((turn, memory, place), work).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::Duration;

    use rocket::tokio::runtime::Runtime;
    use rocket::tokio::spawn;
    use rocket::tokio::task::JoinHandle;
    use rocket::tokio::time::sleep;

    use super::super::gate::QUEUE;
    use super::*;

    /// Work that takes until the test lets it end.
    struct Held {
        let_end: Option<Sender<()>>,
        ends: Arc<Mutex<Receiver<()>>>,
        begun: Arc<Mutex<Vec<&'static str>>>,
    }

    impl Held {
        fn new() -> Held {
            let (let_end, ends) = channel();
            Held { let_end: Some(let_end), ends: Arc::new(Mutex::new(ends)), begun: Arc::default() }
        }

        fn work(&self, name: &'static str) -> impl FnOnce() + Send + use<> {
            let (ends, begun) = (self.ends.clone(), self.begun.clone());
            move || {
                begun.lock().unwrap().push(name);
                let _ = ends.lock().unwrap().recv();
            }
        }

        fn begun(&self) -> Vec<&'static str> {
            self.begun.lock().unwrap().clone()
        }

        fn one_ends(&self) {
            self.let_end.as_ref().unwrap().send(()).unwrap();
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            self.let_end = None; // all end
        }
    }

    fn start(
        share: &Share,
        memory: u32,
        work: impl FnOnce() + Send + 'static,
    ) -> JoinHandle<Result<(), Failure>> {
        let share = share.clone();
        spawn(async move { share.run(memory, work).await })
    }

    /// Lets everything begin that can, on a busy machine, too.
    async fn settle() {
        sleep(Duration::from_millis(250)).await;
    }

    #[test]
    fn a_share_leaves_one_place_and_the_queue_of_the_gate() {
        Runtime::new().unwrap().block_on(async {
            let (gate, held) = (Gate::new(3), Held::new());
            let share = Share::new(&gate, 3, 256);
            let all: Vec<_> = (0..2 + QUEUE).map(|_| start(&share, 1, held.work("share"))).collect();
            settle().await;
            assert_eq!(held.begun(), ["share"; 2]);
            assert_eq!(share.run(1, || ()).await, Err(Failure::Busy), "its queue is full");
            assert_eq!((gate.waiting(), gate.run(|| "the rest").await), (0, Ok("the rest")));
            drop((all, held));
        });
    }

    #[test]
    fn with_a_single_place_the_share_and_the_rest_take_turns() {
        Runtime::new().unwrap().block_on(async {
            let (gate, held) = (Gate::new(1), Held::new());
            let share = Share::new(&gate, 1, 256);
            let mut all: Vec<_> = (0..3).map(|_| start(&share, 1, held.work("share"))).collect();
            settle().await;
            for _ in 0..2 {
                let (gate, work) = (gate.clone(), held.work("the rest"));
                all.push(spawn(async move { gate.run(work).await }));
            }
            settle().await;
            for _ in 0..4 {
                held.one_ends();
                settle().await;
            }
            // One of the share at a time joins the gate's queue, behind those who are there.
            assert_eq!(held.begun(), ["share", "the rest", "the rest", "share", "share"]);
            drop((all, held));
        });
    }

    #[test]
    fn all_work_of_a_share_uses_no_more_than_its_memory() {
        Runtime::new().unwrap().block_on(async {
            let (gate, held) = (Gate::new(5), Held::new());
            let share = Share::new(&gate, 5, 256);
            let mut all = vec![start(&share, 200, held.work("200"))];
            settle().await;
            all.push(start(&share, 56, held.work("56")));
            settle().await;
            all.push(start(&share, 1_000, held.work("more than all of it")));
            settle().await;
            assert_eq!(held.begun(), ["200", "56"], "the third waits for memory, with a place free");
            held.one_ends();
            settle().await;
            assert_eq!(held.begun().len(), 2, "it needs all of it");
            held.one_ends();
            settle().await;
            assert_eq!(held.begun(), ["200", "56", "more than all of it"]);
            drop((all, held));
        });
    }

    #[test]
    fn who_waits_for_memory_is_told_to_come_back() {
        Runtime::new().unwrap().block_on(async {
            let (gate, held) = (Gate::new(3), Held::new());
            let share = Share::new(&gate, 3, 256);
            let first = start(&share, 256, held.work("first"));
            settle().await;
            let begun = Instant::now();
            assert_eq!(share.run(256, || ()).await, Err(Failure::Busy));
            let waited = begun.elapsed();
            assert!(waited >= LONGEST_WAIT && waited < LONGEST_WAIT * 2, "{waited:?}");
            drop((first, held));
        });
    }
}
