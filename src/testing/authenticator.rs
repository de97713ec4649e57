//! A software authenticator, and the browser in front of it: a passkey that answers pages without a device, as it
//! should, or wrong in the way that a test asks for.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::authenticator_cbor::Cbor;
use super::authenticator_key::Key;
use super::ceremony::{AssertionOptions, Attestation, Ceremony, Entries, RegistrationOptions, edited};
use crate::base::webauthn::Algorithm;

/// A passkey and the device that keeps it.
#[derive(Clone, Debug)]
pub struct Authenticator {
    key: Arc<Key>,
    /// The credential ID.
    pub credential_id: Vec<u8>,
    /// The account that it was made for. `None`: not discoverable, so it is not sent.
    pub user_handle: Option<Vec<u8>>,
    /// The model of the authenticator.
    pub aaguid: [u8; 16],
    /// The signature counter, sent as it is. Synced passkeys do not count, and send 0.
    pub counter: u32,
    /// The flag BE: it may be synced.
    pub backup_eligible: bool,
    /// The flag BS: it is synced.
    pub backed_up: bool,
}

/// What the page gets of a registration.
#[derive(Clone, Debug)]
pub struct RegistrationAnswer {
    /// The credential ID.
    pub credential_id: Vec<u8>,
    /// `clientDataJSON`.
    pub client_data: Vec<u8>,
    /// `attestationObject`.
    pub attestation_object: Vec<u8>,
}

/// What the page gets of an assertion.
#[derive(Clone, Debug)]
pub struct AssertionAnswer {
    /// The credential ID.
    pub credential_id: Vec<u8>,
    /// `clientDataJSON`.
    pub client_data: Vec<u8>,
    /// `authenticatorData`.
    pub authenticator_data: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
    /// `userHandle`.
    pub user_handle: Option<Vec<u8>>,
}

impl Authenticator {
    /// An authenticator with a new passkey, synced between devices.
    pub fn new(algorithm: Algorithm) -> Authenticator {
        let mut credential_id = vec![0; 32];
        getrandom::fill(&mut credential_id).unwrap();
        Authenticator::with(Key::new(algorithm), credential_id)
    }

    /// An authenticator whose passkey is the same each time.
    pub fn fixed(algorithm: Algorithm, credential_id: Vec<u8>) -> Authenticator {
        Authenticator::with(Key::fixed(algorithm), credential_id)
    }

    fn with(key: Key, credential_id: Vec<u8>) -> Authenticator {
        Authenticator {
            key: Arc::new(key),
            credential_id,
            user_handle: None,
            aaguid: *b"software-authent",
            counter: 0,
            backup_eligible: true,
            backed_up: true,
        }
    }

    /// The number of its algorithm in COSE.
    pub fn algorithm(&self) -> i64 {
        self.key.algorithm()
    }

    /// The parameters of its public key, as COSE has them.
    pub fn public_key(&self) -> Entries {
        self.key.public_key()
    }

    /// Registers the passkey for an account.
    pub fn register(&mut self, options: &RegistrationOptions) -> RegistrationAnswer {
        self.user_handle = Some(options.user_handle.clone());
        let client_data = options.ceremony.client_data("webauthn.create");
        let public_key = options.public_key.clone();
        let credential = self.credential(public_key.unwrap_or_else(|| Cbor::Map(self.public_key()).bytes()));
        let authenticator_data = self.authenticator_data(&options.ceremony, Some(credential));
        let (format, statement) = match &options.attestation {
            Attestation::None => ("none", Vec::new()),
            Attestation::PackedSelf => {
                let signature = self.key.sign(&signed(&authenticator_data, &client_data));
                let algorithm = (Cbor::text("alg"), Cbor::Int(self.algorithm()));
                ("packed", vec![algorithm, (Cbor::text("sig"), Cbor::Bytes(signature))])
            }
            Attestation::Other(format, statement) => (*format, statement.clone()),
        };
        let mut entries = vec![
            (Cbor::text("fmt"), Cbor::text(format)),
            (Cbor::text("attStmt"), Cbor::Map(statement)),
            (Cbor::text("authData"), Cbor::Bytes(authenticator_data)),
        ];
        if let Some(edit) = &options.edit_entries {
            entries = edit(entries);
        }
        RegistrationAnswer {
            credential_id: self.credential_id.clone(),
            client_data,
            attestation_object: edited(options.edit_attestation_object.as_ref(), Cbor::Map(entries).bytes()),
        }
    }

    /// Uses the passkey.
    pub fn assert(&self, options: &AssertionOptions) -> AssertionAnswer {
        let client_data = options.ceremony.client_data("webauthn.get");
        let public_key = || Cbor::Map(self.public_key()).bytes();
        let credential = options.with_credential.then(|| self.credential(public_key()));
        let authenticator_data = self.authenticator_data(&options.ceremony, credential);
        let signature = self.key.sign(&signed(&authenticator_data, &client_data));
        AssertionAnswer {
            credential_id: self.credential_id.clone(),
            client_data,
            authenticator_data,
            signature: edited(options.edit_signature.as_ref(), signature),
            user_handle: self.user_handle.clone(),
        }
    }

    /// Signs any message, for tests in which the right one is not signed.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.key.sign(message)
    }

    /// The attested credential data (Level 3, section 6.5.1).
    fn credential(&self, public_key: Vec<u8>) -> Vec<u8> {
        let length = u16::try_from(self.credential_id.len()).unwrap_or(u16::MAX);
        [&self.aaguid[..], &length.to_be_bytes(), &self.credential_id, &public_key].concat()
    }

    /// The authenticator data (Level 3, section 6.1).
    fn authenticator_data(&self, ceremony: &Ceremony, credential: Option<Vec<u8>>) -> Vec<u8> {
        let flags = [
            (Ceremony::UP, ceremony.user_present),
            (Ceremony::UV, ceremony.user_verified),
            (Ceremony::BE, self.backup_eligible),
            (Ceremony::BS, self.backed_up),
            (Ceremony::AT, credential.is_some()),
            (Ceremony::ED, ceremony.extensions.is_some()),
        ];
        let flags = flags.into_iter().filter(|(_, is_set)| *is_set).fold(0_u8, |all, (flag, _)| all | flag);
        let mut data = Sha256::digest(&ceremony.rp_id)[..].to_vec();
        data.push(flags ^ ceremony.inverted_flags);
        data.extend(self.counter.to_be_bytes());
        data.extend(credential.unwrap_or_default());
        data.extend(ceremony.extensions.iter().flatten());
        edited(ceremony.edit_authenticator_data.as_ref(), data)
    }
}

impl RegistrationAnswer {
    /// The answer as browsers write it in JSON (Level 3, section 5.1.8).
    pub fn json(&self) -> Value {
        let response = json!({
            "clientDataJSON": base64url(&self.client_data),
            "attestationObject": base64url(&self.attestation_object),
            "transports": ["internal"],
        });
        credential_json(&self.credential_id, response)
    }
}

impl AssertionAnswer {
    /// The answer as browsers write it in JSON (Level 3, section 5.1.8).
    pub fn json(&self) -> Value {
        let response = json!({
            "clientDataJSON": base64url(&self.client_data),
            "authenticatorData": base64url(&self.authenticator_data),
            "signature": base64url(&self.signature),
            "userHandle": self.user_handle.as_deref().map(base64url),
        });
        credential_json(&self.credential_id, response)
    }
}

fn credential_json(credential_id: &[u8], response: Value) -> Value {
    let id = base64url(credential_id);
    json!({ "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {}, "response": response })
}

/// What a passkey signs: the authenticator data and the hash of the client data.
fn signed(authenticator_data: &[u8], client_data: &[u8]) -> Vec<u8> {
    [authenticator_data, &Sha256::digest(client_data)[..]].concat()
}

fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
