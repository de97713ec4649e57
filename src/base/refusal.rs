//! Why a command stops without doing its work: one line that names the problem and says what to type.

use std::fmt;

/// Why a command stops: one line, which is printed on stderr. The status is then 1.
///
/// ```
/// use vestibule::Refusal;
///
/// let refusal = Refusal::new("The file notes.csv is missing. Name another one: notes load FILE.");
/// assert!(refusal.to_string().starts_with("The file notes.csv"));
///
/// // `?` makes one of every error that implements `std::error::Error`, in its own words.
/// fn size(typed: &str) -> Result<u32, Refusal> {
///     Ok(typed.parse()?)
/// }
/// assert_eq!(size("ten").unwrap_err().to_string(), "It did not work: invalid digit found in string.");
/// ```
#[derive(Debug, PartialEq)]
pub struct Refusal(String);

impl Refusal {
    /// A refusal with this line. Line breaks in it become spaces.
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

// Possible because `Refusal` itself does not implement `std::error::Error`.
impl<E: std::error::Error> From<E> for Refusal {
    fn from(error: E) -> Refusal {
        Refusal::new(format!("It did not work: {error}."))
    }
}
