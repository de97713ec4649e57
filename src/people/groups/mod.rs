//! Groups of accounts, for pages that only some people may open. A group is a name: there are no roles, no
//! permissions, and no groups of groups. `admins` is the one that Vestibule itself knows.

mod group_name; // the name and the title of a group, parsed once
mod store; // the tables of groups and of their members
mod record; // an event of a group, which names it
mod last_admin; // the last administrator stays
mod join; // an account added or removed in a transaction that does more
mod change; // groups created and deleted, accounts added and removed
mod many; // many memberships at once
mod asked; // which groups the pages of a site ask for, for tests
mod guard; // guards: arguments of a handler that require a membership

pub use asked::AskedGroups;
pub use change::{
    Removed, add, add_by_form, all, create, create_by_form, delete, delete_by_form, find, remove,
    remove_by_form,
};
pub use group_name::{GroupName, GroupTitle};
pub use guard::{Admin, Group, Member, NeedsNewLogin, NotAMember, names_for};
pub use join::{Added, ensure, join, join_at_sign_up, leave, leave_joined_by_owner, lock_of};
pub use last_admin::{
    AdminsBefore, LastAdmin, begin_keeping_an_admin, has_an_admin, is_last_admin, unconfirmed_admins,
};
pub use many::{create_in, delete_in, join_many, of_accounts, retitle_in, titles};
pub use store::{GroupMember, GroupSummary, Membership, is_there, members_after, memberships, names_of};
