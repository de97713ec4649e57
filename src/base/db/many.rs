//! SQL for many rows at once: one statement has a place for each value of some hundred rows, so that
//! thousands of rows wait for few answers. It is built from texts of the code and from numbers, never from a
//! value.

use std::fmt::Write;

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

/// The most rows of one statement. More of them make it no faster, and fill its limit of places.
pub const ROWS_AT_ONCE: usize = 500;

/// The statement `BEFORE ($1, $2), ($3, $4) AFTER`, for this many rows of this many values.
pub fn rows(before: &'static str, (rows, width): (usize, usize), after: &'static str) -> SqlStr {
    let mut text = before.to_owned();
    for row in 0..rows {
        text.push_str(if row == 0 { " (" } else { ", (" });
        places(&mut text, row * width + 1, width);
        text.push(')');
    }
    end(text, after)
}

/// The statement `BEFORE ($1, $2, $3) AFTER`, for this many values.
pub fn list(before: &'static str, values: usize, after: &'static str) -> SqlStr {
    let mut text = format!("{before} (");
    places(&mut text, 1, values);
    text.push(')');
    end(text, after)
}

fn places(text: &mut String, first: usize, count: usize) {
    for at in first..first + count {
        let between = if at == first { "" } else { ", " };
        let _ = write!(text, "{between}${at}"); // writing to a text never fails
    }
}

fn end(mut text: String, after: &'static str) -> SqlStr {
    if !after.is_empty() {
        text.push(' ');
        text.push_str(after);
    }
    AssertSqlSafe(text).into_sql_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_a_place_of_its_own() {
        let insert = rows("insert into t (a, b) values", (2, 2), "on conflict (a) do nothing");
        let expected = "insert into t (a, b) values ($1, $2), ($3, $4) on conflict (a) do nothing";
        assert_eq!(insert.as_str(), expected);
        assert_eq!(rows("values", (1, 3), "").as_str(), "values ($1, $2, $3)");
        assert_eq!(
            list("select a from t where b in", 3, "").as_str(),
            "select a from t where b in ($1, $2, $3)"
        );
        assert_eq!(list("a in", 1, "and c = 'x'").as_str(), "a in ($1) and c = 'x'");
    }
}
