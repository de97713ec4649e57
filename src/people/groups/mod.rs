//! Groups of accounts, for pages that only some people may open. A group is a name: there are no roles, no
//! permissions, and no groups of groups. `admins` is the one that Vestibule itself knows.

mod group_name; // the name and the title of a group, parsed once
mod store; // the tables of groups and of their members
mod change; // groups created and deleted, accounts added and removed
mod join; // an account added in a transaction that does more
mod asked; // which groups the pages of a site ask for, for tests
mod guard; // guards: arguments of a handler that require a membership

pub use asked::AskedGroups;
pub use change::{Added, add, all, create, delete, find, remove};
pub use group_name::{GroupName, GroupTitle};
pub use guard::{Admin, Group, Member, NeedsNewLogin, names_for};
pub use join::{join, lock_of};
pub use store::{GroupMember, GroupSummary, Membership, able_members, members_after, memberships, names_of};
