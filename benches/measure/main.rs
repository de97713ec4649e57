//! How fast the program is and how much memory it takes, beside what it is compared with, in one run on one machine:
//!
//! ```sh
//! cargo bench                 # everything; writes docs/benchmarks.md
//! cargo bench -- --short      # a minute or two, to know that it works; the figures mean nothing
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

use scale::Scale;
use table::Table;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [word, port, folder] = &arguments[..]
        && word == bare::WORD
    {
        return bare::serve(port.parse().unwrap(), folder.as_ref());
    }
    let scale =
        if arguments.iter().any(|argument| argument == "--short") { Scale::SHORT } else { Scale::FULL };
    // One thread sends and receives: what it costs is the same for both sides of a comparison.
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    child::raise_file_limit();
    let table = runtime.block_on(measure(&scale));
    report::print(&table);
    if scale.writes_document {
        report::write(&table);
    }
}

/// All of it, in an order in which nothing disturbs what comes after.
async fn measure(scale: &Scale) -> Table {
    let mut table = Table::default();
    starts::measure(scale, &mut table).await;
    let small = site::Crowd::make(scale.few_accounts, scale.spread).await;
    let large = site::Crowd::make(scale.many_accounts, scale.spread).await;
    starts::measure_large(&large, &mut table).await;
    pages::measure(scale, &small, &large, &mut table).await;
    log_ins::measure(scale, &small, &large, &mut table).await;
    idle::measure(scale, &small, &mut table).await;
    table
}
