//! What the tables of an app must be. Always: their names begin with `app_`, and their foreign keys keep no other row
//! from being deleted. While the app is developed and tested, also: both engines read their columns alike, and what
//! belongs to an account goes with it.

use super::owners::check_owner;
use super::tables::{PREFIX, Reference, Table};
use crate::base::refusal::Refusal;

/// The tables of ours that an app can refer to. Rows of others come and go on their own.
const REFERRED_TO: [&str; 2] = ["accounts", "groups"];

/// The types that both engines read alike.
const TYPES: [&str; 4] = ["text", "bigint", "integer", "double precision"];

/// Checks which tables one migration made, and that all of ours are still there.
pub(super) fn check_names(before: &[String], after: &[String], file: &str) -> Result<(), Refusal> {
    let is_new = |table: &&String| !before.contains(table) && !table.starts_with(PREFIX);
    if let Some(table) = after.iter().find(is_new) {
        return Err(Refusal::new(format!(
            "The table {table} of {file} must be called app_…: names without it are Vestibule's, now or later."
        )));
    }
    let is_lost = |table: &&String| !after.contains(table) && !table.starts_with(PREFIX);
    if let Some(table) = before.iter().find(is_lost) {
        return Err(Refusal::new(format!(
            "{file} removes or renames the table {table}, which is Vestibule's. Let it change only tables called app_…."
        )));
    }
    Ok(())
}

/// Checks that no row of the tables keeps another from being deleted or changed (accounts are closed, sessions end), and
/// that none belongs to two accounts.
pub(super) fn check_references(tables: &[Table]) -> Result<(), Refusal> {
    for table in tables {
        table.references.iter().try_for_each(|reference| check_reference(reference, table, tables))?;
        check_owner(table)?;
    }
    Ok(())
}

fn check_reference(reference: &Reference, table: &Table, tables: &[Table]) -> Result<(), Refusal> {
    let (column, name, target) = (&reference.column, &table.name, &reference.table);
    let is_to = |table: &str| target.eq_ignore_ascii_case(table);
    if !REFERRED_TO.into_iter().any(is_to) && !tables.iter().any(|table| is_to(&table.name)) {
        return Err(Refusal::new(format!(
            "The column {column} of the table {name} refers to the table {target}. It can refer to accounts, groups, and \
             tables of the app that exist."
        )));
    }
    if is_to("accounts") && !reference.is_to_id() {
        return Err(Refusal::new(format!(
            "The column {column} of the table {name} refers to accounts by something else than their id. Write \
             `references accounts (id)`."
        )));
    }
    match &*reference.on_delete {
        "cascade" | "set null" => Ok(()),
        "never null" => Err(Refusal::new(format!(
            "The column {column} of the table {name} says `on delete set null`, but also `not null`. Remove one of them: \
             no row of {target} could be deleted."
        ))),
        _ if is_to("accounts") => Err(Refusal::new(format!(
            "The column {column} of the table {name} refers to accounts without saying what becomes of its rows: add `on \
             delete cascade` or `on delete set null`."
        ))),
        _ => Err(Refusal::new(format!(
            "The column {column} of the table {name} must say `on delete cascade` or `on delete set null`: what becomes of \
             its rows when one of {target} is deleted, for instance because an account is closed?"
        ))),
    }
}

/// Checks the columns of the tables.
pub(super) fn check_shape(tables: &[Table]) -> Result<(), Refusal> {
    if let Some(wrong) = wrong_type(tables) {
        return Err(Refusal::new(format!(
            "{wrong}. Use text, bigint, integer or double precision: SQLite and PostgreSQL read these alike."
        )));
    }
    for table in tables {
        let name = &table.name;
        let is_bound =
            table.to_accounts().any(|reference| reference.column.eq_ignore_ascii_case("account_id"));
        if !is_bound && table.columns.iter().any(|column| column.name.eq_ignore_ascii_case("account_id")) {
            return Err(Refusal::new(format!(
                "The column account_id of the table {name} does not refer to accounts. Write `references accounts (id) on \
                 delete cascade` after its type, or `on delete set null`: what becomes of its rows when an account is closed?"
            )));
        }
    }
    Ok(())
}

/// Which column has a type that only one engine has.
pub(in crate::base::db) fn wrong_type(tables: &[Table]) -> Option<String> {
    let columns = tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    let mut wrong = columns.filter(|(_, column)| !TYPES.contains(&&*column.kind));
    let (table, column) = wrong.next()?;
    let kind = if column.kind.is_empty() { "no type" } else { &*column.kind };
    Some(format!("The column {} of the table {} has the type {kind}", column.name, table.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_new_tables_need_the_prefix_and_ours_must_stay() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let before = names(&["accounts", "spatial_ref_sys", "app_old"]);
        let check = |after: &[&str]| check_names(&before, &names(after), "migrations/0001_notes.sql");
        assert_eq!(check(&["accounts", "spatial_ref_sys", "app_notes"]), Ok(()));
        let wrong = check(&["accounts", "spatial_ref_sys", "notes"]).unwrap_err().to_string();
        assert_eq!(
            wrong,
            "The table notes of migrations/0001_notes.sql must be called app_…: names without it are Vestibule's, now or later."
        );
        assert!(check(&["spatial_ref_sys"]).unwrap_err().to_string().contains("the table accounts"));
    }
}
