//! A session is taken back, as if its login had not been.

use crate::base::{Client, Tx};
use crate::people::accounts::AccountId;

/// Takes back a session that the same login in the same browser started a moment ago, with its device: its
/// tokens are lost, or about to be replaced. The login before it is the account's last one again. False if it
/// was another browser's.
pub async fn take_back(
    tx: &mut Tx,
    account: &AccountId,
    session: &str,
    client: &Client,
) -> sqlx::Result<bool> {
    // Only if no other login came in a later second.
    let login = sqlx::query(
        "update accounts set logged_in_at = (select last_login_at from sessions where id = $1), \
         logged_in_browser = (select last_login_browser from sessions where id = $1) \
         where id = $2 and logged_in_at = (select created_at from sessions \
         where id = $1 and account_id = $2 and browser = $3 and coalesce(address, '') = $4)",
    );
    let device = sqlx::query(
        "delete from remember_tokens where id = (select remember_token_id from sessions \
         where id = $1 and account_id = $2 and browser = $3 and coalesce(address, '') = $4)",
    );
    let row = sqlx::query(
        "delete from sessions where id = $1 and account_id = $2 and browser = $3 and coalesce(address, '') = $4",
    );
    let address = client.address.map(|address| address.to_string()).unwrap_or_default();
    let mut changed = [0; 3];
    for (changed, query) in changed.iter_mut().zip([login, device, row]) {
        let query = query.bind(session.to_owned()).bind(account.as_str().to_owned());
        let query = query.bind(client.browser).bind(address.clone());
        *changed = query.execute(&mut *tx).await?.rows_affected();
    }
    let [_, devices, sessions] = changed;
    Ok(devices + sessions > 0)
}
