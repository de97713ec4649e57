//! The events of one account, page by page, newest first; and those that its owner has not been told yet.

use uuid::Uuid;

use super::event::Event;
use super::store::{self, Row};
use crate::base::client::place_in_words;
use crate::base::{Site, Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::ActorKind;

/// Events on one page.
const PAGE: usize = 50;

/// Events without an account are kept for a day, in seconds: as long as the counts of wrong passwords that
/// belong to them.
const OWNERLESS_KEPT: i64 = 24 * 3_600;

/// One page.
#[derive(Debug)]
pub struct Trail {
    /// Newest first.
    pub items: Vec<Item>,
    /// The value for requesting the next page, if there is one.
    pub before: Option<String>,
}

/// One event, in words.
#[derive(Debug)]
pub struct Item {
    /// The ID of the event.
    pub id: String,
    /// What happened, and by whom: "Logged in from Firefox on Linux, 203.0.113.7".
    pub sentence: String,
    /// When.
    pub at: Time,
}

/// Most events without an account, some twenty megabytes: an attacker with many IP addresses could otherwise
/// fill the disk within the day.
const MOST_OWNERLESS: i64 = 100_000;

/// The events of an account; with `before`, those earlier than the end of the last page. Empty if `before` is
/// not a row of this account.
pub async fn trail(site: &Site, account: &AccountId, before: Option<&str>) -> sqlx::Result<Trail> {
    let one_more = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut rows = match before {
        None => store::newest(&site.db, account, one_more).await?,
        // The text may be anything: the database is only given a valid ID.
        Some(typed) => match Uuid::try_parse(typed) {
            Ok(id) => store::before(&site.db, account, &id.to_string(), one_more).await?,
            Err(_) => Vec::new(),
        },
    };
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let before = rows.last().filter(|_| more).map(|row| row.id.clone());
    Ok(Trail { items: rows.iter().map(item).collect(), before })
}

/// The events of an account before one of them, newest first. For reading all of them, in parts.
pub async fn earlier(
    site: &Site,
    account: &AccountId,
    than: Option<&Item>,
    most: i64,
) -> sqlx::Result<Vec<Item>> {
    let key = than.map_or((i64::MAX, ""), |item| (item.at.unix(), &*item.id));
    let rows = store::before_key(&site.db, account, key, most).await?;
    Ok(rows.iter().map(item).collect())
}

/// When and from where the last failed logins to an account were tried, newest first.
pub async fn failed_logins(site: &Site, account: &AccountId, most: i64) -> sqlx::Result<Vec<Item>> {
    let events = [Event::PasswordWrong, Event::BarredUnconfirmed, Event::BarredDisabled];
    let codes = events.map(|event| event.code());
    let rows = store::last(&site.db, account, codes, most).await?;
    Ok(rows.iter().map(item).collect())
}

fn item(row: &Row) -> Item {
    let what = Event::by_code(&row.event)
        .map_or("Something that this version has no words for", |event| event.words().sentence);
    let place = place_in_words(row.browser.unwrap_or_default(), row.address.as_deref());
    let by = ActorKind::by_code(&row.actor)
        .map_or("by someone that this version has no words for".to_owned(), |actor| actor.in_words(&place));
    Item { id: row.id.clone(), sentence: format!("{what} {by}"), at: Time::from_unix(row.at) }
}

/// Whether the owner still has to be told that a remembered device was used twice. Asking marks it as told.
pub async fn mark_reuse_reported(tx: &mut Tx, account: &AccountId, now: Time) -> sqlx::Result<bool> {
    store::mark_told(tx, account, Event::DeviceReused.code(), now).await
}

/// Removes events older than the operator keeps them, and those that strangers caused at addresses without an
/// account: no one will read them, and there may be many.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let now = site.clock.now();
    let oldest = now.minus(site.settings.activity_kept.seconds());
    store::delete_until(&site.db, oldest, now.minus(OWNERLESS_KEPT)).await?;
    store::delete_ownerless_surplus(&site.db, MOST_OWNERLESS).await?;
    store::delete_surplus_of_all(&site.db).await
}
