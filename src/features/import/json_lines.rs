//! Rows of a file with one JSON object a line, as `jq -c` writes it.

use std::collections::BTreeSet;
use std::io;

use serde_json::{Map, Value};

use super::columns::{self, Column, REASON};
use super::lines::Lines;
use super::rows::{Found, Original, Texts};

/// The most names of unread keys that are kept: each object may have others.
const UNREAD_KEPT: usize = 20;

/// The rows of such a file.
pub(super) struct JsonRows<'r> {
    lines: Lines<'r>,
    line: Vec<u8>,
    unread: BTreeSet<String>,
}

impl<'r> JsonRows<'r> {
    /// Begins with the first line.
    pub(super) fn begin(lines: Lines<'r>) -> JsonRows<'r> {
        JsonRows { lines, line: Vec::new(), unread: BTreeSet::new() }
    }

    /// The names of keys that were found and are not read, but not all if there are many.
    pub(super) fn unread(&self) -> &BTreeSet<String> {
        &self.unread
    }

    /// The next row. `None` at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<Found>> {
        loop {
            if !self.lines.next_line(&mut self.line)? {
                return Ok(None);
            }
            let line = self.line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            let original = Original::Json(line.to_vec());
            let texts = match serde_json::from_slice(line) {
                Ok(object) => texts(&object, &mut self.unread),
                Err(error) => Err(format!("It is not one JSON object on one line: {error}.")),
            };
            return Ok(Some(Found { line: self.lines.line(), texts, original }));
        }
    }
}

fn texts(object: &Map<String, Value>, unread: &mut BTreeSet<String>) -> Result<Texts, String> {
    let mut texts = Texts::default();
    for (key, value) in object {
        if let Some(column) = Column::by_code(key) {
            texts.put(column, text(column, value)?);
        }
    }
    for key in object.keys().filter(|key| Column::by_code(key).is_none() && *key != REASON) {
        if let Some(mistake) = columns::mistaken(&columns::plain(key), |column| texts.has(column)) {
            return Err(mistake);
        }
        if unread.len() < UNREAD_KEPT {
            unread.insert(key.clone());
        }
    }
    Ok(texts)
}

/// A value as a cell of a CSV file would have it.
fn text(column: Column, value: &Value) -> Result<String, String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        Value::Bool(is_so) => Ok(is_so.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Array(values) if column == Column::Groups => {
            let names = values.iter().map(|value| match value {
                Value::String(name) => Ok(name.as_str()),
                _ => Err("The groups are not a list of names.".to_owned()),
            });
            Ok(names.collect::<Result<Vec<_>, _>>()?.join(" "))
        }
        Value::Array(_) | Value::Object(_) => Err(format!("The {} is not one value.", column.code())),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;

    use super::*;

    fn read(content: &str) -> (Vec<Found>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let (file, done) = (folder.path().join("people.jsonl"), AtomicU64::new(0));
        std::fs::write(&file, content).unwrap();
        let mut rows = JsonRows::begin(Lines::open(&file, &done).unwrap());
        let mut found = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            found.push(row);
        }
        (found, rows.unread().iter().cloned().collect())
    }

    #[test]
    fn each_value_is_a_text_as_a_cell_would_have_it() {
        let line = [
            r#"{"email":"ada@x.test","name":"Ada","created_at":1714564800,"confirmed_at":null,"#,
            r#""disabled":true,"groups":["choir","editors"],"id":{"a":1}}"#,
        ]
        .concat();
        let (found, unread) = read(&format!("\n{line}\r\n\n{{\"email\":\"b\",\"name\":\"B\"}}"));
        assert_eq!(found.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
        let texts = found[0].texts.as_ref().unwrap_or_else(|why| panic!("{why}"));
        for (column, text) in [
            (Column::Email, Some("ada@x.test")),
            (Column::CreatedAt, Some("1714564800")),
            (Column::ConfirmedAt, Some("")),
            (Column::Disabled, Some("true")),
            (Column::Groups, Some("choir editors")),
            (Column::Password, None),
        ] {
            assert_eq!(texts.get(column), text, "{column:?}");
        }
        assert!(matches!(&found[0].original, Original::Json(original) if original == line.as_bytes()));
        assert_eq!(unread, ["id"]);
    }

    #[test]
    fn a_line_that_is_no_object_is_refused_alone() {
        for (line, told) in [
            ("{\"email\":", "It is not one JSON object on one line"),
            ("[1]", "It is not one JSON object on one line"),
            ("\"ada@x.test\"", "It is not one JSON object on one line"),
            ("{\"email\":[\"ada@x.test\"]}", "The email is not one value."),
            ("{\"groups\":[1]}", "The groups are not a list of names."),
            ("{\"email\":\"a@x.test\",\"name\":\"A\",\"pasword\":\"x\"}", "Did you mean `password`?"),
        ] {
            let (found, _) = read(&format!("{line}\n{{\"email\":\"b@x.test\",\"name\":\"B\"}}\n"));
            assert_eq!(found.len(), 2);
            let why = found[0].texts.as_ref().err().cloned().unwrap_or_default();
            assert!(why.contains(told), "{line}: {why}");
            assert!(found[1].texts.is_ok(), "{line}");
        }
    }
}
