//! Networks from the command line, with or without a running site.

use super::lookup::failed;
use super::output;
use super::serve::{site_of_command, small_runtime};
use super::subcommands::NetworkCommand;
use crate::base::config::{self, Flags};
use crate::base::{Refusal, db};
use crate::people::Actor;
use crate::services::administration;
use crate::web::Submission;

/// Runs the command.
pub(super) fn network(flags: &Flags, command: &NetworkCommand) -> Result<(), Refusal> {
    let NetworkCommand::Unlock { address } = command;
    let config = config::load(flags)?;
    small_runtime()?.block_on(async {
        let site = site_of_command(&config, db::attach(&config.settings).await?)?;
        let form = Submission::none();
        let done = administration::unlock_network(&site, *address, Actor::CommandLine, &form).await;
        site.db.close().await;
        done.map_err(failed)
    })?;
    output::line(format!("The wrong passwords and codes from the network of {address} no longer count."));
    Ok(())
}
