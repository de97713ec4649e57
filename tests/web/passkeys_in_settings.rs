//! The passkeys on the Security page: added, named, removed, woken, and what the browser is told of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::http::Status;
use serde_json::{Value, json};
use vestibule::base::webauthn::Algorithm;
use vestibule::base::{Client, Tx};
use vestibule::people::sessions;
use vestibule::testing::{Authenticator, Ceremony, RegistrationOptions};

use crate::emails::with_mail;
use crate::passkeys::bytes;
use crate::recovery_codes::new_set;
use crate::second_factor_switch::{add_passkey, is_on, turn_on, within};
use crate::support::{ADA, Answer, Setup, TestSite, Visitor};

const SECURITY: &str = "/settings/security";
const PASSKEYS: &str = "/settings/security/passkeys";
const PLAIN: &str = "/settings/security/passkeys/plain";
const RENAME: &str = "/settings/security/passkeys/rename";
const REMOVE: &str = "/settings/security/passkeys/remove";
const WAKE: &str = "/settings/security/passkeys/wake";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

/// What a device answers to the question for the form at an address.
pub fn registration(
    visitor: &mut Visitor<'_>,
    form: &str,
    device: &mut Authenticator,
    twist: impl FnOnce(&mut RegistrationOptions),
) -> String {
    let question = visitor.get(&format!("{form}/options")).json();
    let rp_id = question["rp"]["id"].as_str().unwrap();
    let ceremony = Ceremony::new(rp_id, "http://localhost:8000", &bytes(&question["challenge"]));
    let mut options = RegistrationOptions::new(ceremony, &bytes(&question["user"]["id"]));
    twist(&mut options);
    device.register(&options).json().to_string()
}

/// Adds a passkey as the script of the page does.
fn add(visitor: &mut Visitor<'_>, form: &str, device: &mut Authenticator) -> Answer {
    let credential = registration(visitor, form, device, |_| {});
    visitor.submit(form, &[("credential", &credential)])
}

fn device() -> Authenticator {
    Authenticator::new(Algorithm::Es256)
}

/// How many passkeys there are that were not removed.
fn count(site: &TestSite) -> i64 {
    site.number("select count(*) from passkeys where removed_at is null")
}

/// What the page tells the browser: each name of a method, with its argument.
fn told(page: &Answer) -> Vec<(String, Value)> {
    let values = page.values("data-with").into_iter().map(|text| serde_json::from_str(&text).unwrap());
    page.values("data-signal").into_iter().zip(values).collect()
}

#[test]
fn a_passkey_is_added_and_its_owner_and_the_browser_are_told() {
    let site = with_mail();
    let mut ada = site.logged_in(ADA).sending("User-Agent", FIREFOX);
    assert!(told(&ada.get(SECURITY)).is_empty(), "there was never one");
    let mut phone = device();
    let answer = add(&mut ada, PASSKEYS, &mut phone);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, SECURITY));
    let page = ada.get(SECURITY);
    assert_eq!(page.notices(), ["Your passkey has been added."]);
    assert!(page.says("Passkey (Firefox on Linux)"), "{}", page.body);
    assert!(!is_on(&site, &site.account(ADA).id), "it turns nothing on");
    let signals = told(&page);
    assert_eq!(signals[0].0, "signalAllAcceptedCredentials");
    let ids = json!([URL_SAFE_NO_PAD.encode(&phone.credential_id)]);
    assert_eq!(signals[0].1["allAcceptedCredentialIds"], ids);
    assert_eq!((&*signals[1].0, &signals[1].1["displayName"]), ("signalCurrentUserDetails", &json!("Ada")));
    assert_eq!(site.subjects(ADA).len(), 1);
    assert_eq!(site.number("select count(*) from audit where event = 'factor_added'"), 1);
    ada.submit("/settings/account", &[("name", "Ada King")]);
    let signals = told(&ada.get("/settings/account"));
    assert_eq!(
        (&*signals[0].0, &signals[0].1["displayName"]),
        ("signalCurrentUserDetails", &json!("Ada King"))
    );
}

#[test]
fn a_key_that_keeps_nothing_is_asked_in_another_way() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    let resident = |question: Value| question["authenticatorSelection"]["residentKey"].clone();
    assert_eq!(resident(ada.get(&format!("{PASSKEYS}/options")).json()), "preferred");
    assert_eq!(resident(ada.get(&format!("{PLAIN}/options")).json()), "discouraged");
    let mut key = device();
    let answer = registration(&mut ada, PLAIN, &mut key, |options| options.ceremony.user_verified = false);
    ada.submit(PASSKEYS, &[("credential", &answer)]);
    assert_eq!(count(&site), 0, "asked for at another form");
    ada.submit(PLAIN, &[("credential", &answer)]);
    assert!(count(&site) == 1 && ada.get(SECURITY).says("Only with your password"));
}

#[test]
fn what_no_page_of_this_session_asked_for_is_not_added() {
    let site = TestSite::new();
    let (mut ada, mut elsewhere) = (site.logged_in(ADA), site.logged_in(ADA));
    let mut stray = device();
    let of_another_session = registration(&mut elsewhere, PASSKEYS, &mut stray, |_| {});
    let odd = of_another_session.replace("public-key", "key");
    for credential in [&*of_another_session, &odd, "", "{}"] {
        let answer = ada.submit(PASSKEYS, &[("credential", credential)]);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, SECURITY), "{credential}");
        let page = ada.get(SECURITY);
        assert_eq!(page.notices(), ["Your passkey could not be added. Please try again."]);
        assert_eq!(told(&page)[0].1["allAcceptedCredentialIds"], json!([]), "it is no longer offered");
    }
    assert_eq!(count(&site), 0);
    let again = registration(&mut ada, PASSKEYS, &mut stray, |_| {});
    for _ in 0..2 {
        ada.submit(PASSKEYS, &[("credential", &again)]);
        assert_eq!(count(&site), 1);
    }
    assert_eq!(ada.submit(PASSKEYS, &[("other", "")]).status, Status::UnprocessableEntity);
}

#[test]
fn an_account_has_twenty_passkeys_at_most() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    let account = site.account(ADA).id;
    for number in 1..20 {
        add_passkey(&site, &account, &format!("Key {number}"));
    }
    let late = registration(&mut ada, PASSKEYS, &mut device(), |_| {});
    assert_eq!(add(&mut ada, PASSKEYS, &mut device()).location(), SECURITY);
    assert_eq!(count(&site), 20);
    ada.get(SECURITY);
    ada.submit(PASSKEYS, &[("credential", &late)]);
    let page = ada.get(SECURITY);
    let many = "You have as many passkeys as an account can have. Remove one before you add another.";
    assert_eq!((count(&site), page.notices()), (20, vec![many.to_owned()]));
    assert!(!page.says("Add a passkey"));
}

#[test]
fn all_but_a_new_name_needs_a_fresh_login() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    let id = add_passkey(&site, &site.account(ADA).id, "Key");
    site.clock.advance(600);
    for form in [PASSKEYS, PLAIN] {
        let question = ada.get(&format!("{form}/options"));
        assert_eq!(question.status, Status::Unauthorized);
        assert_eq!(question.json()["error"]["reauthenticate"], "/reauthenticate");
        assert!(ada.submit(form, &[("credential", "{}")]).location().starts_with("/reauthenticate"));
    }
    for form in [REMOVE, WAKE] {
        assert!(ada.submit(form, &[("id", id.as_str())]).location().starts_with("/reauthenticate"), "{form}");
    }
    assert_eq!(count(&site), 1);
    let fields = [("id", id.as_str()), ("name", "My phone")];
    assert_eq!(ada.submit(RENAME, &fields).location(), SECURITY);
    assert_eq!(site.text("select name from passkeys"), "My phone");
}

#[test]
fn a_passkey_gets_the_name_that_its_owner_types() {
    let site = TestSite::new();
    let (mut ada, mut bob) = (site.logged_in(ADA), site.logged_in("bob@example.org"));
    let id = add_passkey(&site, &site.account(ADA).id, "Key");
    let rename =
        |who: &mut Visitor<'_>, name: &str| who.submit(RENAME, &[("id", id.as_str()), ("name", name)]);
    let long = "é".repeat(61);
    for (name, wrong) in
        [(" ", "Enter a name for this passkey."), (long.as_str(), "Use at most 60 characters.")]
    {
        let page = rename(&mut ada, name);
        assert_eq!(page.status, Status::UnprocessableEntity);
        assert!(page.says(wrong) && page.values("value").contains(&name.to_owned()), "{}", page.body);
    }
    assert_eq!(rename(&mut bob, "Bob's").location(), SECURITY);
    assert!(bob.get(SECURITY).notices().is_empty() && site.text("select name from passkeys") == "Key");
    assert_eq!(rename(&mut ada, "My phone").location(), SECURITY);
    let page = ada.get(SECURITY);
    assert!(page.notices() == ["Your passkey has a new name."] && page.says("<bdi>My phone</bdi>"));
    assert_eq!(site.number("select count(*) from audit where event = 'passkey_renamed'"), 1);
    rename(&mut ada, "My phone");
    assert!(ada.get(SECURITY).notices().is_empty(), "it has that name");
    assert_eq!(ada.submit(RENAME, &[("id", "1"), ("name", "One")]).location(), SECURITY);
}

#[test]
fn a_question_for_one_more_waits_for_no_change_of_the_account() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    let question =
        |ada: &mut Visitor<'_>| ada.get(&format!("{PASSKEYS}/options")).json()["user"]["id"].clone();
    let id = question(&mut ada);
    let account = site.account(ADA).id;
    let change = site.runtime.block_on(site.db.begin_locked(&[account.lock_key()])).unwrap();
    assert_eq!(question(&mut ada), id);
    site.runtime.block_on(change.commit()).unwrap();
}

#[test]
fn what_a_passkey_opened_ends_when_it_is_removed() {
    let site = with_mail();
    let (mut ada, mut bob) = (site.logged_in(ADA), site.logged_in("bob@example.org"));
    let account = site.account(ADA).id;
    let [id, other] = ["Key", "Other"].map(|name| add_passkey(&site, &account, name));
    for passkey in [&id, &other] {
        let by = site.proof_by_passkey(&account, passkey.as_str());
        within(&site, &account, async |tx: &mut Tx| {
            sessions::start(tx, &site.site, &by, false, &Client::default()).await.map(drop)
        });
    }
    assert_eq!(bob.submit(REMOVE, &[("id", id.as_str())]).location(), SECURITY);
    assert_eq!(count(&site), 2, "it is not Bob's");
    assert_eq!(ada.submit(REMOVE, &[("id", id.as_str())]).location(), SECURITY);
    let page = ada.get(SECURITY);
    assert_eq!(page.notices(), ["Your passkey has been removed."]);
    assert!(!page.says("<bdi>Key</bdi>") && page.says("<bdi>Other</bdi>"));
    assert_eq!(site.number("select count(*) from sessions where passkey_id is not null"), 1);
    assert_eq!(site.subjects(ADA).len(), 1);
    assert_eq!(site.number("select count(*) from audit where event = 'factor_removed'"), 1);
    assert_eq!(ada.submit(REMOVE, &[("id", id.as_str())]).location(), SECURITY);
    assert!(ada.get(SECURITY).notices().is_empty(), "it was gone");
}

#[test]
fn the_last_factor_turns_two_factor_authentication_off_unless_the_site_requires_it() {
    for (policy, stays) in [("offered", false), ("required", true)] {
        let site = Setup::new().with("second_factor", policy).build();
        let mut ada = site.logged_in(ADA);
        let account = site.account(ADA).id;
        let [first, last] = ["First", "Last"].map(|name| add_passkey(&site, &account, name));
        new_set(&site, &account);
        turn_on(&site, &account);
        assert_eq!(ada.submit(REMOVE, &[("id", first.as_str())]).location(), SECURITY);
        assert!(is_on(&site, &account) && count(&site) == 1, "{policy}");
        let answer = ada.submit(REMOVE, &[("id", last.as_str())]);
        assert_eq!((is_on(&site, &account), count(&site)), (stays, i64::from(stays)), "{policy}");
        if stays {
            assert_eq!(answer.status, Status::UnprocessableEntity);
            assert!(answer.says("This site requires a second factor. Add another one first."));
        } else {
            let off = "You have removed your last second factor, so two-factor authentication is off.";
            assert_eq!((answer.location(), ada.get(SECURITY).notices()), (SECURITY, vec![off.to_owned()]));
        }
    }
}

#[test]
fn a_passkey_that_rests_is_woken_by_its_owner() {
    let site = TestSite::new();
    let (mut ada, mut bob) = (site.logged_in(ADA), site.logged_in("bob@example.org"));
    let id = add_passkey(&site, &site.account(ADA).id, "Key");
    let resting = || site.number("select count(*) from passkeys where rests_since is not null");
    assert!(!ada.get(SECURITY).says("Use again"));
    site.change("update passkeys set rests_since = 1767225600");
    let page = ada.get(SECURITY);
    assert!(page.says(">Rests<") && page.says("until you press “Use again”"));
    assert_eq!(told(&page).len(), 0, "the ID that passkeys know the account by was never made");
    bob.submit(WAKE, &[("id", id.as_str())]);
    assert_eq!(resting(), 1);
    assert_eq!(ada.submit(WAKE, &[("id", id.as_str())]).location(), SECURITY);
    assert_eq!(ada.get(SECURITY).notices(), ["Your passkey logs you in without your password again."]);
    assert_eq!(resting(), 0);
    assert_eq!(site.number("select count(*) from audit where event = 'passkeys_woken'"), 1);
}

#[test]
fn where_passkeys_cannot_be_used_none_is_added_and_those_of_before_can_be_removed() {
    let site = Setup::new().with("base_url", "http://login.example.org").build();
    let mut ada = site.logged_in(ADA);
    assert!(!ada.get(SECURITY).says("Passkeys"));
    let id = add_passkey(&site, &site.account(ADA).id, "Key");
    let page = ada.get(SECURITY);
    assert!(page.says("It was made for localhost, so it can't be used here."), "{}", page.body);
    assert!(page.says("Passkeys can't be used at the address of this site.") && !page.says("Add a passkey"));
    for form in [PASSKEYS, PLAIN] {
        let question = ada.get(&format!("{form}/options"));
        assert!(question.status == Status::NotFound && question.json().is_object());
        assert_eq!(ada.submit(form, &[("credential", "{}")]).status, Status::NotFound);
    }
    assert_eq!(ada.submit(REMOVE, &[("id", id.as_str())]).location(), SECURITY);
    assert_eq!(count(&site), 0);
}
