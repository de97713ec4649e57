//! The embedded templates, in every language. A debug build reads the templates from their folder, so an edit shows
//! at the next request. A release build contains them.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rocket::fairing::{AdHoc, Fairing};
use rocket_dyn_templates::tera::{self, Tera};
use rocket_dyn_templates::{Engines, Template};
use rust_embed::Embed;
use serde_json::{Map, Value};

use super::template_fixed::{self, chain};
use super::{static_files, template_words};
use crate::base::{Language, Words};

#[derive(Embed)]
#[folder = "templates/"]
struct Templates;

/// The templates as Rocket's fairing last loaded them. Pages are rendered with them directly: `Template`
/// would first copy all data of a page into two other forms, which took longer than all other work for it
/// except the rendering.
#[derive(Clone)]
pub(super) struct Loaded(Arc<RwLock<Arc<InLanguages>>>);

/// What the fixed parts of templates show, by the index of the language.
pub type FixedValues = Vec<Map<String, Value>>;

/// The templates in each language. Those of a language are compiled at its first use.
struct InLanguages {
    words: Words,
    /// Each a name and a text.
    sources: Vec<(String, String)>,
    /// What is the same on every page, by language.
    fixed: Arc<FixedValues>,
    compiled: Vec<OnceLock<std::result::Result<Tera, String>>>,
}

impl InLanguages {
    fn new(words: Words, sources: Vec<(String, String)>, fixed: Arc<FixedValues>) -> InLanguages {
        InLanguages { words, sources, fixed, compiled: Language::all().map(|_| OnceLock::new()).collect() }
    }

    /// The templates in a language. An error is one of a template, with its place.
    fn of(&self, language: Language) -> std::result::Result<&Tera, String> {
        let compile = || {
            let mut tera = Tera::default();
            self.compile(language, &mut tera).map(|()| tera)
        };
        let slot = self.compiled.get(language.index()).ok_or("there is no such language")?;
        slot.get_or_init(compile).as_ref().map_err(Clone::clone)
    }

    fn compile(&self, language: Language, tera: &mut Tera) -> std::result::Result<(), String> {
        tera.register_function("asset", asset);
        template_words::register(tera, &self.words, language);
        let none = Map::new();
        let fixed = self.fixed.get(language.index()).unwrap_or(&none);
        let mut functions = Tera::default();
        let of_fixed = if cfg!(debug_assertions) { template_fixed::asset_later } else { asset };
        functions.register_function("asset", of_fixed);
        template_words::register(&mut functions, &self.words, language);
        let prepared = self.sources.iter().map(|(name, text)| {
            let text = template_words::prepare(&self.words, language, name, text)?;
            let text = template_fixed::prepare(&functions, fixed, &text);
            Ok((name, text.map_err(|error| format!("the template {name}: {error}"))?))
        });
        let prepared = prepared.collect::<std::result::Result<Vec<_>, String>>()?;
        // Rocket logs only the outermost error, which does not say what is wrong with a template.
        tera.add_raw_templates(prepared).map_err(|error| chain(&error))
    }
}

impl Loaded {
    fn new(words: Words) -> Loaded {
        Loaded(Arc::new(RwLock::new(Arc::new(InLanguages::new(words, Vec::new(), Arc::default())))))
    }

    fn replace(&self, all: InLanguages) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(all);
    }

    /// A page as HTML. An error is one of a template, with its place.
    pub(super) fn render(
        &self,
        language: Language,
        template: &str,
        context: Value,
    ) -> std::result::Result<String, String> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        let context = tera::Context::from_value(context).map_err(|error| chain(&error))?;
        all.of(language)?.render(template, &context).map_err(|error| chain(&error))
    }
}

/// Attaches the templates to the server. `language` is the site's own; `fixed` is the same on every page.
pub fn fairing(words: Words, language: Language, fixed: FixedValues) -> impl Fairing {
    fairing_with(words, language, fixed, Vec::new())
}

/// The same with additional templates, each a name ending in `.html` and a text.
pub fn fairing_with(
    words: Words,
    language: Language,
    fixed: FixedValues,
    more: Vec<(String, String)>,
) -> impl Fairing {
    AdHoc::on_ignite("pages", move |rocket| {
        Box::pin(async move {
            let loaded = Loaded::new(words.clone());
            rocket.manage(loaded.clone()).attach(templates(more, loaded, words, language, Arc::new(fixed)))
        })
    })
}

/// Loads all templates. An error in those of the site's own language stops the start; the others have the same
/// sources, and a test compiles them all.
fn templates(
    more: Vec<(String, String)>,
    loaded: Loaded,
    words: Words,
    language: Language,
    fixed: Arc<FixedValues>,
) -> impl Fairing {
    Template::try_custom(move |engines: &mut Engines| {
        let read = |name: &str| {
            let file = Templates::get(name).ok_or("an embedded template is gone")?;
            Ok((name.to_owned(), String::from_utf8(file.data.into_owned())?))
        };
        // Names keep their `.html`: Tera decides by the ending whether to escape, and would not escape
        // others. The templates of emails are prepared elsewhere.
        let names = Templates::iter().filter(|name| name.ends_with(".html") && !name.starts_with("mail/"));
        let own: Vec<_> = names.map(|name| read(&name)).collect::<Result<_, Box<dyn Error>>>()?;
        let all = InLanguages::new(words.clone(), [own, more.clone()].concat(), Arc::clone(&fixed));
        all.compile(language, &mut engines.tera)?;
        if let Some(slot) = all.compiled.get(language.index()) {
            slot.get_or_init(|| Ok(engines.tera.clone()));
        }
        loaded.replace(all);
        Ok(())
    })
}

/// The folder of the templates on disk: in a debug build the sources, otherwise none. But Rocket requires an
/// existing path, and in a folder another template could replace ours. A file is accepted, too.
pub fn folder(data_dir: &Path) -> PathBuf {
    if cfg!(debug_assertions) {
        return concat!(env!("CARGO_MANIFEST_DIR"), "/templates").into();
    }
    some_file("/dev/null".into(), data_dir)
}

/// An existing file: this one, otherwise the lock (which a site on a server's database does not have),
/// otherwise the program. If none exists, the first: Rocket refuses to start with it.
fn some_file(first: PathBuf, data_dir: &Path) -> PathBuf {
    let program = std::env::current_exe().ok();
    let files = [first.clone(), data_dir.join("lock")].into_iter().chain(program);
    let is_file = |file: &PathBuf| file.metadata().is_ok_and(|metadata| !metadata.is_dir());
    files.into_iter().find(is_file).unwrap_or(first)
}

/// `{{ asset(path="style.css") }}`: the address of an embedded file, with a hash of its content in the name.
fn asset(arguments: &std::collections::HashMap<String, Value>) -> tera::Result<Value> {
    let path = arguments.get("path").and_then(Value::as_str).ok_or("asset() needs a path")?;
    static_files::address(path)
        .map(Value::String)
        .ok_or_else(|| format!("there is no file static/{path}").into())
}

#[cfg(test)]
mod tests {
    use super::super::template_scan::{self, Part};
    use super::*;
    use std::fs;

    #[test]
    fn what_is_wrong_with_a_template_is_named_with_its_place() {
        let mut tera = Tera::default();
        let wrong = tera.add_raw_template("shelf.html", "<p>\n{% if %}</p>").unwrap_err();
        let told = chain(&wrong);
        assert!(told.contains("shelf.html") && told.contains("2:7") && !told.contains('\n'), "{told}");
        tera.add_raw_template("box.html", "{{ size | wieght }}").unwrap();
        let wrong = tera.render("box.html", &tera::Context::new()).unwrap_err();
        let told = chain(&wrong);
        assert!(told.contains("box.html") && told.contains("size"), "{told}");
    }

    #[test]
    fn every_variable_of_a_sentence_is_known_by_name() {
        for name in Templates::iter() {
            let file = Templates::get(&name).unwrap();
            let parts = template_scan::parts(std::str::from_utf8(&file.data).unwrap()).unwrap();
            for part in parts {
                let (Part::Whole(call, _) | Part::Within(call)) = part else { continue };
                for argument in call.arguments {
                    let known = template_words::name_of(argument.name);
                    assert!(known.is_some(), "{name}: {} gives {}", call.key, argument.name);
                }
            }
        }
    }

    #[test]
    fn no_folder_on_disk_can_replace_a_template() {
        let folder = tempfile::tempdir().unwrap();
        let file = || some_file("/no/dev/null".into(), folder.path());
        assert_eq!(file(), std::env::current_exe().unwrap());
        fs::write(folder.path().join("lock"), "").unwrap();
        assert_eq!(file(), folder.path().join("lock"));
        assert_eq!(some_file("/dev/null".into(), folder.path()), PathBuf::from("/dev/null"));
    }
}
