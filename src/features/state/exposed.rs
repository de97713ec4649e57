//! Files with passwords that more people can read or write than have to.

use std::collections::BTreeSet;

use super::declared::{Declared, PasswordSource};
use super::source::Source;
use crate::base::text_file;

/// The most files that are told. Where there are more, one command changes them all.
const MOST_TOLD: usize = 20;

/// Warns of the files with passwords that a file names, whether they are needed this time or not: people seldom
/// choose another password.
pub(super) fn warnings(source: &Source, declared: &Declared) -> Vec<String> {
    let sources = declared.accounts.iter().filter_map(|account| Some(&account.password.as_ref()?.source));
    let files = sources.filter_map(|source| match source {
        PasswordSource::File(path) => Some(path.as_str()),
        PasswordSource::Hash(_) => None,
    });
    let files: BTreeSet<&str> = files.collect();
    let exposed =
        files.iter().filter_map(|path| text_file::accessible(&source.named(path), "holds a password"));
    let mut told: Vec<String> = exposed.collect();
    let more = told.len().saturating_sub(MOST_TOLD);
    told.truncate(MOST_TOLD);
    if more > 0 {
        told.push(format!(
            "Other users can access {more} more files of passwords that {} names.",
            source.name()
        ));
    }
    told
}
