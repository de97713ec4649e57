//! What happened to one account, page by page, newest first; and what its owner is owed to be told.

use uuid::Uuid;

use super::event::Event;
use super::store::{self, Row};
use crate::base::{Site, Time, Tx};
use crate::people::accounts::AccountId;

/// So many on one page.
const PAGE: usize = 50;

/// What happened to no account is kept for a day, in seconds: as long as the guesses that go with it.
const OWNERLESS_KEPT: i64 = 24 * 3_600;

/// One page.
#[derive(Debug)]
pub struct Trail {
    /// Newest first.
    pub items: Vec<Item>,
    /// What the page after this one is asked for with, where there is one.
    pub before: Option<String>,
}

/// One thing that happened, in words.
#[derive(Debug)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// What, and from where: "Logged in from Firefox on Linux, 203.0.113.7".
    pub sentence: String,
    /// When.
    pub at: Time,
}

/// And of that so many rows, some twenty megabytes: whoever has many addresses to come from could fill the disk within the day.
const MOST_OWNERLESS: i64 = 100_000;

/// What happened to an account; with `before`, earlier than where the last page ended. Nothing, where that is no row of theirs.
pub async fn trail(site: &Site, account: &AccountId, before: Option<&str>) -> sqlx::Result<Trail> {
    let one_more = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut rows = match before {
        None => store::newest(&site.db, account, one_more).await?,
        // Whatever was typed: a database need not be able to read it.
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

/// What happened to an account before something that did, newest first: at most so many. For whoever reads all of it, in parts.
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

/// When and from where somebody tried to log in to an account last and could not, newest first: at most so many.
pub async fn failed_logins(site: &Site, account: &AccountId, most: i64) -> sqlx::Result<Vec<Item>> {
    let events = [Event::PasswordWrong, Event::BarredUnconfirmed, Event::BarredDisabled];
    let codes = events.map(|event| event.words().code);
    let rows = store::last(&site.db, account, codes, most).await?;
    Ok(rows.iter().map(item).collect())
}

fn item(row: &Row) -> Item {
    let what = Event::of(&row.event)
        .map_or("Something that this version has no words for", |event| event.words().sentence);
    let from = match (&row.browser, &row.address) {
        (Some(browser), Some(address)) => format!("from {browser}, {address}"),
        (Some(browser), None) => format!("from {browser}"),
        (None, _) => "by the operator".to_owned(),
    };
    Item { id: row.id.clone(), sentence: format!("{what} {from}"), at: Time::from_unix(row.at) }
}

/// Whether the owner of an account is yet to be told that a remembered device was used twice. Asked once, it is told.
pub async fn tell_of_reuse(tx: &mut Tx, account: &AccountId, now: Time) -> sqlx::Result<bool> {
    store::mark_told(tx, account, Event::DeviceReused.words().code, now).await
}

/// Removes what is older than the operator keeps it, and what strangers did at addresses without an account: nobody will read
/// it, and there may be much of it.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let now = site.clock.now();
    let oldest = now.minus(site.settings.activity_kept.seconds());
    store::delete_until(&site.db, oldest, now.minus(OWNERLESS_KEPT)).await?;
    store::delete_ownerless_surplus(&site.db, MOST_OWNERLESS).await?;
    store::delete_surplus_of_all(&site.db).await
}
