//! Opens every page.

#![allow(clippy::panic, reason = "a test may stop")]

use std::collections::BTreeSet;

use rocket::http::Method;

use super::site::TestSite;
use super::visitor::Visitor;
use crate::people::groups::AskedGroups;
use crate::web::{MissingParts, paths};

/// Who walks.
const WALKER: &str = "walk@example.org";

/// Pages whose forms carry `next` if they are opened with it.
const WITH_NEXT: [&str; 3] = [paths::LOGIN, paths::SIGNUP, paths::REAUTHENTICATE];

impl TestSite {
    /// Opens every page that has no parameter in its path, as a stranger, as a user, and as a member of every group that a
    /// page asks for. Fails with a list of the pages that cannot be shown, and of what templates lack: a form of the app its
    /// hidden value, an overridden page a field of ours, an overridden email its link.
    pub fn walk(&self) {
        self.walk_as(&mut self.visitor());
        let mut user = self.logged_in(WALKER);
        self.walk_as(&mut user);
        // A page may ask for a second group once the visitor is in the first.
        let mut joined = BTreeSet::new();
        loop {
            let groups =
                self.client.rocket().state::<AskedGroups>().map(AskedGroups::names).unwrap_or_default();
            let new: Vec<_> = groups.difference(&joined).cloned().collect();
            if new.is_empty() {
                return;
            }
            for group in &new {
                self.add_to_group(WALKER, group);
            }
            joined.extend(new);
            self.walk_as(&mut user);
        }
    }

    /// The same as a certain visitor alone, such as one who has rows of the app.
    pub fn walk_as(&self, visitor: &mut Visitor<'_>) {
        let mut wrong = Vec::new();
        for path in self.pages() {
            let answer = visitor.get(&path);
            if answer.status() >= 500 {
                let reason = answer.status.reason_lossy();
                wrong.push(format!("GET {path} is answered with {} {reason}", answer.status()));
            }
        }
        let rocket = self.client.rocket();
        wrong.extend(rocket.state::<MissingParts>().into_iter().flat_map(MissingParts::all));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// The addresses of all pages without a parameter, and one that is none.
    fn pages(&self) -> Vec<String> {
        let gets = self.client.rocket().routes().filter(|route| route.method == Method::Get);
        let paths = gets.map(|route| route.uri.path().to_owned()).filter(|path| is_page(path));
        let mut pages: Vec<String> = paths.collect();
        pages.sort();
        pages.dedup();
        pages.extend(WITH_NEXT.iter().map(|path| format!("{path}?next=%2F")));
        pages.push("/no-such-page".to_owned());
        pages
    }
}

/// Whether a visitor may open it: it has no parameter, is not read by programs, and does not log out.
fn is_page(path: &str) -> bool {
    !path.contains('<') && path != paths::LOGOUT && !paths::IN_JSON.contains(&path)
}
