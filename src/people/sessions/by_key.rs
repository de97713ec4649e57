//! Where a user is logged in, in parts: for callers that must not hold all of it at once, such as a copy of
//! an account's data.

use sqlx::FromRow;

use super::lifetimes;
use super::list::Place;
use crate::base::{Browser, Site, Time};
use crate::people::accounts::{AccountId, is_admin};

#[derive(FromRow)]
struct Row {
    id: String,
    browser: Browser,
    address: Option<String>,
    created_at: i64,
    last_used_at: i64,
    /// When the latest of its sessions was used, if it has one.
    session_used_at: Option<i64>,
}

impl Row {
    fn place(self, remembered: bool) -> Place {
        let last_used = self.last_used_at.max(self.session_used_at.unwrap_or(i64::MIN));
        Place {
            id: self.id,
            browser: self.browser,
            address: self.address,
            began: Time::from_unix(self.created_at),
            last_used: Time::from_unix(last_used),
            remembered,
            here: false,
        }
    }
}

/// The live remembered devices of an account with IDs after the given one.
pub async fn devices_after(
    site: &Site,
    account: &AccountId,
    id: &str,
    most: i64,
) -> sqlx::Result<Vec<Place>> {
    let limits = lifetimes::of_remember_me(site);
    let rows: Vec<Row> = sqlx::query_as(
        "select id, browser, address, created_at, last_used_at, \
         (select max(last_used_at) from sessions where remember_token_id = remember_tokens.id) as session_used_at \
         from remember_tokens \
         where account_id = $1 and created_at > $2 and created_at <= $4 and last_used_at > $3 and id > $5 \
         order by id limit $6",
    )
    .bind(account.as_str())
    .bind(limits.created_after.unix())
    .bind(limits.used_after.unix())
    .bind(limits.created_by.unix())
    .bind(id)
    .bind(most)
    .fetch_all(site.db.reader())
    .await?;
    Ok(rows.into_iter().map(|row| row.place(true)).collect())
}

/// The live sessions of an account that belong to no live device, in the same way.
pub async fn sessions_after(
    site: &Site,
    account: &AccountId,
    id: &str,
    most: i64,
) -> sqlx::Result<Vec<Place>> {
    let (limits, devices) = (lifetimes::of_sessions(site), lifetimes::of_remember_me(site));
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "select id, browser, address, created_at, last_used_at, last_used_at as session_used_at from sessions \
         where account_id = $1 and created_at > $2 and created_at <= $4 and last_used_at > $3 and id > $5 \
         and (created_at > $9 and last_used_at > $10 or not ",
        is_admin!("$1"),
        ") and not exists (select 1 from remember_tokens where remember_tokens.id = remember_token_id and remember_tokens.created_at > $7 \
         and remember_tokens.created_at <= $4 and remember_tokens.last_used_at > $8) order by id limit $6"
    ))
    .bind(account.as_str())
    .bind(limits.all.created_after.unix())
    .bind(limits.all.used_after.unix())
    .bind(limits.all.created_by.unix())
    .bind(id)
    .bind(most)
    .bind(devices.created_after.unix())
    .bind(devices.used_after.unix())
    .bind(limits.admins.created_after.unix())
    .bind(limits.admins.used_after.unix())
    .fetch_all(site.db.reader())
    .await?;
    Ok(rows.into_iter().map(|row| row.place(false)).collect())
}
