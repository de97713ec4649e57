//! The templates of emails: the subject, the text and the HTML of one email, in one language and in the site's look.

use std::error::Error;

use rocket_dyn_templates::tera::{Context, Tera};
use serde_json::{Map, Value};

use super::look;
use crate::base::mailer::Mail;
use crate::base::{Language, Sentence, Settings, Time, Words, secret};
use crate::people::Email;
use crate::web::template_cache::TemplateSet;
use crate::web::template_sources::{MAIL, TemplateFiles};
use crate::web::{paths, template_words};

/// An email in words.
pub(super) struct Written {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// Writes emails of a site in one language.
#[derive(Clone, Copy)]
pub(super) struct Writer<'s> {
    pub(super) words: &'s Words,
    pub(super) settings: &'s Settings,
    /// Where this site serves its logo for emails, if it has one.
    pub(super) logo: Option<&'s str>,
    pub(super) language: Language,
}

impl Writer<'_> {
    /// A sentence in the language of the email, without marks for right-to-left values: some programs show them.
    pub(super) fn say(&self, sentence: &Sentence) -> String {
        self.words.plain(self.language, sentence)
    }

    /// Writes an email of ours with this code, which is the name of its folder. `context` has the values of its
    /// templates.
    pub(super) fn write(&self, code: &str, context: Value) -> Result<Written, Box<dyn Error>> {
        let subject = self.say(&Sentence::new(format!("email-{code}-subject")));
        self.write_in(code, subject, context)
    }

    /// Writes an email whose templates are in this folder of `templates/mail`.
    pub(super) fn write_in(
        &self,
        folder: &str,
        subject: String,
        context: Value,
    ) -> Result<Written, Box<dyn Error>> {
        let base = &self.settings.base_url;
        let mut context = Context::from_value(context)?;
        context.insert("subject", &subject);
        context.insert("site_name", self.settings.site_name.as_str());
        context.insert("lang", self.language.code());
        context.insert("dir", &self.say(&"language-direction".into()));
        context.insert("home", &base.to_string());
        context.insert("forgot", &format!("{base}{}", paths::FORGOT));
        context.insert("accent", &look::accent(self.settings));
        context.insert("logo", &look::logo(self.settings, self.logo));
        let [text, html] = ["txt", "html"].map(|ending| format!("{folder}/mail.{ending}"));
        let tera = self.compiled(folder)?;
        let (text, html) = (tera.render(&text, &context)?, tera.render(&html, &context)?);
        Ok(Written { subject, text, html: html.trim_start().to_owned() })
    }

    /// The templates of the emails in a folder, with those that all emails are built of. An error names the file.
    pub(super) fn compiled(&self, folder: &str) -> Result<Tera, String> {
        let of_folder = |name: &str| {
            let name = name.strip_prefix(MAIL);
            name.is_some_and(|name| name.rsplit_once('/').is_none_or(|(its, _)| its == folder))
        };
        let mut sources = TemplateFiles::of(&self.settings.program).sources(of_folder)?;
        for source in &mut sources {
            // They name each other without the folder.
            source.name = source.name.strip_prefix(MAIL).unwrap_or(&source.name).to_owned();
        }
        let (words, language) = (self.words, self.language);
        let set = TemplateSet { sources: &sources, words, language, fixed: &Map::new() };
        // Tera escapes values only in templates whose name ends in .html.
        let mut tera =
            set.parsed(|source| template_words::prepare(words, language, &source.file, &source.text))?;
        template_words::register(&mut tera, words, language);
        for ending in ["txt", "html"] {
            let name = format!("{folder}/mail.{ending}");
            if !tera.get_template_names().any(|known| known == name) {
                return Err(format!(
                    "the template templates/{MAIL}{name} is missing. Write it: an email has both mail.txt and mail.html"
                ));
            }
        }
        Ok(tera)
    }
}

/// An email that shows whether emails arrive, and how they look. An error is one of a template.
pub fn test_email(
    words: &Words,
    settings: &Settings,
    logo: Option<&str>,
    to: &Email,
    at: Time,
) -> Result<Mail, String> {
    let writer = Writer { words, settings, logo, language: settings.language };
    let context = Value::Object(Map::new());
    let written = writer.write("test", context).map_err(|error| format!("{error:?}"))?;
    Ok(Mail {
        id: secret::random_name(),
        to: to.as_str().to_owned(),
        reply_to: look::reply_to(settings),
        subject: written.subject,
        text: written.text,
        html: written.html,
        at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::config;
    use crate::services::outbox::EmailKind;

    /// Values for all templates: what only some of them need is there, too.
    fn context(own: bool, link: Option<&str>) -> Value {
        let lines = ["When: now", "Where: here"];
        serde_json::json!({
            "name": "דוד (Dave) & <b>",
            "email": "ada@example.org",
            "new_email": "ada@new.example",
            "own": own,
            "actor": "owner",
            "report": lines,
            "items": [{ "what": "The name was changed.", "report": lines }],
            "link": link,
            "life": "Within an hour.",
        })
    }

    #[test]
    fn every_email_can_be_written_in_every_language() {
        let settings = config::read(config::defaults()).unwrap().settings;
        let words = Words::unchecked("Tom & <i>Co</i>", Some("Ruth Meier"), Vec::new());
        let codes = EmailKind::ALL.iter().map(|kind| kind.code()).chain(["test"]);
        for (code, language) in codes.flat_map(|code| Language::all().map(move |language| (code, language))) {
            let writer =
                Writer { words: &words, settings: &settings, logo: Some("/brand/email.png"), language };
            for context in [context(true, Some("http://localhost:8000/x?token=1")), context(false, None)] {
                let Written { subject, text, html } = writer.write(code, context).unwrap();
                let place = format!("{code} in {language}: {subject}\n{text}\n{html}");
                assert!(
                    !subject.contains(['\n', '{', '\u{2068}']) && subject.contains("Tom & <i>"),
                    "{place}"
                );
                assert!(
                    !text.contains(['{', '}', '\u{2068}']) && text.contains("דוד (Dave) & <b>"),
                    "{place}"
                );
                assert!(!text.contains("\n\n\n") && text.contains("\n-- \n"), "{place}");
                assert!(html.starts_with("<!doctype html>") && !html.contains("{{"), "{place}");
                assert!(
                    html.contains("<bdi>דוד (Dave) &amp; &lt;b&gt;</bdi>") && !html.contains("<i>"),
                    "{place}"
                );
                assert!(html.contains(&format!("<html lang=\"{language}\" dir=\"")), "{place}");
                assert!(text.contains("Ruth Meier") && html.contains("Ruth Meier"), "{place}");
                let logo = format!("<img src=\"{}", settings.base_url).replace('/', "&#x2F;");
                assert!(html.contains(&logo) && !text.contains("email.png"), "{place}");
            }
        }
    }
}
