//! Outgoing emails: queued in the transaction of what they report, sent by a task of the server, and retried
//! for a day.

mod email_id; // which email
mod email_kind; // every kind of email
mod limits; // the rate limits
mod store; // the table
mod waiting; // emails that wait or were given up, for showing
mod queue; // queues an email
mod by_administrator; // how many administrators have sent to an address
mod notify; // reports events of an account, without exception
mod app_email; // the emails of an app
mod look; // what the owner of the site chooses for its emails
mod templates; // the templates of emails, in every language
mod email_check; // whether those of an app can be used, and what they lack
mod written; // what the text of one is made of
mod compose_of_app; // writes one of the app's
mod invitation_email; // invites someone who may have no account
mod compose_of_deleted; // writes the one about an account that is gone
mod compose; // writes an email, with its link, at the moment of sending
mod deliver; // sends what is due, or retries later
mod manage; // listed by key, tried again, dropped, for those who administer the site
mod usual; // how long an email occupies a worker, sent or not
mod guard; // a form that requests an email
mod worker; // the task that sends

pub use app_email::{AppEmail, AppEmails, send};
pub use by_administrator::count_by_administrator;
pub use deliver::deliver;
pub use email_check::{check_templates, lacking};
pub use email_id::EmailId;
pub use email_kind::EmailKind;
pub use guard::EmailIsOn;
pub use invitation_email::invite;
pub use manage::{Queue, Retried, count, discard_one, newer, older, retry};
pub use notify::{notify, notify_of};
pub use queue::{
    Asked, arrived, ask, discard, discard_all, discard_change, discard_disabled, discard_revert,
    discard_younger, may_ask, or_wait, room, until_the_next, withdraw, write, write_asked,
    write_for_stranger, write_gone,
};
pub use templates::test_email;
pub use waiting::{Waiting, change_asked, newest_for, sweep, waiting, waiting_for};
pub use worker::fairing;
