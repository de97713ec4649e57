//! Applies a file that declares groups, accounts, invitations and apps, while the site runs or not.

use std::io::{Write, stderr};
use std::process::ExitCode;

use super::output;
use super::serve::{site_of_command, small_runtime};
use super::subcommands::ApplyArguments;
use crate::base::config::{self, Flags};
use crate::base::progress::{Done, shown};
use crate::base::{Refusal, db};
use crate::features::state::{self, NotApplied, Report, Source};

/// The status of a check after which something would change.
const WOULD_CHANGE: u8 = 2;

/// Runs the command.
pub(super) fn apply(flags: &Flags, typed: &ApplyArguments) -> Result<ExitCode, Refusal> {
    let ApplyArguments { file, check } = typed;
    let config = config::load(flags)?;
    let source = Source::open(file)?;
    let applied = small_runtime()?.block_on(async {
        let site = site_of_command(&config, db::attach(&config.settings).await?)?;
        let what = format!("Applying {}", source.name());
        let applied = shown(&what, || Done::Unknown, state::apply(&site, &source, *check)).await;
        site.db.close().await;
        Ok::<_, Refusal>(applied)
    })?;
    let report = applied.map_err(|not_applied| told(&source, not_applied))?;
    print(flags, &report, *check);
    match (*check, report.changed(), report.waiting()) {
        (true, 1.., _) => Ok(ExitCode::from(WOULD_CHANGE)),
        (_, _, 0) => Ok(ExitCode::SUCCESS),
        // A script must not take this for done.
        (_, _, 1) => Err(Refusal::new("1 thing waits, as its line says. All others are as the file says.")),
        (_, _, waiting) => Err(Refusal::new(format!(
            "{waiting} things wait, as their lines say. All others are as the file says."
        ))),
    }
}

/// The mistakes, so that they can be mended in one go. A single one is the refusal itself.
pub(super) fn told(source: &Source, not_applied: NotApplied) -> Refusal {
    let NotApplied { mistakes, count, refusal } = not_applied;
    if mistakes.len() < 2 {
        return refusal;
    }
    for mistake in &mistakes {
        let line: String = mistake.replace(char::is_control, "?");
        let _ = writeln!(stderr(), "{line}"); // there is no other place to tell it
    }
    let told = if count > mistakes.len() {
        format!(", the first {} of them above", mistakes.len())
    } else {
        String::new()
    };
    Refusal::new(format!("{} has {count} mistakes{told}. Nothing was changed.", source.name()))
}

fn print(flags: &Flags, report: &Report, check: bool) {
    for warning in &report.warnings {
        let _ = writeln!(stderr(), "Warning: {}", warning.replace(char::is_control, "?"));
    }
    for line in &report.lines {
        output::line(line);
    }
    output::line(report.totals(check));
    if report.unproved_admin {
        let _ = writeln!(
            stderr(),
            "Warning: this site sends no emails, so no address is proved. Make sure that those who joined admins are \
             the people you mean: {} group show admins",
            flags.program.name
        );
    }
}
