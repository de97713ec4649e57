//! What a file declares: groups, accounts, memberships, invitations, apps. Each has its place, for mistakes that
//! only the database shows.

use crate::people::groups::{GroupName, GroupTitle};
use crate::people::{Email, Handle, Name};
use crate::services::apps::{AppChange, AppName};
use crate::services::invitations::{Lifetime, Note, Uses};

/// All that a file declares.
#[derive(Default)]
pub(super) struct Declared {
    pub(super) groups: Vec<DeclaredGroup>,
    pub(super) accounts: Vec<DeclaredAccount>,
    pub(super) memberships: Vec<DeclaredMembership>,
    pub(super) invitations: Vec<DeclaredInvitation>,
    pub(super) apps: Vec<DeclaredApp>,
}

/// Whether something is to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Present,
    Absent,
}

/// A group.
pub(super) struct DeclaredGroup {
    pub(super) at: usize,
    pub(super) name: GroupName,
    /// What people call it. Without one, a new group is called by its name, and another one stays as it is.
    pub(super) title: Option<GroupTitle>,
    pub(super) wanted: Wanted,
}

/// The name of a group, where it is written.
#[derive(Clone)]
pub(super) struct NamedGroup {
    pub(super) at: usize,
    pub(super) name: GroupName,
}

/// What an account is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AccountState {
    /// There, and not disabled.
    Present,
    /// There, and disabled.
    Disabled,
    /// Not there.
    Absent,
}

/// Where the password of an account comes from.
pub(super) enum PasswordSource {
    /// A file with it, named as in the file.
    File(String),
    /// Its hash.
    Hash(String),
}

/// A password, for an account that has none and was never used.
pub(super) struct DeclaredPassword {
    pub(super) at: usize,
    pub(super) source: PasswordSource,
}

/// An account.
pub(super) struct DeclaredAccount {
    pub(super) at: usize,
    pub(super) email: Email,
    /// Needed only to make it.
    pub(super) name: Option<Name>,
    /// What apps call it. Without one, it keeps the one that it has.
    pub(super) handle: Option<Handle>,
    /// The groups that it is in.
    pub(super) groups: Vec<NamedGroup>,
    /// Whether it is in no other group.
    pub(super) exactly: bool,
    pub(super) password: Option<DeclaredPassword>,
    /// Without a word about it, an account is made, and one that is disabled stays so.
    pub(super) state: Option<AccountState>,
}

/// Whether an account that the file does not describe is in a group.
pub(super) struct DeclaredMembership {
    pub(super) at: usize,
    pub(super) email: Email,
    pub(super) group: NamedGroup,
    pub(super) wanted: Wanted,
}

/// An invitation.
pub(super) struct DeclaredInvitation {
    pub(super) at: usize,
    /// What it is known by from one time to the next.
    pub(super) key: String,
    pub(super) note: Note,
    pub(super) email: Option<Email>,
    pub(super) groups: Vec<NamedGroup>,
    /// What apps call the account that uses it.
    pub(super) handle: Option<Handle>,
    pub(super) uses: Uses,
    pub(super) lifetime: Lifetime,
    /// Whether its link is emailed.
    pub(super) mail: bool,
    pub(super) wanted: Wanted,
}

/// What an app is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AppState {
    /// There, and not disabled.
    Present,
    /// There, and disabled.
    Disabled,
    /// Not there.
    Absent,
}

/// An app behind the owner's proxy.
pub(super) struct DeclaredApp {
    pub(super) at: usize,
    pub(super) name: AppName,
    /// What it is to be; the rest stays as it is.
    pub(super) change: AppChange,
    /// Every group that is named for it, or for a part of it.
    pub(super) mentioned: Vec<NamedGroup>,
    /// Without a word about it, an app is made, and one that is disabled stays so.
    pub(super) state: Option<AppState>,
}
