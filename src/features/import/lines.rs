//! The file, line by line. What a row takes in memory is bounded, and each row knows its line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// The most bytes of a row. A person has far fewer. In a CSV file, a quotation mark whose second one is
/// missing makes one row of all that follows.
const LONGEST_ROW: usize = 64 * 1024;
/// The byte order mark, which some programs write at the start of UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The lines of a file.
pub(super) struct Lines<'r> {
    file: BufReader<File>,
    /// The line that was begun last, counted from one.
    line: u64,
    /// Whether the next byte begins a line.
    at_start: bool,
    /// How many more bytes this row may have.
    left: usize,
    /// What this row has so far, if it may have several lines, and the line at which that begins.
    row: (u64, Vec<u8>),
    /// How many bytes were read, to show the progress.
    done: &'r AtomicU64,
}

impl<'r> Lines<'r> {
    /// Opens a file.
    pub(super) fn open(file: &Path, done: &'r AtomicU64) -> io::Result<Lines<'r>> {
        let mut file = BufReader::with_capacity(LONGEST_ROW, File::open(file)?);
        if file.fill_buf()?.starts_with(MARK) {
            file.consume(MARK.len());
        }
        Ok(Lines { file, line: 0, at_start: true, left: LONGEST_ROW, row: (0, Vec::new()), done })
    }

    /// The next bytes, which stay to be read. None at the end of the file.
    pub(super) fn ahead(&mut self) -> io::Result<&[u8]> {
        self.file.fill_buf()
    }

    /// The number of the line that was read last, or of which a part was read.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// What is read from now on is another row.
    pub(super) fn begin_row(&mut self) {
        self.left = LONGEST_ROW;
        self.row.1.clear();
    }

    /// What was read of this row by [`Read`], and the number of the line at which that begins.
    pub(super) fn row(&self) -> (u64, &[u8]) {
        (self.row.0, &self.row.1)
    }

    /// Reads a row that is one line, with its line break. False at the end of the file.
    pub(super) fn next_line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        self.begin_row();
        line.clear();
        while !line.ends_with(b"\n") {
            if self.piece(LONGEST_ROW, |piece| line.extend_from_slice(piece))? == 0 {
                break;
            }
        }
        Ok(!line.is_empty())
    }

    /// Reads on, but not beyond the end of a line. Returns how many bytes there were, at most this many.
    fn piece(&mut self, most: usize, mut take: impl FnMut(&[u8])) -> io::Result<usize> {
        let ahead = self.file.fill_buf()?;
        let end = ahead.iter().position(|byte| *byte == b'\n').map_or(ahead.len(), |at| at + 1);
        let piece = &ahead[..end.min(most)];
        let length = piece.len();
        if length == 0 {
            return Ok(0);
        }
        if self.at_start {
            self.line += 1;
        }
        self.at_start = piece.ends_with(b"\n");
        self.left = self.left.checked_sub(length).ok_or_else(|| too_long(self.line))?;
        take(piece);
        self.file.consume(length);
        self.done.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

fn too_long(line: u64) -> io::Error {
    io::Error::other(format!(
        "the row at line {line} is longer than {LONGEST_ROW} bytes. Is a quotation mark missing before it? A \
         picture does not belong in it"
    ))
}

/// At most one line at a time. So a reader that takes more than it needs, as that of CSV does, never has more
/// than the line that it is at, whose number is [`Lines::line`].
impl Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.piece(buffer.len(), |piece| buffer[..piece.len()].copy_from_slice(piece))?;
        if self.row.1.is_empty() {
            self.row.0 = self.line;
        }
        self.row.1.extend_from_slice(&buffer[..length]);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(content: &[u8], look: impl FnOnce(Lines<'_>) -> T) -> (T, u64) {
        let folder = tempfile::tempdir().unwrap();
        let (file, done) = (folder.path().join("people"), AtomicU64::new(0));
        std::fs::write(&file, content).unwrap();
        let seen = look(Lines::open(&file, &done).unwrap());
        (seen, done.into_inner())
    }

    #[test]
    fn lines_are_counted_and_end_where_the_file_does() {
        let mut line = Vec::new();
        let ((), read) = with(b"\xef\xbb\xbfone\r\n\ntwo\nthree", |mut lines| {
            for (number, expected) in [(1, "one\r\n"), (2, "\n"), (3, "two\n"), (4, "three")] {
                assert!(lines.next_line(&mut line).unwrap());
                assert_eq!((lines.line(), &*line), (number, expected.as_bytes()));
            }
            assert!(!lines.next_line(&mut line).unwrap());
            assert_eq!(lines.line(), 4);
        });
        assert_eq!(read, 15);
    }

    #[test]
    fn one_call_reads_no_more_than_one_line() {
        let ((), _) = with(b"one\ntwo\n", |mut lines| {
            let mut buffer = [0; 64];
            assert_eq!((lines.read(&mut buffer).unwrap(), lines.line()), (4, 1));
            assert_eq!((lines.read(&mut buffer[..2]).unwrap(), lines.line()), (2, 2));
            assert_eq!((lines.read(&mut buffer).unwrap(), lines.line()), (2, 2));
            assert_eq!(lines.read(&mut buffer).unwrap(), 0);
        });
    }

    #[test]
    fn a_row_has_an_end() {
        let mut content = b"first\n".to_vec();
        content.extend_from_slice(&vec![b'x'; LONGEST_ROW - 1]);
        content.extend_from_slice(b"\n");
        content.extend_from_slice(&vec![b'x'; LONGEST_ROW + 1]);
        let mut line = Vec::new();
        let ((), _) = with(&content, |mut lines| {
            assert!(lines.next_line(&mut line).unwrap() && lines.next_line(&mut line).unwrap());
            assert_eq!(line.len(), LONGEST_ROW);
            let told = lines.next_line(&mut line).unwrap_err().to_string();
            assert!(told.contains("at line 3"), "{told}");
        });
    }
}
