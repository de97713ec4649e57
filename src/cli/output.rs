//! Prints lines on stdout. `println!` would panic if the reader stops early, as in `vestibule check | head`.

use std::io::{ErrorKind, Write, stdout};
use std::sync::OnceLock;

use crate::base::Refusal;

/// The first error of printing, for example a full disk. Kept until the command ends.
static UNWRITTEN: OnceLock<String> = OnceLock::new();

/// Prints one line.
pub(super) fn line(text: impl std::fmt::Display) {
    // It may contain words of other programs, which must not control the terminal.
    let text: String = text.to_string().replace(|c: char| c.is_control() && c != '\n', "?");
    write(&format!("{text}\n"));
}

/// Prints a text unchanged. Returns whether the reader is still there.
pub(super) fn write(text: &str) -> bool {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => true,
        Err(error) => {
            // A reader that closed the pipe has read enough.
            if error.kind() != ErrorKind::BrokenPipe {
                let _ = UNWRITTEN.set(error.to_string()); // the first reason is enough
            }
            false
        }
    }
}

/// Whether everything was printed, or why not.
pub(super) fn was_written() -> Result<(), Refusal> {
    match UNWRITTEN.get() {
        None => Ok(()),
        Some(why) => Err(Refusal::new(format!("The output could not be written: {why}."))),
    }
}
