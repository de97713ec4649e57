//! Which engine a database has, and in which version, for those who ask for help.

use super::engine::Engine;
use super::pools::Db;

impl Db {
    /// The engine and its version: `SQLite 3.50.2`, `PostgreSQL 17.5`.
    pub async fn engine_version(&self) -> sqlx::Result<String> {
        let (name, statement) = match self.engine() {
            Engine::Sqlite => ("SQLite", "select sqlite_version()"),
            Engine::Postgres => ("PostgreSQL", "select current_setting('server_version')"),
        };
        let version: String = sqlx::query_scalar(statement).fetch_one(self.reader()).await?;
        // A distribution adds its own words: `15.14 (Debian 15.14-0+deb12u1)`.
        Ok(format!("{name} {}", version.split_whitespace().next().unwrap_or_default()))
    }
}
