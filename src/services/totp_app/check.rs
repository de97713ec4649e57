//! Checks a code. A right one counts once it is [consumed](consume).

use super::{sealing, store};
use crate::base::totp::{self, Code};
use crate::base::{Site, Time, Tx};
use crate::people::AccountId;

/// The time step of a right code, and its app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    app: String,
    step: i64,
}

/// The result of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is right, unless it is used in this moment: [`consume`] says so.
    Right(Step),
    /// It was right, but this code or a newer one was used already.
    Used,
    /// It is wrong.
    Wrong,
    /// The app was stopped after too many wrong codes. Whether the code is right is not said.
    Stopped,
    /// The secret cannot be read: the site has another key than when the app was set up.
    Unreadable,
    /// The account has no app.
    None,
}

/// Checks a code of an account's app. Changes nothing: those who ask count the attempt before, and a wrong code is
/// [counted](super::miss()) after.
///
/// After a clock was set back, every code up to the newest one used is [`Used`](Checked::Used). To accept them would
/// accept some of them twice.
pub async fn check(site: &Site, account: &AccountId, code: &Code, now: Time) -> sqlx::Result<Checked> {
    let Some(app) = store::find(&site.db, account).await? else { return Ok(Checked::None) };
    if app.stopped_at.is_some() {
        return Ok(Checked::Stopped);
    }
    let Some(secret) = sealing::open(&site.key, account, &app.secret) else {
        return Ok(Checked::Unreadable);
    };
    Ok(match totp::step_of(&secret, code, now) {
        None => Checked::Wrong,
        Some(step) if step <= app.last_step => Checked::Used,
        Some(step) => Checked::Right(Step { app: app.id, step }),
    })
}

/// Uses a right code up, in the transaction of what it is good for: it and all older ones no longer count, and fewer
/// than ten wrong codes before it are forgotten. Of several simultaneous requests, one gets true. False also if the app was
/// stopped, replaced or removed meanwhile.
pub async fn consume(tx: &mut Tx, account: &AccountId, right: &Step, now: Time) -> sqlx::Result<bool> {
    store::consume(tx, (right.app.as_str(), account), right.step, now).await
}
