//! Proof of who a visitor is: the only thing that starts a session or makes one fresh.

use std::fmt;

use crate::base::Time;
use crate::base::closed_set::closed_set;
use crate::people::accounts::AccountId;

closed_set! {
    /// One way to prove who one is. Its code is what the database keeps; those of the password and of the app are from
    /// RFC 8176.
    pub enum Method {
        /// The password of the account.
        Password = "pwd",
        /// The token of a remembered device.
        RememberedDevice = "remember",
        /// A code from the authenticator app.
        App = "otp",
        /// A passkey: alone, or after the password.
        Passkey = "passkey",
        /// A recovery code.
        RecoveryCode = "recovery",
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

    /// Whether they count as two factors: the password with another, or a passkey. A passkey without a password was
    /// unlocked by a finger, a face or a PIN, which is the second. A remembered device counts as what its owner proved
    /// when it was remembered; its token is no factor.
    pub fn count_as_two(&self) -> bool {
        let after_password = [Method::App, Method::RecoveryCode];
        let with_password =
            self.contain(Method::Password) && after_password.into_iter().any(|method| self.contain(method));
        with_password || self.contain(Method::Passkey)
    }

    /// Whether a session that they opened is restricted: the site needs a second factor of its user (`needed`), and neither
    /// the account has two-factor authentication on, nor do they count as two.
    pub(in crate::people) fn are_restricted(&self, needed: bool, two_factor: bool) -> bool {
        needed && !two_factor && !self.count_as_two()
    }

    /// Those of a session that a remembered device opens: its token, and what its owner proved when it was
    /// remembered.
    pub(super) fn by_device(&self) -> Methods {
        if self.contain(Method::RememberedDevice) {
            return self.clone();
        }
        Methods(format!("{} {}", Method::RememberedDevice.code(), self.0))
    }

    /// These without the token of a remembered device.
    fn without_device(&self) -> Methods {
        let codes = self.codes().filter(|code| *code != Method::RememberedDevice.code());
        Methods(codes.collect::<Vec<_>>().join(" "))
    }

    /// These and another one.
    fn and(self, method: Method) -> Methods {
        if self.contain(method) {
            return self;
        }
        Methods(format!("{} {}", self.0, method.code()))
    }

    /// The code of each.
    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ')
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
    passkey_id: Option<String>,
}

impl Authenticated {
    /// The owner of an account, by a method that was verified at a moment.
    pub(crate) fn by(method: Method, account: &AccountId, at: Time) -> Authenticated {
        let methods = Methods(method.code().to_owned());
        Authenticated { account: account.clone(), methods, at, passkey_id: None }
    }

    /// The owner of a passkey that logs in by itself: it has verified them. What starts by it ends with the passkey.
    pub(crate) fn by_passkey(account: &AccountId, passkey_id: &str, at: Time) -> Authenticated {
        let methods = Methods(Method::Passkey.code().to_owned());
        Authenticated { account: account.clone(), methods, at, passkey_id: Some(passkey_id.to_owned()) }
    }

    /// The same person, who has proved it by another method as well, at a moment.
    pub(crate) fn and(self, method: Method, at: Time) -> Authenticated {
        Authenticated { methods: self.methods.and(method), at, ..self }
    }

    /// The owner of a remembered device, whose token was just checked. `passkey_id` is that of the passkey by which it
    /// was remembered, if it was by one.
    pub(super) fn by_device(
        account: &AccountId,
        device: &Methods,
        passkey_id: Option<&str>,
        at: Time,
    ) -> Authenticated {
        let passkey_id = passkey_id.map(str::to_owned);
        Authenticated { account: account.clone(), methods: device.by_device(), at, passkey_id }
    }

    /// The user of a fresh session: what they proved in it, at the moment of the last proof.
    pub(super) fn of_session(account: &AccountId, methods: &Methods, at: Time) -> Authenticated {
        Authenticated { account: account.clone(), methods: methods.without_device(), at, passkey_id: None }
    }

    /// Someone who proved this at a moment: a pending login has kept it since.
    pub(super) fn kept(account: AccountId, methods: Methods, at: Time) -> Authenticated {
        Authenticated { account, methods, at, passkey_id: None }
    }

    /// The account.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// What they proved it by.
    pub fn methods(&self) -> &Methods {
        &self.methods
    }

    /// The passkey that logged them in by itself, if one did.
    pub fn passkey_id(&self) -> Option<&str> {
        self.passkey_id.as_deref()
    }

    /// Since when the session that it starts is fresh. `None` if a remembered device opens it: its token may be in
    /// the hands of a person who borrowed the device.
    pub(super) fn fresh_since(&self) -> Option<Time> {
        (!self.methods.contain(Method::RememberedDevice)).then_some(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Methods {
        Methods(text.to_owned())
    }

    #[test]
    fn a_passkey_or_the_password_with_another_factor_counts_as_two() {
        for two in [
            "passkey",
            "pwd passkey",
            "pwd otp",
            "pwd recovery",
            "remember pwd otp",
            "remember passkey",
            "otp pwd",
        ] {
            assert!(written(two).count_as_two(), "{two}");
        }
        for one in [
            "",
            "pwd",
            "otp",
            "recovery",
            "remember",
            "remember pwd",
            "otp recovery",
            "pwd pwd",
            "pwd voice",
            "pwdotp",
        ] {
            assert!(!written(one).count_as_two(), "{one}");
        }
    }

    #[test]
    fn a_second_factor_is_added_once_and_its_moment_counts() {
        let account = AccountId::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
        let (before, now) = (Time::from_unix(1_767_225_600), Time::from_unix(1_767_225_660));
        let password = Authenticated::by(Method::Password, &account, before);
        assert_eq!((password.fresh_since(), password.methods().count_as_two()), (Some(before), false));
        let both = password.and(Method::App, now);
        assert_eq!(
            (both.methods().as_str(), both.fresh_since(), both.passkey_id()),
            ("pwd otp", Some(now), None)
        );
        assert_eq!(both.and(Method::App, now).methods().as_str(), "pwd otp");
    }

    #[test]
    fn what_a_passkey_opens_keeps_its_id_also_on_a_remembered_device() {
        let account = AccountId::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
        let now = Time::from_unix(1_767_225_600);
        let passkey = Authenticated::by_passkey(&account, "its id", now);
        assert_eq!((passkey.methods().as_str(), passkey.passkey_id()), ("passkey", Some("its id")));
        assert_eq!(passkey.fresh_since(), Some(now));
        let device = Authenticated::by_device(&account, passkey.methods(), passkey.passkey_id(), now);
        assert_eq!((device.methods().as_str(), device.passkey_id()), ("remember passkey", Some("its id")));
        assert_eq!(device.fresh_since(), None);
    }

    #[test]
    fn a_remembered_device_is_no_proof_of_a_fresh_session() {
        let account = AccountId::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
        let now = Time::from_unix(1_767_225_600);
        let proof = Authenticated::of_session(&account, &written("remember pwd otp"), now);
        assert_eq!((proof.methods().as_str(), proof.fresh_since()), ("pwd otp", Some(now)));
    }
}
