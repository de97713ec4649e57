//! Codes that an app gives to what it brings: its notices, events and emails. They are stored in cookies and rows, and
//! are parts of the keys of sentences and the names of folders.

use std::collections::HashSet;

use super::refusal::Refusal;

/// Longest code.
const LONGEST: usize = 40;

/// Checks the codes of one kind of thing: each is well formed, and none is given twice. `what` names the kind in the
/// singular; its plural is the method of `App` that takes them, such as `App::notices`.
pub fn check<'c>(what: &str, codes: impl IntoIterator<Item = &'c str>) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    for code in codes {
        if !is_well_formed(code) {
            return Err(Refusal::new(format!(
                "The {what} `{code}` needs another code: small letters, digits and single hyphens, beginning with a \
                 letter, at most {LONGEST} characters, such as `note-shared`."
            )));
        }
        if !seen.insert(code) {
            return Err(Refusal::new(format!(
                "The app has the {what} `{code}` twice. Give one of the two another code, or give it to App::{what}s \
                 only once."
            )));
        }
    }
    Ok(())
}

fn is_well_formed(code: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    code.len() <= LONGEST
        && code.starts_with(|c: char| c.is_ascii_lowercase())
        && code.chars().all(is_allowed)
        && !code.ends_with('-')
        && !code.contains("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_well_formed_and_given_once() {
        assert_eq!(check("event", ["note-shared", "n", "note-2"]), Ok(()));
        let long = "n".repeat(LONGEST + 1);
        let malformed = ["", "Note", "note shared", "-note", "note-", "2-notes", "note--shared", "a_b", "é"];
        for code in malformed.into_iter().chain([&*long]) {
            let refused = check("event", [code]).unwrap_err().to_string();
            assert!(refused.starts_with(&format!("The event `{code}` needs another code")), "{refused}");
        }
        let twice = check("email", ["note-shared", "other", "note-shared"]).unwrap_err().to_string();
        assert_eq!(
            twice,
            "The app has the email `note-shared` twice. Give one of the two another code, or give it to App::emails only \
             once."
        );
    }
}
