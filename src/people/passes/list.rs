//! Logins of an account at apps, for its owner to read.

use super::store::{self, AppLoginRow};
use crate::base::{Site, Time};
use crate::people::accounts::AccountId;

/// The most that are read for one page: of as many apps as anyone has, in as many browsers.
const MOST: i64 = 500;

/// A login at an app by a pass: a browser got there, and is let in.
#[derive(Debug)]
pub struct AppLogin {
    /// The ID of its pass.
    pub id: String,
    /// Where the user is logged in: the ID of the remembered device, or of the session if it has none.
    pub place: String,
    /// What people call the app.
    pub title: String,
    /// Where the app is.
    pub origin: String,
    /// When the browser got there.
    pub since: Time,
}

impl From<AppLoginRow> for AppLogin {
    fn from(row: AppLoginRow) -> AppLogin {
        let AppLoginRow { id, place_id: place, title, origin, redeemed_at } = row;
        AppLogin { id, place, title, origin, since: Time::from_unix(redeemed_at) }
    }
}

/// All of an account.
pub async fn app_logins(site: &Site, account: &AccountId) -> sqlx::Result<Vec<AppLogin>> {
    app_logins_after(site, account, "", MOST).await
}

/// In parts, for a copy of an account's data: those with IDs after the given one.
pub async fn app_logins_after(
    site: &Site,
    account: &AccountId,
    id: &str,
    most: i64,
) -> sqlx::Result<Vec<AppLogin>> {
    let rows = store::of_account(&site.db, account, id, most).await?;
    Ok(rows.into_iter().map(AppLogin::from).collect())
}
