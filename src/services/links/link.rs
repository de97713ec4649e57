//! Creates links and looks them up.

use super::link_id::LinkId;
use super::purpose::{LinkProperties, Purpose};
use super::store::{self, New};
use crate::base::{Site, Time, Token, Tx};
use crate::people::audit::{Entry, Event};
use crate::people::{AccountId, Actor, ActorKind, Email, Name, accounts};

/// A valid link: whose it is, and which address it is about.
#[derive(Debug)]
pub struct Link {
    /// The account.
    pub account: AccountId,
    /// The address it is about: for [`Purpose::Change`] the new one, for [`Purpose::RevertEmail`] the
    /// previous one.
    pub email: Email,
    /// The name of the account's owner.
    pub name: Name,
    /// Whether the address of the account was ever confirmed.
    pub confirmed: bool,
    /// When that was done which its email reports, if it undoes something.
    pub since: Option<Time>,
}

/// A link that was created to be handed over.
#[derive(Debug)]
pub struct HandedOver {
    /// Its URL, built only from `base_url`, for the recipient alone.
    pub address: String,
    /// When it ends.
    pub ends_at: Time,
}

/// Creates a link about an address of an account, for an actor who hands it over.
pub async fn make(
    site: &Site,
    account: &AccountId,
    email: &Email,
    purpose: Purpose,
    actor: Actor<'_>,
) -> sqlx::Result<HandedOver> {
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let (made, entry) = make_in(&mut tx, site, account, email, purpose, actor).await?;
    tx.commit().await?;
    if let Some(entry) = entry {
        entry.log();
    }
    Ok(made)
}

/// The same as part of a change of the account. The event, if its purpose has one, is to be logged after the commit.
pub async fn make_in<'e>(
    tx: &mut Tx,
    site: &Site,
    account: &'e AccountId,
    email: &Email,
    purpose: Purpose,
    actor: Actor<'e>,
) -> sqlx::Result<(HandedOver, Option<Entry<'e>>)> {
    let token = Token::generate();
    let (ends_at, entry) = add(tx, site, account, email, purpose, &token, actor).await?;
    Ok((HandedOver { address: address(site, &purpose.properties(), &token), ends_at }, entry))
}

/// The same for a code, which is typed instead of opened: `token` is the secret that the caller derived from
/// it. Returns when the code ends.
pub async fn make_code(
    site: &Site,
    account: &AccountId,
    email: &Email,
    purpose: Purpose,
    token: &Token,
    actor: Actor<'_>,
) -> sqlx::Result<Time> {
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let (ends_at, entry) = add(&mut tx, site, account, email, purpose, token, actor).await?;
    tx.commit().await?;
    if let Some(entry) = entry {
        entry.log();
    }
    Ok(ends_at)
}

/// Adds a link, and writes its event. Returns when it ends.
async fn add<'e>(
    tx: &mut Tx,
    site: &Site,
    account: &'e AccountId,
    email: &Email,
    purpose: Purpose,
    token: &Token,
    actor: Actor<'e>,
) -> sqlx::Result<(Time, Option<Entry<'e>>)> {
    let (properties, id, now) = (purpose.properties(), LinkId::new(), site.clock.now());
    let token = token.hash();
    let new = New { id: &id, token: &token, purpose, account, email, created_by: actor.kind(), since: None };
    put(tx, &new, now).await?;
    let entry = properties.made.map(|event| Entry { event, account: Some(account), actor });
    if let Some(entry) = &entry {
        entry.write(tx, now).await?;
    }
    Ok((now.plus(properties.seconds), entry))
}

/// An email that contains a link.
#[derive(Clone, Copy, Debug)]
pub struct Carrier<'m> {
    /// Its ID. The link's secret is derived from it and the site's key, so an email that is sent again has
    /// the same link.
    pub id: &'m LinkId,
    /// When it was queued.
    pub queued_at: Time,
    /// When that was done which it reports, if its link undoes it.
    pub since: Option<Time>,
}

/// A link for an email.
#[derive(Debug)]
pub struct Made {
    /// Its URL, only for the reader of that email.
    pub address: String,
    /// The event to record, if the link is new.
    pub event: Option<Event>,
}

/// Creates the link of an email that is about to be sent, or finds it again on a retry; its lifetime begins
/// now. `None` if it cannot be created: a [`Purpose::RevertEmail`] that was not [reserved](reserve) or has
/// expired, or a purpose that allows one link at a time and already has a newer one.
pub async fn mailed(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    email: &Email,
    purpose: Purpose,
    mail: Carrier<'_>,
) -> sqlx::Result<Option<Made>> {
    let (properties, now) = (purpose.properties(), site.clock.now());
    let (token, created_by) = (token(site, purpose, mail.id), ActorKind::Owner);
    let (hash, since) = (token.hash(), mail.since);
    let new = New { id: mail.id, token: &hash, purpose, account, email, created_by, since };
    let mut event = None;
    if purpose == Purpose::RevertEmail {
        // It is valid from the change on, however late its email is sent. Once it has expired, no late email
        // brings it back.
        if !store::rotate(tx, mail.id, &hash).await? {
            return Ok(None);
        }
    } else {
        if properties.most == 1 && store::is_superseded(tx, &new, mail.queued_at, now).await? {
            return Ok(None);
        }
        if !store::is_there(tx, mail.id).await? {
            event = properties.made;
        }
        put(tx, &new, now).await?;
    }
    Ok(Some(Made { address: address(site, &properties, &token), event }))
}

/// Keeps the previous address of an account for it, from the change on. No other account may take it before
/// the link that restores it has ended, which is the one in this email.
pub async fn reserve(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    email: &Email,
    mail: &LinkId,
) -> sqlx::Result<()> {
    let purpose = Purpose::RevertEmail;
    let (token, now) = (token(site, purpose, mail).hash(), site.clock.now());
    let created_by = ActorKind::Owner;
    let new = New { id: mail, token: &token, purpose, account, email, created_by, since: Some(now) };
    store::put(tx, &new, now).await
}

/// The addresses that can be restored to an account.
#[derive(Debug)]
pub struct Revertible {
    /// The first address of all.
    pub oldest: Option<Email>,
    /// If there is no room for another one, seconds until there is. None of them makes room for a newer one:
    /// an attacker could displace the owner's.
    pub full: Option<i64>,
}

/// Finds the addresses that can be restored to an account.
pub async fn revertible(tx: &mut Tx, site: &Site, account: &AccountId) -> sqlx::Result<Revertible> {
    let now = site.clock.now();
    let all = store::revertible(tx, account, now).await?;
    let is_full = i64::try_from(all.len()).unwrap_or(i64::MAX) >= Purpose::RevertEmail.properties().most;
    let first_end = all.iter().map(|(_, ends_at)| ends_at.saturating_sub(now.unix())).min();
    Ok(Revertible {
        full: first_end.filter(|_| is_full),
        oldest: all.into_iter().next().map(|(email, _)| email),
    })
}

async fn put(tx: &mut Tx, new: &New<'_>, now: Time) -> sqlx::Result<()> {
    let properties = new.purpose.properties();
    if properties.confirms {
        accounts::await_anew(tx, new.account, now).await?;
    }
    match properties.most {
        1 => {
            store::delete_others(tx, new).await?;
            store::put(tx, new, now).await
        }
        most => {
            store::put(tx, new, now).await?;
            store::delete_surplus(tx, new, most, now).await
        }
    }
}

/// The secret of the link in an email. It cannot be computed from the database without the key; with both,
/// one could create a link anyway.
fn token(site: &Site, purpose: Purpose, mail: &LinkId) -> Token {
    let key = site.key.derive("links in emails");
    Token::made(key.mac(format!("{}\0{}", purpose.code(), mail.as_str()).as_bytes()))
}

fn address(site: &Site, properties: &LinkProperties, token: &Token) -> String {
    format!("{}{}?token={}", site.settings.base_url, properties.page, token.reveal())
}

/// Whether an address is kept for another account. Called in the transaction that would take it.
pub async fn is_reserved(
    tx: &mut Tx,
    site: &Site,
    email: &Email,
    account: Option<&AccountId>,
) -> sqlx::Result<bool> {
    store::is_reserved(tx, email, account, site.clock.now()).await
}

/// The link of a token, if it is valid. Looking does not use it up: programs that scan emails open the links
/// in them.
pub async fn look(site: &Site, token: &Token, purpose: Purpose) -> sqlx::Result<Option<Link>> {
    let row = store::find(&site.db, &token.hash(), purpose.code(), site.clock.now()).await?;
    Ok(row.map(|row| {
        let (confirmed, since) = (row.confirmed_at.is_some(), row.since.map(Time::from_unix));
        Link { account: row.account_id, email: row.email, name: row.name, confirmed, since }
    }))
}

/// The address that an account had when one of its links was created, if it has another one now.
#[derive(Debug)]
pub struct Moved {
    /// The account.
    pub account: AccountId,
    /// The address before.
    pub before: Email,
    /// Whether a valid link restores it.
    pub revertible: bool,
}

/// Whether a link fails because the account has another address now. Only those who have the link, which was
/// sent to the address before, learn this.
pub async fn moved(site: &Site, token: &Token, purpose: Purpose) -> sqlx::Result<Option<Moved>> {
    let row = store::moved(&site.db, &token.hash(), purpose.code(), site.clock.now()).await?;
    Ok(row.map(|(account, before, undo)| Moved { account, before, revertible: undo > 0 }))
}

/// The valid links of an account: purpose, address, when they end, and who made them.
pub async fn of(site: &Site, account: &AccountId) -> sqlx::Result<Vec<(String, Email, Time, ActorKind)>> {
    let rows = store::of(&site.db, account, site.clock.now()).await?;
    let each = rows.into_iter();
    Ok(each.map(|(purpose, email, ends_at, by)| (purpose, email, Time::from_unix(ends_at), by)).collect())
}
