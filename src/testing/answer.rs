//! An answer to a visitor, and the questions that a test asks about it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use rocket::http::Status;
use rocket::local::blocking::LocalResponse;
use serde_json::Value;

/// An answer to a visitor.
///
/// ```no_run
/// use vestibule::testing::TestSite;
/// # fn app() -> vestibule::App { vestibule::app!() }
///
/// let answer = TestSite::of(app()).logged_in("ada@example.org").get("/notes");
/// assert_eq!(answer.status(), 200);
/// assert!(answer.says("No notes yet"));
/// assert_eq!(answer.menu(), ["Home", "Notes", "Profile", "Settings", "Logout"]);
/// ```
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    #[doc(hidden)]
    pub status: Status,
    /// The headers, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as it was sent.
    pub body: String,
}

impl Answer {
    /// Its status, such as 200 or 404.
    pub fn status(&self) -> u16 {
        self.status.code
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{}, {error}: {}", self.status, self.body))
    }

    /// Reads an answer; also one to a request that no browser would send, made with the client itself.
    #[doc(hidden)]
    pub fn read(response: LocalResponse<'_>) -> Answer {
        let headers = response.headers().iter();
        let headers = headers
            .map(|header| (header.name().to_string().to_lowercase(), header.value().to_owned()))
            .collect();
        let status = response.status();
        Answer { status, headers, body: response.into_string().unwrap_or_default() }
    }

    /// All values of a header, whose name is in lower case.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| &**value).collect()
    }

    /// The value of a header; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        let all = self.all(name);
        assert!(all.len() <= 1, "{name} is repeated: {all:?}");
        all.first().copied().unwrap_or_default()
    }

    /// Where a redirect leads; empty if it is not one.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The `Set-Cookie` line of a cookie; empty if there is none.
    pub fn set_cookie(&self, name: &str) -> &str {
        let named = |line: &&str| is_named(line.split('=').next().unwrap_or_default(), name);
        let all: Vec<_> = self.all("set-cookie").into_iter().filter(named).collect();
        assert!(all.len() <= 1, "{name} is set twice: {all:?}");
        all.first().copied().unwrap_or_default()
    }

    /// Whether a cookie is removed.
    pub fn takes_back(&self, name: &str) -> bool {
        self.set_cookie(name).contains("Max-Age=0")
    }

    /// The words of the menu, in order.
    pub fn menu(&self) -> Vec<String> {
        let menu = self.pieces("<nav", "</nav>").concat();
        words(&menu)
    }

    /// The notices on the page, each with its link.
    pub fn notices(&self) -> Vec<String> {
        self.pieces("<p class=\"notice", "</p>").into_iter().map(|notice| words(notice).join(" ")).collect()
    }

    /// Each part of the page between these two texts.
    pub fn pieces(&self, start: &str, end: &str) -> Vec<&str> {
        let rest =
            |at: usize| self.body[at..].find(end).map_or(&self.body[at..], |to| &self.body[at..at + to]);
        self.body.match_indices(start).map(|(at, _)| rest(at)).collect()
    }

    /// The values of an attribute, of any element, in order.
    pub fn values(&self, attribute: &str) -> Vec<String> {
        let start = format!(" {attribute}=\"");
        let values = self.body.split(&*start).skip(1);
        values.map(|rest| unescaped(rest.split('"').next().unwrap_or_default())).collect()
    }

    /// The hidden value of the page's own form; if it has none, that of the form in the frame.
    #[doc(hidden)]
    pub fn form_value(&self) -> String {
        let main = self.body.find("<main").unwrap_or_default();
        let value = |html: &str| {
            let (_, rest) = html.split_once("name=\"form\" value=\"")?;
            rest.split('"').next().map(str::to_owned)
        };
        value(&self.body[main..]).or_else(|| value(&self.body)).unwrap_or_else(|| panic!("{}", self.body))
    }

    /// The page with the same hidden value in each form; the real one differs each time.
    #[doc(hidden)]
    pub fn without_form_values(&self) -> String {
        let mut parts = self.body.split("name=\"form\" value=\"");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |page, part| {
            let (value, rest) = part.split_once('"').unwrap();
            page + &format!("name=\"form\" value=\"({} characters)\"", value.len()) + rest
        })
    }

    /// The page as it reads, with entities decoded.
    pub fn text(&self) -> String {
        unescaped(&self.body)
    }

    /// Whether the page contains a sentence.
    pub fn says(&self, sentence: &str) -> bool {
        self.text().contains(sentence)
    }
}

/// Whether a cookie has this name: on plain http, six letters of the site's key follow it.
fn is_named(cookie: &str, name: &str) -> bool {
    let mark = cookie.strip_prefix(name).and_then(|rest| rest.strip_prefix('-'));
    cookie == name
        || mark.is_some_and(|mark| mark.len() == 6 && mark.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// HTML with its entities decoded.
fn unescaped(html: &str) -> String {
    let mut text = html.to_owned();
    for (entity, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2F;", "/"), ("&amp;", "&")]
    {
        text = text.replace(entity, character);
    }
    text
}

/// The words between the tags of a piece of HTML.
fn words(html: &str) -> Vec<String> {
    let texts = html.split('<').filter_map(|part| part.split_once('>'));
    texts.map(|(_, text)| unescaped(text.trim())).filter(|text| !text.is_empty()).collect()
}
