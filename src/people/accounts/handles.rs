//! Handles of accounts: given, changed and taken away. Two accounts never have the same, not even one after the other.

use std::collections::BTreeMap;

use sqlx::{Any, Executor};

use super::account_id::AccountId;
use super::handle::Handle;
use super::old_handles;
use crate::base::db::many::{self, ROWS_AT_ONCE};
use crate::base::{Db, Time, Tx};

/// The result of giving an account a handle, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleSet {
    /// The account has it from now on.
    Done,
    /// It has had it before, or does not exist: nothing happened.
    Unchanged,
    /// Another account has it: nothing happened.
    Taken,
    /// Another account had it once: nothing happened.
    UsedBefore,
}

/// The handle of an account, if it has one.
pub async fn handle_of(tx: &mut Tx, id: &AccountId) -> sqlx::Result<Option<Handle>> {
    Ok(found(tx, id).await?.flatten())
}

/// The same. `None` if there is no such account.
async fn found(tx: &mut Tx, id: &AccountId) -> sqlx::Result<Option<Option<Handle>>> {
    let select = sqlx::query_as("select handle from accounts where id = $1");
    let row: Option<(Option<Handle>,)> = select.bind(id.as_str()).fetch_optional(&mut *tx).await?;
    Ok(row.map(|(handle,)| handle))
}

/// Gives an account a handle in place of the one that it has; `None` takes that away. The one before stays its own: no
/// other account gets it.
pub async fn set_handle(
    tx: &mut Tx,
    id: &AccountId,
    handle: Option<&Handle>,
    now: Time,
) -> sqlx::Result<HandleSet> {
    let Some(before) = found(tx, id).await? else { return Ok(HandleSet::Unchanged) };
    if before.as_ref() == handle {
        return Ok(HandleSet::Unchanged);
    }
    if let Some(handle) = handle {
        match claim(tx, id, handle, now).await? {
            HandleSet::Done => {}
            refused => return Ok(refused),
        }
    }
    if let Some(before) = &before {
        old_handles::insert(tx, before, Some(id.as_str()), now).await?;
    }
    let update = sqlx::query("update accounts set handle = $2, updated_at = $3 where id = $1");
    let update = update.bind(id.as_str()).bind(handle.map(Handle::as_str)).bind(now.unix());
    update.execute(&mut *tx).await?;
    Ok(HandleSet::Done)
}

/// Whether an account may have a handle. The row that is added for a moment makes all others who would give the same one
/// wait until this transaction ends. So none of them meets the unique index: after a statement that failed, nothing of a
/// transaction can be committed.
async fn claim(tx: &mut Tx, id: &AccountId, handle: &Handle, now: Time) -> sqlx::Result<HandleSet> {
    old_handles::insert(tx, handle, Some(id.as_str()), now).await?;
    if old_handles::is_of_another(tx, handle, id.as_str()).await? {
        return Ok(HandleSet::UsedBefore);
    }
    let held = held_now(&mut *tx, &[handle]).await?;
    Ok(if held.is_empty() { HandleSet::Done } else { HandleSet::Taken })
}

/// Whose some handles are, or were, so that many can be judged before any is given.
#[derive(Debug, Default)]
pub struct Holders {
    now: BTreeMap<Handle, AccountId>,
    /// By hash. `None`: the account is gone.
    before: BTreeMap<String, Option<AccountId>>,
}

impl Holders {
    /// What [`set_handle`] would find if it gave this handle to an account; `None` for one that is yet to be made.
    pub fn judge(&self, handle: &Handle, account: Option<&AccountId>) -> HandleSet {
        match self.now.get(handle) {
            Some(holder) if Some(holder) == account => return HandleSet::Unchanged,
            Some(_) => return HandleSet::Taken,
            None => {}
        }
        match self.before.get(&handle.hash()) {
            Some(holder) if holder.is_none() || holder.as_ref() != account => HandleSet::UsedBefore,
            _ => HandleSet::Done,
        }
    }
}

/// Reads whose these handles are.
pub async fn holders(tx: &mut Tx, handles: &[&Handle]) -> sqlx::Result<Holders> {
    let mut holders = Holders::default();
    for some in handles.chunks(ROWS_AT_ONCE) {
        holders.now.extend(held_now(&mut *tx, some).await?);
        holders.before.extend(held_before(&mut *tx, some).await?);
    }
    Ok(holders)
}

/// Reads whose this handle is, outside a transaction: a moment later it may be another's.
pub async fn holders_of(db: &Db, handle: &Handle) -> sqlx::Result<Holders> {
    let now = held_now(db.reader(), &[handle]).await?.into_iter().collect();
    let before = held_before(db.reader(), &[handle]).await?.into_iter().collect();
    Ok(Holders { now, before })
}

async fn held_now<'e>(
    executor: impl Executor<'e, Database = Any>,
    handles: &[&Handle],
) -> sqlx::Result<Vec<(Handle, AccountId)>> {
    let statement = many::list("select handle, id from accounts where handle in", handles.len(), "");
    let mut select = sqlx::query_as(statement);
    for handle in handles {
        select = select.bind(handle.as_str().to_owned());
    }
    select.fetch_all(executor).await
}

async fn held_before<'e>(
    executor: impl Executor<'e, Database = Any>,
    handles: &[&Handle],
) -> sqlx::Result<Vec<(String, Option<AccountId>)>> {
    let statement = many::list("select hash, account_id from old_handles where hash in", handles.len(), "");
    let mut select = sqlx::query_as(statement);
    for handle in handles {
        select = select.bind(handle.hash());
    }
    select.fetch_all(executor).await
}
