//! A passkey of an account, as its owner sees it.

use super::passkey_id::PasskeyId;
use super::passkey_name::PasskeyName;
use super::passkey_site::PasskeySite;
use super::store::{self, Found};
use super::usable::Usable;
use crate::base::{Db, Time};
use crate::people::AccountId;

/// A passkey of an account.
#[derive(Clone, Debug)]
pub struct Passkey {
    /// Its ID.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: PasskeyName,
    /// The domain that it was made for.
    pub rp_id: String,
    /// What it is good for here and now.
    pub usable: Usable,
    /// Whether it can be found without a user name. `None`: the browser did not say.
    pub discoverable: Option<bool>,
    /// Whether it may be copied to other devices of its owner.
    pub backup_eligible: bool,
    /// Whether it was, as it last said.
    pub backed_up: bool,
    /// When it was added.
    pub created_at: Time,
    /// When it was last used, if it was.
    pub last_used_at: Option<Time>,
    /// Since when it rests, if it does.
    pub rests_since: Option<Time>,
}

/// The passkeys of an account, oldest first, without those that were removed. `at` is `None` where no passkey can be
/// used.
pub async fn list(db: &Db, at: Option<&PasskeySite>, account: &AccountId) -> sqlx::Result<Vec<Passkey>> {
    let found = store::of(db, account, "").await?; // what a list shows does not depend on groups
    Ok(found.into_iter().map(|found| Passkey::of(found, at)).collect())
}

impl Passkey {
    fn of(found: Found, at: Option<&PasskeySite>) -> Passkey {
        let usable = Usable::of(&found, at);
        let row = found.passkey;
        Passkey {
            id: row.id,
            name: row.name,
            rp_id: row.rp_id,
            usable,
            discoverable: row.discoverable.map(|flag| flag != 0),
            backup_eligible: row.backup_eligible != 0,
            backed_up: row.backed_up != 0,
            created_at: Time::from_unix(row.created_at),
            last_used_at: row.last_used_at.map(Time::from_unix),
            rests_since: row.rests_since.map(Time::from_unix),
        }
    }
}
