//! How everything in the schema is defined, before and after a file of the app's: a file changes nothing of Vestibule's,
//! and gives its indexes, views and triggers names of its own. Rows are not looked at.

use std::collections::BTreeMap;

use sqlx::{AnyConnection, FromRow};

use super::tables::PREFIX;
use crate::base::db::engine::Engine;
use crate::base::refusal::Refusal;

/// The definitions in the schema, in the words of the engine.
pub(super) struct Definitions(BTreeMap<Part, String>);

/// A part of the schema.
#[derive(FromRow, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    /// `table`, `constraint`, `index`, `view` or `trigger`.
    kind: String,
    /// Its name.
    name: String,
    /// The table that it belongs to: itself, if it is a table or a view.
    owner: String,
}

#[derive(FromRow)]
struct Definition {
    #[sqlx(flatten)]
    part: Part,
    definition: String,
}

// A trigger has the name of its table as it was typed there.
const SQLITE: &str = "select type as kind, name, lower(tbl_name) as owner, coalesce(sql, '') as definition \
     from sqlite_master where substr(name, 1, 7) <> 'sqlite_'";

// Without the index of a constraint, which has that one's name: SQLite names it itself.
const POSTGRES: &str = "with ours as (select c.oid, c.relkind, c.relname::text as owner from pg_class c \
     join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema()) \
     select 'table' as kind, owner as name, owner, coalesce((select string_agg(concat_ws(' ', a.attname, \
     format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)), ', ' order by a.attnum) \
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum \
     where a.attrelid = ours.oid and a.attnum > 0 and not a.attisdropped), '') as definition \
     from ours where relkind in ('r', 'p') \
     union all select 'constraint', k.conname::text, owner, pg_get_constraintdef(k.oid) \
     from ours join pg_constraint k on k.conrelid = ours.oid \
     union all select 'index', i.relname::text, owner, pg_get_indexdef(i.oid) \
     from ours join pg_index x on x.indrelid = ours.oid join pg_class i on i.oid = x.indexrelid \
     where not exists (select 1 from pg_constraint k where k.conindid = i.oid and k.contype in ('p', 'u', 'x')) \
     union all select 'view', owner, owner, coalesce(pg_get_viewdef(oid), '') from ours where relkind in ('v', 'm') \
     union all select 'trigger', t.tgname::text, owner, pg_get_triggerdef(t.oid) \
     from ours join pg_trigger t on t.tgrelid = ours.oid where not t.tgisinternal";

impl Definitions {
    /// Reads them.
    pub(super) async fn of(connection: &mut AnyConnection, engine: Engine) -> sqlx::Result<Definitions> {
        let select = match engine {
            Engine::Sqlite => SQLITE,
            Engine::Postgres => POSTGRES,
        };
        let all: Vec<Definition> = sqlx::query_as(select).fetch_all(connection).await?;
        Ok(Definitions(all.into_iter().map(|Definition { part, definition }| (part, definition)).collect()))
    }

    /// Checks what one migration has changed since `before`. Which tables there are was checked already.
    pub(super) fn check_since(&self, before: &Definitions, file: &str) -> Result<(), Refusal> {
        let (after, before) = (&self.0, &before.0);
        let mut all = after.keys().chain(before.keys());
        if let Some(part) = all.find(|&part| part.is_ours() && after.get(part) != before.get(part)) {
            return Err(Refusal::new(format!(
                "{file} changes the table {}, which is Vestibule's. Let it change only tables called app_…; these may refer \
                 to it.",
                part.owner
            )));
        }
        match after.keys().find(|&part| !before.contains_key(part) && !part.has_a_name_of_the_app()) {
            None => Ok(()),
            Some(Part { kind, name, .. }) => Err(Refusal::new(format!(
                "The {kind} {name} of {file} must be called app_…: names without it are Vestibule's, now or later."
            ))),
        }
    }
}

impl Part {
    /// Whether it belongs to a table of Vestibule's. There are no views of ours.
    fn is_ours(&self) -> bool {
        self.kind != "view" && !self.owner.starts_with(PREFIX)
    }

    /// Whether its name is one that the app may give. That of a constraint is only its table's.
    fn has_a_name_of_the_app(&self) -> bool {
        self.kind == "constraint" || self.name.starts_with(PREFIX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definitions(all: &[(&str, &str, &str, &str)]) -> Definitions {
        let part = |&(kind, name, owner, definition): &(&str, &str, &str, &str)| {
            let part = Part { kind: kind.to_owned(), name: name.to_owned(), owner: owner.to_owned() };
            (part, definition.to_owned())
        };
        Definitions(all.iter().map(part).collect())
    }

    #[test]
    fn a_file_changes_only_what_is_the_apps() {
        let kept = [
            ("table", "accounts", "accounts", "id text"),
            ("table", "app_notes", "app_notes", "id text"),
            ("index", "accounts_email", "accounts", "(email)"),
            ("index", "old", "app_notes", "(id)"), // of a time before this was checked
        ];
        let check = |changed: &[(&str, &str, &str, &str)]| {
            let checked =
                definitions(changed).check_since(&definitions(&kept), "migrations/0002_x.sql").map(|()| "");
            checked.map_err(|refusal| refusal.to_string())
        };
        let [accounts, notes, email, old] = kept;
        for fine in [
            ("table", "app_notes", "app_notes", "id text, done bigint"),
            ("constraint", "one", "app_notes", "unique (id)"),
            ("index", "app_notes_id", "app_notes", "(id)"),
            ("view", "app_open", "app_open", "select 1"),
            ("index", "old", "app_notes", "(id, id)"),
        ] {
            let others = [accounts, notes, email, old].into_iter().filter(|kept| kept.1 != fine.1);
            assert_eq!(check(&others.chain([fine]).collect::<Vec<_>>()), Ok(""), "{fine:?}");
        }
        let changes = "migrations/0002_x.sql changes the table accounts, which is Vestibule's. ";
        for changed in [
            vec![("table", "accounts", "accounts", "id text, x text"), notes, email, old],
            vec![accounts, notes, old],
            vec![accounts, notes, email, old, ("index", "app_x", "accounts", "(name)")],
            vec![accounts, notes, email, old, ("trigger", "app_x", "accounts", "after insert")],
            vec![accounts, notes, email, old, ("constraint", "app_x", "accounts", "unique (name)")],
        ] {
            let told = check(&changed).unwrap_err();
            assert!(told.starts_with(changes), "{told}");
        }
        for (kind, owner) in [("view", "shops"), ("index", "app_notes"), ("trigger", "app_notes")] {
            let told = check(&[accounts, notes, email, old, (kind, "shops", owner, "")]).unwrap_err();
            assert!(
                told.starts_with(&format!(
                    "The {kind} shops of migrations/0002_x.sql must be called app_…: "
                )),
                "{told}"
            );
        }
    }
}
