//! A command of an app: next to ours in `--help`, with the site as they have it, while the site runs or not.

use std::fmt;

use clap::CommandFactory;
use rocket::futures::future::{BoxFuture, FutureExt};

use super::arguments::Arguments;
use super::serve::{site_of_command, small_runtime};
use crate::base::config::{self, Flags};
use crate::base::{Refusal, Site, db};

/// The work of a command.
type Run = Box<dyn Fn(Site, Vec<String>) -> BoxFuture<'static, Result<(), Refusal>> + Send + Sync>;

/// A command of an app.
pub struct AppCommand {
    /// What is typed.
    pub(crate) name: &'static str,
    /// What `--help` says about it.
    pub(super) about: &'static str,
    run: Run,
}

impl AppCommand {
    /// A command with this name, this line in `--help`, and this work. The work gets what was typed after the name.
    pub fn new<F, Done>(name: &'static str, about: &'static str, run: F) -> AppCommand
    where
        F: Fn(Site, Vec<String>) -> Done + Send + Sync + 'static,
        Done: Future<Output = Result<(), Refusal>> + Send + 'static,
    {
        AppCommand { name, about, run: Box::new(move |site, typed| run(site, typed).boxed()) }
    }

    /// Does its work on a site, without a command line: for tests.
    pub async fn on(&self, site: &Site, typed: Vec<String>) -> Result<(), Refusal> {
        (self.run)(site.clone(), typed).await
    }
}

impl fmt::Debug for AppCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppCommand").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Runs it.
pub(super) fn run(flags: &Flags, command: &AppCommand, typed: Vec<String>) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    small_runtime()?.block_on(async {
        let site = site_of_command(&config, db::attach(&config.settings).await?)?;
        let done = command.on(&site, typed).await;
        site.db.close().await;
        done
    })
}

/// Refuses a command that could not be typed, that is one of ours, or that is there twice.
pub(super) fn check(program: &str, commands: &[AppCommand]) -> Result<(), Refusal> {
    let ours = Arguments::command();
    let is_ours = |name: &str| name == "help" || ours.get_subcommands().any(|our| our.get_name() == name);
    for (place, AppCommand { name, .. }) in commands.iter().enumerate() {
        let why = if !is_plain(name) {
            "is not a word of a to z, 0 to 9 and -, with a letter first"
        } else if is_ours(name) {
            "is a command of Vestibule"
        } else if commands.iter().take(place).any(|earlier| earlier.name == *name) {
            "is there twice"
        } else {
            continue;
        };
        return Err(Refusal::new(format!(
            "The command {name:?} of {program} {why}. Give it another name in App::command."
        )));
    }
    Ok(())
}

fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&'static str]) -> Vec<AppCommand> {
        names.iter().map(|name| AppCommand::new(name, "Does it", |_, _| async { Ok(()) })).collect()
    }

    #[test]
    fn a_command_has_a_name_of_its_own() {
        assert_eq!(check("notes", &named(&["load", "load-all", "x1"])), Ok(()));
        for (names, told) in [
            (&["serve"][..], "The command \"serve\" of notes is a command of Vestibule. "),
            (&["help"][..], "is a command of Vestibule"),
            (&["load", "tidy", "load"][..], "The command \"load\" of notes is there twice. "),
            (&["Import"][..], "is not a word"),
            (&["--load"][..], "is not a word"),
            (&["im port"][..], "is not a word"),
            (&[""][..], "is not a word"),
        ] {
            let line = check("notes", &named(names)).unwrap_err().to_string();
            assert!(line.contains(told) && line.ends_with("Give it another name in App::command."), "{line}");
        }
    }
}
