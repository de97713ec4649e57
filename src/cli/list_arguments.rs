//! What `account list` takes.

use std::time::Duration;

use clap::{Args, value_parser};

use crate::people::accounts::{AccountId, AccountState};

#[derive(Args, Debug)]
pub(super) struct ListArguments {
    /// Only accounts with this in their address or name; or the one with this whole address or id
    #[arg(long, value_name = "TEXT")]
    pub(super) search: Option<String>,
    /// Only accounts in this group
    #[arg(long, value_name = "NAME")]
    pub(super) group: Option<String>,
    /// Only accounts in this state: old-hash, unconfirmed, disabled or unused (no one has logged in)
    #[arg(long, value_name = "STATE", value_parser = state)]
    pub(super) state: Option<AccountState>,
    /// Only accounts that have been unused for this long, such as 2y or 90d
    #[arg(long, value_name = "TIME", value_parser = length_of_time)]
    pub(super) inactive: Option<Duration>,
    /// Only accounts without what `second_factor = "required"` asks for: two-factor authentication, or a passkey
    #[arg(long)]
    pub(super) without_second_factor: bool,
    /// Only accounts that are younger than the one with this id
    #[arg(long, value_name = "ID", value_parser = id)]
    pub(super) after: Option<AccountId>,
    /// No more accounts than this
    #[arg(long, value_name = "NUMBER", value_parser = value_parser!(u32).range(1..))]
    pub(super) limit: Option<u32>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Parses a state.
fn state(typed: &str) -> Result<AccountState, String> {
    AccountState::by_code(typed).ok_or_else(|| "type old-hash, unconfirmed, disabled or unused".to_owned())
}

/// Parses a duration, which needs a unit.
fn length_of_time(typed: &str) -> Result<Duration, String> {
    humantime::parse_duration(typed).map_err(|_| "type a number and its unit, such as 2y or 90d".to_owned())
}

/// Parses the ID of an account.
fn id(typed: &str) -> Result<AccountId, String> {
    AccountId::parse(typed).ok_or_else(|| "type the id of an account".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_is_named_where_another_word_is_refused() {
        let refused = state("old").unwrap_err();
        for known in AccountState::ALL {
            assert_eq!(state(known.code()), Ok(*known));
            assert!(refused.contains(known.code()), "{refused}");
        }
    }
}
