//! Prints the tables and writes them to `docs/benchmarks.md`.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use vestibule::base::Clock;

use super::accounts::{self, Accounts};
use super::argon2::cores;
use super::edits;
use super::gate;
use super::libraries;
use super::next_to::{Library, NextTo};
use super::on_postgres::OnPostgres;
use super::second_factors;
use super::table::Table;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/benchmarks.md");

/// The text above the table.
const HEAD: &str = "# Speed and memory

`cargo bench` writes this page. It measures everything anew on your machine in about half an hour, except better-auth,
which needs Node and has no figures here: `cargo bench -- better-auth`. It runs the release program on a free port of
the same machine, and in turn, in the same run, what the program is compared with. Figures are medians of the rounds.
A ratio is the median of the ratios of each round. It says more than the figures, which are those of one machine. The
client shares the processor with the server. It is one thread that keeps its connections open, the same for both
sides. [`benches/measure`](../benches/measure) shows how each row is measured, and [`benches/peers`](../benches/peers)
has the apps that others are measured with.

P1 to P11 number the goals: P1 pages, P2 pages next to Flask, P3 logins, P4 memory during logins, P5 pages during logins,
P6 start, P7 memory at rest and size of the program, P8 many accounts, P9 idle connections, P10 sign-ups, P11 the gate in
front of apps.

";

/// The text below the table.
const TAIL: &str = "
## What limits it

- **A start (P6)** depends on the processor, so its ratio says more: on 2026-11-27, on an AMD EPYC, it took 35 and 18 ms, and
  Rocket alone 13.
- **The program (P7)**: of 26.4 MiB, 17.5 are code, as `size` and `nm` count it: 5.9 ours, 2.6 what the compiler makes of Rust's
  core library for it, the rest SQLite and all libraries. 3.8 are constants, pages, sentences and static files among them, and
  3.5 what moves and unwinds the code. It was 20.8 MiB before it had second factors, pages for administrators, four
  languages and the gate.
- **A page (P1)**: what is the same on every page is in the templates from the start, on both sides, so the template takes
  only a third of the work for a request. A page for a logged-in user adds a cookie to decrypt and a session to find (a
  seventh), what stands around the page and in its forms (an eighth), and nine headers (a twelfth), as `perf` counts it.
- **A page while others log in (P1)** shares the processor with the hashes. It is compared with Rocket alone next to a site at
  which the same clients log in, so that on either side as many passwords are hashed at the same time.
- **Sessions (P8)** that are cached are not queried again: on SQLite as long as no other program commits, on PostgreSQL
  for a second. A session that is not cached is queried. The round trip to the database's thread and back takes longer
  than the page. Once a minute the use of a session is written, and its request waits for the disk; on SQLite, those that
  wait at the same time share a commit, up to 500 of them.
- **A login (P3)** is its hash, and in addition eight database queries and two commits that wait for the disk. Two
  clients leave the processor idle while they wait; more clients fill it. With 32, as `perf` counts it, 86 % of the
  server's time is the hash, a tenth is the kernel, and the rest is all else, SQLite and Rocket included. The kernel
  switches between threads 72 times for a login: SQLite works on threads of its own, each answer wakes a thread of the
  server, and this one wakes another to look for more work. sqlx also tests each connection that is given back. Huge
  pages for the memory of the hash save 3 % of the processor time, and need `unsafe`, which this program does without. A
  sign-up (P10) also estimates how easy its password is to guess.
- **Clients that do not wait (P3)** after a 503 use the processor for being refused again and again, here on both sides
  of the connection.
- **An idle connection (P9)** that has requested a page keeps its buffers. Rocket has no idle timeout; a proxy in front
  has one.
";

/// The headings of the sections that a separate run may replace, in their order.
const SECOND_FACTORS: &str = "\n## Second factors and passkeys\n";
const GATE: &str = "\n## The gate in front of apps\n";
const ACCOUNTS: &str = "\n## The lists of administrators\n";
const ON_POSTGRES: &str = "\n## On PostgreSQL\n";
const OWN_APP: &str = "\n## An edit of an app\n";
const NEXT_TO: [(Library, &str); 2] =
    [(Library::AxumLogin, "\n## Next to axum-login\n"), (Library::BetterAuth, "\n## Next to better-auth\n")];

fn headings() -> impl Iterator<Item = &'static str> {
    let first = [SECOND_FACTORS, GATE, ACCOUNTS, ON_POSTGRES, OWN_APP];
    first.into_iter().chain(NEXT_TO.map(|(_, heading)| heading))
}

/// What a run measured.
#[derive(Default)]
pub struct Measured {
    pub table: Table,
    /// Logins by passkey and by code.
    pub second_factors: Option<Table>,
    /// What a proxy asks.
    pub gate: Option<Table>,
    /// The lists of administrators.
    pub accounts: Option<Accounts>,
    pub on_postgres: Option<OnPostgres>,
    /// Seconds of a build after an edit.
    pub edits: Option<Result<f64, String>>,
    pub next_to: Vec<NextTo>,
}

/// Prints the results.
pub fn print(measured: &Measured) {
    if !measured.table.0.is_empty() {
        println!("\n{}\n\n{}", machine(), markdown(&measured.table));
    }
    for (_, section) in sections(measured) {
        println!("{section}");
    }
}

/// Writes the document after a run of everything. Sections that were not part of it stay as they are.
pub fn write(measured: &Measured) {
    let first = format!("{HEAD}{}\n\n{}{TAIL}", machine(), markdown(&measured.table));
    save(&first, &sections(measured));
}

/// Writes the sections that were measured, and leaves the rest of the document as it is.
pub fn write_sections(measured: &Measured) {
    let is_measured = measured.second_factors.is_some()
        || measured.gate.is_some()
        || measured.accounts.is_some()
        || measured.on_postgres.as_ref().is_some_and(|on_postgres| on_postgres.server.is_ok())
        || measured.edits.as_ref().is_some_and(Result::is_ok)
        || measured.next_to.iter().any(|next_to| next_to.table.is_ok());
    if is_measured {
        let document = fs::read_to_string(DOCUMENT).unwrap();
        save(split(&document).0, &sections(measured));
    }
}

/// The headings and texts of the sections that were measured.
fn sections(measured: &Measured) -> Vec<(&'static str, String)> {
    let factors = measured.second_factors.iter().map(|table| {
        let text = second_factors::section(SECOND_FACTORS, &machine(), table);
        (SECOND_FACTORS, text)
    });
    let gate = measured.gate.iter().map(|table| (GATE, gate::section(GATE, &machine(), table)));
    let accounts = measured.accounts.iter().map(|accounts| {
        let text = accounts::section(ACCOUNTS, &machine(), accounts);
        (ACCOUNTS, text)
    });
    let on_postgres = measured.on_postgres.iter().map(|on_postgres| (ON_POSTGRES, section(on_postgres)));
    let next_to = measured.next_to.iter().map(|next_to| {
        let (_, heading) = NEXT_TO.iter().find(|(library, _)| *library == next_to.library).unwrap();
        (*heading, libraries::section(heading, &machine(), next_to))
    });
    let edits = measured.edits.iter().map(|edits| (OWN_APP, own_app(edits)));
    factors.chain(gate).chain(accounts).chain(on_postgres).chain(edits).chain(next_to).collect()
}

/// The document before its first section, and the sections with their headings.
fn split(document: &str) -> (&str, Vec<(&'static str, &str)>) {
    let mut places: Vec<_> =
        headings().filter_map(|heading| document.find(heading).map(|at| (at, heading))).collect();
    places.sort_unstable();
    let ends = places.iter().skip(1).map(|(at, _)| *at).chain([document.len()]);
    let texts = places.iter().zip(ends).map(|((at, heading), end)| (*heading, &document[*at..end])).collect();
    (&document[..places.first().map_or(document.len(), |(at, _)| *at)], texts)
}

/// Writes the document: its beginning, the measured sections, and the other sections unchanged.
fn save(first: &str, measured: &[(&str, String)]) {
    let document = fs::read_to_string(DOCUMENT).unwrap();
    let (_, before) = split(&document);
    let mut text = first.to_owned();
    for heading in headings() {
        let new = measured.iter().find(|(known, _)| *known == heading).map(|(_, text)| text.as_str());
        let old = before.iter().find(|(known, _)| *known == heading).map(|(_, text)| *text);
        text.push_str(new.or(old).unwrap_or_default());
    }
    fs::write(DOCUMENT, text).unwrap();
    println!("Written to docs/benchmarks.md.");
}

/// The section on an app.
fn own_app(measured: &Result<f64, String>) -> String {
    let seconds = match measured {
        Ok(seconds) => *seconds,
        Err(why) => return format!("{OWN_APP}\nThis section was not measured: {why}.\n"),
    };
    let reached = if seconds < edits::QUICK { "reached" } else { "**missed**" };
    format!(
        "{OWN_APP}
The app that `vestibule new` makes, as a developer builds it again and again. Its libraries were built before.
`cargo bench -- own-app` measures this section alone.

{}

| measured | time | target | |
|---|---|---|---|
| debug build after an edit of `src/main.rs` | {seconds:.1} s | < {:.0} s | {reached} |
",
        machine(),
        edits::QUICK,
    )
}

/// The section on PostgreSQL.
fn section(on_postgres: &OnPostgres) -> String {
    let version = match &on_postgres.server {
        Ok(version) => version,
        Err(why) => return format!("{ON_POSTGRES}\nThis section was not measured: {why}.\n"),
    };
    format!(
        "{ON_POSTGRES}
The same program runs in turn on both: on the SQLite inside it, and on a PostgreSQL {version} of its own on the same machine.
It connects over loopback, and PostgreSQL is configured as `initdb` leaves it. With either, what is answered is on
disk. A ratio is PostgreSQL's figure divided by SQLite's; for a time, less is better. `cargo bench -- postgres`
measures this section alone.

{}

{}
With a second instance of the program on that same PostgreSQL, and half of the clients at each, compared with one
instance:

{}
The instances, PostgreSQL and the clients share {} cores here, and one instance already keeps these busy. Two instances
have no more cores to work with, so they cannot be much faster. The table shows that they are about as fast: neither
waits for the other, since only work about the same account takes turns. On separate machines each instance adds its
cores, and a login is mostly its hash.

The limit is the number of queries, since each result comes from another process, which shares the cores too:

- **A page (P1)** takes one query, or none if its session was read within the last second and this instance has
  committed nothing about its account since.
- **A login (P3)** takes ten queries: two before its hash, of which one writes, and eight in the transaction after
  it. When a connection is returned to the pool, two more
  queries check that it is fit for the next user.
- **Pages while others log in (P5)** query their session seldom on SQLite: a commit about another account leaves it
  cached. On PostgreSQL a session in use is read again after half a second, in the background: pages seldom wait for it.
",
        machine(),
        wide(&on_postgres.compared, "PostgreSQL", "SQLite"),
        narrow(&on_postgres.instances, "two instances", "one"),
        cores(),
    )
}

/// A table without targets.
pub fn narrow(table: &Table, ours: &str, against: &str) -> String {
    let mut text = format!("| | measured | {ours} | {against} | ratio |\n|---|---|---|---|---|\n");
    for row in &table.0 {
        writeln!(text, "| {} | {} | {} | {} | {} |", row.number, row.what, row.ours, row.against, row.ratio)
            .unwrap();
    }
    text
}

fn markdown(table: &Table) -> String {
    wide(table, "Vestibule", "compared with")
}

/// A table with targets.
pub fn wide(table: &Table, ours: &str, against: &str) -> String {
    let mut text =
        format!("| | measured | {ours} | {against} | ratio | target | |\n|---|---|---|---|---|---|---|\n");
    for row in &table.0 {
        let reached = match row.reached {
            Some(true) => "reached",
            Some(false) => "**missed**",
            None => "",
        };
        let (number, what, ours, against) = (row.number, &row.what, &row.ours, &row.against);
        let (ratio, to_reach) = (&row.ratio, &row.to_reach);
        writeln!(text, "| {number} | {what} | {ours} | {against} | {ratio} | {to_reach} | {reached} |")
            .unwrap();
    }
    text
}

/// The date, the machine and the commit.
fn machine() -> String {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unknown processor", |(_, model)| model);
    let today = Clock::system().now().rfc3339();
    let busy = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!(
        "Measured on {}, {} cores of {model}, at commit {}. Load average of the machine over 15 minutes, this run included: \
         {}.",
        today.split('T').next().unwrap_or_default(),
        cores(),
        commit(),
        busy.split(' ').nth(2).unwrap_or("unknown"),
    )
}

fn commit() -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output();
        let output = output.ok().filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let commit = git(&["rev-parse", "--short=12", "HEAD"]).unwrap_or_else(|| "unknown".to_owned());
    // The document itself does not count, since this program writes it.
    let changed =
        git(&["status", "--porcelain", "--", "src", "benches", "templates", "Cargo.toml", "Cargo.lock"]);
    let changed = changed.is_some_and(|changed| !changed.is_empty());
    if changed { format!("{commit} with changes") } else { commit }
}
