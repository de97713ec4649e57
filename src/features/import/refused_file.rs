//! The rows that were refused, each with its reason, in a file of the same kind next to the imported one:
//! once it is mended, it can be imported itself. It has hashes of passwords, so no other user may read it.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::iter;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use ::csv::{ByteRecord, WriterBuilder};
use serde_json::{Map, Value};

use super::columns::REASON;
use super::csv::Header;
use super::rows::{Found, Original};
use crate::base::Refusal;

/// The file.
pub(super) struct RefusedFile {
    path: PathBuf,
    /// Created with the first refused row.
    file: Option<File>,
}

impl RefusedFile {
    /// The one next to a file. One that is there is left alone: its rows may be nowhere else.
    pub(super) fn next_to(file: &Path) -> Result<RefusedFile, Refusal> {
        let mut path = file.as_os_str().to_owned();
        path.push(".refused");
        let path = PathBuf::from(path);
        match path.symlink_metadata() {
            Ok(_) => Err(Refusal::new(format!(
                "{} is there already, with the rows that an earlier import refused. Import it, delete it, or \
                 give it another name. Nothing was changed.",
                path.display()
            ))),
            Err(_) => Ok(RefusedFile { path, file: None }),
        }
    }

    /// Where it is, once it has rows.
    pub(super) fn into_path(self) -> Option<PathBuf> {
        self.file.is_some().then_some(self.path)
    }

    /// Adds a row. Nothing is kept in memory, so an import that is ended halfway has told all.
    pub(super) fn write(&mut self, row: &Found, why: &str, header: Option<&Header>) -> Result<(), Refusal> {
        let written = self.add(row, why, header);
        written.map_err(|error| {
            Refusal::new(format!(
                "{} cannot be written: {error}. Line {} was refused: {why} What was imported before it \
                 stays. To go on, import the file again.",
                self.path.display(),
                row.line
            ))
        })
    }

    fn add(&mut self, row: &Found, why: &str, header: Option<&Header>) -> io::Result<()> {
        let mut text = Vec::new();
        if self.file.is_none() {
            let mut options = OpenOptions::new();
            self.file = Some(options.write(true).create_new(true).mode(0o600).open(&self.path)?);
            if let Some(header) = header {
                text = record(header, REASON, &header.fields)?;
            }
        }
        text.extend(match (&row.original, header) {
            (Original::Csv(fields), Some(header)) => record(header, why, fields)?,
            (Original::Csv(_), None) => Vec::new(), // a CSV file has a header
            (Original::Json(line), _) => object(line, why)?,
        });
        match &mut self.file {
            Some(file) => file.write_all(&text),
            None => Ok(()),
        }
    }
}

/// A row of a CSV file with the reason before it: after a row with too many fields, it would be in another
/// column. The reason of an earlier import is left out.
fn record(header: &Header, why: &str, fields: &ByteRecord) -> io::Result<Vec<u8>> {
    let before = header.reason();
    let mut builder = WriterBuilder::new();
    let mut writer = builder.delimiter(header.separator).flexible(true).from_writer(Vec::new());
    let fields = fields.iter().enumerate().filter(|(place, _)| Some(*place) != before);
    writer.write_record(iter::once(why.as_bytes()).chain(fields.map(|(_, field)| field)))?;
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// An object with the reason in it, on a line. What is none stands in one, as a text.
fn object(line: &[u8], why: &str) -> io::Result<Vec<u8>> {
    let mut object: Map<String, Value> = serde_json::from_slice(line).unwrap_or_else(|_| {
        let text = String::from_utf8_lossy(line).into_owned();
        Map::from_iter([("line".to_owned(), Value::String(text))])
    });
    object.insert(REASON.to_owned(), Value::String(why.to_owned()));
    let mut text = serde_json::to_vec(&object)?;
    text.push(b'\n');
    Ok(text)
}
