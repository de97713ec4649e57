//! The events of one account, page by page, newest first; and those that its owner has not been told yet.

use uuid::Uuid;

use super::app_event::Stored;
use super::detail::{Detail, Told};
use super::event::Event;
use super::store::{self, Row};
use crate::base::{Browser, Sentence, Site, Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::ActorKind;

/// Events on one page.
const PAGE: usize = 20;

/// Events without an account are kept for a day, in seconds: as long as the counts of wrong passwords that
/// belong to them.
const OWNERLESS_KEPT: i64 = 24 * 3_600;

/// When two-factor authentication was turned on and off is kept for a week at least, in seconds: until then it can be
/// undone, and these events say what was before.
pub const TURNS_KEPT: i64 = 7 * 24 * 3_600;

/// One page.
#[derive(Debug)]
pub struct Trail {
    /// Newest first.
    pub items: Vec<Item>,
    /// The value for requesting the next page, if there is one.
    pub before: Option<String>,
}

/// One event, for showing.
#[derive(Debug)]
pub struct Item {
    /// The ID of the event.
    pub id: String,
    /// When.
    pub at: Time,
    /// What happened. `None` if it is an event of the app, or if only a newer version knows it.
    pub event: Option<Event>,
    /// What happened in the app.
    of_app: Option<Stored>,
    /// Whether the device of a login was remembered by it.
    remembered: bool,
    /// Who did it. `None` if only a newer version knows them.
    actor: Option<ActorKind>,
    /// The account of who did it, if it was not the owner's own. For administrators alone.
    pub actor_id: Option<AccountId>,
    /// What was different before and after. For administrators alone, but for [the name of a group](Item::group).
    pub detail: Option<Detail>,
    browser: Browser,
    address: Option<String>,
}

impl Item {
    /// The code of what happened. `None` if only a newer version knows it.
    pub fn code(&self) -> Option<&str> {
        self.event.map(Event::code).or(self.of_app.as_ref().map(|of_app| &*of_app.code))
    }

    /// What happened.
    pub fn sentence(&self) -> Sentence {
        let actor = self.actor.unwrap_or(ActorKind::Owner).code();
        if let Some(of_app) = &self.of_app {
            return match of_app.sentence() {
                Some((key, otherwise)) => Sentence::new(key).or(otherwise).with("actor", actor),
                None => "event-app-unknown".into(),
            };
        }
        let Some(event) = self.event else { return "event-unknown".into() };
        Sentence::new(format!("event-{}", event.code().replace('_', "-")))
            .with("actor", actor)
            .with("remembered", if self.remembered { "yes" } else { "no" })
    }

    /// From where, or by whom if it was not the owner.
    pub fn place(&self) -> Sentence {
        match self.actor {
            Some(ActorKind::Owner) => {
                let ip = self.address.as_deref().unwrap_or("unknown");
                self.browser.in_sentence(Sentence::new("place").with("ip", ip))
            }
            Some(ActorKind::Administrator) => "place-administrator".into(),
            Some(ActorKind::CommandLine) => "place-operator".into(),
            None => "event-unknown-actor".into(),
        }
    }

    /// The name of the group that the account joined or left. Its owner reads it: of all details, these alone are told to
    /// owners, event by event.
    pub fn group(&self) -> Option<&str> {
        match self.event? {
            Event::GroupJoined | Event::GroupLeft => match self.detail.as_ref()?.told(self.event) {
                Told::About(group) => Some(group),
                Told::Nothing | Told::Email(_) | Told::Change(..) => None,
            },
            _ => None,
        }
    }

    /// The internet address from where the owner, or who acted as them, did it.
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref().filter(|_| self.actor == Some(ActorKind::Owner))
    }
}

/// Most events without an account, some twenty megabytes: an attacker with many IP addresses could otherwise
/// fill the disk within the day.
const MAX_OWNERLESS: i64 = 100_000;

/// The events of an account; with `before`, those earlier than the end of the last page. Empty if `before` is
/// not a row of this account.
pub async fn trail(site: &Site, account: &AccountId, before: Option<&str>) -> sqlx::Result<Trail> {
    // Two rows may make one item, and one more row says that there is another page.
    let one_more = i64::try_from(2 * PAGE + 1).unwrap_or(i64::MAX);
    let rows = match before {
        None => store::newest(&site.db, account, one_more).await?,
        // The text may be anything: the database is only given a valid ID.
        Some(typed) => match Uuid::try_parse(typed) {
            Ok(id) => store::before(&site.db, account, &id.to_string(), one_more).await?,
            Err(_) => Vec::new(),
        },
    };
    let (mut items, mut read) = (Vec::new(), 0);
    while items.len() < PAGE {
        let Some(row) = rows.get(read) else { break };
        let login = rows.get(read + 1).filter(|login| is_of_login(row, login));
        items.push(match login {
            Some(login) => Item { remembered: true, ..item(site, login) },
            None => item(site, row),
        });
        read += if login.is_some() { 2 } else { 1 };
    }
    let last = read.checked_sub(1).and_then(|last| rows.get(last));
    let before = last.filter(|_| rows.len() > read).map(|row| row.id.clone());
    Ok(Trail { items, before })
}

/// Whether a row says that the device of a login, the row before it, was remembered: they were written together.
fn is_of_login(row: &Row, login: &Row) -> bool {
    let logins = [Event::LoggedIn.code(), Event::LoggedInNewBrowser.code()];
    row.event == Event::DeviceRemembered.code()
        && logins.contains(&&*login.event)
        && (row.at, row.browser, &row.address) == (login.at, login.browser, &login.address)
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
    Ok(rows.iter().map(|row| item(site, row)).collect())
}

/// When and from where the last failed logins to an account were tried, newest first.
pub async fn failed_logins(site: &Site, account: &AccountId, most: i64) -> sqlx::Result<Vec<Item>> {
    let events = [Event::PasswordWrong, Event::FactorWrong, Event::BarredUnconfirmed, Event::BarredDisabled];
    let codes = events.map(|event| event.code());
    let rows = store::last(&site.db, account, codes, most).await?;
    Ok(rows.iter().map(|row| item(site, row)).collect())
}

fn item(site: &Site, row: &Row) -> Item {
    Item {
        id: row.id.clone(),
        at: Time::from_unix(row.at),
        event: Event::by_code(&row.event),
        of_app: Stored::by_code(site, &row.event),
        remembered: false,
        actor: ActorKind::by_code(&row.actor),
        actor_id: row.actor_id.as_deref().and_then(AccountId::parse),
        detail: Detail::read(row.detail.as_deref()),
        browser: row.browser.unwrap_or_default(),
        address: row.address.clone(),
    }
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
    store::delete_until(&site.db, oldest, now.minus(OWNERLESS_KEPT), now.minus(TURNS_KEPT)).await?;
    store::delete_ownerless_surplus(&site.db, MAX_OWNERLESS).await?;
    store::delete_surplus_of_all(&site.db).await
}
