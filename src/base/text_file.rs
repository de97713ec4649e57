//! Text files that people write: the byte order mark of some editors is not part of the text.

use std::path::Path;
use std::{fs, io};

/// The byte order mark, which some editors on Windows write at the start of UTF-8 and which is invisible.
const MARK: char = '\u{feff}';

/// Reads a text.
pub fn read(file: &Path) -> io::Result<String> {
    Ok(unmarked(&fs::read_to_string(file)?).to_owned())
}

/// Reads a text of one line, without its line end.
pub fn read_line(file: &Path) -> io::Result<String> {
    Ok(line(&read(file)?).to_owned())
}

/// Reads a secret, a text of one line. The error is the end of a sentence that names the file; an empty one is
/// an error too, since it is mostly a file that was not written yet, or that a redirection has emptied.
pub fn read_secret(file: &Path) -> Result<String, String> {
    let place = file.display();
    match read_line(file) {
        Ok(text) if text.trim().is_empty() => Err(format!("{place} is empty")),
        Ok(text) => Ok(text),
        Err(error) => Err(format!("{place} cannot be read: {error}")),
    }
}

/// The line without a byte order mark and without its line end.
pub fn line(text: &str) -> &str {
    unmarked(text).trim_end_matches(['\r', '\n'])
}

fn unmarked(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}
