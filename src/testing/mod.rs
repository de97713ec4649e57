//! For the tests of an app: a site in an empty folder, and visitors who use it without a network. An app's tests get it
//! by the feature `testing`:
//!
//! ```toml
//! [dev-dependencies]
//! vestibule = { path = "../vestibule", features = ["testing"] }
//! ```
//!
//! ```no_run
//! use vestibule::testing::TestSite;
//! # fn app() -> vestibule::App { vestibule::app!() }
//!
//! #[test]
//! fn a_note_is_its_owners_alone() {
//!     let site = TestSite::of(app());
//!     let mut ada = site.logged_in("ada@example.org");
//!     assert_eq!(ada.submit("/notes", &[("text", "Water the plants")]).location(), "/notes");
//!     assert!(ada.get("/notes").says("Water the plants"));
//!     assert!(!site.logged_in("bob@example.org").get("/notes").says("Water the plants"));
//!     assert_eq!(site.visitor().get("/notes").location(), "/login?next=%2Fnotes");
//! }
//! ```
//!
//! All of it is real: the pages, the guards, the database with all migrations, the cookies. But the clock stands until a
//! test moves it, no email leaves the process, and hashing a password takes microseconds.
//!
//! If the variable `VESTIBULE_TEST_DATABASE_URL` names a PostgreSQL server, each site has a database of its own there,
//! which is dropped after the test. Otherwise it is a file in the site's folder.

mod database; // the database of a test on a server
mod answer; // what a visitor gets, and questions about it
mod log; // what went wrong, for a test that fails
mod site; // a site of its own for each test
mod rows; // numbers and texts from its database
mod emails; // the emails that it sent
mod visitor; // a visitor, who uses only its pages
mod logged_in; // a visitor who is logged in, without a login
mod owner; // what a visitor does with their own account
mod walk; // opens every page
mod authenticator_cbor; // CBOR as an authenticator writes it, and as none should
mod authenticator_key; // the keys of its passkeys
mod ceremony; // what a page asks of a passkey, and what the browser says of the page
mod authenticator; // a software authenticator, with the browser in front of it

pub use answer::Answer;
#[doc(hidden)]
pub use authenticator::{AssertionAnswer, Authenticator, RegistrationAnswer};
#[doc(hidden)]
pub use authenticator_cbor::{Cbor, long_head};
#[doc(hidden)]
pub use ceremony::{AssertionOptions, Attestation, Ceremony, Edit, Entries, RegistrationOptions};
#[doc(hidden)]
pub use database::TestDatabase;
pub use emails::SentEmail;
#[doc(hidden)]
pub use emails::link_in;
pub use logged_in::PASSWORD;
#[doc(hidden)]
pub use site::Place;
pub use site::{BEGINNING, Setup, TestSite};
pub use visitor::Visitor;
#[doc(hidden)]
pub use visitor::encoded;
