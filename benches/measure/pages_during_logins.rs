//! P5 and P1 again: pages while other clients log in.

use rocket::tokio::join;

use super::child::Server;
use super::load::{self, Load, Plan};
use super::logins::log_in;
use super::pages::CLIENTS;
use super::plain_rocket;
use super::scale::Scale;
use super::site::Crowd;
use super::table::{Pair, Row, Table, median, milliseconds, rate};

/// The number of visitors whose response times are measured, and their pause between requests.
const VISITORS: usize = 8;
const LOOK: std::time::Duration = std::time::Duration::from_millis(20);

pub async fn measure(scale: &Scale, small: &Crowd, server: &Server, table: &mut Table) {
    as_many_as_can_be(scale, small, server, table).await;
    let (mut quiet, mut busy) = (Vec::new(), Vec::new());
    for _ in 0..scale.rounds {
        quiet.push(look(scale, small, server).await.p99());
        busy.push(look_meanwhile(scale, small, server).await.p99());
    }
    let (quiet, busy) = (median(quiet), median(busy));
    let what = format!("p99 of `GET /profile` while {} clients log in", scale.crowd);
    let row =
        Row::alone("P5", what, milliseconds(busy)).against(format!("{}, without them", milliseconds(quiet)));
    table.add(row.target("≤ 10 ms", busy <= 0.010));
}

/// Response times of pages for visitors.
async fn look(scale: &Scale, small: &Crowd, server: &Server) -> Load {
    let plan = Plan { pause: LOOK, ..load::pages(server.address, scale.passwords) };
    load::run(plan, small.visitors(VISITORS)).await
}

/// The same while many clients log in.
pub async fn look_meanwhile(scale: &Scale, small: &Crowd, server: &Server) -> Load {
    let crowd = load::run(log_in(server, scale), small.log_ins(scale.crowd));
    let (pages, _): (Load, Load) = join!(look(scale, small, server), crowd);
    pages
}

/// P1 while other clients log in. Plain Rocket renders the same page while the same clients log in to the site next to it.
/// So on either side, the pages share the processor with the hashes.
async fn as_many_as_can_be(scale: &Scale, small: &Crowd, server: &Server, table: &mut Table) {
    let folder = tempfile::tempdir().unwrap();
    let bare = plain_rocket::start(folder.path()).await;
    let (mut pages, mut log_ins) = (Pair::default(), Pair::default());
    for _ in 0..scale.rounds {
        let ours = meanwhile(scale, small, server, server, small.visitors(CLIENTS)).await;
        let theirs = meanwhile(scale, small, server, &bare, plain_rocket::visitors(CLIENTS)).await;
        pages.add(ours.0, theirs.0);
        log_ins.add(ours.1, theirs.1);
    }
    let ((ours, theirs), ratio) = (pages.medians(), pages.ratio());
    let (beside_ours, beside_theirs) = log_ins.medians();
    let what = format!("`GET /profile`, logged in, {CLIENTS} connections, while {CLIENTS} others log in");
    let row = Row::alone("P1", what, format!("{} (and {} logins)", rate(ours), rate(beside_ours)));
    let theirs = format!("{} (and {} logins), Rocket alone next to it", rate(theirs), rate(beside_theirs));
    table.add(row.against(theirs).ratio(ratio).target("≥ 0.90", ratio >= 0.90));
}

/// The rate of pages at one server, and the rate of logins at the site at the same time. The clients that log in are not
/// those that request pages.
async fn meanwhile(
    scale: &Scale,
    small: &Crowd,
    site: &Server,
    pages: &Server,
    visitors: Vec<Vec<Vec<u8>>>,
) -> (f64, f64) {
    let others = small.log_ins(2 * CLIENTS).split_off(CLIENTS);
    let plan = load::pages(pages.address, scale.passwords);
    let (pages, log_ins) = join!(load::run(plan, visitors), load::run(log_in(site, scale), others));
    (pages.rate(), log_ins.rate())
}
