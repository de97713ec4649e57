//! What is done to apps.

use std::sync::Arc;

use crate::base::{Site, Tx};
use crate::people::Actor;
use crate::services::apps::{self, App, NewApp};

/// Who acts.
const BY: Actor<'_> = Actor::CommandLine;

/// The steps about apps.
#[derive(Default)]
pub(super) struct AppSteps {
    pub(super) delete: Vec<Arc<App>>,
    /// With what they become.
    pub(super) change: Vec<(Arc<App>, NewApp)>,
    /// Whether each is disabled from now on.
    pub(super) set_disabled: Vec<(Arc<App>, bool)>,
    /// Whether each is disabled at once.
    pub(super) make: Vec<(NewApp, bool)>,
}

impl AppSteps {
    /// Takes the steps. The transaction holds the lock of the apps.
    pub(super) async fn take(&self, tx: &mut Tx, site: &Site) -> sqlx::Result<()> {
        let now = site.clock.now();
        for app in &self.delete {
            apps::delete_in(tx, app, BY, now).await?;
        }
        // A host may go from one app to another, so all hosts are free before one is taken.
        for (app, _) in self.change.iter().filter(|(app, after)| app.origins != after.origins) {
            apps::leave_hosts_in(tx, app).await?;
        }
        for (app, after) in &self.change {
            apps::change_in(tx, app, after, BY, now).await?;
        }
        for (app, disabled) in &self.set_disabled {
            apps::set_disabled_in(tx, app, *disabled, BY, now).await?;
        }
        for (new, disabled) in &self.make {
            apps::create_in(tx, (new, *disabled), BY, now).await?;
        }
        Ok(())
    }
}
