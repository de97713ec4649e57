//! Groups that a setting names and that do not exist: what the setting says of them has no effect.

use super::lookup::unread;
use crate::base::{Db, Refusal, Settings};
use crate::people::groups::{self, GroupName};

/// One line for each; none if all are there.
pub(super) async fn lines(db: &Db, settings: &Settings) -> Result<Vec<String>, Refusal> {
    let named = [
        ("second_factor_for", settings.second_factor_for.names(), "no one needs a second factor for it"),
        ("signup_groups", settings.signup_groups.names(), "no one joins it by signing up"),
    ];
    let mut lines = Vec::new();
    for (setting, names, so) in named {
        for name in names.iter().filter_map(|name| GroupName::parse(name)) {
            // The group of administrators exists before it has a row.
            if !name.is_admins() && !groups::is_there(db, &name).await.map_err(unread)? {
                let program = settings.program.name;
                lines.push(format!(
                    "{setting} names the group {name}, and there is none: {so}. To create it: {program} group create {name}"
                ));
            }
        }
    }
    Ok(lines)
}
