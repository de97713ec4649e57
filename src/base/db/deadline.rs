//! A timeout for answers of the database. A server may disappear without closing its connections. Without our
//! own timeout, a query would wait as long as TCP does: a quarter of an hour.

use std::io;
use std::time::Duration;

use rocket::futures::stream::{self, BoxStream, StreamExt};
use rocket::tokio::time::timeout;

/// How long one answer may take. No timeout for a file, which answers or fails.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline(Option<Duration>);

impl Deadline {
    /// No timeout.
    pub(super) const NONE: Deadline = Deadline(None);

    /// This timeout.
    pub(super) fn after(time: Duration) -> Deadline {
        Deadline(Some(time))
    }

    /// The result of some work, or an error after the timeout.
    pub(super) async fn of<T>(self, work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
        match self.0 {
            None => work.await,
            Some(time) => timeout(time, work).await.unwrap_or_else(|_| Err(late())),
        }
    }

    /// A stream of rows, with the timeout for each row. The stream ends after the first that is late.
    pub(super) fn each<'e, T: Send + 'e>(
        self,
        rows: BoxStream<'e, sqlx::Result<T>>,
    ) -> BoxStream<'e, sqlx::Result<T>> {
        let Some(time) = self.0 else { return rows };
        let within = stream::unfold(Some(rows), move |rows| async move {
            let mut rows = rows?;
            match timeout(time, rows.next()).await {
                Ok(row) => Some((row?, Some(rows))),
                Err(_) => Some((Err(late()), None)),
            }
        });
        within.boxed()
    }
}

fn late() -> sqlx::Error {
    sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "it did not answer in time"))
}
