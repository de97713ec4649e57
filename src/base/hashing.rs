//! Argon2id behind a [gate](super::gate). As many passwords are hashed at once as there are cores, in memory
//! that is reused. Without the gate, each login of a burst takes 19 MiB until memory runs out.
//!
//! Hashes that [other programs](super::foreign_hash) made are verified behind the same gate, and hashed again
//! by the next login. Ours is the only one that is written. What costs more than ours takes
//! only a [share](super::gate_share) of the places and of the memory: each costs a stranger one request, and
//! there may be thousands.

use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::foreign_hash::{ForeignHash, Prefix, WeakHash};
use super::gate::Gate;
pub use super::gate::{Failure, LONGEST_WAIT, QUEUE};
use super::gate_share::Share;
use super::hashing_buffers::{Buffers, empty};
use super::secret::{self, Password};

/// A stored hash that requires more memory than this is refused, not computed: a row must not be able to
/// exhaust memory.
const MAX_MEMORY_KIB: u32 = 256 * 1024;
/// The same limit for time.
const MAX_PASSES: u32 = 32;
/// The limit of both together, in KiB that are filled: what the settings can ask for at most. More of it would hold a place
/// for longer than [others wait](LONGEST_WAIT).
const MAX_FILLED_KIB: u64 = 256 * 1024 * 16;
/// The memory of all hashes at once that cost more than ours, in MiB: enough for the costliest.
const SHARED_MIB: u32 = MAX_MEMORY_KIB / 1024;

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
    /// For what costs more than ours.
    costly: Share,
    /// The memory of those with today's parameters.
    buffers: Arc<Buffers>,
}

impl Hashing {
    /// A gate with today's parameters: memory in KiB and number of passes. One lane, as OWASP recommends.
    pub fn new(memory_kib: u32, passes: u32) -> Result<Hashing, argon2::Error> {
        let cores = available_parallelism().map_or(1, NonZero::get);
        let gate = Gate::new(cores);
        Ok(Hashing {
            params: Params::new(memory_kib, passes, 1, Some(Params::DEFAULT_OUTPUT_LEN))?,
            costly: Share::new(&gate, cores, SHARED_MIB),
            gate,
            buffers: Arc::default(),
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
            let (password, memory) = (password.clone(), mib(foreign.memory()));
            let is_right = self.costly.run(memory, move || foreign.verify(&password)).await?;
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

    /// The gate, for tests that take all of its places.
    #[doc(hidden)]
    pub fn gate(&self) -> &Gate {
        &self.gate
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
        let (salt, buffers) = (salt.to_vec(), self.buffers.clone());
        let costs_more =
            params.m_cost() > self.params.m_cost() || filled_kib(&params) > filled_kib(&self.params);
        let used = mib(u64::from(params.m_cost()) * 1024);
        // A buffer of another size would be kept in vain, and in addition to those that are.
        let is_kept = params.block_count() == self.params.block_count();
        // Started before the wait for a place, which is shorter than the memory is kept: the task runs also
        // if the visitor disconnects.
        self.buffers.give_back_later();
        let work = move || {
            let blocks = params.block_count();
            let mut buffer = if is_kept { buffers.take(blocks) } else { empty(blocks) };
            let mut output = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
            let argon2 = Argon2::new(algorithm, Version::default(), params);
            let done =
                argon2.hash_password_into_with_memory(&input, &salt, &mut output, buffer.as_mut_slice());
            if is_kept {
                buffers.put(buffer);
            }
            done.map(|()| output)
        };
        let done = if costs_more { self.costly.run(used, work).await } else { self.gate.run(work).await };
        done?.map_err(|_| Failure::Broken)
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

/// Bytes as MiB, rounded up.
fn mib(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(1024 * 1024)).unwrap_or(u32::MAX)
}

/// How much memory is filled altogether, which is what a hash costs.
fn filled_kib(params: &Params) -> u64 {
    u64::from(params.m_cost()) * u64::from(params.t_cost())
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
    if version && bounded && filled_kib(&params) <= MAX_FILLED_KIB {
        Some((params, parsed.salt?.as_ref().to_vec(), parsed.hash))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use rocket::tokio::runtime::Runtime;

    use super::*;

    #[test]
    fn hashes_one_after_another_use_one_buffer() {
        Runtime::new().unwrap().block_on(async {
            let hashing = Hashing::new(8 * 1_024, 2).unwrap();
            for _ in 0..3 {
                hashing.hash(&Password::typed("one of many passwords")).await.unwrap();
            }
            assert_eq!(hashing.buffers.kept(), 1);
        });
    }
}
