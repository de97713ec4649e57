//! Files inside the binary: each has a hash in its name and is cached for a year. Nothing else is served, and
//! pages load nothing from other sites. A debug build, which runs here, serves them as they are.

use rocket::http::Status;
use vestibule::web::static_files;

use crate::support::{Answer, TestSite};

const FILES: [(&str, &str); 6] = [
    ("style.css", "text/css; charset=utf-8"),
    ("form.js", "text/javascript"),
    ("passkey.js", "text/javascript"),
    ("password.js", "text/javascript"),
    ("time.js", "text/javascript"),
    ("icon.svg", "image/svg+xml"),
];

fn every_page(site: &TestSite) -> Vec<Answer> {
    let (mut anonymous, mut ada) = (site.visitor(), site.ada());
    let mut pages: Vec<Answer> =
        ["/", "/login", "/signup", "/nowhere", "/login/"].map(|path| anonymous.get(path)).into();
    pages.push(anonymous.log_in("", ""));
    pages.push(anonymous.sign_up("", "", ""));
    pages.extend(["/", "/profile", "/nowhere"].map(|path| ada.get(path)));
    pages.push(ada.clone().sending("Sec-Fetch-Site", "cross-site").get("/logout"));
    pages
}

#[test]
fn a_file_with_the_hash_of_its_content_in_its_name_is_cached_for_a_year() {
    let site = TestSite::new();
    for (path, kind) in FILES {
        let (stem, ending) = path.split_once('.').unwrap();
        let address = static_files::address(path).unwrap();
        let hash = address.strip_prefix(&format!("/static/{stem}-")).unwrap();
        let hash = hash.strip_suffix(&format!(".{ending}")).unwrap();
        assert!(hash.len() == 16 && hash.chars().all(|c| c.is_ascii_hexdigit()), "{address}");
        for mut visitor in [site.visitor(), site.visitor().sending("Cookie", "session=x")] {
            let answer = visitor.get(&address);
            assert_eq!((answer.status, answer.header("content-type")), (Status::Ok, kind), "{address}");
            assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{address}");
            let source = std::fs::read_to_string(format!("static/{path}")).unwrap();
            assert_eq!(answer.body, source, "{address}");
            assert!(answer.all("set-cookie").is_empty());
        }
    }
    assert_eq!(std::fs::read_dir("static").unwrap().count(), FILES.len(), "a file that no test asks for");
}

#[test]
fn a_file_is_served_even_if_the_database_does_not_answer() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.silence_database();
    assert_eq!(ada.get(&static_files::address("style.css").unwrap()).status, Status::Ok);
}

#[test]
fn no_other_file_name_exists() {
    let site = TestSite::new();
    let style = static_files::address("style.css").unwrap();
    let name = style.strip_prefix("/static/").unwrap().to_owned();
    for path in [
        "/static/style.css".to_owned(),
        "/static/style-0000000000000000.css".to_owned(),
        "/static/".to_owned(),
        "/static".to_owned(),
        "/static/.".to_owned(),
        "/static/..".to_owned(),
        "/static/password.js".to_owned(),
        "/static/icon.svg".to_owned(),
        "/style.css".to_owned(),
        "/favicon.png".to_owned(),
        "/static/..%2f..%2fdata%2fsecret.key".to_owned(),
        "/static/..%2F..%2Fdata%2Fvestibule.sqlite".to_owned(),
        "/static/../../data/secret.key".to_owned(),
        "/static/../Cargo.toml".to_owned(),
        "/static/%2e%2e/Cargo.toml".to_owned(),
        "/static/%2e%2e%2fCargo.toml".to_owned(),
        "/static/..%5c..%5cCargo.toml".to_owned(),
        "/static/..%252f..%252fCargo.toml".to_owned(),
        "/static/%2fetc%2fpasswd".to_owned(),
        "/static/file:%2f%2f%2fetc%2fpasswd".to_owned(),
        "/static/style.css%00.js".to_owned(),
        "/static/%00".to_owned(),
        "/static/%ff".to_owned(),
        "/profile/x.css".to_owned(),
        "/data/secret.key".to_owned(),
        "/.git/config".to_owned(),
        "/Rocket.toml".to_owned(),
        "/templates/base.html".to_owned(),
        format!("/static/x/{name}"),
        format!("/static/..%2fstatic%2f{name}"),
        format!("/static/{}", name.to_uppercase()),
        format!("/static/{name}.map"),
        format!("/static/{name}%20"),
        format!("/static/{name}%00"),
        format!("/{name}"),
    ] {
        let answer = site.visitor().get(&path);
        assert_eq!(answer.status, Status::NotFound, "{path}");
        assert!(answer.says("<h1>This page does not exist</h1>"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[test]
fn a_page_under_the_path_of_another_is_not_that_page() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for path in ["/profile/x.css", "/profile.css", "/profile/..%2fstatic%2fstyle.css", "/profile;x.css"] {
        let answer = ada.get(path);
        assert_eq!(answer.status, Status::NotFound, "{path}");
        assert!(!answer.says("ada@example.org"), "{path}");
    }
}

#[test]
fn every_file_a_page_names_exists() {
    let site = TestSite::new();
    let mut named = 0;
    for page in every_page(&site) {
        let addresses = [page.values("href"), page.values("src")].concat();
        for address in addresses.into_iter().filter(|address| address.contains('.')) {
            assert!(address.starts_with("/static/"), "{address}");
            assert_eq!(site.visitor().get(&address).status, Status::Ok, "{address}");
            named += 1;
        }
    }
    assert!(named > 30, "the pages name their files: {named}");
}

#[test]
fn nothing_refers_to_another_origin() {
    let site = TestSite::new();
    for page in every_page(&site) {
        for attribute in ["href", "src", "action", "formaction", "srcset", "poster", "content", "data"] {
            for value in page.values(attribute) {
                let elsewhere = value.contains("//") || value.contains(':');
                assert!(!elsewhere, "{attribute}={value}");
            }
        }
    }
    let mut visitor = site.visitor();
    for (path, _) in FILES {
        // The namespace that an SVG must have is a name; no browser loads it.
        let file =
            visitor.get(&static_files::address(path).unwrap()).body.replace("http://www.w3.org/2000/svg", "");
        for elsewhere in
            ["http:", "https:", "//cdn", "url(//", "@import", "importScripts", "fetch(", "XMLHttpRequest"]
        {
            // It asks the page's own addresses, which stand in the page.
            let asks = path == "passkey.js" && elsewhere == "fetch(";
            assert!(asks || !file.contains(elsewhere), "{path}: {elsewhere}");
        }
    }
}

#[test]
fn programs_find_icons_and_robots_txt_under_fixed_names() {
    let site = TestSite::new();
    for (path, kind) in [
        ("/favicon.ico", "image/x-icon"),
        ("/apple-touch-icon.png", "image/png"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ] {
        let answer = site.visitor().get(path);
        assert_eq!((answer.status, answer.header("content-type")), (Status::Ok, kind), "{path}");
        assert_eq!(answer.header("cache-control"), "public, max-age=86400", "{path}");
    }
    let robots = site.visitor().get("/robots.txt").body;
    assert!(robots.starts_with("User-agent: *\nDisallow: /settings\n"), "{robots}");
    let closed: Vec<_> = robots.lines().filter_map(|line| line.strip_prefix("Disallow: ")).collect();
    for page in ["/", "/login", "/signup", "/forgot", "/static/style.css"] {
        assert!(!closed.iter().any(|closed| page.starts_with(closed)), "{page}: {robots}");
    }
}
