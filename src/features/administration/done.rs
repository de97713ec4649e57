//! A form of an administrator that is done once, however often it is sent.

use crate::base::Site;
use crate::people::{AccountId, User};
use crate::web::{self, Answer, Submission};

/// Records the answer of a form that was done, and gives it. For what is nothing if it is done twice; all else records it
/// in its own transaction.
pub(super) async fn done(site: &Site, by: &User, submission: Submission) -> web::Result<Answer> {
    record(site, &by.id, &submission).await?;
    Ok(submission.answer())
}

/// Records the answer of a form of an administrator that was done.
pub(super) async fn record(site: &Site, by: &AccountId, submission: &Submission) -> sqlx::Result<()> {
    let mut tx = site.db.begin_locked(&[by.lock_key()]).await?;
    submission.succeed(&mut tx, site, Some(by.as_str())).await?;
    tx.commit().await
}
