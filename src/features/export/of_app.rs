//! What an app has about the user: under its name, what it exports, and the rows of its tables that belong to the
//! account, table by table.

use std::collections::VecDeque;
use std::fmt::Write;

use serde_json::Value;

use super::incomplete::Incomplete;
use super::list::List;
use crate::base::Site;
use crate::base::db::own::{self, After, OwnRows, OwnTable};
use crate::people::accounts::AccountId;
use crate::people::belongings;

/// The names of the other parts. An app with one of these names gets another one.
const OURS: [&str; 9] = [
    "account",
    "groups",
    "invitations",
    "second_factors",
    "devices",
    "apps",
    "activity",
    "links",
    "waiting_emails",
];

/// The rows that are still to be written. The list of the first table is open.
pub(super) struct OfApp {
    tables: VecDeque<OwnTable>,
    after: Option<After>,
    list: List,
}

/// Opens the app's part, and writes what the app exports. `None` if it has no rows.
pub(super) async fn begin(
    site: &Site,
    account: &AccountId,
    text: &mut String,
) -> Result<Option<OfApp>, Incomplete> {
    let program = &site.settings.program;
    if program.is_alone() {
        return Ok(None);
    }
    let name = match OURS.contains(&program.name) {
        true => format!("app_{}", program.name),
        false => program.name.to_owned(),
    };
    let exported = belongings::exported(site, account).await?;
    let mut tables = VecDeque::from(own::tables_of_accounts(&site.db).await?);
    // A name that the app exports stands in place of the table with that name.
    tables.retain(|table| !exported.contains_key(table.name()));
    let _ = write!(text, ",\n  {}: {{", Value::from(name)); // writing to a String never fails
    let mut comma = "";
    for (name, value) in &exported {
        let _ = write!(text, "{comma}\n    {}: {value}", Value::from(name.as_str()));
        comma = ",";
    }
    let Some(first) = tables.front() else {
        text.push_str(if exported.is_empty() { "}" } else { "\n  }" });
        return Ok(None);
    };
    let mut list = List::new("    ");
    let _ = write!(text, "{comma}\n    ");
    list.open_first(text, first.name());
    Ok(Some(OfApp { tables, after: None, list }))
}

impl OfApp {
    /// Writes the next rows. `None` after the last.
    pub(super) async fn next(
        mut self,
        site: &Site,
        account: &AccountId,
        text: &mut String,
    ) -> Result<Option<OfApp>, Incomplete> {
        let Some(table) = self.tables.front() else { return Ok(None) };
        let OwnRows { rows, next } = table.rows_of(&site.db, account.as_str(), self.after.as_ref()).await?;
        self.list.add(text, rows.into_iter());
        self.after = next;
        if self.after.is_some() {
            return Ok(Some(self));
        }
        self.list.close(text);
        self.tables.pop_front();
        match self.tables.front() {
            Some(next) => {
                self.list.open(text, next.name());
                Ok(Some(self))
            }
            None => {
                text.push_str("\n  }");
                Ok(None)
            }
        }
    }
}
