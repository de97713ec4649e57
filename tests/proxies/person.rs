//! A person with a browser, or with a program that has the browser's cookies. Each name that ends in `.localhost` is this
//! machine. Cookies belong to hosts and know no ports, as in a browser.

use std::collections::BTreeMap;

use crate::http::{Message, Request, ask};
use crate::running::here;
use crate::site::{PASSWORD, Site};
use crate::visitor::form;

/// More steps than any way has.
const MANY: usize = 12;

pub struct Person<'s> {
    site: &'s Site,
    /// Cookies by host and name.
    jar: BTreeMap<String, BTreeMap<String, String>>,
    /// The beginnings of the names of cookies that the browser does not keep.
    pub refuses: &'static [&'static str],
}

/// What a way was like.
#[derive(Debug)]
pub struct Way {
    /// Where it led, from the first address to the last.
    pub steps: Vec<String>,
    /// The last answer.
    pub end: Message,
}

impl Way {
    /// The last address.
    pub fn last(&self) -> &str {
        self.steps.last().unwrap()
    }
}

impl<'s> Person<'s> {
    /// Someone who was never here.
    pub fn stranger(site: &'s Site) -> Person<'s> {
        Person { site, jar: BTreeMap::new(), refuses: &[] }
    }

    /// Someone who has logged in, and has used no app.
    pub fn logged_in(site: &'s Site, email: &str) -> Person<'s> {
        let mut person = Person::stranger(site);
        let answer =
            person.posts(&format!("{}/login", site.login), &[("email", email), ("password", PASSWORD)]);
        assert_eq!((answer.status(), answer.header("location")), (303, "/profile"), "{answer:?}");
        person
    }

    /// The same, who was let in at an app's origin, and has not seen a page of it yet.
    pub fn let_in(site: &'s Site, email: &str, origin: &str) -> Person<'s> {
        let mut person = Person::logged_in(site, email);
        let entrance = person.ticket(&format!("{origin}/"));
        let answer = person.opens(&entrance);
        assert!(person.cookie(origin, "gate").is_some(), "{entrance}: {answer:?}");
        person
    }

    /// The address with a ticket, to which the way to a page leads someone who is logged in and may.
    pub fn ticket(&mut self, page: &str) -> String {
        let mut address = page.to_owned();
        for _ in 0..MANY {
            let answer = self.opens(&address);
            address =
                absolute(answer.leads_to().unwrap_or_else(|| panic!("{address}: {answer:?}")), &address);
            if address.contains("/.vestibule/in?") {
                return address;
            }
        }
        panic!("no ticket for {page}, but {address}");
    }

    /// A request for an address with the cookies of its host.
    pub fn request(&self, method: &str, address: &str) -> Request {
        let (host, target) = parts(address);
        let name = host.split(':').next().unwrap_or_default();
        let cookies: Vec<_> =
            self.jar.get(name).into_iter().flatten().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::new(method, target).host(host);
        if cookies.is_empty() { request } else { request.with(format!("Cookie: {}", cookies.join("; "))) }
    }

    /// Sends a request for an address, and keeps the cookies of the answer.
    pub fn sends(&mut self, address: &str, request: &Request) -> Message {
        let (host, _) = parts(address);
        let (name, port) = host.split_once(':').unwrap_or_else(|| panic!("{address} has no port"));
        assert!(name.ends_with(".localhost"), "{address} is not here");
        let answer = ask(here(port.parse().unwrap()), request);
        let jar = self.jar.entry(name.to_owned()).or_default();
        for cookie in answer.all("set-cookie") {
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap_or_default();
            if rest.contains("Max-Age=0") || self.refuses.iter().any(|begins| name.starts_with(begins)) {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// Opens a page in the browser.
    pub fn opens(&mut self, address: &str) -> Message {
        let request = navigation(self.request("GET", address));
        self.sends(address, &request)
    }

    /// Opens a page and goes wherever it leads, to its end.
    pub fn walks(&mut self, address: &str) -> Way {
        let mut steps = vec![address.to_owned()];
        while steps.len() <= MANY {
            let end = self.opens(steps.last().unwrap());
            let Some(next) = end.leads_to().map(|next| absolute(next, steps.last().unwrap())) else {
                return Way { steps, end };
            };
            steps.push(next);
        }
        panic!("it goes on for ever: {steps:#?}");
    }

    /// Asks for an address by a program, such as a script of a page.
    pub fn calls(&mut self, address: &str) -> Message {
        let request = self.request("GET", address).with("Accept: */*").with("Sec-Fetch-Mode: cors");
        self.sends(address, &request)
    }

    /// Sends a form of the login host.
    pub fn posts(&mut self, address: &str, fields: &[(&str, &str)]) -> Message {
        let request = self.request("POST", address).with("Content-Type: application/x-www-form-urlencoded");
        self.sends(address, &request.body(form(fields).as_bytes()))
    }

    pub fn logs_out(&mut self) {
        let answer = self.posts(&format!("{}/logout", self.site.login), &[]);
        assert_eq!(answer.status(), 303, "{answer:?}");
    }

    /// The cookie of an origin's host whose name begins so, as `name=value`.
    pub fn cookie(&self, origin: &str, begins: &str) -> Option<String> {
        let name = parts(origin).0.split(':').next().unwrap_or_default();
        let mut cookies = self.jar.get(name)?.iter();
        let (name, value) = cookies.find(|(name, _)| name.starts_with(begins))?;
        Some(format!("{name}={value}"))
    }
}

/// As a browser asks for a page that was typed.
pub fn navigation(request: Request) -> Request {
    request
        .with("Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
        .with("Sec-Fetch-Mode: navigate")
        .with("Sec-Fetch-Dest: document")
        .with("Sec-Fetch-Site: none")
}

/// The host with its port, and the path with its query, as it is written.
fn parts(address: &str) -> (&str, &str) {
    let rest = address.strip_prefix("http://").unwrap_or_else(|| panic!("{address} is no address"));
    match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    }
}

/// Where an address leads from a page.
fn absolute(address: &str, from: &str) -> String {
    if address.starts_with('/') && !address.starts_with("//") {
        return format!("http://{}{address}", parts(from).0);
    }
    address.to_owned()
}
