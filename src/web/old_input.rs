//! Form input, kept over a redirect so that nothing is lost: the address, the name and the boxes that were ticked,
//! never a password. It is kept for a minute in a private cookie.

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
    /// Whether "Remember me" was ticked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub remember: bool,
    /// Whether the terms of use were accepted.
    #[serde(default, skip_serializing_if = "is_false")]
    pub terms: bool,
}

impl OldInput {
    /// An address, and nothing else.
    pub fn address(email: &str) -> OldInput {
        OldInput { email: email.to_owned(), ..OldInput::default() }
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
        let typed = OldInput::look(cookies);
        OldInput::forget(cookies);
        typed
    }

    /// The same for a page that leads to others with the same field: it is kept for these.
    pub fn look(cookies: Cookies<'_>) -> OldInput {
        match COOKIE.read(cookies) {
            Presented::Value(text) => parse(&text),
            Presented::Garbled => {
                COOKIE.remove(cookies);
                OldInput::default()
            }
            Presented::Absent => OldInput::default(),
        }
    }

    /// Removes it.
    pub fn forget(cookies: Cookies<'_>) {
        if COOKIE.read(cookies) != Presented::Absent {
            COOKIE.remove(cookies);
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
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
            "{\"email\":\"x\",\"remember\":\"x\"}",
            &"[".repeat(900),
        ] {
            let typed = parse(text);
            assert!(typed.email.is_empty() && typed.name.is_empty(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_comes_back_as_it_was(email in ".{0,60}", name in ".{0,60}") {
            let input = OldInput { name: name.clone(), remember: true, ..OldInput::address(&email) };
            let typed = parse(&serde_json::to_string(&input).unwrap());
            prop_assert_eq!((typed.email, typed.name), (email, name));
            prop_assert!(typed.remember && !typed.terms);
        }

        #[test]
        fn nothing_that_is_shown_can_stop_the_reader(text in "[{}\\[\\]\":,a-z0-9\\\\u]{0,60}|.{0,60}") {
            parse(&text);
        }
    }
}
