//! Why bytes are not CBOR in canonical form, for the log.

use std::fmt;

/// Why bytes are not a value in canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// The bytes end before the value does.
    Ends,
    /// Bytes follow the value.
    Continues,
    /// A number or length has a shorter encoding.
    NotShortest,
    /// A length is indefinite: an end mark follows the value.
    Indefinite,
    /// An integer does not fit into 64 bits with sign.
    Integer,
    /// A text is not UTF-8.
    Text,
    /// Arrays and maps nest too deep.
    Depth,
    /// The key of a map is neither an integer nor a text.
    Key,
    /// The keys of a map are not sorted.
    Unsorted,
    /// A key is there twice.
    Repeated,
    /// A value has a tag.
    Tag,
    /// A floating-point number, `undefined`, or something that is not defined.
    Simple,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Malformed::Ends => "it ends too early",
            Malformed::Continues => "bytes follow it",
            Malformed::NotShortest => "a number has a shorter spelling",
            Malformed::Indefinite => "a length is not given",
            Malformed::Integer => "an integer is too large",
            Malformed::Text => "a text is not UTF-8",
            Malformed::Depth => "it nests too deep",
            Malformed::Key => "a key is neither an integer nor a text",
            Malformed::Unsorted => "keys are not sorted",
            Malformed::Repeated => "a key is repeated",
            Malformed::Tag => "a value has a tag",
            Malformed::Simple => "a value is of a kind that is not used",
        })
    }
}
