//! What happened to an account, told to its owner. No such mail is ever left out, or whoever took the account over could make
//! room for what is not to be seen by doing much else first. Beyond a few an hour they are told together, in one email, in which
//! like things are one line with a number: no flood of one kind leaves another unnamed.

use super::letter::{Facts, Item, Letter};
use super::queue::{facts, written};
use super::store;
use crate::base::limit::{Action, Source, tries};
use crate::base::{Site, Tx};
use crate::people::AccountId;
use crate::web::Visitor;

/// Of each kind so many places (browser and address) are listed by themselves, of a few hundred bytes each; what comes from
/// others is one more line. There are four kinds, so an email has at most 44 lines, however much happened.
const PLACES_OF_KIND: usize = 10;

/// Tells the owner of an account what happened to it, if they have proved to read its address: who merely claims one must not
/// be able to have emails sent there.
pub async fn notify(
    tx: &mut Tx,
    site: &Site,
    letter: Letter,
    account: &AccountId,
    visitor: Option<&Visitor>,
) -> sqlx::Result<()> {
    if !site.mailer.is_on() {
        return Ok(());
    }
    let Some(address) = store::confirmed_address(tx, account).await? else { return Ok(()) };
    let now = site.clock.now();
    let item = Item::new(letter.code(), now.unix(), visitor.cloned());
    if add(tx, account, &address, &item).await? {
        return Ok(());
    }
    let source = Source::Address(format!("notices {account}"));
    let (letter, facts, due_at) = match tries::take(tx, &site.settings, Action::Notify, &source, now).await? {
        Ok(()) => (letter, facts(now, visitor)?, now),
        Err(wait) => {
            log::warn!(
                event = "sys_mail", account = account.as_str(), seconds = wait.seconds();
                "many things happened to an account; what comes now is told in one mail"
            );
            tries::count(tx, &site.settings, Action::Notify, &source, now).await?;
            let facts = Facts { at: now.unix(), visitor: None, items: vec![item] };
            (Letter::Several, written(&facts)?, now.plus(wait.seconds()))
        }
    };
    let new = store::New {
        letter: letter.code(),
        account: Some(account),
        address: &address,
        facts: &facts,
        due_at,
    };
    store::insert(tx, &new, now).await.map(drop)
}

/// Adds to an email of several things that still waits; false where there is none.
async fn add(tx: &mut Tx, account: &AccountId, address: &str, item: &Item) -> sqlx::Result<bool> {
    let waiting = store::untried(tx, account, address, Letter::Several.code()).await?;
    let Some((id, before)) = waiting else { return Ok(false) };
    // One that cannot be read is no reason not to tell: then this is told by another.
    let Ok(mut facts) = serde_json::from_str::<Facts>(&before) else { return Ok(false) };
    put(&mut facts.items, item);
    store::tell_more(tx, &id, &before, &written(&facts)?).await
}

/// Counts a thing with those that are like it: of its kind, from the same place. Where there are many places already, with those
/// from anywhere else.
fn put(items: &mut Vec<Item>, item: &Item) {
    let place = |item: &Item| item.visitor.as_ref().map(Visitor::in_words);
    let of_kind = || items.iter().filter(|other| other.letter == item.letter);
    let elsewhere = !of_kind().any(|other| !other.elsewhere && place(other) == place(item))
        && of_kind().count() >= PLACES_OF_KIND;
    let alike = |other: &&mut Item| {
        other.letter == item.letter
            && other.elsewhere == elsewhere
            && (elsewhere || place(other) == place(item))
    };
    match items.iter_mut().find(alike) {
        Some(alike) => (alike.times, alike.at) = (alike.times.saturating_add(1), item.at),
        None if elsewhere => items.push(Item { visitor: None, elsewhere, ..item.clone() }),
        None => items.push(item.clone()),
    }
}
