//! What the columns of a file are called.

use crate::base::closed_set::closed_set;
use crate::base::config::known::did_you_mean;

closed_set! {
    /// The columns that are read. Whatever else a file has stays unread.
    pub(super) enum Column {
        /// The address.
        Email = "email",
        /// The owner's name.
        Name = "name",
        /// The hash of the password.
        Password = "password",
        /// When the address was confirmed.
        ConfirmedAt = "confirmed_at",
        /// When the account was created.
        CreatedAt = "created_at",
        /// Whether no one may log in to it.
        Disabled = "disabled",
        /// The names of its groups.
        Groups = "groups",
        /// What apps call it.
        Handle = "handle",
    }
}

/// The column in which a file of refused rows says why. It is not read.
pub(super) const REASON: &str = "reason";

/// The name of a column as it is compared: `Email ` in a spreadsheet is `email`.
pub(super) fn plain(name: &str) -> String {
    name.trim().to_ascii_lowercase()
}

/// Names that other programs have for a column, though they are not like its name.
const OF_OTHERS: [(Column, &[&str]); 4] = [
    (Column::Password, &["hash", "passwd", "pwd", "pass", "pw"]),
    (Column::ConfirmedAt, &["confirmed", "verified", "is_verified", "email_verified"]),
    (Column::CreatedAt, &["created"]),
    (Column::Disabled, &OPPOSITES),
];
/// Those that say the opposite of `disabled`.
const OPPOSITES: [&str; 4] = ["active", "is_active", "enabled", "is_enabled"];

/// What is wrong with a name that no column has, if a column that the file lacks was probably meant. Left
/// unread, it would make accounts without passwords, which importing the file again does not change.
pub(super) fn mistaken(name: &str, is_there: impl Fn(Column) -> bool) -> Option<String> {
    let is_there = &is_there;
    let lacking = || Column::ALL.iter().filter(|column| !is_there(**column)).map(|column| column.code());
    let holds = |column: &&str| name.contains(*column);
    let contained = || lacking().find(holds).map(|column| format!(" Did you mean `{column}`?"));
    let near = || did_you_mean(name, lacking().map(str::to_owned));
    let hint = of_others(name, is_there).or_else(near).or_else(contained)?;
    Some(format!("The name {name:?} is not known.{hint} Rename it, or leave it out."))
}

/// The hint for a name that another program has for a column that the file lacks.
fn of_others(name: &str, is_there: impl Fn(Column) -> bool) -> Option<String> {
    let (column, _) = OF_OTHERS.iter().find(|(column, names)| names.contains(&name) && !is_there(*column))?;
    let column = column.code();
    Some(match OPPOSITES.contains(&name) {
        true => format!(" Did you mean `{column}`, which is true where {name} is false?"),
        false => format!(" Did you mean `{column}`?"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_was_probably_meant_for_a_column_is_a_mistake() {
        let there = |column: Column| matches!(column, Column::Email | Column::Name);
        for (name, meant) in [
            ("pasword", "password"),
            ("password_hash", "password"),
            ("group", "groups"),
            ("is_disabled", "disabled"),
            ("createdat", "created_at"),
            ("hash", "password"),
            ("passwd", "password"),
            ("pwd", "password"),
            ("pass", "password"),
            ("pw", "password"),
            ("verified", "confirmed_at"),
            ("email_verified", "confirmed_at"),
            ("created", "created_at"),
        ] {
            let told = mistaken(name, there).unwrap_or_default();
            assert!(told.contains(&format!("Did you mean `{meant}`?")), "{name}: {told}");
        }
        // What has the name of a column that is there, and what is like none.
        for name in ["username", "mail", "id", "bio", "last_login"] {
            assert_eq!(mistaken(name, there), None, "{name}");
        }
        assert!(mistaken("mail", |_| false).is_some());
        assert_eq!(mistaken("hash", |_| true), None, "the file has the column, too");
        for name in ["active", "is_active", "enabled", "is_enabled"] {
            let told = mistaken(name, there).unwrap_or_default();
            assert!(told.contains("`disabled`, which is true where"), "{name}: {told}");
        }
    }
}
