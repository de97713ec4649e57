//! Logins by a passkey that are refused, each for its reason. Visitors do not learn it.

use serde_json::json;
use vestibule::base::webauthn::{Algorithm, Refused};
use vestibule::services::passkeys::{self, Reason, Refusal};
use vestibule::testing::{AssertionOptions, Authenticator};

use crate::passkeys::{Ada, as_json, why};
use crate::support::Setup;

/// What is wrong with an answer, and why it is refused.
type Wrong = (fn(&mut AssertionOptions), Refused);

#[test]
fn an_answer_that_is_not_as_the_standard_asks_is_refused_for_its_reason() {
    let ada = Ada::new();
    let device = ada.device();
    let wrong: [Wrong; 14] = [
        (|it| it.ceremony.origin = "http://localhost:8001".to_owned(), Refused::Origin),
        (|it| it.ceremony.origin = "http://localhost".to_owned(), Refused::Origin),
        (|it| it.ceremony.origin = "https://localhost:8000".to_owned(), Refused::Origin),
        (|it| it.ceremony.origin = "http://evillocalhost:8000".to_owned(), Refused::Origin),
        (|it| it.ceremony.origin = "http://evil.localhost:8000".to_owned(), Refused::Origin),
        (|it| it.ceremony.origin = "https://evil.example".to_owned(), Refused::Origin),
        (|it| it.ceremony.cross_origin = Some(true), Refused::CrossOrigin),
        (|it| it.ceremony.top_origin = Some("https://evil.example".to_owned()), Refused::TopOrigin),
        (|it| it.ceremony.rp_id = "evil.localhost".to_owned(), Refused::RelyingPartyId),
        (|it| it.ceremony.user_present = false, Refused::UserNotPresent),
        (|it| it.ceremony.user_verified = false, Refused::UserNotVerified),
        (|it| it.ceremony.kind = Some("webauthn.create".to_owned()), Refused::Type),
        (|it| it.with_credential = true, Refused::UnexpectedCredential),
        (
            |it| {
                it.edit_signature = Some(Box::new(|mut signature: Vec<u8>| {
                    signature[20] ^= 1;
                    signature
                }));
            },
            Refused::Signature,
        ),
    ];
    for (twist, reason) in wrong {
        let refused = why(ada.log_in_by(&ada.answer(&device, twist)));
        assert_eq!(refused, Reason::Answer(reason));
    }
    assert_eq!(ada.site.number("select count(*) from passkeys where last_used_at is not null"), 0);
    assert!(ada.log_in(&device).is_ok());
}

#[test]
fn a_passkey_says_itself_whose_it_is() {
    let ada = Ada::new();
    let (device, of_bob) = (ada.device(), ada.device_of(&ada.bob()));
    for says in [None, of_bob.user_handle.clone(), Some(vec![7; 32])] {
        let mut other = device.clone();
        other.user_handle = says;
        assert_eq!(why(ada.log_in(&other)), Reason::UserHandle, "{:?}", other.user_handle);
    }
    assert_eq!(*ada.log_in(&of_bob).unwrap().authenticated.account(), ada.bob().id);
}

#[test]
fn an_account_that_cannot_be_logged_in_to_is_closed_to_its_passkeys() {
    let ada = Ada::at(Setup::new().mail().build());
    let device = ada.device();
    let [first, second] = [(); 2].map(|()| ada.verify(&ada.answer(&device, |_| {})).unwrap());
    ada.site.change("update accounts set disabled_at = 1");
    assert_eq!(why(ada.log_in(&device)), Reason::Disabled);
    assert_eq!(why(ada.used(&first)), Reason::Disabled, "it was disabled since");
    ada.site.change("update accounts set disabled_at = null, confirmed_at = null");
    assert_eq!(why(ada.log_in(&device)), Reason::Unconfirmed);
    assert_eq!(why(ada.used(&second)), Reason::Unconfirmed);
    ada.site.change("update accounts set confirmed_at = 1");
    assert!(ada.used(&first).is_ok() && ada.log_in(&device).is_ok());
}

#[test]
fn without_email_an_unconfirmed_account_is_open() {
    let ada = Ada::new();
    let device = ada.device();
    ada.site.change("update accounts set confirmed_at = null");
    assert!(ada.log_in(&device).is_ok());
}

#[test]
fn only_a_passkey_that_no_row_has_is_unknown() {
    let ada = Ada::new();
    let (device, mut stranger) = (ada.device(), Authenticator::new(Algorithm::Es256));
    stranger.user_handle.clone_from(&device.user_handle);
    assert_eq!(ada.log_in(&stranger).unwrap_err(), Refusal::Unknown);
    let answer = ada.answer(&stranger, |_| {});
    let told = as_json(passkeys::unknown(&ada.place(), &answer));
    assert_eq!(told, json!({ "rpId": "localhost", "credentialId": answer.credential_id() }));
    let verified = ada.verify(&ada.answer(&device, |_| {})).unwrap();
    ada.site.change("update passkeys set removed_at = created_at");
    assert_eq!(ada.log_in(&device).unwrap_err(), Refusal::Removed, "it may come back");
    assert_eq!(why(ada.used(&verified)), Reason::Gone, "it was removed since");
}
