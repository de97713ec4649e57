//! Who is there, by a pass: what an app may be told of a person, as texts that are made once for many requests.

use std::fmt;

use crate::base::Time;
use crate::people::accounts::{AccountId, Handle};
use crate::people::groups::GroupName;
use crate::people::sessions::SessionId;

/// A pass that lives: its session does, and suffices; its account may log in.
#[derive(Clone)]
pub struct Passed {
    /// The account.
    pub account: AccountId,
    /// The session that it belongs to.
    pub session: SessionId,
    /// The ID of the app that it was issued for. Its origin may be another app's by now.
    pub app: String,
    /// Its groups, sorted.
    pub groups: Vec<GroupName>,
    /// When its owner last proved in the session who they are; `None` if a remembered device opened it.
    pub authenticated_at: Option<Time>,
    /// What the account is called in apps, if the operator gave it a handle.
    pub(super) handle: Option<Handle>,
    pub(super) name_text: String,
    pub(super) email_text: String,
    pub(super) groups_text: String,
}

impl Passed {
    /// The handle, or else the ID of the account: neither is ever another person's.
    pub fn handle_text(&self) -> &str {
        self.handle.as_ref().map_or(self.account.as_str(), Handle::as_str)
    }

    /// The ID of the account.
    pub fn id_text(&self) -> &str {
        self.account.as_str()
    }

    /// The address, on one line; empty if no one has confirmed that it is theirs.
    pub fn email_text(&self) -> &str {
        &self.email_text
    }

    /// The name, on one line.
    pub fn name_text(&self) -> &str {
        &self.name_text
    }

    /// The names of its groups, sorted, with commas between.
    pub fn groups_text(&self) -> &str {
        &self.groups_text
    }
}

impl fmt::Debug for Passed {
    /// Hides what would tell in a log who that is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passed")
            .field("account", &self.account)
            .field("app", &self.app)
            .finish_non_exhaustive()
    }
}

/// A text that can be the value of a header: a row may have one that was valid when it was typed, and would be refused
/// today.
pub(super) fn on_one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Names of groups with commas between: none has one in it.
pub(super) fn list_of(groups: &[GroupName]) -> String {
    groups.iter().map(GroupName::as_str).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_its_line() {
        assert_eq!(on_one_line("Ada\r\nRemote-User: root\0\u{85}\u{7f}"), "AdaRemote-User: root");
        assert_eq!(on_one_line("Zoë Ångström"), "Zoë Ångström");
        let groups = ["choir", "editors"].map(|name| GroupName::parse(name).unwrap());
        assert_eq!((list_of(&groups), list_of(&[])), ("choir,editors".to_owned(), String::new()));
    }
}
