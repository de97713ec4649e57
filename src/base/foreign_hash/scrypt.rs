//! scrypt (RFC 7914), as Werkzeug, Django, passlib and Zitadel use it.

use argon2::password_hash::phc::Output;
use scrypt::Params;

use super::parts;

/// The lowest cost N, as its logarithm.
const LOWEST_COST: u8 = 10;
/// The most memory: 256 MiB, as for Argon2id. A row must not be able to exhaust memory.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// The most that is computed one after the other.
const MOST_PARALLELISM: u32 = 16;
/// The most memory that is filled altogether: about three seconds. A row must not be able to exhaust time
/// either.
const MOST_WORK: u64 = 1024 * 1024 * 1024;

/// A stored hash.
pub(super) struct Scrypt {
    params: Params,
    memory: u64,
    salt: Vec<u8>,
    expected: Output,
}

/// The parameters of a stored hash.
pub(super) struct Costs {
    /// The logarithm of N.
    pub(super) log_n: u8,
    pub(super) r: u32,
    pub(super) p: u32,
}

impl Costs {
    /// With N itself, which is a power of two.
    pub(super) fn of(n: u32, r: u32, p: u32) -> Option<Costs> {
        let log_n = n.checked_ilog2().filter(|_| n.is_power_of_two())?;
        Some(Costs { log_n: u8::try_from(log_n).ok()?, r, p })
    }

    /// The memory that is filled for each of `p`, one after the other, in bytes.
    fn memory(&self) -> u64 {
        let blocks = 1_u64.checked_shl(self.log_n.into()).unwrap_or(u64::MAX);
        blocks.saturating_mul(128).saturating_mul(self.r.into())
    }

    /// Whether they may be computed.
    fn are_bounded(&self) -> bool {
        let memory = self.memory();
        let work = memory.saturating_mul(self.p.into());
        self.log_n >= LOWEST_COST && memory <= MOST_MEMORY && self.p <= MOST_PARALLELISM && work <= MOST_WORK
    }
}

impl Scrypt {
    /// A stored hash, if it may be computed.
    pub(super) fn new(costs: Costs, salt: &[u8], expected: &[u8]) -> Option<Scrypt> {
        // First: with huge parameters, the library's own check overflows.
        if !costs.are_bounded() {
            return None;
        }
        let params = Params::new(costs.log_n, costs.r, costs.p).ok()?;
        let (salt, expected) = (parts::salt(salt)?, parts::expected(expected)?);
        Some(Scrypt { params, memory: costs.memory(), salt, expected })
    }

    /// The memory that a check takes, in bytes.
    pub(super) fn memory(&self) -> u64 {
        self.memory
    }

    /// Whether it is the hash of this password. `Output` compares in constant time.
    pub(super) fn verify(&self, password: &[u8]) -> bool {
        let mut output = vec![0; self.expected.len()];
        scrypt::scrypt(password, &self.salt, &self.params, &mut output).is_ok()
            && Output::new(&output).is_ok_and(|output| output == self.expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_accepted(n: u32, r: u32, p: u32) -> bool {
        let costs = Costs::of(n, r, p);
        costs.and_then(|costs| Scrypt::new(costs, b"salt", &[0; 64])).is_some()
    }

    #[test]
    fn costs_of_programs_are_accepted() {
        // Werkzeug; Django today and before; passlib; what OWASP recommends.
        for (n, r, p) in [
            (1 << 15, 8, 1),
            (1 << 14, 8, 5),
            (1 << 14, 8, 1),
            (1 << 16, 8, 1),
            (1 << 17, 8, 1),
            (1 << 16, 8, 2),
            (1 << 13, 8, 10),
            (1 << 18, 8, 1),
            (1 << 10, 1, 16),
        ] {
            assert!(is_accepted(n, r, p), "{n}:{r}:{p}");
        }
    }

    #[test]
    fn the_memory_of_a_check_is_known_before_it_is_taken() {
        for (n, r, p, mib) in
            [(1 << 15, 8, 1, 32), (1 << 14, 8, 5, 16), (1 << 18, 8, 1, 256), (1 << 10, 8, 16, 1)]
        {
            let hash = Costs::of(n, r, p).and_then(|costs| Scrypt::new(costs, b"salt", &[0; 64]));
            assert_eq!(hash.map(|hash| hash.memory()), Some(mib * 1024 * 1024), "{n}:{r}:{p}");
        }
    }

    #[test]
    fn costs_that_would_exhaust_memory_or_time_are_refused() {
        for (n, r, p) in [
            (1 << 18, 9, 1),
            (1 << 19, 8, 1),
            (1 << 31, 8, 1),
            (1 << 31, u32::MAX, u32::MAX),
            (1 << 15, u32::MAX, 1),
            (1 << 15, 8, 17),
            (1 << 15, 8, u32::MAX),
            (1 << 18, 8, 5),
            (1 << 10, 2049, 1),
            (1 << 9, 8, 1),
            (1, 8, 1),
            (0, 8, 1),
            (30_000, 8, 1),
            (u32::MAX, 8, 1),
            (1 << 15, 0, 1),
            (1 << 15, 8, 0),
        ] {
            assert!(!is_accepted(n, r, p), "{n}:{r}:{p}");
        }
        for log_n in [22, 31, 32, 63, 64, u8::MAX] {
            let costs = Costs { log_n, r: 8, p: 1 };
            assert!(Scrypt::new(costs, b"salt", &[0; 64]).is_none(), "{log_n}");
        }
    }
}
