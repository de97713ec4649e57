//! Accounts and groups for those who administer a site: lists that are asked by key, a search, a count that is asked apart,
//! and what keeps the owner of one from logging in.

mod list; // accounts, newest first
mod count; // how many there are
mod group_list; // the groups, by key
mod app_people; // who may open an app
mod search; // those with a word in their address or name
mod memberships; // the groups of an account, and those that it could join
mod hindrances; // how the owner of an account can log in, and what keeps them from it
mod network; // the wrong passwords and codes of a network, forgotten

pub use app_people::{
    AppAccount, AppGroup, accounts_of_app, browsers_of_app, count_of_app, groups_of_app,
    newer_accounts_of_app,
};
pub use count::{COUNTED, Counted, count};
pub use group_list::{ListedGroup, group, group_title, groups_after, groups_before};
pub use hindrances::{Hindrance, WaysIn, waiting_networks, ways_in};
pub use list::{Listed, Only, groups, newer, older};
pub use memberships::{Memberships, memberships};
pub use network::unlock_network;
pub use search::{Found, Scan, Stop, Typed, find, pattern, search};
