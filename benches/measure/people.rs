//! Accounts and sessions created by SQL, since a million logins would take hours, and their session cookies.

use std::time::{SystemTime, UNIX_EPOCH};

use rocket::http::private::cookie::{Cookie, CookieJar, Key};
use sqlx::{AnyConnection, Connection};
use vestibule::base::hashing::Hashing;
use vestibule::base::{Password, Token};

/// The password of all accounts.
pub const PASSWORD: &str = "correct horse battery staple";

/// The numbers from the first to the second value of a statement.
const NUMBERS: &str = "with recursive n (i) as (select $1 union all select i + 1 from n where i < $2) ";

/// The address of an account, counted from 1.
pub fn email(number: usize) -> String {
    format!("person{number}@example.org")
}

/// The ID of that account.
pub fn account_id(number: usize) -> String {
    format!("01900000-0000-7000-8000-{number:012}")
}

/// Opens a database by its URL.
pub async fn connect(url: &str) -> sqlx::Result<AnyConnection> {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(url).await
}

/// Fills the database of a stopped site. Returns one session cookie for each of the first accounts. If there
/// are fewer accounts than sessions, accounts have several. More accounts than sessions only work on SQLite.
pub async fn fill(
    connection: &mut AnyConnection,
    key: &[u8],
    accounts: usize,
    sessions: usize,
) -> Vec<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64;
    let hash = Hashing::new(19_456, 2).unwrap().hash(&Password::typed(PASSWORD)).await.unwrap();
    let mut tx = connection.begin().await.unwrap();
    let accounts_sql = sqlx::AssertSqlSafe(format!(
        "{NUMBERS} insert into accounts (id, email, email_key, name, created_at, updated_at) \
         select '01900000-0000-7000-8000-' || substr(cast(1000000000000 + i as text), 2), \
         'person' || i || '@example.org', 'person' || i || '@example.org', 'Person ' || i, $3, $3 from n"
    ));
    let insert = sqlx::query(accounts_sql).bind(1_i64).bind(accounts as i64).bind(now);
    insert.execute(&mut *tx).await.unwrap();
    let passwords = "insert into passwords (account_id, hash, changed_at) select id, $1, $2 from accounts";
    sqlx::query(passwords).bind(hash).bind(now).execute(&mut *tx).await.unwrap();

    let mut cookies = Vec::new();
    for number in 0..sessions {
        let token = Token::generate();
        sqlx::query(
            "insert into sessions (id, token_hash, account_id, created_at, last_used_at, authenticated_at, browser, \
             address) values ($1, $2, $3, $4, $4, $4, 'firefox/linux', '127.0.0.1')",
        )
        .bind(format!("01900001-0000-7000-8000-{number:012}"))
        .bind(token.hash().as_str().to_owned())
        .bind(account_id(number % accounts + 1))
        .bind(now)
        .execute(&mut *tx)
        .await
        .unwrap();
        cookies.push(cookie(key, "session", &token));
    }
    // The tokens of the other sessions are not kept.
    if accounts > sessions {
        let rest = sqlx::AssertSqlSafe(format!(
            "{NUMBERS} insert into sessions (id, token_hash, account_id, created_at, last_used_at, authenticated_at, browser, \
             address) select printf('01900001-0000-7000-8000-%012d', i), substr(hex(randomblob(22)), 1, 43), \
             printf('01900000-0000-7000-8000-%012d', i), $3, $3, $3, 'firefox/linux', '127.0.0.1' from n"
        ));
        let insert = sqlx::query(rest).bind(sessions as i64 + 1).bind(accounts as i64).bind(now);
        insert.execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    cookies
}

/// A private cookie that holds a token, as the site would have set it.
pub fn cookie(key: &[u8], name: &str, token: &Token) -> String {
    let mut jar = CookieJar::new();
    jar.private_mut(&Key::derive_from(key)).add(Cookie::new(name.to_owned(), token.reveal()));
    jar.get(name).unwrap().encoded().stripped().to_string()
}
