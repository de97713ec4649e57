//! What ends a pass: every event of `gate_events` against the passes of every session, asked a moment before and
//! right after it; by another instance within a second.

use std::thread;
use std::time::{Duration, Instant};

use crate::gate_events::{
    Event, Held, a_day_in_use, an_hour, by_the_way_out, change_group, change_password, change_paths,
    choose_by_link, delete, delete_group, disable, disable_app, end_device, end_elsewhere, end_everything,
    end_others, give_again, held, lock, log_out, log_out_of_device, make_anew, move_app, remove_app,
    set_password, take_out, ten_devices, use_copy,
};
use crate::gate_support::{Browser, WIKI, at, wiki_on};
use crate::support::gate::PROXY;
use crate::support::{Setup, TestSite};

pub const BLOG: &str = "https://blog.example.org";

/// The answers to questions about the passes: Ada's here for the wiki and for the blog; for the wiki elsewhere, and on her
/// device; Bob's.
type Answers = [u16; 5];

/// It lives.
pub const IN: u16 = 200;
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

/// The answers of an instance, now.
pub fn asked(site: &TestSite, held: &Held<'_>) -> Answers {
    let Held { here, elsewhere, device, bob, .. } = held;
    let [wiki, blog] = [WIKI, BLOG].map(|origin| format!("{origin}/page"));
    let wiki = |browser: &Browser<'_>| browser.check_at(site, &wiki);
    [wiki(here), here.check_at(site, &blog), wiki(elsewhere), wiki(device), wiki(bob)]
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
