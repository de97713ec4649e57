//! What an app may be called. Its name is the command, the table of its settings, and in capitals the beginning of its
//! variables.

/// Names that mean something else there: the program without an app, and the profiles and tables of a settings file.
const TAKEN: [&str; 8] =
    ["vestibule", "rocket", "default", "global", "debug", "release", "limits", "shutdown"];

/// Whether the variables of a name would begin like those of another: `ROCKET_NOTES_…`.
fn is_below(name: &str, other: &str) -> bool {
    name.strip_prefix(other).is_some_and(|rest| rest.starts_with(['-', '_']))
}

/// Why a name cannot be that of an app, as the rest of a sentence that begins with the name.
pub fn why_not(name: &str) -> Option<&'static str> {
    let is_plain = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
    if !is_plain {
        Some("has other characters than a to z, 0 to 9, - and _, or begins with none of the letters")
    } else if TAKEN.contains(&name) {
        Some("has another meaning in settings")
    } else if ["vestibule", "rocket"].iter().any(|ours| is_below(name, ours)) {
        Some("begins like Vestibule's or Rocket's own variables")
    } else {
        None
    }
}
