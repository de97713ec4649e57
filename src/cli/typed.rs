//! What was typed: one of our commands, or one of the app's.

use std::ffi::OsString;
use std::io::{Write, stderr};
use std::process::exit;

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgMatches, Command, CommandFactory, Error, FromArgMatches};

use super::arguments::{Arguments, SettingsArguments};
use super::own_command::AppCommand;
use crate::base::Program;
use crate::base::config::known::did_you_mean;

/// What was typed.
pub(super) enum Typed<'c> {
    /// A command of ours, or none.
    Ours(Arguments),
    /// A command of the app, with what stood after its name.
    Own(SettingsArguments, &'c AppCommand, Vec<String>),
}

/// The name of the arguments of an app's command.
const ARGUMENTS: &str = "arguments";
/// The status after a command line that is not understood, as clap has it.
const NOT_UNDERSTOOD: i32 = 2;

/// Reads the command line. `--help`, `--version`, and what is not understood end the program here.
pub(super) fn typed<'c>(program: &Program, commands: &'c [AppCommand]) -> Typed<'c> {
    let mut all = all(program, commands);
    match all.try_get_matches_from_mut(std::env::args_os()) {
        Ok(matches) => parts(matches, commands).unwrap_or_else(|error| error.format(&mut all).exit()),
        Err(error) if error.kind() == ErrorKind::InvalidSubcommand && !program.is_alone() => {
            let typed =
                error.get(ContextKind::InvalidSubcommand).map(ToString::to_string).unwrap_or_default();
            let told = no_command(&all, std::env::args_os().skip(1), &typed);
            let _ = writeln!(stderr(), "{}: {told}", program.name); // there is no other place to tell it
            exit(NOT_UNDERSTOOD)
        }
        Err(error) => error.exit(),
    }
}

/// What an unknown command is told: the one that was probably meant, and all that there are in its place. `words` is
/// all that was typed.
fn no_command(all: &Command, words: impl Iterator<Item = OsString>, typed: &str) -> String {
    let mut place = all.clone();
    for word in words.take_while(|word| word.to_str() != Some(typed)).filter(|word| *word != "help") {
        if let Some(below) = place.find_subcommand(&word) {
            place = below.clone();
        }
    }
    let commands = place.get_subcommands().filter(|command| !command.is_hide_set());
    let names: Vec<String> = commands.map(|command| command.get_name().to_owned()).collect();
    let hint = did_you_mean(typed, names.into_iter()).unwrap_or_default();
    format!("There is no command {typed:?}.{hint}\n\n{}", place.render_help())
}

/// Our commands, and after them the app's.
fn all(program: &Program, commands: &[AppCommand]) -> Command {
    let ours = Arguments::command();
    if program.is_alone() {
        return ours;
    }
    let about =
        format!("{}, with accounts by Vestibule. Without a command, it serves the site", program.name);
    let named = ours.name(program.name).version(program.version).about(about);
    // An app makes no other app.
    let named = named.mut_subcommand("new", |new| new.hide(true));
    #[cfg(debug_assertions)]
    let named = named.mut_subcommand("template", |template| template.hide(false));
    let own = |command: &AppCommand| {
        // Whatever follows the first argument is the command's, even if it looks like a flag of ours.
        let arguments = Arg::new(ARGUMENTS).num_args(0..).trailing_var_arg(true).allow_hyphen_values(true);
        let arguments =
            arguments.value_name("ARGUMENTS").help("What the command takes; settings stand before it");
        Command::new(command.name).about(command.about).arg(arguments)
    };
    named.subcommands(commands.iter().map(own))
}

fn parts(mut matches: ArgMatches, commands: &[AppCommand]) -> Result<Typed<'_>, Error> {
    let own = matches.subcommand_name().and_then(|typed| commands.iter().find(|own| own.name == typed));
    let Some(own) = own else { return Arguments::from_arg_matches(&matches).map(Typed::Ours) };
    let settings = SettingsArguments::from_arg_matches(&matches)?;
    let arguments =
        matches.remove_subcommand().and_then(|(_, mut typed)| typed.remove_many::<String>(ARGUMENTS));
    Ok(Typed::Own(settings, own, arguments.map(Iterator::collect).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::program::AppFiles;

    fn commands() -> Vec<AppCommand> {
        vec![AppCommand::new("load", "Reads notes from a file", |_, _| async { Ok(()) })]
    }

    fn read(line: &str) -> Result<(Option<String>, Vec<String>), Error> {
        let commands = commands();
        let program = Program::of_app("notes", "1.2.0", AppFiles::default());
        let matches = all(&program, &commands).try_get_matches_from(line.split(' '))?;
        Ok(match parts(matches, &commands)? {
            Typed::Ours(_) => (None, Vec::new()),
            Typed::Own(_, command, typed) => (Some(command.name.to_owned()), typed),
        })
    }

    #[test]
    fn an_apps_command_gets_what_stands_after_its_name() {
        let load = |typed: &[&str]| {
            let typed: Vec<String> = typed.iter().map(ToString::to_string).collect();
            (Some("load".to_owned()), typed)
        };
        for (line, read_as) in [
            ("notes load", load(&[])),
            ("notes load a.csv", load(&["a.csv"])),
            ("notes --port 1 load a.csv --dry-run", load(&["a.csv", "--dry-run"])),
            ("notes load --port 1 --dry-run a.csv", load(&["--dry-run", "a.csv"])),
            ("notes load a.csv --port x", load(&["a.csv", "--port", "x"])),
            ("notes check", (None, Vec::new())),
            ("notes", (None, Vec::new())),
        ] {
            assert_eq!(read(line).unwrap(), read_as, "{line}");
        }
        assert_eq!(read("notes loads").unwrap_err().kind(), ErrorKind::InvalidSubcommand);
    }

    #[test]
    fn an_unknown_command_is_told_what_was_probably_meant() {
        let program = Program::of_app("notes", "1.2.0", AppFiles::default());
        let told = |line: &str, unknown: &str| {
            let mut all = all(&program, &commands());
            let words = || line.split(' ').map(OsString::from);
            assert!(all.try_get_matches_from_mut(words()).is_err(), "{line}");
            no_command(&all, words().skip(1), unknown)
        };
        for (line, unknown, meant) in [
            ("notes acount list", "acount", " Did you mean `account`?"),
            ("notes --port 1 laod a.csv", "laod", " Did you mean `load`?"),
            ("notes account lst", "lst", " Did you mean `list`?"),
            ("notes acount unlock group", "acount", " Did you mean `account`?"),
            ("notes shred", "shred", ""),
        ] {
            let told = told(line, unknown);
            let first = format!("There is no command {unknown:?}.{meant}\n\n");
            assert!(told.starts_with(&first), "{line}: {told}");
            let is_below = line.starts_with("notes account");
            assert_eq!(told.contains("\n  unlock "), is_below, "the commands in its place: {told}");
            assert_eq!(told.contains("\n  serve "), !is_below, "the commands in its place: {told}");
        }
    }

    #[test]
    fn help_lists_the_apps_commands_after_ours_under_its_name() {
        let program = Program::of_app("notes", "1.2.0", AppFiles::default());
        let help = all(&program, &commands()).render_help().to_string();
        let place = |text: &str| help.find(text);
        assert!(place("\n  serve ").is_some() && place("\n  serve ") < place("\n  load "), "{help}");
        assert!(place("Reads notes from a file").is_some(), "{help}");
        assert!(help.starts_with("notes, with accounts by Vestibule."), "{help}");
        assert!(all(&program, &[]).render_version().contains("notes 1.2.0"));
        let alone = all(&Program::default(), &[]).render_help().to_string();
        assert!(alone.starts_with("Accounts for an app: "), "{alone}");
    }
}
