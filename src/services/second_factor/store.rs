//! What an account has and had, read over the tables of all its factors. Changes are made by those who own them.

use sqlx::{Any, Executor, FromRow};

use crate::base::{Settings, Time};
use crate::people::AccountId;
use crate::people::audit::Event;
use crate::services::passkeys::RegistrationMode;

/// What an account has. What was removed does not count.
#[derive(Debug, FromRow)]
pub(super) struct Row {
    pub(super) two_factor_since: Option<i64>,
    /// Authenticator apps: one or none.
    pub(super) apps: i64,
    /// Those of them that are not stopped, and have a secret.
    pub(super) working_apps: i64,
    /// Passkeys of this site's domain that log in by themselves.
    pub(super) by_themselves: i64,
    /// Those that are a second factor only.
    pub(super) second_only: i64,
    /// Those that rest.
    pub(super) resting: i64,
    /// Those whose authenticator has verified its user, whether they rest or not.
    pub(super) verified: i64,
    /// Passkeys of another domain.
    pub(super) elsewhere: i64,
    /// Sets of recovery codes: one or none.
    pub(super) sets: i64,
    /// The recovery codes that are left.
    pub(super) codes: i64,
    /// In how many groups the account is whose members need a second factor.
    pub(super) required_groups: i64,
}

impl Row {
    /// Whether the site requires a second factor of the account: of everyone, or of a group that it is in.
    pub(super) fn is_required(&self, settings: &Settings) -> bool {
        settings.second_factor.is_required() || self.required_groups > 0
    }

    /// The recovery codes that are left; `None` if no set is in use.
    pub(super) fn codes_left(&self) -> Option<i64> {
        (self.sets > 0).then_some(self.codes)
    }

    /// Whether there is a factor that the site can ask for.
    pub(super) fn can_be_asked(&self) -> bool {
        self.working_apps + self.by_themselves + self.second_only + self.resting > 0
    }

    /// Whether there is a factor at all. One that is stopped, or of another domain, is one too.
    pub(super) fn has_any(&self) -> bool {
        self.apps + self.by_themselves + self.second_only + self.resting + self.elsewhere > 0
    }
}

/// What an account has. `None` if there is no such account. The settings say of which domain passkeys are, and the members
/// of which groups need a second factor. A passkey is good for what [`Usable`](crate::services::passkeys::Usable) says.
pub(super) async fn find<'e>(
    executor: impl Executor<'e, Database = Any>,
    account: &AccountId,
    settings: &Settings,
) -> sqlx::Result<Option<Row>> {
    let select = sqlx::query_as(
        "select two_factor_since, \
         (select count(*) from totp_apps where account_id = $1 and removed_at is null) as apps, \
         (select count(*) from totp_apps where account_id = $1 and removed_at is null \
          and stopped_at is null and secret <> '') as working_apps, \
         (select count(*) from passkeys where account_id = $1 and removed_at is null and rp_id = $2 \
          and rests_since is null and (user_verified <> 0 \
           or (registration_mode = $3 and backup_eligible <> 0 and accounts.two_factor_since is null))) as by_themselves, \
         (select count(*) from passkeys where account_id = $1 and removed_at is null and rp_id = $2 \
          and rests_since is null and user_verified = 0 \
          and not (registration_mode = $3 and backup_eligible <> 0 and accounts.two_factor_since is null)) as second_only, \
         (select count(*) from passkeys where account_id = $1 and removed_at is null and rp_id = $2 \
          and rests_since is not null) as resting, \
         (select count(*) from passkeys where account_id = $1 and removed_at is null and rp_id = $2 \
          and user_verified <> 0) as verified, \
         (select count(*) from passkeys where account_id = $1 and removed_at is null and rp_id <> $2) as elsewhere, \
         (select count(*) from recovery_sets where account_id = $1 and removed_at is null) as sets, \
         (select count(*) from recovery_codes join recovery_sets on recovery_sets.id = set_id \
          where account_id = $1 and removed_at is null) as codes, \
         (select count(*) from memberships where account_id = $1 \
          and replace($4, ' ' || group_name || ' ', '') <> $4) as required_groups \
         from accounts where id = $1",
    );
    // Where passkeys cannot work, all are of another domain than the empty one.
    let rp_id = settings.rp_id().unwrap_or_default().to_owned();
    let select = select.bind(account.as_str().to_owned()).bind(rp_id).bind(RegistrationMode::Upgrade.code());
    select.bind(settings.second_factor_for.padded().to_owned()).fetch_optional(executor).await
}

/// A factor or a set of recovery codes, with the times between which it counted.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(super) struct Dated {
    /// `app`, `passkey` or `codes`.
    pub(super) kind: String,
    pub(super) id: String,
    /// Of a passkey. Empty for all others.
    pub(super) name: String,
    pub(super) created_at: i64,
    pub(super) removed_at: Option<i64>,
}

/// What an account has, and what was removed from it after a moment; the oldest first.
pub(super) async fn dated<'e>(
    executor: impl Executor<'e, Database = Any>,
    account: &AccountId,
    after: Time,
) -> sqlx::Result<Vec<Dated>> {
    let select = sqlx::query_as(
        "select 'app' as kind, id, '' as name, created_at, removed_at from totp_apps \
         where account_id = $1 and (removed_at is null or removed_at > $2) \
         union all select 'passkey' as kind, id, name, created_at, removed_at from passkeys \
         where account_id = $1 and (removed_at is null or removed_at > $2) \
         union all select 'codes' as kind, id, '' as name, created_at, removed_at from recovery_sets \
         where account_id = $1 and (removed_at is null or removed_at > $2) \
         order by created_at, id",
    );
    select.bind(account.as_str().to_owned()).bind(after.unix()).fetch_all(executor).await
}

/// When two-factor authentication of an account was turned on and off after a moment, as its activity says: the code of
/// the event, and the time. The oldest first.
pub(super) async fn turns<'e>(
    executor: impl Executor<'e, Database = Any>,
    account: &AccountId,
    after: Time,
) -> sqlx::Result<Vec<(String, i64)>> {
    let select = sqlx::query_as(
        "select event, at from audit where account_id = $1 and event in ($2, $3) and at > $4 order by at, id",
    );
    let select = select.bind(account.as_str().to_owned());
    let select = select.bind(Event::TwoFactorOn.code()).bind(Event::TwoFactorOff.code());
    select.bind(after.unix()).fetch_all(executor).await
}
