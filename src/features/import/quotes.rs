//! Quotation marks of a row of a CSV file, as its reader understands them: the reader takes a row whose last one is
//! missing without a word.

/// A place in a field.
enum Place {
    /// At its beginning.
    Begins,
    /// In a text without quotation marks around it.
    Within,
    /// After a quotation mark, before which the row has this many line breaks.
    Quoted(u64),
    /// After the next one, which closes it, or is the first of two that belong to the text.
    Closed(u64),
}

/// How many line breaks of a row are before the quotation mark that nothing closes. Only one at the beginning of
/// a field opens something; within it, two of them are one that belongs to the text.
pub(super) fn unclosed(row: &[u8], separator: u8) -> Option<u64> {
    let (mut place, mut breaks, mut has_begun) = (Place::Begins, 0, false);
    for byte in row {
        let ends_line = matches!(byte, b'\r' | b'\n');
        place = match place {
            Place::Quoted(at) if *byte == b'"' => Place::Closed(at),
            Place::Quoted(at) => Place::Quoted(at),
            Place::Closed(at) if *byte == b'"' => Place::Quoted(at),
            Place::Begins if *byte == b'"' => Place::Quoted(breaks),
            _ if ends_line && has_begun => return None, // the row ends
            _ if ends_line || *byte == separator => Place::Begins,
            _ => Place::Within,
        };
        has_begun |= !ends_line;
        breaks += u64::from(*byte == b'\n');
    }
    match place {
        Place::Quoted(breaks) => Some(breaks),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_mark_that_opens_a_field_and_is_not_closed_is_found() {
        for (row, breaks) in [
            ("a,\"b\n", Some(0)),
            ("\n\na,\"b\n\nc\n", Some(2)),
            ("\"a\nb\",\"c\"\"", Some(1)),
            ("\"", Some(0)),
            ("a,\"b\"\n", None),
            ("a,5\" b\n", None),
            ("a,\"b\" c\"\n", None),
            ("a;\"b\n", None),
            // What follows is another row: in some files, lines end without a line feed.
            ("a,b\rc,\"d\r", None),
            ("", None),
        ] {
            let separator = b',';
            assert_eq!(unclosed(row.as_bytes(), separator), breaks, "{row:?}");
        }
    }
}
