//! The owner's branding: what pages say, where they lead, logo, icon and colour.

use rocket::http::Status;

use crate::support::{Setup, TestSite};

const LOGO: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><style>path { fill: red }</style></svg>";

fn png() -> Vec<u8> {
    std::fs::read("src/web/icons/apple-touch-icon.png").unwrap()
}

#[test]
fn what_the_owner_says_stands_on_its_pages_as_text() {
    let site = Setup::new()
        .with("site_name", "Rowing")
        .with("tagline", "On the <river> since 1887")
        .with("login_note", "Log in with your club's email.")
        .with("signup_note", "Members only.")
        .with("contact", "Ruth Meier <ruth@example.org>")
        .with("footer_links", "Imprint = https://example.org/imprint | Privacy = /privacy")
        .with("home_url", "https://example.org")
        .build();
    let (home, login, signup) =
        (site.visitor().get("/"), site.visitor().get("/login"), site.visitor().get("/signup"));
    assert!(home.body.contains("On the &lt;river&gt; since 1887</p>"), "{}", home.body);
    assert!(!home.body.contains("<river>") && login.says("Log in with your club's email."));
    assert!(signup.says("Members only.") && !login.says("Members only."));
    let ways_in = home.values("href");
    assert!(home.says("<h1 dir=\"auto\">Rowing</h1>"), "{}", home.body);
    assert!(["/login", "/signup"].iter().all(|way| ways_in.iter().any(|href| href == way)), "{ways_in:?}");
    for page in [home, login, signup, site.visitor().get("/forgot"), site.visitor().get("/nowhere")] {
        let (_, header) = page.body.split_once("class=\"brand\"").unwrap();
        assert!(
            header.replace("&#x2F;", "/").trim_start().starts_with("href=\"https://example.org\""),
            "{header}"
        );
        assert!(page.says("Ruth Meier <ruth@example.org>"), "{}", page.body);
        let links = page.values("href");
        for link in ["https://example.org/imprint", "/privacy", "https://example.org"] {
            assert!(links.iter().any(|href| href == link), "{link}: {links:?}");
        }
    }
}

#[test]
fn a_site_without_branding_has_ours() {
    let site = TestSite::new();
    let home = site.visitor().get("/");
    assert!(home.says("/static/icon-") && !home.says("class=\"logo\"") && !home.says("accent-"));
    assert!(home.says("content=\"#c7ddd5\""));
}

#[test]
fn logo_and_icon_are_served_under_an_address_with_a_hash_and_run_nothing() {
    let site = Setup::new()
        .file("brand/logo.svg", LOGO)
        .file("brand/logo-dark.svg", LOGO)
        .file("brand/icon.png", &png())
        .file("brand/email-logo.png", &png())
        .build();
    let home = site.visitor().get("/");
    let brand = &site.site.brand;
    for address in [&brand.logo, &brand.logo_dark, &brand.icon] {
        let address = address.as_ref().unwrap();
        assert!(home.says(address), "{address}: {}", home.body);
        let answer = site.visitor().get(address);
        assert_eq!(answer.status, Status::Ok, "{address}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let logo = site.visitor().get(brand.logo.as_ref().unwrap());
    assert_eq!((logo.header("content-type"), logo.body.as_bytes()), ("image/svg+xml", LOGO));
    assert!(
        logo.header("content-security-policy").starts_with("default-src 'none'; style-src 'unsafe-inline'")
    );
    // Only those who read email in a browser load something of ours from another site.
    let sharing =
        |address: &str| site.visitor().get(address).header("cross-origin-resource-policy").to_owned();
    assert_eq!(sharing(brand.email_logo.as_ref().unwrap()), "cross-origin");
    assert_eq!(sharing(brand.logo.as_ref().unwrap()), "same-origin");
    assert_eq!(site.visitor().get("/static/logo.svg").status, Status::NotFound);
    assert_eq!(site.visitor().get("/favicon.ico").header("content-type"), "image/png");
    assert_eq!(site.visitor().get("/apple-touch-icon.png").status, Status::Ok);
}

#[test]
fn a_site_with_its_own_icon_shows_ours_nowhere() {
    let site = Setup::new().file("brand/icon.svg", LOGO).build();
    assert_eq!(site.visitor().get("/favicon.ico").header("content-type"), "image/svg+xml");
    assert_eq!(site.visitor().get("/apple-touch-icon.png").status, Status::NotFound);
}

#[test]
fn a_colour_is_a_stylesheet_after_ours() {
    let site = Setup::new().with("accent", "#7a1f5c").build();
    let home = site.visitor().get("/").text();
    let address = site.site.brand.accent_css.clone().unwrap();
    assert!(home.find("/static/style-").unwrap() < home.find(&*address).unwrap(), "{home}");
    let css = site.visitor().get(&address);
    assert_eq!(css.header("content-type"), "text/css; charset=utf-8");
    assert!(css.body.starts_with(":root{--accent:#7a1f5c;"), "{}", css.body);
    assert!(!home.contains("#c7ddd5"), "the frame of the browser has the colour, too");
}

#[test]
fn a_sentence_of_the_owner_stands_in_the_place_of_ours() {
    let site = Setup::new().file("words/en.ftl", b"nav-home = Boathouse\n").build();
    assert_eq!(site.visitor().get("/").menu().first().map(String::as_str), Some("Boathouse"));
}
