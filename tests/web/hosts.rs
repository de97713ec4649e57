//! The host of a request: it must be that of `base_url`, if the operator has set it.

use rocket::http::{Header, Status};

use crate::support::{Answer, Setup, TestSite};

const BASE: &str = "https://login.example.org";

fn at(base_url: &str) -> TestSite {
    Setup::new().with("base_url", base_url).build()
}

/// The status of a request for this host, from an address elsewhere.
fn asked(site: &TestSite, method: &str, path: &str, host: &str) -> Answer {
    let mut visitor = site.visitor_from("203.0.113.7").sending("Host", host);
    visitor.request(method, path, Some("application/x-www-form-urlencoded"), "")
}

#[test]
fn a_request_for_another_host_is_answered_421_with_the_right_address() {
    let site = at(BASE);
    for host in [
        "example.org",
        "evil.test",
        "login.example.org.evil.test",
        "login.example.org:8443",
        "login.example.org:80",
        "203.0.113.1",
        "localhost:8000",
        "127.0.0.1:8000",
        "[::1]:8000",
        "a b",
        "login.example.org@evil.test",
        "evil@login.example.org",
        "login.example.org/x",
        "login.example.org?x",
        "login.example.org#x",
        "login.exam\tple.org",
        "xn--",
    ] {
        for (method, path) in [("GET", "/"), ("GET", "/profile"), ("POST", "/login"), ("GET", "/nowhere")] {
            let answer = asked(&site, method, path, host);
            assert_eq!(answer.status, Status::MisdirectedRequest, "{method} {path} at {host}");
            assert!(answer.all("set-cookie").is_empty(), "{method} {path} at {host}");
            assert!(answer.says("<h1>This page has another address</h1>"), "{}", answer.body);
            let there = if method == "GET" { path } else { "/" };
            assert!(answer.text().contains(&format!("href=\"{BASE}{there}\"")), "{}", answer.body);
        }
    }
}

#[test]
fn the_host_is_compared_as_browsers_do() {
    for (base_url, hosts) in [
        (BASE, ["login.example.org", "LOGIN.Example.ORG", "login.example.org:443"]),
        ("http://intranet.example", ["intranet.example", "Intranet.example", "intranet.example:80"]),
        ("http://box.lan:8080", ["box.lan:8080", "BOX.lan:8080", "box.LAN:8080"]),
        (
            "https://bücher.example",
            ["xn--bcher-kva.example", "XN--bcher-kva.example", "xn--bcher-kva.example:443"],
        ),
    ] {
        let site = at(base_url);
        for host in hosts {
            assert_eq!(asked(&site, "GET", "/", host).status, Status::Ok, "{host} for {base_url}");
        }
    }
}

#[test]
fn files_and_health_checks_are_served_under_any_host_name() {
    let site = at(BASE);
    let style = vestibule::web::static_files::address("style.css").unwrap();
    for path in ["/health", "/ready", &*style] {
        assert_eq!(asked(&site, "GET", path, "10.0.0.7:8000").status, Status::Ok, "{path}");
    }
    for (path, status) in [("change-password", 303), ("openid-configuration", 404)] {
        let answer = asked(&site, "GET", &format!("/.well-known/{path}"), "10.0.0.7:8000");
        assert_eq!(answer.status.code, status, "{path}");
    }
    assert_eq!(asked(&site, "GET", "/healthy", "10.0.0.7").status, Status::MisdirectedRequest);
}

#[test]
fn requests_from_this_machine_may_use_its_own_names() {
    let site = at(BASE);
    for host in ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"] {
        for (peer, status) in [("127.0.0.1", 200), ("::1", 200), ("203.0.113.7", 421)] {
            let mut visitor = site.visitor_from(peer).sending("Host", host);
            assert_eq!(visitor.get("/").status.code, status, "{host} from {peer}");
        }
    }
    // A proxy on this machine that sends its own name, as nginx does without `proxy_set_header Host`.
    for header in ["X-Forwarded-For", "Forwarded", "Via"] {
        let through = site.visitor_from("127.0.0.1").sending("Host", "127.0.0.1:8000");
        let answer = through.sending(header, "203.0.113.7").get("/");
        assert_eq!(answer.status, Status::MisdirectedRequest, "{header}");
    }
    let mut rebound = site.visitor_from("127.0.0.1").sending("Host", "evil.test");
    assert_eq!(rebound.get("/").status, Status::MisdirectedRequest);
}

#[test]
fn if_base_url_is_this_machine_any_host_name_is_accepted() {
    for site in [TestSite::new(), at("http://127.0.0.1:8000")] {
        for host in ["localhost:8000", "box.lan", "192.168.1.5:8000"] {
            assert_eq!(asked(&site, "GET", "/", host).status, Status::Ok, "{host}");
        }
    }
}

#[test]
fn a_load_balancer_of_http_1_0_gets_its_health_check_without_a_host() {
    let site = at(BASE);
    for (path, status) in [("/health", 200), ("/ready", 200), ("/", 400), ("/login", 400)] {
        let answer = crate::support::Answer::read(site.client.get(path).dispatch());
        assert_eq!(answer.status.code, status, "{path}");
    }
    for headers in [["", "login.example.org"], ["a", "b"]] {
        let mut visitor = site.visitor();
        for host in headers {
            visitor = visitor.sending("Host", host);
        }
        assert_eq!(visitor.get("/health").status, Status::BadRequest, "{headers:?}");
    }
}

/// Sends a request with these headers and no others, not even a `Host`.
fn bare(site: &TestSite, method: &str, headers: &[(&'static str, &'static str)]) -> Answer {
    let mut request = site.client.req(method.parse().unwrap(), "/");
    for (name, value) in headers {
        request.add_header(Header::new(*name, *value));
    }
    Answer::read(request.dispatch())
}

#[test]
fn a_request_names_one_host() {
    let site = TestSite::new();
    let (a, b) = (("Host", "localhost:8000"), ("Host", "evil.test"));
    for method in ["GET", "HEAD", "OPTIONS", "POST", "PUT"] {
        for headers in [&[][..], &[a, b], &[b, a], &[a, a], &[("Host", "")], &[("Host", "  ")]] {
            let answer = bare(&site, method, headers);
            assert_eq!(answer.status, Status::BadRequest, "{method} {headers:?}");
        }
    }
    assert!(bare(&site, "GET", &[]).says("<h1>Something in that request was wrong</h1>"));
    assert_eq!(bare(&site, "GET", &[a]).status, Status::Ok);
}
