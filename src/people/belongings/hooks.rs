//! What an app implements to be told about accounts.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rocket::tokio::time::timeout;
use serde_json::{Map, Value};

use crate::base::db::in_hook;
use crate::base::{Site, Tx};
use crate::people::accounts::AccountId;
use crate::web;

/// How long all parts of the app may take together inside a transaction. A file has one writing connection, which that
/// transaction holds: everyone else waits for it.
const LONGEST: Duration = Duration::from_secs(5);
/// The name in the copy of what a part exports without one.
const UNNAMED: &str = "exported";

/// What an app has about people in addition to the rows of its tables: a first row for everyone, files, data in another
/// system. Rows that refer to an account need none of this: they are exported with it and deleted with it.
///
/// Each method does nothing by default. An app may have several of these, one for each of its parts.
///
/// ```no_run
/// use vestibule::{AccountId, Belongings, Result, Site, Tx, new_id, rocket, sqlx};
///
/// struct Notes;
///
/// #[rocket::async_trait]
/// impl Belongings for Notes {
///     // Everyone begins with a note.
///     async fn made(&self, tx: &mut Tx, _: &Site, account: &AccountId) -> Result<()> {
///         let insert = sqlx::query("insert into app_notes (id, account_id, text) values ($1, $2, 'Welcome!')");
///         insert.bind(new_id()).bind(account.as_str()).execute(tx).await?;
///         Ok(())
///     }
///
///     // A folder may be missing: this may be called again.
///     async fn gone(&self, site: &Site, account: &AccountId) -> Result<()> {
///         let folder = site.settings.data_dir.join("pictures").join(account.as_str());
///         if folder.exists() {
///             std::fs::remove_dir_all(folder)?;
///         }
///         Ok(())
///     }
/// }
/// ```
#[rocket::async_trait]
pub trait Belongings: Send + Sync + 'static {
    /// An account begins: where emails are sent, when its address is confirmed for the first time (or when its owner
    /// logs in before that, if the settings allow it); otherwise when it is created. Called once for each account, in
    /// the transaction that does it. An error takes all of it back. Not called for accounts that began before the app had
    /// this hook: a migration makes their rows. `import --check` calls it in a transaction that is taken back.
    ///
    /// Only `tx` reaches the database here: another transaction would wait for this one. All others who write wait too,
    /// so after five seconds all is taken back as by an error, and the visitor gets 503.
    async fn made(&self, tx: &mut Tx, site: &Site, account: &AccountId) -> web::Result<()> {
        let _ = (tx, site, account);
        Ok(())
    }

    /// An account is about to be deleted, in the transaction that does it. After
    /// [`Error::Closed`](crate::Error::Closed) it stays, and the sentences of that are shown.
    ///
    /// Only `tx` reaches the database here, for five seconds at most, as in [`made`](Belongings::made).
    async fn leaving(&self, tx: &mut Tx, site: &Site, account: &AccountId) -> web::Result<()> {
        let _ = (tx, site, account);
        Ok(())
    }

    /// An account was deleted. Called again until it returns `Ok`, also after the program was killed: what it does may
    /// have been done before.
    async fn gone(&self, site: &Site, account: &AccountId) -> web::Result<()> {
        let _ = (site, account);
        Ok(())
    }

    /// What the owner's copy of all data contains next to the rows of the app's tables: an object, whose names stand
    /// next to those of the tables. A name that is a table's stands in place of its rows: `json!({ "app_notes": [] })`
    /// leaves them out. A value that is no object gets the name `exported`. If several parts of the app return one
    /// name, it has a list of their values, in the order in which the app names its parts.
    async fn export(&self, site: &Site, account: &AccountId) -> web::Result<Option<Value>> {
        let _ = (site, account);
        Ok(None)
    }
}

/// The belongings of all parts of the app, attached to its program.
#[derive(Clone, Default)]
pub struct AppBelongings(pub Vec<Arc<dyn Belongings>>);

impl fmt::Debug for AppBelongings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AppBelongings").field(&self.0.len()).finish()
    }
}

/// Those of the program that runs.
pub(super) fn all(site: &Site) -> &[Arc<dyn Belongings>] {
    let attached = site.settings.program.attached::<AppBelongings>();
    attached.map(|belongings| belongings.0.as_slice()).unwrap_or_default()
}

/// Waits for what the app does inside a transaction, as long as it may. After an error, that transaction is to be dropped.
pub(super) async fn in_time(
    what: &'static str,
    hooks: impl Future<Output = web::Result<()>>,
) -> web::Result<()> {
    match timeout(LONGEST, in_hook(hooks)).await {
        Ok(done) => done,
        Err(_) => Err(web::Error::TooLong(what, LONGEST)),
    }
}

/// What the app exports of an account next to the rows of its tables: the answers of all its parts, by their names.
pub async fn exported(site: &Site, account: &AccountId) -> web::Result<Map<String, Value>> {
    let mut values = Vec::new();
    for belongings in all(site) {
        values.extend(belongings.export(site, account).await?);
    }
    Ok(together(values))
}

fn together(values: Vec<Value>) -> Map<String, Value> {
    let mut by_name: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for value in values {
        match value {
            Value::Object(object) => {
                for (name, value) in object {
                    by_name.entry(name).or_default().push(value);
                }
            }
            other => by_name.entry(UNNAMED.to_owned()).or_default().push(other),
        }
    }
    // Of two values with one name, none may be lost.
    let one = |mut values: Vec<Value>| match values.len() {
        1 => values.remove(0),
        _ => Value::Array(values),
    };
    by_name.into_iter().map(|(name, values)| (name, one(values))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_several_parts_export_is_put_together_by_its_names() {
        let together = |values| Value::Object(together(values));
        assert_eq!(together(vec![]), json!({}));
        assert_eq!(together(vec![json!(3)]), json!({ "exported": 3 }));
        let parts = vec![json!({ "notes": 1 }), json!({ "lists": [2] })];
        assert_eq!(together(parts), json!({ "notes": 1, "lists": [2] }));
        let parts = vec![json!({ "notes": [2] }), json!(4), json!({ "notes": 1 }), json!([5])];
        assert_eq!(together(parts), json!({ "notes": [[2], 1], "exported": [4, [5]] }));
    }
}
