//! `signup_groups`: the groups of accounts that come by the sign-up page, and of no others. They join when they begin.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::SeqCst};

use rocket::http::Status;
use rocket::{get, routes, tokio};
use serde_json::json;
use vestibule::base::program::AppFiles;
use vestibule::base::{Password, Program, Site, Tx};
use vestibule::features::import::{Import, run};
use vestibule::features::signup;
use vestibule::people::groups::{self, GroupName, GroupTitle, Removed};
use vestibule::people::{AccountId, AppBelongings, Belongings, Email, Group, Member, Name, belongings};
use vestibule::web::{Result, Submission};

use crate::admin_accounts::root;
use crate::invitations::{BY, RUTH, into_the_choir, only_for};
use crate::invited::{bound, fields, make, opened};
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const BOB: &str = "bob@example.org";
const NEW: &str = "seven lazy violet teapots";

struct Members;

impl Group for Members {
    const NAME: &'static str = "members";
}

#[get("/boats")]
fn boats(member: Member<Members>) -> String {
    format!("The boats of {}", member.name)
}

fn name(group: &str) -> GroupName {
    GroupName::parse(group).unwrap()
}

fn create(site: &TestSite, group: &str) {
    let title = GroupTitle::parse(&format!("The {group}")).unwrap();
    assert!(site.block_on(groups::create(&site.site, &name(group), &title, BY)).unwrap());
}

/// A site whose new accounts are members and rowers. There is a choir as well.
fn site_of(setup: Setup) -> TestSite {
    site_with(setup, "rowers, members")
}

fn site_with(setup: Setup, signup_groups: &str) -> TestSite {
    let site = setup.patient().with("signup_groups", signup_groups).page(routes![boats]).build();
    for group in ["choir", "members", "rowers"] {
        create(&site, group);
    }
    site
}

fn groups_of(site: &TestSite, email: &str) -> Vec<String> {
    let names = site.block_on(groups::names_of(&site.db, &site.account(email).id)).unwrap();
    names.iter().map(|name| name.as_str().to_owned()).collect()
}

/// Opens the link of the newest email, and enters the password.
fn confirm(site: &TestSite, visitor: &mut Visitor<'_>, email: &str) {
    assert_eq!(visitor.get(&site.mailed_link(email)).location(), "/confirm");
    assert_eq!(visitor.submit("/confirm", &[("password", PASSWORD)]).status, Status::SeeOther);
}

/// Opens a link, and chooses a new password.
fn choose_a_password(visitor: &mut Visitor<'_>, link: &str) {
    assert_eq!(visitor.get(link).location(), "/reset");
    let fields = [("name", "Ada"), ("new_password", NEW)];
    assert_eq!(visitor.submit("/reset", &fields).location(), "/login");
}

#[test]
fn without_email_an_account_is_in_the_groups_from_its_sign_up_on() {
    let site = site_of(Setup::new());
    let mut ada = site.visitor();
    assert_eq!(ada.sign_up(ADA, "Ada", PASSWORD).location(), "/login");
    assert_eq!(groups_of(&site, ADA), ["members", "rowers"]);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(ada.get("/boats").body, "The boats of Ada");
    let (members, account) = (name("members"), site.account(ADA).id);
    let removed = groups::remove(&site.site, &members, &account, BY);
    assert_eq!(site.block_on(removed).unwrap(), Removed::Done);
    assert_eq!(ada.get("/boats").status, Status::Forbidden, "on the next request");
    ada.submit("/logout", &[]);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(groups_of(&site, ADA), ["rowers"], "an account joins once");
}

#[test]
fn with_email_it_joins_when_its_address_is_confirmed_for_the_first_time() {
    let site = site_of(Setup::new().mail());
    let mut ada = site.visitor();
    assert_eq!(ada.sign_up(ADA, "Ada", PASSWORD).location(), "/confirm/new");
    assert_eq!(site.number("select count(*) from memberships"), 0, "anyone may have typed the address");
    assert_eq!(site.number("select count(*) from audit where event = 'group_joined'"), 0);
    confirm(&site, &mut ada, ADA);
    assert_eq!(ada.get("/boats").body, "The boats of Ada");
    assert_eq!(groups_of(&site, ADA), ["members", "rowers"]);
    site.change("delete from memberships");
    choose_a_password(&mut ada, &site.reset_link(ADA));
    assert_eq!(site.number("select count(*) from memberships"), 0, "it was confirmed before");
}

#[test]
fn its_owner_reads_it_in_the_activity_and_in_the_copy_of_all_data() {
    for setup in [Setup::new(), Setup::new().mail()] {
        let site = site_of(setup);
        let mut ada = if site.site.mailer.is_on() { site.ada_by_mail() } else { site.ada() };
        let activity = ada.get("/settings/activity");
        assert_eq!(activity.pieces("You were added to a group", "<").len(), 2, "{}", activity.text());
        assert!(!activity.says("By the people who run this site"), "{}", activity.text());
        for group in ["members", "rowers"] {
            let line = format!("<p class=\"fine\"><code>{group}</code></p>");
            assert!(activity.says(&line), "{group}: {}", activity.body);
        }
        let copy = ada.export();
        let since = &copy["account"]["created_at"];
        let expected = json!([
            { "name": "members", "title": "The members", "since": since },
            { "name": "rowers", "title": "The rowers", "since": since },
        ]);
        assert_eq!(copy["groups"], expected);
    }
}

#[test]
fn it_joins_in_whichever_way_it_begins() {
    // By a link for a new password, which its owner or the operator asked for.
    for by_operator in [false, true] {
        let site = site_of(Setup::new().mail());
        site.visitor().sign_up(ADA, "Eve", PASSWORD);
        let mut ada = site.visitor();
        if by_operator {
            choose_a_password(&mut ada, &site.reset_link(ADA));
        } else {
            ada.submit("/forgot", &[("email", ADA)]);
            choose_a_password(&mut ada, &site.mailed_link(ADA));
        }
        assert_eq!(groups_of(&site, ADA), ["members", "rowers"], "{by_operator}");
    }
    // By an administrator, who vouches for the address.
    let site = site_of(Setup::new().mail());
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let (mut root, page) = (root(&site), format!("/admin/accounts/{}", site.account(ADA).id));
    assert_eq!(root.fill_in(&page, &format!("{page}/confirmation"), &[]).location(), page);
    assert_eq!(groups_of(&site, ADA), ["members", "rowers"]);
    // By its first login, where the address need not be confirmed.
    let site = site_of(Setup::new().mail().with("unconfirmed_login", "yes"));
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(groups_of(&site, ADA), [""; 0]);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(ada.get("/boats").body, "The boats of Ada");
    confirm(&site, &mut ada, ADA);
    assert_eq!(site.number("select count(*) from audit where event = 'group_joined'"), 2, "once");
}

/// Also where a stranger typed the address: it is the operator who puts every account there.
#[test]
fn a_new_password_takes_no_account_out_of_them() {
    let site = site_of(Setup::new().mail().with("unconfirmed_login", "yes"));
    let mut eve = site.visitor();
    eve.sign_up(ADA, "Eve", PASSWORD);
    eve.log_in(ADA, PASSWORD);
    assert_eq!(groups_of(&site, ADA), ["members", "rowers"]);
    let mut ada = site.visitor();
    ada.submit("/forgot", &[("email", ADA)]);
    choose_a_password(&mut ada, &site.mailed_link(ADA));
    assert_eq!(groups_of(&site, ADA), ["members", "rowers"]);
}

#[test]
fn a_group_that_is_not_there_is_left_out_and_keeps_no_one_from_signing_up() {
    for setup in [Setup::new(), Setup::new().mail()] {
        let site = site_with(setup, "guests,members");
        let mut ada = if site.site.mailer.is_on() { site.ada_by_mail() } else { site.ada() };
        assert_eq!(groups_of(&site, ADA), ["members"]);
        assert_eq!(ada.get("/boats").body, "The boats of Ada");
        create(&site, "guests");
        assert_eq!(groups_of(&site, ADA), ["members"], "it is not made up for");
        assert_eq!(site.block_on(groups::delete(&site.site, &name("members"), BY)).unwrap(), Some(1));
        let mut bob = site.visitor();
        bob.sign_up(BOB, "Bob", PASSWORD);
        if site.site.mailer.is_on() {
            confirm(&site, &mut bob, BOB);
        }
        assert_eq!(groups_of(&site, BOB), ["guests"]);
    }
}

#[test]
fn a_group_that_is_deleted_in_the_same_moment_keeps_no_one_from_signing_up() {
    let site = site_with(Setup::new(), "guests");
    site.logged_in(ADA);
    let (account, guests) = (site.account(ADA).id, name("guests"));
    for _ in 0..20 {
        create(&site, "guests");
        let begin = async {
            let mut tx = site.db.begin_locked(&[account.lock_key()]).await.unwrap();
            belongings::made_at_sign_up(&mut tx, &site.site, &account, BY).await.unwrap();
            tx.commit().await.unwrap();
        };
        let delete = groups::delete(&site.site, &guests, BY);
        let ((), deleted) = site.block_on(async { tokio::join!(begin, delete) });
        assert!(deleted.unwrap().is_some());
        assert_eq!(site.number("select count(*) from memberships where group_name = 'guests'"), 0);
    }
}

#[test]
fn who_signs_up_by_an_invitation_joins_the_groups_of_that_alone() {
    for setup in [Setup::new(), Setup::new().mail()] {
        let site = site_of(setup);
        let is_mailed = site.site.mailer.is_on();
        let made = make(&site, &into_the_choir(1));
        let (mut bob, _) = opened(&site, &made);
        let next = if is_mailed { "/confirm/new" } else { "/login" };
        assert_eq!(bob.submit("/invited", &fields(BOB)).location(), next);
        if is_mailed {
            confirm(&site, &mut bob, BOB);
        }
        assert_eq!(groups_of(&site, BOB), ["choir"]);
        let (mut ruth, _) = opened(&site, &make(&site, &only_for(RUTH)));
        assert_eq!(ruth.submit("/invited", &bound()).location(), "/login");
        assert_eq!(ruth.log_in(RUTH, PASSWORD).location(), "/profile");
        assert_eq!(groups_of(&site, RUTH), ["choir"]);
    }
}

/// Those who mistype the address there give its owner an account, and nothing else.
#[test]
fn the_owner_of_an_address_that_someone_invited_mistyped_joins_no_group() {
    let site = site_of(Setup::new().mail().with("signup", "invited"));
    let (mut ruth, _) = opened(&site, &make(&site, &into_the_choir(1)));
    assert_eq!(ruth.submit("/invited", &fields(ADA)).location(), "/confirm/new");
    let mut ada = site.visitor();
    ada.submit("/forgot", &[("email", ADA)]);
    choose_a_password(&mut ada, &site.mailed_link(ADA));
    assert_eq!(ada.log_in(ADA, NEW).location(), "/profile");
    assert_eq!(site.number("select count(*) from memberships"), 0);
    assert_eq!(site.number("select count(*) from invitation_uses"), 1, "the use stays taken");
}

#[test]
fn no_account_of_the_operator_joins_them() {
    for setup in [Setup::new(), Setup::new().mail()] {
        let site = site_of(setup);
        let (email, owner) = (Email::parse(BOB).unwrap(), Name::parse("Bob").unwrap());
        let (password, nothing) = (Password::typed(PASSWORD), Submission::none());
        let added = signup::make(&site.site, &email, &owner, &password, (BY, None), &nothing);
        assert!(site.block_on(added).unwrap());
        let rows = "email,name,confirmed_at\ncy@example.org,Cy,\ndi@example.org,Di,true\n";
        let file = site.folder.path().join("people.csv");
        std::fs::write(&file, rows).unwrap();
        let import = Import { file: &file, check: false, done: &AtomicU64::new(0) };
        let (totals, _) = site.block_on(run(&site.site, &import, &mut |_| ())).unwrap();
        assert_eq!(totals.made, 2);
        crate::apply::applied(&site, "[[accounts]]\nemail = \"flo@example.org\"\nname = \"Flo\"\n");
        for email in [BOB, "cy@example.org", "di@example.org", "flo@example.org"] {
            let mut owner = site.visitor();
            choose_a_password(&mut owner, &site.reset_link(email));
            assert_eq!(owner.log_in(email, NEW).location(), "/profile", "{email}");
            assert_eq!(groups_of(&site, email), [""; 0], "{email}");
        }
    }
}

/// An app that counts the memberships of each account that begins.
#[derive(Default)]
struct Counts(AtomicI64);

#[rocket::async_trait]
impl Belongings for Counts {
    async fn made(&self, tx: &mut Tx, _: &Site, account: &AccountId) -> Result<()> {
        let select = sqlx::query_scalar("select count(*) from memberships where account_id = $1");
        self.0.fetch_add(select.bind(account.as_str().to_owned()).fetch_one(&mut *tx).await?, SeqCst);
        Ok(())
    }
}

#[test]
fn an_app_that_is_told_of_an_account_finds_it_in_its_groups() {
    for setup in [Setup::new(), Setup::new().mail()] {
        let counts = Arc::new(Counts::default());
        let belongings: Arc<dyn Belongings> = counts.clone();
        let program = Program::of_app("boats", "1.0.0", AppFiles::default());
        let site = site_of(setup.program(program.with(AppBelongings(vec![belongings]))));
        if site.site.mailer.is_on() {
            site.ada_by_mail();
        } else {
            site.ada();
        }
        assert_eq!(counts.0.load(SeqCst), 2);
    }
}
