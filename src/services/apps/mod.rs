//! Apps of any language behind the operator's proxy: which there are, where they are, and who may open them. The proxy asks
//! for every request; these rows decide the answer.

mod app_name; // the ID, the name and the title of an app, parsed once
mod remote_user; // which of a person's names an app gets
mod fresh_for; // how recent a login must be
mod path_rule; // a part of an app that is open to others than the rest
mod app; // an app: its rows together
mod revision; // of what an app was made at a moment
mod loosest; // a path as loosely as any server might read it
mod access; // who may open a path, by both readings
mod access_servers; // how servers read paths, against that, only in tests
mod listed; // all apps, as they were at one moment
mod store; // the tables
mod apps_cache; // the apps that were just read
mod wrong; // what of an app cannot be as it was typed
mod in_transaction; // apps made, changed, disabled, deleted in a transaction that does more
mod change; // the same, each in a transaction of its own

pub use access::Access;
pub use app::{App, AppChange, MOST_GROUPS, MOST_ORIGINS, MOST_PATHS, NewApp};
pub use app_name::{AppId, AppName, AppTitle};
pub use apps_cache::AppsCache;
pub use change::{
    Changed, ChangedMeanwhile, Created, SetDisabled, change, change_by_form, create, create_by_form, delete,
    delete_by_form, set_disabled, set_disabled_by_form,
};
pub use fresh_for::FreshFor;
pub use in_transaction::{change_in, create_in, delete_in, leave_hosts_in, set_disabled_in};
pub use listed::{Apps, lock_key};
pub use path_rule::{PathAccess, PathPrefix, PathRule};
pub use remote_user::RemoteUser;
pub use revision::AppRevision;
pub use store::{read, read_in};
pub use wrong::{WrongApp, all_wrong, wrong_origin};
