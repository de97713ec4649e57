//! The pass of a token. A proxy asks for every request to an app, so the usual answer takes one hash and one look-up in
//! memory; the session's use is written at most once a minute, however many passes it has.

use std::sync::Arc;

use rocket::futures::future::join;
use rocket::tokio::spawn;
use rocket::tokio::time::timeout;

use super::pass_cache::{Entry, PassCache};
use super::passed::Passed;
use super::store;
use crate::base::db::ReadAt;
use crate::base::log::OnceAMinute;
use crate::base::{Site, Time, Token, TokenHash, WebOrigin};
use crate::people::sessions::LastUses;

/// Who is there, by the token of a pass of this origin. `None`: no such pass, or its session has ended or does not suffice,
/// or its account may not log in.
pub async fn find(
    site: &Site,
    cache: &PassCache,
    token: &Token,
    origin: &WebOrigin,
) -> sqlx::Result<Option<Arc<Passed>>> {
    let Some(entry) = alive(site, cache, token, origin).await? else { return Ok(None) };
    record_use(site, cache, &entry).await;
    Ok(Some(entry.passed.clone()))
}

/// A pass whose session lives: from the cache, or from the database.
async fn alive(
    site: &Site,
    cache: &PassCache,
    token: &Token,
    origin: &WebOrigin,
) -> sqlx::Result<Option<Arc<Entry>>> {
    let (digest, hash) = (token.digest(), token.hash());
    let mut found = cache.find(&digest, origin, &site.db);
    if found.is_none() && site.db.ask_about_other_processes().await {
        found = cache.find(&digest, origin, &site.db);
    }
    // A session that seems over may have been used since, on pages of ours: only the database knows.
    if let Some(entry) = found.filter(|entry| entry.is_alive(site)) {
        entry.refresh(&site.db, || {
            let (site, cache, origin) = (site.clone(), cache.clone(), origin.clone());
            async move { read(&site, &cache, digest, &hash, &origin).await }
        });
        return Ok(Some(entry));
    }
    read(site, cache, digest, &hash, origin).await
}

/// A pass whose session lives, from the database. From now on it is in the cache.
async fn read(
    site: &Site,
    cache: &PassCache,
    digest: [u8; 32],
    hash: &TokenHash,
    origin: &WebOrigin,
) -> sqlx::Result<Option<Arc<Entry>>> {
    let read_at = ReadAt::now(&site.db);
    let read = store::read(site, hash, origin).await?;
    let read = read.filter(|new| new.life.is_within(site, new.last_used_at));
    Ok(read.map(|new| cache.keep(digest, new, origin, read_at)))
}

/// Writes that a pass was used, once, and that its session was, once a minute. A pass is good all the same if that fails or
/// takes long: a full disk, or another program that locks the database, must not close the apps.
async fn record_use(site: &Site, cache: &PassCache, entry: &Arc<Entry>) {
    let now = site.clock.now();
    let of_pass = async {
        if entry.takes_first_use() {
            let (site, entry) = (site.clone(), entry.clone());
            // In a task of its own, which goes on when no one waits for it any more.
            let written = spawn(async move { write_first_use(&site, &entry, now).await });
            let _ = timeout(LastUses::TIMEOUT, written).await;
        }
    };
    let of_session = async {
        if entry.is_due(site, now)
            && cache.last_uses.record(site, &entry.passed.session, entry.life, now).await
        {
            entry.touch(now);
        }
    };
    join(of_pass, of_session).await;
}

async fn write_first_use(site: &Site, entry: &Entry, now: Time) {
    static TOLD: OnceAMinute = OnceAMinute::new();
    let written = store::record_first_use(&site.db, &entry.id, now).await;
    if let Err(error) = written
        && TOLD.may_log(site.clock.now())
    {
        let account = entry.passed.account.as_str();
        log::warn!(event = "sys_database", account; "could not store the use of a pass: {error}");
    }
}
