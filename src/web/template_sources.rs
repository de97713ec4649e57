//! Which templates there are: ours, and those of an app. A template of the app takes the place of ours with the same name.
//! Ours is then still there as `vestibule/NAME`, and that name is never the app's.

use rust_embed::Embed;

use super::template_scan::{self, Chunk};
use crate::base::Program;
use crate::base::program::Folder;

#[derive(Embed)]
#[folder = "templates/"]
struct Ours;

/// Before the name of one of ours, whatever the app has.
pub const OF_OURS: &str = "vestibule/";
/// The folder of the app's own, before the name of one in an error.
pub const OF_APP: &str = "templates/";
/// The folder of the templates of emails, which are prepared elsewhere.
pub const MAIL: &str = "mail/";
/// The names of the files with macros.
const MACROS: [&str; 2] = ["macros.html", "mail/macros.html"];

/// A template as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// As other templates name it.
    pub name: String,
    /// Its text.
    pub text: String,
    /// As an error names it. The ending decides whether values are escaped.
    pub file: String,
}

impl Source {
    /// Whether the app has written it.
    pub fn is_of_app(&self) -> bool {
        self.file.starts_with(OF_APP)
    }
}

/// The templates of a program: those of the app, then ours.
#[derive(Clone, Copy, Debug, Default)]
pub struct TemplateFiles {
    app: Folder,
}

impl TemplateFiles {
    /// Those of a program.
    pub fn of(program: &Program) -> TemplateFiles {
        TemplateFiles { app: program.files.templates }
    }

    /// The names of ours, sorted. Those of emails begin with `mail/`.
    pub fn names_of_ours() -> Vec<String> {
        let mut names: Vec<_> = Ours::iter().map(|name| name.into_owned()).collect();
        names.sort();
        names
    }

    /// One of ours.
    pub fn ours(name: &str) -> Option<String> {
        String::from_utf8(Ours::get(name)?.data.into_owned()).ok()
    }

    /// The names of those of the app, sorted. Other files of its folder are none: hidden ones, and what has another ending.
    pub fn names_of_app(&self) -> Vec<String> {
        let is_template = |name: &String| {
            let hidden = name.split('/').any(|part| part.starts_with('.'));
            !hidden && (name.ends_with(".html") || name.starts_with(MAIL) && name.ends_with(".txt"))
        };
        self.app.names().into_iter().filter(is_template).collect()
    }

    /// The folder of the app's, for watching it. It may be absent.
    pub fn place(&self) -> Option<&'static std::path::Path> {
        self.app.place()
    }

    /// One of the app's. An error is one of the file.
    pub fn of_app(&self, name: &str) -> Result<Source, String> {
        let file = format!("{OF_APP}{name}");
        let content = self.app.read(name).ok_or_else(|| format!("{file} is gone"))?;
        let text =
            String::from_utf8(content.into_owned()).map_err(|_| format!("{file} is no text in UTF-8"))?;
        let text = match MACROS.contains(&name) {
            true => with_our_macros(text, &TemplateFiles::ours(name).unwrap_or_default())
                .map_err(|error| format!("{file}: {error}"))?,
            false => text,
        };
        Ok(Source { name: name.to_owned(), text, file })
    }

    /// All that other templates may name, of those whose name this accepts: the app's, ours where the app has none, and
    /// ours as `vestibule/NAME` where something names it.
    pub fn sources(&self, accepts: impl Fn(&str) -> bool) -> Result<Vec<Source>, String> {
        let names = self.names_of_app();
        if let Some(name) = names.iter().find(|name| name.starts_with(OF_OURS)) {
            let why = "this name stands for one of Vestibule's. Move the file to another folder";
            return Err(format!("{OF_APP}{name}: {why}"));
        }
        let names = names.into_iter().filter(|name| accepts(name));
        let mut all = names.map(|name| self.of_app(&name)).collect::<Result<Vec<_>, String>>()?;
        let of_app = all.len();
        for name in TemplateFiles::names_of_ours().into_iter().filter(|name| accepts(name)) {
            let text = TemplateFiles::ours(&name).ok_or_else(|| format!("the template {name} is gone"))?;
            let (theirs, named) = (&all[..of_app], format!("{OF_OURS}{name}"));
            let is_overridden = theirs.iter().any(|source| source.name == name);
            if is_overridden || theirs.iter().any(|source| source.text.contains(&named)) {
                all.push(Source { name: named, text: text.clone(), file: name.clone() });
            }
            if !is_overridden {
                all.push(Source { file: name.clone(), name, text });
            }
        }
        Ok(all)
    }
}

/// An error of Tera, which names a template, as one of the file of the app that it is about. The file is named once.
pub fn told(error: &str, sources: &[Source]) -> String {
    let names = |name: &str| ['\'', '`'].map(|mark| format!("{mark}{name}{mark}"));
    let is_named = |source: &&Source| names(&source.name).iter().any(|quoted| error.contains(quoted));
    match sources.iter().filter(|source| source.is_of_app()).find(is_named) {
        Some(source) => format!("{}: {}", source.file, without_name(error, &source.name)),
        None => error.to_owned(),
    }
}

/// What an error of Tera says about the template with this name, without the name.
fn without_name(error: &str, name: &str) -> String {
    let begins = ["render", "parse"].map(|verb| format!("Failed to {verb} '{name}': "));
    let rest = begins.iter().find_map(|begin| error.strip_prefix(begin.as_str())).unwrap_or(error);
    let rest = rest.replace(&format!(" while rendering '{name}'"), "");
    match rest.strip_prefix("Variable ") {
        Some(variable) => format!("variable {variable}"),
        None => rest,
    }
}

/// The macros of an app with those of ours that it has not: so it needs only those that it changes, and a later version
/// of ours may call a new one.
fn with_our_macros(theirs: String, ours: &str) -> Result<String, String> {
    let known: Vec<_> = macros(&theirs)?.into_iter().map(|(name, _)| name.to_owned()).collect();
    let missing = macros(ours)?.into_iter().filter(|(name, _)| !known.iter().any(|known| known == name));
    let missing: String = missing.map(|(_, text)| format!("\n{text}")).collect();
    Ok(theirs + &missing)
}

/// The macros of a template: the name and the whole text of each.
fn macros(text: &str) -> Result<Vec<(&str, &str)>, String> {
    let (mut found, mut open, mut at) = (Vec::new(), None, 0);
    for chunk in template_scan::chunks(text)? {
        let (Chunk::Text(part) | Chunk::Comment(part) | Chunk::Tag(part)) = chunk;
        if let Chunk::Tag(tag) = chunk {
            let inside = template_scan::inside(tag);
            if let Some(rest) = inside.strip_prefix("macro ") {
                let name = rest.split('(').next().unwrap_or_default().trim();
                open = Some((name, at));
            } else if inside.starts_with("endmacro")
                && let Some((name, from)) = open.take()
            {
                found.push((name, &text[from..at + tag.len()]));
            }
        }
        at += part.len();
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn sources(folder: Folder) -> Result<Vec<Source>, String> {
        TemplateFiles { app: folder }.sources(|name| !name.starts_with(MAIL))
    }

    fn named<'s>(all: &'s [Source], name: &str) -> Vec<&'s Source> {
        all.iter().filter(|source| source.name == name).collect()
    }

    #[test]
    fn an_error_names_the_file_of_the_app_once() {
        let file = |name: &str| Source {
            name: name.to_owned(),
            text: String::new(),
            file: format!("templates/{name}"),
        };
        let all = [file("items.html"), file("notes/all.html")];
        assert_eq!(
            told(
                "Failed to render 'items.html': Variable `item.txt` not found in context while rendering 'items.html'",
                &all
            ),
            "templates/items.html: variable `item.txt` not found in context"
        );
        let parsed = told("Failed to parse 'notes/all.html': --> 2:7 | expected a value", &all);
        assert_eq!(parsed, "templates/notes/all.html: --> 2:7 | expected a value");
        let of_frame =
            "Failed to render 'items.html' (error happened in 'base.html').: Variable `x` not found";
        assert_eq!(told(of_frame, &all), format!("templates/items.html: {of_frame}"));
        assert_eq!(told("Failed to render 'login.html': no", &all), "Failed to render 'login.html': no");
    }

    #[test]
    fn without_an_app_there_are_ours() {
        let all = sources(Folder::default()).unwrap();
        assert!(all.len() > 20 && all.iter().all(|source| !source.name.contains('/')), "{all:?}");
    }

    #[test]
    fn the_file_of_the_app_takes_the_place_of_ours_which_is_still_there() {
        let folder = Folder::new(
            || ["base.html", "notes/all.html", ".base.html.swp", "read.me"].map(str::to_owned).to_vec(),
            |name| match name {
                "base.html" => Some(Cow::Borrowed("{% extends \"vestibule/base.html\" %}".as_bytes())),
                _ => Some(Cow::Borrowed("{% include \"vestibule/notices.html\" %}".as_bytes())),
            },
            "",
        );
        let all = sources(folder).unwrap();
        let [base] = named(&all, "base.html")[..] else { panic!("one base.html") };
        assert_eq!(
            (&*base.text, &*base.file),
            ("{% extends \"vestibule/base.html\" %}", "templates/base.html")
        );
        let [ours] = named(&all, "vestibule/base.html")[..] else { panic!("one of ours") };
        assert_eq!(Some(&ours.text), TemplateFiles::ours("base.html").as_ref());
        assert_eq!(named(&all, "notes/all.html").len(), 1);
        assert_eq!(named(&all, "vestibule/notices.html").len(), 1, "it is named");
        assert!(named(&all, "vestibule/login.html").is_empty() && named(&all, "login.html").len() == 1);
        assert!(!all.iter().any(|source| source.name.ends_with(".swp") || source.name == "read.me"));
    }

    #[test]
    fn the_folder_of_ours_is_closed_to_an_app() {
        let folder = Folder::new(|| vec!["vestibule/base.html".to_owned()], |_| Some(b"".into()), "");
        let wrong = sources(folder).unwrap_err();
        assert!(wrong.starts_with("templates/vestibule/base.html: this name stands"), "{wrong}");
    }

    #[test]
    fn an_app_needs_only_the_macros_that_it_changes() {
        let theirs = "{% macro link(href) -%}theirs{%- endmacro link %}";
        let ours = "{#- Ours. -#}\n{% macro link(href) -%}ours{%- endmacro link %}\n{% macro form(value) -%}\n<i>{{ value }}</i>{%- endmacro form %}\n";
        let both = with_our_macros(theirs.to_owned(), ours).unwrap();
        let form = "{% macro form(value) -%}\n<i>{{ value }}</i>{%- endmacro form %}";
        assert_eq!(both, format!("{theirs}\n{form}"));
        let all = macros(&TemplateFiles::ours("macros.html").unwrap()).unwrap().len();
        assert!(all >= 6, "{all}");
    }
}
