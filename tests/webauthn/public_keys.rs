//! Public keys, as authenticators write them and as none may.

use vestibule::testing::{Cbor, Entries};

use crate::draft::{Draft, ED_DSA, ES256, Kind, Of, RS256, accepted, refused};

/// The labels of COSE: of the type of key and the algorithm, and of the parameters that belong to a type.
const TYPE: i64 = 1;
const ALGORITHM: i64 = 3;
const CURVE: i64 = -1;
const X: i64 = -2;
const Y: i64 = -3;
const MODULUS: i64 = -1;
const EXPONENT: i64 = -2;

const WRONG: &str = "PublicKeyParameters";

pub const KINDS: &[Kind] = &[
    // That such a key verifies nothing shows when it is used.
    accepted(Of::Registration, "with a point that is not on the curve", |draft| {
        draft.parameter(X, Cbor::Bytes(vec![1; 32]));
    })
    .only(&[ES256]),
    refused(Of::Registration, "with a key for ES384", "Algorithm", |draft| {
        draft.parameter(ALGORITHM, Cbor::Int(-35))
    }),
    refused(Of::Registration, "with a key for PS256", "Algorithm", |draft| {
        draft.parameter(ALGORITHM, Cbor::Int(-37))
    }),
    refused(Of::Registration, "with a key for RS1", "Algorithm", |draft| {
        draft.parameter(ALGORITHM, Cbor::Int(-65535))
    }),
    refused(Of::Registration, "with a key for an unknown algorithm", "Algorithm", |draft| {
        draft.parameter(ALGORITHM, Cbor::Int(-9999));
    }),
    refused(Of::Registration, "with a key for a named algorithm", WRONG, |draft| {
        draft.parameter(ALGORITHM, Cbor::text("ES256"));
    }),
    refused(Of::Registration, "with a key for no algorithm", WRONG, |draft| without(draft, ALGORITHM)),
    refused(Of::Registration, "with a key for the algorithm of another type", WRONG, |draft| {
        let other = match draft.passkey.algorithm() {
            ED_DSA => ES256,
            ES256 => RS256,
            _ => ED_DSA,
        };
        draft.parameter(ALGORITHM, Cbor::Int(other));
    }),
    refused(Of::Registration, "with a key of another type", WRONG, |draft| {
        let other = match draft.passkey.algorithm() {
            ED_DSA => 2,
            ES256 => 3,
            _ => 1,
        };
        draft.parameter(TYPE, Cbor::Int(other));
    }),
    refused(Of::Registration, "with a key of no type", WRONG, |draft| without(draft, TYPE)),
    refused(Of::Registration, "with a key on another curve", WRONG, |draft| {
        draft.parameter(CURVE, Cbor::Int(2))
    })
    .only(&[ED_DSA, ES256]),
    refused(Of::Registration, "with a key that is a byte too short", WRONG, |draft| {
        draft.parameter(X, Cbor::Bytes(vec![1; 31]));
    })
    .only(&[ED_DSA, ES256]),
    refused(Of::Registration, "with a key that is a byte too long", WRONG, |draft| {
        draft.parameter(X, Cbor::Bytes(vec![1; 33]));
    })
    .only(&[ED_DSA, ES256]),
    refused(Of::Registration, "with a key of letters", WRONG, |draft| {
        draft.parameter(X, Cbor::Text("x".repeat(32)))
    })
    .only(&[ED_DSA, ES256]),
    refused(Of::Registration, "with half a point", WRONG, |draft| without(draft, Y)).only(&[ES256]),
    refused(Of::Registration, "with a compressed point", WRONG, |draft| draft.parameter(Y, Cbor::Bool(true)))
        .only(&[ES256]),
    refused(Of::Registration, "with a modulus of 1024 bits", WRONG, |draft| modulus(draft, &[0x81; 128]))
        .only(&[RS256]),
    refused(Of::Registration, "with an even modulus", WRONG, |draft| modulus(draft, &[0x80; 256]))
        .only(&[RS256]),
    refused(Of::Registration, "with a modulus that begins with zero", WRONG, |draft| {
        modulus(draft, &[&[0_u8][..], &[0x81; 256]].concat());
    })
    .only(&[RS256]),
    refused(Of::Registration, "with an exponent of 3", WRONG, |draft| {
        draft.parameter(EXPONENT, Cbor::Bytes(vec![3]))
    })
    .only(&[RS256]),
    refused(Of::Registration, "with an exponent of 1", WRONG, |draft| {
        draft.parameter(EXPONENT, Cbor::Bytes(vec![1]))
    })
    .only(&[RS256]),
    refused(Of::Registration, "with a parameter that no key has", WRONG, |draft| {
        // What the key is for: to verify.
        draft.key(|parameters| parameters.insert(2, (Cbor::Int(4), Cbor::Array(vec![Cbor::Int(2)]))));
    }),
    refused(Of::Registration, "with a parameter twice", "PublicKey(Repeated)", |draft| {
        draft.key(|parameters| parameters.insert(1, parameters[0].clone()));
    }),
    refused(Of::Registration, "with unsorted parameters", "PublicKey(Unsorted)", |draft| {
        draft.key(|all| all.reverse())
    }),
    refused(Of::Registration, "with a longer number in its key", "PublicKey(NotShortest)", |draft| {
        draft.parameter(TYPE, Cbor::Raw(vec![0x18, 1]));
    }),
    // A map of four says that it has three, and has names where numbers belong.
    refused(Of::Registration, "with a key that Firefox 117 wrote", "DataContinues", |draft| {
        let x = Cbor::Bytes(vec![1; 32]).bytes();
        draft.public_key = Some([&b"\xa3\x01\x63OKP\x03\x27\x20\x67Ed25519\x21"[..], &x].concat());
    })
    .only(&[ED_DSA]),
    refused(Of::Registration, "with a key as U2F had it", "DataContinues", |draft| {
        draft.public_key = Some([&[4_u8][..], &[1; 64]].concat());
    })
    .only(&[ES256]),
];

fn without(draft: &mut Draft, label: i64) {
    let is_other = |entry: &(Cbor, Cbor)| !matches!(entry.0, Cbor::Int(number) if number == label);
    draft.key(|parameters: &mut Entries| parameters.retain(is_other));
}

fn modulus(draft: &mut Draft, bytes: &[u8]) {
    draft.parameter(MODULUS, Cbor::Bytes(bytes.to_vec()));
}
