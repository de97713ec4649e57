//! The order of the code, checked on the words of every file below `src`.
//!
//! 1. `lib.rs` and every `mod.rs` is a table of contents in reading order, without code, and a module may use
//!    only those listed above it. A name taken from a table is followed through its `use` lines to the module
//!    that defines it. `main.rs` stands below everything.
//! 2. No file names both Rocket's HTTP and sqlx's queries.
//!
//! Comments and literals do not count, so a path in a string (`#[serde(with = "…")]`) is not seen; neither is
//! what a macro expands to, nor a crate under another name (`use sqlx as s`).

mod dependencies;
mod front_door;
mod house;
mod left_out;
mod source;

use std::io;

use house::{File, House};
use source::sources;

#[test]
fn a_module_uses_only_those_listed_above_it() -> io::Result<()> {
    let found = order(&House::read(&sources()?));
    assert!(found.is_empty(), "the order of the code is broken:\n{}", found.join("\n"));
    Ok(())
}

#[test]
fn no_file_names_both_http_and_sql() -> io::Result<()> {
    let found = mixtures(&House::read(&sources()?));
    assert!(found.is_empty(), "HTTP and SQL belong in files of their own:\n{}", found.join("\n"));
    Ok(())
}

#[test]
fn only_these_files_build_sql_from_parts() -> io::Result<()> {
    let assembled =
        sources()?.into_iter().filter(|(_, text)| text.contains("AssertSqlSafe")).map(|(name, _)| name);
    let known = [
        "base/db/copy.rs",
        "base/db/many.rs",
        "base/db/own/emptied.rs",
        "base/db/own/migrations.rs",
        "base/db/own/rows.rs",
        "base/db/sqlite/open.rs",
        "testing/database.rs",
    ];
    assert_eq!(assembled.collect::<Vec<_>>(), known);
    Ok(())
}

#[test]
fn only_verified_credentials_authenticate_and_only_the_authenticated_start_a_session() -> io::Result<()> {
    let sources = sources()?;
    let with = |words: &str| -> Vec<_> {
        let code = |text: &String| text.split("#[cfg(test)]").next().unwrap_or_default().contains(words);
        sources.iter().filter(|(_, text)| code(text)).map(|(name, _)| name.as_str()).collect()
    };
    // The last one is not in the program: it logs visitors in to the empty site of a test.
    let known =
        ["services/passwords/verified.rs", "services/second_factor/verified.rs", "testing/logged_in.rs"];
    assert_eq!(with("Authenticated::by("), known);
    assert_eq!(with("Authenticated::by_device("), ["people/sessions/reopen.rs"]);
    assert_eq!(with("Authenticated::by_passkey("), ["services/passkeys/log_in.rs", "testing/logged_in.rs"]);
    // A second factor, and a pending login, which is not enough without one.
    let adds = |text: &str| text.contains("Authenticated") && text.contains(".and(");
    let adding = sources.iter().filter(|(_, text)| adds(text)).map(|(name, _)| name.as_str());
    let known = [
        "features/security/finish.rs", // an app that was set up
        "forged.rs",                   // what does not compile
        "people/sessions/authenticated.rs",
        "services/passkeys/second.rs",
        "services/second_factor/verified.rs",
        "testing/logged_in.rs",
    ];
    assert_eq!(adding.collect::<Vec<_>>(), known);
    // Where two-factor authentication is on, a touch shows that it is still the same user, and logs no one in.
    let asks_again =
        |text: &str| text.contains("VerifiedSameUser") || text.contains("passkeys::reauthenticate(");
    let starting = sources.iter().filter(|(_, text)| asks_again(text) && text.contains("sessions::start("));
    assert_eq!(starting.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(
        with("Authenticated::of_session("),
        ["people/sessions/enrolling.rs", "people/sessions/guard.rs"]
    );
    assert_eq!(with("Authenticated::kept("), ["people/sessions/pending.rs"]);
    assert_eq!(
        with("finish_pending("),
        ["features/login/passkey.rs", "features/login/second.rs", "people/sessions/pending.rs"]
    );
    assert_eq!(with("Authenticated { account"), ["people/sessions/authenticated.rs"]);
    assert_eq!(with("insert into sessions"), ["people/sessions/new_session.rs"]);
    // A session's way into an app, and what the app is told of its user.
    assert_eq!(with("insert into passes"), ["people/passes/store.rs"]);
    assert_eq!(with("set_raw_header(\"Remote-User\""), ["features/gate/answer.rs"]);
    assert_eq!(with("set authenticated_at"), ["people/sessions/store.rs"]);
    Ok(())
}

/// An app is told when an account begins and goes, so each such function is called in one place.
#[test]
fn an_account_begins_and_goes_in_one_place() -> io::Result<()> {
    let sources = sources()?;
    let with = |words: &str| -> Vec<_> {
        sources.iter().filter(|(_, text)| text.contains(words)).map(|(name, _)| name.as_str()).collect()
    };
    assert_eq!(
        with("accounts::insert("),
        ["features/import/account.rs", "features/signup/register.rs", "testing/logged_in.rs"]
    );
    assert_eq!(with("insert into accounts"), ["people/accounts/many.rs", "people/accounts/store.rs"]);
    assert_eq!(with("accounts::insert_confirmed("), ["features/state/execute.rs"]);
    assert_eq!(with("delete from accounts"), ["people/accounts/store.rs"]);
    assert_eq!(with("accounts::confirm("), ["people/belongings/begin.rs"]);
    assert_eq!(with("accounts::set_email("), ["people/belongings/begin.rs"]);
    assert_eq!(with("accounts::delete("), ["people/belongings/leave.rs"]);
    Ok(())
}

/// Expensive work runs behind a gate and is counted first, so each such function is called in one place.
#[test]
fn expensive_work_is_called_in_one_place() -> io::Result<()> {
    let sources = sources()?;
    let with = |words: &str| -> Vec<_> {
        let code = |text: &String| text.split("#[cfg(test)]").next().unwrap_or_default().contains(words);
        sources.iter().filter(|(_, text)| code(text)).map(|(name, _)| name.as_str()).collect()
    };
    assert_eq!(with("hash_password_into"), ["base/hashing.rs"]);
    assert_eq!(with("self.gate.run("), ["base/hashing.rs"]);
    assert_eq!(with("hashing.verify"), ["services/passwords/check.rs"]);
    assert_eq!(with("hashing.hash_with"), ["base/recovery_code.rs"]);
    assert_eq!(with("zxcvbn("), ["services/passwords/guess.rs"]);
    assert_eq!(with(".weakness()"), ["services/passwords/rules.rs"]);
    assert_eq!(with("judging.run("), ["services/passwords/rules.rs"]);
    Ok(())
}

/// The codes are names in the database, and two limits with the same one would count together.
#[test]
fn each_rate_limit_has_a_code_of_its_own() -> io::Result<()> {
    let mut codes = Vec::new();
    for (name, text) in sources()? {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for limit in text.split("LimitedAction {").skip(1) {
            let code = limit.split_once("code: \"").and_then(|(_, code)| code.split_once('"'));
            codes.extend(code.map(|(code, _)| (code.to_owned(), name.clone())));
        }
    }
    codes.sort();
    let twice: Vec<_> = codes.windows(2).filter(|two| two[0].0 == two[1].0).collect();
    assert!(twice.is_empty() && codes.len() >= 14, "{twice:?} of {codes:?}");
    Ok(())
}

/// A small tree of files in order, with paths of every form: one file per line, `¶` for a line break in its text.
const HOUSE: &str = r##"
lib.rs | //! Docs.¶#![allow(dead_code)]¶pub mod base;¶pub mod people;¶pub mod features;
main.rs | fn main() { vestibule::features::run() }
base.rs | /* crate::features /* nested */ crate::people */ #[database("x")] struct Site<'a>(&'a str);¶fn f() { sqlx::query("") }
people/mod.rs | mod accounts;¶mod sessions;¶pub use accounts::{Account as Person, Id};¶pub use self::sessions::User;
people/accounts.rs | use crate::base::Site;¶// crate::features¶const A: &str = r#"" crate::features"#;
people/sessions/mod.rs | pub(crate) mod store;¶mod guard;¶pub use guard::User;
people/sessions/store.rs | use crate::{base::{self, Site}, people::Id};¶pub(in crate::people) fn f(e: sqlx::Error) {}
people/sessions/guard.rs | use super::{super::Person, store::*};¶mod tests { use super::*; mod a { use super::super::U; } }
features.rs | use rocket::form::Form;¶fn f(_: crate::people::User) -> [char; 2] { ['"', '\''] }¶const A: &str = "\"crate::x";
"##;

/// One changed file of `HOUSE`, and the expected error.
const BREACHES: &str = r#"
people/accounts.rs | ¶¶use crate::features::run; | 3: may not use features: src/lib.rs lists it below people
people/accounts.rs | fn f() { let c = '\''; crate::features::run::<u8>() } | may not use features
people/accounts.rs | macro_rules! m { () => { $crate::features::run() } } | may not use features
people/accounts.rs | use super::super::features as f; | may not use features
people/accounts.rs | mod tests { use super::super::super::features; } | may not use features
people/accounts.rs | mod tests { use super::*; }¶use super::super::features; | 2: may not use features
people/accounts.rs | use crate::{base::Site,¶people::{Id, Account},¶features::{run,},¶}; | 3: may not use features
people/accounts.rs | use {crate::base::{self}, crate::features::{self}}; | may not use features
people/accounts.rs | const A: (char, char, &str) = ('\'','"', "\\"); use crate::features; | may not use features
people/accounts.rs | use super::sessions::User; | people::sessions: src/people/mod.rs lists it below people::accounts
people/accounts.rs | use crate::people::User; | may not use people::sessions
people/accounts.rs | type U = super::User; | may not use people::sessions
people/sessions/store.rs | use crate::people::User; | may not use people::sessions::guard
people/sessions/store.rs | fn f() { super::guard::check() } | may not use people::sessions::guard
people/accounts.rs | use crate::people::No; | may not use people::No: src/people/mod.rs lists no such module
people/accounts.rs | use crate::people::{self}; | may not use crate::people as a whole
people/accounts.rs | use super::*; | may not use crate::people as a whole
people/accounts.rs | use crate as root; | may not use crate as a whole
people/accounts.rs | use self::super::super::features; | may not use features
people/sessions/mod.rs | mod store;¶mod guard;¶pub use guard::User;¶pub struct Id; | 4: a table of contents holds no code
people/sessions/mod.rs | mod store;¶mod guard {¶pub struct User; } | 2: a table of contents holds no code
people/sessions/mod.rs | mod store;¶mod guard;¶pub use crate::features::run; | 3: may not use features
people/sessions/new.rs | pub struct New; | stands in no table of contents
main.rs | mod tools; | 1: lists `mod tools;` but is no mod.rs
features.rs | use rocket::{State, http::Method};¶type Q = sqlx::Row; | 2: may not use sqlx::Row together with rocket::http::Method (line 1)
features.rs | use sqlx::{Error, query_as};¶#[get("/")] fn f() {} | may not use sqlx::query_as together with get (line 2)
features.rs | use sqlx::query_scalar;¶use crate::base::Redirect; | may not use sqlx::query_scalar together with Redirect
"#;

/// The errors in `HOUSE` with one more line.
fn found_with(line: &str) -> String {
    let files = HOUSE.lines().chain([line]).filter_map(|line| line.split_once(" | "));
    let sources = files.map(|(name, text)| (name.to_owned(), text.replace('¶', "\n"))).collect();
    let house = House::read(&sources);
    [order(&house), mixtures(&house)].concat().join("\n")
}

#[test]
fn a_house_in_order_passes() {
    assert_eq!(found_with(""), "");
}

#[test]
fn each_violation_is_reported() {
    for (written, told) in BREACHES.lines().filter_map(|line| line.rsplit_once(" | ")) {
        let (found, name) = (found_with(written), written.split(' ').next().unwrap_or_default());
        let is_told = |line: &str| line.starts_with(&format!("src/{name}:")) && line.contains(told);
        assert!(found.lines().any(is_told), "{written}\nexpected: {told}\nfound: {found}");
    }
}

#[test]
fn all_violations_are_reported_together() {
    let found = found_with(
        "people/accounts.rs | use crate::features::a;¶use crate::features::b; type U = super::User;",
    );
    assert_eq!(found.lines().count(), 3, "{found}");
}

// ---- The two rules

fn order(house: &House) -> Vec<String> {
    let mut found = Vec::new();
    for file in &house.0 {
        if let (false, Some(child)) = (file.is_table, file.children.first()) {
            found.push((file.name, 1, format!("lists `mod {child};` but is no mod.rs")));
        }
        if file.name == "main.rs" {
            continue;
        }
        if !house.lists(&file.module) {
            found.push((file.name, 1, "stands in no table of contents".to_owned()));
            continue;
        }
        if let (true, Some(line)) = (file.is_table, file.code) {
            found.push((file.name, line, "a table of contents holds no code".to_owned()));
        }
        for used in &file.uses {
            if let Some(Err(why)) = file.absolute(&used.path).map(|path| house.judge(&file.module, &path)) {
                found.push((file.name, used.line, why));
            }
        }
    }
    found.sort();
    found.dedup();
    found.into_iter().map(|(name, line, why)| format!("src/{name}:{line}: {why}")).collect()
}

fn mixtures(house: &House) -> Vec<String> {
    let mixture = |file: &File| {
        let (line, sql) = file.first("sqlx", is_sql, &[])?;
        let (http_line, http) = file.first("rocket", is_http, HTTP_WORDS)?;
        Some(format!("src/{}:{line}: may not use {sql} together with {http} (line {http_line})", file.name))
    };
    house.0.iter().filter_map(mixture).collect()
}

/// Names of sqlx that mean SQL. `Error` is missing on purpose: an error type may contain one.
fn is_sql(name: &str) -> bool {
    name.starts_with("query")
        || ["raw_sql", "Execute", "Executor", "FromRow", "QueryBuilder", "Row", "*"].contains(&name)
}

/// Names and attributes of Rocket that mean HTTP.
#[rustfmt::skip]
fn is_http(name: &str) -> bool {
    matches!(
        name,
        "http" | "request" | "response" | "form" | "data" | "route" | "routes" | "catcher" | "catchers" | "uri" | "fs"
        | "Request" | "Response" | "Responder" | "FromForm" | "FromFormField" | "Data" | "Route" | "Catcher" | "local"
        | "get" | "put" | "post" | "delete" | "head" | "options" | "patch" | "catch" | "*"
    )
}

/// Words that mean HTTP wherever they come from.
const HTTP_WORDS: &[&str] =
    &["CookieJar", "Cookies", "Flash", "FromForm", "FromRequest", "Redirect", "Responder", "Visit"];
