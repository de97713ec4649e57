//! What a remembered device shows. The id beside the token tells whose an old token was, after it has been replaced.

use crate::base::Token;

/// The id of a remembered device and a token of its.
#[derive(Clone, Debug)]
pub struct RememberToken {
    pub(super) id: String,
    pub(super) token: Token,
}

impl RememberToken {
    /// Reads what [`reveal`](Self::reveal) wrote.
    pub(super) fn parse(text: &str) -> Option<RememberToken> {
        let (id, token) = text.split_once('.')?;
        Some(RememberToken { id: id.to_owned(), token: Token::parse(token)? })
    }

    /// Both as one text, for the device and nobody else.
    pub(super) fn reveal(&self) -> String {
        format!("{}.{}", self.id, self.token.reveal())
    }
}
