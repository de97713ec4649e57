//! An export on its way to the browser. It ends when the client disconnects, when the session that asked for
//! it ends, and at a deadline, even if the client stops reading: until then the account can have no other
//! export.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rocket::futures::stream::{self, Stream};
use rocket::tokio::spawn;
use rocket::tokio::sync::mpsc::{self, Receiver, Sender};
use rocket::tokio::task::JoinHandle;
use rocket::tokio::time::timeout;

use super::export::{Export, Incomplete};
use crate::base::rate_limit::KeyedGuard;
use crate::people::sessions::{self, SessionId};
use crate::web::Error;

/// Deadline of a whole export. The largest, with ten thousand activity rows, has about 3 MB, which takes
/// seven minutes at 64 kbit/s.
pub const LONGEST: Duration = Duration::from_secs(10 * 60);

/// How often the session is checked while the client does not read.
const ASKED_EVERY: Duration = Duration::from_secs(5);

/// Why an export ends early.
#[derive(Debug)]
pub enum Stopped {
    /// Reading the data failed.
    Failed(Error),
    /// The account was deleted meanwhile.
    Deleted,
    /// The session that asked for it has ended.
    LoggedOut,
    /// It was not read for too long.
    TooLong,
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Stopped {
        Stopped::Failed(error)
    }
}

impl From<Incomplete> for Stopped {
    fn from(incomplete: Incomplete) -> Stopped {
        match incomplete {
            Incomplete::Deleted => Stopped::Deleted,
            Incomplete::Failed(error) => Stopped::Failed(error),
        }
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stopped::Failed(error) => error.fmt(f),
            Stopped::Deleted => f.write_str("the account was deleted"),
            Stopped::LoggedOut => f.write_str("the session that asked for it has ended"),
            Stopped::TooLong => f.write_str("the client took too long to read it"),
        }
    }
}

/// The pieces of an export, made by a separate task, one ahead of the reader. An error is the last item: what
/// came before is not a complete document.
pub fn download(
    mut export: Export,
    session: SessionId,
    longest: Duration,
) -> impl Stream<Item = Result<String, Stopped>> + Send + 'static {
    let (sender, pieces) = mpsc::channel(1);
    let held = Held(Arc::new(Mutex::new(export.take_permit())));
    let _held = held.clone();
    let task = spawn(async move {
        let _held = held;
        timeout(longest, send(export, &session, &sender)).await.unwrap_or(Err(Stopped::TooLong))
    });
    stream::unfold(Some(Reading { pieces, task, _held }), |reading| async {
        let mut reading = reading?;
        if let Some(piece) = reading.pieces.recv().await {
            return Some((Ok(piece), Some(reading)));
        }
        let ended = (&mut reading.task).await;
        let ended = ended.unwrap_or(Err(Stopped::Failed(Error::Broken("the task of an export ended"))));
        ended.err().map(|stopped| (Err(stopped), None))
    })
}

async fn send(mut export: Export, session: &SessionId, reader: &Sender<String>) -> Result<(), Stopped> {
    while let Some(piece) = export.piece().await? {
        let place = loop {
            if !sessions::is_live(export.site(), session).await.map_err(Error::from)? {
                return Err(Stopped::LoggedOut);
            }
            match timeout(ASKED_EVERY, reader.reserve()).await {
                Ok(Ok(place)) => break place,
                Ok(Err(_)) => return Ok(()), // the client disconnected
                Err(_) => {}
            }
        };
        place.send(piece);
    }
    Ok(())
}

/// The permit of the account, held by the task and by the reader. It ends as soon as one of them is done.
#[derive(Clone)]
struct Held(Arc<Mutex<Option<KeyedGuard>>>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.lock().take();
    }
}

/// The reader's end.
struct Reading {
    pieces: Receiver<String>,
    task: JoinHandle<Result<(), Stopped>>,
    _held: Held,
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.task.abort(); // it may have ended
    }
}
