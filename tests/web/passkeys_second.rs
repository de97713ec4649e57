//! A passkey after the password, and a passkey that shows that it is still the same user.

use std::slice;

use serde_json::{Value, json};
use vestibule::base::webauthn::{Algorithm, Refused};
use vestibule::base::{Client, Tx};
use vestibule::people::Account;
use vestibule::people::audit::Event;
use vestibule::people::sessions::Method;
use vestibule::services::passkeys::{
    self, AssertionAnswer, Reason, Refusal, RegistrationMode, UsedPasskey, VerifiedSameUser,
};
use vestibule::testing::{AssertionOptions, Authenticator};

use crate::passkeys::{Ada, answered, as_json, bytes, why};

/// What names Ada's pending login.
const PENDING: &[u8] = b"a pending login of Ada";

impl Ada {
    /// A security key without a PIN.
    fn security_key(&self) -> Authenticator {
        let mut device = Authenticator::new(Algorithm::Es256);
        (device.backup_eligible, device.backed_up) = (false, false);
        let added = self.try_to_add(&self.account, RegistrationMode::Plain, &mut device, |it| {
            it.ceremony.user_verified = false
        });
        assert!(!added.unwrap().user_verified);
        device
    }

    fn second_question(&self) -> Value {
        let (place, account) = (self.place(), &self.account.id);
        let question = passkeys::for_second(&self.site.site, &place, account, PENDING);
        as_json(self.site.runtime.block_on(question).unwrap())
    }

    /// What a device does after the password of an account.
    fn second_at(&self, of: &Account, answer: &AssertionAnswer) -> Result<UsedPasskey, Refusal> {
        let (site, place, client) = (&self.site.site, self.place(), Client::default());
        let verified = passkeys::second(site, &place, (&of.id, PENDING), answer, &client);
        let verified = self.site.runtime.block_on(verified).unwrap()?;
        let before = self.site.proof(&of.id, Method::Password, &[]);
        let used = self.within(&of.id, async |tx: &mut Tx| verified.authenticated(tx, site, before).await);
        used.map_err(|why| Refusal::Failed { why, account: None })
    }

    fn second(
        &self,
        device: &Authenticator,
        twist: impl FnOnce(&mut AssertionOptions),
    ) -> Result<UsedPasskey, Refusal> {
        self.second_at(&self.account, &answered(&self.second_question(), device, twist))
    }

    fn same_question(&self) -> Value {
        let (place, account) = (self.place(), &self.account.id);
        let question = passkeys::for_reauthentication(&self.site.site, &place, account, PENDING);
        as_json(self.site.runtime.block_on(question).unwrap())
    }

    /// Whether a device shows that it is still Ada.
    fn same(
        &self,
        device: &Authenticator,
        twist: impl FnOnce(&mut AssertionOptions),
    ) -> Result<UsedPasskey, Refusal> {
        let (site, place, client) = (&self.site.site, self.place(), Client::default());
        let answer = answered(&self.same_question(), device, twist);
        let of = (&self.account.id, PENDING);
        let verified = passkeys::reauthenticate(site, &place, of, &answer, &client);
        self.used_again(&self.site.runtime.block_on(verified).unwrap()?)
    }

    /// The same user that a verified passkey proves.
    fn used_again(&self, verified: &VerifiedSameUser) -> Result<UsedPasskey, Refusal> {
        let site = &self.site.site;
        let used =
            self.within(verified.account(), async |tx: &mut Tx| verified.authenticated(tx, site).await);
        used.map_err(|why| Refusal::Failed { why, account: None })
    }

    fn asked_for(question: &Value) -> Vec<Vec<u8>> {
        question["allowCredentials"].as_array().unwrap().iter().map(|one| bytes(&one["id"])).collect()
    }
}

fn touched(it: &mut AssertionOptions) {
    it.ceremony.user_verified = false;
}

#[test]
fn after_the_password_each_passkey_of_the_account_is_asked_for_and_a_touch_is_enough() {
    let ada = Ada::new();
    let (key, phone) = (ada.security_key(), ada.device());
    ada.device_of(&ada.bob());
    ada.site.change("update accounts set two_factor_since = 1");
    let mut question = ada.second_question();
    assert_eq!(Ada::asked_for(&question), [key.credential_id.clone(), phone.credential_id.clone()]);
    let first = question["allowCredentials"][0].clone();
    assert_eq!((&first["type"], &first["transports"]), (&json!("public-key"), &json!(["internal"])));
    assert_eq!(question["userVerification"].take(), "preferred");
    for device in [&key, &phone] {
        let used = ada.second(device, touched).unwrap();
        let by = used.authenticated;
        assert_eq!((by.account(), by.passkey_id()), (&ada.account.id, None));
        assert!(by.methods().to_string() == "pwd passkey" && by.methods().count_as_two());
    }
    let absent = ada.second(&key, |it| it.ceremony.user_present = false);
    assert_eq!(why(absent), Reason::Answer(Refused::UserNotPresent));
}

#[test]
fn after_the_password_of_one_account_no_passkey_of_another_counts() {
    let ada = Ada::new();
    let (device, bob) = (ada.device(), ada.bob());
    let of_bob = ada.device_of(&bob);
    let answer = answered(&ada.second_question(), &of_bob, |_| {});
    assert_eq!(why(ada.second_at(&ada.account, &answer)), Reason::OtherAccount);
    let mut lying = of_bob.clone();
    lying.user_handle.clone_from(&device.user_handle);
    let answer = answered(&ada.second_question(), &lying, |_| {});
    assert_eq!(why(ada.second_at(&ada.account, &answer)), Reason::OtherAccount);
    let mut odd = device.clone();
    odd.user_handle.clone_from(&of_bob.user_handle);
    assert_eq!(why(ada.second(&odd, |_| {})), Reason::UserHandle);
    odd.user_handle = None;
    assert!(ada.second(&odd, |_| {}).is_ok(), "a security key does not say whose it is");
}

#[test]
fn what_was_proved_for_another_account_gains_nothing_by_a_passkey() {
    let ada = Ada::new();
    let (device, bob, client) = (ada.device(), ada.bob(), Client::default());
    let (site, place) = (&ada.site.site, ada.place());
    let answer = answered(&ada.second_question(), &device, |_| {});
    let verified = passkeys::second(site, &place, (&ada.account.id, PENDING), &answer, &client);
    let verified = ada.site.runtime.block_on(verified).unwrap().unwrap();
    let by_bob = ada.site.proof(&bob.id, Method::Password, &[]);
    let used =
        ada.within(verified.account(), async |tx: &mut Tx| verified.authenticated(tx, site, by_bob).await);
    assert_eq!(used.unwrap_err(), Reason::OtherAccount);
}

#[test]
fn a_key_that_verifies_its_user_after_the_password_may_log_in_by_itself_from_then_on() {
    let ada = Ada::new();
    let key = ada.security_key();
    assert_eq!(why(ada.log_in(&key)), Reason::SecondFactorOnly);
    assert!(ada.second(&key, touched).is_ok());
    assert_eq!(why(ada.log_in(&key)), Reason::SecondFactorOnly, "it was only touched");
    ada.site.change("update accounts set two_factor_since = 1");
    assert!(ada.same(&key, |_| {}).is_ok());
    assert_eq!(why(ada.log_in(&key)), Reason::SecondFactorOnly, "no password was asked for");
    assert!(ada.second(&key, |_| {}).is_ok());
    assert!(ada.log_in(&key).is_ok());
    assert!(ada.second(&key, touched).is_ok());
    assert!(ada.log_in(&key).is_ok(), "a touch takes nothing back");
}

#[test]
fn a_passkey_that_rests_or_is_of_another_domain_is_told_apart_after_the_password() {
    let ada = Ada::new();
    let device = ada.device();
    ada.site.change("update passkeys set rests_since = 1");
    assert_eq!(why(ada.log_in(&device)), Reason::Rests);
    assert!(ada.second(&device, touched).is_ok());
    ada.site.change("update passkeys set rests_since = null, rp_id = 'login.old.test'");
    assert_eq!(Ada::asked_for(&ada.second_question()), [[0_u8; 0]; 0]);
    assert_eq!(why(ada.log_in(&device)), Reason::OtherDomain);
    assert_eq!(why(ada.second(&device, |_| {})), Reason::OtherDomain);
    ada.site.change("update passkeys set rp_id = 'localhost', removed_at = created_at");
    assert_eq!(Ada::asked_for(&ada.second_question()), [[0_u8; 0]; 0]);
    assert_eq!(ada.second(&device, |_| {}).unwrap_err(), Refusal::Removed);
    ada.site.change("update passkeys set removed_at = null");
    ada.site.change("update accounts set disabled_at = 1");
    assert_eq!(why(ada.second(&device, |_| {})), Reason::Disabled);
}

#[test]
fn without_two_factor_authentication_the_same_user_shows_what_replaces_the_password() {
    let ada = Ada::new();
    let (key, phone, tablet) = (ada.security_key(), ada.device(), ada.device());
    ada.site.change("update passkeys set rests_since = 1 where name like '% 3'");
    let question = ada.same_question();
    assert_eq!(question["userVerification"], "required");
    assert_eq!(Ada::asked_for(&question), slice::from_ref(&phone.credential_id));
    assert_eq!(why(ada.same(&key, |_| {})), Reason::SecondFactorOnly);
    assert_eq!(why(ada.same(&tablet, |_| {})), Reason::Rests);
    assert_eq!(why(ada.same(&phone, touched)), Reason::Answer(Refused::UserNotVerified));
    let used = ada.same(&phone, |_| {}).unwrap();
    assert_eq!(used.authenticated.methods().to_string(), "passkey");
    ada.site.change("update accounts set two_factor_since = 1");
    let question = ada.same_question();
    assert_eq!(question["userVerification"], "preferred");
    assert_eq!(Ada::asked_for(&question).len(), 3);
    for device in [&key, &phone, &tablet] {
        assert!(ada.same(device, touched).is_ok());
    }
    assert_eq!(why(ada.same(&ada.device_of(&ada.bob()), |_| {})), Reason::OtherAccount);
}

#[test]
fn a_touch_is_not_enough_once_two_factor_authentication_is_off() {
    let ada = Ada::new();
    let (device, client) = (ada.device(), Client::default());
    ada.site.change("update accounts set two_factor_since = 1");
    let answer = answered(&ada.same_question(), &device, touched);
    let (site, place, of) = (&ada.site.site, ada.place(), (&ada.account.id, PENDING));
    let verified = passkeys::reauthenticate(site, &place, of, &answer, &client);
    let verified = ada.site.runtime.block_on(verified).unwrap().unwrap();
    ada.site.change("update accounts set two_factor_since = null");
    assert_eq!(why(ada.used_again(&verified)), Reason::SecondFactorOnly);
}

#[test]
fn a_counter_that_goes_back_is_told_and_neither_refused_nor_kept() {
    let ada = Ada::new();
    let mut device = ada.device();
    (device.backup_eligible, device.backed_up) = (false, false);
    ada.log_in(&device).unwrap();
    for (counter, kept, events) in [
        (0, 0, vec![]),
        (5, 5, vec![]),
        (9, 9, vec![]),
        (9, 9, vec![Event::PasskeyCounter]),
        (3, 9, vec![Event::PasskeyCounter]),
        (0, 9, vec![Event::PasskeyCounter]),
        (u32::MAX, i64::from(u32::MAX), vec![]),
    ] {
        device.counter = counter;
        assert_eq!(ada.log_in(&device).unwrap().events, events, "{counter}");
        assert_eq!(ada.site.number("select counter from passkeys"), kept);
    }
    device.counter = 3;
    assert_eq!(ada.second(&device, touched).unwrap().events, [Event::PasskeyCounter]);
}

#[test]
fn what_is_backed_up_may_change_both_ways_and_is_told() {
    let ada = Ada::new();
    let mut device = ada.device();
    for (eligible, backed_up, is_told, copyable) in [
        (true, true, false, false),
        (true, false, true, false),
        (false, false, true, false),
        (false, false, false, false),
        (true, true, true, true),
        (true, true, false, false),
    ] {
        (device.backup_eligible, device.backed_up) = (eligible, backed_up);
        let used = ada.log_in(&device).unwrap();
        assert_eq!(used.events, if is_told { vec![Event::PasskeyBackupChanged] } else { vec![] });
        assert_eq!(used.became_copyable, copyable);
        let kept = i64::from(eligible) * 2 + i64::from(backed_up);
        assert_eq!(ada.site.number("select backup_eligible * 2 + backed_up from passkeys"), kept);
    }
    (device.backup_eligible, device.backed_up) = (false, true);
    assert_eq!(why(ada.log_in(&device)), Reason::Answer(Refused::BackedUpNotEligible));
}
