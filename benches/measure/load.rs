//! Many connections at once. Each sends its next request after a response.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use rocket::tokio::task::{JoinSet, LocalSet};
use rocket::tokio::time::sleep;

use super::client::Connection;

/// What the clients of a measurement do.
#[derive(Clone, Copy)]
pub struct Plan {
    pub address: SocketAddr,
    pub lasting: Duration,
    /// How long a client waits after a response.
    pub pause: Duration,
    /// The response that counts: its status, and the beginning of its `Location` if it is a redirect.
    pub wanted: (u16, &'static str),
    /// How long a client waits after a 503. `None` if it does not wait.
    pub heeding: Option<Duration>,
}

/// The result of the requests.
#[derive(Default)]
pub struct Load {
    /// The times of the responses that count, in seconds.
    pub times: Vec<f64>,
    /// The number of 503 responses.
    pub refused: usize,
    /// The duration, in seconds.
    pub lasted: f64,
}

impl Load {
    /// Responses that count, per second.
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.lasted
    }

    /// The 99th percentile of the response times.
    pub fn p99(&self) -> f64 {
        let mut times = self.times.clone();
        times.sort_by(f64::total_cmp);
        times.get((times.len() * 99).div_ceil(100).saturating_sub(1)).copied().unwrap_or(f64::NAN)
    }
}

/// Pages requested as fast as possible.
pub fn pages(address: SocketAddr, lasting: Duration) -> Plan {
    Plan { address, lasting, pause: Duration::ZERO, wanted: (200, ""), heeding: None }
}

/// Runs the clients. Each repeats its own list of requests. Any response other than the one that counts or a 503 stops
/// the measurement, and so does a server that sends no response. If there were only 503 responses, the rate is 0.
pub async fn run(plan: Plan, clients: Vec<Vec<Vec<u8>>>) -> Load {
    let (local, begun, load) = (LocalSet::new(), Instant::now(), Rc::new(Cell::new(Load::default())));
    let clients = clients.into_iter().map(|requests| client(plan, requests, begun));
    local
        .run_until(async {
            let mut crowd = JoinSet::new();
            for client in clients {
                crowd.spawn_local(client);
            }
            while let Some(one) = crowd.join_next().await {
                let (mut all, one) = (load.take(), one.unwrap());
                all.times.extend(one.times);
                all.refused += one.refused;
                load.set(all);
            }
        })
        .await;
    let load = load.take();
    assert!(!load.times.is_empty() || load.refused > 0, "{} answered no one", plan.address);
    Load { lasted: plan.lasting.as_secs_f64(), ..load }
}

async fn client(plan: Plan, requests: Vec<Vec<u8>>, begun: Instant) -> Load {
    let (mut connection, mut load) = (Connection::to(plan.address), Load::default());
    let mut patience = Duration::from_secs(2);
    for request in requests.iter().cycle() {
        if begun.elapsed() >= plan.lasting {
            break;
        }
        let asked = Instant::now();
        let answer = match connection.send(request).await {
            Ok(answer) => answer,
            // With hundreds of simultaneous connections, the system's queue may be full. Then the client retries, as
            // a browser does.
            Err(error) => {
                assert!(!patience.is_zero(), "{} does not answer: {error}", plan.address);
                patience -= Duration::from_millis(100);
                sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let location = if answer.status < 300 { "" } else { answer.header("location").unwrap_or_default() };
        match (answer.status, plan.wanted) {
            (503, _) => {
                load.refused += 1;
                if let Some(wait) = plan.heeding {
                    let left = plan.lasting.saturating_sub(begun.elapsed());
                    sleep(wait.min(left)).await;
                }
            }
            (status, (wanted, place)) if status == wanted && location.starts_with(place) => {
                // Requests that are in progress at the end do not count.
                if begun.elapsed() < plan.lasting {
                    load.times.push(asked.elapsed().as_secs_f64());
                }
            }
            _ => panic!("unexpected response: {}\n{}", answer.head, String::from_utf8_lossy(answer.body)),
        }
        if !plan.pause.is_zero() {
            sleep(plan.pause).await;
        }
    }
    load
}
