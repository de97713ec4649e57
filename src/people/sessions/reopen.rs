//! A session opened by a remembered device, whose own session has ended. [`generations`](super::generations)
//! says what its token is worth and which one it has afterwards. A token that is shown repeatedly writes only
//! the first time: requests that come a moment later share the session that the first one opened.

use sqlx::{Any, Executor};

use super::authenticated::Authenticated;
use super::ended::{self, LoggedOut};
use super::generations::{Generations, Worth};
use super::lifetimes::{self, Lifetimes};
use super::new_session::{self, NewSession};
use super::remember_me::{self, RememberTokenRow};
use super::remember_token::RememberToken;
use super::store::{self, SessionRow};
use crate::base::rate_limit::{Counts, Kept, LimitKey, LimitedAction, Rate};
use crate::base::{Client, Site, Time, Token, Tx};
use crate::people::actor::{Actor, ActorKind};
use crate::people::audit::{Entry, Event};

/// A session that a remembered device opens. A browser needs one at a time, and another after an idle hour or
/// after it was closed. Each costs a session, a line in the log and one in the activity.
static RESUME_DEVICE: LimitedAction = LimitedAction {
    code: "resume_device",
    rate: |_| Rate::a_minute(10),
    counts: Counts::Each,
    kept: Kept::InMemory,
    why: LimitedAction::WAIT,
    logged: "too many sessions of a device",
};

/// The same, for all devices in one network. Enough for an office of some hundreds that starts the day behind
/// one address; ten a second cost the database little.
static RESUME_NETWORK: LimitedAction = LimitedAction {
    code: "resume_network",
    rate: |_| Rate::a_minute(600),
    counts: Counts::Each,
    kept: Kept::InMemory,
    why: LimitedAction::WAIT,
    logged: "too many sessions of the devices in a network",
};

/// The result.
#[derive(Debug)]
pub(super) enum Reopened {
    /// A new session.
    Opened(Opened),
    /// The session that another request opened a moment ago. Its cookie is not set here: that request
    /// received it.
    Shared(SessionRow),
    /// No session for now; the cookie is kept. Includes when and from where its token was retired, if that is
    /// the reason: it was done a moment ago.
    Later(Option<LoggedOut>),
    /// No session any more. Includes when and from where it was logged out, if it was.
    Over(Option<LoggedOut>),
}

/// A session that a remembered device opened.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) session: Token,
    /// The device's next token, and its lifetime in seconds. `None` if another request received it.
    pub(super) remember: Option<(RememberToken, i64)>,
}

/// Opens a session for a visitor with a device's token.
pub(super) async fn reopen(site: &Site, shown: &RememberToken, client: &Client) -> sqlx::Result<Reopened> {
    let limits = lifetimes::of_remember_me(site);
    let Some(found) = remember_me::find(site.db.reader(), &shown.id, limits).await? else {
        return over(site, shown, limits).await;
    };
    // Checked before a transaction begins: what need not write must not wait for writers.
    let now = site.clock.now();
    if let Some(reopened) = without_writing(site, site.db.reader(), &found, shown, now).await? {
        return Ok(reopened);
    }
    let copied = found.generations.judge(&shown.token.hash(), now) == Worth::Copied;
    if !copied && is_used_up(site, &shown.id, client, now) {
        return Ok(Reopened::Later(None));
    }
    let mut tx = site.db.begin_locked(&[found.account_id.lock_key()]).await?;
    let Some(row) = remember_me::find(&mut tx, &shown.id, limits).await? else {
        drop(tx);
        return over(site, shown, limits).await;
    };
    let token = shown.token.hash();
    match row.generations.judge(&token, now) {
        Worth::Copied => end_copied(tx, &row, client, now).await,
        Worth::Rotates | Worth::Heals => {
            if !take(site, &row.id, client, now) {
                return Ok(Reopened::Later(None));
            }
            let next = RememberToken { id: row.id.clone(), token: Token::generate() };
            let after = row.generations.after_use(&token, &next.token.hash(), now);
            let end = row.created_at + site.settings.remember_lifetime.seconds();
            let opened = async {
                let put = remember_me::put(&mut tx, &row, &after).await?;
                open(tx, &row, put.then_some((next, end - now.unix())), client, now).await
            };
            unless_failed(site, &row.id, client, opened.await)
        }
        // Another request was faster.
        Worth::Shares | Worth::Retired { .. } => {
            if let Some(reopened) = without_writing(site, &mut tx, &row, shown, now).await? {
                return Ok(reopened);
            }
            // The session that it opened has ended since. Another is opened in the transaction that judged:
            // in a separate one, the device might be gone or its token retired.
            if !take(site, &row.id, client, now) {
                return Ok(Reopened::Later(None));
            }
            let opened = open(tx, &row, None, client, now).await;
            unless_failed(site, &row.id, client, opened)
        }
    }
}

/// The answer for a device that has expired or was logged out. Showing it costs a single write, and only if
/// its row still exists.
async fn over(site: &Site, shown: &RememberToken, limits: Lifetimes) -> sqlx::Result<Reopened> {
    if let Some(owner) = remember_me::owner(&site.db, &shown.id).await? {
        let deleted = async {
            let mut tx = site.db.begin_locked(&[owner.lock_key()]).await?;
            remember_me::delete_ended(&mut tx, &shown.id, limits).await?;
            tx.commit().await
        };
        if let Err(error) = deleted.await {
            log::warn!(event = "sys_database"; "could not remove a remembered device that had ended: {error}");
        }
        return Ok(Reopened::Over(None));
    }
    Ok(Reopened::Over(ended::find(&site.db, &shown.id, site.clock.now()).await?))
}

/// When and from where a device was logged out, or its token retired. For a visitor with that device's token
/// whose session was replaced a moment ago. `None` if it was done from the same kind of browser: then they
/// did it themselves, and the answer with the new cookies was lost.
pub(super) async fn done_elsewhere(
    site: &Site,
    shown: &RememberToken,
    client: &Client,
) -> sqlx::Result<Option<LoggedOut>> {
    let (limits, now) = (lifetimes::of_remember_me(site), site.clock.now());
    let logged_out = match remember_me::find(site.db.reader(), &shown.id, limits).await? {
        Some(row) => match row.generations.judge(&shown.token.hash(), now) {
            Worth::Retired { .. } => retirement(&row),
            Worth::Rotates | Worth::Heals | Worth::Shares | Worth::Copied => None,
        },
        None => ended::find(&site.db, &shown.id, now).await?,
    };
    Ok(logged_out.filter(|logged_out| logged_out.browser != Some(client.browser)))
}

/// When and from where the tokens of a device were retired.
fn retirement(row: &RememberTokenRow) -> Option<LoggedOut> {
    let Generations { retired_at, retired_browser, .. } = &row.generations;
    retired_at.map(|at| LoggedOut {
        at: Time::from_unix(at),
        actor: ActorKind::Owner,
        browser: *retired_browser,
    })
}

/// Answers what can be answered without writing.
async fn without_writing<'e>(
    site: &Site,
    executor: impl Executor<'e, Database = Any>,
    row: &RememberTokenRow,
    shown: &RememberToken,
    now: Time,
) -> sqlx::Result<Option<Reopened>> {
    let generations = &row.generations;
    Ok(match generations.judge(&shown.token.hash(), now) {
        Worth::Shares => {
            let since = Time::from_unix(generations.rotated_at.unwrap_or(row.created_at));
            let (limits, groups) = (lifetimes::of_sessions(site), site.settings.second_factor_for.padded());
            let opened = store::opened_by(executor, &row.id, since, limits, groups).await?;
            opened.map(Reopened::Shared)
        }
        Worth::Retired { spared: true } => Some(Reopened::Later(retirement(row))),
        Worth::Retired { spared: false } => Some(Reopened::Over(retirement(row))),
        Worth::Rotates | Worth::Heals | Worth::Copied => None,
    })
}

async fn open(
    mut tx: Tx,
    row: &RememberTokenRow,
    remember: Option<(RememberToken, i64)>,
    client: &Client,
    now: Time,
) -> sqlx::Result<Reopened> {
    remember_me::touch(&mut tx, &row.id, client, now).await?;
    let session = Token::generate();
    let (account, token) = (&row.account_id, &session.hash());
    let by = &Authenticated::by_device(account, &row.methods, row.passkey_id.as_deref(), now);
    let new = NewSession { token, by, remembered: Some(&row.id), client };
    new_session::insert(&mut tx, &new, now).await?;
    let entry = Entry { event: Event::ResumedByDevice, account: Some(account), actor: Actor::Owner(client) };
    entry.write(&mut tx, now).await?;
    tx.commit().await?;
    entry.log();
    Ok(Reopened::Opened(Opened { session, remember }))
}

async fn end_copied(
    mut tx: Tx,
    row: &RememberTokenRow,
    client: &Client,
    now: Time,
) -> sqlx::Result<Reopened> {
    let entry =
        Entry { event: Event::DeviceReused, account: Some(&row.account_id), actor: Actor::Owner(client) };
    remember_me::delete(&mut tx, &row.id).await?;
    entry.write(&mut tx, now).await?;
    tx.commit().await?;
    entry.log();
    Ok(Reopened::Over(None))
}

/// What a session opened by a device counts for: the device, and its network.
fn limit_keys(id: &str, client: &Client) -> [(&'static LimitedAction, LimitKey); 2] {
    [(&RESUME_DEVICE, RememberToken::limit_key_of(id)), (&RESUME_NETWORK, LimitKey::network(client.address))]
}

/// Whether a device, or all devices in its network, have used up their allowance of sessions for now.
fn is_used_up(site: &Site, id: &str, client: &Client, now: Time) -> bool {
    limit_keys(id, client).iter().any(|(action, limit_key)| site.limits.is_used_up(action, limit_key, now))
}

/// Gives back an attempt if the database could not open the session.
fn unless_failed<T>(site: &Site, id: &str, client: &Client, opened: sqlx::Result<T>) -> sqlx::Result<T> {
    if opened.is_err() {
        for (action, limit_key) in limit_keys(id, client) {
            site.limits.give_back(action, &limit_key);
        }
    }
    opened
}

/// Counts one session.
fn take(site: &Site, id: &str, client: &Client, now: Time) -> bool {
    let [(by_device, device), (by_network, network)] = limit_keys(id, client);
    if site.limits.take(by_network, &network, now).is_err() {
        return false;
    }
    let taken = site.limits.take(by_device, &device, now).is_ok();
    if !taken {
        site.limits.give_back(by_network, &network);
    }
    taken
}
