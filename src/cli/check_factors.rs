//! What the operator should know about the second factors of all accounts: passkeys that no browser offers any more, and
//! secrets that the site's key does not open.

use super::lookup::unread;
use crate::base::secret::SecretKey;
use crate::base::{Db, Refusal, Settings};
use crate::services::{passkeys, totp_app};

/// One line for each; none if all is well.
pub(super) async fn lines(db: &Db, settings: &Settings, key: &SecretKey) -> Result<Vec<String>, Refusal> {
    let mut lines = Vec::new();
    // Where none can be used, another line says so.
    if let Some(at) = passkeys::site_of(settings) {
        let others = passkeys::of_other_domains(db, &at).await.map_err(unread)?;
        lines.extend(others.iter().map(|(domain, count)| elsewhere(domain, *count)));
    }
    let unreadable = totp_app::unreadable(db, key).await.map_err(unread)?;
    if unreadable > 0 {
        lines.push(lost(unreadable));
    }
    Ok(lines)
}

fn elsewhere(domain: &str, count: i64) -> String {
    let are = if count == 1 { "1 passkey was".to_owned() } else { format!("{count} passkeys were") };
    format!(
        "{are} made for {domain}, and no browser offers them here. To use them, set passkey_domain = \"{domain}\" and \
         list the address of this site in passkey_origins."
    )
}

fn lost(count: i64) -> String {
    let are =
        if count == 1 { "1 authenticator app".to_owned() } else { format!("{count} authenticator apps") };
    format!(
        "{are} must be set up again, since the secret key does not open what the site keeps about it. Until then, a recovery \
         code or a passkey logs its owner in."
    )
}
