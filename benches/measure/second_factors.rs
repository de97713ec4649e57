//! What logs in without a hash, next to logins by password: a passkey without a user name, and a code of an
//! authenticator app in the second step of a login. And the size of the script that passkeys need.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::futures::future::join_all;
use serde_json::Value;
use sqlx::{AnyConnection, Connection as _};
use vestibule::base::secret::SecretKey;
use vestibule::base::totp::{Code, TotpSecret, step_at};
use vestibule::base::webauthn::Algorithm;
use vestibule::base::{Clock, Token, sealed};
use vestibule::testing::{AssertionOptions, Authenticator, Cbor, Ceremony};
use vestibule::web::paths::{LOGIN, LOGIN_PASSKEY, LOGIN_PASSKEY_OPTIONS, PROFILE, SECOND};

use super::client::{Connection, get, post, with_header};
use super::load;
use super::logins::log_in;
use super::pages::CLIENTS;
use super::people;
use super::report::narrow;
use super::scale::Scale;
use super::site::{self, Crowd};
use super::table::{Pair, Row, Table, rate};

/// A login whose password was typed, and that waits for a code of an app.
struct Waiting {
    secret: TotpSecret,
    /// The cookie of the browser in which the password was typed.
    cookie: String,
}

/// In each round, all kinds of logins are measured one after another, so that a ratio is about the same moment.
pub async fn measure(scale: &Scale) -> Table {
    let steps = scale.second_steps * scale.rounds;
    // The first accounts have a passkey, the next ones an app, and the last ones only their password.
    let crowd = Crowd::make(CLIENTS + steps + CLIENTS, 0).await;
    let (devices, waiting) = add_factors(&crowd, steps).await;
    let server = crowd.start().await;
    let (mut passkeys, mut codes) = (Pair::default(), Pair::default());
    for round in waiting.chunks(scale.second_steps) {
        let passwords = load::run(log_in(&server, scale), crowd.log_ins(CLIENTS)).await.rate();
        passkeys.add(by_passkeys(server.address, &devices, scale.pages).await, passwords);
        codes.add(by_codes(server.address, round, scale.pages).await, passwords);
    }
    let mut table = Table::default();
    let mut add = |what: &str, pair: &Pair| {
        let (ours, passwords) = pair.medians();
        let row = Row::alone("P3", format!("{what}, {CLIENTS} clients"), rate(ours));
        table.add(row.against(format!("{}, logins by password", rate(passwords))).ratio(pair.ratio()));
    };
    add("logins by passkey, without a user name", &passkeys);
    add("second steps by a code of an authenticator app", &codes);
    let (sent, plain) = script(server.address).await;
    let row = Row::alone("", "`passkey.js` as it is sent, minified and gzipped", format!("{sent} bytes"));
    table.add(row.against(format!("{plain} bytes, without gzip")));
    table
}

/// Logins by passkey, per second. One client for each device.
async fn by_passkeys(address: SocketAddr, devices: &[Authenticator], lasting: Duration) -> f64 {
    a_second(devices.iter().map(|device| by_passkey(address, device, lasting))).await
}

/// Logs in again and again as the script of the login page does. A login is two requests: the challenge, and the form
/// with its signature. The client makes that on the processor that it shares with the server.
async fn by_passkey(address: SocketAddr, device: &Authenticator, lasting: Duration) -> u32 {
    let (mut connection, begun, mut done) = (Connection::to(address), Instant::now(), 0);
    let (ask, origin) = (get(LOGIN_PASSKEY_OPTIONS, None), format!("http://localhost:{}", address.port()));
    while begun.elapsed() < lasting {
        let answer = connection.send(&ask).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.head);
        let options: Value = serde_json::from_slice(answer.body).unwrap();
        let challenge = URL_SAFE_NO_PAD.decode(options["challenge"].as_str().unwrap()).unwrap();
        let ceremony = Ceremony::new(options["rpId"].as_str().unwrap(), &origin, &challenge);
        let credential = device.assert(&AssertionOptions::new(ceremony)).json().to_string();
        send(&mut connection, &post(LOGIN_PASSKEY, &[("credential", &credential)])).await;
        done += 1;
    }
    done
}

/// Second steps, per second. A code counts once in its 30 seconds, so each one is of another account, whose password
/// was typed before the clock starts. It ends early if no account is left.
async fn by_codes(address: SocketAddr, waiting: &[Waiting], lasting: Duration) -> f64 {
    let left = RefCell::new(waiting.iter());
    let next = || left.borrow_mut().next();
    a_second((0..CLIENTS).map(|_| by_code(address, &next, lasting))).await
}

/// Finishes one login after another by a right code. The whole request counts: the login is found, the attempt is
/// recorded before the code is checked, then the code is used up, and the session is on disk before the answer.
async fn by_code<'w>(address: SocketAddr, next: &dyn Fn() -> Option<&'w Waiting>, lasting: Duration) -> u32 {
    let (mut connection, begun, mut done) = (Connection::to(address), Instant::now(), 0);
    while begun.elapsed() < lasting {
        let Some(waiting) = next() else { break };
        let code = Code::at(&waiting.secret, step_at(Clock::system().now())).reveal();
        let form = with_header(&post(SECOND, &[("code", &code)]), &format!("Cookie: {}", waiting.cookie));
        send(&mut connection, &form).await;
        done += 1;
    }
    done
}

/// Runs clients until the last one ends. What all of them did, per second.
async fn a_second(clients: impl Iterator<Item = impl Future<Output = u32>>) -> f64 {
    let begun = Instant::now();
    let done: u32 = join_all(clients).await.into_iter().sum();
    f64::from(done) / begun.elapsed().as_secs_f64()
}

/// Sends a form that logs in. Any other answer stops the measurement.
async fn send(connection: &mut Connection, form: &[u8]) {
    let answer = connection.send(form).await.unwrap();
    let is_logged_in = answer.status == 303 && answer.header("location") == Some(PROFILE);
    assert!(is_logged_in, "unexpected response: {}\n{}", answer.head, String::from_utf8_lossy(answer.body));
}

/// The size of the script that the login page names, with gzip and without it.
async fn script(address: SocketAddr) -> (usize, usize) {
    let mut connection = Connection::to(address);
    let page = connection.send(&get(LOGIN, None)).await.unwrap();
    let page = String::from_utf8_lossy(page.body).replace("&#x2F;", "/"); // as the templates write a slash
    let ask = get(page.split('"').find(|part| part.starts_with("/static/passkey-")).unwrap(), None);
    let plain = connection.send(&ask).await.unwrap();
    assert_eq!((plain.status, plain.header("content-encoding")), (200, None));
    let plain = plain.body.len();
    let sent = connection.send(&with_header(&ask, "Accept-Encoding: gzip")).await.unwrap();
    assert_eq!((sent.status, sent.header("content-encoding")), (200, Some("gzip")));
    (sent.body.len(), plain)
}

/// Gives the first accounts passkeys, and the next ones an app and a login that waits for its code. The site does not
/// run.
async fn add_factors(crowd: &Crowd, steps: usize) -> (Vec<Authenticator>, Vec<Waiting>) {
    let (mut connection, key) = crowd.open().await;
    let now = Clock::system().now().unix();
    let mut tx = connection.begin().await.unwrap();
    let (mut devices, mut waiting) = (Vec::new(), Vec::new());
    for number in 1..=CLIENTS {
        devices.push(add_passkey(&mut tx, number, now).await);
    }
    for number in CLIENTS + 1..=CLIENTS + steps {
        waiting.push(add_app(&mut tx, &key, number, now).await);
    }
    // They have logged in before, as those who log in by password again and again.
    let turn_on = sqlx::query(
        "update accounts set two_factor_since = $1, logged_in_at = $1, logged_in_browser = 'firefox/linux' \
         where id in (select account_id from totp_apps)",
    );
    turn_on.bind(now).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    site::close(connection).await;
    (devices, waiting)
}

/// Adds a passkey of the algorithm that nearly all authenticators have, synced between devices.
async fn add_passkey(connection: &mut AnyConnection, number: usize, now: i64) -> Authenticator {
    let mut device = Authenticator::new(Algorithm::Es256);
    let user_handle = format!("{number:032}").into_bytes();
    sqlx::query("update accounts set passkey_user_id = $2 where id = $1")
        .bind(people::account_id(number))
        .bind(URL_SAFE_NO_PAD.encode(&user_handle))
        .execute(&mut *connection)
        .await
        .unwrap();
    sqlx::query(
        "insert into passkeys (id, account_id, credential_id, public_key, algorithm, rp_id, name, aaguid, \
         transports, counter, backup_eligible, backed_up, user_verified, discoverable, registration_mode, created_at, \
         created_by) values ($1, $2, $3, $4, $5, 'localhost', 'Passkey', '00000000000000000000000000000000', \
         'internal', 0, 1, 1, 1, 1, 'asked', $6, 'owner')",
    )
    .bind(format!("01900002-0000-7000-8000-{number:012}"))
    .bind(people::account_id(number))
    .bind(URL_SAFE_NO_PAD.encode(&device.credential_id))
    .bind(URL_SAFE_NO_PAD.encode(Cbor::Map(device.public_key()).bytes()))
    .bind(device.algorithm())
    .bind(now)
    .execute(&mut *connection)
    .await
    .unwrap();
    device.user_handle = Some(user_handle);
    device
}

/// Adds an app, and a login whose password was just typed.
async fn add_app(connection: &mut AnyConnection, key: &SecretKey, number: usize, now: i64) -> Waiting {
    let (secret, token, account) = (TotpSecret::generate(), Token::generate(), people::account_id(number));
    sqlx::query(
        "insert into totp_apps (id, account_id, secret, last_step, failed_codes, created_at, created_by) \
         values ($1, $2, $3, 0, 0, $4, 'owner')",
    )
    .bind(format!("01900003-0000-7000-8000-{number:012}"))
    .bind(account.clone())
    .bind(sealed::seal(key, "authenticator app", &account, secret.reveal_bytes()))
    .bind(now)
    .execute(&mut *connection)
    .await
    .unwrap();
    sqlx::query(
        "insert into pending_logins (token_hash, account_id, methods, remember, known_browser, browser, address, \
         created_at, first_at, form) values ($1, $2, 'pwd', 0, 0, 'firefox/linux', '127.0.0.1', $3, $3, '')",
    )
    .bind(token.hash().as_str().to_owned())
    .bind(account)
    .bind(now)
    .execute(&mut *connection)
    .await
    .unwrap();
    let name = format!("pending-login-{}", key.mark());
    Waiting { secret, cookie: people::cookie(key.reveal_bytes(), &name, &token) }
}

/// The section of `docs/benchmarks.md`.
pub fn section(heading: &str, machine: &str, table: &Table) -> String {
    format!("{heading}{WORDS}\n{machine}\n\n{}", narrow(table, "Vestibule", "compared with"))
}

const WORDS: &str = "
What logs in without a hash, in turn with logins by password at the same site. `cargo bench -- second-factors` measures
this section alone. The size of the program (P7) and its start (P6) are in the first table.

- **A login by passkey** is two requests: one for the challenge, and one with its signature (ES256, as nearly all
  authenticators make it). The client signs on the processor that it shares with the server.
- **A second step** is one request with the code that the app shows. A code counts once, so each is of another account.
  Its password was typed before the clock starts: the hash of that login is not measured here.
- **The script** is loaded by pages on which a passkey can be used or added. A browser then keeps it.
";
