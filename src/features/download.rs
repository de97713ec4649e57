//! A copy of one's data on its way to who reads it. It ends with them, with the session that asked for it, and after so long: all
//! three whether anybody reads on or not, since nobody else may have a copy made of that account meanwhile.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rocket::futures::stream::{self, Stream};
use rocket::tokio::spawn;
use rocket::tokio::sync::mpsc::{self, Receiver, Sender};
use rocket::tokio::task::JoinHandle;
use rocket::tokio::time::timeout;

use super::export::Export;
use crate::base::limit::{Action, Source, Turn};
use crate::people::sessions::{self, SessionId};
use crate::web::Error;

/// How long a whole copy may take: the largest, of ten thousand rows of activity, is some 3 MB, which a line of 64 kbit/s brings
/// in seven minutes.
pub const LONGEST: Duration = Duration::from_secs(10 * 60);

/// How often it is asked, while nobody reads on, whether the session still is.
const ASKED_EVERY: Duration = Duration::from_secs(5);

/// Why a copy ends before its end.
#[derive(Debug)]
pub enum Stopped {
    /// It could not be read on.
    Failed(Error),
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

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stopped::Failed(error) => error.fmt(f),
            Stopped::LoggedOut => f.write_str("the session that asked for it has ended"),
            Stopped::TooLong => f.write_str("it took too long to read"),
        }
    }
}

/// The pieces of a copy, made by a task of its own, one ahead of the reader. Where one is an error there is no other, and what
/// came before is no whole document.
pub fn download(
    mut export: Export,
    session: SessionId,
    longest: Duration,
) -> impl Stream<Item = Result<String, Stopped>> + Send + 'static {
    let (sender, pieces) = mpsc::channel(1);
    let held = Held(Arc::new(Mutex::new(export.take_turn())));
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
        let ended = ended.unwrap_or(Err(Stopped::Failed(Error::Broken("the task of a copy ended"))));
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
                Ok(Err(_)) => return Ok(()), // they hung up
                Err(_) => {}
            }
        };
        place.send(piece);
    }
    Ok(())
}

/// The turn, held by who makes a copy and by who reads it: over as soon as either is done.
#[derive(Clone)]
struct Held(Arc<Mutex<Option<Turn<(Action, Source)>>>>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// Who reads a copy.
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
