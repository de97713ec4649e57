//! What is wrong with a form: a sentence for each field, or one about the whole. The page of the form shows
//! them with the right status.

use serde_json::{Map, Value};

use crate::base::rate_limit::RetryAfter;

/// The errors of a form.
#[derive(Clone, Debug, Default)]
pub struct FormErrors {
    pub(super) sentences: Map<String, Value>,
    pub(super) wait: Option<RetryAfter>,
}

/// The name of the sentence about the whole form, next to the names of its fields.
pub(super) const WHOLE: &str = "form";

impl FormErrors {
    /// No error: the form is shown for the first time.
    pub fn none() -> FormErrors {
        FormErrors::default()
    }

    /// Fields are missing, repeated or unknown.
    pub fn not_whole() -> FormErrors {
        FormErrors::about_all("This form did not arrive whole. Please fill it in again.")
    }

    /// The error of an empty field for the user's password.
    pub const NO_PASSWORD: &'static str = "Enter your password.";

    /// The error of a wrong password of a user who is logged in.
    pub const WRONG_PASSWORD: &'static str = "This is not your password. Please try again.";

    /// One sentence about the whole form.
    pub fn about_all(sentence: &str) -> FormErrors {
        FormErrors::of(WHOLE, sentence)
    }

    /// One field is wrong.
    pub fn of(field: &str, sentence: impl Into<String>) -> FormErrors {
        FormErrors::none().and(field, Some(sentence.into()))
    }

    /// The form was sent too early, or there is no room for it now. The page is answered with status 429, or 503
    /// if the visitor did not cause it.
    pub fn wait(wait: RetryAfter) -> FormErrors {
        FormErrors { wait: Some(wait.clone()), ..FormErrors::about_all(&wait.to_string()) }
    }

    /// The same errors and that of one more field, if it has one.
    pub fn and(mut self, field: &str, sentence: Option<impl Into<String>>) -> FormErrors {
        self.sentences.extend(sentence.map(|sentence| (field.to_owned(), Value::String(sentence.into()))));
        self
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// The field that gets the cursor: the first of these that is wrong, otherwise the given one.
    pub fn focus(&self, fields: &[&'static str], otherwise: &'static str) -> &'static str {
        fields.iter().copied().find(|field| self.sentences.contains_key(*field)).unwrap_or(otherwise)
    }
}
