//! Static files are sent compressed to those who read gzip. Pages never are: the length of a compressed page that holds
//! a secret next to something that a stranger chose says something about the secret.

use std::io::Read;

use flate2::read::GzDecoder;
use rocket::http::{Header, Method, Status};
use rocket::local::blocking::LocalRequest;
use vestibule::web::static_files;

use crate::support::{PASSWORD, Setup, TestSite};

/// What was sent, as bytes.
struct Sent {
    status: Status,
    headers: Vec<(String, String)>,
    length: Option<usize>,
    body: Vec<u8>,
}

impl Sent {
    fn answer(request: LocalRequest<'_>) -> Sent {
        let response = request.dispatch();
        let headers = response.headers().iter();
        let headers = headers
            .map(|header| (header.name().to_string().to_lowercase(), header.value().to_owned()))
            .filter(|(name, _)| name != "x-request-id")
            .collect();
        let (status, length) = (response.status(), response.body().preset_size());
        Sent { status, headers, length, body: response.into_bytes().unwrap_or_default() }
    }

    fn header(&self, name: &str) -> String {
        let all: Vec<_> = self.headers.iter().filter(|(known, _)| known == name).collect();
        all.iter().map(|(_, value)| &**value).collect::<Vec<_>>().join(", ")
    }

    /// What the client reads.
    fn read(&self) -> Vec<u8> {
        if self.header("content-encoding").is_empty() {
            return self.body.clone();
        }
        let mut read = Vec::new();
        GzDecoder::new(&*self.body).read_to_end(&mut read).unwrap();
        read
    }
}

/// Sends a request with these lines of `Accept-Encoding`.
fn send(site: &TestSite, method: Method, path: &str, accepted: &[&str]) -> Sent {
    let mut request = site.client.req(method, path.to_owned()).header(Header::new("Host", site.host()));
    for line in accepted {
        request.add_header(Header::new("Accept-Encoding", (*line).to_owned()));
    }
    Sent::answer(request)
}

fn get(site: &TestSite, path: &str, accepted: &str) -> Sent {
    send(site, Method::Get, path, &[accepted])
}

#[test]
fn a_text_file_is_compressed_for_those_who_read_gzip() {
    let site = TestSite::new();
    for path in ["style.css", "form.js", "passkey.js", "password.js", "time.js", "icon.svg"] {
        let address = static_files::address(path).unwrap();
        let (plain, gzip) =
            (send(&site, Method::Get, &address, &[]), get(&site, &address, "gzip, deflate, br, zstd"));
        assert_eq!((plain.status, gzip.status), (Status::Ok, Status::Ok), "{path}");
        assert_eq!(
            (plain.header("content-encoding"), gzip.header("content-encoding")),
            (String::new(), "gzip".into())
        );
        assert_eq!(gzip.read(), plain.body, "{path}");
        assert!(gzip.body.len() < plain.body.len(), "{path}");
        for name in ["content-type", "cache-control", "content-security-policy", "x-content-type-options"] {
            assert_eq!(gzip.header(name), plain.header(name), "{name} of {path}");
        }
        // What a cache keeps of one is not for all.
        assert_eq!(
            (plain.header("vary"), gzip.header("vary")),
            ("Accept-Encoding".into(), "Accept-Encoding".into())
        );
    }
    let style = get(&site, &static_files::address("style.css").unwrap(), "gzip");
    // 3.2 KB on 27 November 2026.
    assert!(style.body.len() < 6_000, "{} bytes", style.body.len());
}

#[test]
fn a_client_that_does_not_read_gzip_gets_a_file_as_it_is() {
    let site = TestSite::new();
    let address = static_files::address("style.css").unwrap();
    for (accepted, encoding) in [
        ("gzip", "gzip"),
        ("GZip", "gzip"),
        ("br;q=1, gzip;q=0.2", "gzip"),
        ("*", "gzip"),
        ("identity;q=0, gzip", "gzip"),
        ("gzi", ""),
        ("gzipp", ""),
        ("br, zstd", ""),
        ("gzip;q=0", ""),
        ("*, gzip;q=0", ""),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0", ""),
        ("*;q=0", ""),
        ("", ""),
        ("gzip;q=\u{fc}", ""),
    ] {
        let sent = get(&site, &address, accepted);
        assert_eq!((sent.status, &*sent.header("content-encoding")), (Status::Ok, encoding), "{accepted}");
        assert_eq!(sent.read(), std::fs::read("static/style.css").unwrap(), "{accepted}");
    }
    assert_eq!(send(&site, Method::Get, &address, &["br", "gzip"]).header("content-encoding"), "gzip");
    assert_eq!(send(&site, Method::Get, &address, &["*", "gzip;q=0"]).header("content-encoding"), "");
}

#[test]
fn a_head_request_has_the_headers_and_the_length_of_the_same_get() {
    let site = TestSite::new();
    for path in ["style.css", "form.js", "icon.svg"] {
        let address = static_files::address(path).unwrap();
        let mut lengths = Vec::new();
        for accepted in ["gzip", "identity"] {
            let (get, head) =
                (get(&site, &address, accepted), send(&site, Method::Head, &address, &[accepted]));
            assert_eq!((head.status, &head.headers), (get.status, &get.headers), "{path}, {accepted}");
            assert_eq!((head.length, head.body.len()), (Some(get.body.len()), 0), "{path}, {accepted}");
            lengths.push(get.body.len());
        }
        assert!(lengths[0] < lengths[1], "{path}: {lengths:?}");
    }
}

#[test]
fn images_and_short_files_are_sent_as_they_are() {
    let site = TestSite::new();
    for path in ["/favicon.ico", "/apple-touch-icon.png", "/robots.txt"] {
        let sent = get(&site, path, "gzip");
        assert_eq!(
            (sent.status, sent.header("content-encoding"), sent.header("vary")),
            (Status::Ok, String::new(), String::new()),
            "{path}"
        );
    }
}

#[test]
fn the_drawings_of_the_owner_are_compressed_too() {
    let drawing =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>", "<path d=\"M0 0h1\"/>".repeat(100));
    let image = std::fs::read("src/web/icons/apple-touch-icon.png").unwrap();
    let site = Setup::new()
        .file("brand/logo.svg", drawing.as_bytes())
        .file("brand/icon.svg", drawing.as_bytes())
        .file("brand/email-logo.png", &image)
        .build();
    let brand = &site.site.brand;
    let logo = get(&site, brand.logo.as_ref().unwrap(), "gzip");
    assert_eq!(
        (logo.header("content-encoding"), logo.header("vary")),
        ("gzip".into(), "Accept-Encoding".into())
    );
    assert_eq!(
        (logo.header("content-type"), logo.read()),
        ("image/svg+xml".into(), drawing.clone().into_bytes())
    );
    assert!(
        logo.body.len() < 400 && logo.header("content-security-policy").starts_with("default-src 'none'")
    );
    assert_eq!(get(&site, "/favicon.ico", "gzip").read(), drawing.into_bytes());
    let png = get(&site, brand.email_logo.as_ref().unwrap(), "gzip");
    assert_eq!(
        (png.header("content-encoding"), png.header("vary"), png.body),
        (String::new(), String::new(), image)
    );
}

#[test]
fn what_is_not_a_file_is_never_compressed() {
    let site = TestSite::new();
    let mut ada = site.ada().sending("Accept-Encoding", "gzip, deflate, br");
    let mut stranger = site.visitor().sending("Accept-Encoding", "gzip, deflate, br");
    let mut answers: Vec<_> =
        ["/", "/login", "/signup", "/nowhere", "/profile", "/health"].map(|path| stranger.get(path)).into();
    answers.extend([stranger.sign_up("", "", ""), stranger.log_in("ada@example.org", "wrong")]);
    answers.extend(
        ["/profile", "/settings", "/settings/devices", "/settings/activity", "/static/nothing.css"]
            .map(|path| ada.get(path)),
    );
    answers.push(ada.submit("/settings/password", &[("password", PASSWORD), ("new_password", "x")]));
    answers.push(stranger.clone().sending("Accept", "application/json").get("/nowhere"));
    for answer in answers {
        assert_eq!((answer.header("content-encoding"), answer.header("vary")), ("", ""), "{}", answer.body);
        // Whatever it is, it can be read as it is.
        let is_redirect = answer.status == Status::SeeOther;
        assert!(is_redirect || !answer.body.is_empty(), "{:?}", answer.headers);
    }
    let form = ada.get("/settings/account");
    assert!(form.text().contains("<form") && form.header("content-encoding").is_empty());
}
