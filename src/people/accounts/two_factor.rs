//! Two columns of an account that second factors need: since when two-factor authentication is on, and the ID
//! that passkeys know the account by.

use sqlx::{Any, Executor};

use super::account_id::AccountId;
use crate::base::{Db, Time, Token, Tx};

/// Since when two-factor authentication is on. `None` if it is off, or if there is no such account.
pub async fn two_factor_since<'e>(
    executor: impl Executor<'e, Database = Any>,
    id: &AccountId,
) -> sqlx::Result<Option<Time>> {
    let select = sqlx::query_scalar(
        "select two_factor_since from accounts where id = $1 and two_factor_since is not null",
    );
    let since: Option<i64> = select.bind(id.as_str().to_owned()).fetch_optional(executor).await?;
    Ok(since.map(Time::from_unix))
}

/// Turns two-factor authentication on from a moment on, or off. False if it is so already: then the moment
/// stays as it was.
pub async fn set_two_factor(tx: &mut Tx, id: &AccountId, since: Option<Time>) -> sqlx::Result<bool> {
    let update = match since {
        Some(since) => {
            let on = "update accounts set two_factor_since = $2 where id = $1 and two_factor_since is null";
            sqlx::query(on).bind(id.as_str().to_owned()).bind(since.unix())
        }
        None => {
            let off =
                "update accounts set two_factor_since = null where id = $1 and two_factor_since is not null";
            sqlx::query(off).bind(id.as_str().to_owned())
        }
    };
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// The ID that passkeys know an account by, in base64url: the user handle of WebAuthn. `None` if it has none
/// yet, or if there is no such account.
pub async fn passkey_user_id(db: &Db, id: &AccountId) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar("select passkey_user_id from accounts where id = $1");
    let found: Option<Option<String>> = select.bind(id.as_str()).fetch_optional(db.reader()).await?;
    Ok(found.flatten())
}

/// Makes it, unless there is one: it never changes. `None` if there is no such account. It says nothing about
/// its owner (WebAuthn, 14.6.1), so it is not the account's ID, which contains the time of the sign-up.
pub async fn make_passkey_user_id(tx: &mut Tx, id: &AccountId) -> sqlx::Result<Option<String>> {
    // 32 random bytes. The hash of a random token is as random, and is not secret.
    let made = Token::generate().hash();
    let update = sqlx::query_scalar(
        "update accounts set passkey_user_id = coalesce(passkey_user_id, $2) where id = $1 returning passkey_user_id",
    );
    update.bind(id.as_str().to_owned()).bind(made.as_str().to_owned()).fetch_optional(&mut *tx).await
}

/// Forgets both columns: two-factor authentication is off, and a new passkey knows the account by another ID.
pub async fn forget_two_factor(tx: &mut Tx, id: &AccountId) -> sqlx::Result<()> {
    let update =
        sqlx::query("update accounts set two_factor_since = null, passkey_user_id = null where id = $1");
    update.bind(id.as_str().to_owned()).execute(&mut *tx).await.map(drop)
}
