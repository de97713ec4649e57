//! The memory that hashing with today's parameters uses, kept between hashes: the system would have to clear each page
//! of it anew for each of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use argon2::Block;
use parking_lot::Mutex;
use rocket::tokio::time::sleep;

/// How often to check whether the memory is unused: it is freed after 20 to 40 seconds without hashing.
const KEPT: Duration = Duration::from_secs(20);

/// The buffers: one for each place of the gate.
#[derive(Default)]
pub(super) struct Buffers {
    idle: Mutex<Vec<Vec<Block>>>,
    uses: AtomicU64,
    watched: AtomicBool,
}

impl Buffers {
    /// One of this many blocks, as all are.
    pub(super) fn take(&self, blocks: usize) -> Vec<Block> {
        self.uses.fetch_add(1, Ordering::SeqCst);
        let buffer = self.idle.lock().pop();
        buffer.unwrap_or_else(|| empty(blocks))
    }

    /// Keeps one for the next hash.
    pub(super) fn put(&self, buffer: Vec<Block>) {
        self.idle.lock().push(buffer);
    }

    /// How many are kept.
    #[cfg(test)]
    pub(super) fn kept(&self) -> usize {
        self.idle.lock().len()
    }

    /// Frees the idle buffers after a while without hashing. One task watches, however many hashes are
    /// computed.
    pub(super) fn give_back_later(self: &Arc<Self>) {
        if self.watched.swap(true, Ordering::SeqCst) {
            return;
        }
        let buffers = self.clone();
        rocket::tokio::spawn(async move {
            loop {
                let uses = buffers.uses.load(Ordering::SeqCst);
                sleep(KEPT).await;
                if buffers.uses.load(Ordering::SeqCst) == uses {
                    break;
                }
            }
            buffers.watched.store(false, Ordering::SeqCst);
            buffers.idle.lock().clear();
        });
    }
}

/// A buffer of this many blocks.
pub(super) fn empty(blocks: usize) -> Vec<Block> {
    vec![Block::default(); blocks]
}
