//! The apps that were just read, so that a proxy's question costs no query. A change still takes effect at once: they are
//! valid only until this process commits something about the apps, and for at most a second after the last moment at which
//! no other process is known to have committed.

use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use super::listed::{Apps, lock_key};
use super::store;
use crate::base::db::{ReadAt, Refresh};
use crate::base::{Db, Site};

/// The apps that were just read. Copies share them.
#[derive(Clone, Debug, Default)]
pub struct AppsCache(Arc<Mutex<Option<Kept>>>);

#[derive(Clone, Debug)]
struct Kept {
    apps: Arc<Apps>,
    read_at: ReadAt,
    refresh: Refresh,
}

impl AppsCache {
    /// All apps, as they are now.
    pub async fn current(&self, site: &Site) -> sqlx::Result<Arc<Apps>> {
        let mut found = self.find(&site.db);
        if found.is_none() && site.db.ask_about_other_processes().await {
            found = self.find(&site.db);
        }
        let Some(Kept { apps, read_at, refresh }) = found else { return self.read(&site.db).await };
        refresh.start(read_at, &site.db, || {
            let (cache, db) = (self.clone(), site.db.clone());
            async move { cache.read(&db).await }
        });
        Ok(apps)
    }

    async fn read(&self, db: &Db) -> sqlx::Result<Arc<Apps>> {
        let read_at = ReadAt::now(db);
        let apps = Arc::new(store::read(db).await?);
        self.keep(Kept { apps: apps.clone(), read_at, refresh: Refresh::default() });
        Ok(apps)
    }

    fn find(&self, db: &Db) -> Option<Kept> {
        self.kept().clone().filter(|kept| kept.read_at.is_current(db, [lock_key()]))
    }

    fn keep(&self, new: Kept) {
        let mut kept = self.kept();
        if !kept.as_ref().is_some_and(|kept| kept.read_at.knows_more_than(new.read_at)) {
            *kept = Some(new);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.lock()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_change_does_not_replace_what_was_read_after_it() {
        let cache = AppsCache::default();
        let kept = |commits, apps: &Arc<Apps>| Kept {
            apps: apps.clone(),
            read_at: ReadAt::after(commits),
            refresh: Refresh::default(),
        };
        let (newer, older) = (Arc::default(), Arc::default());
        cache.keep(kept(7, &newer));
        cache.keep(kept(6, &older));
        assert!(cache.kept().as_ref().is_some_and(|kept| Arc::ptr_eq(&kept.apps, &newer)));
    }
}
