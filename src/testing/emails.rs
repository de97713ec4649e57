//! The emails of a test's site.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use super::site::TestSite;
use crate::base::mailer::Mail;
use crate::services::outbox;

/// An email that the site of a test has sent.
///
/// ```no_run
/// use vestibule::testing::Setup;
/// # fn app() -> vestibule::App { vestibule::app!() }
///
/// let site = Setup::of(app()).with_email().build();
/// let mut ada = site.logged_in("ada@example.org");
/// ada.submit("/notes/share", &[("title", "Plants")]);
/// let email = site.email_to("ada@example.org");
/// assert_eq!(email.subject, "You shared a note");
/// assert!(email.text.contains("Plants"));
/// assert_eq!(ada.get(&email.links[0]).status(), 200);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SentEmail {
    /// The address of its recipient.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text, for programs that show no HTML.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The links in its text, in order. One to this site is its path, as a visitor of the test opens it: `/notes`.
    pub links: Vec<String>,
}

impl TestSite {
    /// All emails that were sent by now, oldest first. There are none unless email is on
    /// ([`Setup::with_email`](crate::testing::Setup::with_email)).
    pub fn emails(&self) -> Vec<SentEmail> {
        let base_url = self.config.settings.base_url.to_string();
        self.mails().into_iter().map(|mail| sent(mail, &base_url)).collect()
    }

    /// The newest email to an address. Fails the test if there is none.
    pub fn email_to(&self, address: &str) -> SentEmail {
        let newest = self.emails().into_iter().rfind(|email| email.to == address);
        newest.unwrap_or_else(|| panic!("there is no email to {address}"))
    }

    /// The link in the newest email to an address: of several, the one that does something, such as to confirm the
    /// address.
    pub fn emailed_link(&self, address: &str) -> String {
        let SentEmail { links, text, .. } = self.email_to(address);
        let does_something = links.iter().find(|link| link.contains("?token="));
        does_something.or(links.first()).unwrap_or_else(|| panic!("there is no link in it: {text}")).clone()
    }

    /// The emails as they were handed over to be sent.
    #[doc(hidden)]
    pub fn mails(&self) -> Vec<Mail> {
        self.block_on(outbox::deliver(&self.site)).unwrap();
        // The server's own task may be sending one. An email that is to wait is not sent.
        let now = self.clock.now().unix();
        let at_work = format!(
            "select count(*) from outbox where given_up_at is null and last_error is null \
             and (attempts > 0 or due_at <= {now})"
        );
        let at_work: &'static str = at_work.leak();
        while self.number(at_work) > 0 {
            std::thread::yield_now();
        }
        self.site.mailer.kept()
    }
}

fn sent(mail: Mail, base_url: &str) -> SentEmail {
    let Mail { to, subject, text, html, .. } = mail;
    let links = text.split_whitespace().filter_map(|word| link(word, base_url)).collect();
    SentEmail { to, subject, text, html, links }
}

/// The link in a word of a text, without the marks around it.
fn link(word: &str, base_url: &str) -> Option<String> {
    let at = word.find("https://").or_else(|| word.find("http://"))?;
    let address = word[at..].trim_end_matches(|c: char| ".,;:!?)>]\"'“”»".contains(c));
    Some(match address.strip_prefix(base_url) {
        Some("") => "/".to_owned(),
        Some(path) if path.starts_with('/') => path.to_owned(),
        _ => address.to_owned(),
    })
}

/// The link in an email, without the site's own address. Text and HTML contain the same one.
pub fn link_in(email: &Mail) -> String {
    let line =
        email.text.lines().find(|line| line.contains("?token=")).unwrap_or_else(|| panic!("{}", email.text));
    let (_, address) = line.trim().split_once("://").unwrap();
    let path = &address[address.find('/').unwrap()..];
    let escaped = path.replace('/', "&#x2F;");
    assert!(email.html.contains(path) || email.html.contains(&escaped), "{}", email.html);
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_the_site_is_its_path_and_marks_around_it_are_no_part_of_it() {
        let found = |word| link(word, "http://localhost:8000");
        for (word, link) in [
            ("http://localhost:8000", "/"),
            ("http://localhost:8000/notes?id=7.", "/notes?id=7"),
            ("(http://localhost:8000/notes),", "/notes"),
            ("http://localhost:80001/notes", "http://localhost:80001/notes"),
            ("<https://example.org>", "https://example.org"),
        ] {
            assert_eq!(found(word).as_deref(), Some(link), "{word}");
        }
        assert_eq!((found("localhost:8000/notes"), found("")), (None, None));
    }
}
