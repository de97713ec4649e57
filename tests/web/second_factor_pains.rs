//! What people complain about elsewhere: second factors that are asked for twice or not at all, codes that are refused
//! without a reason, passkeys that die with a move of the site. Told as visitors see it.

use rocket::http::Status;
use serde_json::{Value, json};
use vestibule::base::webauthn::{Algorithm, Refused};
use vestibule::services::passkeys::{self, Reason, RegistrationMode};
use vestibule::testing::Authenticator;

use crate::authenticator_app::{APP, CODES, SECURITY, begin_app, code, set_up_app};
use crate::emails::{press, with_mail};
use crate::passkey_login::{REFUSED, answered, with_two_factors};
use crate::passkeys::{Ada, SESSION, as_json, why};
use crate::second_factor_switch::add_passkey;
use crate::second_step::{SECOND, typed_password, with_app};
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const LOGIN: &str = "/login";
const DAY: i64 = 24 * 3_600;

/// The attributes of the field for a code, where each stands once.
fn asks_for_a_code(page: &Answer) {
    let fields = page.values("name").iter().filter(|name| *name == "code").count();
    assert_eq!(fields, 1, "one field, so that pasting works: {}", page.body);
    assert_eq!(page.values("inputmode"), ["numeric"]);
    assert!(page.values("autocomplete").contains(&"one-time-code".to_owned()), "{}", page.body);
    assert!(page.values("maxlength").is_empty(), "it may be pasted with spaces");
}

/// A passkey that logs in by itself is two factors: a touch is only one of them.
#[test]
fn a_touch_alone_logs_in_to_no_account() {
    for two_factor in [true, false] {
        let (ada, device) = with_two_factors();
        if !two_factor {
            ada.site.change("update accounts set two_factor_since = null");
        }
        let mut visitor = ada.site.visitor();
        for verified in [false, true] {
            let credential = answered(&mut visitor, "/login/passkey/options", &device, |it| {
                it.ceremony.user_verified = verified;
            });
            let answer = visitor.submit("/login/passkey", &[("credential", &credential)]);
            assert_eq!(answer.location(), if verified { "/profile" } else { LOGIN }, "{two_factor}");
            if !verified {
                assert_eq!(visitor.get(LOGIN).notices(), [REFUSED], "{two_factor}");
                assert!(!visitor.is_logged_in(), "{two_factor}");
            }
        }
    }
}

/// The site was at login.example.org before, and its passkeys are for that name.
#[test]
fn after_a_move_a_passkey_of_the_old_name_logs_in_and_is_asked_for() {
    const NEW: &str = "https://login.example.net";
    const CLUB: &str = "https://club.example.net";
    let setup = Setup::new().with("base_url", NEW).with("passkey_domain", "login.example.org");
    let ada =
        Ada::at(setup.with("passkey_origins", "https://login.example.net, https://club.example.net").build());
    let mut device = Authenticator::new(Algorithm::Es256);
    let added = ada.try_to_add(&ada.account, RegistrationMode::Asked, &mut device, |it| {
        it.ceremony.origin = NEW.to_owned();
    });
    added.unwrap();
    assert_eq!(ada.site.text("select rp_id from passkeys"), "login.example.org");
    let log_in_at = |origin: &str| {
        let answer = ada.answer(&device, |it| it.ceremony.origin = origin.to_owned());
        ada.log_in_by(&answer)
    };
    for origin in [NEW, CLUB] {
        assert!(log_in_at(origin).is_ok(), "{origin}");
    }
    for origin in ["https://login.example.org", "https://evil.club.example.net", "http://login.example.net"] {
        assert_eq!(why(log_in_at(origin)), Reason::Answer(Refused::Origin), "{origin}");
    }
    let place = ada.place();
    let second = passkeys::for_second(&ada.site.site, &place, &ada.account.id, b"one");
    let second = as_json(ada.site.runtime.block_on(second).unwrap());
    assert_eq!(second["rpId"], "login.example.org");
    assert_eq!(second["allowCredentials"].as_array().unwrap().len(), 1);
}

#[test]
fn a_browser_gets_back_how_a_passkey_is_reached_as_it_said() {
    let ada = Ada::new();
    let mut device = Authenticator::new(Algorithm::EdDsa);
    let mut answer = ada.registration(&ada.account, RegistrationMode::Asked, &mut device, |_| {});
    let said = json!(["hybrid", "internal", "smart-card"]);
    answer["response"]["transports"] = said.clone();
    ada.add_in(SESSION, &ada.account, RegistrationMode::Asked, &answer).unwrap();
    let (site, place, account, run) = (&ada.site.site, ada.place(), &ada.account.id, &ada.site.runtime);
    let second = as_json(run.block_on(passkeys::for_second(site, &place, account, b"one")).unwrap());
    let same = passkeys::for_reauthentication(site, &place, account, b"one");
    let same: Value = as_json(run.block_on(same).unwrap());
    assert_eq!(second["allowCredentials"][0]["transports"], said);
    assert_eq!(same["allowCredentials"][0]["transports"], said);
    let another = ada.question(&ada.account, RegistrationMode::Asked);
    assert_eq!(another["excludeCredentials"][0]["transports"], said);
}

#[test]
fn a_key_without_a_pin_is_told_what_it_can_be_used_for_and_where() {
    let site = TestSite::new();
    let page = site.logged_in(ADA).get(SECURITY);
    assert!(page.says("Your security key doesn't work?"), "{}", page.body);
    assert!(page.says("A security key without a PIN can be used only together with your password."));
    let plain = page.pieces("<form", "</form>").into_iter().find(|form| form.contains("plain")).unwrap();
    assert!(plain.contains("data-passkey=\"create\"") && plain.contains("Add a security key"), "{plain}");
}

/// The app still shows the code that was typed to set it up, when its owner tries it out.
#[test]
fn the_code_of_the_set_up_is_used_and_not_wrong() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let secret = set_up_app(&site, &mut ada);
    ada.post("/logout", "");
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), SECOND);
    let used = ada.submit(SECOND, &[("code", &code(&site, &secret, 0))]);
    assert_eq!(used.status, Status::UnprocessableEntity);
    assert!(used.says("This code has been used already. Wait for the next one."), "{}", used.text());
    site.clock.advance(30);
    assert_eq!(ada.submit(SECOND, &[("code", &code(&site, &secret, 0))]).location(), "/profile");
}

/// A hint that a code was near would help those who guess.
#[test]
fn at_a_login_nothing_is_said_about_clocks() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let mut ada = typed_password(&site);
    for distance in [6, -6] {
        let answer = ada.submit(SECOND, &[("code", &phone.code(&site, distance).reveal())]);
        assert_eq!(answer.status, Status::UnprocessableEntity, "{distance}");
        assert!(answer.says("This code is not right."), "{distance}: {}", answer.text());
        assert!(!answer.says("clock") && !answer.says("minutes"), "{distance}: {}", answer.text());
    }
    assert_eq!(site.number("select count(*) from audit where event = 'factor_wrong'"), 2);
}

#[test]
fn a_code_has_one_field_which_a_phone_fills_in_and_spaces_do_not_matter() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let mut ada = typed_password(&site);
    asks_for_a_code(&ada.get(SECOND));
    let typed = phone.code(&site, 0).reveal();
    let pasted = format!(" {} {}\n", &typed[..3], &typed[3..]);
    assert_eq!(ada.submit(SECOND, &[("code", &pasted)]).location(), "/profile");

    let other = TestSite::new();
    let mut bob = other.logged_in("bob@example.org");
    begin_app(&mut bob);
    asks_for_a_code(&bob.get(APP));
}

#[test]
fn a_set_up_needs_no_email_and_shows_the_secret_as_picture_text_and_link() {
    let site = Setup::new().mail().with("site_name", "My Site: Club").build();
    let mut ada = site.ada_by_mail();
    let before = site.subjects(ADA).len();
    let secret = begin_app(&mut ada);
    let page = ada.get(APP);
    assert!(page.body.contains("<svg") && page.says(&secret.reveal_in_groups()), "{}", page.body);
    let links = page.values("href");
    let link = links.iter().find(|link| link.starts_with("otpauth:")).unwrap();
    let label = "otpauth://totp/My%20Site%20Club:ada%40example.org?";
    assert!(link.starts_with(label), "{link}");
    let parameters =
        format!("secret={}&issuer=My%20Site%20Club&algorithm=SHA1&digits=6&period=30", secret.reveal());
    assert_eq!(link.strip_prefix(label), Some(&*parameters));
    assert_eq!(ada.submit(APP, &[("code", &code(&site, &secret, 0))]).location(), CODES);
    assert_eq!(site.subjects(ADA).len(), before, "nothing waits for an email");
}

/// Whoever sits down at an open session must not copy the app.
#[test]
fn the_secret_of_an_app_that_is_set_up_is_shown_nowhere() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let secret = set_up_app(&site, &mut ada);
    for path in [SECURITY, APP, CODES] {
        let page = ada.get(path);
        for shown in [secret.reveal(), secret.reveal_in_groups()] {
            assert!(!page.says(&shown), "{path}");
        }
    }
    assert_eq!(ada.get(APP).location(), SECURITY);
    let page = ada.get(SECURITY);
    assert!(page.says("Set it up again. The old app works until the new one does."), "{}", page.body);
    assert!(begin_app(&mut ada) != secret, "another one is made");
}

#[test]
fn who_has_only_a_passkey_and_no_javascript_is_led_to_a_recovery_code() {
    let (ada, _) = with_two_factors();
    let page = typed_password(&ada.site).get(SECOND);
    assert!(page.says("Your passkey needs JavaScript. You can use a recovery code."), "{}", page.body);
    assert!(page.values("href").contains(&"/login/recovery".to_owned()));
    assert!(!page.says("Code from your authenticator app"), "there is none");
}

/// Objects of password managers lack methods that browsers have, and a browser that is asked for its name lies.
#[test]
fn the_script_reads_bytes_by_hand_and_asks_for_no_name_of_a_browser() {
    let site = TestSite::new();
    let mut visitor = site.visitor();
    let scripts = visitor.get(LOGIN).values("src");
    let script = scripts.iter().find(|script| script.contains("passkey")).unwrap();
    let script = visitor.get(script);
    assert!(script.status == Status::Ok && script.body.contains("clientDataJSON"), "{}", script.body);
    for relied_on in ["toJSON(", "FromJSON(", "getPublicKey", "getAuthenticatorData"] {
        assert!(!script.body.contains(relied_on), "{relied_on}");
    }
    for name in ["userAgent", "navigator.platform", "navigator.vendor"] {
        assert!(!script.body.contains(name), "{name}");
    }
}

/// Someone who reads the mailbox finds the link of an old email. Nobody asks for the passkey yet.
#[test]
fn a_first_passkey_that_has_stood_for_a_day_is_not_taken_away_by_an_old_email() {
    let site = with_mail();
    site.ada_by_mail();
    site.clock.advance(30 * DAY);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    let link = site.mailed_link(ADA);
    assert!(link.starts_with("/secure?token="), "{link}");
    site.clock.advance(60);
    add_passkey(&site, &site.account(ADA).id, "Key");
    site.clock.advance(DAY + 3_600);
    assert_eq!(press(&mut site.visitor(), &link).0, Status::SeeOther);
    let kept = "select count(*) from passkeys where removed_at is null and rests_since is not null";
    assert_eq!(site.number(kept), 1, "it rests, and is there");
}

/// Where a login is fresh for longer than the password manager waits.
#[test]
fn no_passkey_is_made_without_a_question_long_after_the_password() {
    let site = Setup::new().with("fresh_for", "1h").build();
    let mut ada = site.logged_in(ADA);
    let is_asked =
        |ada: &mut Visitor<'_>| ada.get("/settings/security/passkeys/upgrade/options").body != "null";
    site.clock.advance(299);
    assert!(is_asked(&mut ada));
    site.clock.advance(1);
    assert!(!is_asked(&mut ada));
}
