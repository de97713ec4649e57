//! The file, as it was read: whole, before anything is done.

use std::io::{self, Read, stdin};
use std::path::{Path, PathBuf};

use crate::base::{Refusal, text_file};

/// The most bytes of a file: some hundred thousand accounts.
const LARGEST: u64 = 32 * 1024 * 1024;
/// How many bytes have one count of the lines before them: with it, the line of a place is found without reading
/// all that is before it, for each of a hundred thousand mistakes.
const STRETCH: usize = 4_096;

/// A file that was read. It may hold hashes of passwords, so it is never printed.
pub struct Source {
    /// What mistakes call it.
    name: String,
    text: String,
    /// The number of line ends before each stretch of it.
    lines_before: Vec<usize>,
    /// Where relative paths in it begin.
    folder: PathBuf,
}

impl Source {
    /// Reads a file, which must be a regular one; `-` is what comes from stdin.
    pub fn open(file: &Path) -> Result<Source, Refusal> {
        if file == Path::new("-") {
            return Source::read("stdin", Path::new(""), from_stdin());
        }
        let folder = file.parent().unwrap_or(Path::new(""));
        Source::read(&file.display().to_string(), folder, text_file::read_regular(file, LARGEST))
    }

    fn read(name: &str, folder: &Path, read: io::Result<Option<Vec<u8>>>) -> Result<Source, Refusal> {
        let bytes = read.map_err(|error| Refusal::new(format!("{name} cannot be read: {error}.")))?;
        let Some(bytes) = bytes else {
            return Err(Refusal::new(format!("{name} is larger than 32 MiB. Write several files.")));
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            let place = Source::of(name, String::from_utf8_lossy(error.as_bytes()).into_owned());
            let place = place.place(error.utf8_error().valid_up_to());
            Refusal::new(format!("{place}: this is not a text in UTF-8."))
        })?;
        let source = Source::of(name, text_file::line(&text).to_owned());
        if source.text.trim().is_empty() {
            return Err(Refusal::new(format!("{name} is empty.")));
        }
        Ok(Source { folder: folder.to_owned(), ..source })
    }

    /// A text that is in no file.
    fn of(name: &str, text: String) -> Source {
        let line_ends = |stretch: &[u8]| stretch.iter().filter(|byte| **byte == b'\n').count();
        let stretches = text.as_bytes().chunks(STRETCH).scan(0, |before, stretch| {
            let lines = *before;
            *before += line_ends(stretch);
            Some(lines)
        });
        let lines_before = stretches.collect();
        Source { name: name.to_owned(), text, lines_before, folder: PathBuf::new() }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A place in it, as editors and compilers write it: `site.toml:14`.
    pub(super) fn place(&self, at: usize) -> String {
        format!("{}:{}", self.name, self.line(at))
    }

    /// The line of a place, counted from one.
    pub(super) fn line(&self, at: usize) -> usize {
        let text = self.text.as_bytes();
        let at = at.min(text.len());
        // A place at the very end may be in no stretch, and an empty text has none.
        let stretch = (at / STRETCH).min(self.lines_before.len().saturating_sub(1));
        let before = self.lines_before.get(stretch).copied().unwrap_or_default();
        before + text[stretch * STRETCH..at].iter().filter(|byte| **byte == b'\n').count() + 1
    }

    /// A file that it names. A relative path begins at the folder of this one.
    pub(super) fn named(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }
}

/// What comes from stdin. `None` if it is too large.
fn from_stdin() -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    stdin().take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LARGEST).then_some(bytes))
}

#[cfg(test)]
impl Source {
    /// A text as if it were a file, for tests.
    pub(super) fn test(text: &str) -> Source {
        Source::of("site.toml", text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_as_its_line() {
        let source = Source::test("a\nb\r\n\nc");
        for (at, line) in [(0, 1), (1, 1), (2, 2), (4, 2), (5, 3), (6, 4), (7, 4), (99, 4)] {
            assert_eq!(source.place(at), format!("site.toml:{line}"), "{at}");
        }
    }

    #[test]
    fn a_place_in_a_long_file_has_the_line_that_a_count_from_its_beginning_gives() {
        let text = "a\nbc\n\ndefg\n".repeat(STRETCH);
        assert_eq!(text.len() % STRETCH, 0);
        let source = Source::test(&text);
        for at in (0..text.len()).step_by(997).chain([STRETCH - 1, STRETCH, STRETCH + 1, text.len()]) {
            assert_eq!(source.line(at), text[..at].matches('\n').count() + 1, "{at}");
        }
        assert_eq!(source.line(text.len() + 1), source.line(text.len()));
        assert_eq!(Source::test("").line(0), 1);
    }

    #[test]
    fn a_file_is_read_whole_or_refused_in_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("site.toml");
        let told = |content: &[u8]| {
            std::fs::write(&file, content).unwrap();
            Source::open(&file).map(|source| source.text).map_err(|refusal| refusal.to_string())
        };
        assert_eq!(
            told(b"\xef\xbb\xbfgroups = []\n"),
            Ok("groups = []".to_owned()),
            "without the mark of an editor"
        );
        for (content, end) in [
            (&b""[..], "site.toml is empty."),
            (b" \n\n", "site.toml is empty."),
            (b"groups = [\n\"\xff\"]", "site.toml:2: this is not a text in UTF-8."),
        ] {
            let why = told(content).unwrap_err();
            assert!(why.ends_with(end), "{why}");
        }
        assert!(told(&vec![b' '; 32 * 1024 * 1024 + 1]).unwrap_err().contains("larger than 32 MiB"));
        let why = Source::open(Path::new("/dev/zero")).err().unwrap().to_string();
        assert_eq!(why, "/dev/zero cannot be read: it is not a regular file.");
        let missing = Source::open(&folder.path().join("no.toml")).err().unwrap().to_string();
        assert!(missing.contains("no.toml cannot be read: "), "{missing}");
        let source = Source { folder: "/etc/site".into(), ..Source::test("") };
        assert_eq!(source.named("ada.txt"), Path::new("/etc/site/ada.txt"));
        assert_eq!(source.named("/run/secrets/ada"), Path::new("/run/secrets/ada"));
    }
}
