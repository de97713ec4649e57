//! The operator closed sign-up: every form and page of it says so, and no page links to it.

use rocket::http::Status;
use vestibule::base::{Password, Site};
use vestibule::people::accounts::{self, Email, Name};
use vestibule::services::passwords;

use crate::support::{PASSWORD, Setup, TestSite};

fn closed() -> TestSite {
    Setup::new().with("signup", "closed").build()
}

/// Creates Ada's account as an operator would.
fn make_account(site: &TestSite) {
    let inner = site.client.rocket().state::<Site>().unwrap();
    site.runtime.block_on(async {
        let hash = inner.hashing.hash(&Password::typed(PASSWORD)).await.unwrap();
        let (email, name) = (Email::parse("ada@example.org").unwrap(), Name::parse("Ada").unwrap());
        let mut tx = inner.db.begin_locked(&[]).await.unwrap();
        let account = accounts::insert(&mut tx, &email, &name, inner.clock.now()).await.unwrap().unwrap();
        passwords::insert(&mut tx, inner, &account, &hash).await.unwrap();
        tx.commit().await.unwrap();
    });
}

#[test]
fn a_closed_sign_up_says_so_at_every_path_to_it() {
    let site = closed();
    let mut visitor = site.visitor();
    for answer in
        [visitor.get("/signup"), visitor.sign_up("eve@x.test", "Eve", PASSWORD), visitor.post("/signup", "")]
    {
        assert_eq!(answer.status, Status::Forbidden);
        assert_eq!(answer.menu(), ["Home", "Login"]);
        assert!(answer.says("<nav") && answer.says("href=\"/\">Go to the home page</a>"));
        let words = answer.text().replace("</h1>", " ").replace("<p>", " ");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains("<h1>Sign-up is closed To get an account, ask the people who run this site.</p>"),
            "{words}"
        );
    }
    assert_eq!(site.number("select count(*) from accounts"), 0);
    assert!(visitor.jar.is_empty(), "nothing that was typed is kept: {:?}", visitor.jar);
}

#[test]
fn a_closed_sign_up_is_not_linked_on_any_page() {
    let site = closed();
    let mut visitor = site.visitor();
    for path in ["/", "/login", "/login?next=%2Fprofile", "/signup", "/nowhere"] {
        let page = visitor.get(path);
        assert!(!page.says("Sign Up") && !page.says("href=\"/signup"), "{path}");
        assert!(page.says(">Login</a>"), "{path}");
    }
}

#[test]
fn a_closed_sign_up_sends_users_to_their_profile() {
    let site = closed();
    make_account(&site);
    let mut ada = site.visitor();
    assert_eq!(ada.log_in("ada@example.org", PASSWORD).location(), "/profile");
    assert_eq!((ada.get("/signup").status, ada.get("/signup").location()), (Status::SeeOther, "/profile"));
    assert_eq!(ada.sign_up("eve@x.test", "Eve", PASSWORD).location(), "/profile");
}

#[test]
fn a_closed_sign_up_answers_before_it_reads_a_body() {
    let site = closed();
    let mut visitor = site.visitor();
    for (kind, body) in
        [("application/json", "{}".to_owned()), ("application/x-www-form-urlencoded", "a".repeat(99_999))]
    {
        assert_eq!(visitor.request("POST", "/signup", Some(kind), &body).status, Status::Forbidden, "{kind}");
    }
}
