//! The accounts of a site with many members, as the lists of administrators show them. Created by SQL in batches, on both
//! databases.

use std::time::{SystemTime, UNIX_EPOCH};

use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use super::people;

/// A group that is shown page by page.
pub const GROUP: &str = "choir";
/// A word in the name of one account. It is among the oldest, so that a search reads nearly all others before it.
pub const RARE: &str = "Zwiebelfisch";
/// A part of every fifth address.
pub const COMMON: &str = "@post.example.net";
/// A word that nobody has.
pub const NOBODY: &str = "xyzzy";

/// Rows of one statement.
const BATCH: usize = 1_000;
/// Seconds between two accounts: a million were created within a year.
const EVERY: i64 = 30;
/// How far the account with the rare name is from the first one that is added.
const RARE_AFTER: usize = 11;

/// Given names, and how they are written in an address.
const GIVEN: [(&str, &str); 16] = [
    ("Ada", "ada"),
    ("Anna", "anna"),
    ("Björn", "bjoern"),
    ("Chloé", "chloe"),
    ("Dmitri", "dmitri"),
    ("Emre", "emre"),
    ("Fatima", "fatima"),
    ("Grace", "grace"),
    ("Hiroshi", "hiroshi"),
    ("Inés", "ines"),
    ("Jean-Luc", "jean-luc"),
    ("Kwame", "kwame"),
    ("Linh", "linh"),
    ("Marie", "marie"),
    ("Ravi", "ravi"),
    ("Zoë", "zoe"),
];

/// Family names, likewise.
const FAMILY: [(&str, &str); 17] = [
    ("Almeida", "almeida"),
    ("Brown", "brown"),
    ("Dubois", "dubois"),
    ("García Márquez", "garcia.marquez"),
    ("Hansen", "hansen"),
    ("Iyer", "iyer"),
    ("Kowalska", "kowalska"),
    ("Li", "li"),
    ("Lovelace", "lovelace"),
    ("Mensah", "mensah"),
    ("Müller", "mueller"),
    ("Nguyen", "nguyen"),
    ("Novák", "novak"),
    ("Okafor", "okafor"),
    ("Rossi", "rossi"),
    ("Sato", "sato"),
    ("Yılmaz", "yilmaz"),
];

const DOMAINS: [&str; 5] =
    ["@example.org", "@example.com", COMMON, "@mail.example.com", "@students.example.edu"];

/// The address of an account that was added.
pub fn email(number: usize) -> String {
    let ((_, given), (_, family), domain) = parts(number);
    format!("{given}.{family}{number}{domain}")
}

/// Its names, and the domain of its address.
fn parts(number: usize) -> ((&'static str, &'static str), (&'static str, &'static str), &'static str) {
    (GIVEN[number % GIVEN.len()], FAMILY[number % FAMILY.len()], DOMAINS[number % DOMAINS.len()])
}

/// Adds accounts to those of a stopped site, which are counted from 1, until there are `accounts`. The last one that it
/// had becomes an administrator.
pub async fn add(connection: &mut AnyConnection, administrator: usize, accounts: usize) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64;
    let mut tx = connection.begin().await.unwrap();
    let columns = "accounts (id, email, email_key, name, created_at, updated_at, confirmed_at, logged_in_at, \
                   disabled_at)";
    let rows = (administrator + 1..=accounts).map(|number| {
        let rare = number == administrator + RARE_AFTER;
        row(number, rare, now - EVERY * (accounts - number) as i64, now, number % step(accounts) == 2)
    });
    insert(&mut tx, columns, rows).await;
    let group = |name: &str, title: &str| format!("('{name}', '{title}', {now}, 'command_line')");
    let groups = [group("admins", "Administrators"), group(GROUP, "The choir")];
    insert(&mut tx, "groups (name, title, created_at, created_by)", groups.into_iter()).await;
    let member =
        |group: &str, number| format!("('{group}', '{}', {now}, 'command_line')", people::account_id(number));
    let choir = (administrator + 1..=accounts).filter(|number| number % step(accounts) == 1);
    let members = choir.map(|number| member(GROUP, number)).chain([member("admins", administrator)]);
    insert(&mut tx, "memberships (group_name, account_id, created_at, created_by)", members).await;
    tx.commit().await.unwrap();
}

/// Of so many accounts, one is disabled and another one is in the group: one in a hundred, and more at a small site, so
/// that its lists have several full pages too.
fn step(accounts: usize) -> usize {
    (accounts / 200).clamp(3, 100)
}

/// The values of an account.
fn row(number: usize, rare: bool, created_at: i64, now: i64, disabled: bool) -> String {
    let (id, email, ((given, _), (family, _), _)) =
        (people::account_id(number), email(number), parts(number));
    let family = if rare { RARE } else { family };
    // One in twenty has never logged in.
    let used_at = (created_at + now) / 2;
    let logged_in_at = if number % 20 == 3 { "null".to_owned() } else { used_at.to_string() };
    let disabled_at = if disabled { now.to_string() } else { "null".to_owned() };
    format!(
        "('{id}', '{email}', '{email}', '{given} {family}', {created_at}, {created_at}, {logged_in_at}, \
         {logged_in_at}, {disabled_at})"
    )
}

/// Inserts rows in batches.
async fn insert(connection: &mut AnyConnection, into: &str, mut rows: impl Iterator<Item = String>) {
    loop {
        let batch: Vec<String> = rows.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return;
        }
        let statement = format!("insert into {into} values {}", batch.join(", "));
        // Unlike a query, it is not kept by the connection: each has other values.
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *connection).await.unwrap();
    }
}
