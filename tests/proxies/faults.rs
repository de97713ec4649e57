//! What ends passes from outside, and what the gate does without its database, and the proxies without the gate: for all
//! proxies at once, since they share one site.

use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use rocket::tokio::runtime::Builder;
use rocket::tokio::time::timeout;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};

use crate::person::Person;
use crate::stage::{Behind, Stage, told};

/// How long it takes at most until a process feels what another one has written, with some room.
const A_MOMENT: Duration = Duration::from_millis(2_500);

/// Ada, who was let in by each proxy and has seen a page there.
fn everywhere(stage: &Stage) -> Vec<(&Behind, Person<'_>)> {
    let mut all = Vec::new();
    for behind in &stage.behind {
        all.push((behind, Person::let_in(&stage.site, &behind.ada(), &behind.origin)));
    }
    goes_on(&mut all);
    all
}

fn page_of(behind: &Behind) -> String {
    format!("{}/page", behind.origin)
}

/// Asserts that she is let through by each, and that each app is told who she is.
fn goes_on(all: &mut [(&Behind, Person<'_>)]) {
    for (behind, ada) in all {
        let answer = ada.calls(&page_of(behind));
        assert_eq!(answer.status(), 200, "{}: {answer:?}", behind.name());
        assert_eq!(told(&behind.app.taken_one()), behind.of_ada(), "{}", behind.name());
    }
}

/// Waits until each refuses her, with this status of its own, or another one of the same meaning.
fn refuses(all: &mut [(&Behind, Person<'_>)], why: &str, is_right: impl Fn(&Behind, u16) -> bool) {
    let end = Instant::now() + A_MOMENT;
    for (behind, ada) in all {
        let page = page_of(behind);
        let mut answer = ada.calls(&page);
        while answer.status() == 200 && Instant::now() < end {
            thread::sleep(Duration::from_millis(20));
            answer = ada.calls(&page);
        }
        behind.app.taken();
        assert!(is_right(behind, answer.status()), "{why}, {}: {answer:?}", behind.name());
        assert!(is_right(behind, ada.calls(&page).status()), "{why}, {}", behind.name());
        behind.app.saw_nothing(why);
    }
}

pub fn who_is_taken_out_of_the_group_is_refused_at_once(stage: &Stage) {
    let mut all = everywhere(stage);
    for behind in &stage.behind {
        stage.site.runs(&["group", "remove", "family", &behind.ada()]);
    }
    refuses(&mut all, "not in the group", |_, status| status == 403);
    for behind in &stage.behind {
        stage.site.runs(&["group", "add", "family", &behind.ada()]);
    }
    thread::sleep(A_MOMENT);
    goes_on(&mut all);
}

pub fn a_disabled_app_opens_for_nobody(stage: &Stage) {
    let mut all = everywhere(stage);
    for behind in &stage.behind {
        stage.site.runs(&["app", "disable", behind.name()]);
    }
    refuses(&mut all, "the app is disabled", |_, status| status == 403);
    for (behind, _) in &all {
        assert_eq!(behind.ask(&behind.request("GET", "/public/x")).status(), 403, "not even what is open");
        behind.app.saw_nothing("the app is disabled");
    }
    for behind in &stage.behind {
        stage.site.runs(&["app", "enable", behind.name()]);
    }
    thread::sleep(A_MOMENT);
    goes_on(&mut all);
}

/// Another program writes for longer than the gate waits.
pub fn while_the_database_is_locked_nobody_new_gets_in_and_those_inside_stay(stage: &Stage) {
    let database = stage.site.folder.database();
    if !database.exists() {
        return; // on a server, no one locks all of it
    }
    let mut inside = everywhere(stage);
    let mut tickets = Vec::new();
    for behind in &stage.behind {
        let mut ada = Person::logged_in(&stage.site, &behind.ada());
        let entrance = ada.ticket(&page_of(behind));
        tickets.push((behind, ada, entrance));
    }
    let (locked, is_locked) = channel();
    let (done, is_done) = rocket::tokio::sync::oneshot::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
                let mut other = SqliteConnectOptions::new().filename(database).connect().await.unwrap();
                other.execute("begin exclusive").await.unwrap();
                locked.send(()).unwrap();
                // Also if the other side has failed.
                let _ = timeout(Duration::from_secs(40), is_done).await;
                other.execute("rollback").await.unwrap();
                other.close().await.unwrap();
            });
        });
        is_locked.recv().unwrap();
        goes_on(&mut inside);
        // Each waits as long as the gate and its proxy do, so all at once.
        thread::scope(|scope| {
            for (behind, ada, entrance) in &mut tickets {
                scope.spawn(move || {
                    let answer = ada.opens(entrance);
                    assert!(matches!(answer.status(), 500..=599), "{}: {answer:?}", behind.name());
                    assert!(ada.cookie(&behind.origin, "gate-").is_none(), "{}: {answer:?}", behind.name());
                    behind.app.saw_nothing("the database is locked");
                });
            }
        });
        goes_on(&mut inside);
        // A proxy may give up before the gate does, which would then still redeem the ticket: a pass that is never used.
        thread::sleep(A_MOMENT);
        let _ = done.send(()); // it may have waited long enough
    });
    for (behind, ada, _) in &mut tickets {
        let way = ada.walks(&page_of(behind));
        assert_eq!(way.end.status(), 200, "{}: {way:?}", behind.name());
        assert_eq!(told(&behind.app.taken_one()), behind.of_ada());
    }
}

pub fn while_the_database_cannot_be_asked_everyone_is_told_to_come_back(stage: &Stage) {
    let mut all = everywhere(stage);
    let names = ["passes", "passes_elsewhere"];
    let rename = |[from, to]: [&str; 2]| {
        stage.site.folder.sql(&[&format!("alter table {from} rename to {to}")]);
    };
    rename(names);
    let unavailable = |behind: &Behind, status| status == behind.proxy.without_the_gate()[1];
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        refuses(&mut all, "the database cannot be asked", unavailable);
        for behind in &stage.behind {
            let gate = "A".repeat(43);
            let cookie = all.iter().find_map(|(_, ada)| ada.cookie(&behind.origin, "gate-")).unwrap();
            let (name, _) = cookie.split_once('=').unwrap();
            let unknown = behind.request("GET", "/public/x").with(format!("Cookie: {name}={gate}"));
            let answer = behind.ask(&unknown);
            assert!(unavailable(behind, answer.status()), "{}: {answer:?}", behind.name());
            let nobody = behind.ask(&behind.request("GET", "/page"));
            assert_eq!(nobody.status(), 401, "for who shows no pass, nothing is asked: {nobody:?}");
            behind.app.saw_nothing("the database cannot be asked");
        }
    }));
    rename([names[1], names[0]]);
    outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    thread::sleep(A_MOMENT);
    goes_on(&mut all);
}

/// The last one: it returns what the site has logged.
pub fn while_the_gate_is_down_nobody_gets_in(stage: &Stage) -> String {
    let mut all = everywhere(stage);
    let log = stage.site.stop().err;
    for (behind, ada) in &mut all {
        let down = behind.proxy.without_the_gate()[0];
        let page = page_of(behind);
        let (inside, opened) = (ada.calls(&page), ada.opens(&page));
        let nobody = behind.ask(&behind.request("GET", "/page"));
        let open = behind.ask(&behind.request("GET", "/public/x"));
        let form = behind.ask(&ada.request("POST", &page).body(&[b'x'; 50_000]));
        for answer in [inside, opened, nobody, open, form] {
            assert_eq!(answer.status(), down, "{}: {answer:?}", behind.name());
        }
        behind.app.saw_nothing("the gate is down");
    }
    stage.site.serve();
    goes_on(&mut all);
    log
}
