//! A new password is rated only if it is known whose it is, a few at a time, and each is counted before it is
//! rated.

use std::time::{Duration, Instant};

use rocket::http::Status;
use rocket::tokio::time::sleep;
use vestibule::base::Site;
use vestibule::base::gate::QUEUE;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

/// Long enough, but easy to guess: only the rating refuses it.
const EASY: &str = "passwordpassword";
const EASY_SAYS: &str = "This password is easy to guess.";
/// The default limit.
const A_MINUTE: usize = 30;

fn asked_to_wait(answer: &Answer) -> bool {
    let says = answer.says("You have tried many new passwords. Wait ");
    let wait = answer.header("retry-after").parse().is_ok_and(|seconds: i64| (1..=60).contains(&seconds));
    answer.status == Status::TooManyRequests && says && wait
}

/// Uses up what a visitor may have rated; each password is refused with the reason.
fn use_up(mut judge: impl FnMut() -> Answer) {
    for number in 1..=A_MINUTE {
        let answer = judge();
        assert_eq!(answer.status, Status::UnprocessableEntity, "{number}");
        assert!(answer.says(EASY_SAYS), "{number}");
    }
}

#[test]
fn no_password_is_rated_if_the_address_or_the_name_is_invalid() {
    let site = TestSite::new();
    let mut eve = site.visitor();
    let long = "a-".repeat(1_000);
    let typed = [("no address", "Eve"), ("eve@example.org", ""), (&*long, "Eve"), ("eve@example.org", &long)];
    for (email, name) in typed.into_iter().cycle().take(40) {
        let page = eve.sign_up(email, name, EASY);
        assert_eq!(page.status, Status::UnprocessableEntity, "{email}");
        assert!(!page.says(EASY_SAYS), "{email}");
        assert!(eve.sign_up(email, name, "short").says("Use at least 10 characters."), "{email}");
    }
    assert!(eve.sign_up("eve@example.org", "Eve", EASY).says(EASY_SAYS), "nothing was counted");
}

#[test]
fn more_than_thirty_a_minute_have_to_wait_and_keep_what_was_typed() {
    let site = TestSite::new();
    let mut eve = site.visitor_from("203.0.113.7");
    use_up(|| eve.sign_up("eve@example.org", "Eve Moneypenny", EASY));
    let page = eve.sign_up("eve@example.org", "Eve Moneypenny", PASSWORD);
    assert!(asked_to_wait(&page));
    assert!(page.says("value=\"eve@example.org\"") && page.says("value=\"Eve Moneypenny\""));
    assert!(!page.says(PASSWORD) && site.number("select count(*) from accounts") == 0);
    assert!(
        eve.sign_up("eve@example.org", "Eve", "short").says("Use at least 10"),
        "checks that cost nothing still answer"
    );
    let mut ada = site.visitor_from("203.0.113.8");
    assert_eq!(ada.sign_up("ada@example.org", "Ada", PASSWORD).location(), "/login", "another network");
    site.clock.advance(2);
    assert_eq!(
        eve.sign_up("eve@example.org", "Eve", PASSWORD).location(),
        "/login",
        "one attempt is free again"
    );
    assert!(asked_to_wait(&eve.sign_up("eva@example.org", "Eva", PASSWORD)));
}

#[test]
fn a_logged_in_user_has_a_separate_limit() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.clock.advance(60); // her sign-up does not count any more
    let mut stranger = site.visitor();
    use_up(|| stranger.sign_up("eve@example.org", "Eve", EASY));
    let change = |ada: &mut Visitor<'_>, new: &str| {
        ada.submit("/settings/password", &[("current_password", PASSWORD), ("new_password", new)])
    };
    let mut used = 0;
    while change(&mut ada, EASY).says(EASY_SAYS) {
        used += 1;
    }
    assert_eq!(used, A_MINUTE, "those of a stranger at the same address do not count");
    assert!(asked_to_wait(&change(&mut ada, "another good one, not guessed")));
    site.clock.advance(2);
    assert_eq!(change(&mut ada, "another good one, not guessed").location(), "/settings/account");
}

#[test]
fn the_address_its_first_half_the_name_and_the_sites_are_refused_at_any_length() {
    let site = Setup::new().with("site_name", "qmzr vtyx kwpn").with("password_min_score", "0").build();
    let (local, name) = ("xkcdvtqwzmbnpr".repeat(4), "Vrtz Qwxk Pmbn ".repeat(5));
    let email = format!("{local}@Example.org");
    for own in [&email, &email.to_uppercase(), &local, name.trim(), &name, "QMZR VTYX KWPN"] {
        let page = site.visitor().sign_up(&email, &name, own);
        assert_eq!(page.status, Status::UnprocessableEntity, "{own}");
        assert!(page.says("Don't use your address, your name or the name of this site."), "{own}");
    }
    assert_eq!(site.visitor().sign_up(&email, &name, &format!("{local}x")).location(), "/login");
}

#[test]
fn while_the_queue_is_full_a_sign_up_has_to_wait_and_others_log_in() {
    let site = TestSite::new();
    site.ada();
    let judging = site.client.rocket().state::<Site>().unwrap().judging.clone();
    let (release, held) = std::sync::mpsc::channel::<()>();
    let held = std::sync::Arc::new(std::sync::Mutex::new(held));
    let crowd: Vec<_> = (0..QUEUE + 64)
        .map(|_| {
            let (judging, held) = (judging.clone(), held.clone());
            site.runtime.spawn(async move { judging.run(move || held.lock().unwrap().recv()).await })
        })
        .collect();
    let begun = Instant::now();
    while judging.waiting() < QUEUE && begun.elapsed() < Duration::from_secs(4) {
        site.runtime.block_on(async { sleep(Duration::from_millis(1)).await });
    }
    let answer = site.visitor().sign_up("eve@example.org", "Eve", PASSWORD);
    assert_eq!((answer.status, answer.header("retry-after")), (Status::ServiceUnavailable, "5"));
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).location(), "/profile");
    drop((crowd, release)); // frees the places
    let begun = Instant::now();
    while site.visitor().sign_up("eve@example.org", "Eve", PASSWORD).location() != "/login" {
        assert!(begun.elapsed() < Duration::from_secs(10), "the gate stays closed");
    }
    assert_eq!(judging.waiting(), 0);
}
