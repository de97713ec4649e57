//! What a user does in an app, as an event.

use super::user::User;
use crate::base::{Client, Site, Tx};
use crate::people::actor::Actor;
use crate::people::audit::AppEvent;

impl User {
    /// Records that this user did something: their activity shows it, and the log after the commit. The transaction
    /// is that of what was done.
    pub async fn happened(
        &self,
        tx: &mut Tx,
        site: &Site,
        event: AppEvent,
        client: &Client,
    ) -> sqlx::Result<()> {
        event.write(tx, site, &self.id, Actor::Owner(client)).await
    }
}
