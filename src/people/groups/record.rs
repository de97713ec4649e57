//! An event of a group. It names the group: for administrators, in the log, and for the owner of the account that joined
//! or left it.

use super::group_name::GroupName;
use crate::base::{Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::Actor;
use crate::people::audit::{Detail, Entry, Event};

/// Writes an event of a group, and of the account that joined or left it. The log has it once the transaction is
/// committed.
pub(super) async fn record(
    tx: &mut Tx,
    (event, name): (Event, &GroupName),
    account: Option<&AccountId>,
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<()> {
    Entry { event, account, actor }.record_in(tx, Some(named(event, name)), now).await
}

/// The name of the group: before the event if that took something away, otherwise after it.
pub(super) fn named(event: Event, name: &GroupName) -> Detail {
    match event {
        Event::GroupLeft | Event::GroupDeleted => Detail::names(name.as_str(), ""),
        _ => Detail::names("", name.as_str()),
    }
}
