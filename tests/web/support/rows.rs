//! The contents of a test site's database, and a table that refuses changes.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Column, Row};
use vestibule::base::config::database_url::DatabaseUrl;
use vestibule::base::db::WorkLease;

use super::TestSite;

const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/0001_accounts_and_sessions.sql"),
    include_str!("../../../migrations/0002_devices_limits_and_audit.sql"),
    include_str!("../../../migrations/0003_links_and_mail.sql"),
    include_str!("../../../migrations/0004_tries.sql"),
    include_str!("../../../migrations/0005_remembered_devices.sql"),
    include_str!("../../../migrations/0006_links.sql"),
    include_str!("../../../migrations/0009_submissions.sql"),
    include_str!("../../../migrations/0010_open_by.sql"),
    include_str!("../../../migrations/0011_methods.sql"),
    include_str!("../../../migrations/0013_submissions_of_accounts.sql"),
    include_str!("../../../migrations/0014_unconfirmed_accounts.sql"),
    include_str!("../../../migrations/0015_names.sql"),
    include_str!("../../../migrations/0016_waiting.sql"),
    include_str!("../../../migrations/0017_codes.sql"),
    include_str!("../../../migrations/0018_languages.sql"),
    include_str!("../../../migrations/0019_last_login.sql"),
    include_str!("../../../migrations/0020_language_before.sql"),
    include_str!("../../../migrations/0021_groups.sql"),
    include_str!("../../../migrations/0022_departures.sql"),
    include_str!("../../../migrations/0023_second_factors.sql"),
    include_str!("../../../migrations/0024_invitations.sql"),
    include_str!("../../../migrations/0025_administration.sql"),
    include_str!("../../../migrations/0026_applied_invitations.sql"),
    include_str!("../../../migrations/0027_emails_of_accounts.sql"),
    include_str!("../../../migrations/0028_apps.sql"),
    include_str!("../../../migrations/0029_passes.sql"),
    include_str!("../../../migrations/0030_invitation_handles.sql"),
];

/// The names of all tables after the last migration.
pub fn tables() -> Vec<&'static str> {
    let mut tables = std::collections::BTreeSet::new();
    for line in MIGRATIONS.iter().flat_map(|migration| migration.lines()) {
        let words: Vec<&str> = line.split([' ', ';']).collect();
        match words[..] {
            ["create", "table", name, ..] => _ = tables.insert(name),
            ["drop", "table", name, ..] => _ = tables.remove(name),
            ["alter", "table", old, "rename", "to", new, ..] => {
                assert!(tables.remove(old), "there is no table {old}");
                tables.insert(new);
            }
            _ => {}
        }
    }
    tables.into_iter().collect()
}

impl TestSite {
    /// All rows of all tables as text, without one column.
    pub fn rows_without(&self, column: &str) -> String {
        let mut lines = Vec::new();
        for table in tables() {
            let select = sqlx::query(AssertSqlSafe(format!("select * from {table}")));
            let rows = self.runtime.block_on(select.fetch_all(self.db.reader())).unwrap();
            lines.extend(rows.iter().map(|row| format!("{table}: {}\n", line(row, column))));
        }
        // What an instance does meanwhile is not the visitor's doing.
        lines.retain(|line| !line.starts_with("meta: at_work_") && !line.starts_with("open_by: "));
        lines.sort();
        lines.concat()
    }

    /// Everything that the database has written: every byte of its files. On a server, every row.
    pub fn written(&self) -> Vec<u8> {
        let DatabaseUrl::File(file) = self.config.settings.database() else {
            return self.rows_without("").into_bytes();
        };
        let beside = |ending| std::fs::read(format!("{}{ending}", file.display())).unwrap_or_default();
        ["", "-wal"].map(beside).concat()
    }

    /// Makes one kind of change to a table fail from now on, as if the disk were full.
    pub fn refuse(&self, change: &str, table: &str) {
        if matches!(self.config.settings.database(), DatabaseUrl::File(_)) {
            let sql = "create trigger refused before";
            self.run(&format!("{sql} {change} on {table} begin select raise(abort, 'no room'); end"));
            return;
        }
        let body = "begin raise exception 'no room'; end";
        self.run(&format!(
            "create or replace function refuse() returns trigger language plpgsql as '{}'",
            body.replace('\'', "''")
        ));
        self.run(&format!(
            "create trigger refused before {change} on {table} for each row execute function refuse()"
        ));
    }

    /// Takes the place of another instance that does the housekeeping: the run at the start of the site, which may be
    /// late, removes nothing at a time that the test sets.
    pub fn lease_housekeeping(&self) -> WorkLease<'_> {
        loop {
            let lease = self.runtime.block_on(self.site.db.lease_work("housekeeping"));
            if let Some(lease) = lease.unwrap() {
                return lease;
            }
        }
    }

    /// Lets the table accept all changes again.
    pub fn allow(&self, table: &str) {
        match self.config.settings.database() {
            DatabaseUrl::File(_) => self.run("drop trigger refused"),
            DatabaseUrl::Server(_) => self.run(&format!("drop trigger refused on {table}")),
        }
    }

    fn run(&self, sql: &str) {
        self.change(sql.to_owned().leak());
    }
}

fn line(row: &AnyRow, without: &str) -> String {
    let columns = row.columns().iter().map(|column| column.name()).filter(|column| *column != without);
    let values = columns.map(|column| {
        let text = row.try_get::<Option<String>, _>(column).map(Option::unwrap_or_default);
        text.unwrap_or_else(|_| {
            row.get::<Option<i64>, _>(column).map(|number| number.to_string()).unwrap_or_default()
        })
    });
    values.collect::<Vec<_>>().join(",")
}
