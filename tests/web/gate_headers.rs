//! What an app learns about a person: four headers on every answer that lets a request on, and no more than they are on any.

use rocket::http::Status;
use vestibule::features::account_handle;
use vestibule::people::accounts::{Handle, HandleSet};
use vestibule::people::{AccountId, Actor, Email};
use vestibule::services::apps::{AppChange, NewApp, RemoteUser};
use vestibule::web::paths::{AUTH_REQUEST, ENTER, FORWARD_AUTH};

use crate::gate_support::{Browser, NAMES, Question, WIKI, alter, at, leave, of_family, part, with_wiki};
use crate::support::{ADA, Answer, TestSite};

const PAGE: &str = "https://wiki.example.org/page";
const OPEN: &str = "https://wiki.example.org/public/logo.png";

/// What an app reads: user, name, address, groups. The answer has nothing else but that no one may keep it.
fn told(answer: &Answer) -> [String; 4] {
    assert_eq!((answer.status, &*answer.body), (Status::Ok, ""));
    let mut headers: Vec<_> = answer.headers.iter().map(|(name, _)| &**name).collect();
    headers.sort_unstable();
    assert_eq!(headers, ["cache-control", "remote-email", "remote-groups", "remote-name", "remote-user"]);
    assert_eq!(answer.header("cache-control"), "no-store");
    NAMES.map(|name| {
        let value = answer.header(name);
        assert!(!value.contains(char::is_control), "{name}: {value:?}");
        value.to_owned()
    })
}

/// The same of a page of the wiki, at both addresses that can let a request on.
fn told_at(browser: &Browser<'_>, address: &str) -> [String; 4] {
    let site = browser.visitor.site;
    let [one, other] =
        [FORWARD_AUTH, AUTH_REQUEST].map(|check| told(&browser.question(address).to(check).ask(site)));
    assert_eq!(one, other);
    one
}

fn set_handle(site: &TestSite, account: &AccountId, handle: &str) {
    let handle = Handle::parse(handle).unwrap();
    let set = account_handle::set_handle(&site.site, account, Some(&handle), Actor::CommandLine);
    assert_eq!(site.runtime.block_on(set).unwrap(), HandleSet::Done);
}

fn remote_user(site: &TestSite, remote_user: RemoteUser) {
    alter(site, "wiki", AppChange { remote_user: Some(remote_user), ..AppChange::default() });
}

fn with_open_part() -> TestSite {
    let site = with_wiki();
    let paths = vec![part("/public", &[]), part("/admin", &["admins"])];
    alter(&site, "wiki", AppChange { paths: Some(paths), ..AppChange::default() });
    site
}

#[test]
fn all_four_are_there_and_nothing_else() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    let id = site.account(ADA).id;
    assert_eq!(told_at(&ada, PAGE), [id.as_str(), "Ada", ADA, "family"]);
}

#[test]
fn of_nobody_all_four_are_empty() {
    let site = with_open_part();
    let stranger = Browser::of(site.visitor());
    assert_eq!(told_at(&stranger, OPEN), [""; 4]);
    let mut old = of_family(&site, ADA).enter(WIKI);
    assert_eq!(old.visitor.post("/logout", "").location(), "/");
    assert_eq!(told_at(&old, OPEN), [""; 4], "a pass that has ended names nobody");
    let mut preflight = part("/api", &["family"]);
    preflight.preflight = true;
    alter(&site, "wiki", AppChange { paths: Some(vec![preflight]), ..AppChange::default() });
    let asked = Question::about("https://wiki.example.org/api/notes").set("X-Forwarded-Method", "OPTIONS");
    let asked = asked.with("Origin", "https://a.test").with("Access-Control-Request-Method", "PUT");
    assert_eq!(told(&asked.ask(&site)), [""; 4], "a preflight");
    assert_eq!(asked.set("X-Forwarded-Method", "PUT").ask(&site).status(), 401);
}

#[test]
fn who_is_known_is_named_on_what_is_open_too_if_the_app_is_for_them() {
    let site = with_open_part();
    let (ada, bob) = (of_family(&site, ADA).enter(WIKI), of_family(&site, "bob@example.org").enter(WIKI));
    leave(&site, "bob@example.org", "family");
    assert_eq!(told_at(&ada, OPEN)[1..], ["Ada", ADA, "family"]);
    assert_eq!(told_at(&bob, OPEN), [""; 4], "an app would take the name for a login");
    assert_eq!(bob.check(PAGE), 403);
}

#[test]
fn an_app_chooses_what_it_calls_people() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    let id = site.account(ADA).id;
    let user = || told_at(&ada, PAGE)[0].clone();
    assert_eq!(user(), id.as_str(), "without a handle, the ID: it is never another person's");
    set_handle(&site, &id, "ada.l");
    assert_eq!(user(), "ada.l", "the very next request says so");
    remote_user(&site, RemoteUser::Email);
    assert_eq!(user(), ADA);
    remote_user(&site, RemoteUser::Id);
    assert_eq!(user(), id.as_str());
    remote_user(&site, RemoteUser::Handle);
    set_handle(&site, &id, "lovelace");
    assert_eq!(user(), "lovelace");
}

#[test]
fn groups_are_sorted_with_commas_between() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    let groups = || told_at(&ada, PAGE)[3].clone();
    assert_eq!(groups(), "family");
    for group in ["zoo", "a_b", "a.b", "a-b", "ab", "a1", "admins2", "b"] {
        site.add_to_group(ADA, group);
    }
    let sorted = "a-b,a.b,a1,a_b,ab,admins2,b,family,zoo";
    assert_eq!(groups(), sorted, "by their bytes, whatever the database thinks of them");
    leave(&site, ADA, "b");
    assert_eq!(groups(), sorted.replace(",b,", ","));
    // An app for everyone also tells of someone in no group.
    site.add_app(&at("blog", &["https://blog.example.org"]));
    let bob = Browser::of(site.logged_in("bob@example.org")).enter("https://blog.example.org");
    assert_eq!(told_at(&bob, "https://blog.example.org/")[3], "");
}

#[test]
fn a_name_and_an_address_are_told_as_they_are_in_utf_8() {
    let site = with_wiki();
    site.add_app(&NewApp { remote_user: RemoteUser::Email, ..at("blog", &["https://blog.example.org"]) });
    for (email, name) in [
        ("zoe@example.org", "Zoë Ångström"),
        ("yu@example.org", "李 雨"),
        ("comma@example.org", "Lovelace, Ada; \"the first\" <x> 100% \\ {} $remote_addr"),
        ("jörg@bücher.example", "Jörg"),
        ("o'neil+x@example.org", "👩\u{200d}🚀"),
    ] {
        let browser = Browser::of(site.logged_in(email)).enter("https://blog.example.org");
        let id = site.account(email).id;
        site.change(format!("update accounts set name = '{name}' where id = '{id}'").leak());
        let [user, told_name, told_email, _] = told_at(&browser, "https://blog.example.org/");
        let shown = Email::parse(email).unwrap().as_str().to_owned();
        assert_eq!([&*user, &told_name, &told_email], [&*shown, name, &shown]);
    }
}

#[test]
fn no_row_can_end_its_header() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    // No form takes such a name, but a row may have one of an older rule.
    site.change("update accounts set name = 'Ada\r\nRemote-Groups: admins\t\u{7f}\u{85}x\u{2028}y'");
    let [_, name, _, groups] = told_at(&ada, PAGE);
    assert_eq!((&*name, &*groups), ("AdaRemote-Groups: adminsx\u{2028}y", "family"));
}

#[test]
fn what_the_browser_says_of_itself_is_no_identity() {
    let site = with_open_part();
    let mut question = Question::about(OPEN);
    for name in
        ["Remote-User", "Remote_User", "Remote.User", "remote-groups", "X-Remote-User", "X-Forwarded-User"]
    {
        question = question.with(name, "admin");
    }
    assert_eq!(told(&question.ask(&site)), [""; 4]);
    let ada = of_family(&site, ADA).enter(WIKI);
    let forged = ada.question(PAGE).with("Remote-User", "admin").with("Remote-Groups", "admins");
    assert_eq!(told(&forged.ask(&site))[1..], ["Ada", ADA, "family"]);
    let admin = forged.set("X-Forwarded-Uri", "/admin").ask(&site);
    assert_eq!(admin.status(), 403);
}

#[test]
fn no_answer_has_headers_of_the_login_host() {
    let site = with_wiki();
    let (ada, stranger) = (of_family(&site, ADA).enter(WIKI), Question::about(PAGE));
    for (what, question, headers) in [
        (
            "who are you, a person",
            stranger.clone().navigating(),
            &["cache-control", "location", "set-cookie"][..],
        ),
        ("who are you, a program", stranger.clone(), &["cache-control", "content-type"]),
        ("who are you, nginx", stranger.clone().to(AUTH_REQUEST), &["cache-control"]),
        ("allowed, and asked by enter", ada.question(PAGE).to(ENTER), &["cache-control", "location"]),
        (
            "the way out",
            stranger.clone().set("X-Forwarded-Uri", "/.vestibule/out"),
            &["cache-control", "location"],
        ),
        ("nothing there", stranger.clone().set("X-Forwarded-Uri", "/.vestibule/x"), &["cache-control"]),
        ("unknown host", stranger.clone().set("X-Forwarded-Host", "evil.test"), &["cache-control"]),
        ("unreadable", stranger.clone().without("X-Forwarded-Uri"), &["cache-control"]),
        ("another peer", stranger.clone().from("203.0.113.7"), &["cache-control"]),
        ("the front door", stranger.clone().set("Host", "login.example.org"), &["cache-control"]),
    ] {
        let answer = question.ask(&site);
        let mut names: Vec<_> = answer.headers.iter().map(|(name, _)| &**name).collect();
        names.sort_unstable();
        assert_eq!(names, headers, "{what}: {}", answer.status());
    }
}
