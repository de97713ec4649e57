//! The name of an app: what `app!` takes from its manifest.

use crate::base::app_name::why_not;

/// What is wrong with a name, in a line for the app's developer.
pub(super) fn mistake_in(name: &str) -> Option<String> {
    let why = why_not(name)?;
    Some(format!("The name {name:?} of the app {why}. Write another one under [package] in its Cargo.toml."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_command_a_table_and_a_prefix() {
        for fine in ["notes", "my-notes", "my_notes", "n2", "vestibules"] {
            assert_eq!(mistake_in(fine), None, "{fine}");
        }
        let odd = ["", "Notes", "2notes", "-notes", "my notes", "nötes", "a.b"];
        for wrong in
            odd.into_iter().chain(["vestibule", "default", "rocket", "vestibule-notes", "rocket_notes"])
        {
            let line = mistake_in(wrong).unwrap_or_default();
            assert!(line.starts_with(&format!("The name {wrong:?} of the app ")), "{wrong}: {line}");
            assert!(line.contains("Cargo.toml") && !line.contains('\n'), "{line}");
        }
    }
}
