//! Parts of a list that is asked by key, newest first, and the links between them. What is asked stands in the address of
//! the page: `before` a key, or `after` one.

use rocket::FromForm;
use serde_json::{Value, json};

/// Rows on one page.
const PAGE: usize = 50;

/// Rows that are read for it: one more says that there is another page.
pub(super) const MOST: i64 = 51;

/// Which part of a list is asked for. Both may be missing.
#[derive(Debug, Default, FromForm)]
pub(super) struct Asked<'r> {
    /// What is older than the row with this key.
    before: Option<&'r str>,
    /// What is newer.
    after: Option<&'r str>,
}

/// Where a part begins.
#[derive(Debug, PartialEq)]
pub(super) enum Place<K> {
    /// At the newest row.
    Newest,
    /// At the first row that is older than this one, which need not exist any more.
    OlderThan(K),
    /// So that it ends with the last row that is newer than this one.
    NewerThan(K),
    /// So that it ends with the oldest row. Only the list of accounts is so long that it has a link there.
    Oldest,
}

impl Asked<'_> {
    /// The place that is asked for. The newest rows, if a key cannot be read.
    pub(super) fn place<K>(&self, parse: impl Fn(&str) -> Option<K>) -> Place<K> {
        Place::of(self.before.and_then(&parse), self.after.and_then(&parse), false)
    }
}

impl<K> Place<K> {
    /// Before a key, else after one, else at the oldest row if that is asked for.
    pub(super) fn of(before: Option<K>, after: Option<K>, oldest: bool) -> Place<K> {
        match (before, after, oldest) {
            (Some(before), ..) => Place::OlderThan(before),
            (None, Some(after), _) => Place::NewerThan(after),
            (None, None, true) => Place::Oldest,
            (None, None, false) => Place::Newest,
        }
    }

    /// The key that the part is older than.
    pub(super) fn older_than(&self) -> Option<&K> {
        match self {
            Place::OlderThan(key) => Some(key),
            Place::Newest | Place::NewerThan(_) | Place::Oldest => None,
        }
    }
}

/// One page of a list.
#[derive(Debug)]
pub(super) struct Part<T> {
    /// Newest first.
    pub(super) rows: Vec<T>,
    has_newer: bool,
    has_older: bool,
}

impl<T> Part<T> {
    /// The rows that are older than a key, or else the newest; up to [`MOST`] were read.
    pub(super) fn older(mut rows: Vec<T>, are_newest: bool) -> Part<T> {
        let has_older = rows.len() > PAGE;
        rows.truncate(PAGE);
        Part { rows, has_newer: !are_newest, has_older }
    }

    /// The rows that are newer than a key, newest first; up to [`MOST`] were read. `None` if they do not fill a page: the
    /// newest page has them all.
    pub(super) fn newer(rows: Vec<T>) -> Option<Part<T>> {
        let part = Part::oldest(rows);
        (part.rows.len() == PAGE).then_some(Part { has_older: true, ..part })
    }

    /// The oldest rows, newest first; up to [`MOST`] were read.
    pub(super) fn oldest(mut rows: Vec<T>) -> Part<T> {
        let has_newer = rows.len() > PAGE;
        if has_newer {
            rows.remove(0); // the one more, which is the newest
        }
        Part { rows, has_newer, has_older: false }
    }

    /// Whether it is the first page.
    pub(super) fn is_newest(&self) -> bool {
        !self.has_newer
    }

    /// Whether it is the last page.
    pub(super) fn is_oldest(&self) -> bool {
        !self.has_older
    }

    /// The links to the other pages of a list, for `admin_paging.html`. `key` is that of a row; it stands in the address
    /// as it is.
    pub(super) fn links(&self, page: &str, key: impl Fn(&T) -> String) -> Value {
        self.links_by(page, |name, row| format!("{page}?{name}={}", key(row)))
    }

    /// The same, where the address of a page says more than where it begins: `address` makes the one of the rows `before`
    /// a row, or `after` it.
    pub(super) fn links_by(&self, page: &str, address: impl Fn(&str, &T) -> String) -> Value {
        let (first, last) = (self.rows.first(), self.rows.last());
        json!({
            "newest": self.has_newer.then_some(page),
            "newer": first.filter(|_| self.has_newer).map(|row| address("after", row)),
            "older": last.filter(|_| self.has_older).map(|row| address("before", row)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(part: &Part<u32>) -> [Option<String>; 3] {
        let links = part.links("/list", ToString::to_string);
        ["newest", "newer", "older"].map(|name| links[name].as_str().map(str::to_owned))
    }

    #[test]
    fn the_address_says_where_a_part_begins() {
        let place = |before, after| Asked { before, after }.place(|typed| typed.parse::<u32>().ok());
        assert_eq!(place(None, None), Place::Newest);
        assert_eq!(place(Some("7"), None), Place::OlderThan(7));
        assert_eq!(place(None, Some("7")), Place::NewerThan(7));
        assert_eq!(place(Some("7"), Some("8")), Place::OlderThan(7));
        assert_eq!(place(Some("x"), Some("")), Place::Newest);
        assert_eq!(Place::of(None::<u32>, None, true), Place::Oldest);
        assert_eq!(Place::of(Some(7), None, true), Place::OlderThan(7));
    }

    #[test]
    fn each_page_leads_to_those_next_to_it() {
        let some = |text: &str| Some(text.to_owned());
        // A list of 120 rows: 120 is the newest.
        let newest = Part::older((70..=120).rev().collect(), true);
        assert_eq!((newest.rows.len(), newest.is_newest()), (50, true));
        assert_eq!(links(&newest), [None, None, some("/list?before=71")]);
        let middle = Part::older((20..=70).rev().collect(), false);
        assert_eq!(links(&middle), [some("/list"), some("/list?after=70"), some("/list?before=21")]);
        let last = Part::older((1..=20).rev().collect(), false);
        assert_eq!(links(&last), [some("/list"), some("/list?after=20"), None]);
        // And back.
        let middle = Part::newer((21..=71).rev().collect()).unwrap();
        assert_eq!(middle.rows.first(), Some(&70));
        assert_eq!(links(&middle), [some("/list"), some("/list?after=70"), some("/list?before=21")]);
        assert!(Part::newer((71..=119).rev().collect::<Vec<u32>>()).is_none(), "49 rows");
        let newest = Part::newer((71..=120).rev().collect()).unwrap();
        assert_eq!(links(&newest), [None, None, some("/list?before=71")]);
        assert_eq!(links(&Part::older(Vec::new(), true)), [None, None, None]);
        // The other end, however many there are.
        let oldest = Part::oldest((1..=51).rev().collect());
        assert_eq!((oldest.rows.first(), oldest.is_oldest()), (Some(&50), true));
        assert_eq!(links(&oldest), [some("/list"), some("/list?after=50"), None]);
        let all = Part::oldest((1..=50).rev().collect::<Vec<u32>>());
        assert_eq!((links(&all), all.is_newest()), ([None, None, None], true));
    }
}
