//! Sentences of the owner and of an app, next to ours. The owner's are files in the folder `words` in the data folder,
//! each with the sentences of one language that replace others. Those of an app are inside the program.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::config::Settings;
use super::program::Folder;
use super::refusal::Refusal;
use super::text_file;
use super::words::{Words, check_app};

/// All sentences of the site: ours, those of the app, and those of the owner in their place. A file of the owner with
/// something that replaces nothing is refused.
pub fn read(settings: &Settings) -> Result<Words, Refusal> {
    let (name, contact) = (settings.site_name.as_str(), settings.contact.as_ref().map(ToString::to_string));
    let mut all = of_app(settings.program.files.words)?;
    check_app(&all).map_err(|(code, why)| refused(&of_language(&code), &why))?;
    let app = all.clone();
    for (file, code) in files(&settings.data_dir.join("words"))? {
        let refused = |why: String| refused(&file, &why);
        let text = text_file::read(&file).map_err(|error| {
            refused(match error.kind() {
                ErrorKind::InvalidData => "is not UTF-8. Save it as UTF-8".to_owned(),
                _ => format!("cannot be read: {error}"),
            })
        })?;
        // Each on its own, to name the file in which something is wrong.
        let own = vec![(code.clone(), text.clone())];
        Words::above(&app, name, contact.as_deref(), own).map_err(refused)?;
        all.push((code, text));
    }
    Ok(Words::unchecked(name, contact.as_deref(), all))
}

/// The sentences of the site without those of the owner. Those of the app count if they can be read.
pub fn without(settings: &Settings) -> Words {
    let contact = settings.contact.as_ref().map(ToString::to_string);
    let app = of_app(settings.program.files.words).unwrap_or_default();
    Words::unchecked(settings.site_name.as_str(), contact.as_deref(), app)
}

/// The sentences of the app: each time the code of a language and a text.
fn of_app(folder: Folder) -> Result<Vec<(String, String)>, Refusal> {
    let names = folder.names().into_iter().filter(|name| !name.starts_with('.'));
    let read = |name: String| {
        let Some(code) = name.strip_suffix(".ftl") else {
            return Err(Refusal::new(format!(
                "words/{name} is not used. Remove it, or name it after a language, such as en.ftl."
            )));
        };
        let text = folder.read(&name).map(|content| String::from_utf8(content.into_owned()));
        match text {
            Some(Ok(text)) => Ok((code.to_owned(), text)),
            _ => Err(refused(&of_language(code), "cannot be read: it is no text in UTF-8")),
        }
    };
    names.map(read).collect()
}

/// The file of an app for a language.
fn of_language(code: &str) -> PathBuf {
    PathBuf::from(format!("words/{code}.ftl"))
}

/// The refusal of a file; `why` is the rest of a sentence about it.
fn refused(file: &Path, why: &str) -> Refusal {
    let end = if why.ends_with(['.', '?']) { "" } else { "." };
    Refusal::new(format!("{} {why}{end}", file.display()))
}

/// The files of a folder, each with the code of its language. What begins with a dot belongs to other programs.
fn files(folder: &Path) -> Result<Vec<(PathBuf, String)>, Refusal> {
    let unread = |error| Refusal::new(format!("The folder {} cannot be read: {error}.", folder.display()));
    let entries = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        entries => entries.map_err(unread)?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(unread)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let Some(code) = name.strip_suffix(".ftl") else {
            return Err(Refusal::new(format!(
                "{} is not used. Remove it, or name it after a language, such as en.ftl.",
                entry.path().display()
            )));
        };
        files.push((entry.path(), code.to_owned()));
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::super::config;
    use super::super::program::{AppFiles, Program};
    use super::super::words::{Language, Sentence};
    use super::*;

    fn with(files: &[(&str, impl AsRef<[u8]>)]) -> Result<Words, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("words")).unwrap();
        for (name, text) in files {
            fs::write(folder.path().join("words").join(name), text).unwrap();
        }
        let settings = config::defaults().merge(("vestibule.data_dir", folder.path()));
        read(&config::read(settings).unwrap().settings).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn a_sentence_of_the_owner_takes_the_place_of_ours() {
        let words = with(&[("de.ftl", "nav-home = Haus\n"), (".en.ftl.swp", "x")]).unwrap();
        let home = Sentence::new("nav-home");
        assert_eq!(words.text(Language::by_code("de").unwrap(), &home), "Haus");
        assert_eq!(words.text(Language::english(), &home), "Home");
    }

    #[test]
    fn what_replaces_nothing_is_refused_with_the_file() {
        for (files, told) in [
            (
                vec![("en.ftl", "nav-home = A\n"), ("de.ftl", "nav-hom = Haus\n")],
                "/words/de.ftl has the unknown key `nav-hom`",
            ),
            (
                vec![("en.ftl", "profile-welcome = Hi, { $nmae }!\n")],
                "/words/en.ftl has `$nmae` in `profile-welcome`, whose variables are",
            ),
            (
                vec![("en.ftl", "nav-home = { nav-hous }\n")],
                "/words/en.ftl has the unknown sentence `nav-hous` in `nav-home`",
            ),
            (vec![("en.ftl", "nav-home = { -brand }\n")], "/words/en.ftl has a function, a term"),
            (vec![("tlh.ftl", "nav-home = juH\n")], "/words/tlh.ftl is for no language of this program"),
            (vec![("DE.ftl", "nav-home = Haus\n")], "es, fr. Rename it to de.ftl."),
            (vec![("en.ftl", "qqq = A\n")], "/words/en.ftl has the unknown key `qqq`."),
            (vec![("en.txt", "nav-home = A\n")], "/words/en.txt is not used"),
        ] {
            let refused = with(&files).unwrap_err();
            assert!(refused.contains(told), "{refused}");
        }
    }

    /// The sentences of a site of an app that has this file, and whose owner has that one.
    fn of_notes(app: Folder, owner: Option<&str>) -> Result<Words, String> {
        let folder = tempfile::tempdir().unwrap();
        if let Some(text) = owner {
            fs::create_dir(folder.path().join("words")).unwrap();
            fs::write(folder.path().join("words/en.ftl"), text).unwrap();
        }
        let settings = config::defaults().merge(("vestibule.data_dir", folder.path()));
        let mut settings = config::read(settings).unwrap().settings;
        settings.program = Program::of_app("notes", "1.0.0", AppFiles { words: app, ..AppFiles::default() });
        read(&settings).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn an_app_adds_sentences_which_the_owner_may_replace() {
        let app = Folder::new(
            || vec!["en.ftl".to_owned()],
            |_| Some(b"notes-a = Mine\nnav-home = Start\n".into()),
            "",
        );
        let said = |words: &Words, key: &'static str| words.text(Language::english(), &Sentence::new(key));
        let words = of_notes(app, None).unwrap();
        assert_eq!((said(&words, "notes-a"), said(&words, "nav-home")), ("Mine".into(), "Start".into()));
        let words = of_notes(app, Some("notes-a = Yours\n")).unwrap();
        assert_eq!((said(&words, "notes-a"), said(&words, "nav-home")), ("Yours".into(), "Start".into()));
        let refused = of_notes(app, Some("notes-b = Yours\n")).unwrap_err();
        assert!(
            refused.contains("/words/en.ftl has the unknown key `notes-b`. Did you mean `notes-a`?"),
            "{refused}"
        );
    }

    #[test]
    fn a_wrong_file_of_an_app_is_named() {
        let wrong = Folder::new(|| vec!["en.ftl".to_owned()], |_| Some(b"nav-hom = Start\n".into()), "");
        let refused = of_notes(wrong, None).unwrap_err();
        assert!(refused.starts_with("words/en.ftl has the unknown key `nav-hom`"), "{refused}");
        let odd = Folder::new(|| vec!["notes.txt".to_owned()], |_| Some(b"".into()), "");
        assert!(of_notes(odd, None).unwrap_err().starts_with("words/notes.txt is not used."));
    }

    #[test]
    fn a_file_that_cannot_be_read_as_sentences_is_refused_with_the_line_and_what_to_type() {
        let latin = with(&[("de.ftl", b"nav-home = \xdcbersicht\n".as_slice())]).unwrap_err();
        assert!(latin.ends_with("/words/de.ftl is not UTF-8. Save it as UTF-8."), "{latin}");
        for (text, told) in [
            ("nav-home\n", "line 1 cannot be read: a sentence has the form `key = Text`."),
            (
                "nav-home = A\n1st = B\n",
                "line 2 cannot be read: a sentence has the form `key = Text`, and the key begins with a letter.",
            ),
            (
                "a = { $n -> [one] 1 }\n",
                "line 1 cannot be read: each variant of a choice needs a line of its own.",
            ),
            (
                "a = { $n ->\n  [one]\n  *[other] B\n }\n",
                "line 3 cannot be read: a variant or an attribute has no text.",
            ),
            ("# Own\nnav-home = { $site\n", "line 2 cannot be read: `}` is missing."),
            ("nav-home = a } b\n", "line 1 cannot be read: a `}` has no `{` before it."),
            ("nav-home = { \"a }\n", "line 1 cannot be read: a text in quotation marks does not end."),
        ] {
            let refused = with(&[("en.ftl", text)]).unwrap_err();
            assert!(refused.ends_with(&format!("/words/en.ftl {told}")), "{refused}");
        }
    }
}
