//! What `account list` takes.

use std::time::Duration;

use clap::Args;

use crate::base::typed_duration;
use crate::people::accounts::{AccountId, AccountState, Email};

/// The account after which a list begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum After {
    /// The one with this ID, which need not be there any more.
    Id(AccountId),
    /// The one with this address.
    Email(Email),
}

#[derive(Args, Debug)]
pub(super) struct ListArguments {
    /// Only accounts with this in their address or name; or the one with this whole address or ID
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
    /// Only accounts that came to this site after the one with this address or ID
    #[arg(long, value_name = "EMAIL|ID", value_parser = after)]
    pub(super) after: Option<After>,
    /// No more accounts than this
    #[arg(long, value_name = "NUMBER", value_parser = limit, allow_negative_numbers = true)]
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
    let rule = "a number and its unit, such as 2y or 90d";
    let parse = typed_duration::parse;
    parse(typed).ok_or_else(|| typed_duration::error(rule, typed, |meant| parse(meant).is_some()))
}

/// Parses the ID or the address of an account.
fn after(typed: &str) -> Result<After, String> {
    let by_id = AccountId::parse(typed).map(After::Id);
    by_id
        .or_else(|| Email::parse(typed).map(After::Email))
        .ok_or_else(|| "type the address or the ID of an account".to_owned())
}

/// Parses a number of accounts.
fn limit(typed: &str) -> Result<u32, String> {
    let number = typed.parse::<u32>().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "type a whole number from 1, such as 50".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_after_an_id_or_an_address() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        assert_eq!(after(id), Ok(After::Id(AccountId::parse(id).unwrap())));
        assert_eq!(after("Ada@example.org"), Ok(After::Email(Email::parse("Ada@example.org").unwrap())));
        assert!(after("ada").is_err());
        assert_eq!(limit("50"), Ok(50));
        for wrong in ["0", "-1", "two", "", "99999999999"] {
            assert_eq!(limit(wrong), Err("type a whole number from 1, such as 50".to_owned()), "{wrong}");
        }
    }

    #[test]
    fn each_state_is_named_where_another_word_is_refused() {
        let refused = state("old").unwrap_err();
        for known in AccountState::ALL {
            assert_eq!(state(known.code()), Ok(*known));
            assert!(refused.contains(known.code()), "{refused}");
        }
    }
}
