//! Where pages lead to: no page is a dead end, and an error says what to do next. And what stands on every page of the
//! settings.

use rocket::http::Status;
use rocket::{get, routes};
use vestibule::web::{Error, Result};

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite};

/// Asserts that a page says all of these.
fn says(page: &Answer, sentences: &[&str]) {
    for sentence in sentences {
        assert!(page.says(sentence), "{sentence}\n{}", page.text());
    }
}

/// A link as it stands on a page.
fn link(to: &str, words: &str) -> String {
    format!("<a href=\"{to}\">{words}</a>")
}

#[get("/broken")]
fn broken() -> Result<()> {
    Err(Error::Broken("a secret of the inside"))
}

#[test]
fn each_page_with_a_form_leads_on_to_what_else_a_visitor_may_want() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let mut stranger = site.visitor();
    let forgot = link("/forgot", "Forgot your password?");
    says(&stranger.get("/login"), &[&forgot, &format!("New here? {}", link("/signup", "Sign Up"))]);
    says(&stranger.get("/signup"), &[&format!("Already have an account? {}", link("/login", "Login"))]);
    says(&stranger.get("/forgot"), &[&link("/login", "Back to login")]);
    for page in ["/settings/password", "/settings/close"] {
        says(&ada.get(page), &[&forgot, &link("/settings/account", "Cancel")]);
    }
    says(&ada.get("/settings/email"), &[&link("/settings/account", "Back to your account")]);
    let activity = "Something you don't recognise? Change your password";
    says(&ada.get("/settings/activity"), &[&link("/settings/password", activity)]);
    let leaving = ada.clone().sending("Sec-Fetch-Site", "cross-site").get("/logout");
    says(&leaving, &["<h1>Log out of Vestibule?</h1>", &link("/profile", "Cancel")]);
    site.clock.advance(301);
    let told = "You are logged in as ada@example.org. Please enter your password again.";
    says(&ada.get("/reauthenticate"), &[told, &forgot, &link("/profile", "Cancel")]);

    let closed = Setup::new().with("signup", "closed").build();
    says(&closed.visitor().get("/login"), &["No account yet? Ask the people who run this site for one."]);
    let closed =
        Setup::new().with("signup", "closed").with("contact", "Ruth Meier <ruth@example.org>").build();
    says(&closed.visitor().get("/login"), &["No account yet? Ask Ruth Meier <ruth@example.org> for one."]);
}

#[test]
fn the_pages_of_the_settings_have_one_frame_and_a_heading_of_their_own() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for (path, heading) in [
        ("account", "Profile"),
        ("activity", "Today"),
        ("password", "Change password"),
        ("email", "Change email"),
        ("close", "Delete account"),
    ] {
        let page = ada.get(&format!("/settings/{path}"));
        says(
            &page,
            &["<h1>Settings</h1>", "class=\"card wide\"", "class=\"tabs\"", &format!("<h2>{heading}</h2>")],
        );
    }
    says(&ada.get("/settings/devices"), &["<h1>Settings</h1>", "class=\"card wide\"", "class=\"tabs\""]);
    // None of the buttons of an account is louder than the others.
    let account = ada.get("/settings/account");
    says(&account, &["<button type=\"submit\" class=\"quiet\">Save name</button>"]);
    assert!(!account.says("class=\"primary\""), "{}", account.body);
}

#[test]
fn an_error_page_says_what_to_do_next() {
    let site = Setup::new().page(routes![broken]).build();
    let foreign = site.visitor().sending("Sec-Fetch-Site", "cross-site").post("/login", "");
    says(&foreign, &["<h1>We couldn't accept that form</h1>", "Open the page on this site and try again."]);
    let told = "Please try again in a moment. If it keeps happening, send this code to the people who run this site.";
    says(&site.visitor().get("/broken"), &[told, "Error code: "]);
    let site = Setup::new().page(routes![broken]).with("contact", "Ruth Meier <ruth@example.org>").build();
    says(
        &site.visitor().get("/broken"),
        &["If it keeps happening, send this code to Ruth Meier <ruth@example.org>."],
    );
}

/// More of them would lie over the lines around the name.
#[test]
fn a_letter_has_at_most_eight_accents() {
    let site = TestSite::new();
    let named = |marks: usize| format!("Z{}oe", "\u{35c}".repeat(marks));
    let page = site.visitor().sign_up(ADA, &named(9), PASSWORD);
    assert_eq!(page.status, Status::UnprocessableEntity);
    says(&page, &["id=\"name-error\">Use fewer accents on one letter.</p>"]);
    let mut ada = site.visitor();
    assert_eq!(ada.sign_up(ADA, &named(8), PASSWORD).location(), "/login");
    ada.log_in(ADA, PASSWORD);
    assert!(ada.get("/profile").says(&named(8)), "it is shown as it was typed");
}
