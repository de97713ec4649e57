//! Files that people write: what some editors put before the first character is not part of the text.

use std::path::Path;
use std::{fs, io};

/// The byte order mark, which editors of Windows write before UTF-8 and nobody sees.
const MARK: char = '\u{feff}';

/// Reads a text.
pub fn read(file: &Path) -> io::Result<String> {
    Ok(unmarked(&fs::read_to_string(file)?).to_owned())
}

/// Reads a text of one line, without the end of that line.
pub fn read_line(file: &Path) -> io::Result<String> {
    Ok(line(&read(file)?).to_owned())
}

/// A line as it was meant: without a mark before it and without its end.
pub fn line(text: &str) -> &str {
    unmarked(text).trim_end_matches(['\r', '\n'])
}

fn unmarked(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}
