//! Form input, kept over a redirect so that nothing is lost: the address and the name, never a password. It
//! is kept for a minute in a private cookie, which is removed when read.

use serde::{Deserialize, Serialize};

use super::cookies::{Cookies, Presented, PrivateCookie};

const COOKIE: PrivateCookie = PrivateCookie::named("typed", "__Host-typed");
const SECONDS: i64 = 60;
/// The most bytes that are kept: enough for a name of a hundred characters and the longest address.
const MOST: usize = 1024;

/// What was typed.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct OldInput {
    /// The address.
    pub email: String,
    /// The name, if the form has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

impl OldInput {
    /// An address, for a form without a name.
    pub fn address(email: &str) -> OldInput {
        OldInput { email: email.to_owned(), name: String::new() }
    }

    /// Keeps it for the next page.
    pub fn keep(&self, cookies: Cookies<'_>) {
        // Input longer than any address and name would make a cookie that browsers drop and proxies reject.
        if let Ok(text) = serde_json::to_string(self)
            && text.len() <= MOST
        {
            COOKIE.set(cookies, text, Some(SECONDS));
        }
    }

    /// Takes it for showing. Empty if nothing was kept or the cookie is not ours.
    pub fn take(cookies: Cookies<'_>) -> OldInput {
        let presented = COOKIE.read(cookies);
        if presented != Presented::Absent {
            COOKIE.remove(cookies);
        }
        match presented {
            Presented::Value(text) => parse(&text),
            Presented::Absent | Presented::Garbled => OldInput::default(),
        }
    }
}

/// Parses the value of a cookie. Empty if it is not as it was kept.
fn parse(text: &str) -> OldInput {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_as_it_was_kept_is_nothing() {
        for text in [
            "",
            "{",
            "[]",
            "null",
            "{}",
            "{\"email\":1}",
            "{\"email\":[]}",
            "{\"name\":\"x\"}",
            &"[".repeat(900),
        ] {
            let typed = parse(text);
            assert!(typed.email.is_empty() && typed.name.is_empty(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_comes_back_as_it_was(email in ".{0,60}", name in ".{0,60}") {
            let kept = serde_json::to_string(&OldInput { email: email.clone(), name: name.clone() }).unwrap();
            let typed = parse(&kept);
            prop_assert_eq!((typed.email, typed.name), (email, name));
        }

        #[test]
        fn nothing_that_is_shown_can_stop_the_reader(text in "[{}\\[\\]\":,a-z0-9\\\\u]{0,60}|.{0,60}") {
            parse(&text);
        }
    }
}
