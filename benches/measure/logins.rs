//! P3, P4, P10, the second half of P8 and a part of P7: requests that hash or check passwords.

use std::time::Duration;

use rocket::tokio::time::sleep;

use super::child::Server;
use super::load::{self, Load, Plan};
use super::scale::Scale;
use super::site::Crowd;
use super::table::{Pair, Row, Table, median, mib, rate};
use super::{argon2, pages, pages_during_logins};

/// The value of `Retry-After`.
const TOLD: Duration = Duration::from_secs(5);
/// Mebibytes of one hash, with the default settings.
const HASH: f64 = 19.0;

/// Logins of clients that wait as long as `Retry-After` says.
pub fn log_in(server: &Server, scale: &Scale) -> Plan {
    let Plan { address, lasting, pause, .. } = load::pages(server.address, scale.passwords);
    Plan { address, lasting, pause, wanted: (303, "/profile"), heeding: Some(TOLD) }
}

pub async fn measure(scale: &Scale, small: &Crowd, large: &Crowd, table: &mut Table) {
    let server = small.start().await;
    load::run(load::pages(server.address, Duration::from_millis(200)), small.visitors(1)).await;
    let fresh = server.memory();
    // With fewer clients, the processor waits for the disk more often.
    let crowds = [(2, "≥ 0.85", 0.85), (pages::CLIENTS, "≥ 0.92", 0.92), (scale.crowd, "≥ 0.92", 0.92)];
    let (mut rates, mut refused) = (crowds.map(|_| Pair::default()), Vec::new());
    let (mut stubborn, mut shown_out) = (Pair::default(), Vec::new());
    for _ in 0..scale.rounds {
        for ((clients, ..), pair) in crowds.iter().zip(&mut rates) {
            let alone = argon2::rate(scale.passwords / 3);
            let load = load::run(log_in(&server, scale), small.log_ins(*clients)).await;
            pair.add(load.rate(), alone);
            if *clients == scale.crowd {
                refused.push(load.refused as f64 / load.lasted);
            }
        }
        let plan = Plan { heeding: None, ..log_in(&server, scale) };
        let alone = argon2::rate(scale.passwords / 3);
        let load = load::run(plan, small.log_ins(scale.crowd)).await;
        stubborn.add(load.rate(), alone);
        shown_out.push(load.refused as f64 / load.lasted);
    }
    let peak = server.peak_memory();
    for ((clients, target, least), pair) in crowds.iter().zip(&rates) {
        let ((ours, theirs), ratio) = (pair.medians(), pair.ratio());
        let row = Row::alone("P3", format!("logins, {clients} clients"), rate(ours)).ratio(ratio);
        let row = row.against(format!("{}, Argon2 alone on {} cores", rate(theirs), argon2::cores()));
        table.add(row.target(*target, ratio >= *least));
    }
    let medians = rates.iter().map(|pair| pair.medians().0);
    let (least, most) =
        medians.fold((f64::MAX, 0.0_f64), |(low, high), rate| (low.min(rate), high.max(rate)));
    let row =
        Row::alone("P3", "the slowest of these", rate(least)).against(format!("{}, the fastest", rate(most)));
    table.add(row.ratio(least / most).target("≥ 0.90", least / most >= 0.90));
    let told = format!("answered 503, of {} clients that wait as `Retry-After` says", scale.crowd);
    table.add(Row::alone("P3", told, rate(median(refused))));
    let ((ours, theirs), ratio) = (stubborn.medians(), stubborn.ratio());
    let what = format!(
        "logins, {} clients that do not wait but retry at once, {} of them answered 503",
        scale.crowd,
        rate(median(shown_out))
    );
    table.add(
        Row::alone("P3", what, rate(ours)).against(format!("{}, Argon2 alone", rate(theirs))).ratio(ratio),
    );
    let most = (HASH * argon2::cores() as f64 + 60.0) * 1_048_576.0;
    let row = Row::alone("P4", "memory at the peak of these", mib(peak));
    table.add(row.target(format!("≤ {}", mib(most)), peak <= most));

    sleep(scale.rest).await;
    let after = server.memory();
    let most = fresh + (HASH * argon2::cores() as f64 + 20.0) * 1_048_576.0;
    let what = format!("memory {} s after these", scale.rest.as_secs());
    let row = Row::alone("P7", what, mib(after)).against(format!("{}, before them", mib(fresh)));
    table.add(row.target(format!("≤ {}", mib(most)), after <= most));

    pages_during_logins::measure(scale, small, &server, table).await;
    among_many(scale, small, large, &server, table).await;
    sign_ups(scale, &server, table).await;
}

/// Sign-ups with addresses that no other round uses.
pub async fn sign_up(scale: &Scale, server: &Server, round: usize) -> Load {
    let plan = Plan { wanted: (303, "/login"), ..log_in(server, scale) };
    load::run(plan, Crowd::sign_ups(pages::CLIENTS, round, 500)).await
}

/// P8, for logins.
async fn among_many(scale: &Scale, small: &Crowd, large: &Crowd, few: &Server, table: &mut Table) {
    let many = large.start().await;
    let mut pair = Pair::default();
    for _ in 0..scale.rounds {
        let ours = load::run(log_in(&many, scale), large.log_ins(pages::CLIENTS)).await.rate();
        pair.add(ours, load::run(log_in(few, scale), small.log_ins(pages::CLIENTS)).await.rate());
    }
    let ((ours, theirs), ratio) = (pair.medians(), pair.ratio());
    let row = Row::alone("P8", format!("logins among {} accounts", large.accounts), rate(ours)).ratio(ratio);
    let row = row.against(format!("{}, among {}", rate(theirs), small.accounts));
    table.add(row.target("≥ 0.85", ratio >= 0.85));
}

/// P10.
async fn sign_ups(scale: &Scale, server: &Server, table: &mut Table) {
    let mut pair = Pair::default();
    for round in 0..scale.rounds {
        let alone = argon2::rate(scale.passwords / 3);
        pair.add(sign_up(scale, server, round).await.rate(), alone);
    }
    let ((ours, theirs), ratio) = (pair.medians(), pair.ratio());
    let what = format!("sign-ups, {} clients, each on disk before it is answered", pages::CLIENTS);
    let row = Row::alone("P10", what, rate(ours)).ratio(ratio);
    let row = row.against(format!("{}, Argon2 alone on {} cores", rate(theirs), argon2::cores()));
    table.add(row.target("≥ 0.90", ratio >= 0.90));
}
