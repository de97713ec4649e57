//! P9: idle connections, while other visitors request pages.

use std::time::Duration;

use rocket::tokio::net::TcpStream;
use rocket::tokio::time::sleep;

use super::child::Server;
use super::client::{Connection, get};
use super::load::{self, Plan};
use super::scale::Scale;
use super::site::Crowd;
use super::table::{Row, Table, mib, milliseconds};

pub async fn measure(scale: &Scale, small: &Crowd, table: &mut Table) {
    let server = small.start().await;
    let mut silent = Vec::with_capacity(scale.idle_connections);
    for _ in 0..scale.idle_connections {
        silent.push(TcpStream::connect(server.address).await.unwrap());
    }
    let (p99, memory) = look(scale, small, &server).await;
    let what = format!("p99 of `GET /profile` with {} connections that send nothing", silent.len());
    table.add(Row::alone("P9", what, milliseconds(p99)).target("≤ 50 ms", p99 <= 0.050));
    let row = Row::alone("P9", "memory with these connections", mib(memory));
    table.add(row.target("≤ 150 MiB", memory <= 150.0 * 1_048_576.0));
    drop(silent);
    drop(server);

    // Now each connection has requested a page, and keeps the memory for that.
    let server = small.start().await;
    let mut kept = Vec::with_capacity(scale.idle_connections);
    for _ in 0..scale.idle_connections {
        let mut connection = Connection::to(server.address);
        assert_eq!(connection.send(&get("/login", None)).await.unwrap().status, 200);
        kept.push(connection);
    }
    let (p99, memory) = look(scale, small, &server).await;
    let what = format!("memory with {} idle connections that have each requested a page", kept.len());
    table.add(
        Row::alone("P9", what, mib(memory)).against(format!("p99 of `GET /profile`: {}", milliseconds(p99))),
    );
}

/// Response times of other visitors, and the server's memory.
async fn look(scale: &Scale, small: &Crowd, server: &Server) -> (f64, f64) {
    sleep(Duration::from_millis(300)).await;
    let plan = Plan { pause: Duration::from_millis(20), ..load::pages(server.address, scale.pages) };
    let p99 = load::run(plan, small.visitors(8)).await.p99();
    (p99, server.memory())
}
