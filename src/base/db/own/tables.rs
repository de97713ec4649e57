//! The tables of the app, as the engine knows them: no list of them is needed anywhere.

use sqlx::AnyConnection;

use crate::base::db::engine::Engine;

/// How the names of an app's tables begin. No table of ours begins like this.
pub(super) const PREFIX: &str = "app_";

/// A table of the app.
#[derive(Clone, Debug)]
pub(in crate::base::db) struct Table {
    /// Its name.
    pub(in crate::base::db) name: String,
    pub(super) columns: Vec<Column>,
    pub(super) references: Vec<Reference>,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    /// Its type, as it was declared, in lower case.
    pub(super) kind: String,
    /// Its place in the primary key, from 1. 0 if it is not in it.
    pub(super) in_key: i64,
}

/// A foreign key.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) column: String,
    /// The table that it refers to.
    pub(super) table: String,
    /// The column there. `None` for its primary key.
    pub(super) to: Option<String>,
    /// What happens when the row there is deleted: `cascade`, `set null`, or something else. `never null` if it says
    /// `set null`, and its column cannot be.
    pub(super) on_delete: String,
    /// How many columns it has.
    pub(super) width: i64,
}

impl Table {
    /// Its foreign keys to accounts.
    pub(super) fn to_accounts(&self) -> impl Iterator<Item = &Reference> {
        self.references.iter().filter(|reference| reference.table.eq_ignore_ascii_case("accounts"))
    }

    fn refers_to(&self, table: &str) -> bool {
        self.references.iter().any(|reference| reference.table.eq_ignore_ascii_case(table))
    }
}

impl Reference {
    /// Whether it holds the id of an account, and nothing else.
    pub(super) fn is_to_id(&self) -> bool {
        self.width == 1 && self.to.as_deref().is_none_or(|to| to.eq_ignore_ascii_case("id"))
    }

    /// The column that it refers to, in that table. `None` if there are several.
    pub(super) fn target<'t>(&'t self, table: &'t Table) -> Option<&'t str> {
        if self.width != 1 {
            return None;
        }
        let key =
            || table.columns.iter().find(|column| column.in_key == 1).map(|column| column.name.as_str());
        self.to.as_deref().or_else(key)
    }
}

/// A name as both engines take it within a statement.
pub(in crate::base::db) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The names of all tables, without those that SQLite makes for itself.
pub(in crate::base::db) async fn names(
    connection: &mut AnyConnection,
    engine: Engine,
) -> sqlx::Result<Vec<String>> {
    let select = match engine {
        Engine::Sqlite => {
            "select name from sqlite_master where type = 'table' and substr(name, 1, 7) <> 'sqlite_' order by name"
        }
        Engine::Postgres => {
            "select tablename::text from pg_tables where schemaname = current_schema() order by tablename"
        }
    };
    sqlx::query_scalar(select).fetch_all(connection).await
}

const COLUMNS_SQLITE: &str = "select m.name, c.name, lower(c.type), c.pk \
     from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' order by m.name, c.cid";

const COLUMNS_POSTGRES: &str = "select c.table_name::text, c.column_name::text, c.data_type::text, \
     coalesce(k.ordinal_position, 0)::bigint \
     from information_schema.columns c \
     left join information_schema.table_constraints p on p.table_schema = c.table_schema \
     and p.table_name = c.table_name and p.constraint_type = 'PRIMARY KEY' \
     left join information_schema.key_column_usage k on k.constraint_schema = p.constraint_schema \
     and k.constraint_name = p.constraint_name and k.table_name = p.table_name and k.column_name = c.column_name \
     where c.table_schema = current_schema()::text order by c.table_name, c.ordinal_position";

const REFERENCES_SQLITE: &str = "select m.name, f.\"from\", lower(f.\"table\"), f.\"to\", \
     case when f.on_delete = 'SET NULL' and exists (select 1 from pragma_foreign_key_list(m.name) g \
     join pragma_table_info(m.name) c on c.name = g.\"from\" where g.id = f.id and c.\"notnull\" = 1) \
     then 'never null' else lower(f.on_delete) end, \
     (select count(*) from pragma_foreign_key_list(m.name) g where g.id = f.id) \
     from sqlite_master m join pragma_foreign_key_list(m.name) f \
     where m.type = 'table' and f.seq = 0 order by m.name, f.id";

const REFERENCES_POSTGRES: &str = "select t.relname::text, a.attname::text, r.relname::text, b.attname::text, \
     case f.confdeltype when 'c' then 'cascade' when 'n' then \
     case when exists (select 1 from pg_attribute k where k.attrelid = f.conrelid and k.attnum = any(f.conkey) \
     and k.attnotnull) then 'never null' else 'set null' end else 'no action' end, \
     cardinality(f.conkey)::bigint \
     from pg_constraint f \
     join pg_class t on t.oid = f.conrelid \
     join pg_class r on r.oid = f.confrelid \
     join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1] \
     join pg_attribute b on b.attrelid = f.confrelid and b.attnum = f.confkey[1] \
     join pg_namespace n on n.oid = t.relnamespace \
     where f.contype = 'f' and n.nspname = current_schema() order by t.relname, f.conname";

/// The tables of the app, each below those that it refers to.
pub(in crate::base::db) async fn own_tables(
    connection: &mut AnyConnection,
    engine: Engine,
) -> sqlx::Result<Vec<Table>> {
    let (columns, references) = match engine {
        Engine::Sqlite => (COLUMNS_SQLITE, REFERENCES_SQLITE),
        Engine::Postgres => (COLUMNS_POSTGRES, REFERENCES_POSTGRES),
    };
    let columns: Vec<(String, String, String, i64)> =
        sqlx::query_as(columns).fetch_all(&mut *connection).await?;
    let references: Vec<(String, String, String, Option<String>, String, i64)> =
        sqlx::query_as(references).fetch_all(connection).await?;
    let mut tables: Vec<Table> = Vec::new();
    for (table, name, kind, in_key) in columns {
        if !table.starts_with(PREFIX) {
            continue;
        }
        if tables.last().is_none_or(|last| last.name != table) {
            tables.push(Table { name: table, columns: Vec::new(), references: Vec::new() });
        }
        if let Some(last) = tables.last_mut() {
            last.columns.push(Column { name, kind, in_key });
        }
    }
    for (name, column, table, to, on_delete, width) in references {
        if let Some(own) = tables.iter_mut().find(|own| own.name == name) {
            own.references.push(Reference { column, table, to, on_delete, width });
        }
    }
    Ok(in_order(tables))
}

fn in_order(mut tables: Vec<Table>) -> Vec<Table> {
    let mut sorted = Vec::new();
    while !tables.is_empty() {
        let waits = |table: &Table| {
            tables.iter().any(|other| other.name != table.name && table.refers_to(&other.name))
        };
        // Where tables refer to each other in a circle, one of them has to be first.
        let next = tables.iter().position(|table| !waits(table)).unwrap_or_default();
        sorted.push(tables.remove(next));
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_after_those_that_it_refers_to_even_in_a_circle() {
        let table = |name: &str, refers_to: &[&str]| {
            let reference = |table: &&str| Reference {
                column: "other".to_owned(),
                table: (*table).to_owned(),
                to: None,
                on_delete: "cascade".to_owned(),
                width: 1,
            };
            let references = refers_to.iter().map(reference).collect();
            Table { name: name.to_owned(), columns: Vec::new(), references }
        };
        let names = |tables| in_order(tables).into_iter().map(|table| table.name).collect::<Vec<_>>();
        assert_eq!(
            names(vec![
                table("app_a", &["app_b", "accounts"]),
                table("app_b", &["app_c", "app_b"]),
                table("app_c", &[])
            ]),
            ["app_c", "app_b", "app_a"]
        );
        assert_eq!(names(vec![table("app_a", &["app_b"]), table("app_b", &["app_a"])]).len(), 2);
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }
}
