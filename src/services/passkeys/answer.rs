//! What a browser answers, as the script of a page puts it into a form: JSON with the members of
//! `RegistrationResponseJSON` and `AuthenticationResponseJSON` (Level 3, section 5.1), bytes in base64url. Members that
//! are not named here are ignored: browsers and password managers add some, and not all the same.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The longest answer, in bytes. The longest one known, by a TPM with attestation, has half as many.
const MOST: usize = 16 * 1024;
/// The longest credential ID in bytes (Level 3, section 7.1 step 25).
const MAX_CREDENTIAL_ID: usize = 1023;
/// How many transports are kept, and how long each may be. The standard has six (Level 3, section 5.8.4).
const MAX_TRANSPORTS: usize = 10;
const MAX_TRANSPORT: usize = 20;

/// A new passkey.
#[derive(Clone, Debug)]
pub struct RegistrationAnswer {
    pub(super) client_data: Vec<u8>,
    pub(super) attestation_object: Vec<u8>,
    /// Its transports: how browsers reach its authenticator, as it claims.
    pub(super) transports: Vec<String>,
    /// Whether it is discoverable, so that it is found without a user name. `None`: the browser did not say.
    pub(super) discoverable: Option<bool>,
}

/// A signature by a passkey.
#[derive(Clone, Debug)]
pub struct AssertionAnswer {
    /// The credential ID in base64url, of 1 to 1023 bytes.
    pub(super) credential_id: String,
    pub(super) client_data: Vec<u8>,
    pub(super) authenticator_data: Vec<u8>,
    pub(super) signature: Vec<u8>,
    /// The ID by which the passkey knows its account, in base64url. `None`: it does not say.
    pub(super) user_handle: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credential<R> {
    raw_id: Bytes,
    r#type: String,
    response: R,
    #[serde(default)]
    client_extension_results: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attestation {
    #[serde(rename = "clientDataJSON")]
    client_data: Bytes,
    attestation_object: Bytes,
    #[serde(default)]
    transports: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assertion {
    #[serde(rename = "clientDataJSON")]
    client_data: Bytes,
    authenticator_data: Bytes,
    signature: Bytes,
    #[serde(default)]
    user_handle: Option<Bytes>,
}

/// Bytes in base64url without padding, which have one encoding.
struct Bytes(Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
        let text = String::deserialize(deserializer)?;
        URL_SAFE_NO_PAD.decode(text).map(Bytes).map_err(serde::de::Error::custom)
    }
}

impl Bytes {
    fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }
}

impl RegistrationAnswer {
    /// Reads an answer. `None` if no script of ours wrote it.
    pub fn parse(text: &str) -> Option<RegistrationAnswer> {
        let Credential { response, client_extension_results, .. } = credential::<Attestation>(text)?;
        Some(RegistrationAnswer {
            client_data: response.client_data.0,
            attestation_object: response.attestation_object.0,
            transports: transports(&response.transports),
            discoverable: client_extension_results.pointer("/credProps/rk").and_then(Value::as_bool),
        })
    }
}

impl AssertionAnswer {
    /// Reads an answer. `None` if no script of ours wrote it.
    pub fn parse(text: &str) -> Option<AssertionAnswer> {
        let Credential { raw_id, response, .. } = credential::<Assertion>(text)?;
        // Some password managers send no bytes where they mean none.
        let user_handle = response.user_handle.filter(|bytes| !bytes.0.is_empty());
        Some(AssertionAnswer {
            credential_id: raw_id.text(),
            client_data: response.client_data.0,
            authenticator_data: response.authenticator_data.0,
            signature: response.signature.0,
            user_handle: user_handle.map(|bytes| bytes.text()),
        })
    }

    /// The credential ID in base64url, to tell a browser that it is unknown here.
    pub fn credential_id(&self) -> &str {
        &self.credential_id
    }
}

fn credential<'t, R: Deserialize<'t>>(text: &'t str) -> Option<Credential<R>> {
    // From an array, serde would take the values for the members, in their order.
    if text.len() > MOST || !text.trim_start().starts_with('{') {
        return None;
    }
    let credential: Credential<R> = serde_json::from_str(text).ok()?;
    let fits = (1..=MAX_CREDENTIAL_ID).contains(&credential.raw_id.0.len());
    (fits && credential.r#type == "public-key").then_some(credential)
}

/// The transports of an authenticator. They are sent back to the browser unchanged, also those that no standard has,
/// but not what is malformed.
fn transports(said: &Value) -> Vec<String> {
    let is_way = |text: &&str| {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=MAX_TRANSPORT).contains(&text.len()) && text.bytes().all(is_letter)
    };
    let said = said.as_array().map(Vec::as_slice).unwrap_or_default();
    let ways = said.iter().filter_map(Value::as_str).filter(is_way);
    ways.take(MAX_TRANSPORTS).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn assertion() -> Value {
        json!({
            "id": "AQI", "rawId": "AQI", "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": { "clientDataJSON": "Aw", "authenticatorData": "BA", "signature": "BQ", "userHandle": "Bg" },
        })
    }

    fn registration() -> Value {
        json!({
            "rawId": "AQI", "type": "public-key", "clientExtensionResults": { "credProps": { "rk": true } },
            "response": {
                "clientDataJSON": "Aw", "attestationObject": "BA", "publicKeyAlgorithm": -7,
                "transports": ["internal", "hybrid", "smart-card", "new way", "", 7, "Ä"],
            },
        })
    }

    #[test]
    fn an_assertion_is_read() {
        let answer = AssertionAnswer::parse(&assertion().to_string()).unwrap();
        assert_eq!(answer.credential_id(), "AQI");
        assert_eq!(
            (answer.client_data, answer.authenticator_data, answer.signature),
            (vec![3], vec![4], vec![5])
        );
        assert_eq!(answer.user_handle.as_deref(), Some("Bg"));
        for none in [Value::Null, json!("")] {
            let mut without = assertion();
            without["response"]["userHandle"] = none;
            assert_eq!(AssertionAnswer::parse(&without.to_string()).unwrap().user_handle, None);
        }
        let mut without = assertion();
        without["response"].as_object_mut().unwrap().remove("userHandle");
        assert_eq!(AssertionAnswer::parse(&without.to_string()).unwrap().user_handle, None);
    }

    #[test]
    fn a_registration_is_read_with_what_the_browser_adds() {
        let answer = RegistrationAnswer::parse(&registration().to_string()).unwrap();
        assert_eq!((answer.client_data, answer.attestation_object), (vec![3], vec![4]));
        assert_eq!(answer.transports, ["internal", "hybrid", "smart-card"]);
        assert_eq!(answer.discoverable, Some(true));
        for (path, odd) in
            [("clientExtensionResults", json!(null)), ("clientExtensionResults", json!({"credProps": 1}))]
        {
            let mut other = registration();
            other[path] = odd;
            assert_eq!(RegistrationAnswer::parse(&other.to_string()).unwrap().discoverable, None);
        }
        let mut many = registration();
        many["response"]["transports"] = json!(vec!["usb"; 50]);
        assert_eq!(RegistrationAnswer::parse(&many.to_string()).unwrap().transports.len(), 10);
        many["response"].as_object_mut().unwrap().remove("transports");
        assert_eq!(RegistrationAnswer::parse(&many.to_string()).unwrap().transports, [""; 0]);
    }

    #[test]
    fn what_no_script_of_ours_writes_is_refused() {
        let good = assertion().to_string();
        for (from, to) in [
            ("public-key", "password"),
            (r#""AQI""#, r#""AQ==""#),
            (r#""AQI""#, r#""AQJ""#),
            (r#""AQI""#, r#""""#),
            (r#""BQ""#, "null"),
            (r#""BQ""#, "[5]"),
            ("signature", "Signature"),
            ("{", "["),
            ("}", ""),
        ] {
            let odd = good.replace(from, to);
            assert!(odd != good && AssertionAnswer::parse(&odd).is_none(), "{odd}");
        }
        for odd in ["", "null", "{}", r#"["AQI","public-key",["Aw","BA","BQ"],{}]"#] {
            assert!(AssertionAnswer::parse(odd).is_none(), "{odd}");
        }
        let mut long = assertion();
        long["rawId"] = URL_SAFE_NO_PAD.encode([7_u8; 1023]).into();
        assert!(AssertionAnswer::parse(&long.to_string()).is_some());
        long["rawId"] = URL_SAFE_NO_PAD.encode([7_u8; 1024]).into();
        assert!(AssertionAnswer::parse(&long.to_string()).is_none());
        let filled = format!("{good}{}", " ".repeat(MOST - good.len()));
        assert!(
            AssertionAnswer::parse(&filled).is_some()
                && AssertionAnswer::parse(&format!("{filled} ")).is_none()
        );
    }
}
