//! Which kind of file it is, and its rows one after the other.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

use super::csv::{CsvRows, Header};
use super::json_lines::JsonRows;
use super::lines::Lines;
use super::rows::Found;
use crate::base::Refusal;

/// The rows of a file.
pub(super) struct Rows<'r> {
    file: PathBuf,
    kind: Kind<'r>,
    /// Why no further row can be read, to be said once those before it are imported.
    broken: Option<Refusal>,
}

enum Kind<'r> {
    Csv(Box<CsvRows<'r>>),
    Json(JsonRows<'r>),
}

impl<'r> Rows<'r> {
    /// Opens a file. An object begins with a brace, and no name of a column does.
    pub(super) fn open(file: &Path, done: &'r AtomicU64) -> Result<Rows<'r>, Refusal> {
        let told = |why: &str| Refusal::new(format!("{} {why}.", file.display()));
        let unread = |error: io::Error| told(&format!("cannot be read: {error}"));
        let mut lines = Lines::open(file, done).map_err(unread)?;
        let ahead = lines.ahead().map_err(unread)?;
        let first = ahead.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
        let kind = match first {
            None => return Err(told("is empty")),
            Some(_) if ahead.contains(&0) || ahead.starts_with(b"\xff\xfe") => {
                return Err(told("is not a text in UTF-8. In a spreadsheet, save it as \"CSV UTF-8\""));
            }
            Some(b'[') => {
                return Err(by_jq(file, "is one JSON list. Write each object on its own line", "'.[]'"));
            }
            Some(b'{') if first_line(ahead).trim_ascii() == b"{" => {
                return Err(by_jq(file, "has objects of several lines. Write each on one", "."));
            }
            Some(b'{') => Kind::Json(JsonRows::begin(lines)),
            Some(_) => Kind::Csv(Box::new(CsvRows::begin(lines).map_err(|why| told(&why))?)),
        };
        Ok(Rows { file: file.to_owned(), kind, broken: None })
    }

    /// The next rows, at most this many. None at the end of the file.
    pub(super) fn batch(&mut self, most: usize) -> Result<Vec<Found>, Refusal> {
        if let Some(why) = self.broken.take() {
            return Err(why);
        }
        let mut batch = Vec::new();
        while batch.len() < most {
            let next = match &mut self.kind {
                Kind::Csv(rows) => rows.next(),
                Kind::Json(rows) => rows.next(),
            };
            match next {
                Ok(Some(row)) => batch.push(row),
                Ok(None) => break,
                Err(error) => {
                    let file = self.file.display();
                    let why =
                        Refusal::new(format!("{file} cannot be read: {error}. What follows was not read."));
                    if batch.is_empty() {
                        return Err(why);
                    }
                    self.broken = Some(why);
                    break;
                }
            }
        }
        Ok(batch)
    }

    /// The names of columns or keys that were found and are not read.
    pub(super) fn unread(&self) -> BTreeSet<String> {
        match &self.kind {
            Kind::Csv(rows) => rows.header().unread(),
            Kind::Json(rows) => rows.unread().clone(),
        }
    }

    /// The first line, if it is a CSV file.
    pub(super) fn header(&self) -> Option<&Header> {
        match &self.kind {
            Kind::Csv(rows) => Some(rows.header()),
            Kind::Json(_) => None,
        }
    }
}

/// A file that jq can write anew. The command ends the line, without a full stop that would be copied with it.
fn by_jq(file: &Path, why: &str, filter: &str) -> Refusal {
    let mut anew = file.with_extension("jsonl");
    if anew == file {
        anew = file.with_extension("lines.jsonl");
    }
    let (file, anew) = (file.display(), anew.display());
    Refusal::new(format!("{file} {why}: jq -c {filter} {file} > {anew}"))
}

fn first_line(ahead: &[u8]) -> &[u8] {
    ahead.trim_ascii_start().split(|byte| *byte == b'\n').next().unwrap_or_default()
}
