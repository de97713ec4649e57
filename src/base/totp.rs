//! The codes of an authenticator app: TOTP (RFC 6238) with SHA-1, six digits and steps of 30 seconds. All apps can do
//! that. Many ignore other parameters and show wrong codes.
//!
//! SHA-1 is no weakness here: HMAC does not need it to be free of collisions (RFC 4226, B.2).

use std::fmt;

use ring::hmac;
use url::form_urlencoded::byte_serialize;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::base32::{self, RFC_4648};
use super::clock::Time;
use super::{secret, typed_code};

/// How long a code is shown, in seconds (RFC 6238, 5.2 recommends 30).
pub const STEP: i64 = 30;
/// How many digits a code has.
pub const DIGITS: usize = 6;
/// How many steps a code may be early or late: one, for clocks that differ and for the time that typing takes (RFC
/// 6238, 5.2 recommends one).
const TOLERANCE: i64 = 1;
/// How far off a clock may be for the set-up to recognize it, in steps: ten minutes.
const RECOGNIZED: i64 = 20;

/// The secret that the site and an app share: 160 random bits, as RFC 4226 (4) recommends.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct TotpSecret([u8; 20]);

impl TotpSecret {
    /// A new one.
    pub fn generate() -> TotpSecret {
        TotpSecret(secret::random())
    }

    /// Reads a secret as [`reveal_bytes`](Self::reveal_bytes) gave it.
    pub fn from_bytes(bytes: &[u8]) -> Option<TotpSecret> {
        bytes.try_into().ok().map(TotpSecret)
    }

    /// Reads a secret as [`reveal`](Self::reveal) wrote it.
    pub fn parse(text: &str) -> Option<TotpSecret> {
        TotpSecret::from_bytes(&base32::decode(RFC_4648, text)?)
    }

    /// The secret's bytes, to be sealed.
    pub fn reveal_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret in Base32 without padding, as apps read it: 32 characters.
    pub fn reveal(&self) -> String {
        base32::encode(RFC_4648, &self.0)
    }

    /// The secret in groups of four letters, for an owner who types it.
    pub fn reveal_in_groups(&self) -> String {
        typed_code::grouped(self.reveal(), ' ')
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

/// A code of six digits. Two are compared as one number, so the time does not depend on how many digits are right.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(u32);

impl Code {
    /// Reads a code as people type it, with spaces and dashes anywhere. `None` if it is not six digits: then it is no
    /// code of any app.
    pub fn parse(typed: &str) -> Option<Code> {
        let typed: Vec<char> = typed_code::characters(typed).take(DIGITS + 1).collect();
        let number = typed.iter().try_fold(0_u32, |number, digit| Some(number * 10 + digit.to_digit(10)?))?;
        (typed.len() == DIGITS).then_some(Code(number))
    }

    /// The code that an app shows during a step (RFC 4226, 5.3).
    pub fn at(secret: &TotpSecret, step: i64) -> Code {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &secret.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        // The last four bits say where the code is in the MAC.
        let at = tag.as_ref().last().map_or(0, |last| usize::from(last & 15));
        let four = tag.as_ref().iter().skip(at).take(4);
        let number = four.fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
        Code((number & 0x7fff_ffff) % 1_000_000)
    }

    /// The digits.
    pub fn reveal(&self) -> String {
        format!("{:06}", self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// The time step of a moment, counted from 1970 (RFC 6238, 4.2).
pub fn step_at(time: Time) -> i64 {
    time.unix().div_euclid(STEP)
}

/// The step that a code is right for: the current one, the next or the one before. `None` if it is wrong. The caller
/// must use the step up, together with all before it, so that no code is accepted twice (RFC 6238, 5.2).
pub fn step_of(secret: &TotpSecret, code: &Code, now: Time) -> Option<i64> {
    // The newest first: if two steps have the same code, both are used up.
    matching(secret, code, now, (-TOLERANCE..=TOLERANCE).rev())
}

/// By how many minutes the clock of an app seems to be fast, or slow if negative: 1 to 10. `None` if the code is
/// right, or fits none of these minutes. A hint for an owner who is setting up the app, and no reason to accept the
/// code: at a login it would help those who guess.
pub fn minutes_off(secret: &TotpSecret, code: &Code, now: Time) -> Option<i64> {
    if step_of(secret, code, now).is_some() {
        return None;
    }
    let nearest_first = (TOLERANCE + 1..=RECOGNIZED).flat_map(|steps| [steps, -steps]);
    let steps = matching(secret, code, now, nearest_first)? - step_at(now);
    // Half a minute is rounded up.
    Some((steps * STEP + steps.signum() * 30) / 60)
}

/// The first step with this code, of those at these distances from the current one. All are computed, whichever
/// matches.
fn matching(
    secret: &TotpSecret,
    code: &Code,
    now: Time,
    distances: impl Iterator<Item = i64>,
) -> Option<i64> {
    let steps = distances.map(|distance| step_at(now) + distance);
    steps.fold(None, |found, step| found.or((Code::at(secret, step) == *code).then_some(step)))
}

/// The address in a QR code that sets up an app (Google's "Key Uri Format"). It contains the secret: only for its
/// owner. Apps show the issuer, which is the site, and the account. A colon in either would split them, so it is left
/// out; a space is `%20`, since some apps show a `+`.
pub fn otpauth_uri(issuer: &str, account: &str, secret: &TotpSecret) -> String {
    let encoded = |text: &str| {
        let encoded: String = byte_serialize(text.replace(':', "").as_bytes()).collect();
        encoded.replace('+', "%20")
    };
    let (issuer, account, secret) = (encoded(issuer), encoded(account), secret.reveal());
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// 2026-01-01 00:00 UTC, when a step begins.
    fn now() -> Time {
        Time::from_unix(1_767_225_600)
    }

    /// The secret of the vectors of RFC 4226 and RFC 6238.
    fn secret() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 4226, D.
        for (counter, code) in [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
            "520489",
        ]
        .into_iter()
        .enumerate()
        {
            assert_eq!(Code::at(&secret(), counter.try_into().unwrap()).reveal(), code);
        }
        // RFC 6238, B: the last six of the eight digits there.
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let time = Time::from_unix(time);
            assert_eq!(Code::at(&secret(), step_at(time)).reveal(), code);
            assert_eq!(step_of(&secret(), &Code::parse(code).unwrap(), time), Some(step_at(time)));
        }
    }

    #[test]
    fn a_code_is_right_in_its_step_the_one_before_and_the_one_after() {
        let current = step_at(now());
        for distance in -25..=25 {
            let code = Code::at(&secret(), current + distance);
            let expected = (-1..=1).contains(&distance).then_some(current + distance);
            assert_eq!(step_of(&secret(), &code, now()), expected, "{distance}");
        }
        let code = Code::at(&secret(), current);
        assert_eq!(step_of(&TotpSecret([7; 20]), &code, now()), None, "the code of another secret");
        for (seconds, is_right) in [(-31, false), (-30, true), (0, true), (59, true), (60, false)] {
            let found = step_of(&secret(), &code, now().plus(seconds));
            assert_eq!(found, is_right.then_some(current), "{seconds}");
        }
    }

    #[test]
    fn of_two_steps_with_the_same_code_the_newest_counts() {
        let (older, newest) = (153_567, 153_569);
        assert!(Code::at(&secret(), older) == Code::at(&secret(), newest));
        let between = Time::from_unix((older + 1) * STEP);
        assert_eq!(step_of(&secret(), &Code::at(&secret(), older), between), Some(newest));
    }

    #[test]
    fn a_clock_that_is_minutes_off_is_recognized() {
        let current = step_at(now());
        for (distance, minutes) in [
            (2, Some(1)),
            (3, Some(2)),
            (6, Some(3)),
            (20, Some(10)),
            (21, None),
            (-2, Some(-1)),
            (-3, Some(-2)),
            (-20, Some(-10)),
            (-21, None),
            (0, None),
            (1, None),
            (-1, None),
        ] {
            let code = Code::at(&secret(), current + distance);
            assert_eq!(minutes_off(&secret(), &code, now()), minutes, "{distance}");
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["012345", " 012 345\n", "012-345", "0 1 2 3 4 5", "０１２３４５", "012\u{a0}345"]
        {
            assert_eq!(Code::parse(typed).unwrap().reveal(), "012345", "{typed:?}");
        }
        let long = "1".repeat(100_000);
        for typed in
            ["", " ", "12345", "1234567", "12345a", "+12345", "１２３４５", "٠١٢٣٤٥", "12345\0", &long]
        {
            assert!(Code::parse(typed).is_none(), "{typed:?}");
        }
    }

    #[test]
    fn a_secret_is_read_as_it_was_written() {
        let secret = TotpSecret::generate();
        assert!(secret != TotpSecret::generate());
        assert!(TotpSecret::parse(&secret.reveal()).unwrap() == secret);
        assert!(TotpSecret::from_bytes(secret.reveal_bytes()).unwrap() == secret);
        for odd in ["", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGE", "gezd"] {
            assert!(TotpSecret::parse(odd).is_none(), "{odd:?}");
        }
        assert!(TotpSecret::from_bytes(&[0; 19]).is_none() && TotpSecret::from_bytes(&[0; 21]).is_none());
    }

    #[test]
    fn neither_secret_nor_code_is_printed() {
        assert_eq!(format!("{:?} {:?}", secret(), Code::parse("123456")), "TotpSecret(…) Some(Code(…))");
    }

    #[test]
    fn an_app_is_told_the_site_and_the_account() {
        assert_eq!(secret().reveal_in_groups(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            otpauth_uri("My Site: Ada's", "a:da+x@example.org", &secret()),
            "otpauth://totp/My%20Site%20Ada%27s:ada%2Bx%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=My%20Site%20Ada%27s&algorithm=SHA1&digits=6&period=30"
        );
    }

    proptest! {
        #[test]
        fn no_name_breaks_the_address(issuer in ".{1,20}", account in ".{1,40}") {
            let address = url::Url::parse(&otpauth_uri(&issuer, &account, &secret())).unwrap();
            let (names, values): (Vec<_>, Vec<_>) = address.query_pairs().unzip();
            prop_assert_eq!(names, ["secret", "issuer", "algorithm", "digits", "period"]);
            prop_assert_eq!(&values[1], &issuer.replace(':', ""));
            prop_assert_eq!(address.path().matches(':').count(), 1);
            prop_assert!(address.fragment().is_none());
        }
    }
}
