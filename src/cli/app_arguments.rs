//! What the command `app` takes.

use clap::{Args, Subcommand};

use super::gate_arguments::{CheckArguments, SnippetArguments};
use crate::base::typed_duration;
use crate::services::apps::{FreshFor, RemoteUser};

/// A command about apps behind the operator's proxy. Those of an app that is built on this program are another matter
/// ([`AppCommand`](super::AppCommand)).
#[derive(Debug, Subcommand)]
pub(super) enum ConnectedAppCommand {
    /// Add an app
    Add {
        /// Name of the app, such as wiki
        name: String,
        #[command(flatten)]
        parts: AppParts,
    },
    /// Change an app; each flag replaces what was there, and what has no flag stays
    Set {
        /// Name of the app
        name: String,
        #[command(flatten)]
        parts: AppParts,
        /// Let in everyone with an account
        #[arg(long, conflicts_with = "groups")]
        everyone: bool,
        /// Let nothing of it be open to others than the rest
        #[arg(long, conflicts_with_all = ["open", "paths", "preflight"])]
        no_paths: bool,
    },
    /// List all apps
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one app
    Show {
        /// Name of the app
        name: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Close an app: no one can open it
    Disable {
        /// Name of the app
        name: String,
    },
    /// Open a disabled app again
    Enable {
        /// Name of the app
        name: String,
    },
    /// Remove an app; no one can open it, and accounts and groups stay
    Remove {
        /// Name of the app
        name: String,
    },
    /// Print what to write into the configuration of a proxy, so that it asks here before it asks the app
    Snippet(SnippetArguments),
    /// Ask for the app through its proxy, as strangers with forged headers might, and say what is wrong
    Check(CheckArguments),
}

/// What an app is made of.
#[derive(Args, Debug)]
pub(super) struct AppParts {
    /// What people call it [default: its name]
    #[arg(long)]
    pub(super) title: Option<String>,
    /// Where it is: https://, its host, and its port if that is not 443; may be repeated
    #[arg(long = "at", value_name = "ORIGIN")]
    pub(super) origins: Vec<String>,
    /// Group whose members may open it; may be repeated [default: everyone with an account]
    #[arg(long = "group", value_name = "NAME")]
    pub(super) groups: Vec<String>,
    /// Path that is open to everyone without a login, with all below it; may be repeated
    #[arg(long, value_name = "PREFIX")]
    pub(super) open: Vec<String>,
    /// Path that is for these groups instead, such as /admin=admins,editors; may be repeated
    #[arg(long = "path", value_name = "PREFIX=GROUP,GROUP")]
    pub(super) paths: Vec<String>,
    /// One of these paths, in which browsers may ask without a login what other sites may do (CORS); may be repeated
    #[arg(long, value_name = "PREFIX")]
    pub(super) preflight: Vec<String>,
    /// Which of a person's names it gets as Remote-User: handle, email or id [default: handle]
    #[arg(long, value_name = "WHAT", value_parser = remote_user)]
    pub(super) remote_user: Option<RemoteUser>,
    /// How long after a login it stays open, such as 15m, or session [default: session]
    #[arg(long, value_name = "TIME", value_parser = fresh_for)]
    pub(super) fresh_for: Option<FreshFor>,
}

fn remote_user(typed: &str) -> Result<RemoteUser, String> {
    RemoteUser::by_code(typed).ok_or_else(|| format!("type {}", RemoteUser::RULE))
}

fn fresh_for(typed: &str) -> Result<FreshFor, String> {
    FreshFor::parse(typed)
        .ok_or_else(|| typed_duration::error(FreshFor::RULE, typed, |meant| FreshFor::parse(meant).is_some()))
}
