//! A ceremony before it happens, and the kinds of answers: how each differs from a right one.

use vestibule::base::webauthn::Algorithm;
use vestibule::testing::{
    AssertionAnswer, Attestation, Authenticator, Cbor, Ceremony, Edit, Entries, RegistrationOptions,
};

use crate::random::Random;

pub const RP_ID: &str = "login.example.org";
/// The origins of the site. Its passkeys are used on another domain, too.
pub const ORIGINS: [&str; 2] = ["https://login.example.org", "https://login.example.net"];

pub const ED_DSA: i64 = -8;
pub const ES256: i64 = -7;
pub const RS256: i64 = -257;

/// A ceremony before it happens. A kind changes it.
pub struct Draft {
    pub passkey: Authenticator,
    pub ceremony: Ceremony,
    /// Whether the server requires the flags UP and UV.
    pub present: bool,
    pub verified: bool,
    pub random: Random,
    /// Of a registration: as in `RegistrationOptions`.
    pub public_key: Option<Vec<u8>>,
    pub attestation: Attestation,
    pub edit_entries: Option<Box<dyn Fn(Entries) -> Entries>>,
    pub edit_object: Option<Edit>,
    /// Of an assertion: as in `AssertionOptions`, and what happens to the answer afterwards.
    pub with_credential: bool,
    pub edit_signature: Option<Edit>,
    pub spoil: Option<fn(&Authenticator, &mut AssertionAnswer)>,
}

/// A kind of answers.
pub struct Kind {
    pub name: &'static str,
    pub of: Of,
    /// Of passkeys with these algorithms.
    pub keys: &'static [i64],
    pub ours: Ours,
    pub twist: fn(&mut Draft),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Registration,
    Assertion,
    Both,
}

/// What our verifier says of each answer of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ours {
    Accepts,
    /// With this reason.
    Refuses(&'static str),
    /// Either, as the change falls.
    Depends,
}

pub const fn accepted(of: Of, name: &'static str, twist: fn(&mut Draft)) -> Kind {
    Kind { name, of, keys: &[ED_DSA, ES256, RS256], ours: Ours::Accepts, twist }
}

pub const fn refused(of: Of, name: &'static str, why: &'static str, twist: fn(&mut Draft)) -> Kind {
    Kind { name, of, keys: &[ED_DSA, ES256, RS256], ours: Ours::Refuses(why), twist }
}

pub const fn either(of: Of, name: &'static str, twist: fn(&mut Draft)) -> Kind {
    Kind { name, of, keys: &[ED_DSA, ES256, RS256], ours: Ours::Depends, twist }
}

impl Kind {
    /// Only of passkeys with these algorithms.
    pub const fn only(self, keys: &'static [i64]) -> Kind {
        Kind { keys, ..self }
    }
}

impl Draft {
    /// A ceremony in which all is right, each time another one.
    pub fn new(algorithm: Algorithm, mut random: Random) -> Draft {
        let length = 16 + random.below(49);
        let mut passkey = Authenticator::fixed(algorithm, random.bytes(length));
        passkey.user_handle = Some(b"the account".to_vec());
        passkey.aaguid.copy_from_slice(&random.bytes(16));
        passkey.counter = if random.yes() { 0 } else { random.below(1 << 31) as u32 };
        passkey.backup_eligible = random.yes();
        passkey.backed_up = passkey.backup_eligible && random.yes();
        let verified = random.yes();
        let mut ceremony = Ceremony::new(RP_ID, ORIGINS[0], &random.bytes(57));
        ceremony.user_verified = verified || random.yes();
        ceremony.cross_origin = random.yes().then_some(false);
        Draft {
            passkey,
            ceremony,
            present: true,
            verified,
            random,
            public_key: None,
            attestation: Attestation::None,
            edit_entries: None,
            edit_object: None,
            with_credential: false,
            edit_signature: None,
            spoil: None,
        }
    }

    /// Changes the client data.
    pub fn client_data(&mut self, edit: impl Fn(Vec<u8>) -> Vec<u8> + 'static) {
        self.ceremony.edit_client_data = Some(Box::new(edit));
    }

    /// Puts a text in place of another one in the client data, which says `crossOrigin` then.
    pub fn client_text(&mut self, from: &'static str, to: &'static str) {
        self.ceremony.cross_origin = Some(false);
        self.client_data(move |bytes| {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{from} is not in {text}");
            text.replacen(from, to, 1).into_bytes()
        });
    }

    /// Changes the authenticator data.
    pub fn authenticator_data(&mut self, edit: impl Fn(Vec<u8>) -> Vec<u8> + 'static) {
        self.ceremony.edit_authenticator_data = Some(Box::new(edit));
    }

    /// Sends extensions of this CBOR.
    pub fn extensions(&mut self, bytes: &[u8]) {
        self.ceremony.extensions = Some(bytes.to_vec());
    }

    /// Changes the parameters of the public key.
    pub fn key(&mut self, edit: impl FnOnce(&mut Entries)) {
        let mut parameters = self.passkey.public_key();
        edit(&mut parameters);
        self.public_key = Some(Cbor::Map(parameters).bytes());
    }

    /// Puts a value in place of the one with this label in the public key.
    pub fn parameter(&mut self, label: i64, value: Cbor) {
        let is = |entry: &&mut (Cbor, Cbor)| matches!(entry.0, Cbor::Int(number) if number == label);
        self.key(|parameters| parameters.iter_mut().find(is).unwrap().1 = value);
    }

    /// Changes the entries of the attestation object.
    pub fn entries(&mut self, edit: impl Fn(&mut Entries) + 'static) {
        self.edit_entries = Some(Box::new(move |mut entries: Entries| {
            edit(&mut entries);
            entries
        }));
    }

    /// Changes the attestation object.
    pub fn object(&mut self, edit: impl Fn(Vec<u8>) -> Vec<u8> + 'static) {
        self.edit_object = Some(Box::new(edit));
    }

    /// Changes the signature.
    pub fn signature(&mut self, edit: impl Fn(Vec<u8>) -> Vec<u8> + 'static) {
        self.edit_signature = Some(Box::new(edit));
    }

    /// Small changes of any kind, as the seed says.
    pub fn mangled(&self) -> Edit {
        let random = self.random.clone();
        Box::new(move |bytes| random.clone().mangle(bytes))
    }

    /// What the registration is asked for.
    pub fn into_registration(self) -> RegistrationOptions {
        let mut options = RegistrationOptions::new(self.ceremony, b"the account");
        options.public_key = self.public_key;
        options.attestation = self.attestation;
        options.edit_entries = self.edit_entries;
        options.edit_attestation_object = self.edit_object;
        options
    }
}
