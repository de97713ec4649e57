//! Where in the HTML of a template a sentence stands: it decides what may be in its place.

/// Where a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// In the text of a page, where elements are allowed.
    Text,
    /// In an attribute, or in the title of the window.
    Attribute,
    /// In a template that is not HTML.
    Plain,
}

/// Where in a page the text has arrived.
#[derive(Default)]
pub(super) struct Html {
    in_element: bool,
    in_title: bool,
}

impl Html {
    /// Reads on.
    pub(super) fn read(&mut self, text: &str) {
        for (at, c) in text.char_indices() {
            match c {
                '<' => {
                    self.in_element = true;
                    let name = &text[at + 1..];
                    self.in_title =
                        name.starts_with("title>") || self.in_title && !name.starts_with("/title");
                }
                '>' => self.in_element = false,
                _ => {}
            }
        }
    }

    /// Where a sentence would stand that comes next.
    pub(super) fn place(&self) -> Place {
        if self.in_element || self.in_title { Place::Attribute } else { Place::Text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_allowed_only_in_the_text_of_a_page() {
        for (before, place) in [
            ("", Place::Text),
            ("<p>", Place::Text),
            ("<p>a > b", Place::Text),
            ("<a title=\"", Place::Attribute),
            ("<title>", Place::Attribute),
            ("<title>a</title><h1>", Place::Text),
        ] {
            let mut whole = Html::default();
            whole.read(before);
            assert_eq!(whole.place(), place, "{before}");
        }
    }
}
