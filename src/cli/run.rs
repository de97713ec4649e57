//! From a command to its exit status: 0, or 1 with one line on stderr.

use std::io::{Write, stderr};
use std::process::ExitCode;

use clap::Parser;
use rustix::fs::Mode;

use super::arguments::{Arguments, Command, KeyCommand};
use super::{account, backup, check, healthcheck, key, mail, moving, output, serve};
use crate::base::config::Flags;
use crate::base::{Refusal, clock};

/// Runs the program.
pub fn run() -> ExitCode {
    let typed = Arguments::parse();
    // Other users get no access to any file that this program creates.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    match clock::check_system().and_then(|()| dispatch(typed)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            let _ = writeln!(stderr(), "vestibule: {refusal}"); // there is no other place to report the failure
            ExitCode::FAILURE
        }
    }
}

fn dispatch(typed: Arguments) -> Result<(), Refusal> {
    let flags: Flags = typed.settings.into();
    let command = typed.command.unwrap_or(Command::Serve);
    let serves = matches!(command, Command::Serve);
    let done = match command {
        Command::Serve => serve::serve(&flags),
        Command::Check => check::check(&flags),
        Command::Healthcheck => healthcheck::healthcheck(&flags),
        Command::Key { command: None } => {
            key::print();
            Ok(())
        }
        Command::Key { command: Some(KeyCommand::Replace) } => key::replace(&flags),
        Command::Account { command } => account::account(&flags, &command),
        Command::Mail { command } => mail::mail(&flags, &command),
        Command::Backup { file } => backup::backup(&flags, &file),
        Command::Move(typed) => moving::move_to(&flags, &typed),
    };
    // A site keeps serving even if its one line cannot be printed.
    if serves { done } else { done.and_then(|()| output::was_written()) }
}
