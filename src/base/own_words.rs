//! Sentences of the owner: files in the folder `words` in the data folder, each with the sentences of one language
//! that replace ours.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::config::Settings;
use super::refusal::Refusal;
use super::text_file;
use super::words::Words;

/// All sentences of the site: ours, and those of the owner in their place. A file with something that replaces nothing
/// is refused.
pub fn read(settings: &Settings) -> Result<Words, Refusal> {
    let (name, contact) = (settings.site_name.as_str(), settings.contact.as_ref().map(ToString::to_string));
    let mut all = Vec::new();
    for (file, code) in files(&settings.data_dir.join("words"))? {
        let refused = |why: String| refused(&file, &why);
        let text = text_file::read(&file).map_err(|error| {
            refused(match error.kind() {
                ErrorKind::InvalidData => "is not UTF-8. Save it as UTF-8".to_owned(),
                _ => format!("cannot be read: {error}"),
            })
        })?;
        // Each on its own, to name the file in which something is wrong.
        Words::new(name, contact.as_deref(), vec![(code.clone(), text.clone())]).map_err(refused)?;
        all.push((code, text));
    }
    Ok(Words::unchecked(name, contact.as_deref(), all))
}

/// The sentences of the site without those of the owner.
pub fn without(settings: &Settings) -> Words {
    let contact = settings.contact.as_ref().map(ToString::to_string);
    Words::unchecked(settings.site_name.as_str(), contact.as_deref(), Vec::new())
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
