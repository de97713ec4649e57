//! One answer of a passkey, what our verifier says of it, and the question to the other servers.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use vestibule::base::webauthn::{self, Algorithm, Expected, Flags, Refused, RelyingParty};
use vestibule::testing::{AssertionOptions, Cbor};

use crate::draft::{Draft, Kind, ORIGINS, Of, Ours, RP_ID};
use crate::random::Random;
use crate::{assertions, authenticator_data, client_data, public_keys, registrations};

/// How often each kind is tried with each algorithm, and each kind that depends on the seed.
const ROUNDS: usize = 8;
const MANGLED_ROUNDS: usize = 400;

/// An answer and what is said of it.
pub struct Case {
    pub kind: &'static Kind,
    /// Which ceremony it is.
    pub of: Of,
    /// As our verifier says: what it read, or why it refuses the answer.
    pub ours: Result<Value, Refused>,
    /// What the other servers are asked.
    pub question: Value,
}

/// All of them. They are the same in each run, but for signatures by ES256.
pub static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let mut cases = Vec::new();
    for kind in kinds() {
        let rounds = if kind.ours == Ours::Depends { MANGLED_ROUNDS } else { ROUNDS };
        let algorithms = Algorithm::ALL.into_iter().filter(|algorithm| kind.keys.contains(&algorithm.cose()));
        for algorithm in algorithms {
            for round in 0..rounds {
                for of in [Of::Registration, Of::Assertion] {
                    if kind.of == of || kind.of == Of::Both {
                        cases.push(Case::make(cases.len(), kind, of, algorithm, round));
                    }
                }
            }
        }
    }
    cases
});

/// Each kind of answers.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    [
        client_data::KINDS,
        authenticator_data::KINDS,
        public_keys::KINDS,
        registrations::KINDS,
        assertions::KINDS,
    ]
    .into_iter()
    .flatten()
}

impl Case {
    fn make(number: usize, kind: &'static Kind, of: Of, algorithm: Algorithm, round: usize) -> Case {
        let seed = format!("{} {of:?} {} {round}", kind.name, algorithm.cose());
        let mut draft = Draft::new(algorithm, Random::of(&seed));
        (kind.twist)(&mut draft);
        let challenge = draft.ceremony.challenge.clone();
        let (present, verified) = (draft.present, draft.verified);
        let rp = RelyingParty::new(RP_ID, ORIGINS.map(str::to_owned));
        let expected = Expected { challenge: &challenge, user_present: present, user_verified: verified };
        let mut question = json!({
            "number": number,
            "challenge": URL_SAFE_NO_PAD.encode(&challenge),
            "rpId": RP_ID,
            "origins": ORIGINS,
            "userPresent": present,
            "userVerified": verified,
        });
        let ours = match of {
            Of::Assertion => {
                let public_key = Cbor::Map(draft.passkey.public_key()).bytes();
                let (passkey, spoil) = (draft.passkey, draft.spoil);
                let mut options = AssertionOptions::new(draft.ceremony);
                options.with_credential = draft.with_credential;
                options.edit_signature = draft.edit_signature;
                let mut answer = passkey.assert(&options);
                if let Some(spoil) = spoil {
                    spoil(&passkey, &mut answer);
                }
                question["ceremony"] = "assertion".into();
                question["publicKey"] = URL_SAFE_NO_PAD.encode(&public_key).into();
                question["response"] = answer.json();
                let (data, signature) = (&answer.authenticator_data, &answer.signature);
                let verified =
                    webauthn::assertion(&answer.client_data, data, signature, &public_key, &rp, &expected);
                verified.map(|asserted| read(asserted.counter, asserted.flags))
            }
            _ => {
                let mut passkey = draft.passkey.clone();
                let answer = passkey.register(&draft.into_registration());
                question["ceremony"] = "registration".into();
                question["algorithms"] = Algorithm::ALL.map(Algorithm::cose).as_slice().into();
                question["response"] = answer.json();
                let object = &answer.attestation_object;
                webauthn::registration(&answer.client_data, object, &rp, &expected).map(|registered| {
                    let mut said = read(registered.counter, registered.flags);
                    said["credentialId"] = URL_SAFE_NO_PAD.encode(registered.credential_id).into();
                    said["publicKey"] = URL_SAFE_NO_PAD.encode(registered.public_key).into();
                    let aaguid = registered.aaguid.iter().map(|byte| format!("{byte:02x}"));
                    said["aaguid"] = aaguid.collect::<String>().into();
                    said
                })
            }
        };
        Case { kind, of, ours, question }
    }

    /// Why our verifier refuses it. `None` if it does not.
    pub fn why(&self) -> Option<String> {
        self.ours.as_ref().err().map(|refused| format!("{refused:?}"))
    }
}

/// What is read of both ceremonies, as the other servers print it.
fn read(counter: u32, flags: Flags) -> Value {
    json!({
        "counter": counter,
        "userVerified": flags.user_verified,
        "backupEligible": flags.backup_eligible,
        "backedUp": flags.backed_up,
    })
}
