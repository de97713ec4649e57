//! Users who are brought along: accounts are made of the rows of a file that another program has written. The
//! file may be of any length, and little of it is in memory at once. An account that exists is never changed,
//! so the same file can be imported again.

mod columns; // what the columns are called
mod report; // what became of the rows, in numbers
mod lines; // the file, line by line
mod rows; // a row of the file, before it is understood
mod quotes; // a quotation mark that nothing closes
mod csv; // rows of a CSV file
mod json_lines; // rows of a file with one JSON object a line
mod open; // which of the two a file is
mod values; // times, and yes or no, as other programs write them
mod password; // hashes of passwords, as other programs made them
mod person; // what a row says about a person
mod account; // accounts made of rows, in one transaction
mod refused_file; // the rows that were refused, in a file of their own
mod run; // the whole file

pub use report::{Totals, counted};
pub use run::{Import, run};
