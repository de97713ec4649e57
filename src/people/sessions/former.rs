//! The session that a token opened before: of an invalid token, and why the session ended.

use sqlx::FromRow;

use super::lifetimes::SessionLifetimes;
use crate::base::{Db, TokenHash};
use crate::people::accounts::{AccountId, is_admin};

/// What an invalid token was.
#[derive(Debug, FromRow)]
pub(super) struct FormerRow {
    pub(super) account_id: AccountId,
    /// When it was replaced; `None` if the session has expired and its row still exists.
    pub(super) replaced_at: Option<i64>,
    pub(super) created_at: i64,
    pub(super) last_used_at: i64,
    /// 1 if the account is in the group of administrators, otherwise 0.
    pub(super) admin: i64,
}

impl FormerRow {
    /// Why it ended: by its age or for want of use, whatever came first. `None` if it was neither.
    pub(super) fn ended(&self, limits: SessionLifetimes) -> Option<SessionEnd> {
        let is_admin = self.admin > 0;
        let limits = limits.of(is_admin);
        let idle_since = limits.used_after.unix() - self.last_used_at;
        let old_since = limits.created_after.unix() - self.created_at;
        let first = match (idle_since >= old_since, is_admin) {
            (true, false) => SessionEnd::Idle,
            (true, true) => SessionEnd::AdminIdle,
            (false, false) => SessionEnd::Old,
            (false, true) => SessionEnd::AdminOld,
        };
        (idle_since.max(old_since) >= 0).then_some(first)
    }
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEnd {
    /// It was not used for as long as the setting `session_idle` says.
    Idle,
    /// It was as old as the setting `session_lifetime` says.
    Old,
    /// It was an administrator's, and not used for as long as `admin_idle` says.
    AdminIdle,
    /// It was an administrator's, and as old as `admin_lifetime` says.
    AdminOld,
}

/// The former session of an invalid token.
pub(super) async fn find(db: &Db, token: &TokenHash) -> sqlx::Result<Option<FormerRow>> {
    sqlx::query_as(concat!(
        "select account_id, case when token_hash = $1 then null else replaced_at end as replaced_at, \
         created_at, last_used_at, case when ",
        is_admin!("sessions.account_id"),
        " then 1 else 0 end as admin from sessions where token_hash = $1 or previous_hash = $1"
    ))
    .bind(token.as_str())
    .fetch_optional(db.reader())
    .await
}
