//! The limits of a client with many IPv6 networks: each 64-bit prefix has the limit of one network, the
//! 56-bit prefix around it eight times as much, and the 48-bit prefix thirty-two times.

use rocket::http::Status;

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

/// A password that is long enough to be rated, and is then refused.
const EASY: &str = "passwordpassword";

/// An address in a 64-bit prefix of its own: number `line` in the 56-bit prefix `home` of the 48-bit prefix `site`.
fn address(site: u16, home: u8, line: u8) -> String {
    format!("2001:db8:{site:x}:{home:x}{line:02x}::1")
}

/// An attempt that is limited by network.
type Try = fn(&mut Visitor<'_>, usize) -> Answer;

/// Each setting that limits a network, its period in seconds, and an attempt that counts.
const LIMITED: [(&str, i64, Try); 6] = [
    ("limit_wrong_passwords", 60, |visitor, number| visitor.log_in(&format!("n{number}@x.test"), "wrong")),
    ("limit_logins", 60, |visitor, number| visitor.log_in(&format!("n{number}@x.test"), "wrong")),
    ("limit_signups", 3_600, |visitor, number| visitor.sign_up(&format!("n{number}@x.test"), "N", PASSWORD)),
    ("limit_mails", 3_600, |visitor, number| {
        visitor.submit("/forgot", &[("email", &format!("n{number}@x.test"))])
    }),
    ("limit_new_passwords", 60, |visitor, _| visitor.sign_up(ADA, "Ada", EASY)),
    ("limit_forms", 60, |visitor, _| visitor.post("/nowhere", "")),
];

/// Attempts from new browsers without cookies.
struct Tries<'s> {
    site: &'s TestSite,
    number: usize,
    one: Try,
}

impl Tries<'_> {
    /// Makes an attempt from this address. Returns the seconds to wait, if it was limited.
    fn refused(&mut self, address: &str) -> Option<i64> {
        self.number += 1;
        let answer = (self.one)(&mut self.site.visitor_from(address), self.number);
        match answer.status {
            Status::TooManyRequests => Some(answer.header("retry-after").parse().unwrap()),
            Status::SeeOther | Status::UnprocessableEntity | Status::NotFound => None,
            other => panic!("{other}: {}", answer.body),
        }
    }
}

#[test]
fn a_client_with_many_networks_is_limited_and_its_neighbour_is_not() {
    for (setting, seconds, one) in LIMITED {
        let site = Setup::new().mail().patient().with(setting, "1").build();
        let mut tries = Tries { site: &site, number: 0, one };
        assert_eq!(tries.refused(&address(1, 1, 0)), None, "{setting}");
        assert_eq!(tries.refused(&address(1, 1, 0)), Some(seconds + 1), "{setting}: one from each line");
        let walked: Vec<_> = (1..=8).map(|line| tries.refused(&address(1, 1, line))).collect();
        assert_eq!(walked[..7], [None; 7], "{setting}");
        let wait = walked[7].unwrap_or_else(|| panic!("{setting}: the home is not limited yet"));
        assert!((seconds / 8..=seconds / 8 + 1).contains(&wait), "{setting}: {wait}");
        assert_eq!(tries.refused(&address(1, 2, 0)), None, "{setting}: a neighbour");
        // Nine were counted for the site by now; refused ones are not counted.
        let walked: Vec<_> = (3..30).map(|home| tries.refused(&address(1, home, 0))).collect();
        assert_eq!(walked[..23], [None; 23], "{setting}");
        assert!(walked[23..].iter().all(Option::is_some), "{setting}: {walked:?}");
        let wait_of_site = walked[23].unwrap();
        assert!((seconds / 32..=seconds / 32 + 1).contains(&wait_of_site), "{setting}: {wait_of_site}");
        assert_eq!(tries.refused(&address(2, 1, 0)), None, "{setting}: another site");
        site.clock.advance(wait_of_site);
        assert!(tries.refused(&address(1, 1, 9)).is_some(), "{setting}: the home waits for longer");
        assert_eq!(tries.refused(&address(1, 40, 0)), None, "{setting}: as long as told, and no longer");
        site.clock.advance(wait - wait_of_site);
        assert_eq!(tries.refused(&address(1, 1, 9)), None, "{setting}: as long as told");
    }
}

#[test]
fn limits_in_the_database_survive_a_restart_and_hold_for_all_instances() {
    for (setting, seconds, one) in LIMITED {
        if !["limit_wrong_passwords", "limit_signups", "limit_mails"].contains(&setting) {
            continue;
        }
        let first = Setup::new().mail().patient().with(setting, "1").build();
        let second = first.another();
        let tries = |site: &TestSite, home: u8, lines: std::ops::Range<u8>| {
            let mut tries = Tries { site, number: usize::from(lines.start), one };
            let refused = lines.map(|line| tries.refused(&address(1, home, line)));
            refused.collect::<Vec<_>>()
        };
        assert_eq!(tries(&first, 1, 0..4), [None; 4], "{setting}");
        assert_eq!(tries(&second, 1, 4..8), [None; 4], "{setting}");
        for site in [&first, &second] {
            let waits = tries(site, 1, 8..10);
            let told = |wait: &Option<i64>| wait.is_some_and(|wait| (1..=seconds / 8 + 1).contains(&wait));
            assert!(waits.iter().all(told), "{setting}: {waits:?}");
        }
        drop(second);
        let first = first.restarted();
        assert!(tries(&first, 1, 10..11)[0].is_some(), "{setting}: after a restart");
        assert_eq!(tries(&first, 2, 11..12), [None], "{setting}: a neighbour");
    }
}

#[test]
fn right_passwords_cost_a_home_nothing_and_are_not_recorded() {
    let site = Setup::new().patient().with("limit_wrong_passwords", "1").build();
    site.visitor_from("203.0.113.7").sign_up(ADA, "Ada", PASSWORD);
    let before = site.number("select count(*) from rate_limits");
    for line in 0..20 {
        assert_eq!(site.visitor_from(&address(1, 1, line)).log_in(ADA, PASSWORD).location(), "/profile");
    }
    assert_eq!(site.number("select count(*) from rate_limits"), before);
}

#[test]
fn an_ipv4_address_has_no_wider_network() {
    for (setting, _, one) in LIMITED {
        let site = Setup::new().mail().patient().with(setting, "1").build();
        let mut tries = Tries { site: &site, number: 0, one };
        for number in 0..40 {
            let address = if number % 2 == 0 { "203.0.113." } else { "::ffff:203.0.113." };
            assert_eq!(tries.refused(&format!("{address}{number}")), None, "{setting}");
        }
    }
}
