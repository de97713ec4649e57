//! The decision: an account that is there accepts an invitation, and joins its groups. How a new account does
//! so, the sign-up says.

use crate::base::{Client, Site, Token};
use crate::people::{Actor, Fresh, accounts, belongings};
use crate::services::invitations::{self, OpenInvitation};
use crate::web::{self, Submission};

/// The result.
#[derive(Debug, PartialEq)]
pub(super) enum Joined {
    /// The account is in the groups now.
    Done,
    /// The invitation is over, or this account has used it before, or it was just deleted: nothing happened.
    Over,
}

/// Uses an invitation for an account. If it is for the address of the account, that counts as confirmed:
/// those who invite vouch for it.
pub(super) async fn join(
    site: &Site,
    (token, open): (&Token, &OpenInvitation),
    user: &Fresh,
    client: &Client,
    submission: &Submission,
) -> web::Result<Joined> {
    let (account, actor) = (&user.id, Actor::Owner(client));
    let mut tx = site.db.begin_locked(&[&*open.lock_keys(), &[account.lock_key()]].concat()).await?;
    if accounts::address(&mut tx, account).await?.is_none() {
        return Ok(Joined::Over);
    }
    if !invitations::consume(&mut tx, site, token, account, actor).await? {
        return Ok(Joined::Over);
    }
    if open.email.is_some() {
        belongings::confirm(&mut tx, site, account, actor, site.clock.now()).await?;
    }
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    Ok(Joined::Done)
}
