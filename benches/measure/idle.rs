//! P9: visitors who stay connected and do nothing, while others look at pages.

use std::time::Duration;

use super::client::{Connection, get};
use super::load::{self, Plan};
use super::scale::Scale;
use super::site::Crowd;
use super::table::{Row, Table, mib, milliseconds};

pub async fn measure(scale: &Scale, small: &Crowd, table: &mut Table) {
    let server = small.start().await;
    let mut idle = Vec::with_capacity(scale.idle_connections);
    for _ in 0..scale.idle_connections {
        // Each has seen a page: what a connection keeps for itself is there.
        let mut connection = Connection::to(server.address);
        assert_eq!(connection.send(&get("/login", None)).await.unwrap().status, 200);
        idle.push(connection);
    }
    let plan = Plan { pause: Duration::from_millis(20), ..load::pages(server.address, scale.pages) };
    let p99 = load::run(plan, small.visitors(8)).await.p99();
    let memory = server.memory();
    let what = format!("p99 of `GET /profile` beside {} idle connections", idle.len());
    table.add(Row::alone("P9", what, milliseconds(p99)).target("≤ 50 ms", p99 <= 0.050));
    let row = Row::alone("P9", "memory with these connections", mib(memory));
    table.add(row.target("≤ 150 MiB", memory <= 150.0 * 1_048_576.0));
}
