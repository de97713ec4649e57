//! A single recovery code that the operator gives to an owner who lost everything else. It works once, within
//! half an hour: after the password, or in a session that is asked again who it is. The set of the owner
//! stays as it is.
//!
//! It is kept as a one-time link is, and ends when links end: by a change of the password or of the address,
//! when the account is disabled, and when the site's key is replaced. Its row has a hash of the code and of
//! the account. The code has 80 bits and lasts half an hour, so it needs no slow hash, unlike a code of a
//! set, which has to resist for years. It needs no key either: the command that makes it has none.

use sha2::{Digest, Sha256};

use crate::base::recovery_code::RecoveryCode;
use crate::base::{Site, Time, Token};
use crate::people::{Account, AccountId, Actor};
use crate::services::links::{self, Purpose};

/// A code that was made to be handed over.
#[derive(Debug)]
pub struct OperatorCode {
    /// The code, for its recipient alone.
    pub code: RecoveryCode,
    /// When it ends.
    pub ends_at: Time,
}

/// Makes a code for the owner of an account. It ends the one before.
pub async fn give_out(site: &Site, account: &Account, actor: Actor<'_>) -> sqlx::Result<OperatorCode> {
    let code = RecoveryCode::generate();
    let token = token(&account.id, &code);
    let made = links::make_code(site, &account.id, &account.email, Purpose::Recovery, &token, actor);
    let ends_at = made.await?;
    Ok(OperatorCode { code, ends_at })
}

/// The secret of a code, if the operator gave it out for this account and it is still valid.
pub(super) async fn find(
    site: &Site,
    account: &AccountId,
    code: &RecoveryCode,
) -> sqlx::Result<Option<Token>> {
    let token = token(account, code);
    let link = links::look(site, &token, Purpose::Recovery).await?;
    Ok(link.map(|_| token))
}

/// The secret of a code, which is another one for each account.
fn token(account: &AccountId, code: &RecoveryCode) -> Token {
    let mut hash = Sha256::new_with_prefix(b"vestibule: recovery code of the operator\0");
    hash.update(account.as_str());
    hash.update(b"\0");
    hash.update(code.reveal());
    Token::made(hash.finalize().into())
}
