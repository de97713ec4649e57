//! What a new account joins, in the transaction that makes it.

use crate::base::{LockKey, Site, Token, Tx};
use crate::people::groups::{self, Added, GroupName};
use crate::people::{AccountId, Actor};
use crate::services::invitations::{self, OpenInvitation};
use crate::web::{self, Error};

/// What a new account joins.
#[derive(Clone, Copy, Debug)]
pub enum Joins<'t> {
    /// The groups of the setting `signup_groups`, once it begins: it comes by the sign-up page.
    SignupGroups,
    /// These groups, which may be none.
    Groups(&'t [GroupName]),
    /// The groups of the invitation that its owner has opened, which it uses.
    Invitation(&'t Token, &'t OpenInvitation),
}

impl Joins<'_> {
    /// The locks of the transaction, in addition to that of the address.
    pub(super) fn lock_keys(self) -> Vec<LockKey> {
        match self {
            Joins::SignupGroups => Vec::new(),
            Joins::Groups(names) => names.iter().map(groups::lock_of).collect(),
            Joins::Invitation(_, open) => open.lock_keys(),
        }
    }

    /// Whether those who invite vouch for the address, which then counts as confirmed.
    pub(super) fn vouches(self) -> bool {
        matches!(self, Joins::Invitation(_, open) if open.email.is_some())
    }

    /// Joins what it joins before it begins. False if the invitation is over: then the transaction must not be committed,
    /// and there is no account.
    pub(super) async fn join(
        self,
        tx: &mut Tx,
        site: &Site,
        account: &AccountId,
        actor: Actor<'_>,
    ) -> web::Result<bool> {
        match self {
            Joins::SignupGroups => Ok(true),
            Joins::Groups(names) => {
                for name in names {
                    let added = groups::join(tx, name, account, actor, site.clock.now()).await?;
                    if added == Added::NoGroup {
                        return Err(Error::failed(format!("there is no group {name} any more")));
                    }
                }
                Ok(true)
            }
            Joins::Invitation(token, _) => Ok(invitations::consume(tx, site, token, account, actor).await?),
        }
    }

    /// Whether the invitation is over meanwhile.
    pub(super) async fn is_over(self, site: &Site) -> sqlx::Result<bool> {
        match self {
            Joins::SignupGroups | Joins::Groups(_) => Ok(false),
            Joins::Invitation(token, _) => Ok(invitations::look(site, token).await?.is_none()),
        }
    }
}
