//! P1, P3, P5 and P10 again, on PostgreSQL compared with SQLite; and on two instances with one server.

use rocket::tokio::join;

use super::child::Server;
use super::cluster::Cluster;
use super::load::{self, Plan};
use super::logins::{log_in, sign_up};
use super::pages::{CLIENTS, WARMING, ask};
use super::pages_during_logins::look_meanwhile;
use super::scale::Scale;
use super::site::Crowd;
use super::table::{Pair, Row, Table, milliseconds, rate};

/// The result.
pub struct OnPostgres {
    /// The version of the server, or why there was none.
    pub server: Result<String, String>,
    /// PostgreSQL compared with SQLite.
    pub compared: Table,
    /// Two instances compared with one.
    pub instances: Table,
}

/// The servers of the comparison.
struct Sides {
    own: Crowd,
    shared: Crowd,
    /// The instance on SQLite.
    file: Server,
    /// The first instance on PostgreSQL.
    first: Server,
    second: Server,
}

/// The rounds of one measurement: PostgreSQL compared with SQLite, and two instances compared with one.
#[derive(Default)]
struct Rounds {
    compared: Pair,
    instances: Pair,
}

impl Rounds {
    /// Adds a round. One instance on PostgreSQL is part of both comparisons.
    fn add(&mut self, sqlite: f64, one: f64, two: f64) {
        self.compared.add(one, sqlite);
        self.instances.add(two, one);
    }
}

pub async fn measure(scale: &Scale) -> OnPostgres {
    let (mut compared, mut instances) = (Table::default(), Table::default());
    // Dropped last, so that the sites stop before it.
    let cluster = match Cluster::start().await {
        Ok(cluster) => cluster,
        Err(why) => {
            println!("PostgreSQL is skipped: {why}");
            return OnPostgres { server: Err(why), compared, instances };
        }
    };
    let own = Crowd::make(scale.few_accounts, scale.spread).await;
    let shared = Crowd::on_server(&cluster.url, scale.few_accounts, scale.spread).await;
    let (file, first, second) = (own.start().await, shared.start().await, shared.start_another().await);
    let sides = Sides { own, shared, file, first, second };
    rounds(scale, &sides, &mut compared, &mut instances).await;
    OnPostgres { server: Ok(cluster.version.clone()), compared, instances }
}

async fn rounds(scale: &Scale, sides: &Sides, compared: &mut Table, instances: &mut Table) {
    let Sides { own, shared, file, first, second } = sides;
    let crowds = [2, CLIENTS, scale.crowd];
    let (mut page, mut spread) = (Rounds::default(), Rounds::default());
    let mut log_ins = crowds.map(|_| Rounds::default());
    let (mut p99, mut sign_ups) = (Pair::default(), Pair::default());
    for _ in 0..scale.rounds {
        for (rounds, visitors) in [
            (&mut page, Crowd::visitors as fn(&Crowd, usize) -> Vec<Vec<Vec<u8>>>),
            (&mut spread, Crowd::visitors_of_all_sessions),
        ] {
            let sqlite = ask(scale, file, visitors(own, CLIENTS)).await.rate();
            let one = ask(scale, first, visitors(shared, CLIENTS)).await.rate();
            let two = ask_both(scale, sides, visitors(shared, CLIENTS)).await;
            rounds.add(sqlite, one, two);
        }
    }
    // Only now: an account has a limited number of sessions, and each login may end one of those that were measured.
    for round in 0..scale.rounds {
        for (clients, rounds) in crowds.iter().zip(&mut log_ins) {
            let sqlite = load::run(log_in(file, scale), own.log_ins(*clients)).await.rate();
            let one = load::run(log_in(first, scale), shared.log_ins(*clients)).await.rate();
            let two = at_both(log_in(first, scale), second, shared.log_ins(*clients)).await;
            rounds.add(sqlite, one, two);
        }
        let sqlite = look_meanwhile(scale, own, file).await.p99();
        p99.add(look_meanwhile(scale, shared, first).await.p99(), sqlite);
        let sqlite = sign_up(scale, file, round).await.rate();
        sign_ups.add(sign_up(scale, first, round).await.rate(), sqlite);
    }
    let mut add = |number, what: String, rounds: &Rounds| {
        compared.add(row(number, what.clone(), &rounds.compared, rate));
        instances.add(row(number, what, &rounds.instances, rate));
    };
    add("P1", format!("`GET /profile`, logged in, {CLIENTS} connections"), &page);
    add("P8", format!("the same, each request from another of {} sessions", scale.spread), &spread);
    for (clients, rounds) in crowds.iter().zip(&log_ins) {
        add("P3", format!("logins, {clients} clients"), rounds);
    }
    let what = format!("p99 of `GET /profile` while {} clients log in", scale.crowd);
    let busy = p99.medians().0;
    compared.add(row("P5", what, &p99, milliseconds).target("≤ 15 ms", busy <= 0.015));
    let what = format!("sign-ups, {CLIENTS} clients, each on disk before it is answered");
    compared.add(row("P10", what, &sign_ups, rate));
}

fn row(number: &'static str, what: String, pair: &Pair, shown: fn(f64) -> String) -> Row {
    let (ours, theirs) = pair.medians();
    Row::alone(number, what, shown(ours)).against(shown(theirs)).ratio(pair.ratio())
}

/// Requests pages from both instances, after a warm-up that does not count.
async fn ask_both(scale: &Scale, sides: &Sides, clients: Vec<Vec<Vec<u8>>>) -> f64 {
    let plan = load::pages(sides.first.address, scale.pages);
    at_both(Plan { lasting: WARMING.min(scale.pages), ..plan }, &sides.second, clients.clone()).await;
    at_both(plan, &sides.second, clients).await
}

/// Half of the clients use the instance of the plan, the others the other instance. Returns the sum of both rates.
async fn at_both(plan: Plan, other: &Server, mut clients: Vec<Vec<Vec<u8>>>) -> f64 {
    let half = clients.split_off(clients.len() / 2);
    let (here, there) =
        join!(load::run(plan, clients), load::run(Plan { address: other.address, ..plan }, half));
    here.rate() + there.rate()
}
