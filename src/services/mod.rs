//! What several features share. Nothing here shows a page.

pub mod links; // one-time links: created, used, ended
pub mod outbox; // emails waiting to be sent
pub mod passwords; // what a good one is; how one is checked and set
