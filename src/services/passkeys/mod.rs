//! Passkeys: what a page asks a browser for, what its answer is worth, and what an account has. An
//! assertion is verified before a transaction begins, a registration in the one that adds it; either counts once, in a
//! transaction that consumes its challenge.

mod passkey_site; // the domain and the origins that passkeys are for
mod passkey_id; // what it is called in the database
mod passkey_name; // what its owner calls it
mod aaguids; // how well-known providers are called
mod registration_mode; // how a page asks for a new one
mod store; // the table
mod spent; // challenges that were answered
mod answer; // what a browser sends
mod refusal; // why an answer is refused
mod usable; // what a passkey is good for
mod passkey; // one of an account, as its owner sees it
mod options; // what a browser is asked
mod check; // whether an answer is for a question of ours, and by the passkey that it names
mod add; // a new one
mod used; // what an answer leaves in the row
mod log_in; // in place of the password: a login, and the same user again
mod second; // after the password
mod manage; // renamed, removed, brought back, woken
mod signals; // what a browser is told, so that it offers what works
mod sweep; // removes what is over

pub use add::{Added, MAX_PASSKEYS, NewPasskey, NotAdded, add};
pub use answer::{AssertionAnswer, RegistrationAnswer};
pub use log_in::{VerifiedPasskey, VerifiedSameUser, log_in, reauthenticate};
pub use manage::{Removed, names_in, of_other_domains, remove, rename, restore, wake};
pub use options::{
    CreationOptions, PasskeyOwner, RequestOptions, creation, for_login, for_reauthentication, for_second,
};
pub use passkey::{Passkey, list};
pub use passkey_id::PasskeyId;
pub use passkey_name::PasskeyName;
pub use passkey_site::{PasskeySite, site, site_of};
pub use refusal::{Reason, Refusal};
pub use registration_mode::RegistrationMode;
pub use second::{VerifiedSecond, second};
pub use signals::{AcceptedCredentials, Signals, UnknownCredential, UserDetails, signals, unknown};
pub use sweep::{REMOVED_KEPT, sweep};
pub use usable::Usable;
pub use used::UsedPasskey;
