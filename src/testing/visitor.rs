//! A visitor, who uses only the site's pages.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::fmt;
use std::net::IpAddr;

use rocket::http::{Cookie, Header, Status};

use super::answer::Answer;
use super::site::TestSite;
use crate::web::paths;

/// A visitor with a browser: requests have a `Host`, and the cookies that answers set.
///
/// ```no_run
/// use vestibule::testing::{PASSWORD, TestSite};
/// # fn app() -> vestibule::App { vestibule::app!() }
///
/// let site = TestSite::of(app());
/// let mut ada = site.visitor();
/// ada.sign_up("ada@example.org", "Ada", PASSWORD);
/// assert_eq!(ada.log_in("ada@example.org", PASSWORD).location(), "/notes");
/// assert_eq!(ada.fill_in("/notes", "/notes", &[("text", "Water the plants")]).location(), "/notes");
/// ```
#[derive(Clone)]
pub struct Visitor<'s> {
    /// The site that is visited.
    pub site: &'s TestSite,
    /// Names and values of cookies, as a browser stores them, but without the six letters that follow a name on plain
    /// http.
    #[doc(hidden)]
    pub jar: Vec<(String, String)>,
    /// Headers sent with every request.
    #[doc(hidden)]
    pub headers: Vec<(String, String)>,
    /// The IP address of the connection.
    #[doc(hidden)]
    pub remote: Option<IpAddr>,
}

impl TestSite {
    /// A visitor with a browser that keeps cookies.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor { site: self, jar: Vec::new(), headers: Vec::new(), remote: None }
    }

    /// A visitor with their own IP address.
    pub fn visitor_from(&self, address: &str) -> Visitor<'_> {
        self.visitor().at(address)
    }
}

impl fmt::Debug for Visitor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visitor").field("jar", &self.jar).finish_non_exhaustive()
    }
}

impl Visitor<'_> {
    /// The same visitor, with this IP address from now on.
    pub fn at(mut self, address: &str) -> Self {
        self.remote = Some(address.parse().unwrap());
        self
    }

    /// The same visitor, sending one more header from now on.
    pub fn sending(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Opens a page.
    pub fn get(&mut self, path: &str) -> Answer {
        self.request("GET", path, None, "")
    }

    /// Submits a form with a body that is encoded: `a=1&b=2`.
    pub fn post(&mut self, path: &str, body: &str) -> Answer {
        self.request("POST", path, Some("application/x-www-form-urlencoded"), body)
    }

    /// Submits a form with these fields, without opening its page first.
    pub fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post(path, &encoded(fields))
    }

    /// Opens a page and submits the form on it like a browser, with its hidden value.
    pub fn fill_in(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let value = self.get(page).form_value();
        self.submit(path, &[&[("form", &*value)], fields].concat())
    }

    /// Submits the sign-up form.
    pub fn sign_up(&mut self, email: &str, name: &str, password: &str) -> Answer {
        self.submit("/signup", &[("email", email), ("name", name), ("password", password)])
    }

    /// Submits the login form.
    pub fn log_in(&mut self, email: &str, password: &str) -> Answer {
        self.submit("/login", &[("email", email), ("password", password)])
    }

    /// Submits the login form with "Remember me" ticked.
    pub fn log_in_remembered(&mut self, email: &str, password: &str) -> Answer {
        self.submit("/login", &[("email", email), ("password", password), ("remember", "yes")])
    }

    /// Whether the visitor is logged in.
    pub fn is_logged_in(&mut self) -> bool {
        self.get(paths::PROFILE).status == Status::Ok
    }

    /// The value of a cookie of this browser.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.jar.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// Puts a cookie into this browser, as if it was handed over or stolen.
    pub fn plant(&mut self, name: &str, value: &str) {
        self.jar.retain(|(known, _)| known != name);
        self.jar.push((name.to_owned(), value.to_owned()));
    }

    /// Sends any request.
    pub fn request(&mut self, method: &str, path: &str, kind: Option<&str>, body: &str) -> Answer {
        let method = method.parse().unwrap();
        let mut request = self.site.client.req(method, path.to_owned());
        if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request.add_header(Header::new("Host", self.site.host()));
        }
        if let Some(kind) = kind {
            request.add_header(Header::new("Content-Type", kind.to_owned()));
        }
        for (name, value) in &self.headers {
            request.add_header(Header::new(name.clone(), value.clone()));
        }
        if let Some(address) = self.remote {
            request.set_remote((address, 50_000).into());
        }
        for (name, value) in &self.jar {
            request = request.cookie(Cookie::new(self.site.cookie_name(name), value.clone()));
        }
        let answer = Answer::read(request.body(body).dispatch());
        self.keep_cookies(&answer);
        answer
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for text in answer.all("set-cookie") {
            let cookie = Cookie::parse_encoded(text.to_owned()).unwrap();
            let mark = format!("-{}", self.site.key.mark());
            let kept = cookie.name().strip_suffix(&mark).unwrap_or(cookie.name()).to_owned();
            self.jar.retain(|(name, _)| *name != kept);
            let gone = cookie.max_age().is_some_and(|age| age.is_zero());
            if !gone {
                self.jar.push((kept, cookie.value().to_owned()));
            }
        }
    }
}

/// Fields as a form sends them.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
