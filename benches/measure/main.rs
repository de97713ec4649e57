//! How fast the program is and how much memory it takes, beside what it is compared with, in one run on one machine:
//!
//! ```sh
//! cargo bench                 # everything; writes docs/benchmarks.md
//! cargo bench -- --short      # a minute or two, to know that it works; the figures mean nothing
//! cargo bench -- log-ins      # one part: starts, pages, log-ins or idle
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
mod report; // the table printed and written down

use rocket::tokio::runtime::Builder;
use rocket::tokio::select;

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
    let table = runtime.block_on(async {
        select! {
            table = measure(&scale, &parts) => Some(table),
            () = child::ended_from_outside() => None,
        }
    });
    let Some(table) = table else { std::process::exit(1) };
    report::print(&table);
    if options.is_empty() && parts.is_empty() {
        report::write(&table);
    }
}

const PARTS: [&str; 4] = ["starts", "pages", "log-ins", "idle"];

/// All of it, or the parts that are named, in an order in which nothing disturbs what comes after.
async fn measure(scale: &Scale, parts: &[String]) -> Table {
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|named| named == part);
    let mut table = Table::default();
    if wanted("starts") {
        starts::measure(scale, &mut table).await;
    }
    let small = site::Crowd::make(scale.few_accounts, scale.spread).await;
    let large = site::Crowd::make(scale.many_accounts, scale.spread).await;
    if wanted("starts") {
        starts::measure_large(&large, &mut table).await;
    }
    if wanted("pages") {
        pages::measure(scale, &small, &large, &mut table).await;
    }
    if wanted("log-ins") {
        log_ins::measure(scale, &small, &large, &mut table).await;
    }
    if wanted("idle") {
        idle::measure(scale, &small, &mut table).await;
    }
    table
}
