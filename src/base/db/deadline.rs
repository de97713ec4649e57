//! An answer of the database within its time. A server may be gone without a word, and its connections with it: without an
//! end of our own, what waits for them would wait for as long as TCP does, a quarter of an hour.

use std::io;
use std::time::Duration;

use rocket::futures::stream::{self, BoxStream, StreamExt};
use rocket::tokio::time::timeout;

/// How long one answer may take. None for a file, which answers or fails.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline(Option<Duration>);

impl Deadline {
    /// No end.
    pub(super) const NONE: Deadline = Deadline(None);

    /// So long.
    pub(super) fn after(time: Duration) -> Deadline {
        Deadline(Some(time))
    }

    /// The outcome of some work, if that comes in time.
    pub(super) async fn of<T>(self, work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
        match self.0 {
            None => work.await,
            Some(time) => timeout(time, work).await.unwrap_or_else(|_| Err(late())),
        }
    }

    /// Rows, each of which comes in time; the first that does not is the last.
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
