//! P1, P2 and the first half of P8: the protected page, requested by 32 clients that are logged in.

use std::time::Duration;

use super::child::Server;
use super::flask;
use super::load::{self, Load};
use super::plain_rocket;
use super::scale::Scale;
use super::site::Crowd;
use super::table::{Pair, Row, Table, rate};

pub const CLIENTS: usize = 32;

/// The warm-up before a side counts.
pub const WARMING: Duration = Duration::from_millis(500);

/// Requests pages from a site, after a warm-up that does not count.
pub async fn ask(scale: &Scale, server: &Server, clients: Vec<Vec<Vec<u8>>>) -> Load {
    load::run(load::pages(server.address, WARMING.min(scale.pages)), clients.clone()).await;
    load::run(load::pages(server.address, scale.pages), clients).await
}

pub async fn measure(scale: &Scale, small: &Crowd, large: &Crowd, table: &mut Table) {
    let folder = tempfile::tempdir().unwrap();
    let (ours, many, bare) =
        (small.start().await, large.start().await, plain_rocket::start(folder.path()).await);
    let flask = flask::start(folder.path()).await;
    let ask = async |server: &Server, clients: Vec<Vec<Vec<u8>>>| ask(scale, server, clients).await;
    let (mut with_bare, mut with_flask, mut with_many) = (Pair::default(), Pair::default(), Pair::default());
    let mut spread = Pair::default();
    for _ in 0..scale.rounds {
        let page = ask(&ours, small.visitors(CLIENTS)).await;
        with_bare.add(page.rate(), ask(&bare, plain_rocket::visitors(CLIENTS)).await.rate());
        if let Ok(flask) = &flask {
            with_flask.add(page.rate(), ask(&flask.server, flask.visitors(CLIENTS)).await.rate());
        }
        let large_page: Load = ask(&many, large.visitors(CLIENTS)).await;
        with_many.add(large_page.rate(), page.rate());
        spread.add(ask(&many, large.visitors_of_all_sessions(CLIENTS)).await.rate(), large_page.rate());
    }

    let ((ours, theirs), ratio) = (with_bare.medians(), with_bare.ratio());
    let row = Row::alone("P1", format!("`GET /profile`, logged in, {CLIENTS} connections"), rate(ours));
    let row = row.against(format!("{}, the same page by Rocket alone", rate(theirs))).ratio(ratio);
    table.add(row.target("≥ 0.90", ratio >= 0.90));
    let row = Row::alone("P2", "the same", rate(ours));
    table.add(match flask {
        Ok(_) => {
            let ((_, theirs), ratio) = (with_flask.medians(), with_flask.ratio());
            let row = row.against(format!("{}, Flask-Login on gunicorn", rate(theirs))).ratio(ratio);
            row.target("≥ 15", ratio >= 15.0)
        }
        Err(why) => row.against(format!("not measured: {why}")),
    });
    let ((ours, theirs), ratio) = (with_many.medians(), with_many.ratio());
    let row =
        Row::alone("P8", format!("the same among {} accounts and sessions", large.accounts), rate(ours));
    let row = row.against(format!("{}, among {}", rate(theirs), small.accounts)).ratio(ratio);
    table.add(row.target("≥ 0.85", ratio >= 0.85));
    let ((ours, theirs), ratio) = (spread.medians(), spread.ratio());
    let row = Row::alone("P8", format!("each request from another of {} sessions", scale.spread), rate(ours));
    let row = row.against(format!("{}, from {CLIENTS}", rate(theirs))).ratio(ratio);
    table.add(row.target("≥ 0.60", ratio >= 0.60));
    let (ours, theirs) = spread.slowest();
    let row = Row::alone("P8", format!("the slowest of its {} rounds", scale.rounds), rate(ours));
    table.add(row.against(format!("{}, from {CLIENTS}", rate(theirs))).ratio(ours / theirs));
    let bytes = large.size() as f64 / large.accounts as f64;
    table.add(Row::alone("P8", "database, for each account and its session", format!("{bytes:.0} bytes")));
}
