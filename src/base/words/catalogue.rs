//! All sentences of one language.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Pattern, PatternElement};
use fluent_syntax::parser::ErrorKind;

use super::direction::{Direction, isolated};
use super::language::Language;
use super::sentence::{Argument, Sentence};

/// How deep sentences may refer to each other: one that contains itself would never end.
pub(super) const MAX_REFERENCES: u32 = 8;
/// How deep the values of a sentence may be sentences themselves.
const MAX_NESTED: u32 = 4;

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
    /// The sentences of a language. Those in `own` are used instead of ours, and a later one instead of an earlier.
    pub(super) fn load(language: Language, own: &[&str]) -> Catalogue {
        let mut bundle = FluentBundle::new_concurrent(language.code().parse().into_iter().collect());
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource(language.source()));
        for text in own {
            bundle.add_resource_overriding(resource((*text).to_owned()));
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
        self.text_at(sentence, everywhere, marks, MAX_NESTED)
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
        let shared = everywhere.iter().map(|(name, value)| (*name, value));
        let given = sentence.arguments().iter().map(|(name, value)| (&**name, value));
        for (name, value) in shared.chain(given) {
            let value: FluentValue<'_> = match value {
                Argument::Text(text) if marks == Marks::Isolates => isolated(text, self.direction).into(),
                Argument::Text(text) => text.into(),
                Argument::Number(number) => number.into(),
                Argument::Sentence(inner) => {
                    let depth = depth.checked_sub(1)?;
                    self.text_at(inner, everywhere, marks, depth)?.into()
                }
            };
            values.set(name, value);
        }
        // What it could not fill in would stand there as `{$name}`; a test looks for that in every language.
        Some(self.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned())
    }
}

/// Parsed sentences. What cannot be parsed is left out; our own files are tested, and all others are checked.
fn resource(text: String) -> FluentResource {
    FluentResource::try_new(text).unwrap_or_else(|(rest, _)| rest)
}

/// The keys of the sentences in a text, or what is wrong with it.
pub(super) fn keys(text: &str) -> Result<Vec<String>, String> {
    let parsed = FluentResource::try_new(text.to_owned());
    let resource = parsed.map_err(|(_, errors)| {
        let first = errors.first();
        let line = first.map_or(1, |error| {
            let (before, after) = text.split_at_checked(error.pos.start).unwrap_or((text, ""));
            // What is missing at the end of the text is missing in its last line.
            let before = if after.trim().is_empty() { before.trim_end() } else { before };
            1 + before.matches('\n').count()
        });
        let what = first.map_or_else(|| "its form is not Fluent's".to_owned(), |error| in_words(&error.kind));
        format!("line {line} cannot be read: {what}")
    })?;
    let keys = resource.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    });
    Ok(keys.collect())
}

/// What is wrong with a text, for those who do not know Fluent's own names of its parts.
fn in_words(error: &ErrorKind) -> String {
    let form = "a sentence has the form `key = Text`";
    match error {
        ErrorKind::ExpectedToken('=') => form.to_owned(),
        ErrorKind::ExpectedCharRange { range } if range.starts_with('a') => {
            format!("{form}, and the key begins with a letter")
        }
        ErrorKind::ExpectedCharRange { range } if range.starts_with('0') => "a digit is missing".to_owned(),
        ErrorKind::ExpectedCharRange { .. } => "each variant of a choice needs a line of its own".to_owned(),
        ErrorKind::ExpectedMessageField { entry_id } => format!("`{entry_id}` has no text; {form}"),
        ErrorKind::ExpectedToken(token) => format!("`{token}` is missing"),
        ErrorKind::UnbalancedClosingBrace => "a `}` has no `{` before it".to_owned(),
        ErrorKind::UnterminatedStringLiteral => "a text in quotation marks does not end".to_owned(),
        ErrorKind::MissingDefaultVariant => {
            "a choice needs one variant with a star, such as `*[other]`".to_owned()
        }
        ErrorKind::MultipleDefaultVariants => "a choice may have only one variant with a star".to_owned(),
        ErrorKind::MissingValue => "a variant or an attribute has no text".to_owned(),
        ErrorKind::ExpectedInlineExpression => {
            "between `{` and `}` belongs a variable, such as `{ $name }`".to_owned()
        }
        other => other.to_string(),
    }
}
