//! Challenges that are not stored when they are issued, only when they are used. A challenge says when and for what
//! it was issued; a MAC binds this to a session or a pending login. A stranger's visit writes no row, and every
//! instance with the same key can check it. A used one must be remembered until it [ends](ends_at), so that it is
//! used once.

use crate::base::clock::{CLOCKS_DIFFER, Time};
use crate::base::secret::{self, SecretKey};

/// The purpose that the key is derived for.
const CHALLENGES: &str = "passkey challenges";

/// How long an answer may take, in seconds. The standard recommends 5 to 10 minutes (Level 3, section 15.1).
pub const LIFETIME: i64 = 5 * 60;

/// The bytes of a challenge: a nonce, the second in which it was issued, its purpose, and the MAC of these and of
/// what it is bound to.
const NONCE: usize = 16;
const SECONDS: usize = 8;
const SIGNED: usize = NONCE + SECONDS + 1;
const ALL: usize = SIGNED + 32;

/// What the answer to a challenge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Log in without a password.
    Login,
    /// The second step of a login.
    SecondFactor,
    /// Confirm in a session that it is still its user.
    Reauthenticate,
    /// Add a passkey.
    Add,
    /// Add a passkey that need not be discoverable.
    AddPlain,
    /// Add a passkey without asking the user, after a login by password (conditional create).
    Upgrade,
}

impl Purpose {
    fn byte(self) -> u8 {
        match self {
            Purpose::Login => 0,
            Purpose::SecondFactor => 1,
            Purpose::Reauthenticate => 2,
            Purpose::Add => 3,
            Purpose::AddPlain => 4,
            Purpose::Upgrade => 5,
        }
    }
}

/// A challenge. It is not secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Challenge([u8; ALL]);

impl Challenge {
    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Issues a challenge for a purpose, bound to the id of a session or of a pending login; to nothing for visitors who
/// have neither.
pub fn issue(site: &SecretKey, now: Time, purpose: Purpose, bound_to: &[u8]) -> Challenge {
    let mut all = [0; ALL];
    let parts = secret::nonce().into_iter().chain(now.unix().to_be_bytes()).chain([purpose.byte()]);
    all.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
    let (signed, mac) = all.split_at_mut(SIGNED);
    mac.copy_from_slice(&site.derive(CHALLENGES).mac(&[&*signed, bound_to].concat()));
    Challenge(all)
}

/// Whether this is a challenge that was issued with this key for this purpose, bound to this, in the last five
/// minutes. The clock of the instance that issued it may be ahead by [`CLOCKS_DIFFER`]; a time further in the future
/// was written by a clock that was wrong.
pub fn check(site: &SecretKey, challenge: &[u8], now: Time, purpose: Purpose, bound_to: &[u8]) -> bool {
    let Some((signed, mac)) = split(challenge) else { return false };
    // In constant time. The beginning of `signed` has a fixed length, so nothing of it can pass for a part of
    // `bound_to`.
    if !site.derive(CHALLENGES).verify(&[&signed[..], bound_to].concat(), mac) {
        return false;
    }
    let issued = issued_at(signed);
    signed.last() == Some(&purpose.byte()) && issued <= now.plus(CLOCKS_DIFFER) && now < issued.plus(LIFETIME)
}

/// The moment from which every instance refuses a challenge, also one whose clock is behind by [`CLOCKS_DIFFER`]. A
/// used one must be kept until then, or it could be used again there. `None` if it has another length than a
/// challenge.
pub fn ends_at(challenge: &[u8]) -> Option<Time> {
    split(challenge).map(|(signed, _)| issued_at(signed).plus(LIFETIME + CLOCKS_DIFFER))
}

/// What is signed, and the whole MAC.
fn split(challenge: &[u8]) -> Option<(&[u8; SIGNED], &[u8; 32])> {
    let (signed, mac) = challenge.split_first_chunk()?;
    Some((signed, mac.try_into().ok()?))
}

fn issued_at(signed: &[u8; SIGNED]) -> Time {
    let seconds = signed.get(NONCE..NONCE + SECONDS).and_then(|seconds| seconds.try_into().ok());
    Time::from_unix(i64::from_be_bytes(seconds.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::webauthn::samples::flipped;

    const ALL_PURPOSES: [Purpose; 6] = [
        Purpose::Login,
        Purpose::SecondFactor,
        Purpose::Reauthenticate,
        Purpose::Add,
        Purpose::AddPlain,
        Purpose::Upgrade,
    ];

    fn now() -> Time {
        Time::from_unix(1_767_225_600)
    }

    #[test]
    fn a_challenge_is_for_its_purpose_and_bound_to_one_thing() {
        let key = SecretKey::generate();
        for purpose in ALL_PURPOSES {
            for bound_to in [&b""[..], b"session 1", b"session 2", b"session"] {
                let challenge = issue(&key, now(), purpose, bound_to);
                assert_eq!(challenge.as_bytes().len(), 57);
                for other in ALL_PURPOSES {
                    let passes = check(&key, challenge.as_bytes(), now(), other, bound_to);
                    assert_eq!(passes, other == purpose, "{purpose:?} as {other:?}");
                }
                for other in [&b""[..], b"session 1", b"session 2", b"session"] {
                    let passes = check(&key, challenge.as_bytes(), now(), purpose, other);
                    assert_eq!(passes, other == bound_to, "{bound_to:?} as {other:?}");
                }
            }
        }
    }

    #[test]
    fn another_key_of_the_site_and_another_use_of_its_key_issue_no_challenges() {
        let key = SecretKey::generate();
        let of_another = issue(&SecretKey::generate(), now(), Purpose::Login, b"");
        assert!(!check(&key, of_another.as_bytes(), now(), Purpose::Login, b""));
        let mut other_use = *issue(&key, now(), Purpose::Login, b"").as_bytes().first_chunk::<57>().unwrap();
        let mac = key.mac(&other_use[..25]);
        other_use[25..].copy_from_slice(&mac);
        assert!(!check(&key, &other_use, now(), Purpose::Login, b""));
    }

    #[test]
    fn it_ends_after_five_minutes_and_never_comes_from_a_far_future() {
        let key = SecretKey::generate();
        let passes = |issued: Time, now: Time| {
            check(&key, issue(&key, issued, Purpose::Add, b"s").as_bytes(), now, Purpose::Add, b"s")
        };
        assert!(passes(now(), now()) && passes(now(), now().plus(299)));
        assert!(!passes(now(), now().plus(300)) && !passes(now(), now().plus(1_000_000)));
        // The clocks of two instances differ.
        assert!(passes(now(), now().minus(300)) && !passes(now(), now().minus(301)));
        for odd in [i64::MIN, -1, 0, i64::MAX] {
            assert!(!passes(Time::from_unix(odd), now()), "{odd}");
        }
        let challenge = issue(&key, now(), Purpose::Add, b"s");
        let ends = ends_at(challenge.as_bytes()).unwrap();
        assert_eq!(ends, now().plus(600));
        // At that moment, a clock that is behind by as much as clocks may differ refuses it, too.
        assert!(!passes(now(), ends.minus(CLOCKS_DIFFER)));
    }

    #[test]
    fn no_changed_bit_and_no_other_length_passes() {
        let key = SecretKey::generate();
        let challenge = issue(&key, now(), Purpose::SecondFactor, b"login");
        let passes = |bytes: &[u8]| check(&key, bytes, now(), Purpose::SecondFactor, b"login");
        assert!(passes(challenge.as_bytes()));
        for (at, changed) in flipped(challenge.as_bytes()) {
            assert!(!passes(&changed), "{at}");
        }
        for length in 0..57 {
            assert!(!passes(&challenge.as_bytes()[..length]), "{length}");
        }
        assert!(!passes(&[challenge.as_bytes(), &[0]].concat()));
        assert_eq!(ends_at(&challenge.as_bytes()[1..]), None);
    }

    #[test]
    fn no_two_are_the_same() {
        let key = SecretKey::generate();
        assert_ne!(issue(&key, now(), Purpose::Login, b""), issue(&key, now(), Purpose::Login, b""));
    }
}
