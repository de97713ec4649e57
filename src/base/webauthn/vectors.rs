//! The test vectors of the standard (Level 3, section 16): as they are, and with every bit flipped. The ten of an
//! algorithm that is asked for pass both ceremonies; the two from a frame and the three of other algorithms are
//! refused.

use super::authenticator_data::AuthenticatorData;
use super::samples::{Vector, Vectors, flipped, vectors};
use super::{
    Asserted, Expected, Refused, Registered, RelyingParty, assertion, attestation_object, registration,
};

/// What becomes of each vector at registration.
const OUTCOMES: [(&str, Option<Refused>); 15] = [
    ("none-es256", None),
    ("packed-self-es256", None),
    ("none-es256-crossOrigin", Some(Refused::CrossOrigin)),
    // It has both members; `client_data.rs` tests the second one alone.
    ("none-es256-topOrigin", Some(Refused::CrossOrigin)),
    ("none-es256-long-credential-id", None),
    ("packed-es256", None),
    ("packed-es384", Some(Refused::Algorithm)),
    ("packed-es512", Some(Refused::Algorithm)),
    ("packed-rs256", None),
    ("packed-eddsa", None),
    ("packed-ed448", Some(Refused::Algorithm)),
    ("tpm-es256", None),
    ("android-key-es256", None),
    ("apple-es256", None),
    ("fido-u2f-es256", None),
];

fn site(all: &Vectors) -> RelyingParty {
    RelyingParty::new(&all.rp_id, [all.origin.clone()])
}

fn expected(challenge: &[u8]) -> Expected<'_> {
    Expected { challenge, user_present: true, user_verified: false }
}

fn register(
    site: &RelyingParty,
    vector: &Vector,
    client_data: &[u8],
    object: &[u8],
) -> Result<Registered, Refused> {
    registration(client_data, object, site, &expected(&vector.registration.challenge))
}

/// The vector's registration, as it is.
fn registered(site: &RelyingParty, vector: &Vector) -> Result<Registered, Refused> {
    register(site, vector, &vector.registration.client_data, &vector.registration.attestation_object)
}

/// The key in an attestation object, also one that is refused.
fn key(vector: &Vector) -> Vec<u8> {
    let data = attestation_object::authenticator_data(&vector.registration.attestation_object).unwrap();
    AuthenticatorData::read(data).unwrap().credential.unwrap().public_key.to_vec()
}

/// An assertion with the vector's key and challenge.
fn assert_with(
    site: &RelyingParty,
    vector: &Vector,
    client_data: &[u8],
    data: &[u8],
    signature: &[u8],
) -> Result<Asserted, Refused> {
    assertion(client_data, data, signature, &key(vector), site, &expected(&vector.assertion.challenge))
}

/// The vector's assertion, as it is.
fn asserted(site: &RelyingParty, vector: &Vector) -> Result<Asserted, Refused> {
    let own = &vector.assertion;
    assert_with(site, vector, &own.client_data, &own.authenticator_data, &own.signature)
}

#[test]
fn the_ten_of_our_algorithms_pass_and_the_others_are_refused_for_their_reason() {
    let all = vectors();
    let names: Vec<&str> = all.vectors.iter().map(|vector| vector.name.as_str()).collect();
    assert_eq!(names, OUTCOMES.map(|(name, _)| name));
    for (name, refused) in OUTCOMES {
        let vector = all.named(name);
        let (made, used) = (registered(&site(&all), vector), asserted(&site(&all), vector));
        assert_eq!(
            (made.as_ref().err(), used.as_ref().err()),
            (refused.as_ref(), refused.as_ref()),
            "{name}"
        );
        if let Ok(made) = made {
            let own = &vector.registration;
            assert_eq!(
                (&made.credential_id, made.aaguid.as_slice()),
                (&own.credential_id, own.aaguid.as_slice()),
                "{name}"
            );
            assert_eq!(made.public_key, key(vector), "{name}");
        }
    }
    assert_eq!(OUTCOMES.iter().filter(|(_, refused)| refused.is_none()).count(), 10);
}

#[test]
fn one_changed_byte_of_a_signature_is_enough_to_refuse_it() {
    let all = vectors();
    for (name, _) in OUTCOMES.iter().filter(|(_, refused)| refused.is_none()) {
        let (vector, own) = (all.named(name), &all.named(name).assertion);
        for at in [0, own.signature.len() / 2, own.signature.len() - 1] {
            let mut signature = own.signature.clone();
            signature[at] ^= 1;
            let found =
                assert_with(&site(&all), vector, &own.client_data, &own.authenticator_data, &signature);
            assert_eq!(found, Err(Refused::Signature), "{name} {at}");
        }
        let none = assert_with(&site(&all), vector, &own.client_data, &own.authenticator_data, &[]);
        assert_eq!(none, Err(Refused::Signature), "{name}");
    }
}

/// In an assertion everything is signed: no bit of the browser's or of the authenticator's part may change, whether
/// it is read or not.
#[test]
fn no_bit_of_an_assertion_may_change() {
    let all = vectors();
    let site = site(&all);
    // The second one has a member that is not read.
    for name in ["none-es256", "packed-self-es256"] {
        let (vector, own) = (all.named(name), &all.named(name).assertion);
        for (at, data) in flipped(&own.authenticator_data) {
            assert!(
                assert_with(&site, vector, &own.client_data, &data, &own.signature).is_err(),
                "{name} {at}"
            );
        }
        for (at, client_data) in flipped(&own.client_data) {
            let found = assert_with(&site, vector, &client_data, &own.authenticator_data, &own.signature);
            assert!(found.is_err(), "{name} {at}");
        }
    }
}

/// Nothing signs a registration without attestation. So a changed bit of its client data is refused or means the
/// same: it is in a member that is not read, or makes "crossOrigin" such a member.
#[test]
fn a_changed_bit_of_a_registrations_client_data_is_refused_or_means_the_same() {
    let all = vectors();
    let (site, vector) = (site(&all), all.named("none-es256"));
    let good = registered(&site, vector).unwrap();
    let own = &vector.registration;
    let text = std::str::from_utf8(&own.client_data).unwrap();
    // The name `crossOrigin`, and `extraData` to the end of its text.
    let cross_origin = text.find("crossOrigin").map(|at| at..at + "crossOrigin".len()).unwrap();
    let extra = text.find("extraData").map(|at| at..text.len() - 2).unwrap();
    for (at, client_data) in flipped(&own.client_data) {
        match register(&site, vector, &client_data, &own.attestation_object) {
            Err(_) => {}
            Ok(found) => {
                assert_eq!(found, good, "{at}");
                assert!(cross_origin.contains(&at) || extra.contains(&at), "{at}");
            }
        }
    }
}

/// A changed bit of the attestation object is refused or means the same, but for what only the authenticator can
/// know: that it verified its user or made a backup, the counter, its model, and the ID and the key of the
/// credential. Those mean another credential, which then is registered, and which the real authenticator cannot use.
#[test]
fn a_changed_bit_of_an_attestation_object_is_refused_or_means_another_credential() {
    let all = vectors();
    let (site, vector) = (site(&all), all.named("none-es256"));
    let good = registered(&site, vector).unwrap();
    let own = &vector.registration;
    let data = attestation_object::authenticator_data(&own.attestation_object).unwrap();
    let begin = own.attestation_object.len() - data.len();
    let mut free = 0;
    for (at, object) in flipped(&own.attestation_object) {
        let Ok(mut found) = register(&site, vector, &own.client_data, &object) else { continue };
        free += usize::from(found != good);
        match at.checked_sub(begin) {
            Some(32) => {
                found.flags.user_verified = good.flags.user_verified;
                found.flags.backed_up = good.flags.backed_up;
            }
            Some(33..37) => found.counter = good.counter,
            Some(37..53) => found.aaguid = good.aaguid,
            Some(55..87) => found.credential_id.clone_from(&good.credential_id),
            // The numbers of x and y: the key has 77 bytes, of which the first ten and three between them are fixed.
            Some(97..129 | 132..164) => found.public_key.clone_from(&good.public_key),
            _ => {}
        }
        assert_eq!(found, good, "{at}");
    }
    // Two flags, and every bit of the others.
    assert_eq!(free, 2 + 8 * (4 + 16 + 32 + 64));
}
