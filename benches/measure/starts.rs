//! P6: time to start. P7: memory before any work.

use std::fs;
use std::time::Duration;

use rocket::tokio::time::sleep;

use super::child::Server;
use super::client::{Connection, get};
use super::plain_rocket;
use super::scale::Scale;
use super::site::{self, Crowd};
use super::table::{Row, Table, median, mib, milliseconds};

pub async fn measure(scale: &Scale, table: &mut Table) {
    let (mut first, mut again, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    let (mut memory, mut bare_memory) = (Vec::new(), Vec::new());
    for _ in 0..scale.starts {
        let folder = tempfile::tempdir().unwrap();
        let empty = site::start(folder.path()).await;
        first.push(empty.took);
        empty.stop();
        let second = site::start(folder.path()).await;
        again.push(second.took);
        memory.push(at_rest(&second, "/login").await);
        second.stop();
        let other = plain_rocket::start(folder.path()).await;
        alone.push(other.took);
        bare_memory.push(at_rest(&other, plain_rocket::PATH).await);
        other.stop();
    }
    let (first, again, alone) = (median(first), median(again), median(alone));
    let others = format!("{}, Rocket alone", milliseconds(alone));
    let row = Row::alone("P6", "start to first response, in an empty folder", milliseconds(first));
    let row = row.against(&others).ratio(first / alone);
    table.add(row.target("≤ 60 ms, ≤ 3", first <= 0.060 && first / alone <= 3.0));
    let row = Row::alone("P6", "start to first response, again", milliseconds(again));
    let row = row.against(&others).ratio(again / alone);
    table.add(row.target("≤ 30 ms, ≤ 2", again <= 0.030 && again / alone <= 2.0));
    let (memory, bare_memory) = (median(memory), median(bare_memory));
    let row = Row::alone("P7", "memory after the first page", mib(memory));
    let row = row.against(format!("{}, Rocket alone", mib(bare_memory))).ratio(memory / bare_memory);
    table.add(row.target("≤ 2", memory / bare_memory <= 2.0));
    let size = fs::metadata(site::binary()).unwrap().len() as f64;
    table.add(
        Row::alone("P7", "the program, everything inside", mib(size))
            .target("≤ 20 MiB", size <= 20.0 * 1_048_576.0),
    );
}

/// Memory after one page and no further requests.
async fn at_rest(server: &Server, path: &str) -> f64 {
    let answer = Connection::to(server.address).send(&get(path, None)).await.unwrap().status;
    assert_eq!(answer, 200);
    sleep(Duration::from_millis(100)).await;
    server.memory()
}

/// P6 with many accounts, where the start reads and checks the whole database.
pub async fn measure_large(large: &Crowd, table: &mut Table) {
    let server = large.start().await;
    let what = format!(
        "start to first response with {} accounts and sessions, with the check of the whole database",
        large.accounts
    );
    let figure = format!("{:.2} s for {}", server.took, mib(large.size() as f64));
    table.add(Row::alone("P6", what, figure));
    server.stop();
}
