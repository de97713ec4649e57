//! Where somebody is logged in: their sessions, and the devices that remember them. A device and the sessions that belong to
//! it are one place, since they end together.

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

/// All of them: this one first, then those used last.
pub async fn list(site: &Site, account: &AccountId, current: &SessionId) -> sqlx::Result<Vec<Place>> {
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
        let here = session.id == current.as_str();
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
    places.sort_by_key(|place| (!place.here, std::cmp::Reverse(place.last_used)));
    Ok(places)
}
