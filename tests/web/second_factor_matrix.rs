//! What ends what where two-factor authentication is on: every event against every credential and factor,
//! checked with the very next requests.

use rocket::http::Status;
use vestibule::base::Password;
use vestibule::base::webauthn::Algorithm;
use vestibule::features::account_changes;
use vestibule::people::Actor;
use vestibule::services::passkeys::PasskeyName;
use vestibule::services::passwords;
use vestibule::services::second_factor::{self, Lost};
use vestibule::testing::Authenticator;
use vestibule::web::Submission;

use crate::authenticator_app::{APP, CODES, SECURITY, begin_app, code, keep};
use crate::emails::{self, NEW, press};
use crate::matrix_support::{Held, IN, Left, OUT, REST, STOP, USED, held, left, site};
use crate::passkeys_in_settings::registration;
use crate::second_step::{SECOND, typed_password};
use crate::support::{ADA, PASSWORD, TestSite};

const NEW_PASSWORD: &str = "seven lazy violet teapots";
const PASSKEYS: &str = "/settings/security/passkeys";
const RECOVERY: &str = "/login/recovery";
const SWITCH: &str = "/settings/security/two-factor";

/// An event.
type Event = fn(&TestSite, &mut Held<'_>);

// What is left afterwards. Of her browser: the session, a copy of its cookie from before, its own remembered
// device. Another session, another device, a pending login. The passkey, the app, the recovery codes. A
// browser that the account knows. A reset link; a link that locks the account, in an email of before.
#[rustfmt::skip]
const MATRIX: [(&str, Event, Left); 25] = [
    //                                        here copy own  else dev  pend passk app   codes know link lock
    ("nothing",                 |_, _| {},   [IN,  IN,  IN,  IN,  IN,  IN,  IN,   IN,   IN,   IN,  IN,  IN]),
    ("log-out",                 log_out,     [OUT, OUT, OUT, IN,  IN,  IN,  IN,   IN,   IN,   IN,  IN,  IN]),
    ("password changed",        change,      [IN,  OUT, IN,  OUT, OUT, OUT, IN,   IN,   IN,   OUT, OUT, IN]),
    ("reset link used",         reset,       [OUT, OUT, OUT, OUT, OUT, OUT, REST, IN,   IN,   OUT, OUT, IN]),
    ("set-password",            replace,     [OUT, OUT, OUT, OUT, OUT, OUT, REST, IN,   IN,   OUT, OUT, IN]),
    ("lock link used",          lock,        [OUT, OUT, OUT, OUT, OUT, OUT, REST, IN,   IN,   OUT, OUT, OUT]),
    ("lock link after changes", lock_late,   [OUT, OUT, OUT, OUT, OUT, OUT, REST, IN,   IN,   OUT, OUT, OUT]),
    ("email changed",           new_address, [IN,  IN,  IN,  IN,  IN,  IN,  IN,   IN,   IN,   IN,  OUT, OUT]),
    ("email reverted",          revert,      [OUT, OUT, OUT, OUT, OUT, OUT, REST, IN,   IN,   OUT, OUT, IN]),
    ("two-factor on",           turn_on,     [IN,  OUT, OUT, OUT, OUT, OUT, IN,   IN,   IN,   IN,  IN,  IN]),
    ("two-factor off",          turn_off,    [IN,  OUT, IN,  IN,  IN,  OUT, IN,   IN,   IN,   IN,  IN,  IN]),
    ("app replaced",            replace_app, [IN,  OUT, IN,  IN,  IN,  OUT, IN,   OUT,  IN,   IN,  IN,  IN]),
    ("app removed",             remove_app,  [IN,  OUT, IN,  IN,  IN,  OUT, IN,   OUT,  IN,   IN,  IN,  IN]),
    ("passkey added",           add_another, [IN,  IN,  IN,  IN,  IN,  IN,  IN,   IN,   IN,   IN,  IN,  IN]),
    ("passkey removed",         remove_key,  [IN,  IN,  IN,  IN,  IN,  IN,  OUT,  IN,   IN,   IN,  IN,  IN]),
    ("recovery code used",      use_code,    [IN,  IN,  IN,  IN,  IN,  IN,  IN,   IN,   USED, IN,  IN,  IN]),
    ("new codes kept",          keep_new,    [IN,  IN,  IN,  IN,  IN,  IN,  IN,   IN,   OUT,  IN,  IN,  IN]),
    ("a hundred wrong codes",   guess,       [IN,  IN,  IN,  IN,  IN,  OUT, IN,   STOP, IN,   IN,  IN,  IN]),
    ("disabled",                disable,     [OUT, OUT, OUT, OUT, OUT, OUT, IN,   IN,   IN,   IN,  OUT, OUT]),
    ("enabled again",           enable,      [OUT, OUT, OUT, OUT, OUT, OUT, IN,   IN,   IN,   IN,  OUT, IN]),
    ("deleted",                 delete,      [OUT, OUT, OUT, OUT, OUT, OUT, OUT,  OUT,  OUT,  OUT, OUT, OUT]),
    ("remove-factor --app",     lose_app,    [OUT, OUT, OUT, OUT, OUT, OUT, IN,   OUT,  IN,   IN,  IN,  IN]),
    ("remove-factor --passkey", lose_key,    [OUT, OUT, OUT, OUT, OUT, OUT, OUT,  IN,   IN,   IN,  IN,  IN]),
    ("remove-factor --codes",   lose_codes,  [OUT, OUT, OUT, OUT, OUT, OUT, IN,   IN,   OUT,  IN,  IN,  IN]),
    ("remove-factor --all",     lose_all,    [OUT, OUT, OUT, OUT, OUT, OUT, OUT,  OUT,  OUT,  IN,  IN,  IN]),
];

fn log_out(_: &TestSite, held: &mut Held<'_>) {
    held.here.post("/logout", "");
}

fn change(_: &TestSite, held: &mut Held<'_>) {
    let fields = [("current_password", PASSWORD), ("new_password", NEW_PASSWORD)];
    assert_eq!(held.here.submit("/settings/password", &fields).location(), "/settings/account");
}

fn reset(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.reset.clone().submit("/reset", &[("new_password", NEW_PASSWORD)]).location(), "/login");
}

fn replace(site: &TestSite, _: &mut Held<'_>) {
    let (ada, new) = (site.account(ADA), Password::typed(NEW_PASSWORD));
    site.runtime.block_on(passwords::replace(&site.site, &ada, &new, Actor::CommandLine)).unwrap();
}

/// By the link in the email about the login in this browser.
fn lock(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.lock.clone().post("/secure", "").location(), "/login");
}

/// What a stranger has changed since the email is undone: the app and the codes of before are back.
fn lock_late(site: &TestSite, held: &mut Held<'_>) {
    replace_app(site, held);
    keep_new(site, held);
    lock(site, held);
}

/// A link to the old address counts no longer, except that which brings it back. Then one that locks the
/// account counts again.
fn new_address(site: &TestSite, held: &mut Held<'_>) {
    emails::change(site, &mut held.here, NEW);
}

fn revert(site: &TestSite, held: &mut Held<'_>) {
    new_address(site, held);
    let link = site.mailed_link(ADA);
    assert!(link.starts_with("/restore-email?token="), "{link}");
    assert_eq!(press(&mut site.visitor(), &link), (Status::SeeOther, "/login".to_owned()));
}

/// It was off, but nothing had ended with that: otherwise no login would be pending.
fn turn_on(site: &TestSite, held: &mut Held<'_>) {
    assert_eq!(site.change("update accounts set two_factor_since = null"), 1);
    assert_eq!(held.pending.get(SECOND).status, Status::Ok);
    assert_eq!(held.here.submit(SWITCH, &[("turn", "on")]).location(), SECURITY);
}

fn turn_off(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.here.submit(SWITCH, &[("turn", "off")]).location(), SECURITY);
}

fn replace_app(site: &TestSite, held: &mut Held<'_>) {
    let secret = begin_app(&mut held.here);
    assert_eq!(held.here.submit(APP, &[("code", &code(site, &secret, 0))]).location(), SECURITY);
}

fn remove_app(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.here.post("/settings/security/app/remove", "").location(), SECURITY);
}

fn add_another(_: &TestSite, held: &mut Held<'_>) {
    let mut device = Authenticator::new(Algorithm::Es256);
    let credential = registration(&mut held.here, PASSKEYS, &mut device, |_| {});
    assert_eq!(held.here.submit(PASSKEYS, &[("credential", &credential)]).location(), SECURITY);
}

fn remove_key(site: &TestSite, held: &mut Held<'_>) {
    let id = site.text("select id from passkeys");
    let answer = held.here.submit("/settings/security/passkeys/remove", &[("id", &id)]);
    assert_eq!(answer.location(), SECURITY);
}

/// The login that it finished is over, and the code is no code any more.
fn use_code(site: &TestSite, held: &mut Held<'_>) {
    let (mut visitor, code) = (typed_password(site), held.recovery.reveal());
    let mut copy = visitor.clone();
    assert_eq!(visitor.submit(RECOVERY, &[("code", &code)]).location(), "/profile");
    assert_eq!(copy.get(SECOND).location(), "/login");
    let again = typed_password(site).submit(RECOVERY, &[("code", &code)]);
    assert_eq!(again.status, Status::UnprocessableEntity);
    assert!(
        again.says("This is not one of your recovery codes, or it has been used already."),
        "{}",
        again.text()
    );
}

fn keep_new(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.here.post("/settings/security/codes/new", "").location(), CODES);
    assert_eq!(keep(&mut held.here).location(), SECURITY);
}

/// The last of them is typed; what counts the others has tests of its own.
fn guess(site: &TestSite, held: &mut Held<'_>) {
    assert_eq!(site.change("update totp_apps set failed_codes = 99"), 1);
    let wrong = held.phone.wrong_code(site).reveal();
    held.pending.clone().submit(SECOND, &[("code", &wrong)]);
}

fn disable(site: &TestSite, _: &mut Held<'_>) {
    let ada = site.account(ADA);
    site.runtime.block_on(account_changes::disable(&site.site, &ada, Actor::CommandLine)).unwrap().unwrap();
}

fn enable(site: &TestSite, held: &mut Held<'_>) {
    disable(site, held);
    let ada = site.account(ADA);
    site.runtime.block_on(account_changes::enable(&site.site, &ada.id, Actor::CommandLine)).unwrap();
}

fn delete(site: &TestSite, _: &mut Held<'_>) {
    let ada = site.account(ADA);
    site.runtime.block_on(account_changes::delete(&site.site, &ada, Actor::CommandLine)).unwrap().unwrap();
}

fn clear(site: &TestSite, lost: &Lost) {
    let ada = site.account(ADA);
    let form = Submission::none();
    let cleared = second_factor::clear(&site.site, &ada, lost, Actor::CommandLine, &form);
    site.runtime.block_on(cleared).unwrap().unwrap();
}

fn lose_app(site: &TestSite, _: &mut Held<'_>) {
    clear(site, &Lost::App);
}

fn lose_key(site: &TestSite, _: &mut Held<'_>) {
    clear(site, &Lost::Passkeys(PasskeyName::parse("Key").unwrap()));
}

fn lose_codes(site: &TestSite, _: &mut Held<'_>) {
    clear(site, &Lost::Codes);
}

fn lose_all(site: &TestSite, _: &mut Held<'_>) {
    clear(site, &Lost::All);
}

#[test]
fn every_event_ends_what_it_should_and_nothing_else() {
    for (event, happen, expected) in MATRIX {
        let site = site();
        let mut held = held(&site);
        // Each session was looked up a moment before the event that may end it.
        for visitor in [&mut held.here, &mut held.copy, &mut held.elsewhere] {
            assert!(visitor.is_logged_in());
        }
        happen(&site, &mut held);
        assert_eq!(left(&site, held), expected, "after: {event}");
    }
}
