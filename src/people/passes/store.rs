//! The table `passes`.

use sqlx::FromRow;

use super::pass_cache::New;
use super::passed::{Passed, list_of, on_one_line};
use crate::base::{Db, Site, Time, Token, TokenHash, Tx, WebOrigin};
use crate::people::accounts::{AccountId, Email, Handle, Name};
use crate::people::groups::{self, GroupName};
use crate::people::sessions::{Methods, SessionId, SessionLife};

/// A pass with its session and account, once for each group of the account; once if that is in none.
#[derive(Debug, FromRow)]
struct Row {
    id: String,
    app_id: String,
    used_at: Option<i64>,
    session_id: SessionId,
    session_created_at: i64,
    session_used_at: i64,
    authenticated_at: Option<i64>,
    methods: Methods,
    account_id: AccountId,
    email: Email,
    name: Name,
    handle: Option<Handle>,
    confirmed_at: Option<i64>,
    two_factor_since: Option<i64>,
    group_name: Option<GroupName>,
}

/// The pass of a token, whose account may log in and whose session suffices. Whether that is within its lifetime is for the
/// caller to check.
pub(super) async fn read(site: &Site, token: &TokenHash, origin: &WebOrigin) -> sqlx::Result<Option<New>> {
    // In one statement, so that groups and session are of the same moment.
    let rows: Vec<Row> = sqlx::query_as(
        "select passes.id as id, passes.app_id as app_id, passes.used_at as used_at, passes.session_id as session_id, \
         sessions.created_at as session_created_at, sessions.last_used_at as session_used_at, \
         sessions.authenticated_at as authenticated_at, sessions.methods as methods, accounts.id as account_id, \
         accounts.email as email, accounts.name as name, accounts.handle as handle, \
         accounts.confirmed_at as confirmed_at, accounts.two_factor_since as two_factor_since, memberships.group_name as group_name \
         from passes join sessions on sessions.id = passes.session_id \
         join accounts on accounts.id = sessions.account_id \
         left join memberships on memberships.account_id = accounts.id \
         where passes.token_hash = $1 and passes.origin = $2 and accounts.disabled_at is null",
    )
    .bind(token.as_str())
    .bind(origin.as_str())
    .fetch_all(site.db.reader())
    .await?;
    let mut names: Vec<GroupName> = rows.iter().filter_map(|row| row.group_name.clone()).collect();
    names.sort_unstable(); // the two engines sort text differently
    let Some(row) = rows.into_iter().next() else { return Ok(None) };
    let required = site.settings.second_factor_for.names();
    let by_group = names.iter().any(|name| required.iter().any(|required| required == name.as_str()));
    let needed = site.settings.second_factor.is_required() || by_group;
    if row.methods.are_restricted(needed, row.two_factor_since.is_some()) {
        return Ok(None);
    }
    Ok(Some(row.with_groups(names)))
}

impl Row {
    fn with_groups(self, groups: Vec<GroupName>) -> New {
        let is_admin = groups.iter().any(GroupName::is_admins);
        let keys =
            [self.account_id.lock_key()].into_iter().chain(groups.iter().map(groups::lock_of)).collect();
        let name_text = on_one_line(self.name.as_str());
        // Those who sign up without email can type any address. An app would take them for its owner.
        let email_text = self.confirmed_at.map(|_| on_one_line(self.email.as_str())).unwrap_or_default();
        let passed = Passed {
            account: self.account_id,
            session: self.session_id,
            app: self.app_id,
            groups_text: list_of(&groups),
            groups,
            authenticated_at: self.authenticated_at.map(Time::from_unix),
            handle: self.handle,
            name_text,
            email_text,
        };
        New {
            id: self.id,
            passed,
            life: SessionLife { created_at: self.session_created_at, is_admin },
            last_used_at: self.session_used_at,
            is_unused: self.used_at.is_none(),
            keys,
        }
    }
}

/// Writes that the token of a pass was shown.
pub(super) async fn record_first_use(db: &Db, id: &str, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update passes set used_at = $2 where id = $1 and used_at is null");
    update.bind(id).bind(now.unix()).execute(db.writer()).await.map(drop)
}

/// What a ticket is for.
pub(super) struct NewTicket<'t> {
    /// The ID of the pass, if it is a new one.
    pub(super) id: String,
    /// The session.
    pub(super) session: &'t SessionId,
    /// The ID of the app.
    pub(super) app: &'t str,
    /// Where the pass opens the app.
    pub(super) origin: &'t WebOrigin,
    /// The browser that may redeem the ticket, by the hash of a cookie.
    pub(super) visit: &'t TokenHash,
    /// The hash of the ticket.
    pub(super) ticket: &'t TokenHash,
    /// Until when it can be redeemed.
    pub(super) ends_at: Time,
}

/// Adds a ticket: to the session's pass of this origin, whose token stays good, or to a new one. False if the token of that
/// pass was given after `since` and never shown.
pub(super) async fn put_ticket(
    tx: &mut Tx,
    new: &NewTicket<'_>,
    since: Time,
    now: Time,
) -> sqlx::Result<bool> {
    let upsert = sqlx::query(
        "insert into passes (id, session_id, app_id, origin, ticket_hash, visit_hash, ticket_ends_at, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (session_id, origin) do update set \
         app_id = excluded.app_id, ticket_hash = excluded.ticket_hash, visit_hash = excluded.visit_hash, \
         ticket_ends_at = excluded.ticket_ends_at \
         where passes.redeemed_at is null or passes.used_at is not null or passes.redeemed_at <= $9 or passes.redeemed_at > $8",
    );
    let upsert = upsert.bind(new.id.clone()).bind(new.session.as_str().to_owned()).bind(new.app.to_owned());
    let upsert = upsert.bind(new.origin.as_str().to_owned()).bind(new.ticket.as_str().to_owned());
    let upsert = upsert.bind(new.visit.as_str().to_owned()).bind(new.ends_at.unix());
    let upsert = upsert.bind(now.unix()).bind(since.unix());
    Ok(upsert.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Who a ticket is for, and the hash of the pass's token, if it has one.
#[derive(Debug, FromRow)]
pub(super) struct TicketRow {
    pub(super) account_id: AccountId,
    pub(super) token_hash: Option<String>,
}

/// What redeems a ticket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Redeeming<'t> {
    /// The hash of the ticket.
    pub(super) ticket: &'t TokenHash,
    /// The origin that the browser asks.
    pub(super) origin: &'t WebOrigin,
    /// The hash of the browser's cookie.
    pub(super) visit: &'t TokenHash,
    /// The moment.
    pub(super) now: Time,
    /// A ticket that ends later than this was issued by a clock that was ahead.
    pub(super) ends_by: Time,
}

/// A ticket that can be redeemed like this. It is not spent yet.
pub(super) async fn ticket(db: &Db, by: Redeeming<'_>) -> sqlx::Result<Option<TicketRow>> {
    let select = sqlx::query_as(
        "select sessions.account_id as account_id, passes.token_hash as token_hash from passes \
         join sessions on sessions.id = passes.session_id \
         where ticket_hash = $1 and origin = $2 and visit_hash = $3 and ticket_ends_at > $4 and ticket_ends_at <= $5",
    );
    let select = select.bind(by.ticket.as_str()).bind(by.origin.as_str()).bind(by.visit.as_str());
    select.bind(by.now.unix()).bind(by.ends_by.unix()).fetch_optional(db.reader()).await
}

/// Spends a ticket for a new token, which replaces the one before. False if it was spent meanwhile.
pub(super) async fn redeem(tx: &mut Tx, by: Redeeming<'_>, token: &Token) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update passes set token_hash = $6, redeemed_at = $4, used_at = null, ticket_hash = null, ticket_ends_at = null \
         where ticket_hash = $1 and origin = $2 and visit_hash = $3 and ticket_ends_at > $4 and ticket_ends_at <= $5",
    );
    let update = update.bind(by.ticket.as_str().to_owned()).bind(by.origin.as_str().to_owned());
    let update = update.bind(by.visit.as_str().to_owned()).bind(by.now.unix()).bind(by.ends_by.unix());
    let update = update.bind(token.hash().as_str().to_owned());
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Spends a ticket, and leaves the token of its pass as it is. False if it was spent meanwhile, or the token is another.
pub(super) async fn spend(tx: &mut Tx, by: Redeeming<'_>, kept: &TokenHash) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update passes set ticket_hash = null, ticket_ends_at = null where ticket_hash = $1 and origin = $2 \
         and visit_hash = $3 and ticket_ends_at > $4 and ticket_ends_at <= $5 and token_hash = $6",
    );
    let update = update.bind(by.ticket.as_str().to_owned()).bind(by.origin.as_str().to_owned());
    let update = update.bind(by.visit.as_str().to_owned()).bind(by.now.unix()).bind(by.ends_by.unix());
    let update = update.bind(kept.as_str().to_owned());
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Removes passes whose only ticket was not redeemed in time, and such tickets from others.
pub(super) async fn sweep(tx: &mut Tx, now: Time, ends_by: Time) -> sqlx::Result<()> {
    for statement in [
        "delete from passes where (ticket_ends_at <= $1 or ticket_ends_at > $2) and token_hash is null",
        "update passes set ticket_hash = null, ticket_ends_at = null where ticket_ends_at <= $1 or ticket_ends_at > $2",
    ] {
        sqlx::query(statement).bind(now.unix()).bind(ends_by.unix()).execute(&mut *tx).await?;
    }
    Ok(())
}

/// A login at an app: a pass that was redeemed.
#[derive(Debug, FromRow)]
pub(super) struct AppLoginRow {
    pub(super) id: String,
    pub(super) place_id: String,
    pub(super) title: String,
    pub(super) origin: String,
    pub(super) redeemed_at: i64,
}

/// Up to `most` redeemed passes of an account's sessions with IDs after the given one, in the order of their IDs.
pub(super) async fn of_account(
    db: &Db,
    account: &AccountId,
    after: &str,
    most: i64,
) -> sqlx::Result<Vec<AppLoginRow>> {
    let select = sqlx::query_as(
        "select passes.id as id, coalesce(sessions.remember_token_id, sessions.id) as place_id, apps.title as title, \
         passes.origin as origin, \
         passes.redeemed_at as redeemed_at from passes join sessions on sessions.id = passes.session_id \
         join apps on apps.id = passes.app_id \
         where sessions.account_id = $1 and passes.redeemed_at is not null and passes.id > $2 order by passes.id limit $3",
    );
    select.bind(account.as_str()).bind(after).bind(most).fetch_all(db.reader()).await
}
