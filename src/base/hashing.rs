//! Argon2id behind a [gate](super::gate). As many passwords are hashed at once as there are cores, in memory
//! that is reused. Without the gate, each login of a burst takes 19 MiB until memory runs out.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};
use rocket::tokio::time::sleep;

use super::gate::Gate;
pub use super::gate::{Failure, LONGEST_WAIT, QUEUE};
use super::secret::{self, Password};

/// A stored hash that requires more memory than this is refused, not computed: a row must not be able to
/// exhaust memory.
const MAX_MEMORY_KIB: u32 = 256 * 1024;
/// The same limit for time.
const MAX_PASSES: u32 = 32;
/// How often to check whether the memory is unused: it is freed after 20 to 40 seconds without hashing.
const KEPT: Duration = Duration::from_secs(20);

/// Whether a password matches a stored hash.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// It matches.
    Right,
    /// It matches, but the hash was made with other parameters than today's: hash it again.
    RightButOutdated,
    /// It does not match.
    Wrong,
    /// The stored hash cannot be used: it is not Argon2id, or its parameters exceed the limits. Nothing was
    /// computed.
    Unusable,
}

/// The gate. Copies share it.
#[derive(Clone)]
pub struct Hashing {
    params: Params,
    gate: Gate,
    memory: Arc<Memory>,
}

impl Hashing {
    /// A gate with today's parameters: memory in KiB and number of passes. One lane, as OWASP recommends.
    pub fn new(memory_kib: u32, passes: u32) -> Result<Hashing, argon2::Error> {
        let cores = available_parallelism().map_or(1, NonZero::get);
        Ok(Hashing {
            params: Params::new(memory_kib, passes, 1, Some(Params::DEFAULT_OUTPUT_LEN))?,
            gate: Gate::new(cores),
            memory: Arc::default(),
        })
    }

    /// Hashes a new password. Returns a PHC string, `$argon2id$v=19$m=…,t=…,p=1$salt$hash`.
    pub async fn hash(&self, password: &Password) -> Result<String, Failure> {
        let salt = secret::salt();
        let output = self.compute(self.params.clone(), password, &salt).await?;
        self.phc(&salt, Some(&output))
    }

    /// Compares a password with a stored hash. An unusable hash takes as long as a wrong password.
    pub async fn verify(&self, password: &Password, stored: &str) -> Result<Verdict, Failure> {
        let Some((params, salt, Some(expected))) = usable(stored) else {
            self.verify_dummy(password).await?;
            return Ok(Verdict::Unusable);
        };
        let same = |a: &Params, b: &Params| {
            (a.m_cost(), a.t_cost(), a.p_cost()) == (b.m_cost(), b.t_cost(), b.p_cost())
        };
        let current = same(&params, &self.params);
        let output = self.compute(params, password, &salt).await?;
        // `Output` compares in constant time.
        Ok(match (Output::new(&output).is_ok_and(|output| output == expected), current) {
            (false, _) => Verdict::Wrong,
            (true, true) => Verdict::Right,
            (true, false) => Verdict::RightButOutdated,
        })
    }

    /// Does the same work as [`verify`](Self::verify) for an account that does not exist, so that the
    /// response time does not reveal whether it exists.
    pub async fn verify_dummy(&self, password: &Password) -> Result<(), Failure> {
        self.compute(self.params.clone(), password, &secret::salt()).await.map(drop)
    }

    /// Today's parameters with a new salt, for secrets that share both: one computation compares a typed one
    /// with all of them. Returns a PHC string without a hash, `$argon2id$v=19$m=…,t=…,p=1$salt`.
    pub fn hash_parameters(&self) -> Result<String, Failure> {
        self.phc(&secret::salt(), None)
    }

    /// Hashes with what [`hash_parameters`](Self::hash_parameters) returned: the same 32 bytes each time,
    /// also after the operator has changed the parameters. `None` if it is missing or cannot be used, after
    /// as much work.
    pub async fn hash_with(
        &self,
        password: &Password,
        hash_parameters: Option<&str>,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let Some((params, salt, None)) = hash_parameters.and_then(usable) else {
            self.verify_dummy(password).await?;
            return Ok(None);
        };
        self.compute(params, password, &salt).await.map(Some)
    }

    /// Whether the queue is full: for callers with other work to do before they join it.
    pub fn is_full(&self) -> bool {
        self.gate.is_full()
    }

    /// How many are in the queue.
    pub fn waiting(&self) -> usize {
        self.gate.waiting()
    }

    /// Today's parameters, a salt and perhaps a hash as a PHC string.
    fn phc(&self, salt: &[u8], output: Option<&[u8]>) -> Result<String, Failure> {
        let parts =
            (ParamsString::try_from(&self.params), Salt::new(salt), output.map(Output::new).transpose());
        let (Ok(params), Ok(salt), Ok(hash)) = parts else { return Err(Failure::Broken) };
        let version = Some(Version::default().into());
        let hash = PasswordHash { algorithm: ARGON2ID_IDENT, version, params, salt: Some(salt), hash };
        Ok(hash.to_string())
    }

    /// Computes one hash, behind the gate.
    async fn compute(&self, params: Params, password: &Password, salt: &[u8]) -> Result<Vec<u8>, Failure> {
        let (password, salt, memory) = (password.clone(), salt.to_vec(), self.memory.clone());
        // Started before the wait for a place, which is shorter than the memory is kept: the task runs also
        // if the visitor disconnects.
        self.memory.give_back_later();
        let work = self.gate.run(move || {
            let mut blocks = memory.take(params.block_count());
            let mut output = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
            let argon2 = Argon2::new(Algorithm::Argon2id, Version::default(), params);
            let done = argon2.hash_password_into_with_memory(
                password.reveal().as_bytes(),
                &salt,
                &mut output,
                blocks.as_mut_slice(),
            );
            memory.put(blocks);
            done.map(|()| output)
        });
        work.await?.map_err(|_| Failure::Broken)
    }
}

/// The memory that hashing uses, kept between hashes: one buffer for each place.
#[derive(Default)]
struct Memory {
    idle: Mutex<Vec<Vec<Block>>>,
    uses: AtomicU64,
    watched: AtomicBool,
}

impl Memory {
    fn take(&self, blocks: usize) -> Vec<Block> {
        self.uses.fetch_add(1, Ordering::SeqCst);
        let buffer = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        buffer.filter(|buffer| buffer.len() == blocks).unwrap_or_else(|| vec![Block::default(); blocks])
    }

    fn put(&self, buffer: Vec<Block>) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
    }

    /// Frees the idle buffers after a while without hashing. One task watches, however many hashes are
    /// computed.
    fn give_back_later(self: &Arc<Self>) {
        if self.watched.swap(true, Ordering::SeqCst) {
            return;
        }
        let memory = self.clone();
        rocket::tokio::spawn(async move {
            loop {
                let uses = memory.uses.load(Ordering::SeqCst);
                sleep(KEPT).await;
                if memory.uses.load(Ordering::SeqCst) == uses {
                    break;
                }
            }
            memory.watched.store(false, Ordering::SeqCst);
            memory.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
        });
    }
}

/// The parts of a PHC string, with or without a hash, if it is one that may be computed.
fn usable(stored: &str) -> Option<(Params, Vec<u8>, Option<Output>)> {
    let parsed = PasswordHash::new(stored).ok().filter(|parsed| parsed.algorithm == ARGON2ID_IDENT)?;
    let version = parsed.version.is_some_and(|version| version == u32::from(Version::default()));
    let params = Params::try_from(&parsed).ok()?;
    let bounded = params.m_cost() <= MAX_MEMORY_KIB && params.t_cost() <= MAX_PASSES && params.p_cost() <= 16;
    if version && bounded { Some((params, parsed.salt?.as_ref().to_vec(), parsed.hash)) } else { None }
}
