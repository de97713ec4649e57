//! How a notice reaches the next page. Rocket's own `Flash` carries it over a redirect, but its cookie contains only a code of
//! a closed set: whatever a forged cookie says, no other text can appear on a page.

use rocket::request::FlashMessage;
use rocket::response::{Flash, Redirect};
use rocket::time::Duration;
use serde::Serialize;

use super::cookies::Cookies;
use super::next::Next;
use super::notice::{Kind, Notice};
use crate::base::{Browser, Sentence, Settings};

/// The name of Rocket's flash cookie.
pub const COOKIE: &str = "_flash";

/// The lifetime of that cookie, as Rocket sets it.
pub(super) const LIFE: Duration = Duration::minutes(5);

/// A notice as templates show it: the sentence, then a link if it has one.
#[derive(Debug, Serialize)]
pub struct Shown {
    kind: &'static str,
    text: String,
    link: Option<Link>,
}

#[derive(Debug, Serialize)]
struct Link {
    text: String,
    href: String,
}

/// The value of Rocket's cookie for a notice of this kind and code.
pub(super) fn value_of_cookie(kind: Kind, code: &str) -> String {
    let kind = kind.code();
    format!("{}:{kind}{code}", kind.len())
}

/// Makes a sentence the text that this visitor reads.
pub type Say<'s> = &'s dyn Fn(&Sentence) -> String;

impl Shown {
    /// A sentence of this kind, without a link.
    pub(super) fn plain(kind: Kind, text: String) -> Shown {
        Shown { kind: kind.code(), text, link: None }
    }

    /// This device was logged out: when (a day and a time of day, in words), by whom (the code of an actor), and
    /// in which browser. The flash carries none of them; they are looked up for the device of the cookie.
    pub fn logged_out(date: &str, time: &str, actor: &str, browser: Browser, say: Say<'_>) -> Shown {
        let sentence = Sentence::new("notice-device-logged-out").with("date", date).with("time", time);
        let sentence = browser.in_sentence(sentence.with("actor", actor));
        Shown::plain(Kind::Warning, say(&sentence))
    }
}

impl Notice {
    /// The value of the cookie that carries it, as Rocket writes it.
    pub(super) fn cookie_value(self) -> String {
        value_of_cookie(self.kind(), self.code())
    }

    /// A redirect that shows this notice on the next page.
    pub fn after(self, redirect: Redirect) -> Flash<Redirect> {
        Flash::new(redirect, self.kind().code(), self.code())
    }

    /// The notice for this visitor, if the cookie contains a known one. The whole value is compared: Rocket's
    /// own parser panics on some forged values.
    pub fn waiting(cookies: Cookies<'_>) -> Option<Notice> {
        let cookie = cookies.jar()?.get(COOKIE)?;
        Notice::ALL.iter().copied().find(|notice| cookie.value() == notice.cookie_value())
    }

    /// Removes a waiting notice that is no longer true.
    pub fn forget(cookies: Cookies<'_>) {
        if let Some(jar) = cookies.jar().filter(|jar| jar.get(COOKIE).is_some()) {
            jar.remove(COOKIE);
        }
    }

    /// Takes the notice for showing, with a link if it has one, which keeps `next`. Removes the cookie that carried
    /// it.
    pub fn show(
        self,
        flash: &FlashMessage<'_>,
        next: Option<&Next>,
        settings: &Settings,
        say: Say<'_>,
    ) -> Shown {
        let _ = flash.kind(); // this removes the cookie; kind and sentence come from the notice
        let link = self.link(next);
        let link = link.map(|(key, href)| Link { text: say(&Sentence::from(key)), href });
        Shown { kind: self.kind().code(), text: say(&self.sentence(settings)), link }
    }
}
