//! Checks sentences that others have written: those of an app, and those of the owner of a site. An error is the rest of
//! a sentence about the file.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::catalogue::{Catalogue, keys};
use super::language::Language;

/// The variables that every sentence has.
pub(super) const EVERYWHERE: [&str; 2] = ["site", "contact"];

/// How the sentences of an app begin that its notices, events and emails look for, though ours begin alike.
const OF_APPS: [&str; 3] = ["notice-app-", "event-app-", "email-app-"];

/// Sentences of one language.
pub(super) struct Written<'w> {
    pub(super) language: Language,
    pub(super) text: &'w str,
    /// Those that it may replace, next to ours.
    pub(super) below: &'w [&'w str],
    /// Whether it may have sentences that replace none.
    pub(super) adds: bool,
}

/// The language with this code.
pub(super) fn language(code: &str) -> Result<Language, String> {
    Language::by_code(code).ok_or_else(|| {
        let all: Vec<_> = Language::all().map(Language::code).collect();
        let meant = Language::meant_by(code).map(|meant| format!(". Rename it to {meant}.ftl"));
        format!(
            "is for no language of this program, which are {}{}",
            all.join(", "),
            meant.unwrap_or_default()
        )
    })
}

/// The key that was probably meant. A far-fetched one would help no one.
fn nearest(typed: &str, keys: impl Iterator<Item = String>) -> Option<String> {
    const NEAR: f64 = 0.8;
    let near = keys.map(|key| (strsim::jaro(&key, typed), key)).filter(|(near, _)| *near >= NEAR);
    near.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, key)| key)
}

/// Whether the sentences of an app can be used, each time the code of a language and a text in Fluent's syntax. An
/// error is the code of the file and what is wrong with it.
pub fn check_app(files: &[(String, String)]) -> Result<(), (String, String)> {
    // English first: what the other files are compared with.
    let (english, others): (Vec<_>, Vec<_>) = files.iter().partition(|(code, _)| code == "en");
    let mut added = BTreeMap::new();
    for (code, text) in english.into_iter().chain(others) {
        let wrong = |what: String| (code.clone(), what);
        let language = language(code).map_err(wrong)?;
        let written = Written { language, text, below: &[], adds: true };
        for (key, variables) in written.check().map_err(wrong)? {
            let (first, known) = added.entry(key.clone()).or_insert_with(|| (code, variables.clone()));
            if let Some(unknown) = variables.difference(known).next() {
                return Err(wrong(format!("has `${unknown}` in `{key}`, which words/{first}.ftl has not")));
            }
        }
    }
    Ok(())
}

impl Written<'_> {
    /// Checks them: each replaces one and uses no variable that the other does not have, or it is an addition. Returns
    /// the additions, with their variables.
    pub(super) fn check(&self) -> Result<Vec<(String, BTreeSet<String>)>, String> {
        let below = Catalogue::load(self.language, self.below);
        let with_own = Catalogue::load(self.language, &[self.below, &[self.text]].concat());
        let keys_of_file = keys(self.text)?;
        let mut seen = HashSet::new();
        if let Some(twice) = keys_of_file.iter().find(|key| !seen.insert(key.as_str())) {
            return Err(format!("has `{twice}` twice: remove one"));
        }
        if !matches!(with_own.direction_written(), Some("ltr" | "rtl")) {
            return Err("has a `language-direction` that is neither ltr nor rtl".to_owned());
        }
        let ours = keys(&self.language.source()).unwrap_or_default();
        let mut added = Vec::new();
        for key in keys_of_file {
            let replaces = below.pattern(&key).is_some();
            if !(replaces || self.adds && is_of_app(&key, &ours)) {
                return Err(self.unknown(&key, ours));
            }
            if with_own.pattern(&key).is_none() {
                return Err(format!("has no words for `{key}`"));
            }
            let used = with_own.variables(&key)?;
            if !replaces {
                added.push((key, used));
                continue;
            }
            let mut known = below.variables(&key)?;
            known.extend(EVERYWHERE.map(str::to_owned));
            if let Some(unknown) = used.difference(&known).next() {
                let known: Vec<_> = known.iter().map(|name| format!("`${name}`")).collect();
                let known = known.join(", ");
                return Err(format!("has `${unknown}` in `{key}`, whose variables are {known}"));
            }
        }
        Ok(added)
    }

    /// That a sentence replaces none, and which one is meant.
    fn unknown(&self, key: &str, ours: Vec<String>) -> String {
        let below = self.below.iter().flat_map(|text| keys(text).unwrap_or_default());
        let meant = nearest(key, ours.into_iter().chain(below));
        let meant = meant.map(|meant| format!(". Did you mean `{meant}`?")).unwrap_or_default();
        let how = match self.adds {
            true if meant.is_empty() => {
                ". A key of the app must not begin with the same word as one of Vestibule; app- is free"
            }
            true => " A key of the app must not begin with the same word as one of Vestibule; app- is free",
            false => "",
        };
        format!("has the unknown key `{key}`{meant}{how}")
    }
}

/// Whether a sentence may be one of an app. It does not begin with the same word as one of ours: then it is more likely
/// that one of ours is misspelled, and a later version of ours may have it.
fn is_of_app(key: &str, ours: &[String]) -> bool {
    let beginning = |key: &str| key.split('-').next().map(str::to_owned);
    OF_APPS.iter().any(|of_apps| key.starts_with(of_apps))
        || !ours.iter().any(|ours| beginning(ours) == beginning(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(files: &[(&str, &str)]) -> Result<(), String> {
        let files: Vec<_> =
            files.iter().map(|(code, text)| ((*code).to_owned(), (*text).to_owned())).collect();
        check_app(&files).map_err(|(code, what)| format!("{code} {what}"))
    }

    #[test]
    fn an_app_may_add_sentences_and_replace_ours() {
        let english =
            "notes-many = { $total } notes of { $site }\nnav-home = Start\nnotice-app-saved = Saved.\n";
        assert_eq!(checked(&[("de", "notes-many = { $total } Notizen\n"), ("en", english)]), Ok(()));
    }

    #[test]
    fn what_is_wrong_with_sentences_of_an_app_is_named() {
        for (files, told) in [
            (vec![("en", "nav-hom = A\n")], "en has the unknown key `nav-hom`. Did you mean `nav-home`?"),
            (vec![("en", "profile-welcome = { $nmae }\n")], "en has `$nmae` in `profile-welcome`, whose"),
            (
                vec![("de", "notes-many = { $totl }\n"), ("en", "notes-many = { $total }\n")],
                "de has `$totl` in `notes-many`, which words/en.ftl has not",
            ),
            (vec![("en", "notes-a = { notes-b }\n")], "en has the unknown sentence `notes-b` in `notes-a`"),
            (vec![("en", "notes-a = { -brand }\n")], "en has a function, a term"),
            (vec![("en", "notes-a = A\nnotes-a = B\n")], "en has `notes-a` twice"),
            (vec![("en", "notes-a =\n    .title = A\n")], "en has no words for `notes-a`"),
            (vec![("tlh", "notes-a = A\n")], "tlh is for no language of this program"),
            (vec![("en", "= A\n")], "en line 1 cannot be read"),
        ] {
            let wrong = checked(&files).unwrap_err();
            assert!(wrong.contains(told), "{wrong}");
        }
    }
}
