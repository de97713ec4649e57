//! A random walk through the whole site, checked against a model of who should be logged in. Steps come in
//! any order, and from visitors with copies of any cookies. After each step, the page must greet the user
//! that the model expects, and no cookie may be set that the model does not expect.
//!
//! `VESTIBULE_TEST_STEPS=10000` walks for longer, and `VESTIBULE_TEST_SEED` takes another path; a failure
//! names both.

mod model;
mod changes;
mod steps;
mod upkeep;

use rocket::http::Status;

use crate::support::{Answer, BEGINNING, Setup, TestSite, Visitor};
use model::{Jar, Seen, World};

const ACCOUNTS: usize = 3;
const BROWSERS: usize = 5;
/// Few enough to take some seconds: each login computes a hash.
const STEPS: u64 = 250;
/// Seconds between two steps: the time until a device may open one more session.
const TICK: i64 = 7;

const NAMES: [&str; ACCOUNTS] = ["Ada", "Bob", "Cleo"];
/// The address of an account, and the one that it may change to.
const ADDRESSES: [[&str; 2]; ACCOUNTS] = [
    ["ada@example.org", "lovelace@example.org"],
    ["bob@example.org", "robert@example.org"],
    ["cleo@example.org", "cleopatra@example.org"],
];
const PASSWORDS: [&str; 3] = ["correct horse battery", "staple lamp violin moss", "quartz onion ferry dune"];

/// The site, the model next to it, and what browsers hold of each.
struct Walk {
    site: Option<TestSite>,
    world: World,
    real: Vec<Vec<(String, String)>>,
    held: Vec<Jar>,
    random: u64,
    trail: Vec<String>,
}

#[test]
fn after_any_steps_the_right_users_are_logged_in() {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().map_or(default, |text| text.parse().expect("a number"))
    };
    let (steps, seed) = (number("VESTIBULE_TEST_STEPS", STEPS), number("VESTIBULE_TEST_SEED", 20_261_126));
    let mut walk = Walk::new(seed);
    for step in 0..steps {
        walk.step();
        // Only the last steps help a reader to understand a failure.
        let surplus = walk.trail.len().saturating_sub(40);
        walk.trail.drain(..surplus);
        if (step + 1) % 1_000 == 0 {
            println!("{} steps", step + 1);
        }
    }
}

impl Walk {
    fn new(seed: u64) -> Walk {
        let site = Setup::new().patient().mail().build();
        Walk {
            site: Some(site),
            world: World::new(BEGINNING, ACCOUNTS),
            real: vec![Vec::new(); BROWSERS],
            held: vec![Jar::default(); BROWSERS],
            random: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            trail: vec![format!("seed {seed}")],
        }
    }

    /// A random number below `limit` (xorshift64*).
    fn below(&mut self, limit: usize) -> usize {
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        (self.random.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    fn one_in(&mut self, limit: usize) -> bool {
        self.below(limit) == 0
    }

    fn site(&self) -> &TestSite {
        self.site.as_ref().unwrap()
    }

    fn wait(&mut self, seconds: i64) {
        self.site().clock.advance(seconds);
        self.world.now += seconds;
    }

    /// Sends a request of a browser. Its answer is kept, or lost on the way.
    fn ask(
        &mut self,
        browser: usize,
        kept: bool,
        request: impl FnOnce(&mut Visitor<'_>) -> Answer,
    ) -> Answer {
        let mut visitor = self.site().visitor();
        visitor.jar = self.real[browser].clone();
        let answer = request(&mut visitor);
        let jar = visitor.jar;
        if kept {
            self.real[browser] = jar;
        }
        answer
    }

    /// Asserts that the answer sets the cookies that the model set.
    fn same_cookies(&self, answer: &Answer, before: &Jar, after: &Jar) {
        let given = |name: &str| !answer.set_cookie(name).is_empty() && !answer.takes_back(name);
        let session = after.session.is_some() && after.session != before.session;
        let remember = after.remember.is_some() && after.remember != before.remember;
        assert_eq!(given("session"), session, "the session's cookie; {}", self.told());
        assert_eq!(given("remember"), remember, "the device's cookie; {}", self.told());
    }

    /// One request of a browser, handled by the site and by the model. The model is asked who sends it, and
    /// then what its effect is.
    fn both(
        &mut self,
        browser: usize,
        kept: bool,
        request: impl FnOnce(&mut Visitor<'_>) -> Answer,
        effect: impl FnOnce(&mut World, &mut Jar, Option<Seen>),
    ) -> (Answer, Option<Seen>) {
        let before = self.held[browser].clone();
        let mut after = before.clone();
        let seen = self.world.show(&mut after);
        effect(&mut self.world, &mut after, seen);
        let answer = self.ask(browser, kept, request);
        self.same_cookies(&answer, &before, &after);
        if kept {
            self.held[browser] = after;
        }
        (answer, seen)
    }

    /// Opens the protected page.
    fn visit(&mut self, browser: usize, kept: bool) {
        let (answer, seen) = self.both(browser, kept, |visitor| visitor.get("/profile"), |_, _, _| {});
        match seen {
            Some(seen) => {
                let welcome = format!("Welcome, {}!", NAMES[seen.account]);
                assert!(answer.status == Status::Ok && answer.says(&welcome), "{welcome} {}", self.told());
            }
            None => assert_eq!(
                answer.location(),
                "/login?next=%2Fprofile",
                "no one is logged in; {}",
                self.told()
            ),
        }
    }

    fn open(&mut self, browser: usize, link: &str) {
        let path = link.strip_prefix("http://localhost:8000").unwrap_or(link).to_owned();
        let (answer, _) = self.both(browser, true, |visitor| visitor.get(&path), |_, _, _| {});
        assert_eq!(answer.status, Status::SeeOther, "{}", self.told());
    }

    /// The right password, or now and then a wrong one.
    fn password(&mut self, right: usize) -> usize {
        if self.one_in(5) { (right + 1) % PASSWORDS.len() } else { right }
    }

    /// The password of the user that a browser would show, if there is one.
    fn password_of(&mut self, browser: usize) -> Option<usize> {
        self.visit(browser, true);
        let held = self.held[browser].session;
        let session =
            self.world.sessions.iter().find(|session| session.row && Some(session.token) == held)?;
        self.world.accounts[session.account].as_ref().map(|account| account.password)
    }

    fn told(&self) -> String {
        format!("after\n{}", self.trail.join("\n"))
    }
}
