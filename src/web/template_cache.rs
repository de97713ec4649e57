//! Parsed templates, for the next site in the same process that has the same ones. Each test starts a site of its own,
//! and parsing took a third of the processor time of all web tests. A program has one site, so a release build keeps none.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rocket_dyn_templates::tera::{self, Tera};

/// How many sets of templates are kept: those of pages in each language, and those of each email.
const KEPT: usize = 32;

/// Templates, each a name and its text.
pub type Texts = Vec<(String, String)>;

/// The last ones, the least recently used first.
static PARSED: Mutex<Vec<(Texts, Arc<Tera>)>> = Mutex::new(Vec::new());

/// Parses templates. Register what they call afterwards: Tera looks for it when it renders.
pub fn parsed(texts: Texts) -> tera::Result<Tera> {
    if !cfg!(debug_assertions) {
        return parse(&texts);
    }
    if let Some(found) = find(&texts) {
        return Ok(Tera::clone(&found));
    }
    let tera = parse(&texts)?;
    let mut all = lock();
    if all.len() >= KEPT {
        all.remove(0);
    }
    all.push((texts, Arc::new(tera.clone())));
    Ok(tera)
}

fn parse(texts: &Texts) -> tera::Result<Tera> {
    let mut tera = Tera::default();
    tera.add_raw_templates(texts.iter().map(|(name, text)| (name, text)))?;
    Ok(tera)
}

fn find(texts: &Texts) -> Option<Arc<Tera>> {
    let mut all = lock();
    let at = all.iter().position(|(known, _)| known == texts)?;
    all[at..].rotate_left(1);
    all.last().map(|(_, tera)| Arc::clone(tera))
}

fn lock() -> MutexGuard<'static, Vec<(Texts, Arc<Tera>)>> {
    PARSED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rocket_dyn_templates::tera::Context;

    fn page(text: &str) -> Texts {
        vec![
            ("base.html".to_owned(), "{% block main %}{% endblock main %}".to_owned()),
            (
                "page.html".to_owned(),
                format!("{{% extends \"base.html\" %}}{{% block main %}}{text}{{% endblock main %}}"),
            ),
        ]
    }

    fn shown(texts: Texts) -> String {
        let mut tera = parsed(texts).unwrap();
        tera.register_function("words", |_: &_| Ok("Hello".into()));
        tera.render("page.html", &Context::new()).unwrap()
    }

    #[test]
    fn templates_with_one_other_text_are_other_ones() {
        for _ in 0..2 {
            assert_eq!(shown(page("{{ words() }}")), "Hello");
            assert_eq!(shown(page("{{ words() }}!")), "Hello!");
        }
    }

    #[test]
    fn the_functions_of_one_site_are_not_those_of_another() {
        let texts = page("{{ words() }} of the other");
        assert_eq!(shown(texts.clone()), "Hello of the other");
        let tera = parsed(texts).unwrap();
        assert!(tera.render("page.html", &Context::new()).is_err(), "this one has no function");
    }

    #[test]
    fn a_mistake_is_told_each_time() {
        for _ in 0..2 {
            assert!(parsed(page("{% if %}")).is_err());
        }
    }

    #[test]
    fn a_bounded_number_is_kept() {
        for number in 0..=KEPT {
            parsed(page(&number.to_string())).unwrap();
        }
        assert!(lock().len() <= KEPT);
    }
}
