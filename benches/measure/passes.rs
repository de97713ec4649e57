//! An app behind a proxy, and passes created by SQL: one for each session. And what a proxy asks for a request to it.

use sqlx::Connection as _;
use vestibule::base::{Clock, Token};
use vestibule::web::paths::FORWARD_AUTH;

use super::site::{self, Crowd};

/// Where the app is.
pub const HOST: &str = "wiki.example.org";
/// The group of everyone, whose members may open the app.
const GROUP: &str = "family";
const APP: &str = "01900004-0000-7000-8000-000000000001";

/// Adds the app and a pass for each of the first sessions. Returns the cookies of the app's host. The site does not run.
pub async fn add(crowd: &Crowd, passes: usize) -> Vec<String> {
    let (mut connection, _) = crowd.open().await;
    let now = Clock::system().now().unix();
    let mut tx = connection.begin().await.unwrap();
    let origin = format!("https://{HOST}");
    for statement in [
        "insert into groups (name, title, created_at, created_by) values ($1, 'Family', $2, 'command_line')",
        "insert into memberships (group_name, account_id, created_at, created_by) \
         select $1, id, $2, 'command_line' from accounts",
    ] {
        sqlx::query(statement).bind(GROUP).bind(now).execute(&mut *tx).await.unwrap();
    }
    // The number of the account, without the zeros before it.
    let handles = "update accounts set handle = 'person' || ltrim(substr(id, 25), '0')";
    sqlx::query(handles).execute(&mut *tx).await.unwrap();
    let app = "insert into apps (id, name, title, remote_user, created_at, created_by, changed_at) \
               values ($1, 'wiki', 'Wiki', 'handle', $2, 'command_line', $2)";
    sqlx::query(app).bind(APP).bind(now).execute(&mut *tx).await.unwrap();
    let at = "insert into apps_origins (host, origin, app_id) values ($1, $2, $3)";
    sqlx::query(at).bind(HOST).bind(origin.clone()).bind(APP).execute(&mut *tx).await.unwrap();
    let group = "insert into apps_groups (app_id, group_name) values ($1, $2)";
    sqlx::query(group).bind(APP).bind(GROUP).execute(&mut *tx).await.unwrap();

    let mut cookies = Vec::with_capacity(passes);
    for number in 0..passes {
        let token = Token::generate();
        sqlx::query(
            "insert into passes (id, session_id, app_id, origin, token_hash, visit_hash, created_at, redeemed_at, used_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $7, $7)",
        )
        .bind(format!("01900005-0000-7000-8000-{number:012}"))
        .bind(format!("01900001-0000-7000-8000-{number:012}"))
        .bind(APP)
        .bind(origin.clone())
        .bind(token.hash().as_str().to_owned())
        .bind(Token::generate().hash().as_str().to_owned())
        .bind(now)
        .execute(&mut *tx)
        .await
        .unwrap();
        cookies.push(format!("__Host-gate={}", token.reveal()));
    }
    tx.commit().await.unwrap();
    site::close(connection).await;
    cookies
}

/// What a proxy asks before a page of the app, with what a browser sent to it.
pub fn question(cookie: &str) -> Vec<u8> {
    format!(
        "GET {FORWARD_AUTH} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 \
         Firefox/128.0\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Encoding: gzip, \
         deflate, br, zstd\r\nAccept-Language: en-US,en;q=0.5\r\nCookie: {cookie}\r\nSec-Fetch-Dest: document\r\n\
         Sec-Fetch-Mode: navigate\r\nSec-Fetch-Site: none\r\nX-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Host: {HOST}\r\n\
         X-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Uri: /wiki/Main_Page?action=view\r\n\r\n"
    )
    .into_bytes()
}
