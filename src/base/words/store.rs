//! The sentences of all languages, with those of the app, and those that the owner of the site has replaced.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::catalogue::{Catalogue, Marks};
use super::check::{self, EVERYWHERE, Written};
use super::direction::Direction;
use super::language::Language;
use super::pieces::Piece;
use super::sentence::{Argument, Sentence};

/// The sentences of all languages. A language is parsed when it is first used.
#[derive(Clone)]
pub struct Words(Arc<Inner>);

struct Inner {
    languages: Vec<OnceLock<Catalogue>>,
    /// Those of the app, and above them the owner's.
    own: Vec<(Language, String)>,
    /// The variables that every sentence has: `$site` and `$contact`.
    everywhere: Vec<(&'static str, Argument)>,
}

impl Words {
    /// The sentences for a site of this name. `contact` is whom visitors may ask, if anyone. `own` has the owner's
    /// sentences, each time the code of a language and a text in Fluent's syntax. An error says what is wrong with
    /// those, as the rest of a sentence about the file.
    pub fn new(site_name: &str, contact: Option<&str>, own: Vec<(String, String)>) -> Result<Words, String> {
        Words::above(&[], site_name, contact, own)
    }

    /// The same for the site of an app with sentences of its own, which were checked.
    pub fn above(
        app: &[(String, String)],
        site_name: &str,
        contact: Option<&str>,
        own: Vec<(String, String)>,
    ) -> Result<Words, String> {
        for (code, text) in &own {
            let language = check::language(code)?;
            let below: Vec<_> =
                app.iter().filter(|(of, _)| of == code).map(|(_, text)| text.as_str()).collect();
            Written { language, text, below: &below, adds: false }.check()?;
        }
        Ok(Words::unchecked(site_name, contact, [app.to_vec(), own].concat()))
    }

    /// The same with sentences that are not compared with ours. Later ones replace earlier ones.
    pub(crate) fn unchecked(site_name: &str, contact: Option<&str>, own: Vec<(String, String)>) -> Words {
        let values = [Argument::from(site_name), Argument::from(contact.unwrap_or("none"))];
        let everywhere = EVERYWHERE.into_iter().zip(values).collect();
        let own =
            own.into_iter().filter_map(|(code, text)| Some((Language::by_code(&code)?, text))).collect();
        let languages = Language::all().map(|_| OnceLock::new()).collect();
        Words(Arc::new(Inner { languages, own, everywhere }))
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
        let nearest = text(language).or_else(|| text(Language::english()));
        // A test checks that every language has each of our sentences. One of an app may be missing in some.
        let other = || match sentence.otherwise() {
            Some(text) => Some(text.to_owned()),
            None => self.languages_of_own().find_map(text),
        };
        nearest.or_else(other).unwrap_or_else(|| sentence.key().to_owned())
    }

    /// A sentence of an app in a language, or in English. `fallback` is the text of its code, for an app without a file
    /// that has the sentence.
    pub fn text_or(&self, language: Language, sentence: &Sentence, fallback: &str) -> String {
        self.text(language, &sentence.clone().or(fallback.to_owned()))
    }

    /// The same without marks around values that run in the other direction, for emails.
    pub fn plain_or(&self, language: Language, sentence: &Sentence, fallback: &str) -> String {
        self.plain(language, &sentence.clone().or(fallback.to_owned()))
    }

    /// The parts of a sentence, if its words depend only on the site. `None` if they depend on other values, or if
    /// there is no such sentence.
    pub fn pieces(&self, language: Language, key: &str) -> Option<Vec<Piece>> {
        self.catalogue(language).pieces(key, &self.0.everywhere)
    }

    /// The language in which a reader of this one gets a sentence. Only a sentence of an app can be missing in some: then
    /// it is English, or any other. `None` if there is no such sentence.
    pub fn language_of(&self, language: Language, key: &str) -> Option<Language> {
        let nearest = [language, Language::english()].into_iter();
        nearest.chain(self.languages_of_own()).find(|each| self.has(*each, key))
    }

    /// The languages that may have sentences which ours do not have.
    fn languages_of_own(&self) -> impl Iterator<Item = Language> {
        self.0.own.iter().map(|(language, _)| *language)
    }

    /// The variables that a sentence needs, without those that every sentence has.
    pub fn variables(&self, language: Language, key: &str) -> Vec<String> {
        let all = self.catalogue(language).variables(key).unwrap_or_default();
        all.into_iter().filter(|name| !EVERYWHERE.contains(&name.as_str())).collect()
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
            of_this.map(|(_, text)| text.as_str()).collect::<Vec<_>>()
        };
        let slot = self.0.languages.get(language.index()).unwrap_or(&EMPTY);
        slot.get_or_init(|| Catalogue::load(language, &own()))
    }
}

/// Whether they say the same.
impl PartialEq for Words {
    fn eq(&self, other: &Words) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.own == other.0.own && self.0.everywhere == other.0.everywhere)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(code, text)| ((*code).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn the_owner_stands_above_the_app_and_the_app_above_us() {
        let app = files(&[("en", "nav-home = Start\nnav-login = Enter\nnotes-many = { $total } notes\n")]);
        let own = files(&[("en", "nav-login = Come in\nnotes-many = { $total } leaves\n")]);
        let words = Words::above(&app, "Notes", None, own).unwrap();
        let said = |sentence: Sentence| words.text(Language::english(), &sentence);
        assert_eq!(said("nav-home".into()), "Start");
        assert_eq!(said("nav-login".into()), "Come in");
        assert_eq!(said(Sentence::new("notes-many").with("total".to_owned(), 2_i64)), "2 leaves");
        for (own, told) in [("notes-mny = A\n", "`notes-many`"), ("notes-many = { $all }\n", "`$total`")] {
            let wrong = Words::above(&app, "Notes", None, files(&[("en", own)])).unwrap_err();
            assert!(wrong.contains(told), "{wrong}");
        }
    }

    #[test]
    fn a_sentence_of_an_app_is_said_in_english_or_as_its_code_has_it() {
        let app = files(&[("de", "notes-a = Oh\nnotes-b = Ah\n"), ("en", "notes-a = Oh!\n")]);
        let words = Words::above(&app, "Notes", None, Vec::new()).unwrap();
        let [german, french] = ["de", "fr"].map(|code| Language::by_code(code).unwrap());
        let said = |language, key: &'static str| words.text_or(language, &key.into(), "From the code.");
        assert_eq!((said(german, "notes-a"), said(french, "notes-a")), ("Oh".to_owned(), "Oh!".to_owned()));
        assert_eq!(said(french, "notes-b"), "From the code.");
        // A template has no other text.
        assert_eq!(words.text(french, &"notes-b".into()), "Ah");
        assert_eq!(words.language_of(french, "notes-b"), Some(german));
        assert_eq!(words.language_of(french, "notes-c"), None);
    }
}
