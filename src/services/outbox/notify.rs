//! Reports events of an account to its owner. None is ever left out: otherwise an attacker could hide one
//! behind many others. Beyond a few an hour, they are reported together in one email, where equal events
//! share an entry with a number: a flood of one kind leaves no other unnamed.

use super::email_kind::{EmailData, EmailKind, Item};
use super::limits::{NOTIFY, notices_to};
use super::queue::{details, written};
use super::store;
use crate::base::rate_limit::shared;
use crate::base::{Site, Time, Tx};
use crate::people::{AccountId, Actor, ActorKind};

/// Places (browser and address) of each kind that are listed separately, of a few hundred bytes each; all
/// others share one more entry. There are thirteen kinds, and a fourteenth in rows of an earlier version, so an email
/// has at most 154 entries, however much happened.
const PLACES_OF_KIND: usize = 10;

/// Reports an event to the owner of an account, if the address is confirmed: one who merely claims an address
/// must not be able to have emails sent there.
pub async fn notify(
    tx: &mut Tx,
    site: &Site,
    kind: EmailKind,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    notify_of(tx, site, kind, account, (actor, site.clock.now())).await
}

/// The same for an event that is noticed only now: `at` is when it was.
pub async fn notify_of(
    tx: &mut Tx,
    site: &Site,
    kind: EmailKind,
    account: &AccountId,
    (actor, at): (Actor<'_>, Time),
) -> sqlx::Result<()> {
    if !site.mailer.is_on() {
        return Ok(());
    }
    let Some(address) = store::confirmed_address(tx, account).await? else { return Ok(()) };
    let now = site.clock.now();
    let item = Item::new(kind.code(), at.unix(), actor.stored());
    if add(tx, account, address.as_str(), &item).await? {
        return Ok(());
    }
    let limit_key = notices_to(account);
    let (kind, details, due_at) = match shared::take(tx, &site.settings, &NOTIFY, &limit_key, now).await? {
        Ok(()) => (kind, details(at, actor)?, now),
        Err(wait) => {
            log::warn!(
                event = "sys_mail", account = account.as_str(), seconds = wait.seconds();
                "many notices for one account; the next ones are sent in one email"
            );
            shared::count(tx, &site.settings, &NOTIFY, &limit_key, now).await?;
            let data = EmailData { at: at.unix(), actor: actor.stored(), items: vec![item] };
            (EmailKind::Several, written(&data)?, now.plus(wait.seconds()))
        }
    };
    let new = store::New {
        kind: kind.code(),
        account: Some(account),
        address: address.as_str(),
        details: &details,
        due_at,
    };
    store::insert(tx, &new, now).await.map(drop)
}

/// Adds an event to a waiting email about several; false if there is none.
async fn add(tx: &mut Tx, account: &AccountId, address: &str, item: &Item) -> sqlx::Result<bool> {
    let waiting = store::untried(tx, account, address, EmailKind::Several.code()).await?;
    let Some((id, before)) = waiting else { return Ok(false) };
    // If it cannot be read, the event is still reported, in another email.
    let Ok(mut data) = serde_json::from_str::<EmailData>(&before) else { return Ok(false) };
    put(&mut data.items, item);
    store::add_details(tx, &id, &before, &written(&data)?).await
}

/// Counts an event together with equal ones: of the same kind, by the same kind of actor and from the same place. If there
/// are too many places already, with those from anywhere else.
fn put(items: &mut Vec<Item>, item: &Item) {
    let place = |item: &Item| match item.actor.actor() {
        Actor::Owner(client) => (ActorKind::Owner, Some((client.browser, client.address))),
        // The owner is not told from where.
        actor @ (Actor::Administrator(_) | Actor::CommandLine) => (actor.kind(), None),
    };
    let of_kind = || items.iter().filter(|other| other.kind == item.kind);
    let elsewhere = !of_kind().any(|other| !other.elsewhere && place(other) == place(item))
        && of_kind().count() >= PLACES_OF_KIND;
    let alike = |other: &&mut Item| {
        other.kind == item.kind && other.elsewhere == elsewhere && (elsewhere || place(other) == place(item))
    };
    match items.iter_mut().find(alike) {
        Some(alike) => (alike.times, alike.at) = (alike.times.saturating_add(1), item.at),
        None if elsewhere => items.push(Item { elsewhere, ..item.clone() }),
        None => items.push(item.clone()),
    }
}
