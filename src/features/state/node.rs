//! What a file says, before it is understood: values with their places. TOML and JSON become the same.

/// Something that is wrong about a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where: the number of bytes before it.
    pub(super) at: usize,
    /// What: a sentence.
    pub(super) text: String,
}

impl Mistake {
    /// A mistake at a place.
    pub(super) fn new(at: usize, text: impl Into<String>) -> Mistake {
        Mistake { at, text: text.into() }
    }
}

/// A value with its place. It may be a secret.
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) value: Value,
}

/// A value.
pub(super) enum Value {
    Text(String),
    Flag(bool),
    Number(i64),
    List(Vec<Node>),
    Table(Vec<Field>),
    /// What is never asked for: a date, a fraction, nothing.
    Other,
}

/// A key with its place, and its value.
pub(super) struct Field {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) node: Node,
}
