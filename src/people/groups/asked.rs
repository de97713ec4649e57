//! Which groups the pages of a site ask for: only their guards know. A test that opens every page becomes a member of each.

use std::collections::BTreeSet;

use parking_lot::Mutex;
use rocket::Request;

/// The names of the groups for which guards have asked. Kept in tests.
#[derive(Debug, Default)]
pub struct AskedGroups(Mutex<BTreeSet<String>>);

impl AskedGroups {
    /// The names, sorted.
    pub fn names(&self) -> BTreeSet<String> {
        self.0.lock().clone()
    }

    /// Keeps the name of a group for which a request asks.
    pub(super) fn keep(request: &Request<'_>, group: &str) {
        if cfg!(feature = "testing")
            && let Some(asked) = request.rocket().state::<AskedGroups>()
        {
            asked.0.lock().insert(group.to_owned());
        }
    }
}
