//! What ends what: every event against every credential, on the very next request.

use std::time::{Duration, Instant};

use rocket::local::blocking::Client;
use sqlx::Connection;
use vestibule::app;
use vestibule::base::Password;
use vestibule::base::secret::Key;
use vestibule::features::{housekeeping, passwords};
use vestibule::people::{Email, accounts, sessions};

use crate::support::{PASSWORD, Setup, TestSite, Visitor};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Ada's credentials, each held by a visitor of its own who has nothing else; and Bob's, whom nothing concerns.
struct Held<'s> {
    /// A session without a device: the one that acts.
    here: Visitor<'s>,
    /// Another one.
    elsewhere: Visitor<'s>,
    /// A session of a remembered device.
    of_device: Visitor<'s>,
    /// That device alone.
    device: Visitor<'s>,
    bob: Visitor<'s>,
    bobs_device: Visitor<'s>,
}

fn only<'s>(visitor: &Visitor<'s>, cookie: &str) -> Visitor<'s> {
    let mut visitor = visitor.clone();
    visitor.jar.retain(|(name, _)| name == cookie);
    assert_eq!(visitor.jar.len(), 1);
    visitor
}

fn held(site: &TestSite) -> Held<'_> {
    let enter = |email: &str, remember: bool| {
        let mut visitor = site.visitor();
        let answer = match remember {
            true => visitor.log_in_remembered(email, PASSWORD),
            false => visitor.log_in(email, PASSWORD),
        };
        assert_eq!(answer.location(), "/profile");
        visitor
    };
    for (email, name) in [("ada@example.org", "Ada"), ("bob@example.org", "Bob")] {
        site.visitor().sign_up(email, name, PASSWORD);
    }
    let (remembered, bob) = (enter("ada@example.org", true), enter("bob@example.org", true));
    Held {
        here: only(&enter("ada@example.org", false), "session"),
        elsewhere: only(&enter("ada@example.org", false), "session"),
        of_device: only(&remembered, "session"),
        device: only(&remembered, "remember"),
        bob: only(&bob, "session"),
        bobs_device: only(&bob, "remember"),
    }
}

/// Something that happens.
type Event = fn(&TestSite, &mut Held<'_>);

/// Who is still in afterwards: here, elsewhere, the device's session, the device, Bob, his device.
type Alive = [bool; 6];

const IN: bool = true;
const OUT: bool = false;

#[rustfmt::skip]
const MATRIX: [(&str, Event, Alive); 23] = [
    //                                               here elsewhere of_device device bob bobs_device
    ("nothing",             |_, _| {},              [IN,  IN,  IN,  IN,  IN,  IN]),
    ("log-out",             log_out,                [OUT, IN,  IN,  IN,  IN,  IN]),
    ("log-out of a device's session", log_out_of_device, [IN, IN, OUT, OUT, IN, IN]),
    ("log-out by a device", log_out_by_device,      [IN,  IN,  OUT, OUT, IN,  IN]),
    ("end one session",     end_elsewhere,          [IN,  OUT, IN,  IN,  IN,  IN]),
    ("end one device",      end_device,             [IN,  IN,  OUT, OUT, IN,  IN]),
    ("end others",          end_others,             [IN,  OUT, OUT, OUT, IN,  IN]),
    ("end others by a device's session", end_others_by_device, [OUT, OUT, IN, IN, IN, IN]),
    ("password changed",    change_password,        [OUT, OUT, OUT, OUT, IN,  IN]),
    ("password changed by its owner", change_own_password,  // the session goes on under another token
                                                    [OUT, OUT, OUT, OUT, IN,  IN]),
    ("password changed in a device's session", change_password_there,
                                                    [OUT, OUT, OUT, IN,  IN,  IN]),
    ("account closed by its owner", close_account,  [OUT, OUT, OUT, OUT, IN,  IN]),
    ("account disabled",    |site, _| _ = site.change("update accounts set disabled_at = 1 where name = 'Ada'"),
                                                    [OUT, OUT, OUT, OUT, IN,  IN]),
    ("account deleted",     |site, _| _ = site.change("delete from accounts where name = 'Ada'"),
                                                    [OUT, OUT, OUT, OUT, IN,  IN]),
    ("an hour unused",      |site, _| site.clock.advance(HOUR), [OUT, OUT, OUT, IN, OUT, IN]),
    ("a day, in use",       a_day_in_use,           [OUT, OUT, OUT, IN,  OUT, IN]),
    ("housekeeping, a device's time over", device_swept, [OUT, OUT, OUT, OUT, OUT, OUT]),
    ("14 days unused",      |site, _| site.clock.advance(14 * DAY), [OUT, OUT, OUT, OUT, OUT, OUT]),
    ("30 days, in use",     a_month_in_use,         [OUT, OUT, OUT, OUT, OUT, OUT]),
    ("device used twice",   use_copy,               [IN,  IN,  OUT, OUT, IN,  IN]),
    ("ten devices more",    ten_devices,            [IN,  IN,  OUT, OUT, IN,  IN]),
    ("password given again", give_again,            [OUT, IN,  IN,  IN,  IN,  IN]), // the token that was held before
    ("key replaced",        end_everything,         [OUT, OUT, OUT, OUT, OUT, OUT]),
];

fn log_out(_: &TestSite, held: &mut Held<'_>) {
    held.here.clone().post("/logout", "");
}

fn log_out_of_device(_: &TestSite, held: &mut Held<'_>) {
    held.of_device.clone().post("/logout", "");
}

fn log_out_by_device(_: &TestSite, held: &mut Held<'_>) {
    held.device.clone().post("/logout", "");
}

/// The buttons of the page, by what stands in the database.
fn end(site: &TestSite, held: &mut Held<'_>, id: &'static str) {
    let answer = held.here.submit("/settings/devices/end", &[("id", &site.text(id))]);
    assert_eq!(answer.location(), "/settings/devices");
}

fn end_elsewhere(site: &TestSite, held: &mut Held<'_>) {
    let of_ada = "select sessions.id from sessions join accounts on accounts.id = account_id where name = 'Ada' \
                  and remembered_id is null order by sessions.id desc limit 1";
    end(site, held, of_ada);
}

fn end_device(site: &TestSite, held: &mut Held<'_>) {
    end(
        site,
        held,
        "select remembered.id from remembered join accounts on accounts.id = account_id where name = 'Ada'",
    );
}

fn end_others(_: &TestSite, held: &mut Held<'_>) {
    held.here.post("/settings/devices/end-others", "");
}

fn end_others_by_device(_: &TestSite, held: &mut Held<'_>) {
    held.of_device.post("/settings/devices/end-others", "");
}

fn change_password(site: &TestSite, _: &mut Held<'_>) {
    site.runtime.block_on(async {
        let ada = accounts::by_email(&site.db, &Email::parse("ada@example.org").unwrap()).await;
        let new = Password::typed("another good one, not guessed");
        passwords::replace(&site.site, &ada.unwrap().unwrap(), &new).await.unwrap();
    });
}

fn change_own_password(_: &TestSite, held: &mut Held<'_>) {
    let mut here = held.here.clone();
    let fields = [("current_password", PASSWORD), ("new_password", "another good one, not guessed")];
    assert_eq!(here.submit("/settings/password", &fields).location(), "/settings/account");
    assert!(here.is_logged_in());
}

fn change_password_there(_: &TestSite, held: &mut Held<'_>) {
    let fields = [("current_password", PASSWORD), ("new_password", "another good one, not guessed")];
    let answer = held.of_device.clone().submit("/settings/password", &fields);
    assert_eq!(answer.location(), "/settings/account");
}

fn close_account(_: &TestSite, held: &mut Held<'_>) {
    let fields = [("email", "ada@example.org"), ("password", PASSWORD)];
    assert_eq!(held.here.clone().submit("/settings/close", &fields).location(), "/");
}

/// Everybody stays busy, and a device uses its session, not itself.
fn a_day_in_use(site: &TestSite, held: &mut Held<'_>) {
    for _ in 0..48 {
        for visitor in [&mut held.here, &mut held.elsewhere, &mut held.of_device, &mut held.bob] {
            assert!(visitor.is_logged_in());
        }
        site.clock.advance(HOUR / 2);
    }
}

fn a_month_in_use(site: &TestSite, held: &mut Held<'_>) {
    for _ in 0..30 {
        for device in [&mut held.device, &mut held.bobs_device] {
            *device = only(device, "remember");
            assert!(device.is_logged_in());
        }
        site.clock.advance(DAY);
    }
    held.device = only(&held.device, "remember");
    held.bobs_device = only(&held.bobs_device, "remember");
}

/// The session that a device opened ends with it, though it was used all the while.
fn device_swept(site: &TestSite, held: &mut Held<'_>) {
    site.clock.advance(30 * DAY);
    site.change(
        "update sessions set created_at = created_at + 2592000, last_used_at = last_used_at + 2592000",
    );
    site.change("delete from sessions where remembered_id is null");
    assert!(held.of_device.is_logged_in());
    site.runtime.block_on(housekeeping::sweep(&site.site)).unwrap();
}

fn use_copy(site: &TestSite, held: &mut Held<'_>) {
    let mut copy = held.device.clone();
    assert!(held.device.is_logged_in());
    site.clock.advance(61);
    assert!(!copy.is_logged_in());
    held.device = only(&held.device, "remember");
}

fn ten_devices(site: &TestSite, _: &mut Held<'_>) {
    for _ in 0..10 {
        site.clock.advance(1);
        site.visitor().log_in_remembered("ada@example.org", PASSWORD);
    }
}

fn give_again(_: &TestSite, held: &mut Held<'_>) {
    let answer = held.here.clone().submit("/reauthenticate", &[("password", PASSWORD)]);
    assert_eq!(answer.location(), "/profile");
}

fn end_everything(site: &TestSite, _: &mut Held<'_>) {
    site.runtime.block_on(async {
        let mut tx = site.db.begin().await.unwrap();
        sessions::end_everything(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    });
}

#[test]
fn every_event_ends_what_it_should_and_nothing_else() {
    for (event, happen, expected) in MATRIX {
        let site = Setup::new().patient().build();
        let mut held = held(&site);
        // Each session was looked up a moment before it may end.
        for visitor in [&mut held.here, &mut held.elsewhere, &mut held.of_device, &mut held.bob] {
            assert!(visitor.is_logged_in());
        }
        happen(&site, &mut held);
        let Held { here, elsewhere, of_device, device, bob, bobs_device } = held;
        let alive =
            [here, elsewhere, of_device, device, bob, bobs_device].map(|mut visitor| visitor.is_logged_in());
        assert_eq!(alive, expected, "after: {event}");
    }
}

#[test]
fn what_another_program_ends_is_felt_within_two_seconds() {
    let site = TestSite::new();
    let mut ada = site.ada();
    assert!(ada.is_logged_in());
    site.runtime.block_on(async {
        let address = format!("sqlite://{}", site.config.settings.database_file().display());
        let mut elsewhere = sqlx::AnyConnection::connect(&address).await.unwrap();
        sqlx::query("delete from sessions").execute(&mut elsewhere).await.unwrap();
    });
    let ended = Instant::now();
    while ada.is_logged_in() {
        assert!(ended.elapsed() < Duration::from_secs(2), "it is not felt");
    }
}

#[test]
fn under_another_key_no_cookie_is_read_though_the_rows_are_there() {
    let site = Setup::new().patient().build();
    let held = held(&site);
    let other = app::build(&site.config, &Key::generate(), site.site.clone());
    let other = Client::untracked(other).unwrap();
    for visitor in [held.here, held.of_device, held.device] {
        let (name, value) = visitor.jar[0].clone();
        let host = rocket::http::Header::new("Host", "localhost:8000");
        let request = other.get("/profile").header(host).cookie(rocket::http::Cookie::new(name, value));
        assert_eq!(request.dispatch().status().code, 303);
    }
}
