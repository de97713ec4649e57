//! For the matrix of passes: who has passes, and the events that may end them, as users and operators cause them.

use vestibule::base::{Password, WebOrigin};
use vestibule::features::account_changes;
use vestibule::people::groups::{self, GroupName};
use vestibule::people::{Actor, sessions};
use vestibule::services::apps::{self, AppChange, NewApp, SetDisabled};
use vestibule::services::passwords;

use crate::gate_endings::{BLOG, IN, asked};
use crate::gate_support::{Browser, WIKI, alter, app, at, leave, names};
use crate::support::{ADA, PASSWORD, TestSite, Visitor};

const BOB: &str = "bob@example.org";
const NEW_PASSWORD: &str = "another good one, not guessed";
const HOUR: i64 = 3_600;

/// Who has passes: Ada in three sessions, and Bob.
pub struct Held<'s> {
    /// Ada's browser that performs the event. It has passes for the wiki and for the blog.
    pub here: Browser<'s>,
    /// Another one of hers.
    pub elsewhere: Browser<'s>,
    /// A remembered device of hers.
    pub device: Browser<'s>,
    pub bob: Browser<'s>,
    /// A reset link of Ada's, opened.
    reset: Visitor<'s>,
    /// The link of an email that locks her account, opened.
    lock: Visitor<'s>,
}

/// An event.
pub type Event = fn(&TestSite, &mut Held<'_>);

pub fn held(site: &TestSite) -> Held<'_> {
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

pub fn log_out(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.here.visitor.post("/logout", "").location(), "/");
}

pub fn by_the_way_out(_: &TestSite, held: &mut Held<'_>) {
    let out = held.here.open(&format!("{WIKI}/.vestibule/out"));
    assert_eq!(out.location(), "http://localhost:8000/logout");
    // A link on another site: a button asks first.
    let page = held.here.visitor.clone().sending("Sec-Fetch-Site", "cross-site").get("/logout");
    assert_eq!(page.status(), 200);
    let form = page.form_value();
    assert_eq!(held.here.visitor.submit("/logout", &[("form", &form)]).location(), "/");
}

pub fn log_out_of_device(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.device.visitor.post("/logout", "").location(), "/");
}

/// The buttons of the page, found by what the database contains.
fn end(site: &TestSite, held: &mut Held<'_>, id: &'static str) {
    let answer = held.here.visitor.submit("/settings/devices/end", &[("id", &site.text(id))]);
    assert_eq!(answer.location(), "/settings/devices");
}

pub fn end_elsewhere(site: &TestSite, held: &mut Held<'_>) {
    let of_ada = "select sessions.id from sessions join accounts on accounts.id = account_id where name = 'Ada' \
                  and remember_token_id is null order by sessions.id desc limit 1";
    end(site, held, of_ada);
}

pub fn end_device(site: &TestSite, held: &mut Held<'_>) {
    end(site, held, "select id from remember_tokens");
}

pub fn end_others(_: &TestSite, held: &mut Held<'_>) {
    let ended = held.here.visitor.post("/settings/devices/end-others", "");
    assert_eq!(ended.location(), "/settings/devices");
}

pub fn give_again(_: &TestSite, held: &mut Held<'_>) {
    let answer = held.here.visitor.submit("/reauthenticate", &[("password", PASSWORD)]);
    assert_eq!(answer.location(), "/profile");
}

pub fn change_password(_: &TestSite, held: &mut Held<'_>) {
    let fields = [("current_password", PASSWORD), ("new_password", NEW_PASSWORD)];
    assert_eq!(held.here.visitor.submit("/settings/password", &fields).location(), "/settings/account");
}

pub fn set_password(site: &TestSite, _: &mut Held<'_>) {
    let (ada, new) = (site.account(ADA), Password::typed(NEW_PASSWORD));
    site.runtime.block_on(passwords::replace(&site.site, &ada, &new, Actor::CommandLine)).unwrap();
}

pub fn choose_by_link(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.reset.submit("/reset", &[("new_password", NEW_PASSWORD)]).location(), "/login");
}

pub fn lock(_: &TestSite, held: &mut Held<'_>) {
    assert_eq!(held.lock.post("/secure", "").location(), "/login");
}

pub fn disable(site: &TestSite, _: &mut Held<'_>) {
    let ada = site.account(ADA);
    let disabled = account_changes::disable(&site.site, &ada, Actor::CommandLine);
    site.runtime.block_on(disabled).unwrap().unwrap();
}

pub fn delete(site: &TestSite, _: &mut Held<'_>) {
    let ada = site.account(ADA);
    let deleted = account_changes::delete(&site.site, &ada, Actor::CommandLine);
    site.runtime.block_on(deleted).unwrap().unwrap();
}

pub fn an_hour(site: &TestSite, _: &mut Held<'_>) {
    site.clock.advance(HOUR);
}

/// All of them use the apps, and no page of the login host: that keeps their sessions.
pub fn a_day_in_use(site: &TestSite, held: &mut Held<'_>) {
    for half_hour in 0..48 {
        assert_eq!(asked(site, held), [IN; 5], "{half_hour}");
        site.clock.advance(HOUR / 2);
    }
}

pub fn use_copy(site: &TestSite, held: &mut Held<'_>) {
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

pub fn ten_devices(site: &TestSite, _: &mut Held<'_>) {
    for _ in 0..10 {
        site.clock.advance(1);
        assert_eq!(site.visitor().log_in_remembered(ADA, PASSWORD).location(), "/profile");
    }
}

pub fn end_everything(site: &TestSite, _: &mut Held<'_>) {
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        sessions::end_everything(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    });
}

pub fn take_out(site: &TestSite, _: &mut Held<'_>) {
    leave(site, ADA, "family");
}

pub fn delete_group(site: &TestSite, _: &mut Held<'_>) {
    let family = GroupName::parse("family").unwrap();
    let deleted = groups::delete(&site.site, &family, Actor::CommandLine);
    assert_eq!(site.runtime.block_on(deleted).unwrap(), Some(2));
}

pub fn change_group(site: &TestSite, _: &mut Held<'_>) {
    alter(site, "wiki", AppChange { groups: Some(names(&["choir"])), ..AppChange::default() });
}

pub fn change_paths(site: &TestSite, _: &mut Held<'_>) {
    let all = crate::gate_support::part("/", &["choir"]);
    alter(site, "wiki", AppChange { paths: Some(vec![all]), ..AppChange::default() });
}

pub fn disable_app(site: &TestSite, _: &mut Held<'_>) {
    let name = app("wiki");
    let set = apps::set_disabled(&site.site, &name, true, Actor::CommandLine);
    assert_eq!(site.runtime.block_on(set).unwrap(), SetDisabled::Done);
}

pub fn remove_app(site: &TestSite, _: &mut Held<'_>) {
    assert!(site.runtime.block_on(apps::delete(&site.site, &app("wiki"), Actor::CommandLine)).unwrap());
}

pub fn make_anew(site: &TestSite, held: &mut Held<'_>) {
    remove_app(site, held);
    site.add_app(&NewApp { groups: names(&["family"]), ..at("wiki", &[WIKI]) });
}

pub fn move_app(site: &TestSite, _: &mut Held<'_>) {
    let origins = vec![WebOrigin::parse("https://wiki.example.org:8443").unwrap()];
    alter(site, "wiki", AppChange { origins: Some(origins), ..AppChange::default() });
}
