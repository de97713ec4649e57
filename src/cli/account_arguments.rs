//! What the command `account` takes.

use clap::{ArgGroup, Args, Subcommand};

use super::list_arguments::ListArguments;

#[derive(Debug, Subcommand)]
pub(super) enum AccountCommand {
    /// Create an account; asks for the password, or reads it from stdin
    Add {
        /// Email address of the account
        email: String,
        /// Name of its owner
        name: String,
        /// Add the account to this group, such as admins; may be repeated
        #[arg(long = "group", value_name = "NAME")]
        groups: Vec<String>,
        /// What apps call it, such as ada
        #[arg(long, value_name = "HANDLE")]
        handle: Option<String>,
    },
    /// List accounts, in the order in which they came to this site
    List(ListArguments),
    /// Show one account, and what keeps its owner from logging in
    Show {
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show what happened to an account, newest first
    Activity {
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a copy of all data about the owner of an account, as JSON
    Export {
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
    },
    /// End the pause after wrong passwords, and after wrong codes, for an account
    Unlock {
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
    },
    /// Change the name on an account
    Rename {
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
        /// New name
        name: String,
    },
    /// Change what apps call an account; no other account ever gets a handle that one has had
    #[command(group(ArgGroup::new("new").required(true).args(["name", "none"])))]
    Handle {
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
        /// New handle, such as ada
        #[arg(value_name = "HANDLE")]
        name: Option<String>,
        /// Take the handle away
        #[arg(long)]
        none: bool,
    },
    /// Set a new password, asked for or read from stdin; ends all sessions of the account
    SetPassword {
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
    },
    /// Print a link that works once, for the owner of an account
    Link(LinkArguments),
    /// Print a recovery code that works once, for an owner who has lost the second factor
    RecoveryCode {
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove second factors of an account; ends all its sessions
    RemoveFactor(RemoveFactorArguments),
    /// Bar an account from logging in; ends all its sessions
    Disable {
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
    },
    /// Let the owner of a disabled account log in again
    Enable {
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
    },
    /// Delete an account with all its data
    Delete {
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
        /// Do not ask for confirmation. Without a terminal, it is required
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Args, Debug)]
pub(super) struct LinkArguments {
    /// Email address or ID of the account
    #[arg(value_name = "EMAIL|ID")]
    pub(super) email: String,
    #[command(flatten)]
    pub(super) purpose: LinkPurpose,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct LinkPurpose {
    /// Link to choose a new password
    #[arg(long)]
    pub(super) reset: bool,
    /// Link to confirm the email address
    #[arg(long)]
    pub(super) confirm: bool,
    /// Link to change the email address to this one
    #[arg(long, value_name = "ADDRESS")]
    pub(super) new_email: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct RemoveFactorArguments {
    /// Email address or ID of the account
    #[arg(value_name = "EMAIL|ID")]
    pub(super) email: String,
    #[command(flatten)]
    pub(super) lost: LostFactor,
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct LostFactor {
    /// The authenticator app
    #[arg(long)]
    pub(super) app: bool,
    /// The passkey of this name
    #[arg(long, value_name = "NAME")]
    pub(super) passkey: Option<String>,
    /// The recovery codes
    #[arg(long)]
    pub(super) codes: bool,
    /// All of them; turns two-factor authentication off
    #[arg(long)]
    pub(super) all: bool,
}
