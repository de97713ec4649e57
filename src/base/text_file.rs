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

/// The line without a byte order mark and without its line end.
pub fn line(text: &str) -> &str {
    unmarked(text).trim_end_matches(['\r', '\n'])
}

fn unmarked(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}
