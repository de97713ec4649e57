//! The table `sessions`.

use sqlx::{Any, Executor, FromRow};

use super::authenticated::{Authenticated, Methods};
use super::last_login::LastLoginColumns;
use super::lifetimes::SessionLifetimes;
use crate::base::db::many;
use crate::base::rate_limit::LimitKey;
use crate::base::{Browser, Db, Time, TokenHash, Tx};
use crate::people::accounts::{AccountId, Email, Name, is_admin};

/// The most sessions of an account: more browsers than anyone has, and few enough to list and read.
pub(super) const MOST: i64 = 100;

/// The ID of a session, which names it for its owner. It grants no access.
#[derive(Clone, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct SessionId(pub(super) String);

impl SessionId {
    /// The ID as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its own rate limits.
    pub fn limit_key(&self) -> LimitKey {
        LimitKey::Of("session", self.0.clone())
    }
}

/// A live session with its account.
#[derive(Clone, Debug, FromRow)]
pub(super) struct SessionRow {
    pub(super) id: SessionId,
    pub(super) account_id: AccountId,
    pub(super) email: Email,
    pub(super) name: Name,
    pub(super) language: Option<String>,
    pub(super) created_at: i64,
    pub(super) last_used_at: i64,
    pub(super) authenticated_at: Option<i64>,
    pub(super) methods: Methods,
    pub(super) two_factor_since: Option<i64>,
    /// 1 if the account is in the group of administrators, otherwise 0.
    pub(super) admin: i64,
    /// In how many groups it is whose members need a second factor.
    pub(super) required_groups: i64,
    #[sqlx(flatten)]
    pub(super) last_login: LastLoginColumns,
}

impl SessionRow {
    /// Whether the account is in the group of administrators.
    pub(super) fn is_admin(&self) -> bool {
        self.admin > 0
    }

    /// Whether it is within its lifetime and idle timeout. The query that reads it checks those of all accounts.
    pub(super) fn is_within(&self, limits: SessionLifetimes) -> bool {
        self.created_at <= limits.all.created_by.unix() && !self.is_over(limits)
    }

    /// Whether it has reached its lifetime or idle timeout.
    fn is_over(&self, limits: SessionLifetimes) -> bool {
        let limits = limits.of(self.is_admin());
        self.created_at <= limits.created_after.unix() || self.last_used_at <= limits.used_after.unix()
    }
}

/// A live session, for showing to its owner.
#[derive(Debug, FromRow)]
pub(super) struct ListedRow {
    pub(super) id: SessionId,
    pub(super) remember_token_id: Option<String>,
    pub(super) browser: Browser,
    pub(super) address: Option<String>,
    pub(super) created_at: i64,
    pub(super) last_used_at: i64,
}

/// The columns of a [`SessionRow`], of the sessions for which the rest of the statement holds, and whose account may log in.
/// $5 are the groups whose members need a second factor, as
/// [`GroupList::padded`](crate::base::config::group_list::GroupList::padded) writes them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select sessions.id, sessions.account_id, email, name, language, sessions.created_at, last_used_at, \
             authenticated_at, methods, two_factor_since, last_login_at, last_login_browser, case when ",
            is_admin!("accounts.id"),
            " then 1 else 0 end as admin, (select count(*) from memberships where memberships.account_id = accounts.id \
             and replace($5, ' ' || group_name || ' ', '') <> $5) as required_groups \
             from sessions join accounts on accounts.id = sessions.account_id where disabled_at is null and ",
            $rest
        )
    };
}

/// Finds the live session of a token, whose account may log in. At most one query for a request. `groups` are those whose
/// members need a second factor.
pub(super) async fn session(
    db: &Db,
    token: &TokenHash,
    limits: SessionLifetimes,
    groups: &str,
) -> sqlx::Result<Option<SessionRow>> {
    let found: Option<SessionRow> = sqlx::query_as(select!(
        "token_hash = $1 and sessions.created_at > $2 and sessions.created_at <= $4 and last_used_at > $3"
    ))
    .bind(token.as_str())
    .bind(limits.all.created_after.unix())
    .bind(limits.all.used_after.unix())
    .bind(limits.all.created_by.unix())
    .bind(groups)
    .fetch_optional(db.reader())
    .await?;
    Ok(found.filter(|row| row.is_within(limits)))
}

/// The newest session that a device opened since a moment. It is looked up by the device's token, so it is
/// not cached.
pub(super) async fn opened_by<'e>(
    executor: impl Executor<'e, Database = Any>,
    device: &str,
    since: Time,
    limits: SessionLifetimes,
    groups: &str,
) -> sqlx::Result<Option<SessionRow>> {
    let found: Option<SessionRow> = sqlx::query_as(select!(
        "remember_token_id = $1 and sessions.created_at >= $2 and sessions.created_at > $3 and last_used_at > $4 \
         order by sessions.created_at desc, sessions.id desc limit 1"
    ))
    .bind(device.to_owned())
    .bind(since.unix())
    .bind(limits.all.created_after.unix())
    .bind(limits.all.used_after.unix())
    .bind(groups.to_owned())
    .fetch_optional(executor)
    .await?;
    Ok(found.filter(|row| !row.is_over(limits)))
}

/// Removes only the session of a token.
pub(super) async fn delete(db: &Db, token: &TokenHash) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from sessions where token_hash = $1");
    delete.bind(token.as_str()).execute(db.writer()).await.map(drop)
}

/// The live sessions of an account, last used first.
pub(super) async fn list(
    db: &Db,
    account: &AccountId,
    limits: SessionLifetimes,
) -> sqlx::Result<Vec<ListedRow>> {
    sqlx::query_as(concat!(
        "select id, remember_token_id, browser, address, created_at, last_used_at from sessions \
         where account_id = $1 and created_at > $2 and created_at <= $4 and last_used_at > $3 \
         and (created_at > $6 and last_used_at > $7 or not ",
        is_admin!("$1"),
        ") order by last_used_at desc, id desc limit $5"
    ))
    .bind(account.as_str())
    .bind(limits.all.created_after.unix())
    .bind(limits.all.used_after.unix())
    .bind(limits.all.created_by.unix())
    .bind(MOST)
    .bind(limits.admins.created_after.unix())
    .bind(limits.admins.used_after.unix())
    .fetch_all(db.reader())
    .await
}

/// Records when sessions were used, each session once.
pub(super) async fn touch(db: &Db, uses: &[(SessionId, Time)]) -> sqlx::Result<()> {
    let Some(last) = uses.last() else { return Ok(()) };
    // The last one is repeated up to a power of two, so that there are few statements to prepare.
    let rows = uses.len().next_power_of_two();
    let mut update = sqlx::query(many::rows(
        "with used (id, at) as (values",
        (rows, 2),
        ") update sessions set last_used_at = at from used where sessions.id = used.id and last_used_at < at",
    ));
    for (id, at) in uses.iter().chain(std::iter::repeat(last)).take(rows) {
        update = update.bind(id.as_str()).bind(at.unix());
    }
    update.execute(db.writer()).await.map(drop)
}

/// Gives a session a new token, and keeps the old one's hash; false if the session has ended.
pub(super) async fn rotate_token(
    tx: &mut Tx,
    id: &SessionId,
    token: &TokenHash,
    now: Time,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update sessions set previous_hash = token_hash, token_hash = $2, replaced_at = $3 where id = $1",
    );
    let update = update.bind(id.as_str()).bind(token.as_str()).bind(now.unix());
    let updated = update.execute(&mut *tx).await?;
    Ok(updated.rows_affected() == 1)
}

/// Records in a session that its owner proved again who they are, and by what.
pub(super) async fn make_fresh(tx: &mut Tx, id: &SessionId, by: &Authenticated) -> sqlx::Result<()> {
    for code in by.methods().codes() {
        let update = sqlx::query(
            "update sessions set authenticated_at = $3, methods = case when ' ' || methods || ' ' like '% ' || $4 || ' %' \
             then methods else methods || ' ' || $4 end where id = $1 and account_id = $2",
        );
        let update = update.bind(id.as_str()).bind(by.account().as_str());
        update.bind(by.fresh_since().map(Time::unix)).bind(code).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Removes a session from its device, if it has one: the session continues without.
pub(super) async fn leave_device(tx: &mut Tx, id: &SessionId) -> sqlx::Result<()> {
    let update = sqlx::query("update sessions set remember_token_id = null where id = $1");
    update.bind(id.as_str()).execute(&mut *tx).await.map(drop)
}

/// The remembered device of an account that has an ID, or that the session with this ID belongs to.
pub(super) async fn device_of(tx: &mut Tx, account: &AccountId, id: &str) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar(
        "select id from remember_tokens where account_id = $1 \
         and (id = $2 or id = (select remember_token_id from sessions where id = $2 and account_id = $1))",
    );
    select.bind(account.as_str()).bind(id.to_owned()).fetch_optional(&mut *tx).await
}

/// Whether an ID is that of a session, or of its device.
pub(super) async fn is_place_of(db: &Db, session: &SessionId, id: &str) -> sqlx::Result<bool> {
    let select = sqlx::query("select 1 from sessions where id = $1 and (id = $2 or remember_token_id = $2)");
    Ok(select.bind(session.as_str()).bind(id).fetch_optional(db.reader()).await?.is_some())
}

/// Removes one session of an account. Returns the number of rows.
pub(super) async fn delete_one(tx: &mut Tx, account: &AccountId, id: &str) -> sqlx::Result<u64> {
    let delete = sqlx::query("delete from sessions where account_id = $1 and id = $2");
    Ok(delete.bind(account.as_str()).bind(id.to_owned()).execute(&mut *tx).await?.rows_affected())
}

/// Removes every session and remembered device of an account except one session and its device. Returns the
/// number of rows.
pub(super) async fn delete_others(tx: &mut Tx, account: &AccountId, kept: &SessionId) -> sqlx::Result<u64> {
    let devices = sqlx::query(
        "delete from remember_tokens where account_id = $1 and not exists \
         (select 1 from sessions where sessions.id = $2 and sessions.remember_token_id = remember_tokens.id)",
    );
    let devices = devices.bind(account.as_str()).bind(kept.as_str()).execute(&mut *tx).await?.rows_affected();
    let sessions = sqlx::query("delete from sessions where account_id = $1 and id <> $2");
    let sessions = sessions.bind(account.as_str()).bind(kept.as_str()).execute(&mut *tx).await?;
    Ok(devices + sessions.rows_affected())
}

/// Removes every session and remembered device of an account.
pub(super) async fn delete_of(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    // The devices first, as everywhere: two transactions in opposite orders would wait for each other.
    for statement in
        ["delete from remember_tokens where account_id = $1", "delete from sessions where account_id = $1"]
    {
        sqlx::query(statement).bind(account.as_str()).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Removes all rows of all users.
pub(super) async fn delete_all(tx: &mut Tx) -> sqlx::Result<()> {
    for statement in ["delete from remember_tokens", "delete from sessions"] {
        sqlx::query(statement).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Removes expired sessions.
pub(super) async fn sweep(tx: &mut Tx, limits: SessionLifetimes) -> sqlx::Result<()> {
    let SessionLifetimes { all, admins } = limits;
    let delete = sqlx::query(concat!(
        "delete from sessions where created_at <= $1 or last_used_at <= $2 or created_at > $3 \
         or (created_at <= $4 or last_used_at <= $5) and ",
        is_admin!("sessions.account_id")
    ));
    let delete = delete.bind(all.created_after.unix()).bind(all.used_after.unix());
    let delete = delete.bind(all.created_by.unix());
    let delete = delete.bind(admins.created_after.unix()).bind(admins.used_after.unix());
    delete.execute(&mut *tx).await.map(drop)
}

#[cfg(test)]
impl SessionId {
    /// The ID with this text, for unit tests.
    pub(in crate::people) fn of_text(text: &str) -> SessionId {
        SessionId(text.to_owned())
    }
}
