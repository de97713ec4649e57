//! Attestation objects, as browsers send them and as none may.

use vestibule::testing::{Attestation, Cbor, long_head};

use crate::draft::{Draft, Kind, Of, accepted, either, refused};

pub const KINDS: &[Kind] = &[
    // Statements. No one asks for any, so none is verified.
    accepted(Of::Registration, "attested by itself", |draft| draft.attestation = Attestation::PackedSelf),
    accepted(Of::Registration, "attested in a format that no one knows", |draft| {
        draft.attestation = Attestation::Other("acme", Vec::new());
    }),
    accepted(Of::Registration, "attested by a list", |draft| {
        statement(draft, "compound", Cbor::Array(Vec::new()))
    }),
    accepted(Of::Registration, "attested by nothing", |draft| {
        draft.attestation = Attestation::Other("packed", Vec::new());
    }),
    accepted(Of::Registration, "attested by a signature of something else", |draft| {
        let signature = Cbor::Bytes(draft.passkey.sign(b"something else"));
        let algorithm = Cbor::Int(draft.passkey.algorithm());
        let fields = vec![(Cbor::text("alg"), algorithm), (Cbor::text("sig"), signature)];
        draft.attestation = Attestation::Other("packed", fields);
    }),
    refused(Of::Registration, "not attested, with a signature", "AttestationStatement", |draft| {
        let fields = vec![(Cbor::text("sig"), Cbor::Bytes(vec![0; 8]))];
        draft.attestation = Attestation::Other("none", fields);
    }),
    refused(Of::Registration, "not attested, with a new field", "AttestationStatement", |draft| {
        draft.attestation = Attestation::Other("none", vec![(Cbor::text("new"), Cbor::Int(1))]);
    }),
    refused(Of::Registration, "not attested, with a list", "AttestationStatement", |draft| {
        statement(draft, "none", Cbor::Array(Vec::new()));
    }),
    refused(Of::Registration, "not attested, with null", "AttestationStatement", |draft| {
        statement(draft, "none", Cbor::Raw(vec![0xf6]));
    }),
    // Fields.
    refused(Of::Registration, "with one more field", "AttestationFields", |draft| {
        draft.entries(|entries| entries.insert(1, (Cbor::text("epAtt"), Cbor::Bool(false))));
    }),
    refused(Of::Registration, "without a format", "AttestationFields", |draft| {
        draft.entries(|entries| drop(entries.remove(0)))
    }),
    refused(Of::Registration, "without a statement", "AttestationFields", |draft| {
        draft.entries(|entries| drop(entries.remove(1)))
    }),
    refused(Of::Registration, "without authenticator data", "AttestationFields", |draft| {
        draft.entries(|entries| drop(entries.pop()))
    }),
    refused(Of::Registration, "with bytes for its format", "AttestationFields", |draft| {
        draft.entries(|entries| entries[0].1 = Cbor::Bytes(b"none".to_vec()));
    }),
    refused(Of::Registration, "with a list for its authenticator data", "AttestationFields", |draft| {
        draft.entries(|entries| entries[2].1 = Cbor::Array(vec![Cbor::Int(1); 37]));
    }),
    refused(Of::Registration, "with unsorted fields", "AttestationObject(Unsorted)", |draft| {
        draft.entries(|entries| entries.reverse());
    }),
    refused(Of::Registration, "with a field twice", "AttestationObject(Repeated)", |draft| {
        draft.entries(|entries| entries.insert(1, entries[0].clone()));
    }),
    // CBOR.
    refused(Of::Registration, "with more after its object", "AttestationObject(Continues)", |draft| {
        draft.object(|bytes| [&bytes[..], &[0]].concat());
    }),
    refused(Of::Registration, "with its object cut", "AttestationObject(Ends)", |draft| {
        draft.object(|bytes| bytes[..bytes.len() - 1].to_vec());
    }),
    refused(Of::Registration, "with no object", "AttestationObject(Ends)", |draft| {
        draft.object(|_| Vec::new())
    }),
    refused(Of::Registration, "with a list for its object", "AttestationFields", |draft| {
        draft.object(|_| vec![0x80])
    }),
    refused(Of::Registration, "with a tag on its object", "AttestationObject(Tag)", |draft| {
        draft.object(|bytes| [&b"\xd9\xd9\xf7"[..], &bytes].concat());
    }),
    refused(Of::Registration, "with an object without a count", "AttestationObject(Indefinite)", |draft| {
        draft.object(|bytes| [&[0xbf][..], &bytes[1..], &[0xff]].concat());
    }),
    refused(
        Of::Registration,
        "with a longer length of its format",
        "AttestationObject(NotShortest)",
        |draft| {
            draft.entries(|entries| entries[0].1 = Cbor::Raw([&long_head(3, 4, 1)[..], b"none"].concat()));
        },
    ),
    refused(
        Of::Registration,
        "with a longer length of its data",
        "AttestationObject(NotShortest)",
        |draft| {
            draft.entries(|entries| {
                if let Cbor::Bytes(data) = &entries[2].1 {
                    entries[2].1 = Cbor::Raw([&long_head(2, data.len() as u64, 4)[..], data].concat());
                }
            });
        },
    ),
    either(Of::Registration, "with a mangled object", |draft| draft.edit_object = Some(draft.mangled())),
];

/// Sends this as the statement of this format.
fn statement(draft: &mut Draft, format: &'static str, value: Cbor) {
    draft.entries(move |entries| {
        entries[0].1 = Cbor::text(format);
        entries[1].1 = value.clone();
    });
}
