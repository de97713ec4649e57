//! The front page, and the layout around every page.

use rocket::http::Status;

use crate::support::{Setup, TestSite};

#[test]
fn the_front_page_names_the_site_in_one_heading() {
    let site = Setup::new().with("site_name", "Analytical Engines").build();
    let home = site.visitor().get("/");
    assert_eq!(home.status, Status::Ok);
    assert_eq!(home.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(home.pieces("<h1", "</h1>"), ["<h1 dir=\"auto\">Analytical Engines"]);
    assert!(home.says("<title>Home · Analytical Engines</title>"));
    // That sentence is about the program, so it stands there only until the site has a name.
    let tagline = "Easy authentication and authorization in Rocket.";
    assert!(!home.says(tagline));
    assert!(TestSite::new().visitor().get("/").says(tagline));
}

#[test]
fn the_title_is_the_page_and_the_site() {
    let site = TestSite::new();
    let (mut ada, mut stranger) = (site.ada(), site.visitor());
    for (path, title) in [("/", "Home"), ("/login", "Login"), ("/signup", "Sign Up")] {
        assert!(stranger.get(path).says(&format!("<title>{title} · Vestibule</title>")), "{path}");
    }
    assert!(ada.get("/profile").says("<title>Profile · Vestibule</title>"));
    assert!(stranger.get("/nowhere").says("<title>This page does not exist · Vestibule</title>"));
}

#[test]
fn the_head_says_what_browsers_and_search_engines_need() {
    let site = TestSite::new();
    for page in ["/", "/login", "/signup"].map(|path| site.visitor().get(path)) {
        assert_eq!(
            page.values("content"),
            [
                "width=device-width, initial-scale=1",
                "light dark",
                "#c7ddd5",
                "#0c1a1a",
                "Your account at Vestibule."
            ]
        );
        assert!(page.body.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n"), "{}", page.body);
        let text = page.text();
        assert!(!text.contains("noindex"), "these pages may be found");
        // Nothing but the stylesheet delays the first sight of a page.
        let scripts: Vec<_> = text.split("<script").skip(1).collect();
        assert!(scripts.iter().all(|script| script.split('>').next().unwrap().ends_with(" defer")), "{text}");
        assert_eq!(page.pieces("<link rel=\"stylesheet\"", ">").len(), 1, "{text}");
        // And none is seen in part: what stands in the middle would move.
        assert!(text.contains("<link rel=\"expect\" href=\"#foot\" blocking=\"render\">"), "{text}");
        assert_eq!(page.pieces("<footer id=\"foot\"", ">").len(), 1, "{text}");
        let images = page.pieces("<img", ">");
        assert!(images.iter().all(|image| image.contains(" width=") && image.contains(" height=")), "{text}");
    }
    let german = site.visitor().sending("Accept-Language", "de").get("/");
    assert!(german.says("content=\"Ihr Konto bei Vestibule.\"") && german.says("<html lang=\"de\""));
}

#[test]
fn search_engines_show_the_tagline() {
    let site = Setup::new().with("tagline", "On the \"river\" <since> 1887").build();
    for path in ["/", "/login"] {
        let page = site.visitor().get(path);
        assert_eq!(page.values("content").last().unwrap(), "On the \"river\" <since> 1887", "{path}");
        assert!(!page.body.contains("<since>"), "{path}");
    }
}

#[test]
fn a_stranger_is_offered_home_login_and_sign_up() {
    let site = TestSite::new();
    for path in ["/", "/login", "/signup", "/nowhere"] {
        let page = site.visitor().get(path);
        assert_eq!(page.menu(), ["Home", "Login", "Sign Up"], "{path}");
        assert!(!page.says("/logout"), "{path}");
    }
}

#[test]
fn a_user_is_offered_home_profile_settings_and_a_logout_button() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for path in ["/", "/profile", "/nowhere"] {
        let page = ada.get(path);
        assert_eq!(page.menu(), ["Home", "Profile", "Settings", "Logout"], "{path}");
        let form = page.pieces("<form method=\"post\" action=\"&#x2F;logout\"", "</form>").concat();
        assert!(
            form.ends_with("<button type=\"submit\">Logout</button>"),
            "{path}: logging out is a form, never a link"
        );
    }
}

#[test]
fn the_menu_marks_the_current_page() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for (path, word) in [("/", "Home"), ("/profile", "Profile")] {
        let page = ada.get(path);
        assert_eq!(page.text().matches("aria-current=\"page\"").count(), 1, "{path}");
        assert!(page.says(&format!("<a href=\"{path}\" aria-current=\"page\">{word}</a>")), "{path}");
    }
}

#[test]
fn a_site_name_is_text_and_never_markup() {
    let site = Setup::new().with("site_name", "<b>\"A\" & 'B'</b>").build();
    let home = site.visitor().get("/");
    assert!(home.says("<b>\"A\" & 'B'</b>"));
    assert!(!home.body.contains("<b>"));
}

#[test]
fn a_page_needs_no_database_for_a_stranger_without_cookies() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.silence_database();
    assert_eq!(site.visitor().get("/").status, Status::Ok);
    let home = ada.get("/");
    assert_eq!(home.status, Status::ServiceUnavailable, "the user cannot be found out");
    assert_eq!(home.header("retry-after"), "5");
    assert_eq!(home.menu(), ["Home"], "it has neither the menu of a stranger nor that of a user");
    assert!(!home.takes_back("session"));
}

#[test]
fn a_head_request_is_answered_like_a_get_without_the_body() {
    let site = TestSite::new();
    let mut stranger = site.visitor();
    for path in ["/", "/login", "/signup", "/profile", "/nowhere"] {
        let (get, head) = (stranger.get(path), stranger.request("HEAD", path, None, ""));
        assert_eq!((head.status, head.location()), (get.status, get.location()), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
        assert_eq!(head.body, "", "{path}");
    }
}
