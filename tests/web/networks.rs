//! The limits of one network: wrong passwords and logins per minute, and sign-ups per hour, for whichever
//! account they are.

use rocket::http::Status;
use serde_json::Value;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

const WRONG: &str = "wrong horse battery";

/// A wrong password for an account that no one else has tried.
fn spray(visitor: &Visitor<'_>, number: usize) -> Answer {
    let mut visitor = visitor.clone();
    visitor.jar.clear();
    visitor.log_in(&format!("somebody{number}@example.org"), WRONG)
}

fn is_limited(answer: &Answer) -> bool {
    match answer.status {
        Status::TooManyRequests => true,
        Status::SeeOther => false,
        other => panic!("{other}"),
    }
}

#[test]
fn ten_wrong_passwords_a_minute_for_whichever_accounts() {
    let site = TestSite::new();
    let here = site.visitor_from("203.0.113.7");
    for number in 0..10 {
        assert!(!is_limited(&spray(&here, number)), "{number}");
    }
    let refused = spray(&here, 10);
    assert_eq!(refused.header("retry-after"), "7");
    assert_eq!(
        refused.notices(),
        ["Too many wrong passwords from your internet connection. Wait 7 seconds, then try again."]
    );
    assert!(!is_limited(&spray(&site.visitor_from("203.0.113.8"), 10)), "another network");
    site.clock.advance(7);
    assert!(
        !is_limited(&spray(&here, 11)) && is_limited(&spray(&here, 12)),
        "attempts become free one by one"
    );
}

#[test]
fn having_an_account_gives_no_extra_guesses_at_others() {
    let site = Setup::new().with("limit_logins", "1000").build();
    let mut mallory = site.visitor_from("203.0.113.7");
    mallory.sign_up("mallory@example.org", "Mallory", PASSWORD);
    let guesses = (0..30).filter(|number| {
        let mut own = mallory.clone();
        assert!(number / 10 > 0 || own.log_in("mallory@example.org", PASSWORD).location() == "/profile");
        !is_limited(&spray(&mallory, *number))
    });
    assert_eq!(guesses.count(), 10);
}

#[test]
fn thirty_logins_a_minute_including_right_ones() {
    let site = TestSite::new();
    let mut ada = site.visitor_from("203.0.113.7");
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    let log_in = || {
        let mut new = ada.clone();
        new.jar.clear();
        new.log_in("ada@example.org", PASSWORD)
    };
    for number in 0..30 {
        assert_eq!(log_in().location(), "/profile", "{number}");
    }
    let refused = log_in();
    assert!(
        is_limited(&refused) && refused.says("Too many logins from your internet connection. Wait 3 seconds")
    );
    site.clock.advance(3);
    assert_eq!(log_in().location(), "/profile");
}

#[test]
fn parallel_right_logins_do_not_use_up_the_limit_of_wrong_ones() {
    let site = Setup::new().with("limit_logins", "1000").with("limit_wrong_passwords", "3").build();
    site.visitor().sign_up("ada@example.org", "Ada", PASSWORD);
    let right = site.at_once(20, "/login", &[("email", "ada@example.org"), ("password", PASSWORD)]);
    assert!(right.iter().all(|(_, location)| location == "/profile"), "{right:?}");
    let tries: Vec<_> = (0..4).map(|number| is_limited(&spray(&site.visitor(), number))).collect();
    assert_eq!(tries, [false, false, false, true]);
}

#[test]
fn parallel_wrong_passwords_get_no_more_attempts_than_one_after_another() {
    let site = Setup::new().with("limit_free_guesses", "1000").with("limit_logins", "1000").build();
    let wrong = site.at_once(60, "/login", &[("email", "ada@example.org"), ("password", WRONG)]);
    let looked_at = wrong.iter().filter(|(status, _)| *status == Status::SeeOther).count();
    assert_eq!((looked_at, site.number("select cast(sum(failures) as bigint) from failed_logins")), (10, 10));
}

#[test]
fn an_ipv6_household_is_one_network_and_this_machine_is_no_exception() {
    for (first, second, other) in [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"),
        ("127.0.0.1", "::ffff:127.0.0.1", "127.0.0.2"),
    ] {
        let site = TestSite::new();
        for number in 0..10 {
            let address = if number % 2 == 0 { first } else { second };
            assert!(!is_limited(&spray(&site.visitor_from(address), number)), "{address}");
        }
        assert!(
            is_limited(&spray(&site.visitor_from(first), 10))
                && is_limited(&spray(&site.visitor_from(second), 11))
        );
        assert!(!is_limited(&spray(&site.visitor_from(other), 12)), "{other}");
    }
}

#[test]
fn no_header_changes_the_network_of_a_visitor() {
    for header in ["X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "CF-Connecting-IP"] {
        let site = TestSite::new();
        let tries = (0..12).filter(|number| {
            let address = match header {
                "Forwarded" => format!("for=198.51.100.{number}"),
                _ => format!("198.51.100.{number}"),
            };
            is_limited(&spray(&site.visitor_from("203.0.113.7").sending(header, &address), *number))
        });
        assert_eq!(tries.count(), 2, "{header}");
    }
}

#[test]
fn behind_a_trusted_proxy_the_rightmost_untrusted_address_counts() {
    let site = Setup::new().with("trusted_proxies", "10.0.0.0/8").build();
    let through = |forwarded: &str| site.visitor_from("10.0.0.1").sending("X-Forwarded-For", forwarded);
    for number in 0..10 {
        let spoofed = format!("198.51.100.{number}, 203.0.113.7, 10.0.0.2");
        assert!(!is_limited(&spray(&through(&spoofed), number)));
    }
    assert!(is_limited(&spray(&through("192.0.2.1, 203.0.113.7"), 10)));
    assert!(!is_limited(&spray(&through("203.0.113.7, 192.0.2.1"), 11)), "another visitor of the same proxy");
    assert!(!is_limited(&spray(&through("192.0.2.2").sending("X-Real-IP", "203.0.113.7"), 12)));
}

#[test]
fn a_trusted_proxy_may_be_written_as_an_ipv6_address() {
    for trusted in ["::ffff:10.0.0.0/104", "::ffff:10.0.0.1", "::ffff:10.0.0.1/128", "::ffff:0:0/96"] {
        let site = Setup::new().with("trusted_proxies", trusted).build();
        for number in 0..11 {
            for peer in ["10.0.0.1", "::ffff:10.0.0.1"] {
                let address = format!("192.0.2.{number}");
                let answer = spray(&site.visitor_from(peer).sending("X-Forwarded-For", &address), number);
                assert!(!is_limited(&answer), "{trusted}: {peer} is trusted");
            }
        }
    }
    for trusted in ["::ffff:10.0.0.0/104", "::ffff:10.0.0.2", "::ffff:10.0.0.1/127", "::/0"] {
        let site = Setup::new().with("trusted_proxies", trusted).build();
        let refused = (0..12).filter(|number| {
            let address = format!("192.0.2.{number}");
            is_limited(&spray(&site.visitor_from("11.0.0.1").sending("X-Forwarded-For", &address), *number))
        });
        assert_eq!(refused.count(), 2, "{trusted}: a stranger is not trusted");
    }
}

#[test]
fn ten_sign_ups_an_hour_including_taken_addresses() {
    let site = TestSite::new();
    let here = site.visitor_from("203.0.113.7");
    let sign_up = |email: &str, name: &str| here.clone().sign_up(email, name, PASSWORD);
    for number in 0..5 {
        assert_eq!(sign_up(&format!("n{number}@example.org"), "N").location(), "/login");
        assert_eq!(
            sign_up("n0@example.org", "N").location(),
            "/signup",
            "the answer says that the address is taken"
        );
        assert_eq!(
            sign_up("no address", "N").status,
            Status::UnprocessableEntity,
            "a typing mistake is not counted"
        );
    }
    let refused = sign_up("Late@example.org", "Late Comer");
    assert_eq!((refused.status, refused.header("retry-after")), (Status::TooManyRequests, "361"));
    assert_eq!(
        refused.notices(),
        ["Too many sign-ups from your internet connection. Wait 7 minutes, then try again."]
    );
    assert!(refused.says("value=\"Late@example.org\"") && refused.says("value=\"Late Comer\""));
    assert!(!refused.says(PASSWORD) && refused.all("set-cookie").is_empty());
    assert_eq!(site.number("select count(*) from accounts"), 5);
    assert_eq!(site.visitor_from("203.0.113.8").sign_up("l@example.org", "L", PASSWORD).location(), "/login");
    site.clock.advance(361);
    assert_eq!(sign_up("late@example.org", "Late Comer").location(), "/login");
}

#[test]
fn every_limited_form_answers_a_program_in_json() {
    let (one, wrong) = ("Too many sign-ups from your internet connection. Wait 2 hours", ("password", WRONG));
    let again = "Too many wrong passwords. Wait 6 minutes";
    let choice = [("current_password", WRONG), ("new_password", "seven lazy violet teapots")];
    for (path, fields, sentence, seconds) in [
        ("/signup", &[("email", "x@example.org"), ("name", "X"), ("password", PASSWORD)][..], one, 3_601),
        ("/reauthenticate", &[wrong][..], again, 301),
        ("/settings/password", &choice[..], again, 301),
        ("/settings/close", &[("email", "ada@example.org"), wrong][..], again, 301),
    ] {
        let setup = Setup::new().patient().with("limit_signups", "1").with("limit_reauthentications", "1");
        let site = setup.build();
        let mut program = site.ada().sending("Accept", "application/json");
        if path != "/signup" {
            assert_eq!(program.submit(path, fields).status, Status::UnprocessableEntity, "{path}");
        } else {
            program.jar.clear();
        }
        let answer = program.submit(path, fields);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (Status::TooManyRequests, "application/json")
        );
        let error: Value = serde_json::from_str(&answer.body).unwrap();
        let (told, wait) = (error["error"]["description"].as_str().unwrap(), &error["error"]["retry_after"]);
        assert_eq!(told, format!("{sentence}, then try again."), "{path}");
        assert_eq!(wait, seconds, "{path}");
        assert_eq!(answer.header("retry-after"), wait.to_string(), "{path}");
        assert!(!answer.body.contains(PASSWORD) && !answer.body.contains(WRONG), "{path}");
    }
}

#[test]
fn a_sign_up_that_could_not_be_made_is_not_counted() {
    let site = TestSite::new();
    site.change("alter table accounts rename to elsewhere");
    for _ in 0..20 {
        let answer = site.visitor().sign_up("ada@example.org", "Ada", PASSWORD);
        assert_eq!(answer.status, Status::ServiceUnavailable);
    }
    site.change("alter table elsewhere rename to accounts");
    assert_eq!(site.visitor().sign_up("ada@example.org", "Ada", PASSWORD).location(), "/login");
}
