//! Owners are told of logins whose password was right and whose second step never came, in browsers that their accounts
//! do not know: someone else knows the password.

use crate::base::Site;
use crate::people::{Actor, sessions};
use crate::services::outbox::{self, EmailKind};

/// Tells them, each once a day at most.
pub async fn tell(site: &Site) -> sqlx::Result<()> {
    let mut tx = site.db.begin_locked(&[]).await?;
    let unfinished = sessions::unfinished(&mut tx, site.clock.now()).await?;
    for login in &unfinished {
        let by = (Actor::Owner(&login.client), login.first_at);
        outbox::notify_of(&mut tx, site, EmailKind::Unfinished, &login.account, by).await?;
    }
    tx.commit().await
}
