//! Argon2id behind a [gate](super::gate). As many passwords are hashed at once as there are cores, in memory
//! that is reused. Without the gate, each login of a burst takes 19 MiB until memory runs out.
//!
//! Hashes that [other programs](super::foreign_hash) made are verified behind the same gate, and hashed again
//! by the next login. Ours is the only one that is written.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};
use rocket::tokio::time::sleep;
use zeroize::Zeroizing;

use super::foreign_hash::{ForeignHash, Prefix, WeakHash};
use super::gate::Gate;
pub use super::gate::{Failure, LONGEST_WAIT, QUEUE};
use super::secret::{self, Password};

/// A stored hash that requires more memory than this is refused, not computed: a row must not be able to
/// exhaust memory.
const MAX_MEMORY_KIB: u32 = 256 * 1024;
/// The same limit for time.
const MAX_PASSES: u32 = 32;
/// The limit of both together, in KiB that are filled: what the settings can ask for at most. More of it would hold a place
/// for longer than [others wait](LONGEST_WAIT).
const MAX_FILLED_KIB: u64 = 256 * 1024 * 16;
/// How often to check whether the memory is unused: it is freed after 20 to 40 seconds without hashing.
const KEPT: Duration = Duration::from_secs(20);

/// Whether a password matches a stored hash.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// It matches.
    Right,
    /// It matches, but the hash was made with other parameters than today's, or by another program: hash it
    /// again.
    RightButOutdated,
    /// It does not match.
    Wrong,
    /// The stored hash cannot be used: it is of no known form, or its parameters exceed the limits. Nothing
    /// was computed.
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
        self.hash_bytes(bytes(password)).await
    }

    /// Compares a password with a stored hash, of ours or of another program. An unusable hash takes as long
    /// as a wrong password.
    pub async fn verify(&self, password: &Password, stored: &str) -> Result<Verdict, Failure> {
        if let Some(foreign) = ForeignHash::parse(stored) {
            let password = password.clone();
            let is_right = self.gate.run(move || foreign.verify(&password)).await?;
            return Ok(if is_right { Verdict::RightButOutdated } else { Verdict::Wrong });
        }
        let Some(ByArgon2 { prefix, algorithm, params, salt, expected }) = ByArgon2::read(stored) else {
            self.verify_dummy(password).await?;
            return Ok(Verdict::Unusable);
        };
        let same = |a: &Params, b: &Params| {
            (a.m_cost(), a.t_cost(), a.p_cost()) == (b.m_cost(), b.t_cost(), b.p_cost())
        };
        let current = prefix == Prefix::Nothing && same(&params, &self.params);
        let output = self.compute(algorithm, params, prefix.input(password), &salt).await?;
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
        let salt = secret::salt();
        self.compute(Algorithm::Argon2id, self.params.clone(), bytes(password), &salt).await.map(drop)
    }

    /// What to store for a hash that another program made: the hash itself or, if it is too weak for that,
    /// its hash with today's parameters. The password is compared with either. `None` if it cannot be used.
    pub async fn adopt(&self, found: &str) -> Result<Option<String>, Failure> {
        if let Some(weak) = WeakHash::parse(found) {
            return Ok(Some(weak.stored(&self.hash_bytes(weak.input()).await?)));
        }
        let stored = match Prefix::split(found) {
            Some((Prefix::Django, phc)) if phc.starts_with("$argon2id$") => phc,
            _ => found,
        };
        Ok(kind_of(stored).map(|_| stored.to_owned()))
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
        let ours = hash_parameters.and_then(|stored| usable(stored, Algorithm::Argon2id));
        let Some((params, salt, None)) = ours else {
            self.verify_dummy(password).await?;
            return Ok(None);
        };
        self.compute(Algorithm::Argon2id, params, bytes(password), &salt).await.map(Some)
    }

    /// Whether the queue is full: for callers with other work to do before they join it.
    pub fn is_full(&self) -> bool {
        self.gate.is_full()
    }

    /// How many are in the queue.
    pub fn waiting(&self) -> usize {
        self.gate.waiting()
    }

    /// Hashes with today's parameters and a new salt.
    async fn hash_bytes(&self, input: Zeroizing<Vec<u8>>) -> Result<String, Failure> {
        let salt = secret::salt();
        let output = self.compute(Algorithm::Argon2id, self.params.clone(), input, &salt).await?;
        self.phc(&salt, Some(&output))
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
    async fn compute(
        &self,
        algorithm: Algorithm,
        params: Params,
        input: Zeroizing<Vec<u8>>,
        salt: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        let (salt, memory) = (salt.to_vec(), self.memory.clone());
        // Started before the wait for a place, which is shorter than the memory is kept: the task runs also
        // if the visitor disconnects.
        self.memory.give_back_later();
        let work = self.gate.run(move || {
            let mut blocks = memory.take(params.block_count());
            let mut output = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
            let argon2 = Argon2::new(algorithm, Version::default(), params);
            let done =
                argon2.hash_password_into_with_memory(&input, &salt, &mut output, blocks.as_mut_slice());
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

/// The name of the algorithm of a hash that another program made, or that is ours. `None` if it cannot be
/// used. Nothing is computed.
pub fn kind_of(found: &str) -> Option<&'static str> {
    if ByArgon2::read(found).is_some() {
        return Some("Argon2");
    }
    let weak = WeakHash::parse(found).map(|_| "SHA-256");
    weak.or_else(|| ForeignHash::parse(found).map(|foreign| foreign.kind()))
}

/// What was typed, to be hashed.
fn bytes(password: &Password) -> Zeroizing<Vec<u8>> {
    Prefix::Nothing.input(password)
}

/// A stored hash by Argon2 that may be computed.
struct ByArgon2<'s> {
    prefix: Prefix<'s>,
    algorithm: Algorithm,
    params: Params,
    salt: Vec<u8>,
    expected: Output,
}

impl<'s> ByArgon2<'s> {
    fn read(stored: &'s str) -> Option<ByArgon2<'s>> {
        let (prefix, phc) = Prefix::split(stored)?;
        // Ours and nearly all others are by Argon2id. The older form is known with a prefix only.
        let is_older = !phc.starts_with("$argon2id$");
        let algorithm = if is_older { Algorithm::Argon2i } else { Algorithm::Argon2id };
        let (params, salt, expected) = usable(phc, algorithm)?;
        Some(ByArgon2 { prefix, algorithm, params, salt, expected: expected? })
    }
}

/// The parts of a PHC string, with or without a hash, if it is one that may be computed.
fn usable(stored: &str, algorithm: Algorithm) -> Option<(Params, Vec<u8>, Option<Output>)> {
    let parsed = PasswordHash::new(stored).ok().filter(|parsed| parsed.algorithm == algorithm.ident())?;
    let version = parsed.version.is_some_and(|version| version == u32::from(Version::default()));
    let params = Params::try_from(&parsed).ok()?;
    let bounded = params.m_cost() <= MAX_MEMORY_KIB && params.t_cost() <= MAX_PASSES && params.p_cost() <= 16;
    let filled = u64::from(params.m_cost()) * u64::from(params.t_cost());
    if version && bounded && filled <= MAX_FILLED_KIB {
        Some((params, parsed.salt?.as_ref().to_vec(), parsed.hash))
    } else {
        None
    }
}
