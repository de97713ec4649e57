//! The arguments of the command line: the settings, and every command.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::account_arguments::AccountCommand;
use super::app_arguments::ConnectedAppCommand;
use super::invitation_arguments::InvitationCommand;
#[cfg(debug_assertions)]
use super::subcommands::TemplateCommand;
use super::subcommands::{
    ApplyArguments, GroupCommand, ImportArguments, MailCommand, NetworkCommand, NewArguments,
};
use crate::base::Program;
use crate::base::config::Flags;

/// Accounts for an app: sign-up, login, a protected profile, logout. Without a command, it serves the site.
#[derive(Debug, Parser)]
#[command(name = "vestibule", version)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) settings: SettingsArguments,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Settings")]
#[allow(rustdoc::bare_urls, reason = "these comments are also what --help prints")]
pub(super) struct SettingsArguments {
    /// Settings file to read instead of Rocket.toml in the current folder
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// IP address to listen on [default: 127.0.0.1]
    #[arg(long, global = true, value_name = "ADDRESS", value_parser = ip_address)]
    address: Option<IpAddr>,
    /// Port to listen on [default: 8000]
    #[arg(long, global = true, value_name = "PORT", value_parser = port_number)]
    port: Option<u16>,
    /// Folder of the database, the secret key and the lock [default: data]
    #[arg(long, global = true, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// Address at which visitors reach the site, such as https://login.example.org
    #[arg(long, global = true, value_name = "URL")]
    base_url: Option<String>,
}

impl SettingsArguments {
    /// What was typed, for this program.
    pub(super) fn for_program(self, program: Program) -> Flags {
        let SettingsArguments { config, address, port, data_dir, base_url } = self;
        Flags { config, address, port, data_dir, base_url, program }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve the site until SIGTERM or SIGINT (the default command)
    Serve,
    /// Print every setting with its value and source, and try the database; changes nothing
    Check,
    /// Ask the running site whether it is alive; exits with 0 if it is, otherwise with 1
    Healthcheck,
    /// Print a new secret key
    Key {
        #[command(subcommand)]
        command: Option<KeyCommand>,
    },
    /// Create, list, show and change accounts
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Create, list, show and delete groups; add accounts to them
    Group {
        #[command(subcommand)]
        command: GroupCommand,
    },
    /// Add, list, show, change and remove apps that a proxy protects with these accounts
    App {
        #[command(subcommand)]
        command: ConnectedAppCommand,
    },
    /// Invite people: create, list, revoke and renew invitations
    Invitation {
        #[command(subcommand)]
        command: InvitationCommand,
    },
    /// Apply a file that declares groups, accounts, invitations and apps; what it does not name stays as it is
    Apply(ApplyArguments),
    /// Create accounts from a file that another program has written; accounts that exist stay as they are
    Import(ImportArguments),
    /// Forget the wrong passwords and codes that came from a network
    Network {
        #[command(subcommand)]
        command: NetworkCommand,
    },
    /// Send a test email, or list the emails that wait to be sent
    Mail {
        #[command(subcommand)]
        command: MailCommand,
    },
    /// Write a checked copy of the SQLite database to a new file, while the site runs or not
    Backup {
        /// File to create; it must not exist yet
        file: PathBuf,
    },
    /// Copy the database of a stopped site into another, empty database
    Move(MoveArguments),
    /// Write a new app that is built on Vestibule into a folder of its own
    New(NewArguments),
    /// List the templates, show one of Vestibule's, and copy one to change it (only in a debug build)
    #[cfg(debug_assertions)]
    #[command(hide = true)] // except for an app
    Template {
        #[command(subcommand)]
        command: TemplateCommand,
    },
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct MoveArguments {
    /// URL of the new database: postgres://… or sqlite:FILE
    #[arg(long, value_name = "URL")]
    pub(super) to: Option<String>,
    /// File that holds that URL: other users can read a password on the command line
    #[arg(long, value_name = "FILE")]
    pub(super) to_file: Option<PathBuf>,
    /// Use the old database again, in the state it was in when it was moved
    #[arg(long)]
    pub(super) undo: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyCommand {
    /// Give the database of a stopped site the configured key, or else a new one; logs everyone out
    ///
    /// The secrets of authenticator apps are sealed under the key. They are sealed again under the new one.
    Replace {
        /// File that holds the key of before, if it is not the one in the data folder
        #[arg(long, value_name = "FILE")]
        old_key_file: Option<PathBuf>,
        /// If the key of before is lost: authenticator apps must be set up again
        #[arg(long, conflicts_with = "old_key_file")]
        drop_authenticator_apps: bool,
    },
}

/// Parses an IP address.
fn ip_address(typed: &str) -> Result<IpAddr, String> {
    typed.parse().map_err(|_| "type an IP address, such as 127.0.0.1 or ::1".to_owned())
}

/// Parses a port.
fn port_number(typed: &str) -> Result<u16, String> {
    typed.parse().map_err(|_| "type a number from 0 to 65535".to_owned())
}
