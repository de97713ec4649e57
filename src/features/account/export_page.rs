//! A copy of all data about a user, for that user, as JSON. Requested with a button, not a link: the export
//! is recorded, and no other site may trigger it. It needs a recent password: neither a borrowed browser nor
//! a stolen cookie of a remembered device may carry everything away at once.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use rocket::futures::stream::{BoxStream, StreamExt};
use rocket::http::{ContentType, Header};
use rocket::response::{self, Responder, Response};
use rocket::tokio::io::{AsyncRead, ReadBuf};
use rocket::{Request, Route, State, post, routes};

use super::overview;
use crate::base::{Client, Site};
use crate::features::download::{LONGEST, Stopped, download};
use crate::features::export::{self, Begun, Export};
use crate::layout::Layout;
use crate::people::Fresh;
use crate::people::sessions::SessionId;
use crate::web::request::RequestId;
use crate::web::{self, FormErrors, Page};

/// The end of a copy that cannot be completed: it makes the JSON invalid for programs, and tells people why.
const NOT_WHOLE: &str = "\n\nThis copy is not whole. Please download it again.\n";

/// Its route.
pub fn routes() -> Vec<Route> {
    routes![create]
}

#[derive(Responder)]
enum Answer {
    Download(Download),
    Page(Page),
}

#[post("/settings/export")]
async fn create(fresh: Fresh, client: Client, layout: Layout<'_>, site: &State<Site>) -> web::Result<Answer> {
    match export::begin(site, &fresh.id, &client).await? {
        Begun::Copy(export) => Ok(Answer::Download(Download(export, fresh.session.clone()))),
        Begun::Wait(wait) => {
            let errors = FormErrors::wait(wait);
            Ok(Answer::Page(overview::form(&layout, site, &fresh, fresh.name.as_str(), errors).await?))
        }
    }
}

/// A copy that is sent while it is made. It ends with the connection, with the session, and after
/// [`LONGEST`].
struct Download(Box<Export>, SessionId);

impl<'r> Responder<'r, 'static> for Download {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let request_id = RequestId::of(request).to_owned();
        let pieces = download(*self.0, self.1, LONGEST).map(move |piece| {
            piece.map_err(|why| match why {
                Stopped::Failed(_) => {
                    log::error!(event = "sys_broken", request_id; "the export of an account ended early: {why}");
                }
                Stopped::Deleted | Stopped::LoggedOut | Stopped::TooLong => {
                    log::info!(event = "sys_export", request_id; "the export of an account ended early: {why}");
                }
            })
        });
        let body = Body { pieces: pieces.boxed(), left: Vec::new(), sent: 0, ended: false };
        Response::build()
            .header(ContentType::JSON)
            .header(Header::new("Content-Disposition", "attachment; filename=\"account.json\""))
            .streamed_body(body)
            .ok()
    }
}

/// Pieces of text as the body of a response.
struct Body {
    pieces: BoxStream<'static, Result<String, ()>>,
    left: Vec<u8>,
    sent: usize,
    ended: bool,
}

impl AsyncRead for Body {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        while self.sent == self.left.len() {
            if self.ended {
                return Poll::Ready(Ok(()));
            }
            let piece = ready!(self.pieces.poll_next_unpin(context));
            self.ended = !matches!(piece, Some(Ok(_)));
            self.left = match piece {
                Some(Ok(piece)) => piece.into_bytes(),
                Some(Err(())) => NOT_WHOLE.into(),
                None => Vec::new(),
            };
            self.sent = 0;
        }
        let Body { left, sent, .. } = &mut *self;
        let count = buffer.remaining().min(left.len() - *sent);
        buffer.put_slice(&left[*sent..*sent + count]);
        *sent += count;
        Poll::Ready(Ok(()))
    }
}
