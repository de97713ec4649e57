//! The arguments of the command line.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use crate::base::config::Flags;

/// Accounts for an app: sign up, log in, a protected profile, log out. Without a command it serves.
#[derive(Debug, Parser)]
#[command(name = "vestibule", version)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) settings: SettingsArguments,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Args, Clone, Debug)]
pub(super) struct SettingsArguments {
    /// Read this file in place of Rocket.toml in this folder
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Listen here [default: 127.0.0.1]
    #[arg(long, global = true, value_name = "ADDRESS")]
    address: Option<IpAddr>,
    /// Listen on this port [default: 8000]
    #[arg(long, global = true, value_name = "PORT")]
    port: Option<u16>,
    /// Keep database, key and lock here [default: data]
    #[arg(long, global = true, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// How visitors reach this site, such as https://login.example.org
    #[arg(long, global = true, value_name = "URL")]
    base_url: Option<String>,
}

impl From<SettingsArguments> for Flags {
    fn from(typed: SettingsArguments) -> Flags {
        let SettingsArguments { config, address, port, data_dir, base_url } = typed;
        Flags { config, address, port, data_dir, base_url }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve the site until SIGTERM or SIGINT (the default)
    Serve,
    /// Show every setting and where it came from, and try the database
    Check,
    /// Ask the running site whether it is alive; status 0 or 1
    Healthcheck,
    /// Print a new secret key
    Key {
        #[command(subcommand)]
        command: Option<KeyCommand>,
    },
    /// Accounts
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Mail
    Mail {
        #[command(subcommand)]
        command: MailCommand,
    },
    /// Write a checked copy of the database, running or not, to a new file
    Backup {
        /// The file to write
        file: PathBuf,
    },
    /// Copy the database of a stopped site into another, empty one
    Move(MoveArguments),
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct MoveArguments {
    /// The other database, as database_url names one: postgres://… or sqlite:FILE
    #[arg(long, value_name = "URL")]
    pub(super) to: Option<String>,
    /// A file that holds its URL: what is typed may be seen by other users of the machine
    #[arg(long, value_name = "FILE")]
    pub(super) to_file: Option<PathBuf>,
    /// Use the old database again, as it was when it was moved
    #[arg(long)]
    pub(super) undo: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyCommand {
    /// Give the database a new key, or the configured one; everybody is logged out
    Replace,
}

#[derive(Debug, Subcommand)]
pub(super) enum AccountCommand {
    /// Make an account; the password is asked for or read from stdin
    Add {
        /// The email address
        email: String,
        /// The name of its owner
        name: String,
    },
    /// List all accounts, the oldest first
    List {
        /// Only those that nobody has used for so long, such as 2y or 90d
        #[arg(long, value_name = "TIME", value_parser = length_of_time)]
        inactive: Option<Duration>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one account, and what keeps its owner from logging in
    Show {
        /// The account's email address, or its id
        #[arg(value_name = "EMAIL|ID")]
        email: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Show what happened to an account, newest first
    Activity {
        /// The account's email address, or its id
        #[arg(value_name = "EMAIL|ID")]
        email: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a copy of all that is held about the owner of an account, as JSON
    Export {
        /// The account's email address, or its id
        #[arg(value_name = "EMAIL|ID")]
        email: String,
    },
    /// End the pause after wrong passwords at an account
    Unlock {
        /// The account's email address, or its id
        #[arg(value_name = "EMAIL|ID")]
        email: String,
    },
    /// Give an account another name
    Rename {
        /// The account's email address, or its id
        #[arg(value_name = "EMAIL|ID")]
        email: String,
        /// The new name
        name: String,
    },
    /// Set a new password, asked for or read from stdin; ends all sessions of the account
    SetPassword {
        /// The account's email address, or its id
        #[arg(value_name = "EMAIL|ID")]
        email: String,
    },
    /// Print a one-time link for its owner
    Link(LinkArguments),
    /// Let nobody log in to an account any more; ends all its sessions
    Disable {
        /// The account's email address, or its id
        #[arg(value_name = "EMAIL|ID")]
        email: String,
    },
    /// Let its owner log in again
    Enable {
        /// The account's email address, or its id
        #[arg(value_name = "EMAIL|ID")]
        email: String,
    },
    /// Delete an account with all that belongs to it
    Delete {
        /// The account's email address, or its id
        #[arg(value_name = "EMAIL|ID")]
        email: String,
        /// Do not ask on a terminal
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Args, Debug)]
pub(super) struct LinkArguments {
    /// The account's email address, or its id
    #[arg(value_name = "EMAIL|ID")]
    pub(super) email: String,
    #[command(flatten)]
    pub(super) purpose: LinkPurpose,
    /// As JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct LinkPurpose {
    /// For choosing a new password
    #[arg(long)]
    pub(super) reset: bool,
    /// For confirming the address
    #[arg(long)]
    pub(super) confirm: bool,
    /// For giving the account this address in place of its own
    #[arg(long, value_name = "ADDRESS")]
    pub(super) new_email: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum MailCommand {
    /// Send one mail and show what is said
    Test {
        /// Where to
        email: String,
    },
    /// Show the mails that wait to be sent, and those that were given up
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// Parses a duration, which needs a unit.
fn length_of_time(typed: &str) -> Result<Duration, String> {
    humantime::parse_duration(typed).map_err(|_| "type a number and its unit, such as 2y or 90d".to_owned())
}
