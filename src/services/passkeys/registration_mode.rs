//! How a page asks for a new passkey.

use crate::base::closed_set::closed_set;
use crate::base::webauthn::challenge::Purpose;

closed_set! {
    /// How a page asks for a new passkey. Its code is what the database keeps.
    pub enum RegistrationMode {
        /// Its owner asks for one.
        Asked = "asked",
        /// The same, but it need not be discoverable: a security key without a PIN makes no other.
        Plain = "plain",
        /// No one is asked: after a login, the password manager that filled in the password saves one.
        Upgrade = "upgrade",
    }
}

impl RegistrationMode {
    /// What its challenge is for.
    pub(super) fn purpose(self) -> Purpose {
        match self {
            RegistrationMode::Asked => Purpose::Add,
            RegistrationMode::Plain => Purpose::AddPlain,
            RegistrationMode::Upgrade => Purpose::Upgrade,
        }
    }
}
