//! The set of an account: hashed, kept, counted, removed. An account has one in use at most.

use super::store::{self, New};
use crate::base::recovery_code::{CODES, CodeHash, RecoveryCode};
use crate::base::{Db, Site, Time, Tx, new_id};
use crate::people::{AccountId, ActorKind};
use crate::web::{self, Error};

/// With so few codes left, it is time for new ones.
pub const FEW: i64 = 2;

/// A set that is to be shown, and then kept.
pub struct NewSet {
    /// Its ID. By it, a set is kept once only.
    pub id: String,
    /// The codes.
    pub codes: [RecoveryCode; CODES],
}

impl NewSet {
    /// Makes a set of random codes.
    pub fn generate() -> NewSet {
        NewSet { id: new_id(), codes: RecoveryCode::generate_set() }
    }
}

/// A set as the database keeps it.
#[derive(Debug)]
pub struct HashedSet {
    id: String,
    hash_parameters: String,
    hashes: Vec<CodeHash>,
}

/// Hashes the codes of a new set, with one salt for all. This takes as long as hashing ten passwords, behind the same
/// gate, so it is done before the transaction that keeps the set.
pub async fn hash_set(site: &Site, set: &NewSet) -> web::Result<HashedSet> {
    let hash_parameters = site.hashing.hash_parameters()?;
    let mut hashes = Vec::with_capacity(CODES);
    for code in &set.codes {
        let hash = code.hash(&site.hashing, Some(&hash_parameters)).await?;
        hashes.push(hash.ok_or(Error::Broken("the salt of new recovery codes cannot be used"))?);
    }
    Ok(HashedSet { id: set.id.clone(), hash_parameters, hashes })
}

/// Keeps a set for an account. From the commit on, no code of an older one is right. False if it was kept before: a
/// copy of the page that showed it must not bring it back.
pub async fn keep(
    tx: &mut Tx,
    account: &AccountId,
    set: HashedSet,
    now: Time,
    created_by: ActorKind,
) -> sqlx::Result<bool> {
    if store::exists(tx, &set.id).await? {
        return Ok(false);
    }
    store::remove(tx, account, now).await?;
    let new = New { id: &set.id, hash_parameters: &set.hash_parameters, hashes: &set.hashes };
    store::put(tx, account, &new, now, created_by).await?;
    Ok(true)
}

/// How many codes an account has left. `None` if it has no set: that is not the same as a set that is used up.
pub async fn left(db: &Db, account: &AccountId) -> sqlx::Result<Option<i64>> {
    store::left(db.reader(), account).await
}

/// The same in a transaction.
pub async fn left_in(tx: &mut Tx, account: &AccountId) -> sqlx::Result<Option<i64>> {
    store::left(&mut *tx, account).await
}

/// Removes the set of an account; false if it has none. It can be brought back until housekeeping deletes it.
pub async fn remove(tx: &mut Tx, account: &AccountId, now: Time) -> sqlx::Result<bool> {
    store::remove(tx, account, now).await
}
