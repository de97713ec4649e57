//! Users of another program are brought along, while the site runs or not: accounts are made of the rows of a file.

use std::fs;
use std::io::{IsTerminal, Write, stderr};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::output;
use super::serve::{site_of_command, small_runtime};
use super::subcommands::ImportArguments;
use crate::base::config::{self, Flags};
use crate::base::progress::{self, Done};
use crate::base::{Refusal, db};
use crate::features::import::{Import, Totals, counted, run};

/// Runs the command.
pub(super) fn import(flags: &Flags, typed: &ImportArguments) -> Result<(), Refusal> {
    let ImportArguments { file, check } = typed;
    if file == Path::new("-") {
        let program = flags.program.name;
        return Err(Refusal::new(format!(
            "import does not read stdin: rows that are refused are written next to their file. Type {program} import \
             FILE"
        )));
    }
    let config = config::load(flags)?;
    let (totals, refused) = small_runtime()?.block_on(async {
        let site = site_of_command(&config, db::attach(&config.settings).await?)?;
        let done = AtomicU64::new(0);
        let import = Import { file, check: *check, done: &done };
        let size = fs::metadata(file).map_or(0, |file| file.len());
        let imported = progress::shown(
            &format!("Reading {}", file.display()),
            || Done::Bytes(done.load(Ordering::Relaxed), size),
            run(&site, &import, &mut tell),
        )
        .await;
        site.db.close().await;
        imported
    })?;
    let program = flags.program.name;
    output::line(totals.line(*check));
    if totals.without_password > 0 {
        output::line(format!(
            "Without a password: {}. Owners choose one with a link: {program} account link EMAIL --reset",
            counted(totals.without_password, "account", "accounts"),
        ));
    }
    all_taken(program, &totals, refused.as_deref())
}

/// Prints a line above the progress.
fn tell(text: String) {
    if stderr().is_terminal() {
        let _ = stderr().write_all(b"\r\x1b[2K"); // only for the eye
    }
    output::line(text);
}

/// A status other than 0 tells a script that rows were refused.
fn all_taken(program: &str, totals: &Totals, file: Option<&Path>) -> Result<(), Refusal> {
    let rows = counted(totals.refused, "row", "rows");
    match file {
        _ if totals.refused == 0 => Ok(()),
        None => Err(Refusal::new(format!("To be refused: {rows}. Nothing was changed."))),
        Some(file) => {
            let file = file.display();
            let mend = match totals.refused {
                1 => format!("It is in {file}, with its reason. Mend it there"),
                _ => format!("They are in {file}, each with its reason. Mend them there"),
            };
            Err(Refusal::new(format!("Refused: {rows}. {mend}, then: {program} import {file}")))
        }
    }
}
