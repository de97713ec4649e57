//! Accounts made of rows, many in one transaction: each transaction waits for the disk.

use std::num::NonZero;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use rocket::futures::stream::{self, StreamExt, TryStreamExt};

use super::person::Person;
use super::rows::Found;
use crate::base::{LockKey, Site, Tx};
use crate::features::account_acts;
use crate::people::accounts::{self, AccountId, Handle, HandleSet};
use crate::people::audit::{Entry, Event};
use crate::people::groups::{self, Added};
use crate::people::{Actor, belongings};
use crate::services::{links, passwords};
use crate::web::{self, Error};

/// Who acts here.
const BY: Actor<'_> = Actor::CommandLine;
/// How long one transaction goes on with further rows, if an app does much for each account: on a site that
/// runs, others wait for it.
const LONGEST: Duration = Duration::from_secs(2);

/// A row of the file, with the person whom it describes, or why it is refused.
pub(super) struct Row {
    pub(super) found: Found,
    pub(super) person: Result<Person, String>,
}

/// What became of a row, or would become of it.
pub(super) enum Outcome {
    /// An account was made.
    Made {
        /// Whether it has a password.
        has_password: bool,
    },
    /// There is an account with this address. It stays as it is.
    There,
    /// No account was made, for this reason.
    Refused(String),
}

/// A row of which an account can be made now, with what is stored as its password.
enum Ready<'r> {
    New(&'r Person, Option<String>),
    There,
    Refused(&'r str),
}

/// Makes the accounts of some rows, or only tries it. An error means that not all rows were tried; each
/// account was made whole, or not at all.
pub(super) async fn make(site: &Site, rows: &[Row], check: bool) -> web::Result<Vec<Outcome>> {
    // As many hashes at once as there are places: none of them waits for its turn until that is over.
    let cores = available_parallelism().map_or(1, NonZero::get);
    let ready = stream::iter(rows).map(|row| ready(site, row, check)).buffered(cores);
    let ready: Vec<Ready<'_>> = ready.try_collect().await?;
    let mut outcomes = Vec::with_capacity(ready.len());
    while let Some(rest) = ready.get(outcomes.len()..).filter(|rest| !rest.is_empty()) {
        match together(site, rest, check).await {
            Ok(done) => outcomes.extend(done),
            // Because of one row, all were taken back. It is found by giving each a transaction of its own.
            Err(error) if is_of_one_row(&error) => {
                for one in rest {
                    outcomes.extend(alone(site, one, check).await?);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(outcomes)
}

async fn ready<'r>(site: &Site, row: &'r Row, check: bool) -> web::Result<Ready<'r>> {
    let person = match &row.person {
        Ok(person) => person,
        Err(why) => return Ok(Ready::Refused(why)),
    };
    // Looked for first, so that it costs no hash to import a file again; the insert decides.
    if person.hash.costs_a_hash() && accounts::by_email(&site.db, &person.email).await?.is_some() {
        return Ok(Ready::There);
    }
    let hash = if check { person.hash.tried() } else { person.hash.stored(site).await? };
    Ok(Ready::New(person, hash))
}

/// Whether an error is about one row: an app refuses the account, or one of its groups was deleted a moment
/// ago. Otherwise no row could be done now.
fn is_of_one_row(error: &Error) -> bool {
    !matches!(error, Error::Database(_) | Error::Busy)
}

async fn alone(site: &Site, row: &Ready<'_>, check: bool) -> web::Result<Vec<Outcome>> {
    match together(site, std::slice::from_ref(row), check).await {
        Err(error) if is_of_one_row(&error) => {
            Ok(vec![Outcome::Refused(format!("It was taken back: {error}."))])
        }
        done => done,
    }
}

/// Makes accounts in one transaction. A check does the same and drops it, so it says what would happen.
/// Returns what became of the rows that were done, of which there is at least one.
async fn together(site: &Site, rows: &[Ready<'_>], check: bool) -> web::Result<Vec<Outcome>> {
    let (begun, mut outcomes, mut made) = (Instant::now(), Vec::with_capacity(rows.len()), Vec::new());
    let mut tx = site.db.begin_locked(&lock_keys(rows)).await?;
    for row in rows {
        outcomes.push(match row {
            Ready::Refused(why) => Outcome::Refused((*why).to_owned()),
            Ready::There => Outcome::There,
            Ready::New(person, hash) => {
                let (outcome, account) = one(&mut tx, site, person, hash.as_deref()).await?;
                made.extend(account);
                outcome
            }
        });
        if begun.elapsed() >= LONGEST {
            break;
        }
    }
    if !check {
        tx.commit().await?;
        made.iter().for_each(|account| signed_up(account).log());
    }
    Ok(outcomes)
}

/// The locks of all addresses, so that no one signs up with one of them meanwhile, and of all groups, so that
/// they stay.
fn lock_keys(rows: &[Ready<'_>]) -> Vec<LockKey> {
    let mut keys = Vec::new();
    for row in rows {
        if let Ready::New(person, _) = row {
            keys.push(person.email.lock_key());
            keys.extend(person.groups.iter().map(groups::lock_of));
        }
    }
    keys
}

async fn one(
    tx: &mut Tx,
    site: &Site,
    person: &Person,
    hash: Option<&str>,
) -> web::Result<(Outcome, Option<AccountId>)> {
    let now = site.clock.now();
    if links::is_reserved(tx, site, &person.email, None).await? {
        let why = "Until a link in its email has ended, another account can have this address back.";
        return Ok((Outcome::Refused(why.to_owned()), None));
    }
    // If it is the account's own, the row was imported before.
    if let Some(why) = not_free(tx, person.handle.as_ref()).await?
        && accounts::at_addresses(tx, &[&*person.email.key()]).await?.is_empty()
    {
        return Ok((Outcome::Refused(why), None));
    }
    let Some(account) = accounts::insert(tx, &person.email, &person.name, person.created_at).await? else {
        return Ok((Outcome::There, None));
    };
    if let Some(hash) = hash {
        passwords::insert(tx, site, &account, hash).await?;
    }
    signed_up(&account).write(tx, now).await?;
    // An address that is not confirmed does not wait for that: no link was sent, and the account would be
    // removed after a week.
    if let Some(confirmed_at) = person.confirmed_at {
        belongings::confirm(tx, site, &account, BY, confirmed_at).await?;
    }
    if person.is_disabled {
        accounts::set_disabled(tx, &account, Some(now), now).await?;
        Entry { event: Event::Disabled, account: Some(&account), actor: BY }.write(tx, now).await?;
    }
    if let Some(handle) = &person.handle {
        let set = account_acts::set_handle_in(tx, site, &account, Some(handle), BY).await?;
        if set != HandleSet::Done {
            return Err(Error::failed(format!(
                "the handle {handle} was given to another account a moment ago"
            )));
        }
    }
    for group in &person.groups {
        if groups::join(tx, group, &account, BY, now).await? == Added::NoGroup {
            return Err(Error::failed(format!("there is no group {group} any more")));
        }
    }
    belongings::made(tx, site, &account).await?;
    Ok((Outcome::Made { has_password: hash.is_some() }, Some(account)))
}

/// Why the handle of a new account cannot be given, if there is one that cannot.
async fn not_free(tx: &mut Tx, handle: Option<&Handle>) -> sqlx::Result<Option<String>> {
    let Some(handle) = handle else { return Ok(None) };
    Ok(match accounts::holders(tx, &[handle]).await?.judge(handle, None) {
        HandleSet::Taken => Some(format!("Another account has the handle {handle}.")),
        HandleSet::UsedBefore => Some(format!("Another account once had the handle {handle}.")),
        HandleSet::Done | HandleSet::Unchanged => None,
    })
}

fn signed_up(account: &AccountId) -> Entry<'_> {
    Entry { event: Event::SignedUp, account: Some(account), actor: BY }
}
