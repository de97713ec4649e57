//! Reads a password for a command: from a prompt on a terminal, otherwise from stdin. Never from an argument:
//! those are visible to every process of the machine.

use std::io::{IsTerminal, stdin};

use crate::base::{Password, Refusal, text_file};

/// Asks for a new password.
pub(super) fn ask() -> Result<Password, Refusal> {
    let unread = |error: std::io::Error| Refusal::new(format!("The password cannot be read: {error}."));
    if !stdin().is_terminal() {
        let mut line = String::new();
        stdin().read_line(&mut line).map_err(unread)?;
        let typed = text_file::line(&line);
        if typed.is_empty() {
            return Err(Refusal::new(
                "There is no password on stdin. Pipe a line that holds it, or run the command on a terminal.",
            ));
        }
        return Ok(Password::typed(typed));
    }
    let first = rpassword::prompt_password("New password: ").map_err(unread)?;
    let again = rpassword::prompt_password("New password again: ").map_err(unread)?;
    if first != again {
        return Err(Refusal::new("The two passwords differ. Nothing was changed."));
    }
    Ok(Password::typed(&first))
}
