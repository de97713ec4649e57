//! What was different before and after an event, for administrators. The owner of the account reads the sentence of the
//! event, and the name of the group that the account joined or left, and nothing else.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::event::Event;

/// What was different before and after an event. Never a secret.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Detail {
    /// What it was before; empty if there was nothing.
    pub before: Cow<'static, str>,
    /// What it is since; empty if there is nothing.
    pub after: Cow<'static, str>,
    /// Whether these are words about a person, such as an address: the log, which names an account by its ID, has
    /// none of them.
    #[serde(skip)]
    pub is_personal: bool,
}

impl Detail {
    /// The state of something that belongs to an account, in our own words.
    pub const fn state(before: &'static str, after: &'static str) -> Detail {
        Detail { before: Cow::Borrowed(before), after: Cow::Borrowed(after), is_personal: false }
    }

    /// A number of things that belong to an account.
    pub fn number(before: usize, after: usize) -> Detail {
        let [before, after] = [before, after].map(|number| Cow::Owned(number.to_string()));
        Detail { before, after, is_personal: false }
    }

    /// What a person is called, or where they are reached.
    pub fn personal(before: impl Into<String>, after: impl Into<String>) -> Detail {
        Detail { before: Cow::Owned(before.into()), after: Cow::Owned(after.into()), is_personal: true }
    }

    /// Names of what belongs to no one person, such as a group.
    pub fn names(before: impl Into<String>, after: impl Into<String>) -> Detail {
        Detail { is_personal: false, ..Detail::personal(before, after) }
    }

    /// As a row has it.
    pub(super) fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() // two texts are always written
    }

    /// As a row has it; `None` if there is none, or if only a newer version can read it.
    pub(super) fn read(written: Option<&str>) -> Option<Detail> {
        serde_json::from_str(written?).ok()
    }

    /// For administrators, below the sentence of the event.
    pub fn told(&self, event: Option<Event>) -> Told<'_> {
        if event == Some(Event::HandleChanged) {
            return Told::Change(or_none(&self.before), or_none(&self.after));
        }
        // Of our own words, such as `disabled`, the sentence is made already.
        let says_more = |text: &str| text.contains('@') || text.parse::<u64>().is_ok();
        match (&*self.before, &*self.after) {
            ("", "") => Told::Nothing,
            ("", kind) | (kind, "") if matches!(event, Some(Event::EmailRetried | Event::EmailDropped)) => {
                Told::Email(kind)
            }
            ("", about) | (about, "") => Told::About(about),
            (before, after) if says_more(before) && says_more(after) => Told::Change(before, after),
            _ => Told::Nothing,
        }
    }

    /// For the log: before, and after.
    pub(super) fn logged(&self) -> Option<(&str, &str)> {
        (!self.is_personal).then_some((&*self.before, &*self.after))
    }
}

/// A handle, or what stands in its place where an account has none.
fn or_none(handle: &str) -> &str {
    if handle.is_empty() { "–" } else { handle }
}

/// What a page of administrators says below the sentence of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told<'d> {
    /// Nothing: the sentence says it all.
    Nothing,
    /// What it was about: the name of a group, the ID of an invitation or of what is gone.
    About(&'d str),
    /// The kind of the email that it was about.
    Email(&'d str),
    /// What was before, and what is since: addresses, numbers or handles.
    Change(&'d str, &'d str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_the_sentence_does_not() {
        assert_eq!(Detail::names("", "choir").told(None), Told::About("choir"));
        assert_eq!(Detail::names("choir", "").told(None), Told::About("choir"));
        assert_eq!(Detail::number(3, 0).told(None), Told::Change("3", "0"));
        let (before, after) = ("ada@old.example", "ada@new.example");
        assert_eq!(Detail::personal(before, after).told(None), Told::Change(before, after));
        assert_eq!(Detail::personal("", after).told(None), Told::About(after));
        assert_eq!(Detail::state("enabled", "disabled").told(None), Told::Nothing);
        assert_eq!(Detail::state("", "").told(None), Told::Nothing);
        assert_eq!(Detail::names("reset", "").told(Some(Event::EmailDropped)), Told::Email("reset"));
        assert_eq!(Detail::personal("", "ada").told(Some(Event::HandleChanged)), Told::Change("–", "ada"));
    }

    #[test]
    fn what_a_person_is_called_stands_in_no_log() {
        let address = Detail::personal("ada@old.example", "ada@new.example");
        assert_eq!(address.written(), r#"{"before":"ada@old.example","after":"ada@new.example"}"#);
        assert_eq!(address.logged(), None);
        assert_eq!(Detail::state("enabled", "disabled").logged(), Some(("enabled", "disabled")));
        let read = Detail::read(Some(&address.written()));
        assert_eq!(read.map(|detail| detail.after), Some("ada@new.example".into()));
        assert_eq!((Detail::read(None), Detail::read(Some("{}"))), (None, None));
    }
}
