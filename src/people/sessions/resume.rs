//! A session resumed: what the cookies of a request are worth. The database and the clock decide, never the cookie.

use super::{lifetimes, store};
use crate::base::{Site, Token};
use crate::people::accounts::AccountId;

/// The last-used time is written at most so often, in seconds: a page should not cost a write.
const TOUCH_EVERY: i64 = 60;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) account: AccountId,
    pub(super) email: String,
    pub(super) name: String,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Resumed {
    /// Who it is, if anybody.
    pub(super) person: Option<Person>,
    /// The token of a session that a remembered device has just opened.
    pub(super) opened: Option<Token>,
    /// The remembered device's cookie opens nothing any more.
    pub(super) forgotten: bool,
}

/// Looks up a session, and where there is none, a remembered device, which opens a new session.
pub(super) async fn resume(
    site: &Site,
    session: Option<Token>,
    remember: Option<Token>,
) -> sqlx::Result<Resumed> {
    if let Some(person) = by_session(site, session).await? {
        return Ok(Resumed { person: Some(person), opened: None, forgotten: false });
    }
    let forgotten = remember.is_some();
    let Some((person, opened)) = by_device(site, remember).await? else {
        return Ok(Resumed { person: None, opened: None, forgotten });
    };
    Ok(Resumed { person: Some(person), opened: Some(opened), forgotten: false })
}

async fn by_session(site: &Site, token: Option<Token>) -> sqlx::Result<Option<Person>> {
    let Some(token) = token else { return Ok(None) };
    let row = store::session(&site.db, &token.hash(), lifetimes::of_sessions(site)).await?;
    let Some(row) = row else { return Ok(None) };
    let now = site.clock.now();
    if now.minus(TOUCH_EVERY).unix() >= row.last_used_at
        && let Err(error) = store::touch_session(&site.db, &row.id, now).await
    {
        // The session is good all the same; a full disk must not log people out.
        log::warn!(event = "sys_database", account:% = row.account_id; "a session's last use was not written: {error}");
    }
    Ok(Some(Person { account: row.account_id, email: row.email, name: row.name }))
}

async fn by_device(site: &Site, token: Option<Token>) -> sqlx::Result<Option<(Person, Token)>> {
    let Some(token) = token else { return Ok(None) };
    let row = store::remembered(&site.db, &token.hash(), lifetimes::of_remembered(site)).await?;
    let Some(row) = row else { return Ok(None) };
    let now = site.clock.now();
    let opened = Token::generate();
    let mut tx = site.db.begin().await?;
    if !store::touch_remembered(&mut tx, &row.id, now).await? {
        return Ok(None);
    }
    store::insert_session(&mut tx, &opened.hash(), &row.account_id, Some(&row.id), now).await?;
    tx.commit().await?;
    log::info!(event = "authn_login_success", account:% = row.account_id; "logged in by a remembered device");
    // Read as any session is: an account disabled a moment ago is not let in.
    let person = by_session(site, Some(opened.clone())).await?;
    Ok(person.map(|person| (person, opened)))
}
