//! Public keys in COSE (RFC 9052 and 9053, RFC 8230), of the three algorithms that are asked for, and the verification
//! of signatures.

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

use super::cbor::{self, Value};
use super::refused::Refused;

/// A signature algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// Ed25519.
    EdDsa,
    /// ECDSA on P-256 with SHA-256: what nearly all authenticators have.
    Es256,
    /// RSASSA-PKCS1-v1_5 with SHA-256: what the TPM of older machines has.
    Rs256,
}

impl Algorithm {
    /// All that are asked for, the best first.
    pub const ALL: [Algorithm; 3] = [Algorithm::EdDsa, Algorithm::Es256, Algorithm::Rs256];

    /// Its number in COSE.
    pub fn cose(self) -> i64 {
        match self {
            Algorithm::EdDsa => -8,
            Algorithm::Es256 => -7,
            Algorithm::Rs256 => -257,
        }
    }

    /// The one with this number. `None` if it was not asked for.
    pub fn by_cose(number: i64) -> Option<Algorithm> {
        Algorithm::ALL.into_iter().find(|algorithm| algorithm.cose() == number)
    }
}

/// A public key.
#[derive(Clone, Copy, Debug)]
pub struct PublicKey<'k>(Parameters<'k>);

#[derive(Clone, Copy, Debug)]
enum Parameters<'k> {
    Ed25519 { x: &'k [u8] },
    P256 { x: &'k [u8], y: &'k [u8] },
    Rsa { n: &'k [u8], e: &'k [u8] },
}

impl<'k> PublicKey<'k> {
    /// Reads a key. It has exactly the parameters of its algorithm (Level 3, section 6.5.1.1), so each key has one
    /// encoding. Whether its coordinates are a point on the curve shows only when it verifies.
    pub fn read(bytes: &'k [u8]) -> Result<PublicKey<'k>, Refused> {
        use Value::{Bytes, Integer};
        let Value::Map(all) = cbor::whole(bytes).map_err(Refused::PublicKey)? else {
            return Err(Refused::PublicKeyParameters);
        };
        // The labels, in their canonical order: 1 is the type of key, 3 the algorithm. Those of the types are
        // negative.
        let number = all.iter().find(|(label, _)| *label == Integer(3)).map(|(_, value)| value);
        let Some(Integer(number)) = number else { return Err(Refused::PublicKeyParameters) };
        let algorithm = Algorithm::by_cose(*number).ok_or(Refused::Algorithm)?;
        let parameters = match (algorithm, all.as_slice()) {
            // An octet key pair on Ed25519: curve, x.
            (
                Algorithm::EdDsa,
                [
                    (Integer(1), Integer(1)),
                    (Integer(3), _),
                    (Integer(-1), Integer(6)),
                    (Integer(-2), Bytes(x)),
                ],
            ) if x.len() == 32 => Parameters::Ed25519 { x },
            // Two coordinates on P-256: curve, x, y. A sign in place of y, the compressed form, is not allowed.
            (
                Algorithm::Es256,
                [
                    (Integer(1), Integer(2)),
                    (Integer(3), _),
                    (Integer(-1), Integer(1)),
                    (Integer(-2), Bytes(x)),
                    (Integer(-3), Bytes(y)),
                ],
            ) if x.len() == 32 && y.len() == 32 => Parameters::P256 { x, y },
            // RSA: modulus, exponent.
            (
                Algorithm::Rs256,
                [(Integer(1), Integer(3)), (Integer(3), _), (Integer(-1), Bytes(n)), (Integer(-2), Bytes(e))],
            ) if is_modulus(n) && is_exponent(e) => Parameters::Rsa { n, e },
            _ => return Err(Refused::PublicKeyParameters),
        };
        Ok(PublicKey(parameters))
    }

    /// Its algorithm.
    pub fn algorithm(&self) -> Algorithm {
        match self.0 {
            Parameters::Ed25519 { .. } => Algorithm::EdDsa,
            Parameters::P256 { .. } => Algorithm::Es256,
            Parameters::Rsa { .. } => Algorithm::Rs256,
        }
    }

    /// Whether a signature of this message is by the private key of this one.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let verified = match self.0 {
            Parameters::Ed25519 { x } => UnparsedPublicKey::new(&ED25519, x).verify(message, signature),
            Parameters::P256 { x, y } => {
                // SEC 1, 2.3.3: a point that is not compressed begins with 4.
                let point = [&[4][..], x, y].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            Parameters::Rsa { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
        };
        verified.is_ok()
    }
}

/// An RSA modulus: odd, of 2048 to 8192 bits. ring rounds the lower bound to whole bytes.
fn is_modulus(n: &[u8]) -> bool {
    let length = match n.first().copied() {
        Some(first @ 1..) => n.len() * 8 - first.leading_zeros() as usize,
        _ => 0,
    };
    (2048..=8192).contains(&length) && is_odd(n)
}

/// An RSA exponent: odd, from 65537 (FIPS 186-5, 5.4) to what fits into four bytes. With an exponent of 3, a padding
/// that is checked too loosely would allow forgeries.
fn is_exponent(e: &[u8]) -> bool {
    matches!(e, [1..=255, _, _] | [1..=255, _, _, _]) && is_odd(e)
}

fn is_odd(number: &[u8]) -> bool {
    number.last().is_some_and(|byte| byte % 2 == 1)
}

#[cfg(test)]
mod tests {
    use ring::signature::{Ed25519KeyPair, KeyPair};

    use super::*;
    use crate::base::webauthn::malformed::Malformed;

    fn p256() -> Vec<u8> {
        [&b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"[..], &[1; 32], b"\x22\x58\x20", &[2; 32]].concat()
    }

    fn ed25519(x: &[u8]) -> Vec<u8> {
        [&b"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"[..], x].concat()
    }

    fn rsa(n: &[u8], e: &[u8]) -> Vec<u8> {
        let length = u16::try_from(n.len()).unwrap().to_be_bytes();
        let n_head = if n.len() < 256 { vec![0x58, length[1]] } else { vec![0x59, length[0], length[1]] };
        let e_head = 0x40 + e.len() as u8;
        [&b"\xa4\x01\x03\x03\x39\x01\x00\x20"[..], &n_head, n, &[0x21, e_head], e].concat()
    }

    /// An odd number of this many bytes with this first one.
    fn number(first: u8, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        (bytes[0], bytes[length - 1]) = (first, 1);
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Algorithm, Refused> {
        PublicKey::read(bytes).map(|key| key.algorithm())
    }

    #[test]
    fn each_algorithm_has_its_parameters_and_no_others() {
        assert_eq!(read(&p256()), Ok(Algorithm::Es256));
        assert_eq!(read(&ed25519(&[1; 32])), Ok(Algorithm::EdDsa));
        let wrong = Err(Refused::PublicKeyParameters);
        // Another type of key, another curve, the algorithm of another type.
        for (at, byte) in [(2, 1), (2, 3), (6, 2), (6, 6), (4, 0x27)] {
            let mut key = p256();
            key[at] = byte;
            assert_eq!(read(&key), wrong, "{at}");
        }
        // Level 3, 6.5.1.1: no compressed point, no optional parameter.
        let compressed = [&p256()[..42], b"\x22\xf5"].concat();
        assert_eq!(read(&compressed), wrong);
        let with_key_id = [&b"\xa6\x01\x02\x02\x40"[..], &p256()[3..]].concat();
        assert_eq!(read(&with_key_id), wrong);
        let short = [&b"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x1f"[..], &[1; 31]].concat();
        assert_eq!(read(&short), wrong);
        for other in [&b"\x80"[..], b"\xa0", b"\xa1\x03\x41\x00"] {
            assert_eq!(read(other), wrong, "{other:?}");
        }
    }

    #[test]
    fn other_algorithms_and_other_spellings_are_refused() {
        for (bytes, why) in [
            (&b"\xa2\x01\x02\x03\x38\x22"[..], Refused::Algorithm),
            (b"\xa2\x01\x02\x03\x07", Refused::Algorithm),
            (b"\xa2\x01\x02\x03\x38\x06", Refused::PublicKey(Malformed::NotShortest)),
            (b"\xa2\x03\x26\x01\x02", Refused::PublicKey(Malformed::Unsorted)),
            (b"\xa2\x03\x26\x03\x26", Refused::PublicKey(Malformed::Repeated)),
            (b"", Refused::PublicKey(Malformed::Ends)),
        ] {
            assert_eq!(read(bytes), Err(why), "{bytes:02x?}");
        }
        assert_eq!(read(&[&p256()[..], &[0]].concat()), Err(Refused::PublicKey(Malformed::Continues)));
    }

    #[test]
    fn rsa_has_2048_to_8192_bits_and_a_usual_exponent() {
        let usual = [1, 0, 1];
        for n in [number(0x80, 256), number(1, 257), number(0xff, 1024)] {
            assert_eq!(read(&rsa(&n, &usual)), Ok(Algorithm::Rs256));
        }
        let mut even = number(0x80, 256);
        even[255] = 2;
        for n in [number(0x7f, 256), number(0, 257), number(0xff, 255), number(1, 1025), vec![0; 256], even] {
            assert_eq!(read(&rsa(&n, &usual)), Err(Refused::PublicKeyParameters), "{:?}", &n[..2]);
        }
        let n = number(0x80, 256);
        assert_eq!(read(&rsa(&n, &[0xff; 4])), Ok(Algorithm::Rs256));
        for e in [&[][..], &[1], &[3], &[0xff, 0xff], &[0, 1, 0, 1], &[1, 0, 0], &[1, 0, 0, 0, 1]] {
            assert_eq!(read(&rsa(&n, e)), Err(Refused::PublicKeyParameters), "{e:?}");
        }
    }

    #[test]
    fn a_signature_is_of_one_message_by_one_key() {
        let [pair, other] = [1, 2].map(|seed| Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap());
        let [key, other] = [&pair, &other].map(|pair| ed25519(pair.public_key().as_ref()));
        let signature = pair.sign(b"yes");
        assert!(PublicKey::read(&key).unwrap().verify(b"yes", signature.as_ref()));
        assert!(!PublicKey::read(&key).unwrap().verify(b"no", signature.as_ref()));
        assert!(!PublicKey::read(&other).unwrap().verify(b"yes", signature.as_ref()));
        assert!(!PublicKey::read(&key).unwrap().verify(b"yes", b""));
        // Not a point on the curve.
        assert!(!PublicKey::read(&p256()).unwrap().verify(b"yes", signature.as_ref()));
    }
}
