//! The two ceremonies: Web Authentication Level 3, sections 7.1 (registration) and 7.2 (assertion). Each step is here
//! or in the file that it names, by its number; of the others it is said whose they are.

use sha2::{Digest, Sha256};

use super::attestation_object;
use super::authenticator_data::{AuthenticatorData, Flags};
use super::client_data::{self, Ceremony};
use super::cose::{Algorithm, PublicKey};
use super::expected::{Expected, RelyingParty};
use super::refused::Refused;

/// The longest credential ID in bytes (7.1 step 25).
const MAX_CREDENTIAL_ID: usize = 1023;

/// A verified registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The credential ID. 7.1 step 26 is the caller's: no account has it yet.
    pub credential_id: Vec<u8>,
    /// The public key in COSE, as it came: it has only one encoding.
    pub public_key: Vec<u8>,
    /// Its algorithm.
    pub algorithm: Algorithm,
    /// The model of the authenticator. No one vouches for it.
    pub aaguid: [u8; 16],
    /// The signature counter.
    pub counter: u32,
    /// The flags.
    pub flags: Flags,
}

/// A verified assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asserted {
    /// The signature counter. 7.2 step 22 is the caller's: one that did not grow is recorded.
    pub counter: u32,
    /// The flags. 7.2 step 19 is the caller's: changed flags of the backup are recorded.
    pub flags: Flags,
}

/// Verifies the answer to `navigator.credentials.create()`.
pub fn registration(
    client_data: &[u8],
    attestation_object: &[u8],
    rp: &RelyingParty,
    expected: &Expected<'_>,
) -> Result<Registered, Refused> {
    // Steps 1 to 4 are the script's. It sends no extension outputs of the client: none would decide anything.

    // Steps 5 to 11: JSON, type, challenge, origin, frames.
    client_data::check(client_data, Ceremony::Registration, expected.challenge, &rp.origins)?;

    // Step 12 is left out: only an attestation signs the hash of the client data, and none is verified.

    // Step 13: the CBOR of the attestation object, and step 21: the format of its statement.
    let data = AuthenticatorData::read(attestation_object::authenticator_data(attestation_object)?)?;

    // Step 14: the RP ID.
    check_site(&data, rp)?;

    // Steps 15 to 17: present, verified, backed up only if eligible.
    check_flags(data.flags, expected.user_present, expected.user_verified)?;

    // Steps 18 and 19 are the caller's: what a backup means.

    // Step 20: the algorithm, and the rest of the key.
    let credential = data.credential.ok_or(Refused::NoCredential)?;
    let key = PublicKey::read(credential.public_key)?;

    // Steps 22 to 24 are left out: each statement counts as "none", which is acceptable.

    // Step 25: the length of the credential ID. An empty one would be found by no one.
    if credential.id.is_empty() || credential.id.len() > MAX_CREDENTIAL_ID {
        return Err(Refused::CredentialId);
    }

    // Step 26 is the caller's: no account has this credential ID.

    // Step 28 is left out: no extension of an authenticator is asked for, so what they say is ignored.

    // Steps 27 and 29: what the caller stores.
    Ok(Registered {
        credential_id: credential.id.to_vec(),
        public_key: credential.public_key.to_vec(),
        algorithm: key.algorithm(),
        aaguid: credential.aaguid,
        counter: data.counter,
        flags: data.flags,
    })
}

/// Verifies the answer to `navigator.credentials.get()`, by the public key of the credential that it names.
pub fn assertion(
    client_data: &[u8],
    authenticator_data: &[u8],
    signature: &[u8],
    public_key: &[u8],
    rp: &RelyingParty,
    expected: &Expected<'_>,
) -> Result<Asserted, Refused> {
    // Steps 1 to 4 are the script's; step 7 is the arguments.

    // Steps 5 and 6 are the caller's: the credential is one that was asked for, of the account that the user handle
    // names.

    // Steps 8 to 14: JSON, type, challenge, origin, frames.
    client_data::check(client_data, Ceremony::Assertion, expected.challenge, &rp.origins)?;

    // Section 6.1: an assertion has no new credential.
    let data = AuthenticatorData::read(authenticator_data)?;
    if data.credential.is_some() {
        return Err(Refused::UnexpectedCredential);
    }

    // Step 15: the RP ID. The old extension `appid` is not asked for.
    check_site(&data, rp)?;

    // Steps 16 to 18: present in any case, verified, backed up only if eligible.
    check_flags(data.flags, true, expected.user_verified)?;

    // Step 19 is the caller's: what a backup means.

    // Step 20: the hash of the client data.
    let hash: [u8; 32] = Sha256::digest(client_data).into();

    // Step 21: the signature.
    let signed = [authenticator_data, &hash].concat();
    if !PublicKey::read(public_key)?.verify(&signed, signature) {
        return Err(Refused::Signature);
    }

    // Step 23 is left out: no extension of an authenticator is asked for, so what they say is ignored.

    // Steps 22, 24 and 25: what the caller records.
    Ok(Asserted { counter: data.counter, flags: data.flags })
}

/// 7.1 step 14, 7.2 step 15.
fn check_site(data: &AuthenticatorData<'_>, rp: &RelyingParty) -> Result<(), Refused> {
    if *data.rp_id_hash == rp.id_hash { Ok(()) } else { Err(Refused::RelyingPartyId) }
}

/// 7.1 steps 15 to 17, 7.2 steps 16 to 18.
fn check_flags(flags: Flags, present: bool, verified: bool) -> Result<(), Refused> {
    // 7.1 step 15, 7.2 step 16.
    if present && !flags.user_present {
        return Err(Refused::UserNotPresent);
    }
    // 7.1 step 16, 7.2 step 17.
    if verified && !flags.user_verified {
        return Err(Refused::UserNotVerified);
    }
    // 7.1 step 17, 7.2 step 18.
    if flags.backed_up && !flags.backup_eligible {
        return Err(Refused::BackedUpNotEligible);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use ring::signature::{Ed25519KeyPair, KeyPair};

    use super::*;

    const PRESENT: Expected<'_> =
        Expected { challenge: b"sixteen bytes...", user_present: true, user_verified: false };

    fn site() -> RelyingParty {
        RelyingParty::new("example.org", ["https://example.org".to_owned()])
    }

    fn client_data(kind: &str) -> Vec<u8> {
        let challenge = URL_SAFE_NO_PAD.encode(PRESENT.challenge);
        format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"https://example.org"}}"#)
            .into_bytes()
    }

    fn pair() -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[3; 32]).unwrap()
    }

    fn key() -> Vec<u8> {
        [&b"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"[..], pair().public_key().as_ref()].concat()
    }

    /// Authenticator data for this site, with these flags and what follows the counter.
    fn data(id: &str, flags: u8, rest: &[u8]) -> Vec<u8> {
        [&Sha256::digest(id)[..], &[flags], &7_u32.to_be_bytes(), rest].concat()
    }

    fn credential(id_length: u16) -> Vec<u8> {
        [&[5; 16][..], &id_length.to_be_bytes(), &vec![6; id_length.into()], &key()].concat()
    }

    fn registered(data: &[u8], expected: &Expected<'_>) -> Result<Registered, Refused> {
        let length = u16::try_from(data.len()).unwrap().to_be_bytes();
        let head = if data.len() < 256 { vec![0x58, length[1]] } else { vec![0x59, length[0], length[1]] };
        let object = [&b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData"[..], &head, data].concat();
        registration(&client_data("webauthn.create"), &object, &site(), expected)
    }

    fn asserted(data: &[u8], expected: &Expected<'_>) -> Result<Asserted, Refused> {
        let client_data = client_data("webauthn.get");
        let signature = pair().sign(&[data, &Sha256::digest(&client_data)].concat());
        assertion(&client_data, data, signature.as_ref(), &key(), &site(), expected)
    }

    #[test]
    fn what_was_verified_is_told() {
        let told = registered(&data("example.org", 0x5d, &credential(3)), &PRESENT).unwrap();
        let flags = Flags { user_present: true, user_verified: true, backup_eligible: true, backed_up: true };
        let expected = Registered {
            credential_id: vec![6; 3],
            public_key: key(),
            algorithm: Algorithm::EdDsa,
            aaguid: [5; 16],
            counter: 7,
            flags,
        };
        assert_eq!(told, expected);
        let told = asserted(&data("example.org", 0x1d, &[]), &PRESENT);
        assert_eq!(told, Ok(Asserted { counter: 7, flags }));
    }

    #[test]
    fn the_flags_have_to_be_as_expected() {
        let verified = Expected { user_verified: true, ..PRESENT };
        let alone = Expected { user_present: false, ..PRESENT };
        for (flags, expected, at_registration, at_assertion) in [
            (0x01, PRESENT, None, None),
            (0x05, verified, None, None),
            (0x09, PRESENT, None, None),
            (0x19, PRESENT, None, None),
            (0x00, PRESENT, Some(Refused::UserNotPresent), Some(Refused::UserNotPresent)),
            (0x04, verified, Some(Refused::UserNotPresent), Some(Refused::UserNotPresent)),
            (0x01, verified, Some(Refused::UserNotVerified), Some(Refused::UserNotVerified)),
            (0x11, PRESENT, Some(Refused::BackedUpNotEligible), Some(Refused::BackedUpNotEligible)),
            // Only a registration may be made without a question.
            (0x00, alone, None, Some(Refused::UserNotPresent)),
        ] {
            let found = registered(&data("example.org", flags | 0x40, &credential(3)), &expected);
            assert_eq!(found.err(), at_registration, "{flags:x}");
            assert_eq!(
                asserted(&data("example.org", flags, &[]), &expected).err(),
                at_assertion,
                "{flags:x}"
            );
        }
    }

    #[test]
    fn another_site_and_another_place_for_a_credential_are_refused() {
        let new = credential(3);
        for id in ["example.com", "login.example.org", "EXAMPLE.org", ""] {
            assert_eq!(
                registered(&data(id, 0x41, &new), &PRESENT).err(),
                Some(Refused::RelyingPartyId),
                "{id}"
            );
            assert_eq!(asserted(&data(id, 0x01, &[]), &PRESENT).err(), Some(Refused::RelyingPartyId), "{id}");
        }
        assert_eq!(registered(&data("example.org", 0x01, &[]), &PRESENT).err(), Some(Refused::NoCredential));
        let with_credential = asserted(&data("example.org", 0x41, &new), &PRESENT);
        assert_eq!(with_credential.err(), Some(Refused::UnexpectedCredential));
    }

    #[test]
    fn a_credential_id_has_1_to_1023_bytes() {
        for (length, refused) in [(1, false), (1023, false), (0, true), (1024, true)] {
            let found = registered(&data("example.org", 0x41, &credential(length)), &PRESENT);
            assert_eq!(found.err(), refused.then_some(Refused::CredentialId), "{length}");
        }
    }

    #[test]
    fn a_challenge_is_for_one_ceremony() {
        let other = Expected { challenge: b"sixteen bytes!!!", ..PRESENT };
        let data_of_assertion = data("example.org", 0x01, &[]);
        assert_eq!(asserted(&data_of_assertion, &other).err(), Some(Refused::Challenge));
        let client_data = client_data("webauthn.create");
        let signature = pair().sign(&[&data_of_assertion[..], &Sha256::digest(&client_data)].concat());
        let found =
            assertion(&client_data, &data_of_assertion, signature.as_ref(), &key(), &site(), &PRESENT);
        assert_eq!(found.err(), Some(Refused::Type));
    }
}
