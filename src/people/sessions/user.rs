//! A user who is logged in, and what is known about them. All code can read it, but none can assign to it, and nothing
//! but a guard makes one.

use std::ops::Deref;

use super::authenticated::Methods;
use super::last_login::LastLogin;
use super::store::SessionId;
use crate::base::clock::CLOCKS_DIFFER;
use crate::base::{Language, Site, Time};
use crate::people::accounts::{AccountId, Email, Name};

/// A user who is logged in. As an argument of a handler it closes the page to all others: they are redirected
/// to log in, and come back afterwards.
///
/// ```no_run
/// use rocket::get;
/// use vestibule::User;
///
/// #[get("/whoami")]
/// fn whoami(user: User) -> String {
///     format!("{} <{}>", user.name, user.email.shown())
/// }
/// ```
///
/// These fields can be read, as `user.name`, but not assigned to:
///
/// | Field | What it is |
/// |---|---|
/// | `id`: [`AccountId`] | the ID of the account |
/// | `name`: [`Name`] | the name of the account |
/// | `email`: [`Email`] | the address of the account |
/// | `authenticated_at`: `Option<`[`Time`]`>` | when they last proved in it who they are; `None` if a remembered device opened it |
///
/// Store the `id` with what belongs to the user: names and addresses change. To keep a field, clone it:
/// `user.id.clone()`.
#[derive(Clone, Debug)]
pub struct User(Identity);

/// What a [`User`] says about themselves. On its own it proves nothing.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Identity {
    /// The ID of the account.
    pub id: AccountId,
    /// The name of the account.
    pub name: Name,
    /// The address of the account.
    pub email: Email,
    /// The language that the account is set to.
    #[doc(hidden)]
    pub language: Option<Language>,
    /// The current session.
    #[doc(hidden)]
    pub session: SessionId,
    /// When they last proved in it who they are; `None` if a remembered device opened it.
    pub authenticated_at: Option<Time>,
    /// How they proved who they are.
    #[doc(hidden)]
    pub methods: Methods,
    /// Whether the account has two-factor authentication on.
    #[doc(hidden)]
    pub two_factor: bool,
    /// Whether the account is in the group of administrators: for a link in the menu. What protects a page is the guard
    /// [`Admin`](crate::Admin), which asks the database each time.
    #[doc(hidden)]
    pub is_admin: bool,
    /// Whether the account is in a group whose members need a second factor (`second_factor_for`).
    #[doc(hidden)]
    pub group_requires_factor: bool,
    /// The last login of the account before the session began, if there was one.
    #[doc(hidden)]
    pub last_login: Option<LastLogin>,
}

impl User {
    /// The user of a live session, which was looked up.
    pub(super) fn of(identity: Identity) -> User {
        User(identity)
    }

    /// Whether the site requires a second factor of them: of everyone, or of a group that they are in.
    pub(crate) fn needs_second_factor(&self, site: &Site) -> bool {
        site.settings.second_factor.is_required() || self.group_requires_factor
    }

    /// Whether the site requires a second factor of them, and neither their account nor this session has one.
    pub(super) fn is_restricted(&self, site: &Site) -> bool {
        self.methods.are_restricted(self.needs_second_factor(site), self.two_factor)
    }

    /// Whether they proved a moment ago who they are (`fresh_for` in the settings).
    pub fn is_fresh(&self, site: &Site) -> bool {
        let now = site.clock.now();
        let oldest = now.minus(site.settings.fresh_for.seconds());
        // A time in the future was written when the clock was ahead: the session would stay fresh until that
        // time.
        self.authenticated_at.is_some_and(|at| at > oldest && at <= now.plus(CLOCKS_DIFFER))
    }
}

/// Without `DerefMut`: `user.id = …` would make one user out of another.
impl Deref for User {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        &self.0
    }
}
