//! What a page asks of a passkey, and what its browser says of the page: as it should be, or wrong in the way that a
//! test asks for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::authenticator_cbor::Cbor;

/// Changes bytes before they are signed or sent.
pub type Edit = Box<dyn Fn(Vec<u8>) -> Vec<u8>>;

/// One use of a passkey: what the page asks for, what the browser says of the page, and what is wrong on purpose.
pub struct Ceremony {
    /// The RP ID. The authenticator data begins with its hash.
    pub rp_id: String,
    /// The origin of the page.
    pub origin: String,
    /// The challenge.
    pub challenge: Vec<u8>,
    /// The flag UP: a person touched the device.
    pub user_present: bool,
    /// The flag UV: the device recognized its owner.
    pub user_verified: bool,
    /// Bits of the flags that are sent inverted.
    pub inverted_flags: u8,
    /// The extension data of the authenticator, sent with the flag ED.
    pub extensions: Option<Vec<u8>>,
    /// Sent as `type`, instead of that of the ceremony.
    pub kind: Option<String>,
    /// Sent as `challenge`, instead of the challenge in base64url.
    pub challenge_text: Option<String>,
    /// Sent as `crossOrigin`: the page is in a frame of another site. `None`: an older browser, which does not say.
    pub cross_origin: Option<bool>,
    /// Sent as `topOrigin`: the origin of the page around the frame.
    pub top_origin: Option<String>,
    /// More members of the client data, such as `,"new":1`.
    pub more_members: String,
    /// Changes the client data before it is hashed.
    pub edit_client_data: Option<Edit>,
    /// Changes the authenticator data before it is signed.
    pub edit_authenticator_data: Option<Edit>,
}

/// What a registration is asked for.
pub struct RegistrationOptions {
    /// What it has in common with an assertion.
    pub ceremony: Ceremony,
    /// The account that the passkey is for.
    pub user_handle: Vec<u8>,
    /// Sent as the public key, instead of its own.
    pub public_key: Option<Vec<u8>>,
    /// What vouches for the authenticator.
    pub attestation: Attestation,
    /// Changes the entries of the attestation object.
    pub edit_entries: Option<Box<dyn Fn(Entries) -> Entries>>,
    /// Changes the attestation object before it is sent.
    pub edit_attestation_object: Option<Edit>,
}

/// The entries of a map of CBOR.
pub type Entries = Vec<(Cbor, Cbor)>;

/// What vouches for the authenticator.
#[derive(Clone, Debug)]
pub enum Attestation {
    /// Nothing, as a page asks that does not look at it.
    None,
    /// The passkey's own signature, which a browser may leave in.
    PackedSelf,
    /// A statement in a format of this name.
    Other(&'static str, Entries),
}

/// What an assertion is asked for.
pub struct AssertionOptions {
    /// What it has in common with a registration.
    pub ceremony: Ceremony,
    /// Sends the credential along as a registration does, with the flag AT.
    pub with_credential: bool,
    /// Changes the signature before it is sent.
    pub edit_signature: Option<Edit>,
}

impl Ceremony {
    /// The flag UP.
    pub const UP: u8 = 1;
    /// The flag UV.
    pub const UV: u8 = 1 << 2;
    /// The flag BE.
    pub const BE: u8 = 1 << 3;
    /// The flag BS.
    pub const BS: u8 = 1 << 4;
    /// The flag AT: the credential is sent along.
    pub const AT: u8 = 1 << 6;
    /// The flag ED: extension data is sent along.
    pub const ED: u8 = 1 << 7;

    /// A ceremony in which nothing is wrong: the owner touches the device, and it recognizes them.
    pub fn new(rp_id: &str, origin: &str, challenge: &[u8]) -> Ceremony {
        Ceremony {
            rp_id: rp_id.to_owned(),
            origin: origin.to_owned(),
            challenge: challenge.to_vec(),
            user_present: true,
            user_verified: true,
            inverted_flags: 0,
            extensions: None,
            kind: None,
            challenge_text: None,
            cross_origin: Some(false),
            top_origin: None,
            more_members: String::new(),
            edit_client_data: None,
            edit_authenticator_data: None,
        }
    }

    /// The client data, in the order that the standard asks of browsers (Level 3, section 5.8.1.1).
    pub(super) fn client_data(&self, kind: &str) -> Vec<u8> {
        let challenge = self.challenge_text.clone();
        let challenge = challenge.unwrap_or_else(|| URL_SAFE_NO_PAD.encode(&self.challenge));
        let said = [self.kind.as_deref().unwrap_or(kind), &challenge, &self.origin];
        let [kind, challenge, origin] = said.map(|text| Value::from(text).to_string());
        let mut text = format!(r#"{{"type":{kind},"challenge":{challenge},"origin":{origin}"#);
        if let Some(is) = self.cross_origin {
            text.push_str(&format!(r#","crossOrigin":{is}"#));
        }
        if let Some(top) = &self.top_origin {
            text.push_str(&format!(r#","topOrigin":{}"#, Value::from(top.as_str())));
        }
        text.push_str(&self.more_members);
        text.push('}');
        edited(self.edit_client_data.as_ref(), text.into_bytes())
    }
}

impl RegistrationOptions {
    /// A registration in which nothing is wrong.
    pub fn new(ceremony: Ceremony, user_handle: &[u8]) -> RegistrationOptions {
        RegistrationOptions {
            ceremony,
            user_handle: user_handle.to_vec(),
            public_key: None,
            attestation: Attestation::None,
            edit_entries: None,
            edit_attestation_object: None,
        }
    }
}

impl AssertionOptions {
    /// An assertion in which nothing is wrong.
    pub fn new(ceremony: Ceremony) -> AssertionOptions {
        AssertionOptions { ceremony, with_credential: false, edit_signature: None }
    }
}

/// The bytes as a test changes them, if it does.
pub(super) fn edited(edit: Option<&Edit>, bytes: Vec<u8>) -> Vec<u8> {
    match edit {
        Some(edit) => edit(bytes),
        None => bytes,
    }
}
