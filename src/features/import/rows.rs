//! A row of the file, before it is understood: its texts by column, and what it looked like.

use std::collections::HashMap;

use ::csv::ByteRecord;

use super::columns::Column;

/// A row.
pub(super) struct Found {
    /// The line at which it begins, counted from one.
    pub(super) line: u64,
    /// Its texts. Or why they cannot be read.
    pub(super) texts: Result<Texts, String>,
    /// As the file has it, for the file of refused rows.
    pub(super) original: Original,
}

/// A row as the file has it.
pub(super) enum Original {
    /// Of a CSV file: its fields.
    Csv(ByteRecord),
    /// One line of JSON.
    Json(Vec<u8>),
}

/// The texts of a row.
#[derive(Default)]
pub(super) struct Texts(HashMap<Column, String>);

impl Texts {
    /// Adds one.
    pub(super) fn put(&mut self, column: Column, text: String) {
        self.0.insert(column, text);
    }

    /// The text of a column, without outer spaces. `None` if the file does not have the column, or the object
    /// does not have the key; an empty cell and `null` are an empty text.
    pub(super) fn get(&self, column: Column) -> Option<&str> {
        self.0.get(&column).map(|text| text.trim())
    }

    /// Whether there is a text.
    pub(super) fn has(&self, column: Column) -> bool {
        self.0.contains_key(&column)
    }
}
