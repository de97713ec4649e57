//! A text with its blanks filled.

/// Fills the blanks of a text: `@host@` becomes the value of `host`. A name, an address or a port contains no `@`.
pub(super) fn filled(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("@{name}@"), value))
}

/// Lines without the break at their end, to stand in a line of their own.
pub(super) fn lines(text: impl IntoIterator<Item = String>) -> String {
    let all: String = text.into_iter().collect();
    all.trim_end_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_blank_gets_its_value_wherever_it_stands() {
        let text = "@host@ and @host@, @port@; \"@type\": a, @other@";
        let filled = filled(text, &[("host", "wiki"), ("port", "80")]);
        assert_eq!(filled, "wiki and wiki, 80; \"@type\": a, @other@");
        assert_eq!(lines(["a\n".to_owned(), "b\n\n".to_owned()]), "a\nb");
    }
}
