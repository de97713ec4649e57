//! What the command `invitation` takes.

use clap::{Args, Subcommand};

use crate::base::typed_duration;
use crate::services::invitations::{Lifetime, Uses};

#[derive(Debug, Subcommand)]
pub(super) enum InvitationCommand {
    /// Create an invitation and print its link, which is shown only once
    Add(NewInvitationArguments),
    /// List all invitations, newest first: the open ones, and those that ended within 30 days
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Revoke an invitation: its link stops working; accounts that used it stay
    Revoke {
        /// Id of the invitation
        id: String,
    },
    /// Give an invitation a new link and a new end; the old link stops working
    Renew(RenewArguments),
}

#[derive(Args, Debug)]
pub(super) struct NewInvitationArguments {
    /// The only email address that can use it; it counts as confirmed
    #[arg(long, value_name = "ADDRESS")]
    pub(super) email: Option<String>,
    /// Group that an account joins with it, such as admins; may be repeated
    #[arg(long = "group", value_name = "NAME")]
    pub(super) groups: Vec<String>,
    /// Handle that the account which uses it is given: what apps call it
    #[arg(long, value_name = "HANDLE")]
    pub(super) handle: Option<String>,
    /// How many accounts can use it
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = uses)]
    pub(super) uses: Uses,
    /// How long it lasts, such as 30m or 7d
    #[arg(long = "for", value_name = "TIME", default_value = "7d", value_parser = lifetime)]
    pub(super) lifetime: Lifetime,
    /// What it is for; only administrators read it
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// Email the link to the address as well
    #[arg(long, requires = "email")]
    pub(super) mail: bool,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct RenewArguments {
    /// Id of the invitation
    pub(super) id: String,
    /// How long it lasts from now on, such as 30m or 7d
    #[arg(long = "for", value_name = "TIME", default_value = "7d", value_parser = lifetime)]
    pub(super) lifetime: Lifetime,
    /// Email the link to its address as well
    #[arg(long)]
    pub(super) mail: bool,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Parses how many accounts can use an invitation.
fn uses(typed: &str) -> Result<Uses, String> {
    Uses::parse(typed).ok_or_else(|| format!("type {}", Uses::RULE))
}

/// Parses how long an invitation lasts: a duration with its unit.
fn lifetime(typed: &str) -> Result<Lifetime, String> {
    Lifetime::parse(typed)
        .ok_or_else(|| typed_duration::error(Lifetime::RULE, typed, |meant| Lifetime::parse(meant).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_has_a_unit_and_bounds() {
        for (typed, seconds) in
            [("5m", 300), ("30m", 1_800), ("1h 30m", 5_400), ("7d", 604_800), ("366d", 31_622_400)]
        {
            assert_eq!(lifetime(typed).map(Lifetime::seconds), Ok(seconds), "{typed}");
        }
        for typed in ["", "7", "299s", "367d", "2y", "soon", "-1d", "99999999999999999999d"] {
            assert_eq!(lifetime(typed), Err("type a time from 5m to 366d".to_owned()), "{typed}");
        }
    }
}
