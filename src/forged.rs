//! What no app can make. Proof of who someone is comes only from a guard, or from what checked a password, so an app
//! that has a `User` in its hands can rely on it.
//!
//! These are tests. The first one compiles, and names each type as the others do: those then fail for one reason.
//!
//! ```
//! use vestibule::people::sessions::Authenticated;
//! use vestibule::services::passwords::VerifiedPassword;
//! use vestibule::{Account, AccountId, Admin, Email, Fresh, Group, MaybeUser, Member, Site, Tx, User};
//!
//! fn taken_apart(user: User, fresh: Fresh, visitor: MaybeUser, account: Account, site: Site) {
//!     let User { id, .. } = user;
//!     let Fresh { user, .. } = fresh;
//!     let MaybeUser { user, .. } = visitor;
//!     let Account { email, .. } = account;
//!     let Site { settings, .. } = site;
//! }
//! fn of_a_group<G: Group>(member: Member<G>, admin: Admin) -> (User, User) {
//!     let (Member { user: member, .. }, Admin { user: admin, .. }) = (member, admin);
//!     (member, admin)
//! }
//! fn kept(tx: Tx, verified: VerifiedPassword, proof: Authenticated) -> (Tx, VerifiedPassword, Authenticated) {
//!     (tx, verified, proof)
//! }
//! fn parsed(id: &str, email: &str) -> (Option<AccountId>, Option<Email>) {
//!     (AccountId::parse(id), Email::parse(email))
//! }
//! ```
//!
//! A user:
//!
//! ```compile_fail,E0639
//! fn forged(user: vestibule::User) -> vestibule::User {
//!     vestibule::User { ..user }
//! }
//! ```
//!
//! One who has just entered the password:
//!
//! ```compile_fail,E0639
//! fn forged(user: vestibule::User) -> vestibule::Fresh {
//!     vestibule::Fresh { user }
//! }
//! ```
//!
//! One who may be there:
//!
//! ```compile_fail,E0639
//! fn forged(user: vestibule::User) -> vestibule::MaybeUser {
//!     vestibule::MaybeUser { user: Some(user) }
//! }
//! ```
//!
//! A member of a group, and an administrator:
//!
//! ```compile_fail,E0639
//! fn forged<G: vestibule::Group>(member: vestibule::Member<G>) -> vestibule::Member<G> {
//!     vestibule::Member { ..member }
//! }
//! ```
//!
//! ```compile_fail,E0639
//! fn forged(user: vestibule::User) -> vestibule::Admin {
//!     vestibule::Admin { user }
//! }
//! ```
//!
//! An account:
//!
//! ```compile_fail,E0639
//! fn forged(account: vestibule::Account) -> vestibule::Account {
//!     vestibule::Account { ..account }
//! }
//! ```
//!
//! The running site:
//!
//! ```compile_fail,E0639
//! fn forged(site: vestibule::Site) -> vestibule::Site {
//!     vestibule::Site { ..site }
//! }
//! ```
//!
//! A transaction, which would not be counted:
//!
//! ```compile_fail,E0451
//! fn forged(tx: vestibule::Tx) -> vestibule::Tx {
//!     vestibule::Tx { ..tx }
//! }
//! ```
//!
//! A password that was found to be right:
//!
//! ```compile_fail,E0451
//! use vestibule::services::passwords::VerifiedPassword;
//!
//! fn forged(verified: VerifiedPassword) -> VerifiedPassword {
//!     VerifiedPassword { ..verified }
//! }
//! ```
//!
//! What starts a session:
//!
//! ```compile_fail,E0451
//! use vestibule::people::sessions::Authenticated;
//!
//! fn forged(proof: Authenticated) -> Authenticated {
//!     Authenticated { ..proof }
//! }
//! ```
//!
//! Nor by the function that makes one:
//!
//! ```compile_fail,E0624
//! let forged = vestibule::people::sessions::Authenticated::by;
//! ```
//!
//! An ID or an address that was not parsed:
//!
//! ```compile_fail,E0423
//! let forged = vestibule::AccountId(String::new());
//! ```
//!
//! ```compile_fail,E0423
//! let forged = vestibule::Email(String::new());
//! ```
