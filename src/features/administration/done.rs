//! A form of an administrator that is done once, however often it is sent.

use crate::base::Site;
use crate::people::User;
use crate::web::{self, Answer, Submission};

/// Records the answer of a form that was done, and gives it.
pub(super) async fn done(site: &Site, by: &User, submission: Submission) -> web::Result<Answer> {
    let mut tx = site.db.begin_locked(&[by.id.lock_key()]).await?;
    submission.succeed(&mut tx, site, Some(by.id.as_str())).await?;
    tx.commit().await?;
    Ok(submission.answer())
}
