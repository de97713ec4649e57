//! What no app can make. Proof of who someone is comes only from a guard, or from what checked a password, so an app
//! that has a `User` in its hands can rely on it. Nor can an app change what a proof says: an assignment would make one
//! user out of another.
//!
//! These are tests. The first one compiles, and names each type as the others do: those then fail for one reason.
//!
//! ```
//! use vestibule::people::sessions::{Authenticated, Identity};
//! use vestibule::services::passkeys::{VerifiedPasskey, VerifiedSameUser};
//! use vestibule::services::passwords::VerifiedPassword;
//! use vestibule::{Account, AccountId, Admin, Email, Fresh, Group, MaybeUser, Member, Site, Tx, User};
//!
//! fn id(user: &User) -> &AccountId {
//!     &user.id
//! }
//! fn read<G: Group>(fresh: &Fresh, member: &Member<G>, admin: &Admin, visitor: &MaybeUser) -> bool {
//!     id(fresh) == id(member) && visitor.as_ref().is_some_and(|user| user.id == admin.id)
//! }
//! fn copied(user: User, fresh: Fresh, other: AccountId) -> Identity {
//!     let mut copy = Identity::clone(&user);
//!     copy.id = other;
//!     copy.session = fresh.session.clone();
//!     copy
//! }
//! fn users<G: Group>(fresh: Fresh, member: Member<G>, admin: Admin, visitor: MaybeUser) -> Vec<User> {
//!     let mut users = vec![fresh.into_user(), member.into_user(), admin.into_user()];
//!     users.extend(visitor.into_user());
//!     users
//! }
//! fn replaced(mut fresh: Fresh, fresher: Fresh) -> Fresh {
//!     std::mem::replace(&mut fresh, fresher)
//! }
//! fn taken_apart(account: Account, site: Site) {
//!     let Account { email, .. } = account;
//!     let Site { settings, .. } = site;
//! }
//! fn kept(tx: Tx, verified: VerifiedPassword, proof: Authenticated) -> (Tx, VerifiedPassword, Authenticated) {
//!     (tx, verified, proof)
//! }
//! fn by_passkey(login: VerifiedPasskey, again: VerifiedSameUser) -> (VerifiedPasskey, VerifiedSameUser) {
//!     (login, again)
//! }
//! fn parsed(id: &str, email: &str) -> (Option<AccountId>, Option<Email>) {
//!     (AccountId::parse(id), Email::parse(email))
//! }
//! ```
//!
//! A user:
//!
//! ```compile_fail,E0423
//! use vestibule::people::sessions::Identity;
//!
//! fn forged(user: vestibule::User, other: vestibule::AccountId) -> vestibule::User {
//!     let mut copy = Identity::clone(&user);
//!     copy.id = other;
//!     vestibule::User(copy)
//! }
//! ```
//!
//! One who has just entered the password:
//!
//! ```compile_fail,E0423
//! fn forged(user: vestibule::User) -> vestibule::Fresh {
//!     vestibule::Fresh(user)
//! }
//! ```
//!
//! One who may be there:
//!
//! ```compile_fail,E0423
//! fn forged(user: vestibule::User) -> vestibule::MaybeUser {
//!     vestibule::MaybeUser(Some(user))
//! }
//! ```
//!
//! A member of a group, and an administrator:
//!
//! ```compile_fail,E0423
//! fn forged<G: vestibule::Group>(user: vestibule::User) -> vestibule::Member<G> {
//!     vestibule::Member(user, std::marker::PhantomData)
//! }
//! ```
//!
//! ```compile_fail,E0423
//! fn forged(user: vestibule::User) -> vestibule::Admin {
//!     vestibule::Admin(user)
//! }
//! ```
//!
//! Another user than the guard found, by an assignment:
//!
//! ```compile_fail,E0594
//! fn forged(mut user: vestibule::User, other: vestibule::AccountId) {
//!     user.id = other;
//! }
//! ```
//!
//! ```compile_fail,E0594
//! fn forged(mut fresh: vestibule::Fresh, other: vestibule::AccountId) {
//!     fresh.id = other;
//! }
//! ```
//!
//! ```compile_fail,E0594
//! fn forged(mut fresh: vestibule::Fresh, other: vestibule::User) {
//!     *fresh = other;
//! }
//! ```
//!
//! ```compile_fail,E0594
//! fn forged<G: vestibule::Group>(mut member: vestibule::Member<G>, other: vestibule::User) {
//!     *member = other;
//! }
//! ```
//!
//! ```compile_fail,E0594
//! fn forged(mut admin: vestibule::Admin, other: vestibule::User) {
//!     *admin = other;
//! }
//! ```
//!
//! ```compile_fail,E0594
//! fn forged(mut visitor: vestibule::MaybeUser, other: vestibule::User) {
//!     *visitor = Some(other);
//! }
//! ```
//!
//! By an exchange:
//!
//! ```compile_fail,E0596
//! fn forged(mut user: vestibule::User, other: vestibule::AccountId) {
//!     let _ = std::mem::replace(&mut user.id, other);
//! }
//! ```
//!
//! ```compile_fail,E0596
//! fn forged(mut fresh: vestibule::Fresh, mut other: vestibule::User) {
//!     std::mem::swap(&mut *fresh, &mut other);
//! }
//! ```
//!
//! By a private field:
//!
//! ```compile_fail,E0616
//! fn forged(mut user: vestibule::User, other: vestibule::User) {
//!     user.0 = other.0;
//! }
//! ```
//!
//! ```compile_fail,E0616
//! fn forged(mut fresh: vestibule::Fresh, other: vestibule::User) {
//!     fresh.0 = other;
//! }
//! ```
//!
//! ```compile_fail,E0616
//! fn forged<G: vestibule::Group>(mut member: vestibule::Member<G>, other: vestibule::User) {
//!     member.0 = other;
//! }
//! ```
//!
//! ```compile_fail,E0616
//! fn forged(mut admin: vestibule::Admin, other: vestibule::User) {
//!     admin.0 = other;
//! }
//! ```
//!
//! ```compile_fail,E0616
//! fn forged(mut visitor: vestibule::MaybeUser, other: vestibule::User) {
//!     visitor.0 = Some(other);
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
//! A login, made of a passkey that has only shown that it is still the same user:
//!
//! ```compile_fail,E0308
//! use vestibule::services::passkeys::{VerifiedPasskey, VerifiedSameUser};
//!
//! fn forged(again: VerifiedSameUser) -> VerifiedPasskey {
//!     again
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
//! ```compile_fail,E0624
//! let forged = vestibule::people::sessions::Authenticated::by_passkey;
//! ```
//!
//! Nor by adding a second factor that nothing has verified:
//!
//! ```compile_fail,E0624
//! use vestibule::base::Time;
//! use vestibule::people::sessions::{Authenticated, Method};
//!
//! fn forged(proof: Authenticated, at: Time) -> Authenticated {
//!     proof.and(Method::App, at)
//! }
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
