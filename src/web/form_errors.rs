//! What is wrong with a form: a sentence for each field, or one about the whole. The page of the form shows
//! them with the right status, in the language of the visitor.

use serde_json::{Map, Value};

use crate::base::rate_limit::RetryAfter;
use crate::base::{Language, Sentence, Words};

/// The errors of a form. A page with them has status 422.
///
/// ```
/// use vestibule::{FormErrors, Page};
///
/// fn empty(page: Page) -> Page {
///     page.with_errors(FormErrors::of("text", "Enter a note."))
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct FormErrors {
    /// Each with the name of its field.
    sentences: Vec<(String, Sentence)>,
    pub(super) wait: Option<RetryAfter>,
}

/// The name of the sentence about the whole form, next to the names of its fields.
pub(super) const WHOLE: &str = "form";

impl FormErrors {
    /// No error: the form is shown for the first time.
    pub fn none() -> FormErrors {
        FormErrors::default()
    }

    /// Fields are missing, repeated or unknown: [`Post::fields`](crate::Post::fields) returned `None`.
    pub fn not_whole() -> FormErrors {
        FormErrors::about_all("form-not-whole")
    }

    /// The error about an address that must be that of the account and is not.
    pub(crate) fn not_own(typed: &str) -> &'static str {
        if typed.trim().is_empty() { "form-email-not-own" } else { "form-email-of-another" }
    }

    /// The error of an empty field for the user's password.
    pub(crate) const NO_PASSWORD: &'static str = "form-password-empty";

    /// The error of a wrong password of a user who is logged in.
    pub(crate) const WRONG_PASSWORD: &'static str = "form-password-wrong";

    /// The same on a page about an account that they may not be logged in to.
    pub(crate) const WRONG_PASSWORD_OF_ACCOUNT: &'static str = "form-password-wrong-account";

    /// One sentence about the whole form.
    pub fn about_all(sentence: impl Into<Sentence>) -> FormErrors {
        FormErrors::of(WHOLE, sentence)
    }

    /// One field is wrong.
    pub fn of(field: &str, sentence: impl Into<Sentence>) -> FormErrors {
        FormErrors::none().and(field, Some(sentence))
    }

    /// The form was sent too early, or there is no room for it now. The page is answered with status 429, or 503
    /// if the visitor did not cause it.
    pub(crate) fn wait(wait: RetryAfter) -> FormErrors {
        FormErrors { wait: Some(wait.clone()), ..FormErrors::about_all(wait.sentence()) }
    }

    /// The same errors and that of one more field, if it has one.
    pub fn and(mut self, field: &str, sentence: Option<impl Into<Sentence>>) -> FormErrors {
        if let Some(sentence) = sentence {
            self.sentences.retain(|(known, _)| known != field);
            self.sentences.push((field.to_owned(), sentence.into()));
        }
        self
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// The field that gets the cursor: the first of these that is wrong, otherwise the given one.
    pub(crate) fn focus(&self, fields: &[&'static str], otherwise: &'static str) -> &'static str {
        let is_wrong = |field: &str| self.sentences.iter().any(|(known, _)| known == field);
        fields.iter().copied().find(|field| is_wrong(field)).unwrap_or(otherwise)
    }

    /// The sentences in a language, by the names of their fields.
    pub(super) fn in_words(&self, words: &Words, language: Language) -> Map<String, Value> {
        let told = |sentence| Value::String(words.text(language, sentence));
        self.sentences.iter().map(|(field, sentence)| (field.clone(), told(sentence))).collect()
    }
}
