//! A link made, looked at, used up, ended.

use super::purpose::{Facts, Purpose};
use super::store;
use crate::base::{Site, Time, Token, Tx};
use crate::people::audit::Entry;
use crate::people::{AccountId, Email};
use crate::web::Visitor;

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

/// Makes a link about an address of an account, in the place of an older one. The answer is its address, built from
/// `base_url` alone, for whoever reads that mail and nobody else; `None` for a [`Purpose::Undo`] that was not
/// [reserved](reserve), or is over. `told` says that it was made, and who asked for it.
pub async fn make(
    site: &Site,
    account: &AccountId,
    email: &Email,
    purpose: Purpose,
    told: Option<Option<&Visitor>>,
) -> sqlx::Result<Option<String>> {
    let Facts { code, page, seconds, made, .. } = purpose.facts();
    let (token, now) = (Token::generate(), site.clock.now());
    let entry = made.zip(told).map(|(event, visitor)| Entry { event, account: Some(account), visitor });
    let mut tx = site.db.begin(&[account.about()]).await?;
    if purpose == Purpose::Undo {
        // Each address that an account had has a link of its own, or a second change would make the first one stay. It is
        // good from the change on, however late its mail is sent; and once it is used, no mail that is late brings it back.
        if !store::refresh(&mut tx, &token.hash(), code, account, email).await? {
            return Ok(None);
        }
    } else {
        store::delete_purpose(&mut tx, account, code).await?;
        store::put(&mut tx, &token.hash(), code, account, email, now.plus(seconds)).await?;
    }
    if let Some(entry) = &entry {
        entry.write(&mut tx, now).await?;
    }
    tx.commit().await?;
    if let Some(entry) = entry {
        entry.tell();
    }
    Ok(Some(format!("{}{page}?token={}", site.settings.base_url, token.reveal())))
}

/// Keeps an address that an account had for it, from the moment on that it has another: nobody else may take it before the
/// link that gives it back was made and has ended.
pub async fn reserve(tx: &mut Tx, site: &Site, account: &AccountId, email: &Email) -> sqlx::Result<()> {
    let Facts { code, seconds, .. } = Purpose::Undo.facts();
    // Its secret is nobody's; the mail will have another.
    let secret = Token::generate().hash();
    store::put(tx, &secret, code, account, email, site.clock.now().plus(seconds)).await
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

/// Uses a link up. The answer is whose it was and the address it is about; `None` where it is not good any more.
pub async fn take(
    tx: &mut Tx,
    site: &Site,
    token: &Token,
    purpose: Purpose,
) -> sqlx::Result<Option<(AccountId, String)>> {
    store::take(tx, &token.hash(), purpose.facts().code, site.clock.now()).await
}

/// Ends the links of an account, as when its password changes. Those stay by which its owner gets it back from somebody else,
/// who would end them first.
pub async fn discard(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    store::delete_of(tx, account).await
}

/// Ends them all, as when an address was given back or nobody may sign in any more.
pub async fn discard_all(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    store::delete_all_of(tx, account).await
}

/// Removes the links whose time is over.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    store::delete_until(&site.db, site.clock.now()).await
}
