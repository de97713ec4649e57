//! The table `spent_challenges`: challenges that were answered, until no instance would accept them any more.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::base::webauthn::challenge;
use crate::base::{Db, Time, Tx};

/// Spends a challenge, in the transaction of what its answer is for. False if it was spent before: of several
/// transactions with the same one, one continues.
pub(super) async fn consume(tx: &mut Tx, challenge: &[u8]) -> sqlx::Result<bool> {
    let Some(ends_at) = challenge::ends_at(challenge) else { return Ok(false) };
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(challenge));
    let insert = sqlx::query(
        "insert into spent_challenges (hash, ends_at) values ($1, $2) on conflict (hash) do nothing",
    );
    Ok(insert.bind(hash).bind(ends_at.unix()).execute(&mut *tx).await?.rows_affected() == 1)
}

/// Forgets challenges that are over. One that was issued by a clock far ahead is kept until its own end: it would be
/// accepted then.
pub(super) async fn forget(db: &Db, now: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from spent_challenges where ends_at <= $1");
    delete.bind(now.unix()).execute(db.writer()).await.map(drop)
}
