//! What happened to an account, told to its owner. No such mail is ever left out, or whoever took the account over could make
//! room for what is not to be seen by doing much else first. Beyond a few an hour they are told together, in one mail.

use super::letter::{Facts, Item, Letter};
use super::queue::{facts, written};
use super::store;
use crate::base::limit::{Action, Source, tries};
use crate::base::{Site, Tx};
use crate::people::AccountId;
use crate::web::Visitor;

/// So many are listed in one mail, of a few hundred bytes each; how many more there were is counted.
const MOST_ITEMS: usize = 50;

/// Tells the owner of an account what happened to it, if they have proved to read its address: who merely claims one must not
/// be able to have mails sent there.
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
    let item = Item { letter: letter.code().to_owned(), at: now.unix(), visitor: visitor.cloned() };
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
            let facts = Facts { at: now.unix(), visitor: None, items: vec![item], more: 0 };
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

/// Adds to a mail of several things that still waits; false where there is none.
async fn add(tx: &mut Tx, account: &AccountId, address: &str, item: &Item) -> sqlx::Result<bool> {
    let waiting = store::untried(tx, account, address, Letter::Several.code()).await?;
    let Some((id, before)) = waiting else { return Ok(false) };
    // One that cannot be read is no reason not to tell: then this is told by another.
    let Ok(mut facts) = serde_json::from_str::<Facts>(&before) else { return Ok(false) };
    if facts.items.len() < MOST_ITEMS {
        facts.items.push(item.clone());
    } else {
        facts.more = facts.more.saturating_add(1);
    }
    store::tell_more(tx, &id, &before, &written(&facts)?).await
}
