//! What the use of a passkey changes in its row, and what has to be recorded about it.

use super::store::{self, Found, Use};
use crate::base::webauthn::Asserted;
use crate::base::{Time, Tx};
use crate::people::audit::Event;
use crate::people::sessions::Authenticated;

/// A passkey that was used: its challenge is spent, its row is written, in a transaction that is not committed yet.
#[derive(Debug)]
pub struct UsedPasskey {
    /// Its owner, for a session in the same transaction.
    pub authenticated: Authenticated,
    /// What the same transaction has to record. None of it is a reason to refuse the passkey: a copy that is refused
    /// signs again until its counter is ahead, and providers change what they back up.
    pub events: Vec<Event>,
    /// Whether the passkey may be copied to other devices from now on, and could not before.
    pub became_copyable: bool,
}

impl UsedPasskey {
    pub(super) fn new(authenticated: Authenticated, changes: Changes) -> UsedPasskey {
        let Changes { events, became_copyable } = changes;
        UsedPasskey { authenticated, events, became_copyable }
    }
}

/// What a use changed, apart from its time.
pub(super) struct Changes {
    events: Vec<Event>,
    became_copyable: bool,
}

/// Records a use of a passkey, as it was found in the same transaction. `after_password` says that the password was
/// right, too: a passkey that then verifies its user may log in by itself from now on (Level 3, section 7.2 step 24).
pub(super) async fn record(
    tx: &mut Tx,
    found: &Found,
    asserted: &Asserted,
    after_password: bool,
    now: Time,
) -> sqlx::Result<Changes> {
    let (row, flags) = (&found.passkey, asserted.flags);
    let done = Use {
        id: &row.id,
        counter: asserted.counter,
        backup_eligible: flags.backup_eligible,
        backed_up: flags.backed_up,
        user_verified: row.user_verified != 0 || (after_password && flags.user_verified),
    };
    store::record(tx, &done, now).await?;
    let counter = i64::from(asserted.counter);
    // Synced passkeys do not count: they always say 0.
    let counts = counter != 0 || row.counter != 0;
    let went_back = counts && counter <= row.counter;
    let was = (row.backup_eligible != 0, row.backed_up != 0);
    let backup_changed = was != (flags.backup_eligible, flags.backed_up);
    let events =
        [went_back.then_some(Event::PasskeyCounter), backup_changed.then_some(Event::PasskeyBackupChanged)];
    Ok(Changes {
        events: events.into_iter().flatten().collect(),
        became_copyable: flags.backup_eligible && row.backup_eligible == 0,
    })
}
