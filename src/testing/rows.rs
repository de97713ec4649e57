//! Numbers and texts from the database of a test's site, and changes made there.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use super::site::TestSite;

impl TestSite {
    /// One number from the database, such as a count.
    pub fn number(&self, sql: &'static str) -> i64 {
        self.block_on(sqlx::query_scalar(sql).fetch_one(self.db.reader())).unwrap()
    }

    /// One text from the database.
    pub fn text(&self, sql: &'static str) -> String {
        self.block_on(sqlx::query_scalar(sql).fetch_one(self.db.reader())).unwrap()
    }

    /// Changes the database directly, in the site's process. Returns the number of rows.
    pub fn change(&self, sql: &'static str) -> u64 {
        self.block_on(async {
            let mut tx = self.db.begin_locked(&[]).await.unwrap();
            let rows = sqlx::query(sql).execute(&mut tx).await.unwrap().rows_affected();
            tx.commit().await.unwrap();
            rows
        })
    }
}
