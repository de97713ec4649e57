//! The page that docs/your-own-app.md adds: what the document shows is what was tried.

use rocket::http::Status;
use rocket::local::blocking::Client;
use vestibule::base::Site;
use vestibule::frame::catchers;
use vestibule::people::sessions::Live;
use vestibule::web::next::Destinations;
use vestibule::web::view;

use crate::example_page;
use crate::guide::{blocks, read, root};
use crate::support::{PASSWORD, Setup, TestSite};

const DOCUMENT: &str = "docs/your-own-app.md";

/// The site's frame and guards around the example page, with its template next to those of the repository. Not
/// built by the factory, since that carries its own templates and no others.
fn with_the_example(site: &TestSite) -> Client {
    let example = vec![("dashboard.html".to_owned(), blocks(DOCUMENT, "html").remove(0))];
    let figment = site.config.figment.clone().merge(("template_dir", root().join("templates")));
    let routes = example_page::routes();
    let rocket = rocket::custom(figment.merge(("secret_key", site.key.reveal_bytes())))
        .attach(view::fairing_with(example))
        .manage(Live::default())
        .manage(Destinations::among(&routes))
        .manage(site.client.rocket().state::<Site>().unwrap().clone())
        .register("/", catchers::catchers())
        .mount("/", routes);
    Client::untracked(rocket).unwrap()
}

#[test]
fn the_example_page_sends_strangers_to_log_in_and_back() {
    let site = Setup::new().page(example_page::routes()).build();
    let answer = site.visitor().get("/dashboard");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/login?next=%2Fdashboard"));
    let mut ada = site.ada();
    assert_eq!(ada.post("/logout", "").status, Status::SeeOther);
    let fields = [("email", "ada@example.org"), ("password", PASSWORD), ("next", "/dashboard")];
    assert_eq!(ada.submit("/login", &fields).location(), "/dashboard");
}

#[test]
fn the_example_page_is_shown_to_a_logged_in_user() {
    let mut site = TestSite::new();
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "<b>Ada</b>", PASSWORD);
    ada.log_in("ada@example.org", PASSWORD);
    let cookies = ada.jar;
    let example = with_the_example(&site);
    let _before = std::mem::replace(&mut site.client, example); // connections to a server live in its runtime
    let mut ada = site.visitor();
    ada.jar = cookies;
    let page = ada.get("/dashboard");
    assert_eq!(page.status, Status::Ok);
    assert!(
        page.says("<title>Dashboard · Vestibule</title>") && page.says("Logout"),
        "the frame is around it"
    );
    assert!(page.says("Show <b>Ada</b> around") && page.says("Only you see this"));
    assert!(!page.body.contains("<b>Ada"), "what is put in is escaped");
}

#[test]
fn the_example_is_what_was_tried() {
    let tried = read("tests/web/example_page.rs").replace("use vestibule::", "use crate::");
    let rust = blocks(DOCUMENT, "rust");
    assert_eq!(rust[0], tried);
    assert!(rust[1].starts_with("pub mod dashboard;") && rust[2].trim() == "dashboard::routes(),");
    // The lines go where the page says.
    assert!(read("src/features/mod.rs").contains("\npub mod profile;"));
    let app = read("src/app.rs");
    assert!(app.contains("use crate::features::{") && app.contains("fn pages()"));
    assert!(app.contains("\n        profile::routes(),\n"));
}
