//! The sentences of all languages, with those that the owner of the site has replaced.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::catalogue::{Catalogue, Marks, keys};
use super::direction::Direction;
use super::language::Language;
use super::pieces::Piece;
use super::sentence::{Argument, Sentence};

/// The sentences of all languages. A language is parsed when it is first used.
#[derive(Clone)]
pub struct Words(Arc<Inner>);

struct Inner {
    languages: Vec<OnceLock<Catalogue>>,
    /// The owner's own sentences.
    own: Vec<(Language, String)>,
    /// The variables that every sentence has: `$site` and `$contact`.
    everywhere: Vec<(&'static str, Argument)>,
}

impl Words {
    /// The sentences for a site of this name. `contact` is whom visitors may ask, if anyone. `own` has the owner's
    /// sentences, each time the code of a language and a text in Fluent's syntax. An error says what is wrong with
    /// those, as the rest of a sentence about the file.
    pub fn new(site_name: &str, contact: Option<&str>, own: Vec<(String, String)>) -> Result<Words, String> {
        for (code, _) in &own {
            if Language::by_code(code).is_none() {
                let all: Vec<_> = Language::all().map(Language::code).collect();
                let meant = Language::meant_by(code).map(|meant| format!(". Rename it to {meant}.ftl"));
                let (all, meant) = (all.join(", "), meant.unwrap_or_default());
                return Err(format!("is for no language of this program, which are {all}{meant}"));
            }
        }
        let words = Words::unchecked(site_name, contact, own);
        words.check()?;
        Ok(words)
    }

    /// The same with sentences that are not compared with ours.
    pub(crate) fn unchecked(site_name: &str, contact: Option<&str>, own: Vec<(String, String)>) -> Words {
        let everywhere =
            vec![("site", Argument::from(site_name)), ("contact", Argument::from(contact.unwrap_or("none")))];
        let own =
            own.into_iter().filter_map(|(code, text)| Some((Language::by_code(&code)?, text))).collect();
        let languages = Language::all().map(|_| OnceLock::new()).collect();
        Words(Arc::new(Inner { languages, own, everywhere }))
    }

    /// Whether each of the owner's sentences replaces one, and uses no variable that ours does not have.
    fn check(&self) -> Result<(), String> {
        for (language, text) in &self.0.own {
            let ours = Catalogue::load(*language, &[]);
            let with_own = Catalogue::load(*language, std::slice::from_ref(text));
            let keys_of_file = keys(text)?;
            let mut seen = HashSet::new();
            if let Some(twice) = keys_of_file.iter().find(|key| !seen.insert(key.as_str())) {
                return Err(format!("has `{twice}` twice: remove one"));
            }
            if !matches!(with_own.direction_written(), Some("ltr" | "rtl")) {
                return Err("has a `language-direction` that is neither ltr nor rtl".to_owned());
            }
            for key in keys_of_file {
                if ours.pattern(&key).is_none() {
                    let meant = nearest(&key, keys(&language.source()).unwrap_or_default());
                    let meant = meant.map(|meant| format!(". Did you mean `{meant}`?")).unwrap_or_default();
                    return Err(format!("has the unknown key `{key}`{meant}"));
                }
                let mut known = ours.variables(&key)?;
                known.extend(self.0.everywhere.iter().map(|(name, _)| (*name).to_owned()));
                if let Some(unknown) = with_own.variables(&key)?.difference(&known).next() {
                    let known: Vec<_> = known.iter().map(|name| format!("`${name}`")).collect();
                    let known = known.join(", ");
                    return Err(format!("has `${unknown}` in `{key}`, whose variables are {known}"));
                }
            }
        }
        Ok(())
    }

    /// A sentence in a language. Values that run in the other direction are isolated.
    pub fn text(&self, language: Language, sentence: &Sentence) -> String {
        self.said(language, sentence, Marks::Isolates)
    }

    /// The same without marks around such values, for emails: some programs show the marks.
    pub fn plain(&self, language: Language, sentence: &Sentence) -> String {
        self.said(language, sentence, Marks::None)
    }

    fn said(&self, language: Language, sentence: &Sentence, marks: Marks) -> String {
        let text = |language| self.catalogue(language).text(sentence, &self.0.everywhere, marks);
        // A test checks that every language has every sentence. Were one missing, English is better than nothing.
        text(language).or_else(|| text(Language::english())).unwrap_or_else(|| sentence.key().to_owned())
    }

    /// The parts of a sentence, if its words depend only on the site. `None` if they depend on other values, or if
    /// there is no such sentence.
    pub fn pieces(&self, language: Language, key: &str) -> Option<Vec<Piece>> {
        self.catalogue(language).pieces(key, &self.0.everywhere)
    }

    /// Whether a language has a sentence.
    pub fn has(&self, language: Language, key: &str) -> bool {
        self.catalogue(language).pattern(key).is_some()
    }

    /// The direction in which a language is written.
    pub fn direction(&self, language: Language) -> Direction {
        self.catalogue(language).direction
    }

    fn catalogue(&self, language: Language) -> &Catalogue {
        static EMPTY: OnceLock<Catalogue> = OnceLock::new();
        let own = || {
            let of_this = self.0.own.iter().filter(|(own, _)| *own == language);
            of_this.map(|(_, text)| text.clone()).collect::<Vec<_>>()
        };
        let slot = self.0.languages.get(language.index()).unwrap_or(&EMPTY);
        slot.get_or_init(|| Catalogue::load(language, &own()))
    }
}

/// The key that was probably meant. A far-fetched one would help no one.
fn nearest(typed: &str, keys: Vec<String>) -> Option<String> {
    const NEAR: f64 = 0.8;
    let near = keys.into_iter().map(|key| (strsim::jaro(&key, typed), key)).filter(|(near, _)| *near >= NEAR);
    near.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, key)| key)
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words")
    }
}
