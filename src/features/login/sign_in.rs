//! The decision: may this visitor in?

use crate::base::{Password, Site};
use crate::features::passwords;
use crate::people::accounts::{self, Email};
use crate::people::sessions::{self, Started};
use crate::web::{self, Visitor};

/// What became of a log-in.
#[derive(Debug)]
pub(super) enum SignIn {
    /// A session was started.
    Opened(Started),
    /// Something is wrong, and it is not said what.
    Refused,
}

/// Checks a password and starts a session. `None` for an address that is none: as much is computed for it, and for an
/// unknown one, as for a known one.
pub(super) async fn sign_in(
    site: &Site,
    email: Option<&Email>,
    password: &Password,
    remember: bool,
    visitor: &Visitor,
) -> web::Result<SignIn> {
    let account = match email {
        Some(email) => accounts::by_email(&site.db, email).await?,
        None => None,
    };
    let account =
        account.filter(|account| !account.disabled && password.characters() <= Password::MAX_CHARACTERS);
    let (request_id, address) = (&*visitor.request_id, visitor.address_text());
    let proof =
        passwords::check(site, account.as_ref().map(|account| &account.id), password, request_id).await?;
    if let Some(proof) = proof {
        let mut tx = site.db.begin().await?;
        // A password changed meanwhile must not leave a session behind that its change would have ended.
        if proof.stands(&mut tx).await? {
            let started = sessions::start(&mut tx, site, proof.account(), remember).await?;
            tx.commit().await?;
            log::info!(event = "authn_login_success", request_id, address:%, account:% = proof.account(); "logged in");
            return Ok(SignIn::Opened(started));
        }
    }
    log::info!(event = "authn_login_fail", request_id, address:%; "a log-in was refused");
    Ok(SignIn::Refused)
}
