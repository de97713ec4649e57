//! Whether what a visitor has proved is enough. This is the only place that decides it.

use crate::base::Time;
use crate::people::sessions::{Method, Methods};

/// Whether these methods are enough for a session of an account, or must wait for a second factor. `two_factor_since` is
/// that of the account, as just read.
///
/// It does not matter which factors the account has: where two-factor authentication is on, and no factor can be used,
/// the password alone is still not enough.
pub fn suffices(methods: &Methods, two_factor_since: Option<Time>) -> bool {
    match two_factor_since {
        Some(_) => methods.count_as_two(),
        // A code without a password is a second factor without a first one.
        None => [Method::Password, Method::Passkey].into_iter().any(|method| methods.contain(method)),
    }
}
