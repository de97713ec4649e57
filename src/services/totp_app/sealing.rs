//! The secret of an app as the database keeps it: sealed under the site's key, for its account alone.

use crate::base::sealed;
use crate::base::secret::SecretKey;
use crate::base::totp::TotpSecret;
use crate::people::AccountId;

/// What the secrets are sealed for. It never changes: those that were sealed before would not open.
const PURPOSE: &str = "authenticator app";

/// Seals the secret of an account's app.
pub(super) fn seal(key: &SecretKey, account: &AccountId, secret: &TotpSecret) -> String {
    sealed::seal(key, PURPOSE, account.as_str(), secret.reveal_bytes())
}

/// Opens one. `None` if it was sealed under another key or for another account, was changed since, or is the empty
/// text: it must be set up again.
pub(super) fn open(key: &SecretKey, account: &AccountId, text: &str) -> Option<TotpSecret> {
    let opened = sealed::open(key, PURPOSE, account.as_str(), text)?;
    TotpSecret::from_bytes(opened.reveal())
}
