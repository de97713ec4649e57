//! P8 for administrators: the pages of a list of a million accounts, each kind requested again and again, in turn with
//! the same at a site with few accounts. And the pages of other visitors while all accounts are searched. On both
//! databases.

use std::iter;
use std::ops::Range;
use std::time::{Duration, Instant};

use rocket::tokio::join;
use sqlx::Connection as _;
use vestibule::web::paths::{ADMIN_ACCOUNTS, LOGIN, PROFILE};

use super::child::Server;
use super::client::{Connection, get, post};
use super::cluster::Cluster;
use super::listed_accounts::{self, COMMON, GROUP, NOBODY, RARE};
use super::load::{self, Load, Plan};
use super::people;
use super::report::wide;
use super::scale::Scale;
use super::site::{self, Crowd};
use super::table::{Pair, Row, Table, median, milliseconds};

/// The number of other visitors, and their pause between requests.
const VISITORS: usize = 8;
const LOOK: Duration = Duration::from_millis(20);
/// The number of the administrator's account: the last one with a password. The others are the visitors'.
const ADMINISTRATOR: usize = VISITORS + 1;
/// Stands on a page if its search ended before all accounts were read.
const STOPPED: &str = "id=\"search-trouble\"";

/// The result.
pub struct Accounts {
    pub few: usize,
    pub many: usize,
    pub on_sqlite: Table,
    /// The version of the server and its table, or why there was none.
    pub on_postgres: Result<(String, Table), String>,
}

/// A running site with accounts.
struct Site {
    server: Server,
    crowd: Crowd,
    accounts: usize,
}

/// A page that an administrator opens.
struct Kind {
    what: &'static str,
    /// What is requested of a site with so many accounts; the number says how often it was before.
    query: fn(usize, usize) -> String,
    /// The accounts on that page.
    rows: usize,
    goal: Goal,
}

/// What is to be reached.
#[derive(Clone, Copy, PartialEq)]
enum Goal {
    /// 20 ms, and hardly more than among few accounts.
    AtOnce,
    /// 2 s: all accounts are read.
    Search,
    Nothing,
}

const KINDS: [Kind; 9] = [
    Kind { what: "the newest page", query: |_, _| String::new(), rows: 50, goal: Goal::AtOnce },
    Kind { what: "a page in the middle", query: before, rows: 50, goal: Goal::AtOnce },
    Kind { what: "the oldest page", query: |_, _| "?oldest=yes".to_owned(), rows: 50, goal: Goal::AtOnce },
    Kind { what: "a page of a group, in the middle", query: of_group, rows: 50, goal: Goal::AtOnce },
    Kind { what: "a page of the disabled, in the middle", query: disabled, rows: 50, goal: Goal::AtOnce },
    Kind { what: "an address typed whole", query: address, rows: 1, goal: Goal::AtOnce },
    Kind { what: "a part that many have", query: |_, _| search(COMMON), rows: 50, goal: Goal::Nothing },
    Kind { what: "a word that one has", query: |_, _| search(RARE), rows: 1, goal: Goal::Search },
    Kind { what: "a word that nobody has", query: |_, _| search(NOBODY), rows: 0, goal: Goal::Search },
];

/// An account in the middle third, each time another one.
fn middle(accounts: usize, number: usize) -> usize {
    accounts / 3 + number * 7_919 % (accounts / 3)
}

fn before(accounts: usize, number: usize) -> String {
    format!("?before={}", people::account_id(middle(accounts, number)))
}

fn of_group(accounts: usize, number: usize) -> String {
    format!("{}&show=group%3A{GROUP}", before(accounts, number))
}

fn disabled(accounts: usize, number: usize) -> String {
    format!("{}&show=disabled", before(accounts, number))
}

fn address(accounts: usize, number: usize) -> String {
    search(&listed_accounts::email(middle(accounts, number)))
}

fn search(typed: &str) -> String {
    format!("?search={}", typed.replace('@', "%40"))
}

impl Site {
    async fn on_sqlite(accounts: usize) -> Site {
        let crowd = Crowd::make(ADMINISTRATOR, ADMINISTRATOR).await;
        let (mut connection, _) = crowd.open().await;
        listed_accounts::add(&mut connection, ADMINISTRATOR, accounts).await;
        site::close(connection).await;
        Site { server: crowd.start().await, crowd, accounts }
    }

    /// In an empty database on a server.
    async fn on_postgres(url: &str, accounts: usize) -> Site {
        let crowd = Crowd::on_server(url, ADMINISTRATOR, ADMINISTRATOR).await;
        let mut connection = people::connect(url).await.unwrap();
        listed_accounts::add(&mut connection, ADMINISTRATOR, accounts).await;
        // As after the first accounts: the server would do this by default, during the measurement.
        for statement in ["vacuum analyze", "checkpoint"] {
            sqlx::query(statement).execute(&mut connection).await.unwrap();
        }
        connection.close().await.unwrap();
        Site { server: crowd.start().await, crowd, accounts }
    }

    /// Logs the administrator in. Their pages want a login of the last few minutes. Returns the session cookie.
    async fn log_in(&self) -> String {
        let email = people::email(ADMINISTRATOR);
        let form = [("email", email.as_str()), ("password", people::PASSWORD)];
        let mut connection = Connection::to(self.server.address);
        let answer = connection.send(&post(LOGIN, &form)).await.unwrap();
        assert_eq!((answer.status, answer.header("location")), (303, Some(PROFILE)), "{}", answer.head);
        let headers = answer.head.lines().filter_map(|line| line.split_once(": "));
        let mut cookies = headers.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        let session = cookies.find(|(_, cookie)| cookie.starts_with("session-")).unwrap().1;
        session.split(';').next().unwrap().to_owned()
    }
}

/// The answers to one kind of request.
#[derive(Default)]
struct Answers {
    /// In seconds.
    times: Vec<f64>,
    /// Searches that ended early.
    stopped: usize,
}

impl Answers {
    fn p50(&self) -> f64 {
        median(self.times.clone())
    }

    fn p99(&self) -> f64 {
        Load { times: self.times.clone(), ..Load::default() }.p99()
    }

    fn add(&mut self, more: Answers) {
        self.times.extend(more.times);
        self.stopped += more.stopped;
    }

    fn shown(&self) -> String {
        let shown = format!("{}, {}", milliseconds(self.p50()), milliseconds(self.p99()));
        match self.stopped {
            0 => shown,
            stopped => format!("{shown}, {stopped} of {} ended early", self.times.len()),
        }
    }
}

pub async fn measure(scale: &Scale) -> Accounts {
    let (few, many) = (scale.few_accounts, scale.listed_accounts);
    println!("On SQLite:");
    let on_sqlite = compare(scale, &Site::on_sqlite(few).await, &Site::on_sqlite(many).await).await;
    let on_postgres = match Cluster::start().await {
        Ok(cluster) => {
            println!("On PostgreSQL {}:", cluster.version);
            let other = cluster.another_database("few").await;
            let (few, many) =
                (Site::on_postgres(&other, few).await, Site::on_postgres(&cluster.url, many).await);
            Ok((cluster.version.clone(), compare(scale, &few, &many).await))
        }
        Err(why) => {
            println!("PostgreSQL is skipped: {why}");
            Err(why)
        }
    };
    Accounts { few, many, on_sqlite, on_postgres }
}

async fn compare(scale: &Scale, few: &Site, many: &Site) -> Table {
    let mut table = Table::default();
    for kind in &KINDS {
        table.add(pages(scale, kind, few, many).await);
    }
    table.add(others(scale, many).await);
    table
}

/// Requests one kind of page from both sites in turn.
async fn pages(scale: &Scale, kind: &Kind, few: &Site, many: &Site) -> Row {
    let times = if kind.goal == Goal::Search { scale.searches } else { scale.list_pages };
    let (mut ours, mut theirs, mut pair) = (Answers::default(), Answers::default(), Pair::default());
    for round in 0..scale.rounds {
        let numbers = round * times / scale.rounds..(round + 1) * times / scale.rounds;
        let (here, there) = (ask(many, kind, numbers.clone()).await, ask(few, kind, numbers).await);
        pair.add(here.p50(), there.p50());
        ours.add(here);
        theirs.add(there);
    }
    let (p99, ratio) = (ours.p99(), pair.ratio());
    let row = Row::alone("P8", kind.what, ours.shown()).against(theirs.shown()).ratio(ratio);
    match kind.goal {
        Goal::AtOnce => row.target("≤ 20 ms, ≤ 1.5", p99 <= 0.020 && ratio <= 1.5),
        Goal::Search => row.target("≤ 2 s", p99 <= 2.0 && ours.stopped == 0),
        Goal::Nothing => row,
    }
}

/// Requests pages one after another, after a first one that does not count. A page with other accounts than it should
/// have stops the measurement.
async fn ask(site: &Site, kind: &Kind, numbers: Range<usize>) -> Answers {
    let (cookie, mut connection) = (site.log_in().await, Connection::to(site.server.address));
    let mut answers = Answers::default();
    for (at, number) in iter::once(numbers.start).chain(numbers).enumerate() {
        let request = get(&format!("{ADMIN_ACCOUNTS}{}", (kind.query)(site.accounts, number)), Some(&cookie));
        let begun = Instant::now();
        let answer = connection.send(&request).await.unwrap();
        let took = begun.elapsed().as_secs_f64();
        assert_eq!(answer.status, 200, "{}: {}", kind.what, answer.head);
        let page = String::from_utf8_lossy(answer.body);
        let stopped = page.contains(STOPPED);
        let rows = page.matches("<div id=\"account-").count();
        assert!(stopped || rows == kind.rows, "{}: {rows} accounts\n{page}", kind.what);
        if at > 0 {
            answers.times.push(took);
            answers.stopped += usize::from(stopped);
        }
    }
    answers
}

/// The page of other visitors while an administrator searches again and again.
async fn others(scale: &Scale, many: &Site) -> Row {
    let address = many.server.address;
    let look = || {
        let plan = Plan { pause: LOOK, ..load::pages(address, scale.passwords) };
        load::run(plan, many.crowd.visitors(VISITORS))
    };
    let mut pair = Pair::default();
    for _ in 0..scale.rounds {
        let quiet = look().await.p99();
        let request = get(&format!("{ADMIN_ACCOUNTS}{}", search(RARE)), Some(&many.log_in().await));
        let searches = load::run(load::pages(address, scale.passwords), vec![vec![request]]);
        let (busy, _) = join!(look(), searches);
        pair.add(busy.p99(), quiet);
    }
    let ((busy, quiet), ratio) = (pair.medians(), pair.ratio());
    let what = format!("p99 of `GET /profile` of {VISITORS} others during searches for a word that one has");
    let row = Row::alone("P8", what, milliseconds(busy)).ratio(ratio);
    row.against(format!("{}, without them", milliseconds(quiet))).target("≤ 2", ratio <= 2.0)
}

/// The section of `docs/benchmarks.md`.
pub fn section(heading: &str, machine: &str, accounts: &Accounts) -> String {
    let Accounts { few, many, on_sqlite, on_postgres } = accounts;
    let shown =
        |table: &Table| wide(table, &format!("among {many}: p50, p99"), &format!("among {few}: p50, p99"));
    let on_postgres = match on_postgres {
        Ok((version, table)) => format!("On PostgreSQL {version}:\n\n{}", shown(table)),
        Err(why) => format!("PostgreSQL was not measured: {why}.\n"),
    };
    format!("{heading}{WORDS}\n{machine}\n\nOn SQLite:\n\n{}\n{on_postgres}", shown(on_sqlite))
}

const WORDS: &str = "
The list of accounts and its search, `/admin/accounts`, as one administrator requests it over HTTP from a site with
many accounts, in turn with a site with few. Of the many, one in a hundred is disabled, one in a hundred is in the group, and
one in twenty has never logged in. The few have more of them, so that a page is as full: 50 accounts. A ratio
is that of p50, and a target in milliseconds is for p99. `cargo bench -- accounts` measures this section alone.

- **A page** is requested 300 times. A list is asked by key and never by offset, so its last page costs what its first
  one costs. The newest page also counts the accounts, up to ten thousand.
- **An address typed whole** is looked up in an index.
- **A part of an address or a name** is looked for in one account after another, newest first, until the page is full. For a
  word that almost no account has, all accounts are read. Such a search ends after two seconds, says so, and offers to go
  on from there. It is requested 50 times, so its p99 is the slowest.
- **Other visitors** share the processor with the search. One search runs at a time in the whole program, in parts.
";
