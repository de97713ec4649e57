//! A list in the document, written item by item over several pieces.

use std::fmt::Write;

use serde_json::Value;

/// Rows read at once, some 75 KB of the document: few enough for memory, and enough that ten thousand rows
/// take only twenty queries.
pub(super) const ROWS: i64 = 500;

/// A list that is open. Whether it has an item yet decides about commas.
#[derive(Debug)]
pub(super) struct List {
    indent: &'static str,
    begun: bool,
}

impl List {
    /// A list at this indentation.
    pub(super) fn new(indent: &'static str) -> List {
        List { indent, begun: false }
    }

    /// Opens a list with this name, after another entry.
    pub(super) fn open(&mut self, text: &mut String, name: &str) {
        let _ = write!(text, ",\n{}", self.indent); // writing to a String never fails
        self.open_first(text, name);
    }

    /// Opens a list with this name, where the text stands.
    pub(super) fn open_first(&mut self, text: &mut String, name: &str) {
        self.begun = false;
        let _ = write!(text, "{}: [", Value::from(name));
    }

    /// Adds items.
    pub(super) fn add(&mut self, text: &mut String, items: impl Iterator<Item = Value>) {
        for item in items {
            let comma = if std::mem::replace(&mut self.begun, true) { "," } else { "" };
            let _ = write!(text, "{comma}\n{}  {item}", self.indent);
        }
    }

    /// Closes it.
    pub(super) fn close(&self, text: &mut String) {
        if self.begun {
            let _ = write!(text, "\n{}", self.indent);
        }
        text.push(']');
    }
}

/// The last row if as many were found as were asked for: there may be more.
pub(super) fn last_of_many<T>(mut rows: Vec<T>) -> Option<T> {
    let many = i64::try_from(rows.len()).is_ok_and(|count| count >= ROWS);
    rows.pop().filter(|_| many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_json_with_any_number_of_items() {
        for items in [vec![], vec![1], vec![1, 2, 3]] {
            let (mut text, mut list) = ("{\n  \"first\": 0".to_owned(), List::new("  "));
            list.open(&mut text, "the \"list\"");
            for item in &items {
                list.add(&mut text, [Value::from(*item)].into_iter());
            }
            list.close(&mut text);
            text.push_str("\n}\n");
            let read: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(read["the \"list\""], Value::from(items), "{text}");
        }
    }
}
