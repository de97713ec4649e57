//! What a check costs: it comes before every request to every app, so it sends nothing to the database that it has asked a
//! moment ago, and writes once a minute for a session, however many apps and requests.

use vestibule::web::paths::AUTH_REQUEST;

use crate::gate_support::{Browser, Question, WIKI, at, leads, leave, of_family, with_wiki};
use crate::support::{ADA, PASSWORD, TestSite};

const PAGE: &str = "https://wiki.example.org/page";
const BLOG: &str = "https://blog.example.org";
const MINUTE: i64 = 60;

/// The statements of some work: the least of several measurements, since tasks of the server may send some at the same time.
fn least(site: &TestSite, mut work: impl FnMut(usize)) -> u64 {
    let each = (0..8).map(|number| {
        let before = site.db.statements();
        work(number);
        site.db.statements() - before
    });
    each.min().unwrap()
}

fn last_use(site: &TestSite) -> i64 {
    site.number("select max(last_used_at) from sessions where id in (select session_id from passes)")
}

#[test]
fn what_was_asked_a_moment_ago_is_not_asked_again() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    let bob = of_family(&site, "bob@example.org").enter(WIKI);
    leave(&site, "bob@example.org", "family");
    let stranger = Question::about(PAGE);
    for (what, question, status) in [
        ("a member", ada.question(PAGE), 200),
        ("a member, for nginx", ada.question(PAGE).to(AUTH_REQUEST), 200),
        ("somebody else", bob.question(PAGE), 403),
        ("a stranger", stranger.clone(), 401),
        ("a stranger who opens a page", stranger.clone().navigating(), 303),
        ("for no app", stranger.clone().set("X-Forwarded-Host", "evil.test"), 403),
        ("unreadable", stranger.clone().without("X-Forwarded-Uri"), 403),
        ("from elsewhere", stranger.clone().from("203.0.113.7"), 403),
        ("the way out", stranger.clone().set("X-Forwarded-Uri", "/.vestibule/out"), 303),
        ("a visit without a ticket", stranger.set("X-Forwarded-Uri", "/.vestibule/in"), 303),
    ] {
        let sent = least(&site, |_| assert_eq!(question.ask(&site).status(), status, "{what}"));
        assert_eq!(sent, 0, "{what}");
    }
    let unknown = Question::about(PAGE).cookie("__Host-gate", &"A".repeat(43));
    let sent = least(&site, |_| assert_eq!(unknown.ask(&site).status(), 401));
    assert!(sent <= 1, "a token that is none is looked up: {sent}");
}

#[test]
fn only_a_commit_about_its_account_makes_a_pass_be_read_again() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    let check = || assert_eq!(ada.check(PAGE), 200);
    check();
    // Each number is another account: two may have the same counter.
    let others = least(&site, |number| {
        let email = format!("other{number}@example.org");
        site.logged_in(&email);
        check();
    });
    let alone = least(&site, |number| {
        site.logged_in(&format!("another{number}@example.org"));
    });
    assert_eq!(others, alone, "her check added nothing to what their log-ins cost");
    let own = least(&site, |number| {
        site.add_to_group(ADA, &format!("group{number}"));
        check();
    });
    let without = least(&site, |number| site.add_to_group(ADA, &format!("more{number}")));
    assert_eq!(own, without + 1, "one statement reads the pass, its session, its account and its groups");
}

#[test]
fn a_check_writes_nothing_within_a_minute() {
    let site = with_wiki();
    site.add_app(&at("blog", &[BLOG]));
    let ada = of_family(&site, ADA).enter(WIKI).enter(BLOG);
    let stranger = Browser::of(site.visitor());
    let rows = site.rows_without("");
    for second in 0..59 {
        for page in [PAGE, "https://blog.example.org/x", "https://wiki.example.org/other"] {
            assert_eq!(ada.check(page), 200, "{second}");
            assert_eq!(stranger.check(page), 401, "{second}");
            assert_eq!(
                stranger.question(page).navigating().ask(&site).status(),
                303,
                "a visit is no row: {second}"
            );
        }
        site.clock.advance(1);
    }
    assert_eq!(site.rows_without(""), rows);
}

#[test]
fn the_use_of_a_session_is_written_once_a_minute_for_all_its_apps() {
    let site = with_wiki();
    site.add_app(&at("blog", &[BLOG]));
    let ada = of_family(&site, ADA).enter(WIKI).enter(BLOG);
    let blog = format!("{BLOG}/x");
    for minute in 1..=4 {
        let before = last_use(&site);
        site.clock.advance(MINUTE - 1);
        assert_eq!((ada.check(PAGE), ada.check(&blog), last_use(&site)), (200, 200, before), "{minute}");
        site.clock.advance(1);
        assert_eq!((ada.check(PAGE), last_use(&site)), (200, before + MINUTE), "{minute}");
        let rows = site.rows_without("");
        for page in [&*blog, PAGE, &blog] {
            assert_eq!(ada.check(page), 200, "{minute}");
        }
        assert_eq!(site.rows_without(""), rows, "{minute}");
    }
}

#[test]
fn a_session_that_is_used_in_apps_alone_stays_alive_and_so_does_a_pass_next_to_pages() {
    let site = with_wiki();
    let mut ada = of_family(&site, ADA).enter(WIKI);
    for _ in 0..4 {
        site.clock.advance(45 * MINUTE);
        assert_eq!(ada.check(PAGE), 200);
    }
    assert!(ada.visitor.is_logged_in());
    for _ in 0..4 {
        site.clock.advance(45 * MINUTE);
        assert!(ada.visitor.is_logged_in());
    }
    assert_eq!(ada.check(PAGE), 200, "what was read of its session an hour ago is read again");
}

#[test]
fn the_first_use_of_a_pass_is_written_once() {
    let site = with_wiki();
    let unused =
        || site.number("select count(*) from passes where redeemed_at is not null and used_at is null");
    let mut ada = of_family(&site, ADA);
    let gate = ada.open(PAGE).location().to_owned();
    let entrance = leads(&ada.open(&gate));
    ada.open(&entrance);
    assert_eq!(unused(), 1);
    site.clock.advance(5);
    assert_eq!((ada.check(PAGE), unused()), (200, 0));
    let used_at = "select used_at - redeemed_at from passes";
    assert_eq!(site.number(used_at), 5);
    site.clock.advance(5);
    assert_eq!((ada.check(PAGE), site.number(used_at)), (200, 5));
    site.clock.advance(10 * MINUTE);
    assert_eq!((ada.check(PAGE), site.number(used_at)), (200, 5));
}

#[test]
fn what_cannot_be_written_closes_no_app() {
    let site = with_wiki();
    let mut ada = of_family(&site, ADA);
    let gate = ada.open(PAGE).location().to_owned();
    let entrance = leads(&ada.open(&gate));
    ada.open(&entrance);
    site.refuse("update", "passes");
    assert_eq!((ada.check(PAGE), ada.check(PAGE)), (200, 200), "the first use");
    site.allow("passes");
    site.refuse("update", "sessions");
    site.clock.advance(2 * MINUTE);
    assert_eq!((ada.check(PAGE), ada.check(PAGE)), (200, 200), "the use of the session");
    site.allow("sessions");
    site.clock.advance(MINUTE);
    assert_eq!(ada.check(PAGE), 200);
    assert_eq!(last_use(&site), site.clock.now().unix(), "it is written again");
}

#[test]
fn tickets_that_nobody_redeemed_do_not_pile_up() {
    let site = with_wiki();
    site.add_app(&at("blog", &[BLOG]));
    let _alone = site.lease_housekeeping();
    let mut ada = of_family(&site, ADA).enter(WIKI);
    for _ in 0..20 {
        let gate = ada.open(&format!("{BLOG}/x")).location().to_owned();
        ada.open(&gate);
    }
    assert_eq!(site.number("select count(*) from passes"), 2, "one for each app of a session");
    let sweep = || site.runtime.block_on(vestibule::people::passes::sweep(&site.site)).unwrap();
    sweep();
    assert_eq!(site.number("select count(*) from passes"), 2, "it can still be redeemed");
    site.clock.advance(MINUTE);
    sweep();
    assert_eq!(site.number("select count(*) from passes"), 1);
    assert_eq!((ada.check(PAGE), site.visitor().log_in(ADA, PASSWORD).location()), (200, "/profile"));
}
