//! The tables, on the terminal and in `docs/benchmarks.md`.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use time::OffsetDateTime;

use super::argon2::cores;
use super::on_postgres::OnPostgres;
use super::table::Table;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/benchmarks.md");

/// What the document says around its table.
const HEAD: &str = "# Speed and memory

Written by `cargo bench`, which measures all of this anew on your machine in under half an hour: the release program on a
free port of the machine itself, and beside it, in turn and in the same run, what it is compared with. Figures are medians of
the rounds; a ratio is the median of the ratios of each round, so it says more than the figures, which are those of one
machine. The client shares the processor with the server; it is one thread that keeps its connections open, the same
for both sides. How each row is measured is in [`benches/measure`](../benches/measure).

";

/// What stands below it.
const TAIL: &str = "
## What limits it

- **A page (P1)** is mostly its template; what a log-in adds is a cookie to decrypt, a session to find and nine headers.
- **Sessions (P8)** that were read within the last second are not looked up again. Where each request comes from another
  session than the last thousands did, each is looked up, and the way to the database's thread and back takes longer than
  the page.
- **A log-in (P3)** is its hash, and beside it eleven questions to the database and two commits that wait for the disk. Two
  clients leave the processor idle while they wait; more of them fill it. What is left to the full rate of Argon2 goes
  to the threads that wake each other for those questions, to the disk, and to the clients, who share the processor.
  A sign-up (P10) has the judging of its password besides.
- **Clients that do not wait (P3)** when they are told to come again take the processor for being told so, here on both
  sides of the connection.
- **An idle connection (P9)** that has seen a page keeps its buffers. Rocket gives it no deadline; a proxy in front does.
";

/// Begins the section that a run of its own may write anew.
const ON_POSTGRES: &str = "\n## On PostgreSQL\n";

/// Prints what was measured.
pub fn print(table: &Table, on_postgres: Option<&OnPostgres>) {
    if !table.0.is_empty() {
        println!("\n{}\n\n{}", machine(), markdown(table));
    }
    if let Some(on_postgres) = on_postgres {
        println!("{}", section(on_postgres));
    }
}

/// Writes the document.
pub fn write(table: &Table, on_postgres: &OnPostgres) {
    save(&format!("{HEAD}{}\n\n{}{TAIL}{}", machine(), markdown(table), section(on_postgres)));
}

/// Writes the section on PostgreSQL and leaves the rest of the document as it is.
pub fn write_on_postgres(on_postgres: &OnPostgres) {
    if on_postgres.server.is_ok() {
        let document = fs::read_to_string(DOCUMENT).unwrap();
        let before = document.split(ON_POSTGRES).next().unwrap();
        save(&format!("{before}{}", section(on_postgres)));
    }
}

fn save(text: &str) {
    fs::write(DOCUMENT, text).unwrap();
    println!("Written to docs/benchmarks.md.");
}

/// The section on PostgreSQL.
fn section(on_postgres: &OnPostgres) -> String {
    let version = match &on_postgres.server {
        Ok(version) => version,
        Err(why) => return format!("{ON_POSTGRES}\nLeft out: {why}.\n"),
    };
    format!(
        "{ON_POSTGRES}
The same program in turn on both: on the SQLite inside it, and on a PostgreSQL {version} of its own on the same machine, spoken to
over loopback and set as `initdb` leaves it. What is answered is on disk, with either. A ratio is PostgreSQL's figure by
SQLite's; of a time, less is better. `cargo bench -- postgres` measures this section alone.

{}

{}
And with a second instance of the program on that same PostgreSQL, half of the clients at each, beside the one:

{}
The instances, PostgreSQL and the clients share {} cores here, which one instance keeps busy already: two have nothing more to
work with, so they cannot be much faster. What is to be seen is that they are not slower, and that neither waits for the
other: only what is about the same account takes turns. On machines of their own each brings its cores, and a log-in is
mostly its hash.

What limits it is how often the program asks, since each answer comes from another process, which shares the cores too:

- **A page (P1)** asks once, or not at all where its session was read within the last second and this instance has committed
  nothing since.
- **A log-in (P3)** asks sixteen times: six before its hash, of which one writes, and ten in the transaction after it. A
  sign-up (P10) asks ten times, eight of them in a transaction. A connection that is given back is asked twice more whether
  it is fit for the next.
- **Pages while others log in (P5)** look their session up again after each commit, with either database.
",
        machine(),
        narrow(&on_postgres.beside, "PostgreSQL", "SQLite"),
        narrow(&on_postgres.instances, "two instances", "one"),
        cores(),
    )
}

/// A table in which nothing is asked to be reached.
fn narrow(table: &Table, ours: &str, against: &str) -> String {
    let mut text = format!("| | measured | {ours} | {against} | ratio |\n|---|---|---|---|---|\n");
    for row in &table.0 {
        writeln!(text, "| {} | {} | {} | {} | {} |", row.number, row.what, row.ours, row.against, row.ratio)
            .unwrap();
    }
    text
}

fn markdown(table: &Table) -> String {
    let mut text = String::from(
        "| | measured | Vestibule | compared with | ratio | to reach | |\n|---|---|---|---|---|---|---|\n",
    );
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

/// When, on what, and of which state of the code.
fn machine() -> String {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unknown processor", |(_, model)| model);
    let busy = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!(
        "Measured on {}, {} cores of {model}, at commit {}. Load of the machine over the last quarter of an hour, this run \
         included: {}.",
        OffsetDateTime::now_utc().date(),
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
    // The document itself is written by this.
    let changed =
        git(&["status", "--porcelain", "--", "src", "benches", "templates", "Cargo.toml", "Cargo.lock"]);
    let changed = changed.is_some_and(|changed| !changed.is_empty());
    if changed { format!("{commit} with changes") } else { commit }
}
