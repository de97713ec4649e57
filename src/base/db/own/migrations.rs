//! The files in the app's folder `migrations/`, read into sqlx's form. They are recorded in a table of their own, so
//! that they and ours can have the same numbers.

use std::collections::BTreeMap;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::base::program::Program;
use crate::base::refusal::Refusal;

/// The table that records which of them were applied.
pub(in crate::base::db) const TABLE: &str = "_app_migrations";

/// Statements that would end the transaction in which all migrations run.
const ENDING: [&str; 6] = ["commit", "end", "rollback", "abort", "release", "savepoint"];

/// The migrations of an app.
pub(in crate::base::db) struct OwnMigrations {
    /// The name of the app.
    pub(in crate::base::db) app: &'static str,
    pub(super) migrator: Migrator,
    files: BTreeMap<i64, String>,
}

impl OwnMigrations {
    /// Those of a program. `None` if it is no app.
    pub(in crate::base::db) fn of(program: &Program) -> Result<Option<OwnMigrations>, Refusal> {
        if program.is_alone() {
            return Ok(None);
        }
        let (mut files, mut steps) = (BTreeMap::new(), Vec::new());
        for name in program.files.migrations.names() {
            // A folder may hold a README, and what an editor or git leaves.
            if name.starts_with('.') || name.contains("/.") || name.ends_with(".md") {
                continue;
            }
            let Some((number, words)) = parsed(&name) else {
                return Err(Refusal::new(format!(
                    "The file migrations/{name} is not named like a migration. Call it 0001_name.sql: a number, an \
                     underscore, what it does."
                )));
            };
            let bytes = program.files.migrations.read(&name).unwrap_or_default();
            let Ok(text) = String::from_utf8(bytes.into_owned()) else {
                return Err(Refusal::new(format!(
                    "The file migrations/{name} is not text in UTF-8. Save it as UTF-8."
                )));
            };
            if let Some(word) = ending(&text) {
                return Err(Refusal::new(format!(
                    "The file migrations/{name} says `{word}`, but all migrations of a start run in one transaction. Remove \
                     that statement."
                )));
            }
            let sql = AssertSqlSafe(text).into_sql_str();
            steps.push(Migration::new(number, words.into(), MigrationType::Simple, sql, false));
            if let Some(other) = files.insert(number, name.clone()) {
                return Err(Refusal::new(format!(
                    "The files migrations/{other} and migrations/{name} have one number, {number}. Give the newer one the next \
                     number."
                )));
            }
        }
        let mut migrator = Migrator::with_migrations(steps);
        migrator.dangerous_set_table_name(TABLE);
        migrator.set_locking(false); // the caller's transaction holds a lock that every pooler keeps
        Ok(Some(OwnMigrations { app: program.name, migrator, files }))
    }

    /// The numbers of the migrations, with the SHA-384 of each file.
    pub(in crate::base::db) fn known(&self) -> impl Iterator<Item = (i64, &[u8])> {
        self.migrator.iter().map(|migration| (migration.version, &*migration.checksum))
    }

    /// The file of a migration.
    pub(in crate::base::db) fn file(&self, number: i64) -> String {
        self.files
            .get(&number)
            .map_or_else(|| format!("number {number}"), |file| format!("migrations/{file}"))
    }
}

/// The usual name of a migration's file, made of its number and its description.
pub(in crate::base::db) fn file_of(number: i64, words: &str) -> String {
    format!("migrations/{number:04}_{}.sql", words.replace(' ', "_"))
}

/// The number of a migration, and what its name says.
fn parsed(file: &str) -> Option<(i64, String)> {
    let (number, words) = file.strip_suffix(".sql")?.split_once('_')?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if words.is_empty() || !words.chars().all(is_plain) || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = number.parse().ok().filter(|number| *number > 0)?;
    Some((number, words.replace('_', " ")))
}

/// The first statement of a text that would end a transaction.
fn ending(text: &str) -> Option<&'static str> {
    let text = bare(text).to_ascii_lowercase();
    let mut is_body = false;
    for statement in text.split(';') {
        let words: Vec<&str> =
            statement.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty()).collect();
        let Some(first) = words.first() else { continue };
        if is_body {
            is_body = *first != "end";
            continue;
        }
        if let Some(word) = ENDING.into_iter().find(|word| word == first) {
            return Some(word);
        }
        is_body = begins_body(&words);
    }
    None
}

/// Whether a statement goes on after the semicolons in it, until one that is called `end`: a trigger's, mostly.
fn begins_body(words: &[&str]) -> bool {
    let mut words = words.iter();
    let is_create = words.next() == Some(&"create");
    let made = words.find(|word| !["or", "replace", "temp", "temporary", "constraint"].contains(word));
    is_create
        && made.is_some_and(|made| ["trigger", "function", "procedure"].contains(made))
        && words.any(|word| *word == "begin")
}

/// A text without its comments, and without what is in quotes.
fn bare(text: &str) -> String {
    let (mut bare, mut rest) = (String::new(), text);
    while let Some(next) = rest.chars().next() {
        let (inside, end) = if let Some(quote) = dollar_quote(rest).filter(|_| !bare.ends_with(is_of_word)) {
            (rest.strip_prefix(quote), quote)
        } else {
            let marks = [("--", "\n"), ("/*", "*/"), ("'", "'"), ("\"", "\""), ("`", "`")];
            let mark = marks.into_iter().find(|(begin, _)| rest.starts_with(*begin));
            mark.map_or((None, ""), |(begin, end)| (rest.strip_prefix(begin), end))
        };
        if let Some(inside) = inside {
            bare.push(' ');
            rest = inside.split_once(end).map_or("", |(_, after)| after);
        } else {
            bare.push(next);
            rest = rest.strip_prefix(next).unwrap_or_default();
        }
    }
    bare
}

/// The quote of PostgreSQL's that a text begins with: `$$`, or `$name$`.
fn dollar_quote(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('$')?.split_once('$')?;
    let is_name = name.chars().all(is_of_word) && !name.starts_with(|c: char| c.is_ascii_digit());
    text.get(..name.len() + 2).filter(|_| is_name)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::base::program::{AppFiles, Folder};

    fn read(names: fn() -> Vec<String>) -> Result<Vec<i64>, String> {
        let migrations = Folder::new(names, |_| Some(Cow::Borrowed(b"select 1;")), "");
        let files = AppFiles { migrations, ..AppFiles::default() };
        let read = OwnMigrations::of(&Program::of_app("notes", "1.0.0", files));
        let read = read.map_err(|refusal| refusal.to_string())?.unwrap();
        Ok(read.known().map(|(number, _)| number).collect())
    }

    #[test]
    fn files_are_read_by_their_numbers_and_a_wrong_name_is_named() {
        let fine = read(|| {
            vec!["0002_tags.sql".into(), "0001_notes.sql".into(), "README.md".into(), ".keep".into()]
        });
        assert_eq!(fine, Ok(vec![1, 2]));
        let wrong = read(|| vec!["0001_a.sql".into(), "notes.sql".into()]).unwrap_err();
        assert!(wrong.contains("migrations/notes.sql") && wrong.contains("0001_name.sql"), "{wrong}");
        for name in ["0_a.sql", "0001_.sql", "0001_a.sq", "0001_a b.sql", "1x_a.sql", "_a.sql"] {
            assert_eq!(parsed(name), None, "{name}");
        }
        let twice = read(|| vec!["01_b.sql".into(), "0001_a.sql".into()]).unwrap_err();
        assert!(twice.contains("migrations/0001_a.sql and migrations/01_b.sql"), "{twice}");
        assert!(OwnMigrations::of(&Program::default()).unwrap().is_none());
    }

    #[test]
    fn a_statement_that_would_end_the_transaction_is_found() {
        assert_eq!(ending("create table a (b text);\nCOMMIT;"), Some("commit"));
        assert_eq!(ending("-- commit;\ncreate table a (\n  b text -- rollback\n);"), None);
        for text in
            ["end;", "select 1;END", "select 1; /* now */ end;", "end/* it */;", "end--\n;", "select ';';end"]
        {
            assert_eq!(ending(text), Some("end"), "{text}");
        }
        for text in [
            "/* it's */ commit;",
            "commit/**/;",
            "select 'it''s';commit",
            "-- it's\ncommit",
            "\u{feff}commit",
        ] {
            assert_eq!(ending(text), Some("commit"), "{text}");
        }
    }

    #[test]
    fn words_in_quotes_and_in_bodies_end_nothing() {
        for text in [
            "insert into app_a values ('x; commit', 'it''s; end'); select 1",
            "/* ; commit; -- */ select 1 -- ; end",
            "create table app_a (\"a;commit\" text, `b;end` text)",
            "insert into app_a values ('Ünï; rollback'), ('--'), ('/*')",
            "do $$ begin null; end; $$; do $of$ begin null; commit; end $of$; select $1",
            "update app_a set b = case when b = 1 then 2 else 3\nend",
            "create trigger app_t after insert on app_a begin delete from app_b; delete from app_c; end; select 1",
            "create or replace function f() begin atomic select 1; end; select 1",
        ] {
            assert_eq!(ending(text), None, "{text}");
        }
        let after = "create temp trigger app_t after insert on app_a begin select 1; end;";
        assert_eq!(ending(&format!("{after} end")), Some("end"));
        let table = "create table app_trigger (begin text); end";
        assert_eq!(ending(table), Some("end"));
    }
}
