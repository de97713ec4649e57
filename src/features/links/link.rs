//! A link made, looked at, used up, ended.

use sqlx::{Any, Transaction};

use super::store;
use crate::base::{Site, Token};
use crate::people::audit::{Entry, Event};
use crate::people::{Account, AccountId, Email};
use crate::web::paths;

/// Whoever has the link can take the account, in seconds. (NIST SP 800-63B-4 allows a day; it is short because links are kept.)
const RESET_SECONDS: i64 = 30 * 60;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Purpose {
    /// A new password, for who has forgotten theirs.
    Reset,
}

impl Purpose {
    /// Its name in the database, its page, for how many seconds it is good.
    fn facts(self) -> (&'static str, &'static str, i64) {
        match self {
            Purpose::Reset => ("reset", paths::RESET, RESET_SECONDS),
        }
    }

    /// For how many minutes it is good.
    pub fn minutes(self) -> i64 {
        self.facts().2 / 60
    }
}

/// Whose a link is.
#[derive(Debug)]
pub struct Link {
    /// The account.
    pub account: AccountId,
    /// Its address.
    pub email: String,
    /// The name of its owner.
    pub name: String,
}

/// Makes a link in the place of an older one. The answer is its address, built from `base_url` alone, for its owner and nobody
/// else.
pub async fn make(site: &Site, account: &Account, purpose: Purpose) -> sqlx::Result<String> {
    let (code, page, seconds) = purpose.facts();
    let token = Token::generate();
    let key = Email::key_of(&account.email);
    let ends_at = site.clock.now().minus(-seconds);
    let mut tx = site.db.begin().await?;
    let entry = Entry { event: Event::ResetLinkMade, account: Some(&account.id), visitor: None };
    store::put(&mut tx, &token.hash(), code, &account.id, &key, ends_at).await?;
    entry.write(&mut tx, site.clock.now()).await?;
    tx.commit().await?;
    entry.tell();
    Ok(format!("{}{page}?token={}", site.settings.base_url, token.reveal()))
}

/// Whose link a token is, if it is good now. Looking does not use it up: programs that scan mails open what is in them.
pub async fn look(site: &Site, token: &Token, purpose: Purpose) -> sqlx::Result<Option<Link>> {
    let row = store::find(&site.db, &token.hash(), purpose.facts().0, site.clock.now()).await?;
    Ok(row.map(|row| Link { account: row.account_id, email: row.email, name: row.name }))
}

/// Uses a link up. The answer is whose it was; `None` where it is not good any more.
pub async fn take(
    tx: &mut Transaction<'static, Any>,
    site: &Site,
    token: &Token,
    purpose: Purpose,
) -> sqlx::Result<Option<AccountId>> {
    store::take(tx, &token.hash(), purpose.facts().0, site.clock.now()).await
}

/// Ends all links of an account, as when its password changes.
pub async fn discard(tx: &mut Transaction<'static, Any>, account: &AccountId) -> sqlx::Result<()> {
    store::delete_of(tx, account).await
}

/// Removes the links whose time is over.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    store::delete_until(&site.db, site.clock.now()).await
}
