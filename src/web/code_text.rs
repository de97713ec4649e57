//! Where text in a stylesheet or script ends: what looks like code in it is none.

/// Where a string ends, whose quotation mark has been read. Only after a backslash does it go on in the next line.
pub fn end_of_string(code: &str, quote: char) -> Option<usize> {
    let end = end(code, quote)?;
    let mut escaped = false;
    for mark in code[..end].chars() {
        match mark {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' | '\r' | '\x0c' => return None,
            _ => {}
        }
    }
    Some(end)
}

/// Where this character is for the first time without a backslash, after it.
pub fn end(code: &str, wanted: char) -> Option<usize> {
    let mut escaped = false;
    for (at, mark) in code.char_indices() {
        match mark {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            mark if mark == wanted => return Some(at + mark.len_utf8()),
            _ => {}
        }
    }
    None
}

/// Where a regular expression ends, whose first `/` has been read, before its flags. In square brackets a `/` stands
/// for itself.
pub fn end_of_expression(js: &str) -> Option<usize> {
    let (mut escaped, mut in_class) = (false, false);
    for (at, mark) in js.char_indices() {
        match mark {
            mark if is_end_of_line(mark) => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Whether a line of a script ends with it.
pub fn is_end_of_line(mark: char) -> bool {
    matches!(mark, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_ends_at_its_mark_and_on_its_line() {
        for (code, end) in [
            ("a'b", Some(2)),
            ("ä\"'", Some(4)),
            ("\\'a'", Some(4)),
            ("\\\\'a'", Some(3)),
            ("a\\\nb'", Some(5)),
            ("a\\\r\nb'", None),
            ("a\nb'", None),
            ("a", None),
            ("a\\'", None),
        ] {
            assert_eq!(end_of_string(code, '\''), end, "{code}");
        }
    }

    #[test]
    fn a_regular_expression_ends_at_the_first_slash_outside_of_brackets() {
        for (code, end) in
            [("a/b/", Some(2)), ("[/]\\/[\\]/]/g", Some(11)), ("a\n/", None), ("a\\\n/", None), ("[/", None)]
        {
            assert_eq!(end_of_expression(code), end, "{code}");
        }
    }
}
