//! The sections of `docs/benchmarks.md` about other libraries for login.

use super::argon2::cores;
use super::better_auth;
use super::next_to::{Library, NextTo};
use super::report::narrow;

/// A section.
pub fn section(heading: &str, machine: &str, next_to: &NextTo) -> String {
    let table = match &next_to.table {
        Ok(table) => narrow(table, "Vestibule", next_to.library.name()),
        Err(why) => return format!("{heading}\nThis section was not measured: {why}.\n"),
    };
    let words = match next_to.library {
        Library::AxumLogin => AXUM_LOGIN,
        Library::BetterAuth => BETTER_AUTH,
    };
    let words = words
        .replace("{version}", &next_to.library.version())
        .replace("{node}", &better_auth::node())
        .replace("{cores}", &cores().to_string());
    format!("{heading}{words}\n{machine}\n\n{table}")
}

const AXUM_LOGIN: &str = "
[axum-login](https://docs.rs/axum-login) {version} keeps users logged in for an app on axum, and leaves the pages, the
accounts and the limits to that app. [`benches/peers/axum-login`](../benches/peers/axum-login) is the app of P2, built
as the library's own example for SQLite is: sessions of tower-sessions in SQLite, sqlx's pool, and passwords by
password-auth. It is compiled like Vestibule, with the versions in its `Cargo.lock`. `cargo bench -- axum-login`
measures this section alone.

- **The page (P2)** is smaller there (368 bytes, without a stylesheet or a form). Each request reads its session and its
  user from the database.
- **A login (P3)** is a hash by Argon2id on either side, with the same parameters: 19 MiB, 2 passes, 1 lane, which are
  the defaults of both. A session is on the disk before the login is answered. The app counts no guesses and writes no
  events.
- **Memory (P4)**: the app hashes as many passwords at once as there are clients, 19 MiB each, and the allocator of the C
  library keeps much of what was freed, for each of its threads. Vestibule hashes as many as there are cores, in buffers
  that it uses again, and the others wait for their turn.
";

const BETTER_AUTH: &str = "
[better-auth](https://www.better-auth.com) {version} is a library for apps in TypeScript, with accounts, sessions and
their rows of its own. [`benches/peers/better-auth`](../benches/peers/better-auth) is the app of P2 on it, on
better-sqlite3 and on Node's own HTTP server, with the versions in its `package-lock.json`. It runs on Node {node}, in one
process for each of the {cores} cores, without its rate limits and without telemetry. `cargo bench` does not include this
section: `cargo bench -- better-auth` measures it.

- **The page (P2)** is smaller there (368 bytes, without a stylesheet or a form). Each request calls
  `auth.api.getSession`, which reads the session and its user from the database.
- **A login (P3)** is a hash of another kind: better-auth uses scrypt by default (N = 16384, r = 16, p = 1: 32 MiB),
  Vestibule Argon2id (19 MiB, 2 passes, 1 lane). Its sessions are committed with `synchronous = normal`, the default of
  better-sqlite3 with a write-ahead log, so that a login does not wait for the disk.
- **Memory (P4)** is the sum of its processes. What they share, such as the program of Node, counts for each.
";
