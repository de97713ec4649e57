//! The database engines.

/// The database engine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Engine {
    /// A file, by the library inside the program.
    Sqlite,
    /// A server.
    Postgres,
}
