//! The last administrator who can log in stays, by whichever way and however many go at the same moment. The command line
//! alone takes the last one away.
//!
//! `VESTIBULE_TEST_RACES=1000` has two of them remove each other a thousand times.

use std::sync::Barrier;
use std::thread;

use rocket::http::Status;
use vestibule::base::{Client, Site, Token};
use vestibule::features::account_changes::{self, ClosedByLink};
use vestibule::people::groups::{self, GroupName, Removed};
use vestibule::people::{Account, Actor, Email, accounts};
use vestibule::services::links::{self, LinkCookie, Purpose};
use vestibule::web::Submission;

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const BOB: &str = "bob@example.org";
const LAST: &str = "You are the last administrator who can log in. Make someone else an administrator first.";

/// A way by which an administrator goes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    /// They leave the group.
    Leave,
    /// Their account is disabled.
    Disable,
    /// It is deleted.
    Delete,
    /// They delete it themselves, by the link that was sent to them.
    Close,
}

const WAYS: [Way; 4] = [Way::Leave, Way::Disable, Way::Delete, Way::Close];

/// An administrator who is about to go.
struct Going {
    way: Way,
    account: Account,
    link: LinkCookie,
}

impl Going {
    fn new(site: &TestSite, way: Way, account: Account) -> Going {
        let link = site.runtime.block_on(async {
            let site = &site.site;
            let made = links::make(site, &account.id, &account.email, Purpose::Close, Actor::CommandLine);
            let address = made.await.unwrap().address;
            let token = Token::parse(address.split_once("token=").unwrap().1).unwrap();
            let link = links::look(site, &token, Purpose::Close).await.unwrap().unwrap();
            LinkCookie { token, link }
        });
        Going { way, account, link }
    }

    /// Tries to go. Returns whether they are gone.
    async fn go(&self, site: &Site, actor: Actor<'_>) -> bool {
        let account = &self.account;
        match self.way {
            Way::Leave => {
                match groups::remove(site, &GroupName::admins(), &account.id, actor).await.unwrap() {
                    Removed::Done => true,
                    Removed::LastAdmin => false,
                    Removed::Unchanged => panic!("{} was no administrator", account.email),
                }
            }
            Way::Disable => account_changes::disable(site, account, actor).await.unwrap().is_ok(),
            Way::Delete => account_changes::delete(site, account, actor).await.unwrap().is_ok(),
            Way::Close => {
                let (client, form) = (Client::default(), Submission::none());
                match account_changes::close_by_link(site, &self.link, &client, &form).await.unwrap() {
                    ClosedByLink::Done => true,
                    ClosedByLink::LastAdmin => false,
                    ClosedByLink::Over => panic!("the link of {} is over", account.email),
                }
            }
        }
    }

    /// The same as another person does it, or they themselves.
    fn goes(&self, site: &TestSite) -> bool {
        site.runtime.block_on(self.go(&site.site, Actor::Owner(&Client::default())))
    }
}

/// All of them go at the same moment, each on one of these instances. Returns which are gone.
fn at_once(going: Vec<(&TestSite, Going)>) -> Vec<bool> {
    let start = Barrier::new(going.len());
    let each: Vec<_> = going
        .into_iter()
        .map(|(site, going)| (site.site.clone(), site.runtime.handle().clone(), going))
        .collect();
    let go = |(site, runtime, going): &(Site, rocket::tokio::runtime::Handle, Going)| {
        start.wait();
        runtime.block_on(going.go(site, Actor::Owner(&Client::default())))
    };
    thread::scope(|scope| {
        let threads: Vec<_> = each.iter().map(|one| scope.spawn(move || go(one))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// An administrator who can log in, whatever happened to the account before.
pub fn administrator(site: &TestSite, email: &str) -> Account {
    let address = Email::parse(email).unwrap();
    if site.runtime.block_on(accounts::by_email(&site.db, &address)).unwrap().is_none() {
        site.logged_in(email);
    }
    site.change("update accounts set disabled_at = null");
    site.add_to_group(email, "admins");
    site.account(email)
}

/// Whether there is an administrator who can log in.
pub fn is_there_one(site: &TestSite) -> bool {
    site.runtime.block_on(groups::has_an_admin(&site.site)).unwrap()
}

fn rounds() -> usize {
    std::env::var("VESTIBULE_TEST_RACES").map_or(50, |rounds| rounds.parse().unwrap())
}

/// How much there is of what an act changes.
fn traces(site: &TestSite) -> [i64; 6] {
    [
        "select count(*) from accounts where disabled_at is null",
        "select count(*) from memberships",
        "select count(*) from sessions",
        "select count(*) from links",
        "select count(*) from audit",
        "select count(*) from outbox",
    ]
    .map(|sql| site.number(sql))
}

#[test]
fn of_two_administrators_who_remove_each_other_at_the_same_moment_one_stays() {
    let one = TestSite::new();
    let other = one.another();
    for round in 0..rounds() {
        let ways = [WAYS[round % WAYS.len()], WAYS[round / WAYS.len() % WAYS.len()]];
        let [ada, bob] = [ADA, BOB].map(|email| administrator(&one, email));
        let going = vec![(&one, Going::new(&one, ways[0], bob)), (&other, Going::new(&one, ways[1], ada))];
        let gone = at_once(going);
        assert_eq!(gone.iter().filter(|gone| **gone).count(), 1, "round {round}, {ways:?}: {gone:?}");
        assert!(is_there_one(&one), "round {round}, {ways:?}");
    }
}

#[test]
fn of_eight_administrators_who_all_go_at_the_same_moment_one_stays() {
    let one = TestSite::new();
    let other = one.another();
    let going = (0..8).map(|number| {
        let account = administrator(&one, &format!("admin{number}@example.org"));
        let instance = if number % 2 == 0 { &one } else { &other };
        (instance, Going::new(&one, WAYS[number % WAYS.len()], account))
    });
    let gone = at_once(going.collect());
    assert_eq!(gone.iter().filter(|gone| **gone).count(), 7, "{gone:?}");
    assert!(is_there_one(&one));
}

#[test]
fn the_last_administrator_goes_by_none_of_these_ways_and_nothing_happens() {
    for way in WAYS {
        let site = TestSite::new();
        let ada = Going::new(&site, way, administrator(&site, ADA));
        let mut visitor = site.logged_in(ADA);
        let before = traces(&site);
        assert!(!ada.goes(&site), "{way:?}");
        assert_eq!(traces(&site), before, "{way:?}");
        assert!(visitor.is_logged_in() && is_there_one(&site), "{way:?}");
        // An account that is in no group does not wait for that, and one in another group is no administrator.
        for (email, group) in [("eve@example.org", None), ("carol@example.org", Some("editors"))] {
            site.logged_in(email);
            group.into_iter().for_each(|group| site.add_to_group(email, group));
            if way != Way::Leave {
                assert!(Going::new(&site, way, site.account(email)).goes(&site), "{way:?}: {email}");
            }
        }
        administrator(&site, BOB);
        assert!(ada.goes(&site), "{way:?}: there is another one");
        assert!(is_there_one(&site), "{way:?}");
    }
}

#[test]
fn the_command_line_takes_the_last_one_away() {
    for way in [Way::Leave, Way::Disable, Way::Delete] {
        let site = TestSite::new();
        let ada = Going::new(&site, way, administrator(&site, ADA));
        assert!(site.runtime.block_on(ada.go(&site.site, Actor::CommandLine)), "{way:?}");
        assert!(!is_there_one(&site), "{way:?}");
    }
}

#[test]
fn an_administrator_who_cannot_log_in_neither_counts_nor_is_kept() {
    for way in [Way::Leave, Way::Delete] {
        let site = TestSite::new();
        let [ada, bob] = [ADA, BOB].map(|email| Going::new(&site, way, administrator(&site, email)));
        site.change("update accounts set disabled_at = 1 where email = 'bob@example.org'");
        assert!(!ada.goes(&site), "{way:?}: Bob cannot take her place");
        assert!(bob.goes(&site), "{way:?}: without him it is as before");
        site.change("update accounts set disabled_at = 1");
        assert!(ada.goes(&site), "{way:?}: there was none who could log in");
    }
}

fn close(visitor: &mut Visitor<'_>) -> Answer {
    visitor.submit("/settings/close", &[("email", ADA), ("password", PASSWORD)])
}

#[test]
fn the_page_that_deletes_ones_own_account_says_it() {
    let site = TestSite::new();
    administrator(&site, ADA);
    let mut ada = site.logged_in(ADA);
    let refused = close(&mut ada);
    assert_eq!(refused.status, Status::UnprocessableEntity);
    assert!(refused.says(LAST), "{}", refused.body);
    assert!(ada.is_logged_in());
    let wrong = site.number("select cast(coalesce(sum(failures), 0) as bigint) from failed_logins");
    assert_eq!(wrong, 0, "the password was right");
    administrator(&site, BOB);
    assert_eq!(close(&mut ada).location(), "/");
    assert_eq!(site.text("select email from accounts"), BOB);
}

#[test]
fn the_page_of_the_link_says_it_and_works_once_there_is_another_one() {
    let site = Setup::new().mail().patient().build();
    let bob = Going::new(&site, Way::Leave, administrator(&site, BOB));
    administrator(&site, ADA);
    let mut ada = site.logged_in(ADA);
    assert_eq!(close(&mut ada).location(), "/settings/account");
    let link = site.mailed_link(ADA);
    assert!(bob.goes(&site));
    assert_eq!(ada.get(&link).location(), "/delete-account");
    for _ in 0..2 {
        let refused = ada.post("/delete-account", "");
        assert_eq!(refused.status, Status::UnprocessableEntity);
        assert!(refused.says(LAST), "{}", refused.body);
        assert!(ada.is_logged_in());
    }
    // Who asks for another one reads it at once.
    site.clock.advance(2);
    let mails = site.mails().len();
    assert!(close(&mut ada).says(LAST));
    assert_eq!(site.mails().len(), mails);
    administrator(&site, BOB);
    assert_eq!(ada.post("/delete-account", "").location(), "/");
    assert_eq!(site.text("select email from accounts"), BOB);
}
