//! All sentences of one language.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Pattern, PatternElement};

use super::direction::{Direction, isolated};
use super::language::Language;
use super::sentence::{Argument, Sentence};

/// How deep sentences may use each other.
const DEPTH: u32 = 4;

/// All sentences of one language.
pub(super) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// In which direction it is written.
    pub(super) direction: Direction,
}

/// Whether values that run in the other direction get marks around them.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Marks {
    /// They do: on pages.
    Isolates,
    /// They do not: some programs for email show the marks.
    None,
}

impl Catalogue {
    /// The sentences of a language. Those in `own` are used instead of ours.
    pub(super) fn load(language: Language, own: &[String]) -> Catalogue {
        let mut bundle = FluentBundle::new_concurrent(language.code().parse().into_iter().collect());
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource(language.source()));
        for text in own {
            bundle.add_resource_overriding(resource(text.clone()));
        }
        let mut catalogue = Catalogue { bundle, direction: Direction::LeftToRight };
        if catalogue.direction_written() == Some("rtl") {
            catalogue.direction = Direction::RightToLeft;
        }
        catalogue
    }

    /// The direction of the language as its file has it. `None` if that is no plain text.
    pub(super) fn direction_written(&self) -> Option<&str> {
        match self.pattern("language-direction")?.elements.as_slice() {
            [PatternElement::TextElement { value }] => Some(value),
            _ => None,
        }
    }

    /// The parts of a sentence, as written.
    pub(super) fn pattern(&self, key: &str) -> Option<&Pattern<&str>> {
        self.bundle.get_message(key)?.value()
    }

    /// The text of a sentence, with the values of its variables. `None` if the language does not have it.
    pub(super) fn text(
        &self,
        sentence: &Sentence,
        everywhere: &[(&'static str, Argument)],
        marks: Marks,
    ) -> Option<String> {
        self.text_at(sentence, everywhere, marks, DEPTH)
    }

    fn text_at(
        &self,
        sentence: &Sentence,
        everywhere: &[(&'static str, Argument)],
        marks: Marks,
        depth: u32,
    ) -> Option<String> {
        let pattern = self.pattern(sentence.key())?;
        // Most titles and labels have no variables.
        if let [PatternElement::TextElement { value }] = pattern.elements.as_slice() {
            return Some((*value).to_owned());
        }
        let mut values = FluentArgs::with_capacity(everywhere.len() + sentence.arguments().len());
        for (name, value) in everywhere.iter().chain(sentence.arguments()) {
            let value: FluentValue<'_> = match value {
                Argument::Text(text) if marks == Marks::Isolates => isolated(text, self.direction).into(),
                Argument::Text(text) => text.into(),
                Argument::Number(number) => number.into(),
                Argument::Sentence(inner) => {
                    let depth = depth.checked_sub(1)?;
                    self.text_at(inner, everywhere, marks, depth)?.into()
                }
            };
            values.set(*name, value);
        }
        // What it could not fill in would stand there as `{$name}`; a test looks for that in every language.
        Some(self.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned())
    }
}

/// Parsed sentences. What cannot be parsed is left out; our own files are tested, and the owner's are checked.
fn resource(text: String) -> FluentResource {
    FluentResource::try_new(text).unwrap_or_else(|(rest, _)| rest)
}

/// The keys of the sentences in a text, or what is wrong with it.
pub(super) fn keys(text: &str) -> Result<Vec<String>, String> {
    let parsed = FluentResource::try_new(text.to_owned());
    let resource = parsed.map_err(|(_, errors)| {
        let first = errors.first();
        let line = first.map_or(1, |error| 1 + text[..error.pos.start].matches('\n').count());
        let what = first.map(ToString::to_string).unwrap_or_default();
        format!("line {line} cannot be read: {what}")
    })?;
    let keys = resource.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    });
    Ok(keys.collect())
}
