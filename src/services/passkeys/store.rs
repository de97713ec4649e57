//! The table `passkeys`. A removed one stays for a while, so that its removal can be undone; only queries that ask for
//! removed ones find it.

use sqlx::FromRow;

use super::passkey_id::PasskeyId;
use super::passkey_name::PasskeyName;
use super::registration_mode::RegistrationMode;
use crate::base::{Db, Settings, Time, Tx};
use crate::people::{AccountId, ActorKind};

/// How many removed passkeys of an account are kept, apart from the last.
const REMOVED: i64 = 20;

/// A passkey.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Row {
    pub(super) id: PasskeyId,
    pub(super) account_id: AccountId,
    pub(super) credential_id: String,
    pub(super) public_key: String,
    pub(super) rp_id: String,
    pub(super) name: PasskeyName,
    pub(super) transports: String,
    pub(super) counter: i64,
    pub(super) backup_eligible: i64,
    pub(super) backed_up: i64,
    pub(super) user_verified: i64,
    pub(super) discoverable: Option<i64>,
    /// The code of a [`RegistrationMode`], maybe one of a newer version.
    pub(super) registration_mode: String,
    pub(super) created_at: i64,
    pub(super) last_used_at: Option<i64>,
    pub(super) rests_since: Option<i64>,
    pub(super) removed_at: Option<i64>,
}

/// A passkey, and what its account says about a login.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Found {
    #[sqlx(flatten)]
    pub(super) passkey: Row,
    pub(super) passkey_user_id: Option<String>,
    pub(super) confirmed_at: Option<i64>,
    pub(super) disabled_at: Option<i64>,
    pub(super) two_factor_since: Option<i64>,
    /// In how many groups it is whose members need a second factor.
    pub(super) required_groups: i64,
}

impl Found {
    /// Whether its account has two-factor authentication on, or the site requires a second factor of it.
    pub(super) fn is_asked(&self, settings: &Settings) -> bool {
        self.two_factor_since.is_some() || settings.second_factor.is_required() || self.required_groups > 0
    }
}

/// The columns of a [`Found`], of the passkeys for which the rest of the statement holds. Its second parameter are the groups
/// whose members need a second factor, as [`GroupList::padded`](crate::base::config::group_list::GroupList::padded) writes
/// them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select passkeys.id as id, account_id, credential_id, public_key, rp_id, passkeys.name as name, \
             transports, counter, backup_eligible, backed_up, user_verified, discoverable, registration_mode, \
             passkeys.created_at as created_at, last_used_at, rests_since, removed_at, \
             passkey_user_id, confirmed_at, disabled_at, two_factor_since, \
             (select count(*) from memberships where memberships.account_id = accounts.id \
              and replace($2, ' ' || group_name || ' ', '') <> $2) as required_groups \
             from passkeys join accounts on accounts.id = account_id ",
            $rest
        )
    };
}

/// The passkey with a credential ID, also if it was removed.
pub(super) async fn by_credential(db: &Db, credential_id: &str, groups: &str) -> sqlx::Result<Option<Found>> {
    let select = sqlx::query_as(select!("where credential_id = $1"));
    select.bind(credential_id).bind(groups).fetch_optional(db.reader()).await
}

/// A passkey that was not removed.
pub(super) async fn by_id(tx: &mut Tx, id: &PasskeyId, groups: &str) -> sqlx::Result<Option<Found>> {
    let select = sqlx::query_as(select!("where passkeys.id = $1 and removed_at is null"));
    select.bind(id.as_str()).bind(groups).fetch_optional(&mut *tx).await
}

/// The passkeys of an account, oldest first, without those that were removed.
pub(super) async fn of(db: &Db, account: &AccountId, groups: &str) -> sqlx::Result<Vec<Found>> {
    let select = sqlx::query_as(select!("where account_id = $1 and removed_at is null order by passkeys.id"));
    select.bind(account.as_str()).bind(groups).fetch_all(db.reader()).await
}

/// The ID and the name of each passkey of an account that was not removed.
pub(super) async fn names_in(
    tx: &mut Tx,
    account: &AccountId,
) -> sqlx::Result<Vec<(PasskeyId, PasskeyName)>> {
    let select = sqlx::query_as(
        "select id, name from passkeys where account_id = $1 and removed_at is null order by id",
    );
    select.bind(account.as_str()).fetch_all(&mut *tx).await
}

/// What an account says about a new passkey: since when two-factor authentication is on, with the name and the domain
/// of each passkey. One row without them if it has none; no row without an account.
pub(super) async fn names_of(
    tx: &mut Tx,
    account: &AccountId,
) -> sqlx::Result<Vec<(Option<i64>, Option<PasskeyName>, Option<String>)>> {
    let select = sqlx::query_as(
        "select two_factor_since, passkeys.name as passkey_name, rp_id from accounts \
         left join passkeys on account_id = accounts.id and removed_at is null where accounts.id = $1",
    );
    select.bind(account.as_str()).fetch_all(&mut *tx).await
}

/// The ID by which the passkeys of an account know it, with the credential ID of each for a domain. One row without
/// a credential ID if it has none; no row without an account.
pub(super) async fn credentials_of(
    db: &Db,
    account: &AccountId,
    rp_id: &str,
) -> sqlx::Result<Vec<(Option<String>, Option<String>)>> {
    let select = sqlx::query_as(
        "select passkey_user_id, credential_id from accounts \
         left join passkeys on account_id = accounts.id and rp_id = $2 and removed_at is null \
         where accounts.id = $1 order by passkeys.id",
    );
    select.bind(account.as_str()).bind(rp_id).fetch_all(db.reader()).await
}

/// The domains, other than one, that passkeys were made for, with the number of passkeys of each: those of most passkeys
/// first, up to a limit.
pub(super) async fn other_domains(db: &Db, rp_id: &str, most: i64) -> sqlx::Result<Vec<(String, i64)>> {
    let select = sqlx::query_as(
        "select rp_id, count(*) from passkeys where rp_id <> $1 and removed_at is null \
         group by rp_id order by count(*) desc, rp_id limit $2",
    );
    select.bind(rp_id.to_owned()).bind(most).fetch_all(db.reader()).await
}

/// A passkey to add.
pub(super) struct New<'n> {
    pub(super) id: &'n PasskeyId,
    pub(super) account: &'n AccountId,
    pub(super) credential_id: &'n str,
    pub(super) public_key: &'n str,
    pub(super) algorithm: i64,
    pub(super) rp_id: &'n str,
    pub(super) name: &'n PasskeyName,
    pub(super) aaguid: &'n str,
    pub(super) transports: &'n str,
    pub(super) counter: u32,
    pub(super) backup_eligible: bool,
    pub(super) backed_up: bool,
    pub(super) user_verified: bool,
    pub(super) discoverable: Option<bool>,
    pub(super) mode: RegistrationMode,
    pub(super) created_by: ActorKind,
}

/// Adds a passkey. False if there is one with its credential ID, of any account, also if that was removed.
pub(super) async fn insert(tx: &mut Tx, new: &New<'_>, now: Time) -> sqlx::Result<bool> {
    let inserted = sqlx::query(
        "insert into passkeys (id, account_id, credential_id, public_key, algorithm, rp_id, name, aaguid, transports, \
         counter, backup_eligible, backed_up, user_verified, discoverable, registration_mode, created_at, created_by) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) \
         on conflict (credential_id) do nothing",
    )
    .bind(new.id.as_str())
    .bind(new.account.as_str())
    .bind(new.credential_id)
    .bind(new.public_key)
    .bind(new.algorithm)
    .bind(new.rp_id)
    .bind(new.name.as_str())
    .bind(new.aaguid)
    .bind(new.transports)
    .bind(i64::from(new.counter))
    .bind(i64::from(new.backup_eligible))
    .bind(i64::from(new.backed_up))
    .bind(i64::from(new.user_verified))
    .bind(new.discoverable.map(i64::from))
    .bind(new.mode.code())
    .bind(now.unix())
    .bind(new.created_by)
    .execute(&mut *tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// What the answer of a passkey changes in its row.
pub(super) struct Use<'u> {
    pub(super) id: &'u PasskeyId,
    pub(super) counter: u32,
    pub(super) backup_eligible: bool,
    pub(super) backed_up: bool,
    /// Whether it may log in by itself from now on.
    pub(super) user_verified: bool,
}

/// Records a use. The counter is never lowered: a copy that is behind would go unnoticed from then on.
pub(super) async fn record(tx: &mut Tx, done: &Use<'_>, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update passkeys set counter = case when counter > $2 then counter else $2 end, backup_eligible = $3, \
         backed_up = $4, user_verified = $5, last_used_at = $6 where id = $1",
    );
    update
        .bind(done.id.as_str())
        .bind(i64::from(done.counter))
        .bind(i64::from(done.backup_eligible))
        .bind(i64::from(done.backed_up))
        .bind(i64::from(done.user_verified))
        .bind(now.unix())
        .execute(&mut *tx)
        .await
        .map(drop)
}

/// Changes the name of a passkey; false if it is that already, or the account has no such passkey.
pub(super) async fn rename(
    tx: &mut Tx,
    account: &AccountId,
    id: &PasskeyId,
    name: &PasskeyName,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update passkeys set name = $3 where account_id = $1 and id = $2 and removed_at is null and name <> $3",
    );
    let update = update.bind(account.as_str()).bind(id.as_str()).bind(name.as_str());
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Marks a passkey as removed; false if the account has no such passkey.
pub(super) async fn remove(
    tx: &mut Tx,
    account: &AccountId,
    id: &PasskeyId,
    now: Time,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update passkeys set removed_at = $3 where account_id = $1 and id = $2 and removed_at is null",
    );
    let update = update.bind(account.as_str()).bind(id.as_str()).bind(now.unix());
    if update.execute(&mut *tx).await?.rows_affected() == 0 {
        return Ok(false);
    }
    // Those that lived longest: a stranger who adds and removes one after another pushes none of its owner out. This one
    // stays as well: the sessions that it opened go with its row, and the caller may keep one of them.
    let surplus = sqlx::query(
        "delete from passkeys where account_id = $1 and id <> $2 and removed_at is not null and id not in \
         (select id from passkeys where account_id = $1 and id <> $2 and removed_at is not null \
         order by removed_at - created_at desc, id limit $3)",
    );
    surplus.bind(account.as_str()).bind(id.as_str()).bind(REMOVED).execute(&mut *tx).await?;
    Ok(true)
}

/// Brings a removed passkey back; false if the account has no such removed passkey.
pub(super) async fn restore(tx: &mut Tx, account: &AccountId, id: &PasskeyId) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update passkeys set removed_at = null where account_id = $1 and id = $2 and removed_at is not null",
    );
    let update = update.bind(account.as_str()).bind(id.as_str());
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Ends the rest of a passkey; false if the account has no such resting passkey.
pub(super) async fn wake(tx: &mut Tx, account: &AccountId, id: &PasskeyId) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update passkeys set rests_since = null \
         where account_id = $1 and id = $2 and rests_since is not null and removed_at is null",
    );
    let update = update.bind(account.as_str()).bind(id.as_str());
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Lets passkeys that were removed in the future be removed now.
pub(super) async fn removed_now(db: &Db, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update passkeys set removed_at = $1 where removed_at > $1");
    update.bind(now.unix()).execute(db.writer()).await.map(drop)
}

/// The accounts with passkeys that were removed at a moment or before.
pub(super) async fn removed_until(db: &Db, moment: Time) -> sqlx::Result<Vec<AccountId>> {
    let select = sqlx::query_scalar("select distinct account_id from passkeys where removed_at <= $1");
    select.bind(moment.unix()).fetch_all(db.reader()).await
}

/// Deletes the passkeys of an account that were removed at a moment or before, for good.
pub(super) async fn delete_removed(tx: &mut Tx, account: &AccountId, moment: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from passkeys where account_id = $1 and removed_at <= $2");
    delete.bind(account.as_str()).bind(moment.unix()).execute(&mut *tx).await.map(drop)
}
