//! The table `pending_logins`: logins between the password and the second factor. A row opens nothing: its token is
//! only good for finishing the login, with a second factor, within ten minutes.

use sqlx::FromRow;

use super::authenticated::{Authenticated, Methods};
use crate::base::clock::CLOCKS_DIFFER;
use crate::base::{Browser, Client, Db, Time, Token, TokenHash, Tx};
use crate::people::accounts::AccountId;

/// How long a pending login can be finished, in seconds: long enough for fetching a phone from another room.
pub const PENDING_LIFETIME: i64 = 10 * 60;
/// How many an account has at most: its owner needs one, and each took the right password.
const MOST: i64 = 5;
/// After how long a login counts as never finished although its password is typed again and again in the same browser,
/// in seconds: twice the time in which it can be finished, so that an owner who was only slow is not told. A browser
/// keeps the token as long.
pub const RETYPED_FOR: i64 = 2 * PENDING_LIFETIME;
/// How long an owner who was told about an unfinished login is not told about another, in seconds.
const TOLD_FOR: i64 = 24 * 3_600;
/// How many owners are told at once, at most.
const BATCH: i64 = 200;

/// A login that waits for a second factor.
#[derive(Debug)]
pub struct PendingLogin {
    /// The account.
    pub account: AccountId,
    /// What was proved.
    pub methods: Methods,
    /// Whether "Remember me" was ticked.
    pub remember: bool,
    /// Whether the account knew the browser.
    pub known_browser: bool,
    /// The browser.
    pub browser: Browser,
    /// When it began.
    pub created_at: Time,
}

/// A login that was never finished, by which someone who knows the password may have tried to get in.
#[derive(Debug)]
pub struct Unfinished {
    /// The account.
    pub account: AccountId,
    /// From where the password was sent.
    pub client: Client,
    /// When, for the first time in that browser.
    pub first_at: Time,
}

/// A login that is to wait for a second factor.
#[derive(Clone, Copy, Debug)]
pub struct NewPendingLogin<'n> {
    /// What was proved. Of a passkey that has done it by itself is not kept which one it was: it needs no second factor.
    pub by: &'n Authenticated,
    /// Whether "Remember me" was ticked.
    pub remember: bool,
    /// Whether the account knows the browser.
    pub known_browser: bool,
    /// From where the password was sent.
    pub client: &'n Client,
    /// The key of the form that was submitted; empty without one.
    pub form: &'n str,
    /// What it replaces.
    pub before: Option<Replaced>,
}

/// What a login takes over from an earlier one in the same browser that it replaces.
#[derive(Clone, Copy, Debug)]
pub struct Replaced {
    first_at: i64,
    told_at: Option<i64>,
}

#[derive(FromRow)]
struct Row {
    account_id: AccountId,
    methods: Methods,
    remember: i64,
    known_browser: i64,
    browser: Browser,
    created_at: i64,
}

/// A row that can be finished began between these moments. A later one was written by a clock that was ahead: it would
/// last longer by as much.
fn alive(now: Time) -> (Time, Time) {
    (now.minus(PENDING_LIFETIME), now.plus(CLOCKS_DIFFER))
}

/// Begins a login that waits for a second factor, and returns its token, which is for the visitor's browser only. If
/// the account has too many, one goes.
pub async fn pend(tx: &mut Tx, new: NewPendingLogin<'_>, now: Time) -> sqlx::Result<Token> {
    let NewPendingLogin { by, remember, known_browser, client, form, before } = new;
    let token = Token::generate();
    let insert = sqlx::query(
        "insert into pending_logins (token_hash, account_id, methods, remember, known_browser, browser, address, \
         created_at, first_at, form, told_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    );
    insert
        .bind(token.hash().as_str().to_owned())
        .bind(by.account().as_str())
        .bind(by.methods().as_str())
        .bind(i64::from(remember))
        .bind(i64::from(known_browser))
        .bind(client.browser)
        .bind(client.address.map(|address| address.to_string()))
        .bind(now.unix())
        // A clock that was ahead does not postpone it.
        .bind(before.map_or(now.unix(), |before| before.first_at.min(now.unix())))
        .bind(form)
        .bind(before.and_then(|before| before.told_at))
        .execute(&mut *tx)
        .await?;
    delete_surplus(tx, by.account(), (&token.hash(), now)).await?;
    delete_over(tx, by.account(), now).await?;
    Ok(token)
}

/// Removes some of those that can be finished if an account has too many: first the oldest from unknown browsers, so
/// that a thief with the password does not push its owner out. Never the newest: its clock may be behind. Those that
/// are over are kept until their owner was told.
async fn delete_surplus(
    tx: &mut Tx,
    account: &AccountId,
    (newest, now): (&TokenHash, Time),
) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from pending_logins where account_id = $1 and created_at > $2 and token_hash not in \
         (select token_hash from pending_logins where account_id = $1 and created_at > $2 \
         order by case when token_hash = $3 then 0 else 1 end, known_browser desc, created_at desc, token_hash \
         limit $4)",
    );
    let delete = delete.bind(account.as_str()).bind(alive(now).0.unix());
    delete.bind(newest.as_str()).bind(MOST).execute(&mut *tx).await.map(drop)
}

/// Removes the oldest of those that are over and that the owner of an account has yet to be told about, if there are too
/// many: a thief could begin and give up one after another for a day. The owner is told of the last only.
async fn delete_over(tx: &mut Tx, account: &AccountId, now: Time) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from pending_logins where account_id = $1 and created_at <= $2 and told_at is null \
         and token_hash not in (select token_hash from pending_logins \
         where account_id = $1 and created_at <= $2 and told_at is null and known_browser = 0 \
         order by created_at desc, token_hash limit $3)",
    );
    let delete = delete.bind(account.as_str()).bind(alive(now).0.unix());
    delete.bind(MOST).execute(&mut *tx).await.map(drop)
}

/// Finds the pending login of a token, if it can still be finished.
pub async fn find_pending(db: &Db, token: &TokenHash, now: Time) -> sqlx::Result<Option<PendingLogin>> {
    let (after, until) = alive(now);
    let select = sqlx::query_as(
        "select account_id, methods, remember, known_browser, browser, pending_logins.created_at from pending_logins \
         join accounts on accounts.id = account_id \
         where token_hash = $1 and pending_logins.created_at > $2 and pending_logins.created_at <= $3 \
         and disabled_at is null",
    );
    let select = select.bind(token.as_str()).bind(after.unix()).bind(until.unix());
    let row: Option<Row> = select.fetch_optional(db.reader()).await?;
    Ok(row.map(|row| PendingLogin {
        account: row.account_id,
        methods: row.methods,
        remember: row.remember != 0,
        known_browser: row.known_browser != 0,
        browser: row.browser,
        created_at: Time::from_unix(row.created_at),
    }))
}

/// Ends the pending login of a token, and returns what was proved before, for adding the second factor to it in the
/// same transaction. `None` if it is over: of two requests that finish the same one, one gets it.
pub async fn finish_pending(
    tx: &mut Tx,
    token: &TokenHash,
    now: Time,
) -> sqlx::Result<Option<Authenticated>> {
    let (after, until) = alive(now);
    let delete = sqlx::query_as(
        "delete from pending_logins where token_hash = $1 and created_at > $2 and created_at <= $3 \
         and exists (select 1 from accounts where accounts.id = account_id and disabled_at is null) \
         returning account_id, methods, created_at",
    );
    let delete = delete.bind(token.as_str()).bind(after.unix()).bind(until.unix());
    let row: Option<(AccountId, Methods, i64)> = delete.fetch_optional(&mut *tx).await?;
    Ok(row.map(|(account, methods, at)| Authenticated::kept(account, methods, Time::from_unix(at))))
}

/// Removes the earlier pending login of a browser, since the same visitor typed the password of the account again: the
/// next one takes its place, and knows when the first began. So a thief who types it every few minutes does not keep
/// the owner from being told. The earlier one is that of the token, if the browser holds one, and that of the same form:
/// after a double click, the browser may have lost the token.
pub async fn replace_pending(
    tx: &mut Tx,
    account: &AccountId,
    token: Option<&TokenHash>,
    form: &str,
) -> sqlx::Result<Option<Replaced>> {
    let delete = sqlx::query_as(
        "delete from pending_logins where account_id = $1 and (token_hash = $2 or (form = $3 and form <> '')) \
         returning first_at, told_at",
    );
    let token = token.map(TokenHash::as_str).unwrap_or_default();
    let delete = delete.bind(account.as_str()).bind(token).bind(form);
    let rows: Vec<(i64, Option<i64>)> = delete.fetch_all(&mut *tx).await?;
    let first_at = rows.iter().map(|(first_at, _)| *first_at).min();
    let told_at = rows.iter().filter_map(|(_, told_at)| *told_at).max();
    Ok(first_at.map(|first_at| Replaced { first_at, told_at }))
}

/// Ends a pending login whose visitor gives up. It counts as one that was never finished: a stranger who knows the
/// password must not be able to hide that from the owner. It is over on an instance whose clock is behind as well.
pub async fn cancel_pending(tx: &mut Tx, token: &TokenHash, now: Time) -> sqlx::Result<()> {
    let update =
        sqlx::query("update pending_logins set created_at = $2 where token_hash = $1 and created_at > $2");
    let over = now.minus(PENDING_LIFETIME + CLOCKS_DIFFER);
    update.bind(token.as_str()).bind(over.unix()).execute(&mut *tx).await.map(drop)
}

/// Ends the pending logins of an account, for example when its password changes.
pub async fn end_pending(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from pending_logins where account_id = $1");
    delete.bind(account.as_str()).execute(&mut *tx).await.map(drop)
}

/// Ends those of all users.
pub(super) async fn end_all_pending(tx: &mut Tx) -> sqlx::Result<()> {
    sqlx::query("delete from pending_logins").execute(&mut *tx).await.map(drop)
}

/// The logins that were never finished, from browsers that their accounts did not know. Records that the owners are
/// told in this transaction. At most one for each account, the last; none if its owner was told within a day.
pub async fn unfinished(tx: &mut Tx, now: Time) -> sqlx::Result<Vec<Unfinished>> {
    // In one statement: two instances do not both get one.
    let update = sqlx::query_as(
        "update pending_logins set told_at = $1 where known_browser = 0 and told_at is null \
         and (created_at <= $2 or first_at <= $6) \
         and account_id in (select account_id from pending_logins group by account_id \
         having sum(case when known_browser = 0 and told_at is null and (created_at <= $2 or first_at <= $6) \
         then 1 else 0 end) > 0 \
         and sum(case when told_at > $3 and told_at <= $4 then 1 else 0 end) = 0 \
         order by account_id limit $5) \
         returning account_id, browser, address, first_at",
    );
    let update = update.bind(now.unix()).bind(alive(now).0.unix()).bind(now.minus(TOLD_FOR).unix());
    let update = update.bind(now.plus(CLOCKS_DIFFER).unix()).bind(BATCH).bind(now.minus(RETYPED_FOR).unix());
    let mut rows: Vec<(AccountId, Browser, Option<String>, i64)> = update.fetch_all(&mut *tx).await?;
    rows.sort_by(|a, b| (a.0.as_str(), b.3).cmp(&(b.0.as_str(), a.3)));
    rows.dedup_by(|next, kept| next.0 == kept.0);
    let unfinished = rows.into_iter().map(|(account, browser, address, first_at)| {
        let address = address.and_then(|address| address.parse().ok());
        let client = Client { address, browser, request_id: String::new() };
        Unfinished { account, client, first_at: Time::from_unix(first_at) }
    });
    Ok(unfinished.collect())
}

/// Removes what is over, except a login that its owner has yet to be told about, and one that records that they were
/// told within a day. One that they could not be told about within a day is removed as well.
pub(super) async fn sweep(tx: &mut Tx, now: Time) -> sqlx::Result<()> {
    let (after, until) = alive(now);
    let delete = sqlx::query(
        "delete from pending_logins where created_at > $1 or told_at > $1 \
         or (created_at <= $2 and (known_browser <> 0 or coalesce(told_at, created_at) <= $3))",
    );
    let delete = delete.bind(until.unix()).bind(after.unix());
    delete.bind(now.minus(TOLD_FOR).unix()).execute(&mut *tx).await.map(drop)
}
