//! What an app brings next to its pages: where a login leads, links in the menu, a policy for its own pages, and
//! files.

use rocket::http::Status;
use vestibule::layout::menu::{Audience, Menu, MenuEntry};
use vestibule::people::Actor;
use vestibule::people::groups::{self, Added, GroupName, GroupTitle};
use vestibule::web::app_policy::AppPolicy;
use vestibule::web::next::Landing;
use vestibule::web::static_files::{self, StaticFiles};

use crate::own_pages::{ada, program, site};
use crate::support::{ADA, PASSWORD, TestSite, Visitor};

#[test]
fn a_login_without_next_leads_to_the_landing() {
    let site = site(program().with(Landing("/notes".to_owned())));
    let (mut ada, there) = ada(&site, "");
    assert_eq!(there, "/notes");
    let again = ada.submit("/login", &[("email", ADA), ("password", PASSWORD)]);
    assert_eq!(again.location(), "/notes", "a second click on the button");
    assert!(ada.get("/login").says("href=\"/notes\""));
    assert!(ada.get("/login?next=%2Fsettings%2Fdevices").says("href=\"/settings/devices\""));
    assert_eq!(ada.get("/signup").location(), "/notes");
    assert_eq!(ada.get("/reauthenticate").location(), "/notes");
    assert_eq!(ada.get("/profile").status, Status::Ok, "it is still there");
}

#[test]
fn the_menu_has_the_links_of_the_app_for_those_whom_they_are_for() {
    let link = |text, path, audience| MenuEntry { text, path, audience };
    let menu = vec![
        link("Shelf", "/notes/open", Audience::All),
        link("Notes", "/notes", Audience::Users),
        link("Drafts", "/notes/text", Audience::Group("editors")),
    ];
    let site = site(program().with(Menu(menu)));
    assert_eq!(site.visitor().get("/").menu(), ["Home", "Shelf", "Login", "Sign Up"]);
    let (mut ada, _) = ada(&site, "");
    assert_eq!(ada.get("/").menu(), ["Home", "Shelf", "Notes", "Profile", "Settings", "Logout"]);
    assert!(ada.get("/notes").says("<a href=\"/notes\" aria-current=\"page\">Notes</a>"));
    assert!(ada.get("/notes/open").says("<a href=\"/notes/open\" aria-current=\"page\">Shelf</a>"));
    assert!(ada.get("/").says("<a href=\"/notes\">Notes</a>"));

    let (editors, account) = (GroupName::parse("editors").unwrap(), site.account(ADA));
    let added = site.runtime.block_on(async {
        groups::create(&site.site, &editors, &GroupTitle::of(&editors), Actor::CommandLine).await.unwrap();
        groups::add(&site.site, &editors, &account.id, Actor::CommandLine).await.unwrap()
    });
    assert_eq!(added, Added::Done);
    assert_eq!(ada.get("/").menu(), ["Home", "Shelf", "Notes", "Drafts", "Profile", "Settings", "Logout"]);
    // An error page has the menu, too.
    assert!(ada.get("/nowhere").menu().contains(&"Drafts".to_owned()));
}

#[test]
fn the_landing_of_an_app_asks_for_a_passkey_after_a_login_too() {
    let site = site(program());
    let mut ada = site.logged_in(ADA);
    let asks = |ada: &mut Visitor<'_>| ada.get("/notes").values("data-passkey") == ["upgrade"];
    assert!(asks(&mut ada));
    site.clock.advance(15);
    assert!(!asks(&mut ada));
}

#[test]
fn what_an_app_allows_holds_for_its_own_pages_only() {
    let policy = AppPolicy::default().and("img-src", "data:").unwrap().and("media-src", "'self'").unwrap();
    let (site, plain) = (site(program().with(policy)), TestSite::new());
    let policy_of = |site: &TestSite, path: &str| {
        let answer = site.visitor().get(path);
        let policies = answer.all("content-security-policy");
        assert_eq!(policies.len(), 1, "{path}");
        policies[0].to_owned()
    };
    let strict = policy_of(&plain, "/");
    let own = strict.replace("img-src 'self'", "img-src 'self' data:") + "; media-src 'self'";
    for path in ["/notes/open", "/notes/text", "/notes"] {
        assert_eq!(policy_of(&site, path), own, "{path}");
    }
    let wide = own.replace("form-action 'self'", "form-action 'self' https://app.example.org");
    assert_eq!(policy_of(&site, "/notes/open/wide"), wide);
    for path in ["/", "/login", "/nowhere", "/notes/none", "/profile", "/robots.txt"] {
        assert_eq!(policy_of(&site, path), policy_of(&plain, path), "{path}");
    }
}

#[test]
fn files_of_an_app_have_their_folders_and_their_hash_in_the_address() {
    let site = site(program());
    let files = StaticFiles::of(&program());
    let tree = files.address("img/tree.png").unwrap();
    assert!(tree.starts_with("/static/img/tree-") && tree.ends_with(".png"), "{tree}");
    assert!(site.visitor().get("/notes/open").says(&format!("src=\"{tree}\"")));
    let get = |path: &str| site.visitor().get(path);
    let answer = get(&tree);
    assert_eq!((answer.status, answer.header("content-type")), (Status::Ok, "image/png"));
    assert_eq!(
        (&*answer.body, answer.header("cache-control")),
        ("a tree", "public, max-age=31536000, immutable")
    );
    let leaf = get(&files.address("img/leaf.svg").unwrap());
    assert!(
        leaf.header("content-security-policy").starts_with("default-src 'none'; style-src 'unsafe-inline'")
    );

    // Its own comes first, on our pages too; ours stays reachable.
    let (own, ours) = (files.address("style.css").unwrap(), static_files::address("style.css").unwrap());
    let home = get("/");
    assert!(home.says(&own) && !home.says(&ours));
    assert_eq!(get(&own).body.replace([' ', ';'], ""), "h1{color:green}");
    assert_eq!(files.address("vestibule/style.css").as_deref(), Some(&*ours));
    assert_eq!(get(&ours).status, Status::Ok);

    let name = tree.strip_prefix("/static/img/").unwrap();
    for path in [
        "/static/img".to_owned(),
        "/static/img/".to_owned(),
        "/static/img/tree.png".to_owned(),
        "/static/img/tree-0000000000000000.png".to_owned(),
        "/static/img/../Cargo-0123456789abcdef.toml".to_owned(),
        format!("/static/{name}"),
        format!("/static/img%2f{name}"),
        format!("/static/img/../img/{name}"),
        format!("/static/img/./{name}"),
        format!("/static/img/{name}/"),
        format!("/static/x/img/{name}"),
    ] {
        assert_eq!(get(&path).status, Status::NotFound, "{path}");
    }
    assert_eq!(site.visitor().request("POST", &tree, None, "").status, Status::MethodNotAllowed);
    assert_eq!(TestSite::new().visitor().get(&tree).status, Status::NotFound, "on another site");
}
