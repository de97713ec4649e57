//! The database of a test's site on a PostgreSQL server: the one that the tests of an app have.

pub use vestibule::testing::TestDatabase;
