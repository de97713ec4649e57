//! P11: what a proxy asks for every request to an app. Next to a route of Rocket alone, with many passes in turn, while
//! others log in, and behind nginx.

use std::net::SocketAddr;
use std::time::Duration;

use rocket::futures::future::join_all;
use rocket::tokio::join;
use rocket::tokio::time::{Instant, sleep_until};
use vestibule::web::paths::AUTH_REQUEST;

use super::bare_gate;
use super::child::Server;
use super::client::Connection;
use super::flask;
use super::load::{self, Load};
use super::logins::log_in;
use super::nginx::{self, Nginx};
use super::pages::{CLIENTS, WARMING, ask};
use super::passes::{self, question};
use super::peer::Peer;
use super::report::wide;
use super::scale::Scale;
use super::site::Crowd;
use super::table::{Pair, Row, Table, median, milliseconds, rate};

/// The checks of the row about a fixed rate, per second.
const A_SECOND: u32 = 1_000;
/// The page of the app in Python, which it shows to everyone.
const PAGE: &str = "/signup";

pub async fn measure(scale: &Scale) -> Table {
    // Those who log in are the last ones: an account has a limited number of sessions, and no pass may end.
    let crowd = Crowd::make(scale.spread + CLIENTS, scale.spread).await;
    let cookies = passes::add(&crowd, scale.spread).await;
    let (ours, bare) = (crowd.start_behind_proxy().await, bare_gate::start().await);
    let questions: Vec<_> = cookies.iter().map(|cookie| question(cookie)).collect();
    let names = header_names(ours.address, &questions[0]).await;
    assert_eq!(
        names,
        header_names(bare.address, &questions[0]).await,
        "both sides answer with the same headers"
    );
    let mut table = Table::default();
    as_many_as_can_be(scale, (&ours, &bare), &questions, &mut table).await;
    while_others_log_in(scale, &crowd, &ours, &questions, &mut table).await;
    behind_nginx(scale, &ours, &cookies[0], &mut table).await;
    table
}

/// The names of the headers of an answer, which must let the user in.
async fn header_names(address: SocketAddr, question: &[u8]) -> Vec<String> {
    let mut connection = Connection::to(address);
    let answer = connection.send(question).await.unwrap();
    assert_eq!((answer.status, answer.body.len()), (200, 0), "{}", answer.head);
    let lines = answer.head.lines().skip(1).filter_map(|line| line.split_once(':'));
    let mut names: Vec<_> = lines.map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort();
    names
}

/// One pass for each connection, then all of them in turn.
async fn as_many_as_can_be(
    scale: &Scale,
    (ours, bare): (&Server, &Server),
    questions: &[Vec<u8>],
    table: &mut Table,
) {
    let one_each = || -> Vec<Vec<Vec<u8>>> {
        questions.iter().take(CLIENTS).map(|question| vec![question.clone()]).collect()
    };
    let in_turn = || -> Vec<Vec<Vec<u8>>> {
        questions.chunks(questions.len() / CLIENTS).take(CLIENTS).map(<[Vec<u8>]>::to_vec).collect()
    };
    let (mut with_bare, mut spread) = (Pair::default(), Pair::default());
    for _ in 0..scale.rounds {
        let checks = ask(scale, ours, one_each()).await.rate();
        with_bare.add(checks, ask(scale, bare, one_each()).await.rate());
        spread.add(ask(scale, ours, in_turn()).await.rate(), checks);
    }
    let ((ours, theirs), ratio) = (with_bare.medians(), with_bare.ratio());
    let row = Row::alone("P11", format!("a check with a pass, {CLIENTS} connections"), rate(ours));
    let row = row.against(format!("{}, a route of Rocket alone", rate(theirs))).ratio(ratio);
    table.add(row.target("≥ 0.95", ratio >= 0.95));
    let ((ours, theirs), ratio) = (spread.medians(), spread.ratio());
    let what = format!("each check with another of {} passes", questions.len());
    let row = Row::alone("P11", what, rate(ours)).against(format!("{}, with {CLIENTS}", rate(theirs)));
    table.add(row.ratio(ratio).target("≥ 0.60", ratio >= 0.60));
}

async fn while_others_log_in(
    scale: &Scale,
    crowd: &Crowd,
    ours: &Server,
    questions: &[Vec<u8>],
    table: &mut Table,
) {
    let checks = || at_a_rate(ours.address, questions, scale.passwords);
    let (mut quiet, mut busy, mut rates) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..scale.rounds {
        quiet.push(checks().await.p99());
        let (checks, _) = join!(checks(), load::run(log_in(ours, scale), crowd.log_ins(CLIENTS)));
        busy.push(checks.p99());
        rates.push(checks.rate());
    }
    let (quiet, busy, reached) = (median(quiet), median(busy), median(rates));
    let what = format!("p99 of checks, {A_SECOND} a second, while {CLIENTS} clients log in");
    // If fewer were asked, there is no such figure.
    let row = match reached >= 0.98 * f64::from(A_SECOND) {
        true => Row::alone("P11", what, milliseconds(busy)),
        false => Row::alone("P11", what, format!("{}, but {} only", milliseconds(busy), rate(reached))),
    };
    let row = row.against(format!("{}, without them", milliseconds(quiet)));
    table.add(row.target("≤ 3 ms", busy <= 0.003 && reached >= 0.98 * f64::from(A_SECOND)));
}

/// Checks at a fixed rate, on as many connections as otherwise.
async fn at_a_rate(address: SocketAddr, questions: &[Vec<u8>], lasting: Duration) -> Load {
    let each = Duration::from_secs(1) * CLIENTS as u32 / A_SECOND;
    let begun = Instant::now();
    let one = |number| begun + each * number / CLIENTS as u32;
    let clients = (0_u32..).zip(&questions[..CLIENTS]);
    let clients =
        clients.map(|(number, question)| in_time(address, question, (one(number), begun + lasting), each));
    let times = join_all(clients).await.concat();
    Load { times, refused: 0, lasted: lasting.as_secs_f64() }
}

/// One connection, which asks at its moments. If an answer takes so long that the next moment is over, that question is late,
/// and what it waited counts.
async fn in_time(
    address: SocketAddr,
    question: &[u8],
    (mut due, end): (Instant, Instant),
    each: Duration,
) -> Vec<f64> {
    let (mut connection, mut times) = (Connection::to(address), Vec::new());
    while due < end {
        let asked = match Instant::now() < due {
            true => {
                sleep_until(due).await;
                Instant::now() // the timer's own delay is not the server's
            }
            false => due,
        };
        let answer = connection.send(question).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.head);
        times.push(asked.elapsed().as_secs_f64());
        due += each;
    }
    times
}

/// The app in Python behind nginx, which asks the gate, or that app, or no one.
async fn behind_nginx(scale: &Scale, ours: &Server, pass: &str, table: &mut Table) {
    let folder = tempfile::tempdir().unwrap();
    let what = format!(
        "`GET {PAGE}` of the Flask app, {CLIENTS} connections to nginx: `auth_request` to {AUTH_REQUEST}"
    );
    let sides = match flask::start(folder.path()).await {
        Ok(app) => {
            let nginx = nginx::start(folder.path(), ours.address, app.server.address).await;
            nginx.map(|nginx| (app, nginx))
        }
        Err(why) => Err(why),
    };
    let (app, nginx) = match sides {
        Ok(sides) => sides,
        Err(why) => return table.add(Row::alone("P11", what, "–").against(format!("not measured: {why}"))),
    };
    let (with_app, with_nobody) = rounds(scale, &app, &nginx, pass).await;
    let (ours, theirs) = with_app.medians();
    let row = Row::alone("P11", what, rate(ours)).ratio(with_app.ratio());
    table.add(row.against(format!("{}, to the Flask app itself", rate(theirs))));
    let (ours, theirs) = with_nobody.medians();
    let row = Row::alone("P11", "the same", rate(ours)).ratio(with_nobody.ratio());
    table.add(row.against(format!("{}, no one is asked", rate(theirs))));
}

async fn rounds(scale: &Scale, app: &Peer, nginx: &Nginx, pass: &str) -> (Pair, Pair) {
    // Everyone who is asked finds a cookie of their own.
    let page = app.request(PAGE, pass);
    let pages = async |address: SocketAddr| {
        let clients = vec![vec![page.clone()]; CLIENTS];
        load::run(load::pages(address, WARMING.min(scale.pages)), clients.clone()).await;
        load::run(load::pages(address, scale.pages), clients).await.rate()
    };
    let (mut with_app, mut with_nobody) = (Pair::default(), Pair::default());
    for _ in 0..scale.rounds {
        let gate = pages(nginx.gate).await;
        with_app.add(gate, pages(nginx.app).await);
        with_nobody.add(gate, pages(nginx.nobody).await);
    }
    (with_app, with_nobody)
}

/// The section of `docs/benchmarks.md`.
pub fn section(heading: &str, machine: &str, table: &Table) -> String {
    format!("{heading}{WORDS}\n{machine}\n\n{}", wide(table, "Vestibule", "compared with"))
}

const WORDS: &str = "
What a proxy in front of an app asks for every request to it, here with a pass of a member of the app's group.
`cargo bench -- gate` measures this section alone.

- **A check (P11)** is compared with a route of Rocket alone that answers everyone with the same headers. The rest is one
  SHA-256, two look-ups in memory, and the rules of the app. The database is asked about a pass again after a commit about its
  account, its groups or the apps; and the use of its session is written once a minute.
- **At a fixed rate**, a question that has to wait for the answer before counts from the moment at which it was due. The
  clients that log in, and those that ask, share the processor with both. A hash that has a core keeps it for some
  milliseconds. A lower priority for the threads that hash changed little: on an AMD EPYC, 4.0 ms at nice 5 and 4.2 ms at
  nice 10, where it was 4.5 ms without.
- **Behind nginx**, the app is that of P2, and its page is one that it shows to everyone. nginx asks Vestibule as
  `vestibule app snippet` says; or a route of the app itself, which loads the user from the database and answers as briefly;
  or no one.
";
