//! Sets up an app, once its owner has typed a right code of it.

use super::{sealing, store};
use crate::base::totp::TotpSecret;
use crate::base::{Site, Tx, new_id};
use crate::people::{AccountId, ActorKind};

/// What a set-up did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetUp {
    /// The account had no app.
    Added,
    /// The app that it had is removed.
    Replaced,
}

/// Gives an account an app. One that it has is removed in the same transaction, and no code of it counts any more.
/// `step` is that of the right code with which the app was proved: this code is used up with it.
pub async fn put(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    secret: &TotpSecret,
    step: i64,
    created_by: ActorKind,
) -> sqlx::Result<SetUp> {
    let (id, now) = (new_id(), site.clock.now());
    let sealed = sealing::seal(&site.key, account, secret);
    let replaced = store::remove(tx, account, now).await?;
    let new = store::New { id: &id, account, secret: &sealed, step, created_by };
    store::insert(tx, &new, now).await?;
    Ok(match replaced {
        true => SetUp::Replaced,
        false => SetUp::Added,
    })
}
