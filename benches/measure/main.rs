//! Measures speed and memory of the program and of the apps that it is compared with, in one run on one machine:
//!
//! ```sh
//! cargo bench                    # everything; writes docs/benchmarks.md
//! cargo bench -- --short         # a minute or two, to check that it works; the figures mean nothing
//! cargo bench -- log-ins         # one part: starts, pages, log-ins or idle
//! cargo bench -- postgres        # a part with its own section in docs/benchmarks.md, which it replaces
//! cargo bench -- second-factors  # likewise: logins by passkey and by code
//! cargo bench -- gate            # likewise: what a proxy asks for every request to an app
//! cargo bench -- accounts        # likewise: the lists of administrators, among a million accounts
//! cargo bench -- own-app         # likewise: the build of an app after an edit
//! cargo bench -- axum-login      # likewise; not part of the short run, since its first build takes minutes
//! cargo bench -- better-auth     # likewise; never part of other runs, since it needs Node 20 or later, npm and its registry
//! ```
//!
//! `VESTIBULE_TEST_BINARY` names the program to measure. Without it, the program that cargo just built is measured. All
//! connections stay on this machine.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a measurement may stop")]

mod scale; // sizes of the full and of the short run
mod table; // rows of figures, and medians of rounds
mod client; // one cheap connection
mod load; // many connections at once
mod child; // starts, measures and stops programs
mod plain_rocket; // the same page on plain Rocket
mod people; // accounts and sessions created by SQL, and their cookies
mod listed_accounts; // many accounts, as the lists of administrators show them
mod site; // the program that is measured
mod argon2; // the hash alone, on all cores
mod peer; // requests to an app on another library
mod flask; // the app of the tutorials, on Flask-Login
mod axum_login; // the same app, on axum-login
mod better_auth; // the same app, on better-auth
mod pages; // P1, P2, P8: the protected page
mod logins; // P3, P4, P8, P10: passwords
mod pages_during_logins; // P1, P5: pages while others log in
mod second_factors; // P3 without a hash: logins by passkey and by code
mod bare_gate; // answers like the gate's, on plain Rocket
mod passes; // an app behind a proxy, with passes created by SQL
mod nginx; // nginx in front of an app
mod gate; // P11: what a proxy asks for every request
mod starts; // P6, P7: time to start, and memory at rest
mod idle; // P9: idle connections
mod cluster; // a PostgreSQL server
mod on_postgres; // P1, P3, P5, P10 on PostgreSQL and on SQLite, and with two instances
mod accounts; // P8 for administrators: lists and searches, on both databases
mod next_to; // P2, P3, P4 compared with axum-login and better-auth
mod libraries; // the text about these
mod edits; // the build of an app after an edit
mod report; // prints and writes the tables

use std::time::Instant;

use rocket::tokio::runtime::Builder;
use rocket::tokio::select;

use next_to::Library;
use report::Measured;
use scale::Scale;
use table::Table;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [word, port, folder] = &arguments[..]
        && word == plain_rocket::WORD
    {
        return plain_rocket::serve(port.parse().unwrap(), folder.as_ref());
    }
    if let [word, port] = &arguments[..]
        && word == bare_gate::WORD
    {
        return bare_gate::serve(port.parse().unwrap());
    }
    let (options, parts): (Vec<_>, Vec<_>) = arguments.into_iter().partition(|word| word.starts_with("--"));
    assert!(options.iter().all(|option| option == "--short"), "the one option is --short, not {options:?}");
    assert!(parts.iter().all(|part| PARTS.contains(&&**part)), "the parts are {PARTS:?}, not {parts:?}");
    let scale = if options.is_empty() { Scale::FULL } else { Scale::SHORT };
    // One thread sends and receives, so its cost is the same for both sides of a comparison.
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    child::raise_file_limit();
    let keep = |measured: &Measured| {
        if options.is_empty() && parts.is_empty() {
            report::write(measured);
        } else if options.is_empty() && parts.iter().all(|part| SECTIONS.contains(&&**part)) {
            report::write_sections(measured);
        }
    };
    // On a signal, everything is dropped. That stops the programs it started and removes the files it created.
    let measured = runtime.block_on(async {
        select! {
            measured = measure(&scale, &parts, keep) => Some(measured),
            () = child::ended_from_outside() => None,
        }
    });
    let Some(measured) = measured else { std::process::exit(1) };
    report::print(&measured);
}

const PARTS: [&str; 11] = [
    "starts",
    "pages",
    "log-ins",
    "idle",
    SECOND_FACTORS,
    GATE,
    ACCOUNTS,
    POSTGRES,
    OWN_APP,
    AXUM_LOGIN,
    BETTER_AUTH,
];

/// The parts that share nothing with the others. Each has its own section.
const SECTIONS: [&str; 7] = [SECOND_FACTORS, GATE, ACCOUNTS, POSTGRES, OWN_APP, AXUM_LOGIN, BETTER_AUTH];
const SECOND_FACTORS: &str = "second-factors";
const GATE: &str = "gate";
const ACCOUNTS: &str = "accounts";
const POSTGRES: &str = "postgres";
const OWN_APP: &str = "own-app";
const AXUM_LOGIN: &str = "axum-login";
const BETTER_AUTH: &str = "better-auth";

/// Measures everything, or the named parts, in an order in which no part disturbs a later one. Calls `keep` after each
/// one: what was measured in half an hour is not lost if a later part stops.
async fn measure(scale: &Scale, parts: &[String], keep: impl Fn(&Measured)) -> Measured {
    let is_named = |part: &str| parts.iter().any(|named| named == part);
    let wanted = |part: &str| parts.is_empty() || is_named(part);
    let mut measured = Measured::default();
    if PARTS.iter().any(|part| !SECTIONS.contains(part) && wanted(part)) {
        measure_alone(scale, wanted, &mut measured.table).await;
        keep(&measured);
    }
    if wanted(SECOND_FACTORS) {
        measured.second_factors = Some(timed(SECOND_FACTORS, second_factors::measure(scale)).await);
        keep(&measured);
    }
    if wanted(GATE) {
        measured.gate = Some(timed(GATE, gate::measure(scale)).await);
        keep(&measured);
    }
    if wanted(ACCOUNTS) {
        measured.accounts = Some(timed(ACCOUNTS, accounts::measure(scale)).await);
        keep(&measured);
    }
    if wanted(POSTGRES) {
        measured.on_postgres = Some(timed(POSTGRES, on_postgres::measure(scale)).await);
        keep(&measured);
    }
    if is_named(OWN_APP) || scale.builds_peers && wanted(OWN_APP) {
        measured.edits = Some(timed(OWN_APP, async { edits::measure(scale) }).await);
        keep(&measured);
    }
    match wanted(AXUM_LOGIN) {
        true if scale.builds_peers || is_named(AXUM_LOGIN) => {
            measured.next_to.push(timed(AXUM_LOGIN, next_to::measure(scale, Library::AxumLogin)).await);
            keep(&measured);
        }
        true => println!(
            "The short run skips axum-login. `cargo bench -- --short axum-login` builds and measures it."
        ),
        false => {}
    }
    if is_named(BETTER_AUTH) {
        measured.next_to.push(timed(BETTER_AUTH, next_to::measure(scale, Library::BetterAuth)).await);
        keep(&measured);
    }
    measured
}

/// Measures a part and prints how long that took.
async fn timed<T>(part: &str, measuring: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let measured = measuring.await;
    println!("{part}: {:.0} s", begun.elapsed().as_secs_f64());
    measured
}

/// The program alone, on SQLite.
async fn measure_alone(scale: &Scale, wanted: impl Fn(&str) -> bool, table: &mut Table) {
    if wanted("starts") {
        timed("starts", starts::measure(scale, table)).await;
    }
    let small = site::Crowd::make(scale.few_accounts, scale.spread).await;
    let large = timed("accounts and sessions", site::Crowd::make(scale.many_accounts, scale.spread)).await;
    if wanted("starts") {
        starts::measure_large(&large, table).await;
    }
    if wanted("pages") {
        timed("pages", pages::measure(scale, &small, &large, table)).await;
    }
    if wanted("log-ins") {
        timed("log-ins", logins::measure(scale, &small, &large, table)).await;
    }
    if wanted("idle") {
        timed("idle", idle::measure(scale, &small, table)).await;
    }
}
