//! Where a user is logged in: sessions, and the devices that remember them. A device and its sessions are one
//! entry, since they end together.

use std::cmp::Reverse;

use uuid::Uuid;

use super::store::{self, SessionId};
use super::{lifetimes, remember_me};
use crate::base::{Browser, Site, Time};
use crate::people::accounts::AccountId;

/// A place where a user is logged in.
#[derive(Debug)]
pub struct Place {
    /// Its ID, for ending it.
    pub id: String,
    /// The browser.
    pub browser: Browser,
    /// The IP address where it was last seen, if it had one.
    pub address: Option<String>,
    /// When the user logged in there.
    pub began: Time,
    /// When it was last used, to the minute.
    pub last_used: Time,
    /// Whether it logs in automatically after its session has ended.
    pub remembered: bool,
    /// Whether it is the current one.
    pub here: bool,
}

/// Places on one page.
const PAGE: usize = 50;

/// One page of them.
#[derive(Debug)]
pub struct Places {
    /// On the first page, the current one first; then the last used.
    pub items: Vec<Place>,
    /// Whether there is another one, on any page.
    pub others: bool,
    /// The value for requesting the next page, if there is one.
    pub before: Option<String>,
}

/// A page of places; with `before`, those last used earlier than the end of the last page. Empty if `before`
/// is not a position in the list. It is a position in time, not a number of rows: logging out a device in the
/// meantime moves nothing.
pub async fn page(
    site: &Site,
    account: &AccountId,
    current: &SessionId,
    before: Option<&str>,
) -> sqlx::Result<Places> {
    let mut items = list(site, account, current).await?;
    let others = items.iter().any(|place| !place.here);
    if let Some(before) = before {
        match before.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id))) {
            Some((at, id)) => {
                items.retain(|place| !place.here && (place.last_used.unix(), &*place.id) < (at, id));
            }
            None => items.clear(),
        }
    }
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    let last = items.last().filter(|_| more);
    let before = last.map(|place| format!("{}.{}", place.last_used.unix(), place.id));
    Ok(Places { items, others, before })
}

/// Whether an ID is that of the current place.
pub async fn is_here(site: &Site, current: &SessionId, id: &str) -> sqlx::Result<bool> {
    // The text may be anything: the database is only given a valid ID.
    match Uuid::try_parse(id) {
        Ok(id) => store::is_place_of(&site.db, current, &id.to_string()).await,
        Err(_) => Ok(false),
    }
}

/// All places: the current one first, then the last used.
pub async fn list(site: &Site, account: &AccountId, current: &SessionId) -> sqlx::Result<Vec<Place>> {
    all(site, account, Some(current)).await
}

/// All places for the operator, who is at none of them: the last used first.
pub async fn list_for_operator(site: &Site, account: &AccountId) -> sqlx::Result<Vec<Place>> {
    all(site, account, None).await
}

async fn all(site: &Site, account: &AccountId, current: Option<&SessionId>) -> sqlx::Result<Vec<Place>> {
    let devices = remember_me::list(&site.db, account, lifetimes::of_remember_me(site)).await?;
    let sessions = store::list(&site.db, account, lifetimes::of_sessions(site)).await?;
    let mut places: Vec<Place> = devices
        .into_iter()
        .map(|device| Place {
            id: device.id,
            browser: device.browser,
            address: device.address,
            began: Time::from_unix(device.created_at),
            last_used: Time::from_unix(device.last_used_at),
            remembered: true,
            here: false,
        })
        .collect();
    for session in sessions {
        let here = current.is_some_and(|current| session.id == *current);
        let last_used = Time::from_unix(session.last_used_at);
        match places.iter_mut().find(|place| Some(&place.id) == session.remember_token_id.as_ref()) {
            Some(device) => {
                device.here |= here;
                device.last_used = device.last_used.max(last_used);
            }
            None => places.push(Place {
                id: session.id.as_str().to_owned(),
                browser: session.browser,
                address: session.address,
                began: Time::from_unix(session.created_at),
                last_used,
                remembered: false,
                here,
            }),
        }
    }
    places.sort_by_cached_key(|place| (!place.here, Reverse((place.last_used, place.id.clone()))));
    Ok(places)
}
