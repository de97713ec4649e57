//! The whole file, some hundred rows at a time. Of the rows, only what is odd is told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

use super::account::{self, Outcome, Row};
use super::open::Rows;
use super::person::{Person, Reading};
use super::refused_file::RefusedFile;
use super::report::Totals;
use super::rows::Found;
use crate::base::{LockKey, Refusal, Site};
use crate::people::groups;
use crate::web::Error;

/// The most rows of one transaction.
const AT_ONCE: usize = 500;

/// What is imported.
#[derive(Debug)]
pub struct Import<'i> {
    /// The file.
    pub file: &'i Path,
    /// Whether nothing is changed, and only told what would happen.
    pub check: bool,
    /// How many bytes of the file were read so far, to show the progress.
    pub done: &'i AtomicU64,
}

/// Imports a file. What is odd about a row goes to `tell`, as a line. Returns the totals, and the file with
/// the rows that were refused, if there is one. An error means that the file was not read to its end: what
/// was imported before it stays.
pub async fn run(
    site: &Site,
    import: &Import<'_>,
    tell: &mut dyn FnMut(String),
) -> Result<(Totals, Option<PathBuf>), Refusal> {
    let refused = RefusedFile::next_to(import.file)?;
    let mut rows = Rows::open(import.file, import.done)?;
    let groups = groups::all(site).await.map_err(|error| {
        Refusal::new(format!("The database could not be read: {error}. Nothing was changed."))
    })?;
    let groups = groups.into_iter().map(|group| group.name).collect();
    let reading = Reading { site, groups, now: site.clock.now() };
    let totals = Totals::default();
    let mut told = Told { check: import.check, totals, refused, unread: BTreeSet::new(), tell };
    let mut seen = BTreeMap::new();
    loop {
        let batch = rows.batch(AT_ONCE)?;
        told.unread(rows.unread());
        let Some(first) = batch.first().map(|found| found.line) else { break };
        let batch: Vec<Row> = batch.into_iter().map(|found| read(found, &reading, &mut seen)).collect();
        let outcomes =
            account::make(site, &batch, import.check).await.map_err(|error| stopped(first, &error))?;
        for (row, outcome) in batch.iter().zip(outcomes) {
            told.row(row, outcome, &rows)?;
        }
    }
    Ok((told.totals, told.refused.into_path()))
}

fn stopped(line: u64, error: &Error) -> Refusal {
    Refusal::new(format!(
        "The rows from line {line} on were not imported: {error}. Those before them stay. To go on, import \
         the file again."
    ))
}

/// Reads a row. Of two people with one address, only one can have the account, and of two with one handle, only one
/// that. The order of the rows must not decide without a word who it is.
fn read(found: Found, reading: &Reading<'_>, seen: &mut BTreeMap<LockKey, u64>) -> Row {
    let read = |texts| {
        let person: Person = reading.person(texts)?;
        // The key of a lock takes less memory than the address, of which there may be millions.
        let handle = person.handle.as_ref().map(|handle| LockKey::new("handle", handle.as_str()));
        for (key, what) in [(Some(person.email.lock_key()), "address"), (handle, "handle")] {
            let Some(key) = key else { continue };
            if let Some(before) = seen.insert(key, found.line) {
                seen.insert(key, before);
                return Err(format!("Line {before} has the same {what}."));
            }
        }
        Ok(person)
    };
    let person = found.texts.as_ref().map_err(Clone::clone).and_then(read);
    Row { found, person }
}

/// What is told on the way.
struct Told<'t> {
    check: bool,
    totals: Totals,
    refused: RefusedFile,
    /// The names of columns of which was told that they are not read.
    unread: BTreeSet<String>,
    tell: &'t mut dyn FnMut(String),
}

impl Told<'_> {
    /// Tells which columns are not read, each of them once.
    fn unread(&mut self, names: BTreeSet<String>) {
        let new: Vec<String> = names.difference(&self.unread).cloned().collect();
        if !new.is_empty() {
            (self.tell)(format!("Not read: {}.", new.join(", ")));
        }
        self.unread.extend(new);
    }

    fn row(&mut self, row: &Row, outcome: Outcome, rows: &Rows<'_>) -> Result<(), Refusal> {
        let line = row.found.line;
        match outcome {
            Outcome::There => self.totals.there += 1,
            Outcome::Made { has_password } => {
                self.totals.made += 1;
                self.totals.without_password += u64::from(!has_password);
                if let Ok(person) = &row.person {
                    for odd in person.odd() {
                        (self.tell)(format!("line {line}: {} {odd}.", person.email));
                    }
                }
            }
            Outcome::Refused(why) => {
                self.totals.refused += 1;
                (self.tell)(format!("line {line}: refused. {why}"));
                if !self.check {
                    self.refused.write(&row.found, &why, rows.header())?;
                }
            }
        }
        Ok(())
    }
}
