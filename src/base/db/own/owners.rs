//! Whose the rows of the app's tables are: those of one account, found out from the foreign keys.

use super::tables::{Reference, Table, quoted};
use crate::base::refusal::Refusal;

/// The column that says whose a row is, whatever other references its table has.
const OWNER: &str = "account_id";

/// The most tables from a row to its account, its own included.
const LEVELS: usize = 5;

/// Refuses a table that leaves open in whose copy its rows are.
pub(super) fn check_owner(table: &Table) -> Result<(), Refusal> {
    match owners(table).as_slice() {
        [] | [_] => Ok(()),
        [one, other, ..] => Err(Refusal::new(format!(
            "The columns {} and {} of the table {} both refer to accounts with `on delete cascade`. Call one of them \
             {OWNER}: its account has the row in the copy of its data.",
            one.column, other.column, table.name
        ))),
    }
}

/// What is true of the rows of a table that belong to the account `$1`. `None` if its rows belong to no account, or if
/// it cannot be said to which one.
pub(super) fn condition(table: &Table, tables: &[Table]) -> Option<String> {
    followed(table, tables, &[])
}

/// The same for a table that was reached by way of others.
fn followed<'t>(table: &'t Table, tables: &'t [Table], way: &[&'t str]) -> Option<String> {
    match owners(table).as_slice() {
        [] => {}
        [owner] => return Some(format!("{} = $1", quoted(&owner.column))),
        // A table from before it was refused: better in no copy than in that of someone else.
        _ => return None,
    }
    if way.len() + 1 == LEVELS {
        return None;
    }
    let mut way = way.to_vec();
    way.push(&table.name);
    let mut conditions = Vec::new();
    for reference in table.references.iter().filter(|reference| reference.on_delete == "cascade") {
        let above = tables.iter().find(|above| above.name.eq_ignore_ascii_case(&reference.table));
        // A circle leads to no account.
        let Some(above) = above.filter(|above| !way.contains(&above.name.as_str())) else { continue };
        let Some(to) = reference.target(above) else { continue };
        if let Some(condition) = followed(above, tables, &way) {
            let (column, to, name) = (quoted(&reference.column), quoted(to), quoted(&above.name));
            conditions.push(format!("{column} in (select {to} from {name} where {condition})"));
        }
    }
    (!conditions.is_empty()).then(|| conditions.join(" or "))
}

/// The references to the account that has a row. Several if it cannot be said which one.
fn owners(table: &Table) -> Vec<&Reference> {
    let all: Vec<&Reference> = table.to_accounts().filter(|reference| reference.is_to_id()).collect();
    let named = all.iter().copied().find(|reference| reference.column.eq_ignore_ascii_case(OWNER));
    match named {
        Some(named) => vec![named],
        None => all.into_iter().filter(|reference| reference.on_delete == "cascade").collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table with references: the column, the table, and what happens there.
    fn table(name: &str, references: &[(&str, &str, &str)]) -> Table {
        let reference = |&(column, table, on_delete): &(&str, &str, &str)| Reference {
            column: column.to_owned(),
            table: table.to_owned(),
            to: Some("id".to_owned()),
            on_delete: on_delete.to_owned(),
            width: 1,
        };
        let references = references.iter().map(reference).collect();
        Table { name: name.to_owned(), columns: Vec::new(), references }
    }

    #[test]
    fn a_row_belongs_to_one_account_or_to_none() {
        let (cascade, set_null) = ("cascade", "set null");
        for (references, found) in [
            (
                vec![("maker_id", "accounts", cascade), ("Account_id", "accounts", cascade)],
                Some("\"Account_id\" = $1"),
            ),
            (
                vec![("maker_id", "accounts", cascade), ("account_id", "accounts", set_null)],
                Some("\"account_id\" = $1"),
            ),
            (
                vec![("maker_id", "accounts", cascade), ("by_id", "accounts", set_null)],
                Some("\"maker_id\" = $1"),
            ),
            (vec![("by_id", "accounts", set_null)], None),
            (vec![], None),
        ] {
            let table = table("app_a", &references);
            assert_eq!(condition(&table, &[]).as_deref(), found, "{references:?}");
            assert_eq!(check_owner(&table), Ok(()), "{references:?}");
        }
        let two = table("app_a", &[("from_id", "accounts", cascade), ("to_id", "accounts", cascade)]);
        assert_eq!(condition(&two, &[]), None);
        let refused = check_owner(&two).unwrap_err().to_string();
        assert!(refused.starts_with("The columns from_id and to_id of the table app_a both"), "{refused}");
    }

    #[test]
    fn a_row_is_followed_over_some_tables_and_never_in_a_circle() {
        let names = ["app_0", "app_1", "app_2", "app_3", "app_4", "app_5"];
        let mut tables = vec![table(names[0], &[("account_id", "accounts", "cascade")])];
        for pair in names.windows(2) {
            let above = [
                ("itself", pair[1], "cascade"),
                ("above", pair[0], "cascade"),
                ("seen", pair[0], "set null"),
            ];
            tables.push(table(pair[1], &above));
        }
        assert_eq!(
            condition(&tables[2], &tables).as_deref(),
            Some(
                "\"above\" in (select \"id\" from \"app_1\" where \"above\" in (select \"id\" from \"app_0\" where \
                 \"account_id\" = $1))"
            )
        );
        assert!(condition(&tables[4], &tables).is_some());
        assert_eq!(condition(&tables[5], &tables), None);
        let circle =
            [table("app_a", &[("b", "app_b", "cascade")]), table("app_b", &[("a", "app_a", "cascade")])];
        assert_eq!(condition(&circle[0], &circle), None);
    }
}
