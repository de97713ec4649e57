//! The client data: the JSON in which the browser says which ceremony it is, for which challenge, and on which page.
//! The authenticator signs its hash.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use super::refused::Refused;

/// A byte order mark, which a reader of UTF-8 strips.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// What the browser was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// A new credential.
    Registration,
    /// A signature by a known one.
    Assertion,
}

impl Ceremony {
    /// Its name in client data.
    fn name(self) -> &'static str {
        match self {
            Ceremony::Registration => "webauthn.create",
            Ceremony::Assertion => "webauthn.get",
        }
    }
}

/// The members that are read. Browsers may add others (section 5.8.1). None of these may be repeated: readers differ
/// in which of two they take.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    #[serde(default, rename = "topOrigin", deserialize_with = "is_present")]
    has_top_origin: bool,
}

/// True for a member that is present, whatever its value.
fn is_present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

/// Checks client data: 7.1 steps 5 to 11, 7.2 steps 8 to 14.
pub fn check(bytes: &[u8], ceremony: Ceremony, challenge: &[u8], origins: &[String]) -> Result<(), Refused> {
    // 7.1 steps 5 and 6, 7.2 steps 8 and 9.
    let data = read(bytes)?;
    // 7.1 step 7, 7.2 step 10.
    if data.r#type != ceremony.name() {
        return Err(Refused::Type);
    }
    // 7.1 step 8, 7.2 step 11.
    if data.challenge != URL_SAFE_NO_PAD.encode(challenge) {
        return Err(Refused::Challenge);
    }
    // 7.1 step 9, 7.2 step 12. The whole string, so neither a suffix nor another port passes.
    if !origins.contains(&data.origin) {
        return Err(Refused::Origin);
    }
    // 7.1 step 10, 7.2 step 13. None of our pages may be framed, so no such answer is expected.
    if data.cross_origin {
        return Err(Refused::CrossOrigin);
    }
    // 7.1 step 11, 7.2 step 14. The same.
    if data.has_top_origin {
        return Err(Refused::TopOrigin);
    }
    Ok(())
}

/// The challenge that client data names. It proves nothing: [`challenge::check`](super::challenge::check) says whether
/// it was issued here, and for this.
pub fn challenge_in(client_data: &[u8]) -> Result<Vec<u8>, Refused> {
    URL_SAFE_NO_PAD.decode(read(client_data)?.challenge).map_err(|_| Refused::Challenge)
}

/// Reads client data. A UTF-8 decoder may replace invalid bytes; no browser writes any, so they are refused. So is an
/// array: serde would take its values for the members, in their order.
fn read(bytes: &[u8]) -> Result<ClientData, Refused> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::ClientData)?;
    if !text.trim_start().starts_with('{') {
        return Err(Refused::ClientData);
    }
    serde_json::from_str(text).map_err(|_| Refused::ClientData)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        r#"{"type":"webauthn.get","challenge":"AAEC_w","origin":"https://example.org","crossOrigin":false}"#;

    fn checked(json: impl AsRef<[u8]>) -> Result<(), Refused> {
        let origins = ["https://example.org".to_owned(), "https://login.example.org:8443".to_owned()];
        check(json.as_ref(), Ceremony::Assertion, &[0, 1, 2, 255], &origins)
    }

    #[test]
    fn what_browsers_write_is_accepted() {
        for json in [
            GOOD.to_owned(),
            format!("\u{feff}{GOOD}"),
            format!(" {GOOD}\n"),
            GOOD.replace(r#","crossOrigin":false"#, ""),
            GOOD.replace("example.org", "login.example.org:8443"),
            GOOD.replace(r#""challenge""#, r#""more":{"a":[1,2,null]},"challenge""#),
            GOOD.replace("webauthn", r"webauth\u006e"),
        ] {
            assert_eq!(checked(&json), Ok(()), "{json}");
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        for (from, to, why) in [
            ("webauthn.get", "webauthn.create", Refused::Type),
            ("webauthn.get", "webauthn.GET", Refused::Type),
            ("webauthn.get", "payment.get", Refused::Type),
            ("AAEC_w", "AAEC_g", Refused::Challenge),
            ("AAEC_w", "AAEC_x", Refused::Challenge),
            ("AAEC_w", "AAEC_w==", Refused::Challenge),
            ("AAEC_w", "AAEC/w", Refused::Challenge),
            ("AAEC_w", "", Refused::Challenge),
            ("https://example.org", "https://evilexample.org", Refused::Origin),
            ("https://example.org", "https://sub.example.org", Refused::Origin),
            ("https://example.org", "https://example.org.evil.test", Refused::Origin),
            ("https://example.org", "https://example.org:443", Refused::Origin),
            ("https://example.org", "https://login.example.org", Refused::Origin),
            ("https://example.org", "http://example.org", Refused::Origin),
            ("https://example.org", "https://EXAMPLE.org", Refused::Origin),
            ("https://example.org", "https://example.org/", Refused::Origin),
            ("https://example.org", "null", Refused::Origin),
            ("https://example.org", "", Refused::Origin),
            ("false", "true", Refused::CrossOrigin),
            ("false", r#"false,"topOrigin":"https://example.org""#, Refused::TopOrigin),
            ("false", r#"false,"topOrigin":null"#, Refused::TopOrigin),
            ("false", "null", Refused::ClientData),
            ("false", r#""false""#, Refused::ClientData),
            ("false", r#"false,"crossOrigin":false"#, Refused::ClientData),
            ("false", r#"false,"type":"webauthn.get""#, Refused::ClientData),
            ("false", r#"false,"challenge":"AAEC_w""#, Refused::ClientData),
            ("false", r#"false,"origin":"https://example.org""#, Refused::ClientData),
            ("false", r#"false,"orig\u0069n":"https://example.org""#, Refused::ClientData),
            ("false", r#"false,"topOrigin":"a","topOrigin":"a""#, Refused::ClientData),
            (r#""type""#, r#""Type""#, Refused::ClientData),
            (r#""AAEC_w""#, "null", Refused::ClientData),
            (r#""https://example.org""#, r#"["https://example.org"]"#, Refused::ClientData),
            ("}", "", Refused::ClientData),
            ("}", "}}", Refused::ClientData),
            ("}", ",}", Refused::ClientData),
            ("{", "\u{feff}\u{feff}{", Refused::ClientData),
        ] {
            let json = GOOD.replacen(from, to, 1);
            assert!(json != GOOD, "{from} is there");
            assert_eq!(checked(&json), Err(why), "{json}");
        }
        for json in ["", "null", "{}", r#"["webauthn.get","AAEC_w","https://example.org",false,false]"#] {
            assert_eq!(checked(json), Err(Refused::ClientData), "{json}");
        }
        let wrong = GOOD.replace("crossOrigin", "more").replace("false", "\"\0\"").into_bytes();
        let wrong: Vec<u8> = wrong.into_iter().map(|byte| if byte == 0 { 0xff } else { byte }).collect();
        assert_eq!(checked(wrong), Err(Refused::ClientData), "not UTF-8");
    }

    #[test]
    fn the_challenge_is_told_as_the_browser_wrote_it() {
        assert_eq!(challenge_in(GOOD.as_bytes()), Ok(vec![0, 1, 2, 255]));
        assert_eq!(challenge_in(GOOD.replace("_w", "_x").as_bytes()), Err(Refused::Challenge));
        assert_eq!(challenge_in(b"{}"), Err(Refused::ClientData));
    }
}
