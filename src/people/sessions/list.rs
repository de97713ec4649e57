//! Where somebody is logged in: their sessions, and the devices that remember them. A device and the sessions that belong to
//! it are one place, since they end together.

use std::cmp::Reverse;

use uuid::Uuid;

use super::store::{self, SessionId};
use super::{lifetimes, remembered};
use crate::base::{Site, Time};
use crate::people::accounts::AccountId;

/// A place where somebody is logged in.
#[derive(Debug)]
pub struct Place {
    /// Names it, to end it.
    pub id: String,
    /// The browser, in words.
    pub browser: String,
    /// The address it was last seen at, where it had one.
    pub address: Option<String>,
    /// When somebody logged in there.
    pub began: Time,
    /// When it was last used, to the minute.
    pub last_used: Time,
    /// Whether it logs in again by itself after its session has ended.
    pub remembered: bool,
    /// Whether it is where they are asking from.
    pub here: bool,
}

/// So many on one page.
const PAGE: usize = 50;

/// One page of them.
#[derive(Debug)]
pub struct Places {
    /// This one first, where it is the first page; then those used last.
    pub items: Vec<Place>,
    /// Whether there is any but this one, on whichever page.
    pub others: bool,
    /// What the page after this one is asked for with, where there is one.
    pub before: Option<String>,
}

/// A page of them; with `before`, those used earlier than where the last page ended. Nothing, where that is no such place in
/// the list. It is a place in time, not a number of rows: what is logged out meanwhile moves nothing.
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

/// Whether an id names the place that somebody asks from.
pub async fn is_here(site: &Site, current: &SessionId, id: &str) -> sqlx::Result<bool> {
    // Whatever was sent: a database need not be able to read it.
    match Uuid::try_parse(id) {
        Ok(id) => store::is_place_of(&site.db, current, &id.to_string()).await,
        Err(_) => Ok(false),
    }
}

/// All of them: this one first, then those used last.
pub async fn list(site: &Site, account: &AccountId, current: &SessionId) -> sqlx::Result<Vec<Place>> {
    all(site, account, Some(current)).await
}

/// All of them for the operator, who is at none: those used last first.
pub async fn list_for_operator(site: &Site, account: &AccountId) -> sqlx::Result<Vec<Place>> {
    all(site, account, None).await
}

async fn all(site: &Site, account: &AccountId, current: Option<&SessionId>) -> sqlx::Result<Vec<Place>> {
    let devices = remembered::list(&site.db, account, lifetimes::of_remembered(site)).await?;
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
        let here = current.is_some_and(|current| session.id == current.as_str());
        let last_used = Time::from_unix(session.last_used_at);
        match places.iter_mut().find(|place| Some(&place.id) == session.remembered_id.as_ref()) {
            Some(device) => {
                device.here |= here;
                device.last_used = device.last_used.max(last_used);
            }
            None => places.push(Place {
                id: session.id,
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
