//! The task that sends mails, as long as the server lives.

use std::time::Duration;

use rocket::Shutdown;
use rocket::fairing::{AdHoc, Fairing};
use rocket::tokio::time::sleep;
use rocket::tokio::{select, spawn};

use super::deliver::deliver;
use crate::base::Site;

/// How often the outbox is looked into. A command of the operator's may have written a mail, so no signal would do.
const EVERY: Duration = Duration::from_secs(2);

/// Starts the task with the server, where mail is on. It ends when the server begins to; a mail that is being sent in that
/// moment may still be taken, and if it is not, it is sent again later.
pub fn fairing() -> impl Fairing {
    AdHoc::on_liftoff("outbox", |rocket| {
        Box::pin(async move {
            let Some(site) = rocket.state::<Site>().filter(|site| site.mailer.is_on()).cloned() else {
                return;
            };
            spawn(send_all(site, rocket.shutdown()));
        })
    })
}

async fn send_all(site: Site, mut shutdown: Shutdown) {
    loop {
        select! {
            () = &mut shutdown => return,
            () = sleep(EVERY) => {}
        }
        match deliver(&site).await {
            Ok(_) => {}
            // The server ended meanwhile; the next start goes on.
            Err(sqlx::Error::PoolClosed) => return,
            Err(error) => log::warn!(event = "sys_database"; "mails could not be sent: {error}"),
        }
    }
}
