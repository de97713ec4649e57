//! Client data, as browsers write it and as none may.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::draft::{Draft, Kind, ORIGINS, Of, accepted, either, refused};

pub const KINDS: &[Kind] = &[
    accepted(Of::Both, "all right", |_| {}),
    accepted(Of::Both, "on the other domain of the site", |draft| {
        draft.ceremony.origin = ORIGINS[1].to_owned()
    }),
    // What Chrome sends now and then, so that no one compares client data with a template.
    accepted(Of::Both, "with a new member", |draft| {
        draft.ceremony.more_members = r#","other_keys_can_be_added_here":"do not compare""#.to_owned();
    }),
    accepted(Of::Both, "with a new member twice", |draft| {
        draft.ceremony.more_members = r#","more":1,"more":{"a":[null]}"#.to_owned();
    }),
    accepted(Of::Both, "with a new member of 200 arrays in one another", |draft| {
        draft.ceremony.more_members = format!(r#","more":{}{}"#, "[".repeat(200), "]".repeat(200));
    }),
    accepted(Of::Both, "with half a character in a new member", |draft| {
        draft.ceremony.more_members = r#","more":"\ud800""#.to_owned();
    }),
    accepted(Of::Both, "with a token binding, as older browsers say", |draft| {
        draft.ceremony.more_members = r#","tokenBinding":{"status":"supported"}"#.to_owned();
    }),
    accepted(Of::Both, "with spaces", |draft| draft.client_text(r#"","origin":"#, "\" ,\n\t\"origin\" : ")),
    accepted(Of::Both, "with a line break at the end", |draft| {
        draft.client_data(|bytes| [&bytes[..], b"\n"].concat())
    }),
    accepted(Of::Both, "with a byte order mark", |draft| {
        draft.client_data(|bytes| [&b"\xef\xbb\xbf"[..], &bytes].concat());
    }),
    accepted(Of::Both, "with its members in another order", |draft| {
        draft.client_data(|bytes| serde_json::from_slice::<Value>(&bytes).unwrap().to_string().into_bytes());
    }),
    accepted(Of::Both, "with an escape in a text", |draft| draft.client_text("https://", r"https:\/\/")),
    accepted(Of::Both, "with an escape in a name", |draft| draft.client_text(r#""type""#, r#""typ\u0065""#)),
    // Of another ceremony.
    refused(Of::Registration, "of type get", "Type", |draft| {
        draft.ceremony.kind = Some("webauthn.get".to_owned())
    }),
    refused(Of::Assertion, "of type create", "Type", |draft| {
        draft.ceremony.kind = Some("webauthn.create".to_owned())
    }),
    refused(Of::Both, "of a type in capitals", "Type", |draft| draft.client_text("webauthn", "WebAuthn")),
    refused(Of::Both, "of a payment", "Type", |draft| draft.ceremony.kind = Some("payment.get".to_owned())),
    // With another challenge.
    refused(Of::Both, "with another challenge", "Challenge", |draft| {
        draft.ceremony.challenge_text = Some(URL_SAFE_NO_PAD.encode(draft.random.bytes(57)));
    }),
    refused(Of::Both, "with an empty challenge", "Challenge", |draft| {
        draft.ceremony.challenge_text = Some(String::new())
    }),
    refused(Of::Both, "with half a challenge", "Challenge", |draft| {
        draft.ceremony.challenge_text = Some(URL_SAFE_NO_PAD.encode(&draft.ceremony.challenge[..27]));
    }),
    refused(Of::Both, "with a padded challenge", "Challenge", |draft| {
        spelled(draft, |right| format!("{right}="))
    }),
    refused(Of::Both, "with a line break in the challenge", "Challenge", |draft| {
        spelled(draft, |right| format!("{}\n{}", &right[..40], &right[40..]));
    }),
    refused(Of::Both, "with the challenge in the other base64", "Challenge", |draft| {
        draft.ceremony.challenge = vec![0xff; 57];
        draft.ceremony.challenge_text = Some(STANDARD_NO_PAD.encode([0xff; 57]));
    }),
    // On another page.
    refused(Of::Both, "of another site", "Origin", |draft| {
        draft.ceremony.origin = "https://evil.test".to_owned()
    }),
    refused(Of::Both, "of a site whose name ends alike", "Origin", |draft| {
        draft.ceremony.origin = "https://evil-login.example.org".to_owned();
    }),
    refused(Of::Both, "of a site whose name begins alike", "Origin", |draft| {
        draft.ceremony.origin = "https://login.example.org.evil.test".to_owned();
    }),
    refused(Of::Both, "of a subdomain", "Origin", |draft| {
        draft.ceremony.origin = "https://a.login.example.org".to_owned();
    }),
    refused(Of::Both, "of the parent domain", "Origin", |draft| {
        draft.ceremony.origin = "https://example.org".to_owned()
    }),
    refused(Of::Both, "of another port", "Origin", |draft| {
        draft.ceremony.origin = "https://login.example.org:8443".to_owned();
    }),
    refused(Of::Both, "of the site without TLS", "Origin", |draft| {
        draft.ceremony.origin = "http://login.example.org".to_owned();
    }),
    refused(Of::Both, "of the site in capitals", "Origin", |draft| {
        draft.ceremony.origin = "https://LOGIN.example.org".to_owned();
    }),
    refused(Of::Both, "of the site with a slash", "Origin", |draft| draft.ceremony.origin.push('/')),
    refused(Of::Both, "of no origin", "Origin", |draft| draft.ceremony.origin = "null".to_owned()),
    refused(Of::Both, "of an empty origin", "Origin", |draft| draft.ceremony.origin = String::new()),
    refused(Of::Both, "framed", "CrossOrigin", |draft| draft.ceremony.cross_origin = Some(true)),
    refused(Of::Both, "framed by a named site", "CrossOrigin", |draft| {
        draft.ceremony.cross_origin = Some(true);
        draft.ceremony.top_origin = Some("https://evil.test".to_owned());
    }),
    refused(Of::Both, "with a top origin, but not framed", "TopOrigin", |draft| {
        draft.ceremony.cross_origin = Some(false);
        draft.ceremony.top_origin = Some(ORIGINS[0].to_owned());
    }),
    refused(Of::Both, "with a top origin of null", "TopOrigin", |draft| {
        draft.ceremony.more_members = r#","topOrigin":null"#.to_owned();
    }),
    // Members that are missing, of another type, or repeated.
    refused(Of::Both, "with crossOrigin as a text", "ClientData", |draft| {
        draft.client_text("false", r#""false""#)
    }),
    refused(Of::Both, "with a crossOrigin of null", "ClientData", |draft| draft.client_text("false", "null")),
    refused(Of::Both, "without a type", "ClientData", |draft| draft.client_text(r#""type""#, r#""Type""#)),
    refused(Of::Both, "without a challenge", "ClientData", |draft| {
        draft.client_text(r#""challenge""#, r#""challenges""#);
    }),
    refused(Of::Both, "without an origin", "ClientData", |draft| {
        draft.client_text(r#""origin""#, r#""0rigin""#)
    }),
    refused(Of::Both, "with a number for its type", "ClientData", |draft| {
        draft.client_text(r#"{"type":"webauthn"#, r#"{"type":1,"more":"webauthn"#);
    }),
    refused(Of::Both, "with two types, the right one last", "ClientData", |draft| {
        draft.client_text("{", r#"{"type":"payment.get","#);
    }),
    refused(Of::Both, "with two challenges, the right one last", "ClientData", |draft| {
        draft.client_text(r#""challenge""#, r#""challenge":"AAAA","challenge""#);
    }),
    refused(Of::Both, "with two origins, the right one last", "ClientData", |draft| {
        draft.client_text(r#""origin""#, r#""origin":"https://evil.test","origin""#);
    }),
    refused(Of::Both, "with two origins, the right one first", "ClientData", |draft| {
        draft.ceremony.more_members = r#","origin":"https://evil.test""#.to_owned();
    }),
    refused(Of::Both, "framed and not framed", "ClientData", |draft| {
        draft.client_text(r#""crossOrigin""#, r#""crossOrigin":true,"crossOrigin""#);
    }),
    // Not JSON.
    refused(Of::Both, "of no bytes", "ClientData", |draft| draft.client_data(|_| Vec::new())),
    refused(Of::Both, "without its end", "ClientData", |draft| {
        draft.client_data(|bytes| bytes[..bytes.len() - 1].to_vec())
    }),
    refused(Of::Both, "with more after it", "ClientData", |draft| {
        draft.client_data(|bytes| [&bytes[..], b"{}"].concat())
    }),
    refused(Of::Both, "with a zero byte after it", "ClientData", |draft| {
        draft.client_data(|bytes| [&bytes[..], b"\0"].concat())
    }),
    refused(Of::Both, "with a no-break space before it", "ClientData", |draft| {
        draft.client_data(|bytes| [&b"\xc2\xa0"[..], &bytes].concat());
    }),
    refused(Of::Both, "with a comma at the end", "ClientData", |draft| draft.client_text("false", "false,")),
    refused(Of::Both, "with a comment", "ClientData", |draft| draft.client_text("false", "false/**/")),
    refused(Of::Both, "with a line break in a text", "ClientData", |draft| {
        draft.ceremony.more_members = ",\"more\":\"\n\"".to_owned();
    }),
    refused(Of::Both, "with a number that is none", "ClientData", |draft| {
        draft.ceremony.more_members = r#","more":NaN"#.to_owned();
    }),
    refused(Of::Both, "in an array", "ClientData", |draft| {
        draft.client_data(|bytes| [&b"["[..], &bytes, b"]"].concat())
    }),
    refused(Of::Both, "with bytes that are not UTF-8", "ClientData", |draft| {
        draft.ceremony.more_members = r#","more":"?""#.to_owned();
        draft.client_data(|bytes| {
            bytes.into_iter().map(|byte| if byte == b'?' { 0xff } else { byte }).collect()
        });
    }),
    refused(Of::Both, "in UTF-16", "ClientData", |draft| {
        draft.client_data(|bytes| {
            let text = String::from_utf8(bytes).unwrap();
            ['\u{feff}'].into_iter().chain(text.chars()).flat_map(|c| (c as u16).to_le_bytes()).collect()
        });
    }),
    either(Of::Both, "with mangled client data", |draft| {
        draft.ceremony.edit_client_data = Some(draft.mangled());
    }),
];

/// Spells the challenge in another way.
fn spelled(draft: &mut Draft, spell: fn(&str) -> String) {
    draft.ceremony.challenge_text = Some(spell(&URL_SAFE_NO_PAD.encode(&draft.ceremony.challenge)));
}
