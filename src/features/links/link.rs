//! A link made, looked at, used up, ended.

use uuid::Uuid;

use super::purpose::{Facts, Purpose};
use super::store::{self, New};
use crate::base::{Site, Time, Token, Tx};
use crate::people::audit::{Entry, Event};
use crate::people::{AccountId, Email};

/// Whose a link is.
#[derive(Debug)]
pub struct Link {
    /// The account.
    pub account: AccountId,
    /// The address it is about: for [`Purpose::Change`] the one to come, for [`Purpose::Undo`] the one before.
    pub email: String,
    /// The name of its owner.
    pub name: String,
}

/// Who has a link made.
const OWNER: &str = "owner";
const OPERATOR: &str = "operator";

/// Makes a link about an address of an account for the operator to hand over. The answer is its address, built from `base_url`
/// alone, for whoever it is given to and nobody else.
pub async fn make(site: &Site, account: &AccountId, email: &Email, purpose: Purpose) -> sqlx::Result<String> {
    let (facts, token, id) = (purpose.facts(), Token::generate(), Uuid::now_v7().to_string());
    let entry = facts.made.map(|event| Entry { event, account: Some(account), visitor: None });
    let new = New { id: &id, token: &token.hash(), facts: &facts, account, email, made_by: OPERATOR };
    let now = site.clock.now();
    let mut tx = site.db.begin(&[account.about()]).await?;
    put(&mut tx, &new, now).await?;
    if let Some(entry) = &entry {
        entry.write(&mut tx, now).await?;
    }
    tx.commit().await?;
    if let Some(entry) = entry {
        entry.tell();
    }
    Ok(address(site, &facts, &token))
}

/// A mail that a link is for.
#[derive(Clone, Copy, Debug)]
pub struct Carrier<'m> {
    /// Its id. The link's secret follows from it and the site's key, so that a mail that is sent again has the same link.
    pub id: &'m str,
    /// When it was written down.
    pub queued_at: Time,
}

/// A link for a mail.
#[derive(Debug)]
pub struct Made {
    /// Its address, for whoever reads that mail and nobody else.
    pub address: String,
    /// What is to be written down of it, where it was not there before.
    pub event: Option<Event>,
}

/// Makes the link of a mail that is about to be sent, or finds it again where it was tried before; its time begins now. `None`
/// where there is none to be had: a [`Purpose::Undo`] that was not [reserved](reserve) or is over, or one for a purpose of which
/// there is only one at a time, where there is a newer one.
pub async fn mailed(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    email: &Email,
    purpose: Purpose,
    mail: Carrier<'_>,
) -> sqlx::Result<Option<Made>> {
    let (facts, now) = (purpose.facts(), site.clock.now());
    let token = token(site, &facts, mail.id);
    let new = New { id: mail.id, token: &token.hash(), facts: &facts, account, email, made_by: OWNER };
    let mut event = None;
    if purpose == Purpose::Undo {
        // It is good from the change on, however late its mail is sent; and once it is over, no mail that is late brings it back.
        if !store::refresh(tx, mail.id, &token.hash()).await? {
            return Ok(None);
        }
    } else {
        if facts.most == 1 && store::is_superseded(tx, &new, mail.queued_at, now).await? {
            return Ok(None);
        }
        if !store::is_there(tx, mail.id).await? {
            event = facts.made;
        }
        put(tx, &new, now).await?;
    }
    Ok(Some(Made { address: address(site, &facts, &token), event }))
}

/// Keeps an address that an account had for it, from the moment on that it has another: nobody else may take it before the
/// link that gives it back has ended, which is that of this mail.
pub async fn reserve(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    email: &Email,
    mail: &str,
) -> sqlx::Result<()> {
    let facts = Purpose::Undo.facts();
    let token = token(site, &facts, mail).hash();
    let new = New { id: mail, token: &token, facts: &facts, account, email, made_by: OWNER };
    store::put(tx, &new, site.clock.now()).await
}

/// The addresses that may be given back to an account.
#[derive(Debug)]
pub struct Undoable {
    /// The one it had before all others.
    pub oldest: Option<String>,
    /// For how many seconds there is no room for one more, where that is so. None of them gives way to a newer one: whoever
    /// took the account over could push out its owner's.
    pub full: Option<i64>,
}

/// The addresses that may be given back to an account.
pub async fn undoable(tx: &mut Tx, site: &Site, account: &AccountId) -> sqlx::Result<Undoable> {
    let now = site.clock.now();
    let all = store::undoable(tx, account, now).await?;
    let is_full = i64::try_from(all.len()).unwrap_or(i64::MAX) >= Purpose::Undo.facts().most;
    let first_end = all.iter().map(|(_, ends_at)| ends_at.saturating_sub(now.unix())).min();
    Ok(Undoable {
        full: first_end.filter(|_| is_full),
        oldest: all.into_iter().next().map(|(email, _)| email),
    })
}

async fn put(tx: &mut Tx, new: &New<'_>, now: Time) -> sqlx::Result<()> {
    match new.facts.most {
        1 => {
            store::delete_others(tx, new).await?;
            store::put(tx, new, now).await
        }
        most => {
            store::put(tx, new, now).await?;
            store::delete_surplus(tx, new, most).await
        }
    }
}

/// The secret of the link in a mail. Whoever has the database but not the key cannot work it out; whoever has both could as well
/// make a link.
fn token(site: &Site, facts: &Facts, mail: &str) -> Token {
    let key = site.key.derive("links in emails");
    Token::made(key.mac(format!("{}\0{mail}", facts.code).as_bytes()))
}

fn address(site: &Site, facts: &Facts, token: &Token) -> String {
    format!("{}{}?token={}", site.settings.base_url, facts.page, token.reveal())
}

/// Whether an address is kept for another account than this one. Asked in the transaction that would take it.
pub async fn is_reserved(
    tx: &mut Tx,
    site: &Site,
    email: &Email,
    account: Option<&AccountId>,
) -> sqlx::Result<bool> {
    store::is_reserved(tx, email, account, site.clock.now()).await
}

/// Whose link a token is, if it is good now. Looking does not use it up: programs that scan mails open what is in them.
pub async fn look(site: &Site, token: &Token, purpose: Purpose) -> sqlx::Result<Option<Link>> {
    let row = store::find(&site.db, &token.hash(), purpose.facts().code, site.clock.now()).await?;
    Ok(row.map(|row| Link { account: row.account_id, email: row.email, name: row.name }))
}

/// The links of an account that are good now: what each is for, the address it is about, when it ends.
pub async fn of(site: &Site, account: &AccountId) -> sqlx::Result<Vec<(String, String, Time)>> {
    let rows = store::of(&site.db, account, site.clock.now()).await?;
    Ok(rows.into_iter().map(|(purpose, email, ends_at)| (purpose, email, Time::from_unix(ends_at))).collect())
}

/// A link that was used up.
#[derive(Debug)]
pub struct Used {
    /// Its id, and that of the mail it was in.
    pub id: String,
    /// Whose it was.
    pub account: AccountId,
    /// The address it was about.
    pub email: String,
    /// Whether the operator made it, who vouches for whom they gave it to.
    pub by_operator: bool,
    ordinal: i64,
}

/// Uses a link up; `None` where it is not good any more.
pub async fn take(tx: &mut Tx, site: &Site, token: &Token, purpose: Purpose) -> sqlx::Result<Option<Used>> {
    let used = store::take(tx, &token.hash(), purpose.facts().code, site.clock.now()).await?;
    Ok(used.map(|store::Used { id, account_id, email, made_by, ordinal }| Used {
        id,
        account: account_id,
        email,
        by_operator: made_by == OPERATOR,
        ordinal,
    }))
}

/// Ends the links of an account, as when its password changes or nobody may sign in any more. Those stay by which its owner gets
/// it back from somebody else, who would end them first.
pub async fn discard(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    store::delete_of(tx, account).await
}

/// Ends those links of an account that are younger than one of them, as when it gets an address back; and none of the older ones
/// by which its owner gets it back: who changed the address twice has one too, and must not end that of the first change by it.
/// The answer is the ids of those that ended.
pub async fn discard_younger(tx: &mut Tx, used: &Used) -> sqlx::Result<Vec<String>> {
    store::delete_younger(tx, &used.account, used.ordinal).await
}

/// Ends the links for the same purpose and about the same address as one that was used: there is nothing left to do for them.
pub async fn discard_alike(tx: &mut Tx, used: &Used, purpose: Purpose) -> sqlx::Result<()> {
    store::delete_alike(tx, &used.account, purpose.facts().code, &Email::key_of(&used.email)).await
}

/// Ends the links that give an account an address back.
pub async fn discard_undo(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    store::delete_purpose(tx, account, Purpose::Undo.facts().code).await
}

/// Removes the links whose time is over. One that would be good for longer than any was made by a clock that was ahead, and has
/// its whole time from now on.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let now = site.clock.now();
    for purpose in Purpose::ALL {
        let facts = purpose.facts();
        store::shorten(&site.db, facts.code, now.plus(facts.seconds)).await?;
    }
    store::delete_until(&site.db, now).await
}
