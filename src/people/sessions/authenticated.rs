//! Proof of who a visitor is: the only thing that starts a session or makes one fresh.

use std::fmt;

use crate::base::Time;
use crate::base::closed_set::closed_set;
use crate::people::accounts::AccountId;

closed_set! {
    /// One way to prove who one is. Its code is what the database keeps; that of the password is from RFC 8176.
    pub enum Method {
        /// The password of the account.
        Password = "pwd",
        /// The token of a remembered device.
        RememberedDevice = "remember",
    }
}

/// The methods that opened a session, as the database keeps them: their codes with a space between. A code of
/// a newer version counts as no method that this one knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Methods(String);

impl Methods {
    /// Whether a method is among them.
    pub fn contain(&self, method: Method) -> bool {
        self.0.split(' ').any(|code| code == method.code())
    }

    /// Those of a session that a remembered device opens: its token, and what its owner proved when it was
    /// remembered.
    pub(super) fn by_device(&self) -> Methods {
        if self.contain(Method::RememberedDevice) {
            return self.clone();
        }
        Methods(format!("{} {}", Method::RememberedDevice.code(), self.0))
    }

    /// As the database keeps them.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Methods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Someone who has just proved who they are. Its fields are private, and only what verified something makes
/// one: `tests/order` lists the files that may.
#[derive(Debug)]
pub struct Authenticated {
    account: AccountId,
    methods: Methods,
    at: Time,
}

impl Authenticated {
    /// The owner of an account, by a method that was verified at a moment.
    pub(crate) fn by(method: Method, account: &AccountId, at: Time) -> Authenticated {
        Authenticated { account: account.clone(), methods: Methods(method.code().to_owned()), at }
    }

    /// The owner of a remembered device, whose token was just checked.
    pub(super) fn by_device(account: &AccountId, device: &Methods, at: Time) -> Authenticated {
        Authenticated { account: account.clone(), methods: device.by_device(), at }
    }

    /// The account.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// What they proved it by.
    pub(super) fn methods(&self) -> &Methods {
        &self.methods
    }

    /// Since when the session that it starts is fresh. `None` if a remembered device opens it: its token may be in
    /// the hands of a person who borrowed the device.
    pub(super) fn fresh_since(&self) -> Option<Time> {
        (!self.methods.contain(Method::RememberedDevice)).then_some(self.at)
    }
}
