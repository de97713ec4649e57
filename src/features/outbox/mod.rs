//! Emails on their way: written down with what they tell of, sent by a task of the server, and tried again for a day.

mod letter; // every mail there is
mod store; // the table
mod waiting; // what waits or was given up, as it is shown
mod queue; // a mail written down
mod notify; // what happened to an account, of which nothing is left out
mod compose; // put into words, with its link, at the moment it is sent
mod deliver; // sent, or tried again later
mod usual; // how long a mail has a worker, sent or not
mod guard; // a form that asks for a mail
mod post; // the task that does so

pub use deliver::deliver;
pub use guard::MailIsOn;
pub use letter::Letter;
pub use notify::notify;
pub use post::fairing;
pub use queue::{
    Asked, arrived, ask, asking, discard, discard_all, discard_disabled, discard_undo, discard_younger,
    withdraw, write, write_asked,
};
pub use waiting::{Waiting, newest_for, sweep, waiting, waiting_for};
