//! The apps that were just read, so that a proxy's question costs no query. A change still takes effect at once: they are
//! valid only until this process commits something about the apps, and for at most a second after the last moment at which
//! no other process is known to have committed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::listed::{Apps, lock_key};
use super::store;
use crate::base::db::ReadAt;
use crate::base::{Db, Site};

/// The apps that were just read.
#[derive(Debug, Default)]
pub struct AppsCache(Mutex<Option<Kept>>);

#[derive(Clone, Debug)]
struct Kept {
    apps: Arc<Apps>,
    read_at: ReadAt,
}

impl AppsCache {
    /// All apps, as they are now.
    pub async fn current(&self, site: &Site) -> sqlx::Result<Arc<Apps>> {
        let mut found = self.find(&site.db);
        if found.is_none() && site.db.ask_about_other_processes().await {
            found = self.find(&site.db);
        }
        if let Some(apps) = found {
            return Ok(apps);
        }
        let read_at = ReadAt::now(&site.db);
        let apps = Arc::new(store::read(&site.db).await?);
        self.keep(Kept { apps: apps.clone(), read_at });
        Ok(apps)
    }

    fn find(&self, db: &Db) -> Option<Arc<Apps>> {
        let kept = self.kept();
        let kept = kept.as_ref()?;
        kept.read_at.is_current(db, [lock_key()]).then(|| kept.apps.clone())
    }

    fn keep(&self, new: Kept) {
        let mut kept = self.kept();
        if !kept.as_ref().is_some_and(|kept| kept.read_at.knows_more_than(new.read_at)) {
            *kept = Some(new);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_change_does_not_replace_what_was_read_after_it() {
        let cache = AppsCache::default();
        let kept = |commits, apps: &Arc<Apps>| Kept { apps: apps.clone(), read_at: ReadAt::after(commits) };
        let (newer, older) = (Arc::default(), Arc::default());
        cache.keep(kept(7, &newer));
        cache.keep(kept(6, &older));
        assert!(cache.kept().as_ref().is_some_and(|kept| Arc::ptr_eq(&kept.apps, &newer)));
    }
}
