//! The gate behind real proxies, each of which runs with exactly what `vestibule app snippet` prints: Debian's nginx, HAProxy
//! and Caddy, and newer ones of Caddy, Traefik and Envoy. Most of what is asserted is not an answer, but what an app behind
//! the proxy was asked, since that is what must never be wrong.
//!
//! There is one site with an app behind each proxy. What is about one of them is done for all proxies at once; what is
//! about the whole site comes after it. `.ci/run` installs the proxies. One that is absent is left out, but not in CI.
//! `VESTIBULE_TEST_BINARY` names the program to test.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, reason = "a test may stop")]

mod http; // requests and answers as they stand on the wire
mod running; // a program that a test starts
#[path = "../support/database.rs"]
mod database;
#[path = "../process/folder.rs"]
mod folder;
#[path = "../process/support.rs"]
mod support;
#[path = "../process/visitor.rs"]
mod visitor;
mod app; // the app behind a proxy
mod proxy; // the six proxies
mod site; // the site, with its accounts
mod stage; // the site, the apps and the proxies
mod person; // a person with a browser
mod ways; // what people and programs meet
mod forged; // what a visitor forges
mod paths; // spellings of paths
mod leads; // where a visitor can be led
mod faults; // what is about the whole site
mod radicale; // an app that others have written

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use serde_json::Value;

use stage::{Behind, Stage};

/// What holds behind each proxy.
type Case = fn(&Stage, &Behind);

/// Names of cases with the cases.
macro_rules! cases {
    ($($path:path),+ $(,)?) => { &[$((stringify!($path), $path as Case)),+] };
}

const CASES: &[(&str, Case)] = cases![
    ways::a_stranger_is_led_to_the_login_and_the_app_hears_nothing,
    ways::a_program_of_nobody_gets_a_401_that_a_program_can_read,
    ways::the_way_in_ends_at_the_page_and_the_app_is_told_who_is_there,
    ways::an_open_path_needs_nobody_and_knows_who_is_there_all_the_same,
    ways::a_large_form_arrives_whole_or_not_at_all,
    ways::a_form_that_came_too_late_leads_back_to_its_page,
    ways::a_websocket_opens_for_those_who_may,
    ways::who_may_not_is_told_so,
    ways::a_logout_is_felt_by_the_next_request,
    ways::a_browser_that_keeps_no_cookie_is_told_so_and_goes_round_nowhere,
    ways::a_preflight_passes_where_the_app_says_so,
    ways::every_method_is_asked_about_and_arrives,
    ways::what_is_the_gates_own_never_reaches_the_app,
    ways::a_pass_opens_one_host,
    ways::the_operators_check_finds_nothing_wrong,
    forged::the_app_is_told_no_name_that_a_visitor_forges,
    forged::the_gate_is_not_told_what_a_visitor_forges,
    forged::no_number_of_headers_breaks_the_proxy_or_opens_the_app,
    forged::no_name_of_a_host_opens_an_app_with_the_pass_of_another,
    forged::nobody_who_may_not_gets_in_by_the_cookie_of_the_login,
    paths::no_spelling_of_a_path_opens_another,
    paths::an_address_that_is_too_long_is_refused_by_somebody,
    paths::no_spelling_of_the_gates_own_folder_reaches_the_app,
    leads::the_login_host_leads_to_no_other_address,
    leads::the_entrance_leads_to_its_own_origin_alone,
    leads::every_page_of_the_app_leads_back_to_itself,
];

/// What holds for the whole site.
type Fault = fn(&Stage);

const FAULTS: &[(&str, Fault)] = &[
    ("taken out of the group", faults::who_is_taken_out_of_the_group_is_refused_at_once),
    ("the app is disabled", faults::a_disabled_app_opens_for_nobody),
    ("the database is locked", faults::while_the_database_is_locked_nobody_new_gets_in_and_those_inside_stay),
    (
        "the database cannot be asked",
        faults::while_the_database_cannot_be_asked_everyone_is_told_to_come_back,
    ),
];

#[test]
fn behind_each_proxy_only_those_get_in_whom_the_gate_lets_in() {
    let begun = Instant::now();
    let Some(stage) = Stage::start() else { return };
    println!("{} proxies started after {:?}", stage.behind.len(), begun.elapsed());
    let failed = Mutex::new(Vec::new());
    // The reason was printed by the thread that has its name.
    let run = |what: String, act: &mut dyn FnMut()| {
        if catch_unwind(AssertUnwindSafe(act)).is_err() {
            failed.lock().unwrap().push(what);
        }
    };
    thread::scope(|scope| {
        for behind in &stage.behind {
            let (stage, run) = (&stage, &run);
            let thread = thread::Builder::new().name(behind.name().to_owned());
            let all = move || {
                for (what, case) in CASES {
                    run(format!("{}: {what}", behind.name()), &mut || case(stage, behind));
                    behind.app.taken();
                }
            };
            thread.spawn_scoped(scope, all).unwrap();
        }
    });
    println!("{} cases for each after {:?}", CASES.len(), begun.elapsed());
    for (what, fault) in FAULTS {
        run((*what).to_owned(), &mut || fault(&stage));
        stage.behind.iter().for_each(|behind| drop(behind.app.taken()));
    }
    let mut log = String::new();
    run("the gate is down".to_owned(), &mut || log = faults::while_the_gate_is_down_nobody_gets_in(&stage));
    let minutes = begun.elapsed().as_secs() / 60 + 2;
    run("the log".to_owned(), &mut || assert_log_is_calm(&log, minutes, stage.behind.len()));
    println!("all of it after {:?}", begun.elapsed());
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{failed:#?}");
}

/// Asserts that each cause was logged once a minute at most: strangers can cause them at will.
fn assert_log_is_calm(log: &str, minutes: u64, proxies: usize) {
    let lines: Vec<Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let count = |event: &str| lines.iter().filter(|line| line["event"] == event).count() as u64;
    for event in ["gate_untrusted", "gate_front_door", "gate_unreadable", "gate_cookie_lost"] {
        assert!(count(event) <= minutes, "{event}, {} times:\n{log:.5000}", count(event));
    }
    // One for each name: the disabled apps.
    let hosts = count("gate_unknown_host");
    assert!(hosts <= minutes * proxies as u64, "{hosts} unknown hosts:\n{log:.5000}");
    assert!(!log.contains("utf-8") && !log.contains("UTF-8"), "odd bytes are not worth a line:\n{log:.5000}");
}
