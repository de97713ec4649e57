//! What a visitor does with their own account: the copy of all data, and the end of it.

#![allow(clippy::panic, reason = "a test may stop")]

use serde_json::Value;

use super::answer::Answer;
use super::logged_in::PASSWORD;
use super::visitor::Visitor;
use crate::web::paths;

impl Visitor<'_> {
    /// Downloads the copy of all data about the visitor. Enters [`PASSWORD`] if the site asks for it again.
    pub fn export(&mut self) -> Value {
        let mut answer = self.submit(paths::EXPORT, &[]);
        if answer.location().starts_with(paths::REAUTHENTICATE) {
            self.reauthenticate();
            answer = self.submit(paths::EXPORT, &[]);
        }
        assert_eq!(answer.status(), 200, "there is no copy: {}{}", answer.location(), answer.body);
        answer.json()
    }

    /// Deletes the visitor's account, whose password is [`PASSWORD`]; with email on, by the emailed link. Returns the
    /// last answer.
    pub fn close_account(&mut self) -> Answer {
        let session = self.get(paths::SESSION);
        assert_eq!(session.status(), 200, "the visitor is not logged in");
        let session = session.json();
        if session["fresh"] == false {
            self.reauthenticate();
        }
        let Some(email) = session["email"].as_str() else { panic!("{session}") };
        let answer = self.submit(paths::CLOSE, &[("email", email), ("password", PASSWORD)]);
        if answer.location() != paths::ACCOUNT {
            return answer;
        }
        let link = self.site.emailed_link(email);
        self.get(&link);
        self.submit(paths::DELETE, &[])
    }

    /// Enters [`PASSWORD`] again, for pages that ask for it.
    pub fn reauthenticate(&mut self) -> Answer {
        self.submit(paths::REAUTHENTICATE, &[("password", PASSWORD)])
    }
}
