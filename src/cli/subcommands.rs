//! What the commands `group`, `network`, `mail`, `import`, `apply`, `template` and `new` take.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(super) enum GroupCommand {
    /// List all groups
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one group and the accounts in it, oldest account first
    Show {
        /// Name of the group
        group: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Create a group
    Create {
        /// Name of the group, such as editors
        group: String,
        /// What people call it [default: its name]
        #[arg(long)]
        title: Option<String>,
    },
    /// Remove all accounts from a group and delete it; the accounts stay
    Delete {
        /// Name of the group
        group: String,
    },
    /// Add an account to a group
    Add {
        /// Name of the group
        group: String,
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
        /// Add it even though its address is not confirmed
        #[arg(long)]
        unconfirmed: bool,
    },
    /// Remove an account from a group
    Remove {
        /// Name of the group
        group: String,
        /// Email address or ID of the account
        #[arg(value_name = "EMAIL|ID")]
        email: String,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum NetworkCommand {
    /// Forget the wrong passwords and codes of a network, for which everyone there has to wait
    Unlock {
        /// An IP address of it, such as 203.0.113.7
        #[arg(value_parser = ip_address)]
        address: IpAddr,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum MailCommand {
    /// Send a test email at once and print the SMTP conversation
    Test {
        /// Email address to send it to
        email: String,
    },
    /// List the emails that wait to be sent, and those that were given up
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[cfg(debug_assertions)]
#[derive(Debug, Subcommand)]
pub(super) enum TemplateCommand {
    /// List all templates, whose they are, and what those of the app lack
    List,
    /// Print a template of Vestibule
    Show {
        /// Name of the template, such as login.html
        name: String,
    },
    /// Copy a template of Vestibule into the folder templates of the app
    Copy {
        /// Name of the template, such as login.html
        name: String,
    },
}

#[derive(Args, Debug)]
pub(super) struct NewArguments {
    /// Name of the app, and of its folder: a to z, 0 to 9, - and _, with a letter first. Or a path that ends in it
    #[arg(value_name = "NAME")]
    pub(super) folder: String,
    /// Folder with the sources of Vestibule [default: those that this program was built from]
    #[arg(long, value_name = "FOLDER", conflicts_with = "git")]
    pub(super) path: Option<PathBuf>,
    /// Git repository with the sources of Vestibule
    #[arg(long, value_name = "URL")]
    pub(super) git: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct ImportArguments {
    /// File to read: CSV whose first line names the columns, or one JSON object a line
    pub(super) file: PathBuf,
    /// Change nothing, and print what would happen
    #[arg(long)]
    pub(super) check: bool,
}

#[derive(Args, Debug)]
pub(super) struct ApplyArguments {
    /// File to read, in TOML or JSON; - reads stdin
    pub(super) file: PathBuf,
    /// Change nothing, and print what would be changed; exits with status 2 if something would
    #[arg(long)]
    pub(super) check: bool,
}

/// Parses an IP address.
fn ip_address(typed: &str) -> Result<IpAddr, String> {
    typed.parse().map_err(|_| "type an IP address, such as 203.0.113.7".to_owned())
}
