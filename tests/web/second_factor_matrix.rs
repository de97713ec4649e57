//! What ends what where two-factor authentication is on: every event against every credential and factor, checked with the
//! very next request.

use vestibule::base::Password;
use vestibule::features::account_changes;
use vestibule::people::{AccountId, Actor};
use vestibule::services::passwords;
use vestibule::services::second_factor::{self, Lost};

use crate::authenticator_app::{APP, CODES, begin_app, code, keep};
use crate::recovery_codes::new_set;
use crate::second_factor_switch::{add_passkey, turn_on};
use crate::second_step::SECOND;
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};
use crate::totp_apps::Phone;

const NEW_PASSWORD: &str = "seven lazy violet teapots";
const SECURITY: &str = "/settings/security";

/// What Ada has, each held by a separate visitor.
struct Held<'s> {
    /// A session. It performs the event, and goes on with the cookies that it is given.
    here: Visitor<'s>,
    /// Another session.
    elsewhere: Visitor<'s>,
    /// A remembered device, without a session.
    device: Visitor<'s>,
    /// A login whose password was right.
    pending: Visitor<'s>,
    /// A reset link, opened.
    link: Visitor<'s>,
    phone: Phone,
    recovery: String,
    app: String,
    set: String,
}

/// Types the password and the code of the app, then waits for the next code.
fn enter<'s>(site: &'s TestSite, phone: &Phone, remember: bool) -> Visitor<'s> {
    let mut visitor = site.visitor();
    let answer = match remember {
        true => visitor.log_in_remembered(ADA, PASSWORD),
        false => visitor.log_in(ADA, PASSWORD),
    };
    assert_eq!(answer.location(), SECOND);
    let typed = phone.code(site, 0).reveal();
    assert_eq!(visitor.submit(SECOND, &[("code", &typed)]).location(), "/profile");
    site.clock.advance(30);
    visitor
}

fn held(site: &TestSite) -> Held<'_> {
    let mut first = site.ada_by_mail();
    first.post("/logout", "");
    let phone =
        Phone { account: site.account(ADA).id, secret: vestibule::base::totp::TotpSecret::generate() };
    phone.set_up(site);
    add_passkey(site, &phone.account, "Key");
    let recovery = new_set(site, &phone.account)[0].reveal();
    turn_on(site, &phone.account);
    site.clock.advance(30);
    let mut device = enter(site, &phone, true);
    device.jar.retain(|(name, _)| name == "remember");
    let mut link = site.visitor();
    link.get(&site.reset_link(ADA));
    let mut pending = site.visitor();
    pending.log_in(ADA, PASSWORD);
    Held {
        elsewhere: enter(site, &phone, false),
        here: enter(site, &phone, false),
        device,
        pending,
        link,
        app: site.text("select id from totp_apps where removed_at is null"),
        set: site.text("select id from recovery_sets where removed_at is null"),
        phone,
        recovery,
    }
}

/// An event.
type Event = fn(&TestSite, &mut Held<'_>);

/// What is left afterwards: here, elsewhere, the device, the pending login, the passkey, the app, the codes, the link.
type Left = [&'static str; 8];

const IN: &str = "lives";
const OUT: &str = "ended";
const RESTS: &str = "rests";
const STOPPED: &str = "stopped";

#[rustfmt::skip]
const MATRIX: [(&str, Event, Left); 19] = [
    //                                         here elsewhere device pending passkey app codes link
    ("nothing",               |_, _| {},      [IN,  IN,  IN,  IN,  IN,    IN,  IN,  IN]),
    ("log-out",               log_out,        [OUT, IN,  IN,  IN,  IN,    IN,  IN,  IN]),
    ("password changed",      change,         [IN,  OUT, OUT, OUT, IN,    IN,  IN,  OUT]),
    ("reset link used",       reset,          [OUT, OUT, OUT, OUT, RESTS, IN,  IN,  OUT]),
    ("set-password",          set_password,   [OUT, OUT, OUT, OUT, RESTS, IN,  IN,  OUT]),
    ("lock link used",        lock,           [OUT, OUT, OUT, OUT, RESTS, IN,  IN,  OUT]),
    ("two-factor off",        turn_off,       [IN,  IN,  IN,  OUT, IN,    IN,  IN,  IN]),
    ("app replaced",          replace_app,    [IN,  IN,  IN,  OUT, IN,    OUT, IN,  IN]),
    ("app removed",           remove_app,     [IN,  IN,  IN,  OUT, IN,    OUT, IN,  IN]),
    ("passkey added",         add_another,    [IN,  IN,  IN,  IN,  IN,    IN,  IN,  IN]),
    ("passkey removed",       remove_passkey, [IN,  IN,  IN,  IN,  OUT,   IN,  IN,  IN]),
    ("recovery code used",    use_code,       [IN,  IN,  IN,  IN,  IN,    IN,  IN,  IN]),
    ("new codes kept",        keep_new,       [IN,  IN,  IN,  IN,  IN,    IN,  OUT, IN]),
    ("a hundred wrong codes", guess,          [IN,  IN,  IN,  OUT, IN,    STOPPED, IN, IN]),
    ("disabled",              disable,        [OUT, OUT, OUT, OUT, IN,    IN,  IN,  OUT]),
    ("enabled again",         enable,         [OUT, OUT, OUT, OUT, IN,    IN,  IN,  OUT]),
    ("deleted",               delete,         [OUT, OUT, OUT, OUT, OUT,   OUT, OUT, OUT]),
    ("remove-factor --app",   clear_app,      [OUT, OUT, OUT, OUT, IN,    OUT, IN,  IN]),
    ("remove-factor --all",   clear_all,      [OUT, OUT, OUT, OUT, OUT,   OUT, OUT, IN]),
];

fn log_out(_: &TestSite, held: &mut Held<'_>) {
    held.here.post("/logout", "");
}

fn change(_: &TestSite, held: &mut Held<'_>) {
    let fields = [("current_password", PASSWORD), ("new_password", NEW_PASSWORD)];
    assert_eq!(held.here.submit("/settings/password", &fields).location(), "/settings/account");
}

fn reset(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.link.clone().submit("/reset", &[("new_password", NEW_PASSWORD)]).location(), "/login");
}

fn set_password(site: &TestSite, _: &mut Held<'_>) {
    let (ada, new) = (site.account(ADA), Password::typed(NEW_PASSWORD));
    site.runtime.block_on(passwords::replace(&site.site, &ada, &new, Actor::CommandLine)).unwrap();
}

/// By the link in the email about the last login in a new browser.
fn lock(site: &TestSite, _: &mut Held<'_>) {
    let mut owner = site.visitor();
    assert_eq!(owner.get(&site.mailed_link(ADA)).location(), "/secure");
    assert_eq!(owner.post("/secure", "").location(), "/login");
}

fn turn_off(_: &TestSite, held: &mut Held<'_>) {
    let answer = held.here.submit("/settings/security/two-factor", &[("turn", "off")]);
    assert_eq!(answer.location(), SECURITY);
}

fn replace_app(site: &TestSite, held: &mut Held<'_>) {
    let secret = begin_app(&mut held.here);
    assert_eq!(held.here.submit(APP, &[("code", &code(site, &secret, 0))]).location(), SECURITY);
}

fn remove_app(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.here.post("/settings/security/app/remove", "").location(), SECURITY);
}

fn add_another(site: &TestSite, held: &mut Held<'_>) {
    add_passkey(site, &held.phone.account, "Another");
}

fn remove_passkey(site: &TestSite, held: &mut Held<'_>) {
    let id = site.text("select id from passkeys");
    let answer = held.here.submit("/settings/security/passkeys/remove", &[("id", &id)]);
    assert_eq!(answer.location(), SECURITY);
}

fn use_code(site: &TestSite, held: &mut Held<'_>) {
    let mut visitor = site.visitor();
    visitor.log_in(ADA, PASSWORD);
    let answer = visitor.submit("/login/recovery", &[("code", &held.recovery)]);
    assert_eq!(answer.location(), "/profile");
}

fn keep_new(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.here.post("/settings/security/codes/new", "").location(), CODES);
    assert_eq!(keep(&mut held.here).location(), SECURITY);
}

/// The last of them is typed; what counts the others has tests of its own.
fn guess(site: &TestSite, held: &mut Held<'_>) {
    site.change("update totp_apps set misses = 99");
    let wrong = held.phone.wrong_code(site).reveal();
    held.pending.submit(SECOND, &[("code", &wrong)]);
}

fn disable(site: &TestSite, _: &mut Held<'_>) {
    let ada = site.account(ADA);
    site.runtime.block_on(account_changes::disable(&site.site, &ada, Actor::CommandLine)).unwrap();
}

fn enable(site: &TestSite, held: &mut Held<'_>) {
    disable(site, held);
    let ada = site.account(ADA);
    site.runtime.block_on(account_changes::enable(&site.site, &ada.id, Actor::CommandLine)).unwrap();
}

fn delete(site: &TestSite, _: &mut Held<'_>) {
    let ada = site.account(ADA);
    site.runtime.block_on(account_changes::delete(&site.site, &ada, Actor::CommandLine)).unwrap();
}

fn clear(site: &TestSite, lost: &Lost) {
    let ada = site.account(ADA);
    site.runtime.block_on(second_factor::clear(&site.site, &ada, lost, Actor::CommandLine)).unwrap();
}

fn clear_app(site: &TestSite, _: &mut Held<'_>) {
    clear(site, &Lost::App);
}

fn clear_all(site: &TestSite, _: &mut Held<'_>) {
    clear(site, &Lost::All);
}

fn lives(is_alive: bool) -> &'static str {
    if is_alive { IN } else { OUT }
}

/// What became of the passkey, the app and the codes that Ada had before.
fn factors(site: &TestSite, account: &AccountId, held: (&str, &str)) -> [&'static str; 3] {
    let (app, set) = held;
    let count = |what: &str| {
        site.runtime.block_on(async {
            let sql = format!("select count(*) from {what}");
            let count: i64 =
                sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(site.db.reader()).await.unwrap();
            count > 0
        })
    };
    let passkey =
        format!("passkeys where account_id = '{}' and name = 'Key' and removed_at is null", account.as_str());
    let app = format!("totp_apps where id = '{app}' and removed_at is null");
    let codes = format!("recovery_sets where id = '{set}' and removed_at is null");
    [
        match count(&format!("{passkey} and rests_since is not null")) {
            true => RESTS,
            false => lives(count(&passkey)),
        },
        match count(&format!("{app} and stopped_at is not null")) {
            true => STOPPED,
            false => lives(count(&app)),
        },
        lives(count(&codes)),
    ]
}

#[test]
fn every_event_ends_what_it_should_and_nothing_else() {
    for (event, happen, expected) in MATRIX {
        let site = Setup::new().mail().patient().build();
        let mut held = held(&site);
        let account = held.phone.account.clone();
        for visitor in [&mut held.here, &mut held.elsewhere] {
            assert!(visitor.is_logged_in());
        }
        happen(&site, &mut held);
        let Held { mut here, mut elsewhere, mut device, mut pending, mut link, app, set, .. } = held;
        let [passkey, app, codes] = factors(&site, &account, (&app, &set));
        let left = [
            lives(here.is_logged_in()),
            lives(elsewhere.is_logged_in()),
            lives(device.is_logged_in()),
            lives(pending.get(SECOND).status.code == 200),
            passkey,
            app,
            codes,
            lives(link.get("/reset").status.code == 200),
        ];
        assert_eq!(left, expected, "after: {event}");
    }
}
