//! Prepares and parses templates, and keeps them for the next site in the same process that has the same ones. Each test
//! starts a site of its own, and parsing took a third of the processor time of all web tests. A program has one site, so a
//! release build keeps none.

use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use rocket_dyn_templates::tera::Tera;
use serde_json::{Map, Value};

use super::template_blocks;
use super::template_fixed::chain;
use super::template_sources::{Source, told};
use crate::base::{Language, Words};

/// How many sets of templates are kept: those of pages in each language, and those of each email.
const KEPT: usize = 32;

/// Templates of a site, and what they are prepared with.
#[derive(Clone, Copy, Debug)]
pub struct TemplateSet<'s> {
    /// The templates as they are written.
    pub sources: &'s [Source],
    /// The sentences in them.
    pub words: &'s Words,
    /// The language of these.
    pub language: Language,
    /// What is the same on every page.
    pub fixed: &'s Map<String, Value>,
}

/// A set that was parsed.
struct Parsed {
    sources: Vec<Source>,
    words: Words,
    language: Language,
    fixed: Map<String, Value>,
    tera: Arc<Tera>,
}

/// The last ones, the least recently used first.
static PARSED: Mutex<Vec<Parsed>> = Mutex::new(Vec::new());

impl TemplateSet<'_> {
    /// The parsed templates. `prepare` gives the text of one, and depends on nothing but this set. Register what they call
    /// afterwards: Tera looks for it when it renders. An error names the file.
    pub fn parsed(&self, prepare: impl Fn(&Source) -> Result<String, String>) -> Result<Tera, String> {
        if !cfg!(debug_assertions) {
            return self.parse(prepare);
        }
        if let Some(found) = self.find() {
            return Ok(Tera::clone(&found));
        }
        let tera = self.parse(prepare)?;
        let mut all = lock();
        if all.len() >= KEPT {
            all.remove(0);
        }
        all.push(Parsed {
            sources: self.sources.to_vec(),
            words: self.words.clone(),
            language: self.language,
            fixed: self.fixed.clone(),
            tera: Arc::new(tera.clone()),
        });
        Ok(tera)
    }

    fn parse(&self, prepare: impl Fn(&Source) -> Result<String, String>) -> Result<Tera, String> {
        let prepared = self.sources.iter().map(|source| Ok((source.name.as_str(), prepare(source)?)));
        let prepared = prepared.collect::<Result<Vec<_>, String>>()?;
        let mut tera = Tera::default();
        // Rocket logs only the outermost error, which does not say what is wrong with a template.
        tera.add_raw_templates(prepared).map_err(|error| told(&chain(&error), self.sources))?;
        template_blocks::check(self.sources)?;
        Ok(tera)
    }

    fn find(&self) -> Option<Arc<Tera>> {
        let mut all = lock();
        let at = all.iter().position(|parsed| parsed.is_of(self))?;
        all[at..].rotate_left(1);
        all.last().map(|parsed| Arc::clone(&parsed.tera))
    }
}

impl Parsed {
    fn is_of(&self, set: &TemplateSet<'_>) -> bool {
        self.language == set.language
            && self.words == *set.words
            && self.fixed == *set.fixed
            && self.sources == set.sources
    }
}

fn lock() -> MutexGuard<'static, Vec<Parsed>> {
    PARSED.lock()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rocket_dyn_templates::tera::Context;

    fn page(text: &str) -> Vec<Source> {
        let source = |name: &str, text: &str| Source {
            name: name.to_owned(),
            text: text.to_owned(),
            file: name.to_owned(),
        };
        let main = |text: &str| format!("{{% block main %}}{text}{{% endblock main %}}");
        let page = format!("{{% extends \"base.html\" %}}{}", main(text));
        vec![source("base.html", &main("")), source("page.html", &page)]
    }

    /// Those of a site of this name, in which `NAME` becomes the name.
    fn parsed(sources: &[Source], site: &str) -> Result<Tera, String> {
        let (words, fixed) = (Words::new(site, None, Vec::new()).unwrap(), Map::new());
        let set = TemplateSet { sources, words: &words, language: Language::english(), fixed: &fixed };
        set.parsed(|source| Ok(source.text.replace("NAME", site)))
    }

    fn shown(text: &str, site: &str) -> String {
        let mut tera = parsed(&page(text), site).unwrap();
        tera.register_function("words", |_: &_| Ok("Hello".into()));
        tera.render("page.html", &Context::new()).unwrap()
    }

    #[test]
    fn templates_with_one_other_text_or_other_words_are_other_ones() {
        for _ in 0..2 {
            assert_eq!(shown("{{ words() }}", "Rowing"), "Hello");
            assert_eq!(shown("{{ words() }} NAME", "Rowing"), "Hello Rowing");
            assert_eq!(shown("{{ words() }} NAME", "Chess"), "Hello Chess");
        }
    }

    #[test]
    fn the_functions_of_one_site_are_not_those_of_another() {
        let text = "{{ words() }} of the other";
        assert_eq!(shown(text, "Rowing"), "Hello of the other");
        let tera = parsed(&page(text), "Rowing").unwrap();
        assert!(tera.render("page.html", &Context::new()).is_err(), "this one has no function");
    }

    #[test]
    fn a_mistake_is_told_each_time() {
        for _ in 0..2 {
            let wrong = parsed(&page("{% if %}"), "Rowing").unwrap_err();
            assert!(wrong.contains("page.html"), "{wrong}");
        }
    }

    #[test]
    fn a_bounded_number_is_kept() {
        for number in 0..=KEPT {
            parsed(&page(&number.to_string()), "Rowing").unwrap();
        }
        assert!(lock().len() <= KEPT);
    }
}
