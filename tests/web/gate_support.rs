//! For tests of the gate with many cases: questions of a proxy that can be changed in every way, and browsers that come to
//! apps through it and go where they are led.

use std::collections::BTreeMap;
use std::net::IpAddr;

use rocket::http::{Cookie, Header};
use rocket::local::blocking::LocalRequest;
use vestibule::base::WebOrigin;
use vestibule::people::Actor;
use vestibule::people::groups::{self, GroupName, Removed};
use vestibule::services::apps::{
    self, AppChange, AppName, Changed, NewApp, PathAccess, PathPrefix, PathRule,
};
use vestibule::testing;
use vestibule::web::paths::FORWARD_AUTH;

use crate::support::gate::{NAVIGATION, PROXY};
use crate::support::{Answer, Setup, TestSite, Visitor};

/// Where the app of most tests is.
pub const WIKI: &str = "https://wiki.example.org";
/// The headers that say who is there.
pub const NAMES: [&str; 4] = ["remote-user", "remote-name", "remote-email", "remote-groups"];

/// A site behind a proxy, with an app: a wiki, for the family.
pub fn with_wiki() -> TestSite {
    wiki_on(Setup::new().patient().gate())
}

/// The same on a site that differs from others.
pub fn wiki_on(setup: Setup) -> TestSite {
    let site = setup.build();
    site.add_app(&NewApp { groups: names(&["family"]), ..at("wiki", &[WIKI]) });
    site
}

/// An app at these origins, for everyone with an account.
pub fn at(name: &str, origins: &[&str]) -> NewApp {
    let origins = origins.iter().map(|origin| WebOrigin::parse(origin).unwrap()).collect();
    NewApp { origins, ..NewApp::of(app(name)) }
}

/// The name of an app.
pub fn app(name: &str) -> AppName {
    AppName::parse(name).unwrap()
}

/// Names of groups.
pub fn names(groups: &[&str]) -> Vec<GroupName> {
    groups.iter().map(|name| GroupName::parse(name).unwrap()).collect()
}

/// A part of an app for these groups. No group: open to everyone.
pub fn part(prefix: &str, groups: &[&str]) -> PathRule {
    let access = if groups.is_empty() { PathAccess::Open } else { PathAccess::Groups(names(groups)) };
    PathRule { prefix: PathPrefix::parse(prefix).unwrap(), access, preflight: false }
}

/// Changes an app.
pub fn alter(site: &TestSite, name: &str, change: AppChange) {
    let name = app(name);
    let changed = apps::change(&site.site, &name, &change, Actor::CommandLine);
    assert_eq!(site.runtime.block_on(changed).unwrap(), Changed::Done);
}

/// Removes an account from a group.
pub fn leave(site: &TestSite, email: &str, group: &str) {
    let (name, account) = (GroupName::parse(group).unwrap(), site.account(email).id);
    let removed = groups::remove(&site.site, &name, &account, Actor::CommandLine);
    assert_eq!(site.runtime.block_on(removed).unwrap(), Removed::Done);
}

/// The browser of someone with this address, who is logged in and a member of the family.
pub fn of_family<'s>(site: &'s TestSite, email: &str) -> Browser<'s> {
    let visitor = site.logged_in(email);
    site.add_to_group(email, "family");
    Browser::of(visitor)
}

/// What a proxy asks before a request to an app.
#[derive(Clone)]
pub struct Question {
    /// The address of the gate.
    address: String,
    /// The method of the check, which is the browser's own with one proxy.
    method: String,
    peer: Option<IpAddr>,
    headers: Vec<(String, String)>,
    cookies: Vec<(String, String)>,
}

impl Question {
    /// About an address of an app, which a program asks for.
    pub fn about(address: &str) -> Question {
        let (scheme, rest) = address.split_once("://").unwrap();
        let (host, uri) = rest.split_at(rest.find('/').unwrap());
        let headers = [
            ("Host", "127.0.0.1:8000"),
            ("X-Forwarded-For", "203.0.113.7"),
            ("X-Forwarded-Host", host),
            ("X-Forwarded-Method", "GET"),
            ("X-Forwarded-Proto", scheme),
            ("X-Forwarded-Uri", uri),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let (address, method, peer) = (FORWARD_AUTH.to_owned(), "GET".to_owned(), PROXY.parse().ok());
        Question { address, method, peer, headers, cookies: Vec::new() }
    }

    /// The same, asked at another address of the gate.
    pub fn to(mut self, address: &str) -> Self {
        address.clone_into(&mut self.address);
        self
    }

    /// The same, asked by another method.
    pub fn by(mut self, method: &str) -> Self {
        method.clone_into(&mut self.method);
        self
    }

    /// The same, asked from another place. Empty: a connection without an address.
    pub fn from(mut self, peer: &str) -> Self {
        self.peer = peer.parse().ok();
        self
    }

    /// The same with one more header.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same without a header.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// The same with another value of a header.
    pub fn set(self, name: &str, value: &str) -> Self {
        self.without(name).with(name, value)
    }

    /// The same for a person who opens a page.
    pub fn navigating(self) -> Self {
        NAVIGATION.iter().fold(self, |question, (name, value)| question.with(name, value))
    }

    /// The same with a cookie.
    pub fn cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The answer.
    pub fn ask(&self, site: &testing::TestSite) -> Answer {
        Answer::read(self.request(site).dispatch())
    }

    /// The request that asks it.
    pub fn request<'s>(&self, site: &'s testing::TestSite) -> LocalRequest<'s> {
        let mut request = site.client.req(self.method.parse().unwrap(), self.address.clone());
        for (name, value) in &self.headers {
            request.add_header(Header::new(name.clone(), value.clone()));
        }
        if let Some(peer) = self.peer {
            request.set_remote((peer, 50_000).into());
        }
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        request
    }
}

/// A browser: its visits to the login host, and the cookies of each app's host.
#[derive(Clone)]
pub struct Browser<'s> {
    /// Its visits to the login host.
    pub visitor: Visitor<'s>,
    jars: BTreeMap<String, Vec<(String, String)>>,
    keeps_cookies: bool,
}

impl<'s> Browser<'s> {
    /// The browser of a visitor of the login host.
    pub fn of(visitor: Visitor<'s>) -> Browser<'s> {
        Browser { visitor, jars: BTreeMap::new(), keeps_cookies: true }
    }

    /// The same, which blocks the cookies of apps' hosts.
    pub fn without_cookies(self) -> Self {
        Browser { keeps_cookies: false, ..self }
    }

    /// The cookies of an app's host.
    pub fn jar(&mut self, origin: &str) -> &mut Vec<(String, String)> {
        self.jars.entry(host(origin).to_owned()).or_default()
    }

    /// The value of the cookie with a pass for an app.
    pub fn pass(&mut self, origin: &str) -> Option<String> {
        let passes = |(name, value): &(String, String)| name.contains("gate").then(|| value.clone());
        self.jar(origin).iter().find_map(passes)
    }

    /// What the proxy asks if a program in this browser sends a request.
    pub fn question(&self, address: &str) -> Question {
        let jar = self.jars.get(host(address)).into_iter().flatten();
        jar.fold(Question::about(address), |question, (name, value)| question.cookie(name, value))
    }

    /// The status of the answer to that.
    pub fn check(&self, address: &str) -> u16 {
        self.check_at(self.visitor.site, address)
    }

    /// The same, asked of a certain instance.
    pub fn check_at(&self, site: &testing::TestSite, address: &str) -> u16 {
        self.question(address).ask(site).status()
    }

    /// Opens an address, of the login host or of an app, and stays there.
    pub fn open(&mut self, address: &str) -> Answer {
        if let Some(path) = address.strip_prefix(&self.login_host()).filter(|path| path.starts_with('/')) {
            let path = path.to_owned();
            return self.visitor.get(&path);
        }
        let answer = self.question(address).navigating().ask(self.visitor.site);
        self.keep(address, &answer);
        answer
    }

    /// Stores the cookies of an answer of an app's host.
    pub fn keep(&mut self, address: &str, answer: &Answer) {
        if !self.keeps_cookies {
            return;
        }
        for line in answer.all("set-cookie") {
            let (name, rest) = line.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap().to_owned();
            let jar = self.jar(address);
            jar.retain(|(known, _)| known != name);
            if !line.contains("Max-Age=0") {
                jar.push((name.to_owned(), value));
            }
        }
    }

    /// Opens an address and goes on where answers lead, until one leads nowhere: its address, and the answer.
    pub fn follow(&mut self, address: &str) -> (String, Answer) {
        let mut here = address.to_owned();
        for _ in 0..12 {
            let answer = self.open(&here);
            let there = leads(&answer);
            if there.is_empty() {
                return (here, answer);
            }
            here = if there.starts_with('/') { format!("{}{there}", origin(&here)) } else { there };
        }
        panic!("it goes round and round: {here}");
    }

    /// Opens an app, which lets it in.
    pub fn enter(mut self, origin: &str) -> Self {
        let page = format!("{origin}/");
        let (there, answer) = self.follow(&page);
        assert_eq!((&*there, answer.status()), (&*page, 200), "{}", answer.body);
        self
    }

    /// The login host.
    pub fn login_host(&self) -> String {
        self.visitor.site.config.settings.base_url.to_string()
    }
}

/// Where an answer leads: by a redirect, or by a page that goes on by itself. Empty if it does not.
pub fn leads(answer: &Answer) -> String {
    let refresh = answer.header("refresh").strip_prefix("0; url=").unwrap_or_default();
    [answer.location(), refresh].concat()
}

/// The origin of an address.
pub fn origin(address: &str) -> &str {
    let start = address.find("://").unwrap() + 3;
    address[start..].find(['/', '?']).map_or(address, |end| &address[..start + end])
}

/// The host of an address, without its port: cookies know none.
fn host(address: &str) -> &str {
    let host = &origin(address)[address.find("://").unwrap() + 3..];
    host.rsplit_once(':').map_or(host, |(host, _)| host)
}
