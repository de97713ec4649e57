//! Lines on stdout. `println!` would panic where nobody reads to the end, as in `vestibule check | head`.

use std::io::{Write, stdout};

/// Prints one line.
pub(super) fn line(text: impl std::fmt::Display) {
    // What other programs said may be among it: nothing of it steers the terminal.
    let text: String = text.to_string().replace(|c: char| c.is_control() && c != '\n', "?");
    let mut out = stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush()); // a reader that went away has read enough
}
