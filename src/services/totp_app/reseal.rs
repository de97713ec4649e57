//! What becomes of the secrets when the site gets another key: sealed anew, or dropped. Either
//! belongs in the transaction that adopts the key, or every code would be refused afterwards.

use super::{sealing, store};
use crate::base::secret::SecretKey;
use crate::base::{Db, Tx};

/// How many secrets are read at once.
const BATCH: i64 = 100;

/// What [`reseal`] did, as numbers of accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Those whose app goes on under the new key.
    pub resealed: u64,
    /// Those whose secret the old key does not open. It is left as it was.
    pub unreadable: u64,
}

/// How many accounts have an app whose secret a key does not open, so that it must be set up again.
pub async fn unreadable(db: &Db, key: &SecretKey) -> sqlx::Result<i64> {
    let (mut count, mut after) = (store::count_cleared(db).await?, String::new());
    loop {
        let batch = store::sealed_after(db.reader(), &after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(count) };
        after.clone_from(&last.id);
        for app in batch.iter().filter(|app| app.removed_at.is_none()) {
            count += i64::from(sealing::open(key, &app.account_id, &app.secret).is_none());
        }
    }
}

/// How many accounts have an app that needs the site's key.
pub async fn concerned(tx: &mut Tx) -> sqlx::Result<i64> {
    store::count_sealed(tx).await
}

/// Seals all secrets under another key. Apps that were removed and can still be brought back are sealed too, but not
/// counted.
pub async fn reseal(tx: &mut Tx, old: &SecretKey, new: &SecretKey) -> sqlx::Result<Resealed> {
    let (mut done, mut after) = (Resealed::default(), String::new());
    loop {
        let batch = store::sealed_after(&mut *tx, &after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(done) };
        after.clone_from(&last.id);
        for app in &batch {
            let count = u64::from(app.removed_at.is_none());
            match sealing::open(old, &app.account_id, &app.secret) {
                None => done.unreadable += count,
                Some(secret) => {
                    let sealed = sealing::seal(new, &app.account_id, &secret);
                    store::set_secret(tx, &app.id, &sealed).await?;
                    done.resealed += count;
                }
            }
        }
    }
}

/// Drops all secrets, since no one has the key that opens them. The apps stay, as ones that must be set up again: an
/// account that needs a second factor goes on needing one. Returns how many accounts this concerns.
pub async fn drop_all(tx: &mut Tx) -> sqlx::Result<i64> {
    let concerned = store::count_sealed(tx).await?;
    store::clear_secrets(tx).await?;
    Ok(concerned)
}
