//! What the command line says about the last administrator. It may take them away, since the next command makes another
//! one; a page never does.

use std::io::{Write, stderr};

use super::lookup::unread;
use crate::base::{Refusal, Sentence, Site};
use crate::people::Account;
use crate::people::groups::{self, GroupName, LastAdmin};

/// Whether an account is an administrator's, to be asked before it is disabled or deleted.
pub(super) async fn is_admin(site: &Site, account: &Account) -> Result<bool, Refusal> {
    let groups = groups::names_of(&site.db, &account.id).await.map_err(unread)?;
    Ok(groups.iter().any(GroupName::is_admins))
}

/// Warns if no administrator who can log in is left, after one was taken away.
pub(super) async fn warn(site: &Site) -> Result<(), Refusal> {
    if !groups::has_an_admin(site).await.map_err(unread)? {
        // There is no other place to tell it.
        let _ = writeln!(
            stderr(),
            "Warning: there is no administrator left. To make one: {} group add {} EMAIL",
            site.settings.program.name,
            GroupName::admins()
        );
    }
    Ok(())
}

/// The error if a decision kept the last administrator.
pub(super) fn refused(site: &Site, _: LastAdmin) -> Refusal {
    Refusal::new(site.words.text(site.settings.language, &Sentence::from(LastAdmin::SENTENCE)))
}
