//! What the command line says about the last administrator. It may take them away, since the next command makes another
//! one; a page never does.

use std::io::{Write, stderr};

use super::lookup::unread;
use crate::base::{Db, Refusal, Sentence, Settings, Site};
use crate::people::groups::{self, GroupName, LastAdmin};
use crate::people::{Account, Email};

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

/// One line for each administrator who cannot log in since their address is not confirmed, with the command that helps.
pub(super) async fn unconfirmed_lines(db: &Db, settings: &Settings) -> sqlx::Result<Vec<String>> {
    let line = |email: &Email| {
        format!(
            "The administrator {email} cannot log in: the address is not confirmed. To confirm it: \
             {} account link {email} --confirm",
            settings.program.name
        )
    };
    Ok(groups::unconfirmed_admins(db, settings).await?.iter().map(line).collect())
}
