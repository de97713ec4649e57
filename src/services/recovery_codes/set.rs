//! The set of an account: hashed, kept, counted, removed. An account has one in use at most.

use super::store;
use crate::base::recovery_code::{CODES, CodeHash, RecoveryCode};
use crate::base::{Db, Site, Time, Tx};
use crate::people::{AccountId, ActorKind};
use crate::web::{self, Error};

/// A set as the database keeps it.
#[derive(Debug)]
pub struct HashedSet {
    salted: String,
    hashes: Vec<CodeHash>,
}

/// Hashes the codes of a new set, with one salt for all. This takes as long as hashing ten passwords, behind the same
/// gate, so it is done before the transaction that keeps the set.
pub async fn hash_set(site: &Site, codes: &[RecoveryCode; CODES]) -> web::Result<HashedSet> {
    let salted = site.hashing.salted()?;
    let mut hashes = Vec::with_capacity(CODES);
    for code in codes {
        let hash = code.hash(&site.hashing, Some(&salted)).await?;
        hashes.push(hash.ok_or(Error::Broken("the salt of new recovery codes cannot be used"))?);
    }
    Ok(HashedSet { salted, hashes })
}

/// Keeps a set for an account. From the commit on, no code of an older one is right.
pub async fn keep(
    tx: &mut Tx,
    account: &AccountId,
    set: HashedSet,
    now: Time,
    created_by: ActorKind,
) -> sqlx::Result<()> {
    store::remove(tx, account, now).await?;
    store::put(tx, account, (&*set.salted, &*set.hashes), now, created_by).await
}

/// How many codes an account has left. `None` if it has no set: that is not the same as a set that is used up.
pub async fn left(db: &Db, account: &AccountId) -> sqlx::Result<Option<i64>> {
    store::left(db, account).await
}

/// Removes the set of an account; false if it has none. It can be brought back until housekeeping deletes it.
pub async fn remove(tx: &mut Tx, account: &AccountId, now: Time) -> sqlx::Result<bool> {
    store::remove(tx, account, now).await
}
