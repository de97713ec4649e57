//! What every login does once what was proved suffices, however it was proved.

use crate::base::{Client, Site, Tx};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, Authenticated, Started};
use crate::people::{Actor, accounts, belongings};
use crate::services::outbox::{self, EmailKind};
use crate::services::second_factor;
use crate::web;

/// A login that is complete, if what was proved suffices.
#[derive(Debug)]
pub(super) struct Login<'l> {
    /// What was proved.
    pub(super) authenticated: &'l Authenticated,
    /// Whether "Remember me" was ticked.
    pub(super) remember: bool,
    /// Whether the account knew the browser.
    pub(super) known_browser: bool,
    /// Whether it takes the place of the same login of a moment ago: its owner was told then.
    pub(super) repeated: bool,
    /// The client.
    pub(super) client: &'l Client,
}

/// Starts the session of a login, in a transaction that is locked for the account: with what an app does at the first
/// one, the email about a new browser, and the events, which are logged after the commit.
///
/// `None`, and nothing is done, if what was proved does not suffice: the login has to wait for a second factor. `None`
/// also for an account that was deleted meanwhile.
pub(super) async fn begin(tx: &mut Tx, site: &Site, login: &Login<'_>) -> web::Result<Option<Started>> {
    let (by, client, now) = (login.authenticated, login.client, site.clock.now());
    let account = by.account();
    let Some(before) = accounts::before_login(tx, account).await? else { return Ok(None) };
    let since = second_factor::asked_since(tx, site, account, before.two_factor_since).await?;
    if !second_factor::suffices(by.methods(), since) {
        return Ok(None);
    }
    let is_first = before.logged_in_at.is_none();
    if is_first {
        belongings::log_in_first(tx, site, account, Actor::Owner(client)).await?;
    }
    let started = sessions::start(tx, site, by, login.remember, client).await?;
    if login.repeated {
        return Ok(Some(started));
    }
    // The very first login is always from a new browser.
    let new_browser = !is_first && !login.known_browser;
    if new_browser {
        outbox::notify(tx, site, EmailKind::Device, account, Actor::Owner(client)).await?;
    }
    let logged_in = if new_browser { Event::LoggedInNewBrowser } else { Event::LoggedIn };
    for event in [Some(logged_in), login.remember.then_some(Event::DeviceRemembered)].into_iter().flatten() {
        let entry = Entry { event, account: Some(account), actor: Actor::Owner(client) };
        entry.record_in(tx, None, now).await?;
    }
    Ok(Some(started))
}
