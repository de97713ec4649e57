//! A session resumed: what the cookies of a request are worth. The database and the clock decide, never the cookie.

use super::live::{Before, Live};
use super::remember_token::RememberToken;
use super::remembered::RememberedRow;
use super::store::{NewSession, SessionId, SessionRow};
use super::{lifetimes, remembered, store};
use crate::base::{Site, Time, Token, TokenHash};
use crate::people::accounts::AccountId;
use crate::people::audit::{Entry, Event};
use crate::web::Visitor;

/// A token that was replaced is spared for so many seconds more: tabs that open together all show it. A remembered device's is
/// good meanwhile; a session's opens nothing.
const GRACE: i64 = 60;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) account: AccountId,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) session: SessionId,
    pub(super) authenticated_at: Option<Time>,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Resumed {
    /// Who it is, if anybody.
    pub(super) person: Option<Person>,
    /// What a remembered device is to hold from now on, where one has just opened a session.
    pub(super) opened: Option<Opened>,
    /// The remembered device's cookie opens nothing any more.
    pub(super) forgotten: bool,
    /// The session's cookie was replaced a moment ago: another tab has the new one, which must not be taken back.
    pub(super) spared: bool,
}

/// A session that a remembered device opened.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) session: Token,
    /// The device's next token, and for how many seconds. `None` for a tab that came a moment later: another has it.
    pub(super) remember: Option<(RememberToken, i64)>,
}

/// Looks up a session, and where there is none, a remembered device, which opens a new session. Who the visitor is is asked
/// only where it is to be written down.
pub(super) async fn resume(
    site: &Site,
    live: &Live,
    session: Option<Token>,
    remember: Option<RememberToken>,
    visitor: impl Fn() -> Visitor,
) -> sqlx::Result<Resumed> {
    if let Some(token) = &session {
        if let Some(person) = by_session(site, live, token).await? {
            return Ok(Resumed { person: Some(person), opened: None, forgotten: false, spared: false });
        }
        if is_spared(site, token, &visitor()).await? {
            return Ok(Resumed { person: None, opened: None, forgotten: false, spared: true });
        }
    }
    let forgotten = remember.is_some();
    let opened = match remember {
        Some(remember) => by_device(site, &remember, &visitor()).await?,
        None => None,
    };
    let person = match &opened {
        // Read as any session is: an account disabled a moment ago is not let in.
        Some(opened) => by_session(site, live, &opened.session).await?,
        None => None,
    };
    let opened = opened.filter(|_| person.is_some());
    Ok(Resumed { forgotten: forgotten && person.is_none(), person, opened, spared: false })
}

async fn by_session(site: &Site, live: &Live, token: &Token) -> sqlx::Result<Option<Person>> {
    let token = token.hash();
    let Some(row) = read(site, live, &token).await? else { return Ok(None) };
    let now = site.clock.now();
    if now.minus(lifetimes::touch_every(site)).unix() >= row.last_used_at {
        match store::touch(&site.db, &row.id, now).await {
            Ok(()) => live.touch(&token, now),
            // The session is good all the same; a full disk must not log people out.
            Err(error) => {
                log::warn!(event = "sys_database", account:% = row.account_id; "a session's last use was not written: {error}");
            }
        }
    }
    Ok(Some(Person {
        account: row.account_id,
        email: row.email,
        name: row.name,
        session: row.id,
        authenticated_at: row.authenticated_at.map(Time::from_unix),
    }))
}

/// The row of a live session: one that was read a moment ago, or the database's.
async fn read(site: &Site, live: &Live, token: &TokenHash) -> sqlx::Result<Option<SessionRow>> {
    let (before, limits) = (Before::reading(&site.db), lifetimes::of_sessions(site));
    if let Some(row) = live.find(token, before) {
        return Ok(Some(row).filter(|row| row.is_within(limits)));
    }
    let row = store::session(&site.db, token, limits).await?;
    if let Some(row) = &row {
        live.keep(token.clone(), row.clone(), before);
    }
    Ok(row)
}

/// Whether a token that opens nothing was replaced a moment ago. A session that ended by itself is told of when its cookie is
/// shown once more, before that is taken back.
async fn is_spared(site: &Site, token: &Token, visitor: &Visitor) -> sqlx::Result<bool> {
    let Some(former) = store::former(&site.db, &token.hash()).await? else { return Ok(false) };
    if let Some(replaced_at) = former.replaced_at {
        return Ok(site.clock.now().unix() - replaced_at <= GRACE);
    }
    let (request_id, address, browser) = (&*visitor.request_id, visitor.address_text(), &*visitor.browser);
    let account = former.account_id;
    log::info!(event = "session_expired", request_id, account:%, address:%, browser; "a session had ended");
    // Once seen as ended it stays so, though the clock be set back.
    if let Err(error) = store::delete(&site.db, &token.hash()).await {
        log::warn!(event = "sys_database", request_id; "a session that had ended was not removed: {error}");
    }
    Ok(false)
}

/// What a token is to its device.
enum Generation {
    /// The one it was given last.
    Current,
    /// The one before, a moment ago.
    Previous,
    /// An older one: somebody kept a copy.
    Old,
}

impl Generation {
    fn of(token: &TokenHash, row: &RememberedRow, now: Time) -> Generation {
        let in_grace = row.rotated_at.is_some_and(|rotated| now.unix() - rotated <= GRACE);
        if token.as_str() == row.token_hash {
            Generation::Current
        } else if in_grace && row.previous_hash.as_deref() == Some(token.as_str()) {
            Generation::Previous
        } else {
            Generation::Old
        }
    }
}

async fn by_device(site: &Site, shown: &RememberToken, visitor: &Visitor) -> sqlx::Result<Option<Opened>> {
    let limits = lifetimes::of_remembered(site);
    // Asked before there is a transaction: whoever shows a dead one costs a single write, and only where it is still there.
    let Some(found) = remembered::find(site.db.reader(), &shown.id, limits).await? else {
        if remembered::exists(&site.db, &shown.id).await?
            && let Err(error) = remembered::delete_ended(&site.db, &shown.id, limits).await
        {
            log::warn!(event = "sys_database"; "a device that had ended was not removed: {error}");
        }
        return Ok(None);
    };
    let now = site.clock.now();
    let mut tx = site.db.begin(&[found.account_id.about()]).await?;
    let Some(row) = remembered::find(&mut tx, &shown.id, limits).await? else { return Ok(None) };
    let entry = |event| Entry { event, account: Some(&row.account_id), visitor: Some(visitor) };
    let remember = match Generation::of(&shown.token.hash(), &row, now) {
        Generation::Old => {
            remembered::delete(&mut tx, &row.id).await?;
            entry(Event::DeviceReused).write(&mut tx, now).await?;
            tx.commit().await?;
            entry(Event::DeviceReused).tell();
            return Ok(None);
        }
        Generation::Current => {
            let next = RememberToken { id: row.id.clone(), token: Token::generate() };
            let end = row.created_at + site.settings.remember_lifetime.seconds();
            let rotated = remembered::rotate(&mut tx, &row, &next.token.hash(), now).await?;
            rotated.then_some((next, end - now.unix()))
        }
        Generation::Previous => None,
    };
    remembered::touch(&mut tx, &row.id, visitor, now).await?;
    let session = Token::generate();
    let (token, account) = (&session.hash(), &row.account_id);
    let new = NewSession { token, account, remembered: Some(&row.id), authenticated_at: None, visitor };
    store::insert(&mut tx, &new, now).await?;
    entry(Event::ResumedByDevice).write(&mut tx, now).await?;
    tx.commit().await?;
    entry(Event::ResumedByDevice).tell();
    Ok(Some(Opened { session, remember }))
}
