//! Lines on stdout. `println!` would panic where nobody reads to the end, as in `vestibule check | head`.

use std::io::{ErrorKind, Write, stdout};
use std::sync::OnceLock;

use crate::base::Refusal;

/// Why something that was to be printed was not: the disk is full, say. Kept until the command ends.
static UNWRITTEN: OnceLock<String> = OnceLock::new();

/// Prints one line.
pub(super) fn line(text: impl std::fmt::Display) {
    // What other programs said may be among it: nothing of it steers the terminal.
    let text: String = text.to_string().replace(|c: char| c.is_control() && c != '\n', "?");
    write(&format!("{text}\n"));
}

/// Prints a text as it is. The answer is whether anybody reads on.
pub(super) fn write(text: &str) -> bool {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => true,
        Err(error) => {
            // A reader that went away has read enough.
            if error.kind() != ErrorKind::BrokenPipe {
                let _ = UNWRITTEN.set(error.to_string()); // the first reason is enough
            }
            false
        }
    }
}

/// Whether all that was to be printed was, or why not.
pub(super) fn was_written() -> Result<(), Refusal> {
    match UNWRITTEN.get() {
        None => Ok(()),
        Some(why) => Err(Refusal::new(format!("What was to be printed was not written: {why}."))),
    }
}
