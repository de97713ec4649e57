//! Authenticator data, as authenticators write it and as none may.

use vestibule::testing::{Cbor, Ceremony};

use crate::draft::{Draft, Kind, Of, accepted, either, refused};

pub const KINDS: &[Kind] = &[
    accepted(Of::Both, "with a counter at its end", |draft| draft.passkey.counter = u32::MAX),
    accepted(Of::Both, "of a passkey that stays on its device", |draft| {
        (draft.passkey.backup_eligible, draft.passkey.backed_up) = (false, false);
    }),
    accepted(Of::Both, "of a passkey that is synced", |draft| {
        (draft.passkey.backup_eligible, draft.passkey.backed_up) = (true, true);
    }),
    accepted(Of::Both, "with both flags that have no meaning yet", |draft| {
        draft.ceremony.inverted_flags = 0x22
    }),
    accepted(Of::Both, "with an extension", |draft| draft.extensions(b"\xa1\x6bcredProtect\x02")),
    accepted(Of::Both, "with two extensions", |draft| {
        draft.extensions(b"\xa2\x6bcredProtect\x02\x6bhmac-secret\xf5");
    }),
    accepted(Of::Both, "with no extension, but their flag", |draft| draft.extensions(b"\xa0")),
    accepted(Of::Both, "with an extension of null", |draft| draft.extensions(b"\xa1\x61a\xf6")),
    // Flags and RP ID.
    refused(Of::Both, "without a touch", "UserNotPresent", |draft| draft.ceremony.user_present = false),
    refused(Of::Both, "without the owner", "UserNotVerified", |draft| {
        (draft.verified, draft.ceremony.user_verified) = (true, false);
    }),
    refused(Of::Both, "backed up, but not eligible", "BackedUpNotEligible", |draft| {
        (draft.passkey.backup_eligible, draft.passkey.backed_up) = (false, true);
    }),
    refused(Of::Both, "for another site", "RelyingPartyId", |draft| {
        draft.ceremony.rp_id = "evil.test".to_owned()
    }),
    refused(Of::Both, "for the parent domain", "RelyingPartyId", |draft| {
        draft.ceremony.rp_id = "example.org".to_owned();
    }),
    refused(Of::Both, "for the site in capitals", "RelyingPartyId", |draft| {
        draft.ceremony.rp_id = "LOGIN.example.org".to_owned();
    }),
    refused(Of::Both, "for the origin", "RelyingPartyId", |draft| {
        draft.ceremony.rp_id.clone_from(&draft.ceremony.origin)
    }),
    refused(Of::Both, "for no site", "RelyingPartyId", |draft| draft.ceremony.rp_id = String::new()),
    // Extensions.
    refused(Of::Both, "with the flag of extensions alone", "Extensions(Ends)", |draft| {
        draft.ceremony.inverted_flags = Ceremony::ED;
    }),
    refused(Of::Both, "with extensions without their flag", "DataContinues", |draft| {
        draft.extensions(b"\xa1\x6bcredProtect\x02");
        draft.ceremony.inverted_flags = Ceremony::ED;
    }),
    refused(Of::Both, "with a number for its extensions", "ExtensionFields", |draft| {
        draft.extensions(b"\x01")
    }),
    refused(Of::Both, "with a text for its extensions", "ExtensionFields", |draft| {
        draft.extensions(b"\x63abc")
    }),
    refused(Of::Both, "with an array for its extensions", "ExtensionFields", |draft| {
        draft.extensions(b"\x80")
    }),
    refused(Of::Both, "with numbered extensions", "ExtensionFields", |draft| {
        draft.extensions(b"\xa1\x01\x02")
    }),
    refused(Of::Both, "with unsorted extensions", "Extensions(Unsorted)", |draft| {
        draft.extensions(b"\xa2\x6bhmac-secret\xf5\x6bcredProtect\x02");
    }),
    refused(Of::Both, "with an extension twice", "Extensions(Repeated)", |draft| {
        draft.extensions(b"\xa2\x61a\x01\x61a\x02");
    }),
    refused(Of::Both, "with a tag in an extension", "Extensions(Tag)", |draft| {
        draft.extensions(b"\xa1\x61a\xd9\x03\xe8\x01");
    }),
    refused(Of::Both, "with a fraction in an extension", "Extensions(Simple)", |draft| {
        draft.extensions(&[&b"\xa1\x61a\xfb"[..], &0.1_f64.to_be_bytes()].concat());
    }),
    refused(Of::Both, "with an undefined extension", "Extensions(Simple)", |draft| {
        draft.extensions(b"\xa1\x61a\xf7")
    }),
    refused(Of::Both, "with a longer number in an extension", "Extensions(NotShortest)", |draft| {
        draft.extensions(b"\xa1\x61a\x18\x02");
    }),
    refused(Of::Both, "with extensions without a count", "Extensions(Indefinite)", |draft| {
        draft.extensions(b"\xbf\x61a\x02\xff");
    }),
    refused(Of::Both, "with extensions that nest too deep", "Extensions(Depth)", |draft| {
        draft.extensions(b"\xa1\x61a\x81\x81\x81\x81\x81\x81\x01");
    }),
    refused(Of::Both, "with a text in an extension that is not UTF-8", "Extensions(Text)", |draft| {
        draft.extensions(b"\xa1\x61a\x61\xff");
    }),
    refused(Of::Both, "with extensions that end too early", "Extensions(Ends)", |draft| {
        draft.extensions(b"\xa1\x6bcredProtect");
    }),
    // Its length.
    refused(Of::Both, "with more after its data", "DataContinues", |draft| {
        draft.authenticator_data(|bytes| [&bytes[..], &[0]].concat());
    }),
    refused(Of::Both, "with more after its extensions", "DataContinues", |draft| {
        draft.extensions(b"\xa0\xa0")
    }),
    refused(Of::Both, "with data of 36 bytes", "DataEnds", |draft| {
        draft.authenticator_data(|bytes| bytes[..36].to_vec());
    }),
    refused(Of::Both, "without data", "DataEnds", |draft| draft.authenticator_data(|_| Vec::new())),
    // The credential.
    refused(Of::Registration, "without a credential", "NoCredential", |draft| {
        draft.ceremony.inverted_flags = Ceremony::AT;
        draft.authenticator_data(|bytes| bytes[..37].to_vec());
    }),
    refused(Of::Registration, "with a credential without its flag", "DataContinues", |draft| {
        draft.ceremony.inverted_flags = Ceremony::AT;
    }),
    refused(Of::Assertion, "with the flag of a credential alone", "DataEnds", |draft| {
        draft.ceremony.inverted_flags = Ceremony::AT;
    }),
    refused(Of::Assertion, "with a credential", "UnexpectedCredential", |draft| draft.with_credential = true),
    accepted(Of::Registration, "with a credential ID of 1 byte", |draft| credential_id(draft, 1)),
    accepted(Of::Registration, "with a credential ID of 1023 bytes", |draft| credential_id(draft, 1023)),
    refused(Of::Registration, "with a credential ID of 1024 bytes", "CredentialId", |draft| {
        credential_id(draft, 1024)
    }),
    refused(Of::Registration, "without a credential ID", "CredentialId", |draft| credential_id(draft, 0)),
    refused(Of::Registration, "with a credential ID that is longer than all", "DataEnds", |draft| {
        draft.authenticator_data(|mut bytes| {
            // After the hash, the flags, the counter and the AAGUID.
            bytes[53..55].copy_from_slice(&[0xff, 0xff]);
            bytes
        });
    }),
    accepted(Of::Registration, "without a touch, where none is asked for", |draft| {
        (draft.present, draft.verified) = (false, false);
        (draft.ceremony.user_present, draft.ceremony.user_verified) = (false, false);
    }),
    either(Of::Both, "with mangled authenticator data", |draft| {
        draft.ceremony.edit_authenticator_data = Some(draft.mangled());
    }),
    // The public key, where it stands in the data.
    refused(Of::Registration, "without a public key", "PublicKey(Ends)", |draft| {
        draft.public_key = Some(Vec::new())
    }),
    refused(Of::Registration, "with a public key that is no map", "PublicKeyParameters", |draft| {
        draft.public_key = Some(Cbor::Bytes(vec![0; 4]).bytes());
    }),
];

fn credential_id(draft: &mut Draft, length: usize) {
    draft.passkey.credential_id = draft.random.bytes(length);
}
