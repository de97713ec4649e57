//! A database file as a URL for sqlx's `Any` driver, and the pragmas of each connection.

use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Sent to each new connection. WAL lets readers continue during a write. FULL makes an acknowledged commit
/// survive a power loss. The rest is what sqlite.org advises for files that untrusted input reaches.
pub(super) const PRAGMAS: &str = "pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; \
     pragma foreign_keys = on; pragma secure_delete = on; pragma trusted_schema = off; pragma cell_size_check = on; \
     pragma journal_size_limit = 67108864";

/// How a file is opened.
#[derive(Clone, Copy)]
pub(super) enum Mode {
    /// Nothing is changed.
    Read,
    /// Nothing is changed, and no other program has the file open: not even SQLite's own files are created
    /// next to it.
    ReadAtRest,
    /// An existing file is read and written.
    Write,
}

/// The URL of a file. Every byte with a special meaning in a URL is escaped, so any folder name works.
pub(super) fn address(file: &Path, mode: Mode) -> String {
    let mut address = String::from("sqlite://");
    for &byte in file.as_os_str().as_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' => address.push(byte as char),
            _ => drop(write!(address, "%{byte:02X}")),
        }
    }
    address.push_str(match mode {
        Mode::Read => "?mode=ro",
        Mode::ReadAtRest => "?mode=ro&immutable=1",
        Mode::Write => "?mode=rw",
    });
    address
}
