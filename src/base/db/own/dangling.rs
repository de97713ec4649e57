//! Rows whose foreign keys refer to rows that do not exist. While a file is migrated, SQLite follows no foreign keys, so
//! this is looked at afterwards (<https://sqlite.org/lang_altertable.html>, 7). A server follows them always.

use std::collections::BTreeMap;

use sqlx::AnyConnection;

use crate::base::db::engine::Engine;

/// How many of them each table has.
pub(in crate::base::db) struct Dangling(BTreeMap<String, i64>);

impl Dangling {
    /// Counts them.
    pub(in crate::base::db) async fn of(
        connection: &mut AnyConnection,
        engine: Engine,
    ) -> sqlx::Result<Dangling> {
        if engine == Engine::Postgres {
            return Ok(Dangling(BTreeMap::new()));
        }
        let select = "select \"table\", count(*) from pragma_foreign_key_check group by \"table\"";
        let counts: Vec<(String, i64)> = sqlx::query_as(select).fetch_all(connection).await?;
        Ok(Dangling(counts.into_iter().collect()))
    }

    /// A table that has more of them than before. Those from before are no migration's doing: SQLite's own shell, for
    /// one, follows no foreign keys.
    pub(in crate::base::db) fn more_than(&self, before: &Dangling) -> Option<&str> {
        let mut counts = self.0.iter();
        let grown = counts.find(|(table, count)| before.0.get(*table).is_none_or(|before| *count > before));
        grown.map(|(table, _)| table.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_migration_adds_is_its_doing() {
        let counts = |of: &[(&str, i64)]| {
            Dangling(of.iter().map(|(table, count)| ((*table).to_owned(), *count)).collect())
        };
        let before = counts(&[("app_items", 2)]);
        assert_eq!(counts(&[]).more_than(&before), None);
        assert_eq!(counts(&[("app_items", 2)]).more_than(&before), None);
        assert_eq!(counts(&[("app_items", 3)]).more_than(&before), Some("app_items"));
        assert_eq!(counts(&[("app_items", 1), ("app_seen", 1)]).more_than(&before), Some("app_seen"));
    }
}
