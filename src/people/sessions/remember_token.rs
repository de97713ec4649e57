//! The cookie value of a remembered device. The ID next to the token tells whose an old token was after its
//! rotation.

use crate::base::Token;
use crate::base::rate_limit::LimitKey;

/// The ID of a remembered device and one of its tokens.
#[derive(Clone, Debug)]
pub struct RememberToken {
    pub(super) id: String,
    pub(super) token: Token,
}

impl RememberToken {
    /// Parses what [`reveal`](Self::reveal) wrote.
    pub(super) fn parse(text: &str) -> Option<RememberToken> {
        let (id, token) = text.split_once('.')?;
        Some(RememberToken { id: id.to_owned(), token: Token::parse(token)? })
    }

    /// The rate limits of the remembered device with this ID.
    pub(super) fn limit_key_of(id: &str) -> LimitKey {
        LimitKey::Of("device", id.to_owned())
    }

    /// Both as one text, only for the device.
    pub(super) fn reveal(&self) -> String {
        format!("{}.{}", self.id, self.token.reveal())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_revealed_is_read_and_half_of_it_is_not() {
        let whole = RememberToken { id: "0190a".to_owned(), token: Token::generate() };
        let text = whole.reveal();
        let read = RememberToken::parse(&text).unwrap();
        assert!(read.id == whole.id && read.token == whole.token);
        for odd in [
            "",
            ".",
            "0190a",
            "0190a.",
            &text[1..5],
            &text[..text.len() - 1],
            &format!("{text}."),
            &format!(".{text}"),
        ] {
            assert!(RememberToken::parse(odd).is_none(), "{odd:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_has_one_spelling(text in "[0-9a-f.-]{0,6}\\.[A-Za-z0-9_-]{43}|.{0,60}") {
            if let Some(read) = RememberToken::parse(&text) {
                prop_assert_eq!(read.reveal(), text);
            }
        }
    }
}
