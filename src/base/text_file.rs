//! Text files that people write: the byte order mark of some editors is not part of the text.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::OFlags;

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

/// Opens a file that must be a regular one, or a link to one: a pipe would be waited for, and a device may have no end.
pub fn open_regular(file: &Path) -> io::Result<File> {
    // To open a pipe waits as well, until someone writes to it.
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
    let opened = OpenOptions::new().read(true).custom_flags(flags).open(file)?;
    match opened.metadata()?.is_file() {
        true => Ok(opened),
        false => Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file")),
    }
}

/// Reads a file that must be a regular one, and of this many bytes at most. `None` if it is larger.
pub fn read_regular(file: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    open_regular(file)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// What is said of a file to which other users of the machine have access, though they must not: it `holds a secret`.
pub fn accessible(file: &Path, holds: &str) -> Option<String> {
    let mode = file.metadata().ok()?.permissions().mode() & 0o777;
    let file = file.display();
    (mode & 0o077 != 0).then(|| {
        format!("Other users can access {file} (mode {mode:04o}), which {holds}. Type chmod go= {file}")
    })
}

/// Reads a secret, a text of one line. The error is the end of a sentence that names the file; an empty one is
/// an error too, since it is mostly a file that was not written yet, or that a redirection has emptied.
pub fn read_secret(file: &Path) -> Result<String, String> {
    secret(file, read_line(file))
}

/// The same from a regular file of this many bytes at most: those who name it may not have written it.
pub fn read_secret_of(file: &Path, most: u64) -> Result<String, String> {
    let text = match read_regular(file, most) {
        Ok(None) => return Err(format!("{} is larger than {most} bytes", file.display())),
        Ok(Some(bytes)) => {
            String::from_utf8(bytes).map_err(|_| io::Error::other("it is not a text in UTF-8"))
        }
        Err(error) => Err(error),
    };
    secret(file, text.map(|text| line(&text).to_owned()))
}

fn secret(file: &Path, read: io::Result<String>) -> Result<String, String> {
    let place = file.display();
    match read {
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

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn only_a_regular_file_is_read_and_not_more_of_it_than_was_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link, pipe) =
            (folder.path().join("file"), folder.path().join("link"), folder.path().join("pipe"));
        fs::write(&file, "\u{feff}correct horse battery\r\n").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, &*pipe, rustix::fs::Mode::RWXU).unwrap();
        for file in [&file, &link] {
            assert_eq!(read_secret_of(file, 26).as_deref(), Ok("correct horse battery"), "{file:?}");
        }
        let refused = |file: &Path, end: &str| {
            let begun = Instant::now();
            let why = read_secret_of(file, 25).unwrap_err();
            assert!(why.starts_with(&file.display().to_string()) && why.ends_with(end), "{why}");
            assert!(begun.elapsed() < Duration::from_secs(1), "it waited for {file:?}");
        };
        refused(&file, " is larger than 25 bytes");
        for file in [&*pipe, folder.path(), Path::new("/dev/zero")] {
            refused(file, " cannot be read: it is not a regular file");
        }
        refused(&folder.path().join("none"), "No such file or directory (os error 2)");
        fs::write(&file, "\n").unwrap();
        refused(&file, "file is empty");
        fs::write(&file, b"\xff").unwrap();
        refused(&file, " cannot be read: it is not a text in UTF-8");
    }

    #[test]
    fn a_file_is_told_of_if_others_can_read_or_write_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        for (mode, told) in [(0o600, false), (0o400, false), (0o640, true), (0o602, true), (0o644, true)] {
            fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
            let warning = accessible(&file, "holds a secret");
            assert_eq!(warning.is_some(), told, "{mode:o}");
            assert!(
                warning
                    .is_none_or(|warning| warning.contains(&format!("file (mode {mode:04o}), which holds")))
            );
        }
        assert_eq!(accessible(&folder.path().join("none"), "holds a secret"), None);
    }
}
