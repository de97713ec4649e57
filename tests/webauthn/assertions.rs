//! Signatures, as authenticators make them and as none may.

use sha2::{Digest, Sha256};
use vestibule::base::webauthn::Algorithm;
use vestibule::testing::{AssertionAnswer, Authenticator, Ceremony};

use crate::draft::{ED_DSA, ES256, Kind, Of, RP_ID, accepted, either, refused};

/// The order of the base point of Ed25519, the least byte first: 2^252 + 27742317777372353535851937790883648493.
const ED25519_ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];
/// The order of the base point of P-256, the least byte first.
const P256_ORDER: [u8; 32] = [
    0x51, 0x25, 0x63, 0xfc, 0xc2, 0xca, 0xb9, 0xf3, 0x84, 0x9e, 0x17, 0xa7, 0xad, 0xfa, 0xe6, 0xbc, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff,
];

const WRONG: &str = "Signature";

pub const KINDS: &[Kind] = &[
    accepted(Of::Assertion, "without a user handle", |draft| draft.passkey.user_handle = None),
    // Of each signature by ECDSA there are two. Some other uses of it, such as Bitcoin, allow only the lower one.
    accepted(Of::Assertion, "with the other one of both signatures", |draft| {
        draft.signature(|bytes| other_s(&bytes))
    })
    .only(&[ES256]),
    refused(Of::Assertion, "with one bit of the signature inverted", WRONG, |draft| {
        // The last bytes are of a number, whatever is around it.
        let random = draft.random.clone();
        draft.signature(move |bytes| {
            let (rest, last) = bytes.split_at(bytes.len() - 16);
            [rest, &random.clone().flip(last.to_vec())].concat()
        });
    }),
    refused(Of::Assertion, "without a signature", WRONG, |draft| draft.signature(|_| Vec::new())),
    refused(Of::Assertion, "with a signature of zeros", WRONG, |draft| {
        draft.signature(|bytes| vec![0; bytes.len()])
    }),
    refused(Of::Assertion, "with more after the signature", WRONG, |draft| {
        draft.signature(|bytes| [&bytes[..], &[0]].concat());
    }),
    refused(Of::Assertion, "with the signature cut", WRONG, |draft| {
        draft.signature(|bytes| bytes[..bytes.len() - 1].to_vec());
    }),
    refused(Of::Assertion, "with a zero before the signature", WRONG, |draft| {
        draft.signature(|bytes| [&[0_u8][..], &bytes].concat());
    }),
    refused(Of::Assertion, "with a longer length in the signature", WRONG, |draft| {
        draft.signature(|bytes| [&[0x30, 0x81][..], &bytes[1..]].concat());
    })
    .only(&[ES256]),
    refused(Of::Assertion, "with a signature without its envelope", WRONG, |draft| {
        draft.signature(|bytes| numbers(&bytes).concat());
    })
    .only(&[ES256]),
    refused(Of::Assertion, "with a signature that is beyond its order", WRONG, |draft| {
        draft.signature(|bytes| [&bytes[..32], &sum(&bytes[32..], &ED25519_ORDER)].concat());
    })
    .only(&[ED_DSA]),
    refused(Of::Assertion, "signed by another passkey", WRONG, |draft| {
        draft.spoil = Some(|passkey, answer| {
            let algorithm = Algorithm::ALL.into_iter().find(|one| one.cose() == passkey.algorithm()).unwrap();
            let message = signed(answer);
            answer.signature = Authenticator::new(algorithm).sign(&message);
        });
    })
    .only(&[ED_DSA, ES256]),
    refused(Of::Assertion, "signed before it was changed: the client data", WRONG, |draft| {
        draft.spoil = Some(|_, answer| answer.client_data.push(b' '));
    }),
    refused(Of::Assertion, "signed before it was changed: the counter", WRONG, |draft| {
        draft.spoil = Some(|_, answer| answer.authenticator_data[36] ^= 1);
    }),
    refused(Of::Assertion, "signed before it was changed: the owner", WRONG, |draft| {
        (draft.verified, draft.ceremony.user_verified) = (true, false);
        draft.spoil = Some(|_, answer| answer.authenticator_data[32] |= Ceremony::UV);
    }),
    refused(Of::Assertion, "signed before it was changed: the site", WRONG, |draft| {
        draft.ceremony.rp_id = "evil.test".to_owned();
        draft.spoil = Some(|_, answer| {
            answer.authenticator_data[..32].copy_from_slice(&Sha256::digest(RP_ID)[..]);
        });
    }),
    refused(Of::Assertion, "signed: the client data itself, not its hash", WRONG, |draft| {
        draft.spoil = Some(|passkey, answer| {
            answer.signature = passkey.sign(&[&answer.authenticator_data[..], &answer.client_data].concat());
        });
    }),
    refused(Of::Assertion, "signed: the hash of the client data alone", WRONG, |draft| {
        draft.spoil = Some(|passkey, answer| {
            answer.signature = passkey.sign(&Sha256::digest(&answer.client_data)[..]);
        });
    }),
    refused(Of::Assertion, "signed: the authenticator data alone", WRONG, |draft| {
        draft.spoil = Some(|passkey, answer| answer.signature = passkey.sign(&answer.authenticator_data));
    }),
    refused(Of::Assertion, "signed: a hash of it", WRONG, |draft| {
        draft.spoil =
            Some(|passkey, answer| answer.signature = passkey.sign(&Sha256::digest(signed(answer))[..]));
    }),
    either(Of::Assertion, "with a mangled signature", |draft| draft.edit_signature = Some(draft.mangled())),
];

/// What a passkey signs.
fn signed(answer: &AssertionAnswer) -> Vec<u8> {
    [&answer.authenticator_data[..], &Sha256::digest(&answer.client_data)[..]].concat()
}

/// Both numbers of a signature by ECDSA, in 32 bytes each.
fn numbers(signature: &[u8]) -> [Vec<u8>; 2] {
    // A sequence, whose length is below 128, of two integers.
    let first = usize::from(signature[3]);
    let [one, two] = [&signature[4..4 + first], &signature[6 + first..]];
    [one, two].map(|number| {
        let digits = number.iter().copied().skip_while(|digit| *digit == 0).collect::<Vec<u8>>();
        [vec![0; 32 - digits.len()], digits].concat()
    })
}

/// The same signature by ECDSA with the order minus its second number.
fn other_s(signature: &[u8]) -> Vec<u8> {
    let [r, mut s] = numbers(signature);
    s.reverse();
    let mut s = difference(&P256_ORDER, &s);
    s.reverse();
    let integers = [r, s].map(|number| {
        let mut digits = number.into_iter().skip_while(|digit| *digit == 0).collect::<Vec<u8>>();
        if digits[0] >= 0x80 {
            digits.insert(0, 0);
        }
        [&[2, digits.len() as u8][..], &digits].concat()
    });
    let both = integers.concat();
    [&[0x30, both.len() as u8][..], &both].concat()
}

/// The sum of two numbers, the least byte first.
fn sum(one: &[u8], other: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let digits = one.iter().zip(other).map(|(a, b)| {
        let digit = u16::from(*a) + u16::from(*b) + carry;
        carry = digit >> 8;
        digit as u8
    });
    digits.collect()
}

/// The difference of two numbers, the least byte first.
fn difference(one: &[u8], other: &[u8]) -> Vec<u8> {
    let mut borrow = 0;
    let digits = one.iter().zip(other).map(|(a, b)| {
        let digit = i16::from(*a) - i16::from(*b) - borrow;
        borrow = i16::from(digit < 0);
        digit as u8
    });
    digits.collect()
}
