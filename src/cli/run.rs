//! From a command to its exit status: 0, or 1 with one line on stderr; a check of `apply` has 2 as well.

use std::io::{Write, stderr};
use std::process::ExitCode;

use rustix::fs::Mode;

use super::arguments::{Arguments, Command, KeyCommand};
use super::check_app::check_app;
use super::own_command::AppCommand;
use super::typed::{Typed, typed};
use super::{
    account, app, apply, backup, check, group, healthcheck, import, invitation, key, mail, moving, network,
    new, output, own_command, serve,
};
use crate::app::Parts;
use crate::base::{Program, Refusal, clock};

/// Runs the program: Vestibule alone, or an app with what it brings.
pub fn run(program: Program, parts: Parts, commands: Vec<AppCommand>) -> ExitCode {
    let name = program.name;
    match start(program, parts, &commands) {
        Ok(code) => code,
        Err(refusal) => {
            let _ = writeln!(stderr(), "{name}: {refusal}"); // there is no other place to report the failure
            ExitCode::FAILURE
        }
    }
}

fn start(program: Program, parts: Parts, commands: &[AppCommand]) -> Result<ExitCode, Refusal> {
    check_app(&program, &parts, commands)?;
    let typed = typed(&program, commands);
    // Other users get no access to any file that this program creates, but for the sources of a new app.
    if !matches!(&typed, Typed::Ours(Arguments { command: Some(Command::New(_)), .. })) {
        rustix::process::umask(Mode::RWXG | Mode::RWXO);
    }
    clock::check_system()?;
    match typed {
        Typed::Ours(typed) => dispatch(typed, program, parts),
        Typed::Own(settings, command, typed) => {
            own_command::run(&settings.for_program(program), command, typed).map(|()| ExitCode::SUCCESS)
        }
    }
}

fn dispatch(typed: Arguments, program: Program, parts: Parts) -> Result<ExitCode, Refusal> {
    let flags = typed.settings.for_program(program);
    let command = typed.command.unwrap_or(Command::Serve);
    let serves = matches!(command, Command::Serve);
    let done = match command {
        Command::Serve => serve::serve(&flags, parts),
        Command::Check => check::check(&flags),
        Command::Healthcheck => healthcheck::healthcheck(&flags),
        Command::Key { command: None } => {
            key::print();
            Ok(())
        }
        Command::Key { command: Some(KeyCommand::Replace { old_key_file, drop_authenticator_apps }) } => {
            key::replace(&flags, old_key_file.as_deref(), drop_authenticator_apps)
        }
        Command::Account { command } => account::account(&flags, &command),
        Command::Group { command } => group::group(&flags, &command),
        Command::App { command } => app::app(&flags, &command),
        Command::Invitation { command } => invitation::invitation(&flags, &command),
        Command::Apply(typed) => {
            let code = apply::apply(&flags, &typed)?; // it has a status of its own
            return output::was_written().map(|()| code);
        }
        Command::Import(typed) => import::import(&flags, &typed),
        Command::Network { command } => network::network(&flags, &command),
        Command::Mail { command } => mail::mail(&flags, &command),
        Command::Backup { file } => backup::backup(&flags, &file),
        Command::Move(typed) => moving::move_to(&flags, &typed),
        Command::New(typed) => new::write(&flags.program, &typed),
        #[cfg(debug_assertions)]
        Command::Template { command } => super::template::template(&flags, &command),
    };
    // A site keeps serving even if its one line cannot be printed.
    let done = if serves { done } else { done.and_then(|()| output::was_written()) };
    done.map(|()| ExitCode::SUCCESS)
}
