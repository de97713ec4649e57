//! Resumes a session: finds out what the cookies of a request are worth. The database and the clock decide,
//! never the cookie.

use super::ended::LoggedOut;
use super::former::{self, SessionEnd};
use super::generations::GRACE;
use super::life::SessionLife;
use super::remember_token::RememberToken;
use super::reopen::{Opened, Reopened, done_elsewhere, reopen};
use super::session_cache::{Entry, SessionCache};
use super::store::SessionRow;
use super::user::Identity;
use super::{lifetimes, store};
use crate::base::db::ReadAt;
use crate::base::{Client, Language, Site, Time, Token, TokenHash};

/// The result.
#[derive(Debug, Default)]
pub(super) struct Resumed {
    /// The user, if one is logged in.
    pub(super) person: Option<Identity>,
    /// The new tokens of a remembered device, if it has just opened a session.
    pub(super) opened: Option<Opened>,
    /// The remembered device's cookie is no longer valid.
    pub(super) forgotten: bool,
    /// When and from where the device was logged out, to tell its owner.
    pub(super) logged_out: Option<LoggedOut>,
    /// The cookies were replaced a moment ago: another tab has the new ones, which must not be removed.
    pub(super) spared: bool,
    /// When and from where, if another person may have done it: to be said as soon as a login replaces the
    /// cookie.
    pub(super) replaced: Option<LoggedOut>,
    /// Why the session of the cookie has just ended.
    pub(super) ended: Option<SessionEnd>,
}

/// What an invalid session token is worth.
enum Former {
    /// It was replaced a moment ago.
    Spared,
    /// Nothing. If its session was still there: why that ended.
    Over(Option<SessionEnd>),
}

/// Looks up a session. If there is none, looks up a remembered device, which opens a new session. The
/// visitor's browser and address are only read if they are to be stored.
pub(super) async fn resume(
    site: &Site,
    cache: &SessionCache,
    session: Option<Token>,
    remember: Option<&RememberToken>,
    client: impl Fn() -> Client,
) -> sqlx::Result<Resumed> {
    let mut ended = None;
    if let Some(token) = &session {
        if let Some(person) = by_session(site, cache, token).await? {
            return Ok(Resumed { person: Some(person), ..Resumed::default() });
        }
        let client = client();
        match former(site, token, &client).await? {
            Former::Spared => {
                let replaced = match remember {
                    Some(remember) => done_elsewhere(site, remember, &client).await?,
                    None => None,
                };
                return Ok(Resumed { spared: true, replaced, ..Resumed::default() });
            }
            Former::Over(why) => ended = why,
        }
    }
    let Some(remember) = remember else { return Ok(Resumed { ended, ..Resumed::default() }) };
    Ok(match reopen(site, remember, &client()).await? {
        Reopened::Opened(opened) => {
            // Read like any session: an account that was just disabled is not let in.
            let person = by_session(site, cache, &opened.session).await?;
            let forgotten = person.is_none();
            Resumed { opened: Some(opened).filter(|_| !forgotten), person, forgotten, ..Resumed::default() }
        }
        // Only fresh for the request that entered the password: here a device's token was shown.
        Reopened::Shared(row) => {
            let person = Identity::from(row);
            let person = Identity { authenticated_at: None, methods: person.methods.by_device(), ..person };
            Resumed { person: Some(person), ..Resumed::default() }
        }
        Reopened::Later(replaced) => Resumed { spared: replaced.is_some(), replaced, ..Resumed::default() },
        Reopened::Over(logged_out) => Resumed { forgotten: true, logged_out, ended, ..Resumed::default() },
    })
}

/// The user of a live session, whose use is recorded.
pub(super) async fn by_session(
    site: &Site,
    cache: &SessionCache,
    token: &Token,
) -> sqlx::Result<Option<Identity>> {
    let token = token.hash();
    let Some(entry) = read(site, cache, &token).await? else { return Ok(None) };
    let row = entry.row;
    let now = site.clock.now();
    let life = SessionLife { created_at: row.created_at, is_admin: row.is_admin() };
    if life.is_due(site, row.last_used_at, now) && cache.last_uses.record(site, &row.id, life, now).await {
        cache.touch(&token, now);
    }
    // After the use was recorded, so that it is part of what is read.
    entry.refresh.start(entry.read_at, &site.db, || {
        let (site, cache) = (site.clone(), cache.clone());
        async move { read_again(&site, &cache, &token).await }
    });
    Ok(Some(Identity::from(row)))
}

impl From<SessionRow> for Identity {
    fn from(row: SessionRow) -> Identity {
        let SessionRow { id: session, account_id: id, email, name, language, .. } = row;
        let language = language.as_deref().and_then(Language::by_code);
        let authenticated_at = row.authenticated_at.map(Time::from_unix);
        let (methods, last_login) = (row.methods, row.last_login.login());
        let (two_factor, is_admin) = (row.two_factor_since.is_some(), row.admin > 0);
        Identity {
            id,
            email,
            name,
            language,
            session,
            authenticated_at,
            methods,
            two_factor,
            is_admin,
            group_requires_factor: row.required_groups > 0,
            last_login,
        }
    }
}

/// A live session: from the cache, or from the database.
async fn read(
    site: &Site,
    cache: &SessionCache,
    token: &TokenHash,
) -> sqlx::Result<Option<Entry<SessionRow>>> {
    let mut cached = cache.find(token, &site.db);
    if cached.is_none() && site.db.ask_about_other_processes().await {
        cached = cache.find(token, &site.db);
    }
    if let Some(entry) = cached {
        if entry.row.is_within(lifetimes::of_sessions(site)) {
            return Ok(Some(entry));
        }
        // It may have been used since, in an app behind the gate. If it was not, its row is about to be removed: it stays
        // ended, even if the clock is set back.
        cache.forget(token);
    }
    let read_at = ReadAt::now(&site.db);
    let row = stored(site, token).await?;
    Ok(row.map(|row| cache.keep(token.clone(), row, read_at)))
}

/// Reads a session that is in the cache, for the next requests. If it has ended, the next one finds that out.
async fn read_again(site: &Site, cache: &SessionCache, token: &TokenHash) -> sqlx::Result<()> {
    let read_at = ReadAt::now(&site.db);
    if let Some(row) = stored(site, token).await? {
        cache.replace(token, row, read_at);
    }
    Ok(())
}

/// The row of a live session in the database.
async fn stored(site: &Site, token: &TokenHash) -> sqlx::Result<Option<SessionRow>> {
    let factor_for = site.settings.second_factor_for.padded();
    store::session(&site.db, token, lifetimes::of_sessions(site), factor_for).await
}

/// What an invalid token is worth. An expired session is logged when its cookie is shown again, before that is
/// removed.
async fn former(site: &Site, token: &Token, client: &Client) -> sqlx::Result<Former> {
    let Some(former) = former::find(&site.db, &token.hash()).await? else { return Ok(Former::Over(None)) };
    if let Some(replaced_at) = former.replaced_at {
        let spared = site.clock.now().unix() - replaced_at <= GRACE;
        return Ok(if spared { Former::Spared } else { Former::Over(None) });
    }
    let why = former.ended(lifetimes::of_sessions(site));
    let (request_id, address, browser) = (&*client.request_id, client.address_text(), client.browser);
    let account = former.account_id;
    log::info!(event = "session_expired", request_id, account:%, address:%, browser:%; "a session had expired");
    // Once seen as expired it stays so, even if the clock is set back.
    if let Err(error) = store::delete(&site.db, &token.hash()).await {
        log::warn!(event = "sys_database", request_id; "could not remove a session that had expired: {error}");
    }
    Ok(Former::Over(why))
}
