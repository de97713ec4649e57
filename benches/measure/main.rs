//! Measures speed and memory of the program and its peers, in one run on one machine:
//!
//! ```sh
//! cargo bench                 # everything; writes docs/benchmarks.md
//! cargo bench -- --short      # a minute or two, to know that it works; the figures mean nothing
//! cargo bench -- log-ins      # one part: starts, pages, log-ins, idle or postgres
//! cargo bench -- postgres     # the part that has a section of its own in docs/benchmarks.md, which it writes anew
//! ```
//!
//! `VESTIBULE_TEST_BINARY` names the program to measure; without it, it is the one cargo just built. Everything talks to this
//! machine alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a measurement may stop")]

mod scale; // how much of everything: the full run, the short one
mod table; // rows of figures, and the medians of their rounds
mod client; // one connection, as cheap as can be
mod load; // many connections at once
mod child; // programs started, looked at, ended
mod bare; // the same page by Rocket alone
mod people; // rows made by SQL, and the cookies that belong to them
mod site; // the program under measurement
mod argon2; // nothing but the hash, on all cores
mod flask; // the tutorial's app, on its own stack
mod pages; // P1, P2, P8: the protected page
mod log_ins; // P3, P4, P5, P8, P10: passwords
mod starts; // P6, P7: started, and at rest
mod idle; // P9: connections that do nothing
mod cluster; // a PostgreSQL server, started and ended
mod on_postgres; // P1, P3, P5, P10 on it and on SQLite, and with two instances
mod report; // the tables printed and written down

use rocket::tokio::runtime::Builder;
use rocket::tokio::select;

use on_postgres::OnPostgres;
use scale::Scale;
use table::Table;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [word, port, folder] = &arguments[..]
        && word == bare::WORD
    {
        return bare::serve(port.parse().unwrap(), folder.as_ref());
    }
    let (options, parts): (Vec<_>, Vec<_>) = arguments.into_iter().partition(|word| word.starts_with("--"));
    assert!(options.iter().all(|option| option == "--short"), "the one option is --short, not {options:?}");
    assert!(parts.iter().all(|part| PARTS.contains(&&**part)), "the parts are {PARTS:?}, not {parts:?}");
    let scale = if options.is_empty() { Scale::FULL } else { Scale::SHORT };
    // One thread sends and receives: what it costs is the same for both sides of a comparison.
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    child::raise_file_limit();
    // Ended from outside, it ends what it started and removes what it made: whatever is dropped does so.
    let measured = runtime.block_on(async {
        select! {
            measured = measure(&scale, &parts) => Some(measured),
            () = child::ended_from_outside() => None,
        }
    });
    let Some((table, on_postgres)) = measured else { std::process::exit(1) };
    report::print(&table, on_postgres.as_ref());
    match (&*parts, on_postgres) {
        _ if !options.is_empty() => {}
        ([], Some(on_postgres)) => report::write(&table, &on_postgres),
        ([_], Some(on_postgres)) => report::write_on_postgres(&on_postgres),
        _ => {}
    }
}

const PARTS: [&str; 5] = ["starts", "pages", "log-ins", "idle", POSTGRES];

/// The part that needs none of what the others share.
const POSTGRES: &str = "postgres";

/// All of it, or the parts that are named, in an order in which nothing disturbs what comes after.
async fn measure(scale: &Scale, parts: &[String]) -> (Table, Option<OnPostgres>) {
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|named| named == part);
    let mut table = Table::default();
    if PARTS.iter().any(|part| *part != POSTGRES && wanted(part)) {
        measure_alone(scale, wanted, &mut table).await;
    }
    let on_postgres = if wanted(POSTGRES) { Some(on_postgres::measure(scale).await) } else { None };
    (table, on_postgres)
}

/// The program alone, on SQLite.
async fn measure_alone(scale: &Scale, wanted: impl Fn(&str) -> bool, table: &mut Table) {
    if wanted("starts") {
        starts::measure(scale, table).await;
    }
    let small = site::Crowd::make(scale.few_accounts, scale.spread).await;
    let large = site::Crowd::make(scale.many_accounts, scale.spread).await;
    if wanted("starts") {
        starts::measure_large(&large, table).await;
    }
    if wanted("pages") {
        pages::measure(scale, &small, &large, table).await;
    }
    if wanted("log-ins") {
        log_ins::measure(scale, &small, &large, table).await;
    }
    if wanted("idle") {
        idle::measure(scale, &small, table).await;
    }
}
