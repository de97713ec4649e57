//! A form of an administrator that is done once, however often it is sent.

use crate::base::Site;
use crate::people::AccountId;
use crate::web::Submission;

/// Records the answer of a form of an administrator that was done, in a transaction of its own: for what is nothing if it is
/// done twice. All else records it in the transaction that does it.
pub(super) async fn record(site: &Site, by: &AccountId, submission: &Submission) -> sqlx::Result<()> {
    let mut tx = site.db.begin_locked(&[by.lock_key()]).await?;
    submission.succeed(&mut tx, site, Some(by.as_str())).await?;
    tx.commit().await
}
