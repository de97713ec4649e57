//! What ends what: every event against every credential, checked with the very next request.

use vestibule::base::Password;
use vestibule::features::{account_changes, housekeeping};
use vestibule::people::Actor;
use vestibule::people::sessions;
use vestibule::services::passwords;

use crate::support::{PASSWORD, Setup, TestSite, Visitor};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Ada's credentials, each held by a separate visitor who has nothing else. Bob's must not be affected by
/// anything.
struct Held<'s> {
    /// A session without a device. It performs the event.
    here: Visitor<'s>,
    /// Another session without a device.
    elsewhere: Visitor<'s>,
    /// A session of a remembered device.
    of_device: Visitor<'s>,
    /// That device alone.
    device: Visitor<'s>,
    bob: Visitor<'s>,
    bobs_device: Visitor<'s>,
    /// A reset link of Ada's, opened.
    link: Visitor<'s>,
}

fn only<'s>(visitor: &Visitor<'s>, cookie: &str) -> Visitor<'s> {
    let mut visitor = visitor.clone();
    visitor.jar.retain(|(name, _)| name == cookie);
    assert_eq!(visitor.jar.len(), 1);
    visitor
}

fn held(site: &TestSite) -> Held<'_> {
    for (email, name) in [("ada@example.org", "Ada"), ("bob@example.org", "Bob")] {
        site.visitor().sign_up(email, name, PASSWORD);
    }
    let (remembered, bob) = (site.entered("ada@example.org", true), site.entered("bob@example.org", true));
    let mut link = site.visitor();
    link.get(&site.reset_link("ada@example.org"));
    Held {
        here: only(&site.entered("ada@example.org", false), "session"),
        elsewhere: only(&site.entered("ada@example.org", false), "session"),
        of_device: only(&remembered, "session"),
        device: only(&remembered, "remember"),
        bob: only(&bob, "session"),
        bobs_device: only(&bob, "remember"),
        link: only(&link, "reset"),
    }
}

/// An event.
type Event = fn(&TestSite, &mut Held<'_>);

/// Which credentials still work afterwards: here, elsewhere, the device's session, the device, Bob, his
/// device, Ada's link.
type Alive = [bool; 7];

const IN: bool = true;
const OUT: bool = false;

#[rustfmt::skip]
const MATRIX: [(&str, Event, Alive); 26] = [
    //                                               here elsewhere of_device device bob bobs_device link
    ("nothing",             |_, _| {},              [IN,  IN,  IN,  IN,  IN,  IN,  IN]),
    ("log-out",             log_out,                [OUT, IN,  IN,  IN,  IN,  IN,  IN]),
    ("log-out of a device's session", log_out_of_device, [IN, IN, OUT, OUT, IN, IN,  IN]),
    ("log-out by a device", log_out_by_device,      [IN,  IN,  OUT, OUT, IN,  IN,  IN]),
    ("end one session",     end_elsewhere,          [IN,  OUT, IN,  IN,  IN,  IN,  IN]),
    ("end one device",      end_device,             [IN,  IN,  OUT, OUT, IN,  IN,  IN]),
    // From here to the deletion, the visitor who acts continues with other tokens; these are those from
    // before.
    ("end others",          end_others,             [OUT, OUT, OUT, OUT, IN,  IN,  IN]),
    ("end others by a device's session", end_others_there, [OUT, OUT, OUT, OUT, IN, IN,  IN]),
    ("end others on a device", end_others_on_device, [OUT, OUT, OUT, OUT, IN, IN,  IN]),
    ("password changed",    change_password,        [OUT, OUT, OUT, OUT, IN,  IN,  OUT]),
    ("password changed by its owner", change_own_password, [OUT, OUT, OUT, OUT, IN, IN,  OUT]),
    ("password changed in a device's session", change_password_there,
                                                    [OUT, OUT, OUT, OUT, IN,  IN,  OUT]),
    ("password changed on a device", change_password_on_device,
                                                    [OUT, OUT, OUT, OUT, IN,  IN,  OUT]),
    ("password chosen by the link", choose_by_link, [OUT, OUT, OUT, OUT, IN,  IN,  OUT]),
    ("account closed by its owner", close_account,  [OUT, OUT, OUT, OUT, IN,  IN,  OUT]),
    ("account disabled",    disable,                [OUT, OUT, OUT, OUT, IN,  IN,  OUT]),
    ("account deleted",     delete,                 [OUT, OUT, OUT, OUT, IN,  IN,  OUT]),
    ("an hour unused",      |site, _| site.clock.advance(HOUR), [OUT, OUT, OUT, IN, OUT, IN,  OUT]),
    ("a day, in use",       a_day_in_use,           [OUT, OUT, OUT, IN,  OUT, IN,  OUT]),
    ("housekeeping, a device's time over", device_swept, [OUT, OUT, OUT, OUT, OUT, OUT, OUT]),
    ("14 days unused",      |site, _| site.clock.advance(14 * DAY), [OUT, OUT, OUT, OUT, OUT, OUT, OUT]),
    ("30 days, in use",     a_month_in_use,         [OUT, OUT, OUT, OUT, OUT, OUT, OUT]),
    ("device used twice",   use_copy,               [IN,  IN,  OUT, OUT, IN,  IN,  IN]),
    ("ten devices more",    ten_devices,            [IN,  IN,  OUT, OUT, IN,  IN,  IN]),
    ("password given again", give_again,            [OUT, IN,  IN,  IN,  IN,  IN,  IN]), // the token that was held before
    ("key replaced",        end_everything,         [OUT, OUT, OUT, OUT, OUT, OUT, IN]), // its row; the cookie is not read either
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

/// The buttons of the page, found by what the database contains.
fn end(site: &TestSite, held: &mut Held<'_>, id: &'static str) {
    let answer = held.here.submit("/settings/devices/end", &[("id", &site.text(id))]);
    assert_eq!(answer.location(), "/settings/devices");
}

fn end_elsewhere(site: &TestSite, held: &mut Held<'_>) {
    let of_ada = "select sessions.id from sessions join accounts on accounts.id = account_id where name = 'Ada' \
                  and remember_token_id is null order by sessions.id desc limit 1";
    end(site, held, of_ada);
}

fn end_device(site: &TestSite, held: &mut Held<'_>) {
    end(
        site,
        held,
        "select remember_tokens.id from remember_tokens join accounts on accounts.id = account_id where name = 'Ada'",
    );
}

/// The device with both of its cookies, as its browser holds them.
fn whole<'s>(held: &Held<'s>) -> Visitor<'s> {
    let mut whole = held.of_device.clone();
    whole.jar.extend(held.device.jar.iter().cloned());
    whole
}

/// The visitor who acts stays logged in with the new cookies, with all of them or with each alone.
fn goes_on(visitor: &Visitor<'_>) {
    for cookie in ["session", "remember"].iter().filter(|cookie| visitor.cookie(cookie).is_some()) {
        assert!(only(visitor, cookie).is_logged_in(), "{cookie}");
    }
}

fn log_others_out(mut visitor: Visitor<'_>) {
    assert_eq!(visitor.post("/settings/devices/end-others", "").location(), "/settings/devices");
    goes_on(&visitor);
}

fn end_others(_: &TestSite, held: &mut Held<'_>) {
    log_others_out(held.here.clone());
}

fn end_others_there(_: &TestSite, held: &mut Held<'_>) {
    log_others_out(held.of_device.clone());
}

fn end_others_on_device(_: &TestSite, held: &mut Held<'_>) {
    log_others_out(whole(held));
}

fn change_password(site: &TestSite, _: &mut Held<'_>) {
    let (ada, new) = (site.account("ada@example.org"), Password::typed("another good one, not guessed"));
    site.runtime.block_on(passwords::replace(&site.site, &ada, &new, Actor::CommandLine)).unwrap();
}

fn choose_by_link(_: &TestSite, held: &mut Held<'_>) {
    let fields = [("new_password", "another good one, not guessed")];
    assert_eq!(held.link.clone().submit("/reset", &fields).location(), "/login");
}

fn disable(site: &TestSite, _: &mut Held<'_>) {
    site.runtime
        .block_on(account_changes::disable(&site.site, &site.account("ada@example.org"), Actor::CommandLine))
        .unwrap()
        .unwrap();
}

fn delete(site: &TestSite, _: &mut Held<'_>) {
    site.runtime
        .block_on(account_changes::delete(&site.site, &site.account("ada@example.org"), Actor::CommandLine))
        .unwrap()
        .unwrap();
}

fn choose_another(mut visitor: Visitor<'_>) {
    let fields = [("current_password", PASSWORD), ("new_password", "another good one, not guessed")];
    assert_eq!(visitor.submit("/settings/password", &fields).location(), "/settings/account");
    goes_on(&visitor);
}

fn change_own_password(_: &TestSite, held: &mut Held<'_>) {
    choose_another(held.here.clone());
}

fn change_password_there(_: &TestSite, held: &mut Held<'_>) {
    choose_another(held.of_device.clone());
}

fn change_password_on_device(_: &TestSite, held: &mut Held<'_>) {
    choose_another(whole(held));
}

fn close_account(_: &TestSite, held: &mut Held<'_>) {
    let fields = [("email", "ada@example.org"), ("password", PASSWORD)];
    assert_eq!(held.here.clone().submit("/settings/close", &fields).location(), "/");
}

/// Everyone stays active, and the device uses its session instead of its own cookie.
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

/// The session that a device opened ends with the device, even if it was in use all the time.
fn device_swept(site: &TestSite, held: &mut Held<'_>) {
    site.clock.advance(30 * DAY);
    site.change(
        "update sessions set created_at = created_at + 2592000, last_used_at = last_used_at + 2592000",
    );
    site.change("delete from sessions where remember_token_id is null");
    assert!(held.of_device.is_logged_in());
    site.runtime.block_on(housekeeping::sweep(&site.site)).unwrap();
}

fn use_copy(site: &TestSite, held: &mut Held<'_>) {
    let mut copy = held.device.clone();
    // The device came back twice, so the token of the first visit was received. The one before can no longer
    // be that of an owner whose response was lost.
    for _ in 0..2 {
        assert!(held.device.is_logged_in());
        held.device = only(&held.device, "remember");
        site.clock.advance(61);
    }
    assert!(!copy.is_logged_in());
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
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        sessions::end_everything(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    });
}

#[test]
fn every_event_ends_what_it_should_and_nothing_else() {
    for (event, happen, expected) in MATRIX {
        let site = Setup::new().patient().build();
        let mut held = held(&site);
        // Each session was looked up a moment before the event that may end it.
        for visitor in [&mut held.here, &mut held.elsewhere, &mut held.of_device, &mut held.bob] {
            assert!(visitor.is_logged_in());
        }
        happen(&site, &mut held);
        let Held { here, elsewhere, of_device, device, bob, bobs_device, mut link } = held;
        let [a, b, c, d, e, f] =
            [here, elsewhere, of_device, device, bob, bobs_device].map(|mut visitor| visitor.is_logged_in());
        assert_eq!([a, b, c, d, e, f, link.get("/reset").status.code == 200], expected, "after: {event}");
    }
}
