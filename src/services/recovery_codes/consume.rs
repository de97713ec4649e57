//! A recovery code that is typed: whether it is right, and used up. Who may try, and how often, is decided before.

use super::{operator, store};
use crate::base::recovery_code::{CodeHash, RecoveryCode};
use crate::base::{Site, Token, Tx};
use crate::people::AccountId;
use crate::services::links::{self, Purpose};
use crate::web;

/// A code that was right when it was looked up. It counts only once it is [used up](consume).
#[derive(Debug)]
pub struct Found {
    account: AccountId,
    source: Source,
}

/// Where a code comes from.
#[derive(Debug)]
enum Source {
    /// The set in use of the account.
    Set { id: String, hash: CodeHash },
    /// The operator.
    Operator(Token),
}

impl Found {
    /// The account that it is a code of.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Whether the operator gave it out: then the owner's set has as many codes left as before.
    pub fn by_operator(&self) -> bool {
        matches!(self.source, Source::Operator(_))
    }
}

/// Hashes a typed code and looks it up, among the codes of this account only. A wrong code takes as much work and as
/// many queries whether the account has a set or not. An error means that it was not checked.
pub async fn hash(site: &Site, account: &AccountId, code: &RecoveryCode) -> web::Result<Option<Found>> {
    let set = store::in_use(&site.db, account).await?;
    let hash = code.hash(&site.hashing, set.as_ref().map(|set| &*set.hash_parameters)).await?;
    if set.is_some() && hash.is_none() {
        log::error!(
            event = "sys_broken", account:%;
            "the stored recovery codes of this account cannot be used; its owner needs a new set"
        );
    }
    let id = set.map(|set| set.id).unwrap_or_default();
    let is_in_set = store::has(&site.db, &id, hash.as_ref().map_or("", CodeHash::as_str)).await?;
    let source = match hash {
        Some(hash) if is_in_set => Some(Source::Set { id, hash }),
        _ => operator::find(site, account, code).await?.map(Source::Operator),
    };
    Ok(source.map(|source| Found { account: account.clone(), source }))
}

/// Uses a code up, in the transaction that relies on it. False if another request was faster, a new set was kept
/// meanwhile, or the operator's code has ended: then it is wrong.
pub async fn consume(tx: &mut Tx, site: &Site, found: &Found) -> sqlx::Result<bool> {
    match &found.source {
        Source::Set { id, hash } => store::consume(tx, &found.account, id, hash).await,
        Source::Operator(token) => Ok(links::take(tx, site, token, Purpose::Recovery).await?.is_some()),
    }
}
