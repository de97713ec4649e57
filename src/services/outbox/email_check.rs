//! Whether the emails of an app can be written, and what those of ours lack that it has replaced: without its link, an
//! email is of no use.

use std::collections::BTreeSet;

use rocket::{Orbit, Rocket};
use serde_json::{Value, json};

use super::email_kind::EmailKind;
use super::templates::Writer;
use crate::base::{Program, Refusal, Settings, Site, Words};
use crate::web::template_compare::told;
use crate::web::template_fixed::chain;
use crate::web::template_sources::{MAIL, TemplateFiles};
use crate::web::{MissingParts, templates};

/// In the link of the sample, and in no template.
const MARK: &str = "token-of-a-sample";

/// Refuses templates of emails that cannot be used, before anything else is done.
pub fn check_templates(settings: &Settings, words: &Words) -> Result<(), Refusal> {
    let writer = writer(settings, words);
    let check = |folder: &String| writer.compiled(folder).map(drop).map_err(templates::unusable);
    folders(&settings.program).iter().try_for_each(check)
}

/// What emails of ours lack that the app has replaced, in sentences.
pub fn lacking(settings: &Settings, words: &Words) -> Vec<String> {
    let names = TemplateFiles::of(&settings.program).names_of_app();
    let plain = Settings { program: Program::default(), ..settings.clone() };
    let mut found = Vec::new();
    for code in EmailKind::ALL.iter().map(|kind| kind.code()) {
        let replaced = |ending: &str| -> Vec<String> {
            let all =
                [format!("{code}/mail.{ending}"), format!("frame.{ending}"), format!("macros.{ending}")];
            all.into_iter().map(|name| format!("{MAIL}{name}")).filter(|name| names.contains(name)).collect()
        };
        let [text, html] = ["txt", "html"].map(replaced);
        let Some(first) = text.iter().chain(&html).next() else { continue };
        let theirs = match writer(settings, words).write(code, sample()) {
            Ok(theirs) => theirs,
            Err(error) => {
                found.push(format!("templates/{first} cannot be used: {}.", chain(&*error)));
                continue;
            }
        };
        let Ok(ours) = writer(&plain, words).write(code, sample()) else { continue };
        for (names, theirs, ours) in [(&text, theirs.text, ours.text), (&html, theirs.html, ours.html)] {
            if ours.contains(MARK) && !theirs.contains(MARK) {
                let names: Vec<_> = names.iter().map(String::as_str).collect();
                found.push(told(settings.program.name, &names, "`link`"));
            }
        }
    }
    found
}

/// Tells in a debug build and in tests what they lack.
pub(super) fn tell(rocket: &Rocket<Orbit>) {
    let (Some(site), Some(missing)) = (rocket.state::<Site>(), rocket.state::<MissingParts>()) else {
        return;
    };
    if cfg!(any(debug_assertions, feature = "testing")) {
        for told in lacking(&site.settings, &site.words) {
            missing.add(told);
        }
    }
}

fn writer<'s>(settings: &'s Settings, words: &'s Words) -> Writer<'s> {
    Writer { words, settings, logo: None, language: settings.language }
}

/// The folders of emails that depend on a file of the app.
fn folders(program: &Program) -> BTreeSet<String> {
    let names = TemplateFiles::of(program).names_of_app();
    let names: Vec<_> = names.iter().filter_map(|name| name.strip_prefix(MAIL)).collect();
    let of_email = |name: &&str| {
        let folder = name.strip_suffix("/mail.txt").or_else(|| name.strip_suffix("/mail.html"));
        folder.map(str::to_owned)
    };
    let mut folders: BTreeSet<_> = names.iter().filter_map(of_email).collect();
    // All of ours are built of what stands outside of the folders.
    if names.iter().any(|name| !name.contains('/')) {
        folders.extend(EmailKind::ALL.iter().map(|kind| kind.code().to_owned()));
    }
    folders
}

/// Values for all templates of ours: what only some of them need is there, too.
fn sample() -> Value {
    let report = ["When: now", "Where: here"];
    json!({
        "name": "Ada",
        "email": "ada@example.org",
        "new_email": "ada@new.example",
        "own": true,
        "actor": "owner",
        "report": report,
        "items": [{ "what": "The password was changed.", "report": report }],
        "link": format!("https://login.example.org/link?token={MARK}"),
        "life": "Within an hour.",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    use crate::base::config;
    use crate::base::program::{AppFiles, Folder};

    /// An email without its link, and one that is built on ours.
    const RESET: &str = "{% extends \"frame.txt\" %}{% block words %}Hello!{% endblock words %}";
    const CONFIRM: &str = "{% extends \"vestibule/mail/confirm/mail.txt\" %}";

    /// The settings of a site of an app with these templates.
    fn settings(templates: Folder) -> Settings {
        let files = AppFiles { templates, ..AppFiles::default() };
        let settings = config::read(config::defaults()).unwrap().settings;
        Settings { program: Program::of_app("notes", "1.0.0", files), ..settings }
    }

    fn words() -> Words {
        Words::unchecked("Notes", None, Vec::new())
    }

    #[test]
    fn an_email_without_its_link_is_told_with_its_file() {
        let templates = Folder::new(
            || vec!["mail/reset/mail.txt".to_owned(), "mail/confirm/mail.txt".to_owned()],
            |name| {
                Some(Cow::Borrowed(match name {
                    "mail/reset/mail.txt" => RESET.as_bytes(),
                    _ => CONFIRM.as_bytes(),
                }))
            },
            "",
        );
        let told = "templates/mail/reset/mail.txt has no `link`; ours has. \
                    Compare it with `notes template show mail/reset/mail.txt`.";
        assert_eq!(lacking(&settings(templates), &words()), [told]);
        check_templates(&settings(templates), &words()).unwrap();
        assert!(lacking(&settings(Folder::default()), &words()).is_empty());
    }

    #[test]
    fn the_frame_of_an_app_stands_around_each_email() {
        let templates = Folder::new(
            || vec!["mail/frame.txt".to_owned()],
            |_| Some(b"NOTES\n{% block words %}{% endblock words %}".into()),
            "",
        );
        let settings = settings(templates);
        assert!(lacking(&settings, &words()).is_empty());
        check_templates(&settings, &words()).unwrap();
        let words = words();
        let written = writer(&settings, &words).write("reset", sample()).unwrap();
        assert!(written.text.starts_with("NOTES\n") && written.text.contains(MARK), "{}", written.text);
    }

    #[test]
    fn what_is_wrong_with_a_template_is_told_with_its_file() {
        let broken = Folder::new(
            || ["mail/shared/mail.txt", "mail/shared/mail.html"].map(str::to_owned).to_vec(),
            |name| {
                Some(Cow::Borrowed(if name.ends_with("txt") {
                    "{{ link".as_bytes()
                } else {
                    "<p>".as_bytes()
                }))
            },
            "",
        );
        let half = Folder::new(|| vec!["mail/shared/mail.txt".to_owned()], |_| Some(b"Hello!".into()), "");
        for (templates, told) in [
            (broken, "templates/mail/shared/mail.txt: "),
            (half, "templates/mail/shared/mail.html is missing"),
        ] {
            let wrong = check_templates(&settings(templates), &words()).unwrap_err().to_string();
            assert!(wrong.starts_with(told) && !wrong.contains('\n'), "{wrong}");
        }
    }
}
