//! What an account's app is, for its owner and for the operator.

use super::{sealing, store};
use crate::base::{Site, Time};
use crate::people::AccountId;

/// An app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// When it was set up.
    pub created_at: Time,
    /// When a code of it was last used. `None`: never since the set-up.
    pub last_used_at: Option<Time>,
    /// When it was stopped after too many wrong codes, if it was.
    pub stopped_at: Option<Time>,
    /// Whether its secret can be read. If not, it must be set up again.
    pub readable: bool,
}

/// The app of an account, if it has one.
pub async fn summary(site: &Site, account: &AccountId) -> sqlx::Result<Option<App>> {
    let row = store::find(&site.db, account).await?;
    Ok(row.map(|row| App {
        created_at: Time::from_unix(row.created_at),
        last_used_at: row.last_used_at.map(Time::from_unix),
        stopped_at: row.stopped_at.map(Time::from_unix),
        readable: sealing::open(&site.key, account, &row.secret).is_some(),
    }))
}
