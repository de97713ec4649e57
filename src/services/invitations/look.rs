//! What a link still invites to. Looking uses nothing up: programs that scan emails open the links in them.

use super::invitation::{InvitationId, OfferedGroup};
use super::store;
use crate::base::{LockKey, Site, Time, Token};
use crate::people::groups;
use crate::people::{Email, Handle};

/// An invitation that can be used, as its page shows it. The note is not among this.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OpenInvitation {
    /// Its ID.
    pub id: InvitationId,
    /// The only address that can use it. It counts as confirmed.
    pub email: Option<Email>,
    /// The groups that an account joins with it, by name.
    pub groups: Vec<OfferedGroup>,
    /// What apps call the account that uses it, unless that has a handle.
    pub handle: Option<Handle>,
    /// How many more accounts can use it.
    pub uses_left: i64,
    /// When it ends.
    pub ends_at: Time,
}

impl OpenInvitation {
    /// The locks of a transaction that uses it, in addition to that of the account, or of its address.
    pub fn lock_keys(&self) -> Vec<LockKey> {
        self.groups.iter().map(|group| groups::lock_of(&group.name)).collect()
    }
}

/// The invitation of a token, if it can be used. One that ended, was revoked or used up cannot be told from one that
/// was never made.
pub async fn look(site: &Site, token: &Token) -> sqlx::Result<Option<OpenInvitation>> {
    let Some(row) = store::find_open(&site.db, &token.hash(), site.clock.now()).await? else {
        return Ok(None);
    };
    let offered = store::offered(&site.db, &row.id).await?;
    let mut groups: Vec<_> = offered.into_iter().map(|(name, title)| OfferedGroup { name, title }).collect();
    groups.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    Ok(Some(OpenInvitation {
        id: row.id,
        email: row.email,
        groups,
        handle: row.handle,
        uses_left: row.uses_left,
        ends_at: Time::from_unix(row.ends_at),
    }))
}
