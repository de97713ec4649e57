//! What ends a pass: every event against the passes of every session, asked a moment before and right after it; by another
//! instance within a second.

use std::thread;
use std::time::{Duration, Instant};

use vestibule::base::{Password, WebOrigin};
use vestibule::features::account_changes;
use vestibule::people::groups::{self, GroupName};
use vestibule::people::{Actor, sessions};
use vestibule::services::apps::{self, AppChange, NewApp, SetDisabled};
use vestibule::services::passwords;

use crate::gate_support::{Browser, WIKI, alter, app, at, leave, names, wiki_on};
use crate::support::gate::PROXY;
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const BOB: &str = "bob@example.org";
const BLOG: &str = "https://blog.example.org";
const NEW_PASSWORD: &str = "another good one, not guessed";
const HOUR: i64 = 3_600;

/// Who has passes: Ada in three sessions, and Bob.
struct Held<'s> {
    /// Ada's browser that performs the event. It has passes for the wiki and for the blog.
    here: Browser<'s>,
    /// Another one of hers.
    elsewhere: Browser<'s>,
    /// A remembered device of hers.
    device: Browser<'s>,
    bob: Browser<'s>,
    /// A reset link of Ada's, opened.
    reset: Visitor<'s>,
    /// The link of an email that locks her account, opened.
    lock: Visitor<'s>,
}

/// An event.
type Event = fn(&TestSite, &mut Held<'_>);

/// The answers to questions about the passes: Ada's here for the wiki and for the blog; for the wiki elsewhere, and on her
/// device; Bob's.
type Answers = [u16; 5];

/// It lives.
const IN: u16 = 200;
/// It has ended: who are you?
const OUT: u16 = 401;
/// The session lives, but may not do this.
const NO: u16 = 403;

#[rustfmt::skip]
const MATRIX: [(&str, Event, Answers); 27] = [
    //                                                        here blog elsewhere device bob
    ("nothing",                         |_, _| {},            [IN,  IN,  IN,  IN,  IN]),
    ("log-out",                         log_out,              [OUT, OUT, IN,  IN,  IN]),
    ("log-out by the way out of an app", by_the_way_out,      [OUT, OUT, IN,  IN,  IN]),
    ("log-out on a remembered device",  log_out_of_device,    [IN,  IN,  IN,  OUT, IN]),
    ("one session ended on a page",     end_elsewhere,        [IN,  IN,  OUT, IN,  IN]),
    ("one device ended on a page",      end_device,           [IN,  IN,  IN,  OUT, IN]),
    ("all others ended on a page",      end_others,           [IN,  IN,  OUT, OUT, IN]),
    ("password given again",            give_again,           [IN,  IN,  IN,  IN,  IN]),
    ("password changed by its owner",   change_password,      [IN,  IN,  OUT, OUT, IN]),
    ("password set by the operator",    set_password,         [OUT, OUT, OUT, OUT, IN]),
    ("password chosen by a link",       choose_by_link,       [OUT, OUT, OUT, OUT, IN]),
    ("account locked by a link",        lock,                 [OUT, OUT, OUT, OUT, IN]),
    ("account disabled",                disable,              [OUT, OUT, OUT, OUT, IN]),
    ("account deleted",                 delete,               [OUT, OUT, OUT, OUT, IN]),
    ("an hour unused",                  an_hour,              [OUT, OUT, OUT, OUT, OUT]),
    ("a day, in use",                   a_day_in_use,         [OUT, OUT, OUT, OUT, OUT]),
    ("device used twice",               use_copy,             [IN,  IN,  IN,  OUT, IN]),
    ("ten devices more",                ten_devices,          [IN,  IN,  IN,  OUT, IN]),
    ("key replaced",                    end_everything,       [OUT, OUT, OUT, OUT, OUT]),
    ("taken out of the group",          take_out,             [NO,  IN,  NO,  NO,  IN]),
    ("group deleted",                   delete_group,         [NO,  IN,  NO,  NO,  NO]),
    ("group of the app changed",        change_group,         [NO,  IN,  NO,  NO,  NO]),
    ("app without a path for them",     change_paths,         [NO,  IN,  NO,  NO,  NO]),
    ("app disabled",                    disable_app,          [NO,  IN,  NO,  NO,  NO]),
    ("app removed",                     remove_app,           [NO,  IN,  NO,  NO,  NO]),
    ("app removed and made anew",       make_anew,            [OUT, IN,  OUT, OUT, OUT]),
    ("app moved to another port",       move_app,             [OUT, IN,  OUT, OUT, OUT]),
];

fn held(site: &TestSite) -> Held<'_> {
    for email in [ADA, BOB] {
        site.logged_in(email);
        site.add_to_group(email, "family");
    }
    let enter = |email: &str, remember: bool| Browser::of(site.entered(email, remember)).enter(WIKI);
    let mut reset = site.visitor();
    assert_eq!(reset.get(&site.reset_link(ADA)).location(), "/reset");
    let (device, here, elsewhere) = (enter(ADA, true), enter(ADA, false), enter(ADA, false));
    let mut lock = site.visitor();
    assert_eq!(lock.get(&site.mailed_link(ADA)).location(), "/secure");
    Held { here: here.enter(BLOG), elsewhere, device, bob: enter(BOB, false), reset, lock }
}

/// The answers of an instance, now.
fn asked(site: &TestSite, held: &Held<'_>) -> Answers {
    let Held { here, elsewhere, device, bob, .. } = held;
    let [wiki, blog] = [WIKI, BLOG].map(|origin| format!("{origin}/page"));
    let wiki = |browser: &Browser<'_>| browser.check_at(site, &wiki);
    [wiki(here), here.check_at(site, &blog), wiki(elsewhere), wiki(device), wiki(bob)]
}

fn log_out(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.here.visitor.post("/logout", "").location(), "/");
}

fn by_the_way_out(_: &TestSite, held: &mut Held<'_>) {
    let out = held.here.open(&format!("{WIKI}/.vestibule/out"));
    assert_eq!(out.location(), "http://localhost:8000/logout");
    // A link on another site: a button asks first.
    let page = held.here.visitor.clone().sending("Sec-Fetch-Site", "cross-site").get("/logout");
    assert_eq!(page.status(), 200);
    let form = page.form_value();
    assert_eq!(held.here.visitor.submit("/logout", &[("form", &form)]).location(), "/");
}

fn log_out_of_device(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.device.visitor.post("/logout", "").location(), "/");
}

/// The buttons of the page, found by what the database contains.
fn end(site: &TestSite, held: &mut Held<'_>, id: &'static str) {
    let answer = held.here.visitor.submit("/settings/devices/end", &[("id", &site.text(id))]);
    assert_eq!(answer.location(), "/settings/devices");
}

fn end_elsewhere(site: &TestSite, held: &mut Held<'_>) {
    let of_ada = "select sessions.id from sessions join accounts on accounts.id = account_id where name = 'Ada' \
                  and remember_token_id is null order by sessions.id desc limit 1";
    end(site, held, of_ada);
}

fn end_device(site: &TestSite, held: &mut Held<'_>) {
    end(site, held, "select id from remember_tokens");
}

fn end_others(_: &TestSite, held: &mut Held<'_>) {
    let ended = held.here.visitor.post("/settings/devices/end-others", "");
    assert_eq!(ended.location(), "/settings/devices");
}

fn give_again(_: &TestSite, held: &mut Held<'_>) {
    let answer = held.here.visitor.submit("/reauthenticate", &[("password", PASSWORD)]);
    assert_eq!(answer.location(), "/profile");
}

fn change_password(_: &TestSite, held: &mut Held<'_>) {
    let fields = [("current_password", PASSWORD), ("new_password", NEW_PASSWORD)];
    assert_eq!(held.here.visitor.submit("/settings/password", &fields).location(), "/settings/account");
}

fn set_password(site: &TestSite, _: &mut Held<'_>) {
    let (ada, new) = (site.account(ADA), Password::typed(NEW_PASSWORD));
    site.runtime.block_on(passwords::replace(&site.site, &ada, &new, Actor::CommandLine)).unwrap();
}

fn choose_by_link(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.reset.submit("/reset", &[("new_password", NEW_PASSWORD)]).location(), "/login");
}

fn lock(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.lock.post("/secure", "").location(), "/login");
}

fn disable(site: &TestSite, _: &mut Held<'_>) {
    let ada = site.account(ADA);
    let disabled = account_changes::disable(&site.site, &ada, Actor::CommandLine);
    site.runtime.block_on(disabled).unwrap().unwrap();
}

fn delete(site: &TestSite, _: &mut Held<'_>) {
    let ada = site.account(ADA);
    let deleted = account_changes::delete(&site.site, &ada, Actor::CommandLine);
    site.runtime.block_on(deleted).unwrap().unwrap();
}

fn an_hour(site: &TestSite, _: &mut Held<'_>) {
    site.clock.advance(HOUR);
}

/// All of them use the apps, and no page of the login host: that keeps their sessions.
fn a_day_in_use(site: &TestSite, held: &mut Held<'_>) {
    for half_hour in 0..48 {
        assert_eq!(asked(site, held), [IN; 5], "{half_hour}");
        site.clock.advance(HOUR / 2);
    }
}

fn use_copy(site: &TestSite, held: &mut Held<'_>) {
    let alone = |visitor: &Visitor<'_>| {
        let value = visitor.cookie("remember").unwrap().to_owned();
        let mut alone = visitor.site.visitor();
        alone.plant("remember", &value);
        alone.jar
    };
    let (mut device, mut copy) = (held.device.visitor.clone(), held.device.visitor.clone());
    copy.jar = alone(&copy);
    for _ in 0..2 {
        device.jar = alone(&device);
        assert!(device.is_logged_in());
        site.clock.advance(61);
    }
    assert!(!copy.is_logged_in());
}

fn ten_devices(site: &TestSite, _: &mut Held<'_>) {
    for _ in 0..10 {
        site.clock.advance(1);
        assert_eq!(site.visitor().log_in_remembered(ADA, PASSWORD).location(), "/profile");
    }
}

fn end_everything(site: &TestSite, _: &mut Held<'_>) {
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        sessions::end_everything(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    });
}

fn take_out(site: &TestSite, _: &mut Held<'_>) {
    leave(site, ADA, "family");
}

fn delete_group(site: &TestSite, _: &mut Held<'_>) {
    let family = GroupName::parse("family").unwrap();
    let deleted = groups::delete(&site.site, &family, Actor::CommandLine);
    assert_eq!(site.runtime.block_on(deleted).unwrap(), Some(2));
}

fn change_group(site: &TestSite, _: &mut Held<'_>) {
    alter(site, "wiki", AppChange { groups: Some(names(&["choir"])), ..AppChange::default() });
}

fn change_paths(site: &TestSite, _: &mut Held<'_>) {
    let all = crate::gate_support::part("/", &["choir"]);
    alter(site, "wiki", AppChange { paths: Some(vec![all]), ..AppChange::default() });
}

fn disable_app(site: &TestSite, _: &mut Held<'_>) {
    let name = app("wiki");
    let set = apps::set_disabled(&site.site, &name, true, Actor::CommandLine);
    assert_eq!(site.runtime.block_on(set).unwrap(), SetDisabled::Done);
}

fn remove_app(site: &TestSite, _: &mut Held<'_>) {
    assert!(site.runtime.block_on(apps::delete(&site.site, &app("wiki"), Actor::CommandLine)).unwrap());
}

fn make_anew(site: &TestSite, held: &mut Held<'_>) {
    remove_app(site, held);
    site.add_app(&NewApp { groups: names(&["family"]), ..at("wiki", &[WIKI]) });
}

fn move_app(site: &TestSite, _: &mut Held<'_>) {
    let origins = vec![WebOrigin::parse("https://wiki.example.org:8443").unwrap()];
    alter(site, "wiki", AppChange { origins: Some(origins), ..AppChange::default() });
}

/// One event at a site of its own, with two instances.
fn check((event, happen, expected): &(&str, Event, Answers)) {
    let site = wiki_on(Setup::new().patient().mail().with("trusted_proxies", PROXY));
    site.add_app(&at("blog", &[BLOG]));
    let mut held = held(&site);
    let other = site.another();
    for instance in [&site, &other, &site, &other] {
        assert_eq!(asked(instance, &held), [IN; 5], "before: {event}");
    }
    happen(&site, &mut held);
    let ended = Instant::now();
    assert_eq!(asked(&site, &held), *expected, "right after: {event}");
    loop {
        let begun = ended.elapsed();
        let answers = asked(&other, &held);
        if answers == *expected {
            break;
        }
        assert!(begun < Duration::from_secs(1), "{answers:?} at another instance, {begun:?} after: {event}");
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(asked(&site, &held), *expected, "and it stays so: {event}");
}

#[test]
fn every_event_ends_the_passes_that_it_should_and_no_other() {
    // Each waits for the other instance much of its time.
    for two in MATRIX.chunks(2) {
        thread::scope(|scope| {
            for case in two {
                scope.spawn(move || check(case));
            }
        });
    }
}

#[test]
fn no_row_of_a_pass_outlives_its_session_or_its_app() {
    let ends: [Event; 6] = [log_out, set_password, disable, delete, end_everything, remove_app];
    for (number, end) in ends.into_iter().enumerate() {
        let site = wiki_on(Setup::new().patient().mail().with("trusted_proxies", PROXY));
        site.add_app(&at("blog", &[BLOG]));
        let mut held = held(&site);
        assert_eq!(site.number("select count(*) from passes"), 5);
        end(&site, &mut held);
        let left = site.number("select count(*) from passes");
        assert_eq!(left, [3, 1, 1, 1, 0, 1][number], "of event {number}");
    }
}
