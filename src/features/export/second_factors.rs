//! What an account has in addition to its password, without secrets, keys and codes.

use serde_json::{Value, json};

use crate::base::{Site, Time};
use crate::people::accounts::{self, AccountId};
use crate::services::passkeys::{self, Passkey};
use crate::services::{recovery_codes, totp_app};

/// The second factors of an account, as the document has them.
pub(super) async fn of(site: &Site, account: &AccountId) -> sqlx::Result<Value> {
    let since = accounts::two_factor_since(site.db.reader(), account).await?;
    let app = totp_app::summary(site, account).await?.map(|app| {
        json!({
            "created_at": app.created_at.rfc3339(),
            "last_used_at": app.last_used_at.map(Time::rfc3339),
            "stopped_at": app.stopped_at.map(Time::rfc3339),
        })
    });
    let here = passkeys::site(site);
    let passkeys = passkeys::list(&site.db, here.as_ref(), account).await?;
    let codes_left = recovery_codes::left(&site.db, account).await?;
    Ok(json!({
        "two_factor_since": since.map(Time::rfc3339),
        "authenticator_app": app,
        "passkeys": passkeys.iter().map(passkey).collect::<Vec<_>>(),
        "recovery_codes_left": codes_left,
    }))
}

fn passkey(passkey: &Passkey) -> Value {
    json!({
        "name": passkey.name.as_str(),
        "domain": passkey.rp_id,
        "created_at": passkey.created_at.rfc3339(),
        "last_used_at": passkey.last_used_at.map(Time::rfc3339),
        "rests_since": passkey.rests_since.map(Time::rfc3339),
        "backed_up": passkey.backed_up,
    })
}
