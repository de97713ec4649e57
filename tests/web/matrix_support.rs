//! For the matrix of second factors: what Ada has before an event, and what is left of it, asked with the
//! very next requests.

use rocket::http::Status;
use sqlx::AssertSqlSafe;
use vestibule::base::recovery_code::RecoveryCode;
use vestibule::base::totp::TotpSecret;
use vestibule::people::AccountId;

use crate::recovery_codes::{found, new_set};
use crate::second_factor_switch::{add_passkey, turn_on};
use crate::second_step::SECOND;
use crate::support::phone::Phone;
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

/// It works as before.
pub const IN: &str = "lives";
/// It is worth nothing.
pub const OUT: &str = "ended";
/// A passkey that is a second factor only.
pub const REST: &str = "rests";
/// An app of which no code counts.
pub const STOP: &str = "stopped";
/// A set of recovery codes of which one was used up.
pub const USED: &str = "one used";

/// What is left, a word for each column of the table.
pub type Left = [&'static str; 12];

/// What Ada has, each held by a separate visitor who has nothing else.
pub struct Held<'s> {
    /// Her browser, with a session of a remembered device. It performs the event, and goes on with the
    /// cookies that it is given. Afterwards its session is asked alone.
    pub here: Visitor<'s>,
    /// The session as it was before: a copy of its cookie.
    pub copy: Visitor<'s>,
    /// Its remembered device: the newest cookie that it was given.
    pub own: Visitor<'s>,
    /// Another session.
    pub elsewhere: Visitor<'s>,
    /// Another remembered device.
    pub device: Visitor<'s>,
    /// A login whose password was right.
    pub pending: Visitor<'s>,
    /// Her app.
    pub phone: Phone,
    /// Its ID.
    app: String,
    /// A recovery code.
    pub recovery: RecoveryCode,
    /// The ID of its set.
    set: String,
    /// A browser that the account knows. It is logged out.
    pub known: Visitor<'s>,
    /// A reset link, opened.
    pub reset: Visitor<'s>,
    /// The link of an email that locks the account, opened.
    pub lock: Visitor<'s>,
}

/// A site where a pause begins after five wrong passwords, and nothing else keeps anyone waiting.
pub fn site() -> TestSite {
    Setup::new().mail().patient().with("limit_free_guesses", "5").build()
}

/// All of it. The account has a passkey as well, of the name `Key`.
pub fn held(site: &TestSite) -> Held<'_> {
    site.ada_by_mail().post("/logout", "");
    let phone = Phone { account: site.account(ADA).id, secret: TotpSecret::generate() };
    phone.set_up(site);
    add_passkey(site, &phone.account, "Key");
    let recovery = new_set(site, &phone.account)[0].clone();
    turn_on(site, &phone.account);
    site.clock.advance(30);
    let device = enter(site, &phone, true);
    let mut reset = site.visitor();
    assert_eq!(reset.get(&site.reset_link(ADA)).location(), "/reset");
    let mut pending = site.visitor();
    assert_eq!(pending.log_in(ADA, PASSWORD).location(), SECOND);
    let elsewhere = enter(site, &phone, false);
    let here = enter(site, &phone, true);
    // The email is about the last of these logins.
    let mut lock = site.visitor();
    assert_eq!(lock.get(&site.mailed_link(ADA)).location(), "/secure");
    Held {
        copy: only(&here, "session"),
        own: only(&here, "remember"),
        elsewhere: only(&elsewhere, "session"),
        device: only(&device, "remember"),
        known: only(&device, "device"),
        app: site.text("select id from totp_apps where removed_at is null"),
        set: site.text("select id from recovery_sets where removed_at is null"),
        here,
        pending,
        phone,
        recovery,
        reset,
        lock,
    }
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

/// A browser that has at most this cookie of another one.
fn only<'s>(visitor: &Visitor<'s>, cookie: &str) -> Visitor<'s> {
    let mut alone = visitor.clone();
    alone.jar.retain(|(name, _)| name == cookie);
    alone
}

/// What is left of it.
pub fn left(site: &TestSite, mut held: Held<'_>) -> Left {
    if let Some(newest) = held.here.cookie("remember") {
        held.own.plant("remember", newest);
    }
    let visitors = [only(&held.here, "session"), held.copy, held.own, held.elsewhere, held.device];
    let [here, copy, own, elsewhere, device] = visitors.map(|mut visitor| lives(visitor.is_logged_in()));
    [
        here,
        copy,
        own,
        elsewhere,
        device,
        lives(held.pending.get(SECOND).status == Status::Ok),
        passkey(site),
        app(site, &held.app),
        codes(site, &held.phone.account, &held.recovery, &held.set),
        lives(is_known(site, held.known)),
        lives(held.reset.get("/reset").status == Status::Ok),
        lives(held.lock.get("/secure").status == Status::Ok),
    ]
}

fn lives(is_alive: bool) -> &'static str {
    if is_alive { IN } else { OUT }
}

/// Whether there are such rows.
fn are(site: &TestSite, what: &str) -> bool {
    let select = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {what}")));
    let count: i64 = site.runtime.block_on(select.fetch_one(site.db.reader())).unwrap();
    count > 0
}

/// What became of the passkey. No other has its name.
fn passkey(site: &TestSite) -> &'static str {
    let passkey = "passkeys where name = 'Key' and removed_at is null";
    match are(site, &format!("{passkey} and rests_since is not null")) {
        true => REST,
        false => lives(are(site, passkey)),
    }
}

/// What became of the app.
fn app(site: &TestSite, id: &str) -> &'static str {
    let app = format!("totp_apps where id = '{id}' and removed_at is null");
    match are(site, &format!("{app} and stopped_at is not null")) {
        true => STOP,
        false => lives(are(site, &app)),
    }
}

/// What became of the recovery codes: the code itself is looked up, as if it was typed.
fn codes(site: &TestSite, account: &AccountId, code: &RecoveryCode, set: &str) -> &'static str {
    let is_right = found(site, account, code).is_some();
    match are(site, &format!("recovery_sets where id = '{set}' and removed_at is null")) {
        true if !is_right => USED,
        _ => lives(is_right),
    }
}

/// Whether the account knows a browser: then the pause that wrong passwords of strangers begin is not its
/// own. An account that is gone knows none.
fn is_known(site: &TestSite, mut browser: Visitor<'_>) -> bool {
    let address = site.text("select coalesce(max(email), 'ada@example.org') from accounts");
    let guess = |visitor: &mut Visitor<'_>| visitor.log_in(&address, "wrong horse battery").status;
    for _ in 0..5 {
        assert_eq!(guess(&mut site.visitor()), Status::SeeOther);
    }
    assert_eq!(guess(&mut site.visitor()), Status::TooManyRequests);
    let answered = guess(&mut browser);
    assert!([Status::SeeOther, Status::TooManyRequests].contains(&answered), "{answered}");
    answered == Status::SeeOther
}
