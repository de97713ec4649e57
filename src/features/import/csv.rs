//! Rows of a CSV file (RFC 4180), whose first line names the columns. The separator is a comma, a semicolon
//! or a tab, whichever that line has most of: spreadsheets write what is usual in their country.

use std::collections::BTreeSet;
use std::io;

use ::csv::{ByteRecord, Reader, ReaderBuilder};

use super::columns::{self, Column, REASON};
use super::lines::Lines;
use super::quotes;
use super::report::counted;
use super::rows::{Found, Original, Texts};

/// The rows of a CSV file.
pub(super) struct CsvRows<'r> {
    reader: Reader<Lines<'r>>,
    header: Header,
}

/// The first line.
pub(super) struct Header {
    /// Its fields, as the file has them.
    pub(super) fields: ByteRecord,
    /// What stands between them.
    pub(super) separator: u8,
    /// Which column each of them names; `None` for one that is not read.
    columns: Vec<Option<Column>>,
}

impl<'r> CsvRows<'r> {
    /// Reads the header. The error is the end of a sentence that names the file.
    pub(super) fn begin(mut lines: Lines<'r>) -> Result<CsvRows<'r>, String> {
        let separator = separator(lines.ahead().map_err(unread)?);
        let mut builder = ReaderBuilder::new();
        // The header is read here, and a row of another length is refused alone.
        let builder = builder.has_headers(false).flexible(true).delimiter(separator);
        let mut reader = builder.from_reader(lines);
        let mut fields = ByteRecord::new();
        reader.read_byte_record(&mut fields).map_err(unread)?;
        if let Some(line) = unclosed(reader.get_ref(), separator) {
            return Err(unread(never_closed(line)));
        }
        let columns = named(&fields)?;
        Ok(CsvRows { reader, header: Header { fields, separator, columns } })
    }

    /// The first line.
    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// The next row. `None` at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<Found>> {
        self.reader.get_mut().begin_row();
        let mut record = ByteRecord::new();
        let read = self.reader.read_byte_record(&mut record);
        let unclosed = unclosed(self.reader.get_ref(), self.header.separator);
        match (read.map_err(io::Error::from), unclosed) {
            (Err(error), Some(line)) => {
                return Err(io::Error::other(format!("{error}. Before that, {}", never_closed(line))));
            }
            (Err(error), None) => return Err(error),
            (Ok(false), _) => return Ok(None),
            // All that follows is in this row: it is no row that could be mended alone.
            (Ok(true), Some(line)) => return Err(io::Error::other(never_closed(line))),
            (Ok(true), None) => {}
        }
        // The reader has taken no more than the last line of the row, of which each line break within it ends
        // one.
        let breaks = record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let line = self.reader.get_ref().line().saturating_sub(breaks);
        Ok(Some(Found { line, texts: self.texts(&record), original: Original::Csv(record) }))
    }

    fn texts(&self, record: &ByteRecord) -> Result<Texts, String> {
        let (there, named) = (record.len(), self.header.columns.len());
        if there != named {
            let there = counted(there as u64, "field", "fields");
            return Err(format!("It has {there}, but the first line of the file names {named}."));
        }
        let mut texts = Texts::default();
        for (field, column) in record.iter().zip(&self.header.columns) {
            let Some(column) = *column else { continue };
            let text = str::from_utf8(field).map_err(|_| {
                format!("The {} is not UTF-8. Save the file as \"CSV UTF-8\".", column.code())
            })?;
            texts.put(column, text.to_owned());
        }
        Ok(texts)
    }
}

impl Header {
    /// The names of the columns that are not read.
    pub(super) fn unread(&self) -> BTreeSet<String> {
        let fields = self.fields.iter().zip(&self.columns).filter(|(_, column)| column.is_none());
        let names = fields.map(|(field, _)| String::from_utf8_lossy(field).trim().to_owned());
        names.filter(|name| columns::plain(name) != REASON).collect()
    }

    /// The place of the column in which a file of refused rows says why.
    pub(super) fn reason(&self) -> Option<usize> {
        self.fields.iter().position(|field| columns::plain(&String::from_utf8_lossy(field)) == REASON)
    }
}

/// Which separator the first line has most of.
fn separator(ahead: &[u8]) -> u8 {
    let first = ahead.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| first.iter().filter(|byte| **byte == separator).count();
    // Of several with the same count, the last one counts.
    [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// Which columns a header names.
fn named(header: &ByteRecord) -> Result<Vec<Option<Column>>, String> {
    let names: Vec<String> =
        header.iter().map(|field| columns::plain(&String::from_utf8_lossy(field))).collect();
    let columns: Vec<Option<Column>> = names.iter().map(|name| Column::by_code(name)).collect();
    let count = |column: Column| columns.iter().filter(|found| **found == Some(column)).count();
    for (name, column) in names.iter().zip(&columns) {
        match column {
            Some(column) if count(*column) > 1 => return Err(format!("names the column {name} twice")),
            None if name != REASON => {
                if let Some(mistake) = columns::mistaken(name, |column| count(column) > 0) {
                    // The caller ends the sentence.
                    return Err(format!("cannot be imported as it is. {}", mistake.trim_end_matches('.')));
                }
            }
            _ => {}
        }
    }
    for needed in [Column::Email, Column::Name] {
        if count(needed) == 0 {
            return Err(format!(
                "has no column {}. Its first line must name the columns: email and name, and those of \
                 password, confirmed_at, created_at, disabled, groups and handle that there are",
                needed.code()
            ));
        }
    }
    Ok(columns)
}

/// The line in which a quotation mark opens that nothing closes, in what was read of a row.
fn unclosed(lines: &Lines<'_>, separator: u8) -> Option<u64> {
    let (first, row) = lines.row();
    Some(first + quotes::unclosed(row, separator)?)
}

fn never_closed(line: u64) -> String {
    format!("a quotation mark opens in line {line} and is not closed")
}

fn unread(error: impl std::fmt::Display) -> String {
    format!("cannot be read: {error}")
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::atomic::AtomicU64;

    use super::*;

    /// The line, email and name of each row, or why it cannot be read; and the columns that are not read.
    type Found = (Vec<(u64, String)>, Vec<String>);

    fn read(content: &[u8]) -> Result<Found, String> {
        let folder = tempfile::tempdir().unwrap();
        let (file, done) = (folder.path().join("people.csv"), AtomicU64::new(0));
        std::fs::write(&file, content).unwrap();
        read_file(&file, &done)
    }

    fn read_file(file: &Path, done: &AtomicU64) -> Result<Found, String> {
        let mut rows = CsvRows::begin(Lines::open(file, done).unwrap())?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(|error| error.to_string())? {
            let text = |texts: Texts| {
                [Column::Email, Column::Name].map(|column| texts.get(column).unwrap().to_owned()).join("|")
            };
            found.push((row.line, row.texts.map_or_else(|why| why, text)));
        }
        Ok((found, rows.header().unread().into_iter().collect()))
    }

    fn rows(content: &[u8]) -> Vec<(u64, String)> {
        read(content).unwrap().0
    }

    fn two(first: (u64, &str), second: (u64, &str)) -> Vec<(u64, String)> {
        vec![(first.0, first.1.to_owned()), (second.0, second.1.to_owned())]
    }

    #[test]
    fn each_row_knows_its_line_however_lines_end() {
        for content in [
            "email,name\nada@x.test,Ada\nbob@x.test,Bob\n",
            "email,name\r\nada@x.test,Ada\r\nbob@x.test,Bob",
            "\u{feff}Email;NAME \r\nada@x.test;Ada\r\nbob@x.test;Bob\r\n",
            "name\temail\nAda\tada@x.test\nBob\t bob@x.test \n",
        ] {
            let expected = two((2, "ada@x.test|Ada"), (3, "bob@x.test|Bob"));
            assert_eq!(rows(content.as_bytes()), expected, "{content:?}");
        }
    }

    #[test]
    fn a_field_in_quotes_may_have_separators_quotes_and_line_breaks() {
        let content = b"email,name\r\n\r\nada@x.test,\"Ada, \"\"the\r\nfirst\"\"\"\r\n\nbob@x.test,5\" Bob\n";
        let expected = two((3, "ada@x.test|Ada, \"the\r\nfirst\""), (6, "bob@x.test|5\" Bob"));
        assert_eq!(rows(content), expected);
    }

    #[test]
    fn a_quotation_mark_that_nothing_closes_is_told_with_its_line() {
        for (content, line) in [
            ("email,name\na@x.test,A\n\"b@x.test,B\nc@x.test,C\nd@x.test,D\n", 3),
            ("email;name\r\n\r\na@x.test;\"A \"\"the\r\nfirst\r\n", 3),
            ("email,name\n\"a\n@x.test\",\"A", 3),
            ("\"email,name\na@x.test,A\n", 1),
        ] {
            let told = read(content.as_bytes()).unwrap_err();
            assert!(told.contains(&format!("opens in line {line} and is not closed")), "{content:?}: {told}");
        }
        let endless = format!("email,name\na@x.test,A\nb@x.test,\"B\n{}", "c@x.test,C\n".repeat(10_000));
        let told = read(endless.as_bytes()).unwrap_err();
        assert!(told.contains("Before that, a quotation mark opens in line 3 and is not closed"), "{told}");
        // Closed by the end of the file, or opening nothing.
        for name in ["\"A\"", "A\"", "\"\"", "\"A\"\"\""] {
            assert_eq!(read(format!("email,name\na@x.test,{name}").as_bytes()).unwrap().0.len(), 1, "{name}");
        }
    }

    #[test]
    fn a_row_that_cannot_be_read_is_refused_alone() {
        let found = rows(b"email,name\nada@x.test\nM\xfcller@x.test,M\nbob@x.test,Bob\n");
        assert_eq!(found.len(), 3);
        assert!(found[0].1.contains("It has 1 field, but"), "{found:?}");
        assert!(found[1].1.contains("The email is not UTF-8"), "{found:?}");
        assert_eq!(found[2], (4, "bob@x.test|Bob".to_owned()));
    }

    #[test]
    fn a_header_names_the_columns_that_are_needed_and_no_probable_mistakes() {
        let (found, unread) = read(b"id,email,bio,name,reason\n1,a@x.test,x,Ada,none\n").unwrap();
        assert_eq!((found.len(), unread), (1, vec!["bio".to_owned(), "id".to_owned()]));
        for (content, told) in [
            ("ada@x.test,Ada\n", "has no column email"),
            ("email,surname2\n", "Did you mean `name`?"),
            ("email,title\n", "has no column name"),
            ("email,name,password_hash\n", "Did you mean `password`?"),
            ("email,name,Email\n", "names the column email twice"),
            ("", "has no column email"),
        ] {
            let why = read(content.as_bytes()).unwrap_err();
            assert!(why.contains(told), "{why}");
            assert!(!why.ends_with('.'), "the caller ends the sentence: {why}");
        }
    }
}
