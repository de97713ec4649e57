//! Outgoing emails: queued in the transaction of what they report, sent by a task of the server, and retried
//! for a day.

mod email_id; // which email
mod email_kind; // every kind of email
mod limits; // the rate limits
mod store; // the table
mod waiting; // emails that wait or were given up, for showing
mod queue; // queues an email
mod notify; // reports events of an account, without exception
mod app_email; // the emails of an app
mod look; // what the owner of the site chooses for its emails
mod templates; // the templates of emails, in every language
mod email_check; // whether those of an app can be used, and what they lack
mod compose_of_app; // writes one of the app's
mod compose; // writes an email, with its link, at the moment of sending
mod deliver; // sends what is due, or retries later
mod usual; // how long an email occupies a worker, sent or not
mod guard; // a form that requests an email
mod worker; // the task that sends

pub use app_email::{AppEmail, AppEmails, send};
pub use deliver::deliver;
pub use email_check::{check_templates, lacking};
pub use email_id::EmailId;
pub use email_kind::EmailKind;
pub use guard::EmailIsOn;
pub use notify::{notify, notify_of};
pub use queue::{
    Asked, arrived, ask, discard, discard_all, discard_change, discard_disabled, discard_revert,
    discard_younger, may_ask, or_wait, room, until_the_next, withdraw, write, write_asked,
    write_for_stranger,
};
pub use templates::test_email;
pub use waiting::{Waiting, change_asked, newest_for, sweep, waiting, waiting_for};
pub use worker::fairing;
