//! What a passkey is good for.

use super::passkey_site::PasskeySite;
use super::registration_mode::RegistrationMode;
use super::store::Found;

/// What a passkey is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usable {
    /// It logs in by itself, and is a second factor.
    ByItself,
    /// It is a second factor only: its authenticator never showed that it verifies its user.
    AfterPassword,
    /// It logged in by itself before the password was reset. It is a second factor only, until its owner says that it
    /// is theirs.
    Rests,
    /// It was made for another domain: browsers do not offer it here.
    Elsewhere,
}

impl Usable {
    /// Decides for a passkey. `at` is `None` where no passkey can be used.
    pub(super) fn of(found: &Found, at: Option<&PasskeySite>) -> Usable {
        let passkey = &found.passkey;
        // One that a password manager saved without a question verified no one then. If it is synced, its owner unlocks
        // it like the password, so it may replace that; but not two factors.
        let is_upgrade = passkey.registration_mode == RegistrationMode::Upgrade.code();
        let replaces_password =
            is_upgrade && passkey.backup_eligible != 0 && found.two_factor_since.is_none();
        if at.is_none_or(|at| at.rp_id != passkey.rp_id) {
            Usable::Elsewhere
        } else if passkey.rests_since.is_some() {
            Usable::Rests
        } else if passkey.user_verified != 0 || replaces_password {
            Usable::ByItself
        } else {
            Usable::AfterPassword
        }
    }
}
