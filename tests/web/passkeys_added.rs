//! A new passkey: what is asked, what is kept, and what is refused.

use serde_json::{Value, json};
use vestibule::base::webauthn::{Algorithm, Refused};
use vestibule::services::passkeys::{
    self, Added, MAX_PASSKEYS, NotAdded, Reason, RegistrationAnswer, RegistrationMode, Usable,
};
use vestibule::testing::{Authenticator, Cbor, RegistrationOptions};

use crate::passkeys::{Ada, SESSION, bytes, why};

fn new_device() -> Authenticator {
    Authenticator::new(Algorithm::EdDsa)
}

fn refused(why: Refused) -> Result<Added, NotAdded> {
    Err(NotAdded::Refused(Reason::Answer(why)))
}

/// The names of Ada's passkeys, and what they are good for.
fn listed(ada: &Ada) -> Vec<(String, Usable)> {
    let place = ada.place();
    let all = passkeys::list(&ada.site.db, Some(&place), &ada.account.id);
    let all = ada.site.runtime.block_on(all).unwrap();
    all.into_iter().map(|passkey| (passkey.name.to_string(), passkey.usable)).collect()
}

#[test]
fn a_browser_is_asked_for_what_can_be_found_again_and_for_nothing_that_is_not_needed() {
    let ada = Ada::new();
    let mut question = ada.question(&ada.account, RegistrationMode::Asked);
    assert_eq!(bytes(&question["challenge"].take()).len(), 57);
    let user_id = question["user"]["id"].take();
    assert_eq!(bytes(&user_id).len(), 32);
    let rest = json!({
        "rp": { "id": "localhost", "name": "Vestibule" },
        "user": { "id": null, "name": "ada@example.org", "displayName": "Ada" },
        "challenge": null,
        "pubKeyCredParams": [
            { "type": "public-key", "alg": -8 },
            { "type": "public-key", "alg": -7 },
            { "type": "public-key", "alg": -257 },
        ],
        "timeout": 300_000,
        "excludeCredentials": [],
        "authenticatorSelection": { "residentKey": "preferred", "userVerification": "preferred" },
        "attestation": "none",
        "extensions": { "credProps": true },
    });
    assert_eq!(question, rest);
    for (way, resident) in [
        (RegistrationMode::Asked, "preferred"),
        (RegistrationMode::Plain, "discouraged"),
        (RegistrationMode::Upgrade, "preferred"),
    ] {
        let question = ada.question(&ada.account, way);
        assert_eq!(question["user"]["id"], user_id, "it stays");
        assert_eq!(question["authenticatorSelection"]["residentKey"], resident);
        assert_eq!(question["authenticatorSelection"]["userVerification"], "preferred");
    }
    assert_ne!(ada.question(&ada.bob(), RegistrationMode::Asked)["user"]["id"], user_id);
}

#[test]
fn a_device_that_has_a_passkey_for_here_is_not_asked_for_another_one() {
    let ada = Ada::new();
    let device = ada.device();
    ada.device_of(&ada.bob());
    let excluded =
        |ada: &Ada| ada.question(&ada.account, RegistrationMode::Asked)["excludeCredentials"].take();
    let found = excluded(&ada);
    assert_eq!(bytes(&found[0]["id"]), device.credential_id);
    assert_eq!((&found[0]["type"], &found[0]["transports"]), (&json!("public-key"), &json!(["internal"])));
    assert_eq!(found.as_array().unwrap().len(), 1);
    ada.site.change("update passkeys set rp_id = 'login.old.test'");
    assert_eq!(excluded(&ada), json!([]), "it is of another domain");
    ada.site.change("update passkeys set rp_id = 'localhost', removed_at = created_at");
    assert_eq!(excluded(&ada), json!([]));
}

#[test]
fn what_a_browser_says_is_kept_as_it_is() {
    let ada = Ada::new();
    let mut device = new_device();
    device.counter = 7;
    (device.backup_eligible, device.backed_up) = (true, false);
    let mut answer = ada.registration(&ada.account, RegistrationMode::Asked, &mut device, |_| {});
    answer["response"]["transports"] = json!(["hybrid", "internal"]);
    answer["clientExtensionResults"] = json!({ "credProps": { "rk": false } });
    let added = ada.add_in(SESSION, &ada.account, RegistrationMode::Asked, &answer).unwrap();
    assert!(added.user_verified);
    let row = "select transports || ' ' || counter || backup_eligible || backed_up || user_verified || discoverable \
               || ' ' || algorithm || ' ' || rp_id || ' ' || registration_mode || ' ' || created_by || ' ' || aaguid from passkeys";
    let aaguid = "736f6674776172652d61757468656e74";
    assert_eq!(ada.site.text(row), format!("hybrid internal 71010 -8 localhost asked owner {aaguid}"));
    let place = ada.place();
    let all = passkeys::list(&ada.site.db, Some(&place), &ada.account.id);
    let passkey = ada.site.runtime.block_on(all).unwrap().remove(0);
    assert_eq!((passkey.id, passkey.discoverable), (added.id, Some(false)));
    assert_eq!((passkey.backup_eligible, passkey.backed_up), (true, false));
    assert_eq!((passkey.created_at, passkey.last_used_at), (ada.site.clock.now(), None));
}

#[test]
fn a_passkey_is_called_as_its_provider_or_else_as_its_browser_and_no_two_alike() {
    let ada = Ada::new();
    for aaguid in [*b"ProtonPassProton", *b"ProtonPassProton", [0; 16], [0; 16]] {
        let mut device = new_device();
        device.aaguid = aaguid;
        ada.try_to_add(&ada.account, RegistrationMode::Asked, &mut device, |_| {}).unwrap();
    }
    let names = ["Proton Pass", "Proton Pass 2", "Passkey on Firefox, Linux", "Passkey on Firefox, Linux 2"];
    assert_eq!(listed(&ada), names.map(|name| (name.to_owned(), Usable::ByItself)));
}

#[test]
fn a_credential_id_belongs_to_one_passkey_of_all_accounts() {
    let ada = Ada::new();
    let (device, bob) = (ada.device(), ada.bob());
    let mut copy = new_device();
    copy.credential_id.clone_from(&device.credential_id);
    for of in [&bob, &ada.account] {
        assert_eq!(ada.try_to_add(of, RegistrationMode::Asked, &mut copy, |_| {}), Err(NotAdded::Taken));
    }
    ada.site.change("update passkeys set removed_at = created_at");
    assert_eq!(
        ada.try_to_add(&bob, RegistrationMode::Asked, &mut copy, |_| {}),
        Err(NotAdded::Taken),
        "it may come back"
    );
    ada.site.change("update passkeys set removed_at = null");
    assert_eq!(*ada.log_in(&device).unwrap().authenticated.account(), ada.account.id);
    assert_eq!(ada.site.number("select count(*) from passkeys"), 1);
}

#[test]
fn a_credential_id_has_at_most_1023_bytes() {
    let ada = Ada::new();
    let mut device = new_device();
    for (length, expected) in [(1024, false), (1023, true)] {
        device.credential_id = vec![9; length];
        let mut answer = ada.registration(&ada.account, RegistrationMode::Asked, &mut device, |_| {});
        assert_eq!(RegistrationAnswer::parse(&answer.to_string()).is_some(), expected);
        // A script may say another one. What the authenticator says counts.
        answer["rawId"] = json!("AQID");
        let found = ada.add_in(SESSION, &ada.account, RegistrationMode::Asked, &answer);
        assert_eq!(found.is_ok(), expected);
        assert!(expected || found == refused(Refused::CredentialId));
    }
    assert!(ada.log_in(&device).is_ok());
}

/// What is wrong with an answer, and why it is refused.
type Wrong = (fn(&mut RegistrationOptions), Refused);

#[test]
fn an_answer_that_is_not_as_the_standard_asks_is_refused_for_its_reason() {
    let ada = Ada::new();
    let mut device = new_device();
    let wrong: [Wrong; 7] = [
        (|it| it.ceremony.user_present = false, Refused::UserNotPresent),
        (|it| it.ceremony.origin = "http://evillocalhost:8000".to_owned(), Refused::Origin),
        (|it| it.ceremony.cross_origin = Some(true), Refused::CrossOrigin),
        (|it| it.ceremony.rp_id = "evil.localhost".to_owned(), Refused::RelyingPartyId),
        (|it| it.ceremony.kind = Some("webauthn.get".to_owned()), Refused::Type),
        (|it| it.public_key = Some(es384().bytes()), Refused::Algorithm),
        (|it| it.public_key = Some(Cbor::Map(Vec::new()).bytes()), Refused::PublicKeyParameters),
    ];
    for way in [RegistrationMode::Asked, RegistrationMode::Plain] {
        for (twist, reason) in wrong {
            assert_eq!(ada.try_to_add(&ada.account, way, &mut device, twist), refused(reason));
        }
    }
    assert_eq!(ada.site.number("select count(*) from passkeys"), 0);
    assert_eq!(ada.site.number("select count(*) from spent_challenges"), 0);
}

/// A public key of an algorithm that no page of ours asks for.
fn es384() -> Cbor {
    let number = |label: i64, number: i64| (Cbor::Int(label), Cbor::Int(number));
    let half = |label: i64| (Cbor::Int(label), Cbor::Bytes(vec![1; 48]));
    Cbor::Map(vec![number(1, 2), number(3, -35), number(-1, 2), half(-2), half(-3)])
}

#[test]
fn without_a_question_a_passkey_is_saved_only_where_the_password_alone_logs_in() {
    let ada = Ada::new();
    let silent = |it: &mut RegistrationOptions| {
        (it.ceremony.user_present, it.ceremony.user_verified) = (false, false);
    };
    let (mut synced, mut local) = (new_device(), new_device());
    (local.backup_eligible, local.backed_up) = (false, false);
    let save = |device: &mut _| ada.try_to_add(&ada.account, RegistrationMode::Upgrade, device, silent);
    assert!(!save(&mut synced).unwrap().user_verified);
    assert_eq!(save(&mut local), Err(NotAdded::HasOne), "of several questions at once, one adds a passkey");
    ada.site.change("update passkeys set rp_id = 'old.example'");
    assert!(!save(&mut local).unwrap().user_verified, "the other one is of another domain");
    ada.site
        .change("update passkeys set rp_id = (select min(rp_id) from passkeys where rp_id <> 'old.example')");
    assert!(ada.log_in(&synced).is_ok());
    assert_eq!(why(ada.log_in(&local)), Reason::SecondFactorOnly);
    let usable = |ada: &Ada| listed(ada).into_iter().map(|(_, usable)| usable).collect::<Vec<_>>();
    assert_eq!(usable(&ada), [Usable::ByItself, Usable::AfterPassword]);
    ada.site.change("update accounts set two_factor_since = 1");
    assert_eq!(why(ada.log_in(&synced)), Reason::SecondFactorOnly);
    assert_eq!(usable(&ada), [Usable::AfterPassword; 2]);
    let third = ada.try_to_add(&ada.account, RegistrationMode::Upgrade, &mut new_device(), silent);
    assert_eq!(third, Err(NotAdded::TwoFactorOn));
    assert!(ada.try_to_add(&ada.account, RegistrationMode::Asked, &mut new_device(), |_| {}).is_ok());
}

#[test]
fn an_account_has_twenty_passkeys_at_most() {
    let ada = Ada::new();
    let add = || ada.try_to_add(&ada.account, RegistrationMode::Asked, &mut new_device(), |_| {});
    for _ in 0..MAX_PASSKEYS {
        add().unwrap();
    }
    assert_eq!((MAX_PASSKEYS, add()), (20, Err(NotAdded::TooMany)));
    ada.device_of(&ada.bob());
    ada.site.change("update passkeys set removed_at = created_at where name = 'Passkey on Firefox, Linux'");
    assert!(add().is_ok());
    assert_eq!((listed(&ada).len(), add()), (20, Err(NotAdded::TooMany)));
}

#[test]
fn a_deleted_account_gets_no_passkey() {
    let ada = Ada::new();
    let answer: Value = ada.registration(&ada.account, RegistrationMode::Asked, &mut new_device(), |_| {});
    ada.site.change("delete from accounts");
    assert_eq!(ada.add_in(SESSION, &ada.account, RegistrationMode::Asked, &answer), Err(NotAdded::NoAccount));
}
