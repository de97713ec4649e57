//! The page that docs/your-own-app.md adds: the document shows exactly what is tested here.

use rocket::Route;
use rocket::http::Status;
use rocket::local::blocking::Client;
use vestibule::base::Site;
use vestibule::layout::catchers;
use vestibule::layout::globals::TemplateGlobals;
use vestibule::people::sessions::SessionCache;
use vestibule::web::next::Destinations;
use vestibule::web::templates;

use crate::guide::{blocks, read, root};
use crate::support::{PASSWORD, Setup, TestSite};
use crate::{example_more, example_page};

const DOCUMENT: &str = "docs/your-own-app.md";

/// The site's layout and guards around the example page, with its template next to those of the repository.
/// It is not built by the factory, which only uses the templates that are compiled in.
fn with_the_example(site: &TestSite) -> Client {
    let example = vec![("dashboard.html".to_owned(), template())];
    let figment = site.config.figment.clone().merge(("template_dir", root().join("templates")));
    let routes = [example_page::routes(), example_more::routes()].concat();
    let (words, language) = (site.site.words.clone(), site.config.settings.language);
    let globals = TemplateGlobals::of(&site.site);
    let rocket = rocket::custom(figment.merge(("secret_key", site.key.reveal_bytes())))
        .attach(templates::fairing_with(words, language, globals.fixed(), example))
        .manage(SessionCache::default())
        .manage(globals)
        .manage(Destinations::among(&routes))
        .manage(site.client.rocket().state::<Site>().unwrap().clone())
        .register("/", catchers::catchers())
        .mount("/", routes);
    Client::untracked(rocket).unwrap()
}

/// The page's template with the form in its card, where the document puts it.
fn template() -> String {
    let html = blocks(DOCUMENT, "html");
    let (first, rest) = html[0].split_once('\n').unwrap();
    let (card, end) = rest.rsplit_once("    </div>").unwrap();
    format!("{first}\n{{% import \"macros.html\" as ui %}}\n{card}{}    </div>{end}", html[2])
}

/// The example's routes below another path: an app that has followed the document has its own `/dashboard`.
fn elsewhere() -> Vec<Route> {
    let routes = [example_page::routes(), example_more::routes()].concat();
    routes.into_iter().map(|route| route.map_base(|_| "/example".to_owned()).unwrap()).collect()
}

#[test]
fn the_example_page_sends_strangers_to_the_login_and_back() {
    let site = Setup::new().page(elsewhere()).build();
    let answer = site.visitor().get("/example/dashboard");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/login?next=%2Fexample%2Fdashboard"));
    let mut ada = site.ada();
    assert_eq!(ada.post("/logout", "").status, Status::SeeOther);
    let fields = [("email", "ada@example.org"), ("password", PASSWORD), ("next", "/example/dashboard")];
    assert_eq!(ada.submit("/login", &fields).location(), "/example/dashboard");
}

#[test]
fn the_example_for_fresh_asks_for_the_password_after_five_minutes() {
    let site = Setup::new().page(elsewhere()).build();
    let mut ada = site.ada();
    site.clock.advance(5 * 60);
    let answer = ada.get("/example/dashboard/keys");
    let form = "/reauthenticate?next=%2Fexample%2Fdashboard%2Fkeys";
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, form));
}

#[test]
fn the_example_form_leads_back_to_its_page() {
    let site = Setup::new().page(elsewhere()).build();
    let mut ada = site.ada();
    let answer = ada.submit("/example/dashboard", &[("note", "Water the plants")]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/dashboard"));
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
        "the layout is around it"
    );
    assert!(page.says("Show <b>Ada</b> around") && page.says("Only you see this"));
    assert!(!page.body.contains("<b>Ada"), "inserted values are escaped");
    assert!(page.says("Add note") && !page.says("Enter a note.") && !page.form_value().is_empty());
    assert!(ada.get("/dashboard/keys").says("ada@example.org"));
    let page = ada.submit("/dashboard", &[("note", "  ")]);
    assert_eq!(page.status, Status::UnprocessableEntity);
    assert!(page.says("Enter a note.") && page.body.contains("value=\"  \""), "what was typed comes back");
}

#[test]
fn the_example_is_what_was_tried() {
    let tried = read("tests/web/example_page.rs").replace("use vestibule::", "use crate::");
    let rust = blocks(DOCUMENT, "rust");
    assert_eq!(rust[0], tried);
    assert!(rust[1].starts_with("pub mod dashboard;") && rust[2].trim() == "dashboard::routes(),");
    // The document says where the lines go.
    assert!(read("src/features/mod.rs").contains("\npub mod profile;"));
    let app = read("src/app.rs");
    assert!(app.contains("use crate::features::{") && app.contains("fn pages()"));
    assert!(app.contains("\n        profile::routes(),\n"));
    let link = blocks(DOCUMENT, "html").remove(1);
    let (before, _) = link.split_once("href=").unwrap();
    assert!(read("templates/base.html").contains(&format!("{before}href=paths.profile, ")));
    // The code that is added to the first page, import by import and part by part.
    let tried = read("tests/web/example_more.rs").replace("use vestibule::", "use crate::");
    assert_eq!(rust.len(), 5);
    for block in &rust[3..] {
        let (imports, parts): (Vec<_>, Vec<_>) =
            block.split("\n\n").partition(|part| part.starts_with("use "));
        assert!(!imports.is_empty() && !parts.is_empty());
        for line in imports.iter().flat_map(|part| part.lines()) {
            assert!(tried.lines().any(|tried| tried == line), "{line}");
        }
        for part in parts {
            assert!(tried.contains(part), "{part}");
        }
    }
}
