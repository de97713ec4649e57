//! What a page calls a group.

use super::guard::Layout;
use crate::people::groups::GroupName;

impl Layout<'_> {
    /// What people call a group, by the title that is stored. The group of administrators is called in the language of the
    /// visitor, until an operator gives it another title.
    pub(crate) fn group_title(&self, name: &GroupName, title: &str) -> String {
        if name.has_built_in_title(title) { self.say(&"group-admins".into()) } else { title.to_owned() }
    }
}
