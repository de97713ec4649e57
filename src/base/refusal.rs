//! Why a command stops without doing its work: one line that names the problem and says what to type.

use std::fmt;

/// The line, printed on stderr before the program ends with status 1.
#[derive(Debug, PartialEq)]
pub struct Refusal(String);

impl Refusal {
    /// A refusal in these words. Line breaks in what it quotes become spaces: it stays on one line.
    pub fn new(line: impl Into<String>) -> Refusal {
        let line: String = line.into();
        Refusal(
            line.split(['\r', '\n'])
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        )
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
