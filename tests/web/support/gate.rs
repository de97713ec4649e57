//! A proxy in front of an app, and the browser behind it: the proxy asks the gate as Caddy, Traefik, HAProxy and Envoy do, or
//! as nginx does, and the browser keeps the cookies of the app's host.

use rocket::http::{Cookie, Header};
use vestibule::base::WebOrigin;
use vestibule::people::Actor;
use vestibule::people::groups::GroupName;
use vestibule::services::apps::{self, AppName, AppTitle, Created, NewApp};
use vestibule::web::paths;

use super::{Answer, Setup, TestSite, Visitor};

/// The cookies of a browser on one host, with their full names.
pub type Jar = Vec<(String, String)>;

/// Where the proxy connects from.
pub const PROXY: &str = "127.0.0.1";

/// What a browser sends when a person opens a page.
pub const NAVIGATION: &[(&str, &str)] = &[
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-Site", "none"),
    ("Sec-Fetch-Dest", "document"),
    ("Accept", "text/html"),
];

/// What a browser sends for a script.
pub const SCRIPT: &[(&str, &str)] =
    &[("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", "same-origin"), ("Accept", "*/*")];

impl Setup {
    /// Behind a proxy that is trusted, at an address of its own.
    pub fn gate(self) -> Setup {
        self.with("trusted_proxies", PROXY).with("base_url", "https://login.example.org")
    }
}

impl TestSite {
    /// An app for these groups, at these origins.
    pub fn app(&self, name: &str, title: &str, groups: &[&str], at: &[&str]) {
        let groups = groups.iter().map(|group| GroupName::parse(group).unwrap()).collect();
        let origins = at.iter().map(|origin| WebOrigin::parse(origin).unwrap()).collect();
        let title = AppTitle::parse(title).unwrap();
        self.add_app(&NewApp { title, groups, origins, ..NewApp::of(AppName::parse(name).unwrap()) });
    }

    /// An app.
    pub fn add_app(&self, new: &NewApp) {
        let created = self.runtime.block_on(apps::create(&self.site, new, Actor::CommandLine)).unwrap();
        assert!(matches!(created, Created::Done(_)), "{created:?}");
    }

    /// A proxy asks about a request that this browser sent, and passes the answer on: the browser keeps its cookies.
    pub fn check(
        &self,
        jar: &mut Jar,
        host: &str,
        uri: &str,
        method: &str,
        headers: &[(&str, &str)],
    ) -> Answer {
        let said = [("X-Forwarded-Host", host), ("X-Forwarded-Uri", uri), ("X-Forwarded-Method", method)];
        self.ask(paths::FORWARD_AUTH, jar, &[&said[..], headers].concat())
    }

    /// The same at an address of the gate, with exactly these headers and a `Host`.
    pub fn ask(&self, address: &str, jar: &mut Jar, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.client.get(address.to_owned());
        request.set_remote((PROXY.parse::<std::net::IpAddr>().unwrap(), 50_000).into());
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request.add_header(Header::new("Host", "127.0.0.1:8000"));
        }
        for (name, value) in headers {
            request.add_header(Header::new(name.to_string(), value.to_string()));
        }
        for (name, value) in jar.iter() {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let answer = Answer::read(request.dispatch());
        for line in answer.all("set-cookie") {
            let cookie = Cookie::parse_encoded(line.to_owned()).unwrap();
            jar.retain(|(name, _)| name != cookie.name());
            if !cookie.max_age().is_some_and(|age| age.is_zero()) {
                jar.push((cookie.name().to_owned(), cookie.value().to_owned()));
            }
        }
        answer
    }

    /// The way of a browser from a page of an app over the login host and back, for a visitor who is logged in there. Returns
    /// the answers of the app's host: the first one, and that of the entrance.
    pub fn hand_over(&self, jar: &mut Jar, visitor: &Visitor<'_>, host: &str, uri: &str) -> (Answer, Answer) {
        let first = self.check(jar, host, uri, "GET", NAVIGATION);
        let gate = self.at_login(&first).to_owned();
        let mut visitor = visitor.clone().sending("Sec-Fetch-Site", "none");
        let onward = visitor.get(&gate);
        assert_eq!(onward.status.code, 303, "{}", onward.body);
        let entrance = path_of(onward.location()).to_owned();
        let second = self.check(jar, host, &entrance, "GET", NAVIGATION);
        (first, second)
    }

    /// The path and query of a redirect to the login host.
    pub fn at_login<'a>(&self, answer: &'a Answer) -> &'a str {
        let base_url = self.config.settings.base_url.to_string();
        let location = answer.location();
        location.strip_prefix(&base_url).unwrap_or_else(|| panic!("{}: {location:?}", answer.status))
    }
}

/// The path and query of an address.
pub fn path_of(address: &str) -> &str {
    let (_, rest) = address.split_once("://").unwrap_or_else(|| panic!("{address:?}"));
    rest.find('/').map_or("/", |at| &rest[at..])
}
