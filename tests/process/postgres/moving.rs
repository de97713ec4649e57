//! `vestibule move` copies an installation from a file to PostgreSQL and back, completely or not at all.

use std::fs;

use vestibule::base::secret::SecretKey;

use super::cluster::Cluster;
use crate::folder::{Folder, mode};
use crate::support::{Ended, Run};
use crate::visitor::{ADA, PASSWORD, Visitor, rows, sql, texts_of};

/// Options for a server whose data need not survive a crash.
pub const QUICK: [&str; 1] = ["fsync=off"];
/// A password that must not be printed. The server accepts any password.
const HUSH: &str = "hush-hush";
/// Number of accounts, enough to interrupt a move half-way.
pub const MANY: i64 = 20_000;

/// The URL of a database, with a password in it.
fn with_password(url: &str) -> String {
    url.replacen('@', &format!(":{HUSH}@"), 1)
}

/// A command of the site in a folder, on a database, with the folder's key.
pub fn on(folder: &Folder, url: &str, words: &[&str]) -> Run {
    folder.command(words).var("VESTIBULE_DATABASE_URL", url).var("ROCKET_SECRET_KEY_FILE", folder.key())
}

/// Asserts that a move succeeded and printed no password. Returns its output.
pub fn moved(ended: Ended) -> String {
    let said = ended.succeeded().out;
    assert!(!said.contains(HUSH), "{said}");
    said
}

/// Makes the old database usable again, with `vestibule move --undo`.
pub fn undo(folder: &Folder) {
    folder.run(&["move", "--undo"]).succeeded();
}

/// The number next to a table's name.
pub fn count(said: &str, table: &str) -> i64 {
    let line = said.lines().find_map(|line| line.strip_prefix(table)?.trim().parse().ok());
    line.unwrap_or_else(|| panic!("{table} is not in {said}"))
}

/// Ada with only one of her cookies.
fn with_only(ada: &Visitor, cookie: &str) -> Visitor {
    let mut alone = ada.clone();
    alone.jar.retain(|name, _| name == cookie);
    assert_eq!(alone.jar.len(), 1, "{ada:?}", ada = ada.jar);
    alone
}

/// Asserts that the session, the remembered device and the password work at Ada's current site. The token of the
/// device is rotated.
fn everything_works(ada: &mut Visitor) {
    assert!(with_only(ada, "session").is_logged_in(), "the session");
    let mut remembered = with_only(ada, "remember");
    assert!(remembered.is_logged_in(), "the remembered device");
    ada.jar.extend(remembered.jar);
    assert_eq!(Visitor::at(ada.address).log_in(ADA, PASSWORD).leads_to(), "/profile", "the password");
    assert!(ada.is_logged_in());
}

/// A folder in which a site ran, with Ada on a remembered device, and more accounts that were added without the
/// program.
pub fn site_with(more: i64) -> (Folder, Visitor) {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.sign_up(ADA).leads_to(), "/login");
    let fields = [("email", ADA), ("password", PASSWORD), ("remember", "on")];
    assert_eq!(ada.post("/login", &fields).leads_to(), "/profile");
    assert_eq!(server.stop().status, Some(0));
    if more > 0 {
        let text = format!(
            "with recursive n (i) as (select 1 union all select i + 1 from n where i < {more}) \
             insert into accounts (id, email, email_key, name, created_at, updated_at, confirmed_at) \
             select 'id' || i, i || '@Ångström.example', i || '@ångström.example', 'Ł' || i, i, -i, \
             case i % 2 when 0 then i end from n"
        );
        sql(&folder.database(), &[&text]);
    }
    (folder, ada)
}

/// Gives Ada a row in every table of second factors. Her session and her remembered device belong to the passkey.
fn give_second_factors(folder: &Folder) {
    let ada = format!("(select id from accounts where email = '{ADA}')");
    let now = "(select max(created_at) from sessions)";
    let statements = [
        format!("update accounts set passkey_user_id = 'user' where email = '{ADA}'"),
        format!(
            "insert into totp_apps values ('app', {ada}, 'v1.x', 7, 0, null, {now}, 'owner', null, null)"
        ),
        format!(
            "insert into passkeys values ('key', {ada}, 'credential', 'cose', -7, 'login.example.org', 'Łaptop', '00', \
             'internal hybrid', 3, 1, 1, 1, null, 'asked', {now}, 'owner', {now}, null, null)"
        ),
        format!("insert into recovery_sets values ('set', {ada}, '$argon2id$salt', {now}, 'owner', null)"),
        "insert into recovery_codes values ('set', 'one'), ('set', 'two')".to_owned(),
        format!(
            "insert into pending_logins values ('t', {ada}, 'pwd', 1, 0, 'firefox/linux', null, {now}, {now}, '', null)"
        ),
        format!("insert into spent_challenges values ('challenge', {now} + 300)"),
        "update sessions set passkey_id = 'key'".to_owned(),
        "update remember_tokens set passkey_id = 'key'".to_owned(),
    ];
    sql(&folder.database(), &statements.each_ref().map(String::as_str));
}

/// These rows as one text, which is the same after a move and some logins.
const SECOND_FACTORS: &str = "select p.credential_id || p.name || p.counter || coalesce(cast(p.discoverable as text), 'null') \
     || a.secret || a.last_step || d.passkey_id || (select count(*) from recovery_codes c where c.set_id = s.id) \
     from passkeys p join totp_apps a on a.account_id = p.account_id \
     join recovery_sets s on s.account_id = p.account_id join remember_tokens d on d.account_id = p.account_id";

#[test]
#[ignore = "needs PostgreSQL"]
fn an_installation_moves_to_postgresql_and_back_and_keeps_everything() {
    let Some(cluster) = Cluster::start(&QUICK, "vestibule move") else { return };
    let (folder, ada) = site_with(300);
    give_second_factors(&folder);
    let before = folder.snapshot();
    let url = with_password(&cluster.create("house"));

    let said = moved(folder.run(&["move", "--to", &url]));
    assert_eq!(
        (count(&said, "accounts"), count(&said, "remember_tokens"), count(&said, "meta")),
        (301, 1, 1)
    );
    let second_factors = "credentialŁaptop3nullv1.x7key2";
    assert_eq!(cluster.sql("house", SECOND_FACTORS), [second_factors]);
    let tables = "select tablename from pg_tables where schemaname = 'public' and tablename not like '\\_%' \
                  and tablename <> 'open_by'";
    let tables = cluster.sql("house", tables);
    assert!(tables.len() >= 9, "{tables:?}");
    for table in tables {
        let there = cluster.sql("house", &format!("select count(*) from {table}"));
        assert_eq!(there, [count(&said, &table).to_string()], "{table}");
    }
    let key = folder.key().canonicalize().unwrap();
    assert!(said.contains(&format!("ROCKET_SECRET_KEY_FILE={}", key.display())), "{said}");
    assert!(said.contains("VESTIBULE_DATABASE_URL"), "{said}");
    // The old database is unchanged, except for the mark that it was moved.
    assert_eq!((rows(&folder.database(), "accounts"), rows(&folder.database(), "meta")), (301, 2));
    assert!(folder.snapshot().keys().eq(before.keys()));
    let house = format!("was moved to postgres://127.0.0.1:{}/house", cluster.port());
    folder.run(&["--port", "0"]).refused(&[&house, "--undo"]);
    folder.run(&["account", "delete", ADA]).refused(&[&house]);
    let odd = "select name || created_at || updated_at || coalesce(confirmed_at::text, 'null') from accounts where id = 'id7'";
    assert_eq!(cluster.sql("house", odd), ["Ł77-7null"]);

    let server = on(&folder, &url, &["--port", "0"]).start();
    let mut ada = ada.again_at(server.address);
    everything_works(&mut ada);
    assert_eq!(Visitor::at(server.address).sign_up("bea@example.org").leads_to(), "/login");
    assert_eq!(server.stop().status, Some(0));

    // Back to the default path of the file.
    fs::rename(folder.database(), folder.path().join("old.sqlite")).unwrap();
    let back = format!("sqlite:{}", folder.database().display());
    let said = moved(on(&folder, &url, &["move", "--to", &back]).finish());
    assert_eq!(count(&said, "accounts"), 302);
    assert!(said.contains("no VESTIBULE_DATABASE_URL any more"), "{said}");
    assert_eq!((rows(&folder.database(), "accounts"), mode(&folder.database())), (302, 0o600));
    assert_eq!(texts_of(&folder.database(), SECOND_FACTORS), [second_factors]);
    assert_eq!(cluster.sql("house", "select count(*) from accounts"), ["302"]);
    let marked = format!("was moved to {}", folder.database().display());
    on(&folder, &url, &["account", "list"]).finish().refused(&[&marked, "--undo"]);
    let server = folder.serve();
    everything_works(&mut ada.again_at(server.address));
    assert_eq!(server.stop().status, Some(0));
}

#[test]
#[ignore = "needs PostgreSQL"]
fn the_url_can_come_from_a_file_and_is_not_shown() {
    let Some(cluster) = Cluster::start(&QUICK, "vestibule move") else { return };
    let (folder, _) = Folder::of_ada();
    let file = folder.write("address", with_password(&cluster.create("house")) + "\n");
    let said = moved(folder.run(&["move", "--to-file", "address"]));
    let real = file.canonicalize().unwrap();
    assert!(said.contains(&format!("VESTIBULE_DATABASE_URL_FILE={}", real.display())), "{said}");
    assert_eq!(cluster.sql("house", "select count(*) from accounts"), ["1"]);

    // Back again: the output names the setting to remove, which here is a variable.
    fs::rename(folder.database(), folder.path().join("old.sqlite")).unwrap();
    let back = format!("sqlite:{}", folder.database().display());
    let run = folder.command(&["move", "--to", &back]).var("VESTIBULE_DATABASE_URL_FILE", &real);
    let said = moved(run.var("ROCKET_SECRET_KEY_FILE", folder.key()).finish());
    assert!(said.contains("  no VESTIBULE_DATABASE_URL_FILE any more"), "{said}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_that_is_not_empty_is_refused_and_unchanged() {
    let Some(cluster) = Cluster::start(&QUICK, "vestibule move") else { return };
    let (folder, _) = Folder::of_ada();
    let url = with_password(&cluster.create("taken"));
    moved(folder.run(&["move", "--to", &url]));
    let (other, _) = Folder::of_ada();
    let before = other.snapshot();
    let whose = || cluster.sql("taken", "select value from meta union all select id from accounts");
    let there = whose();
    let refused = other.run(&["move", "--to", &url]).refused(&["already", "taken", "empty"]);
    assert!(!refused.err.contains(HUSH), "{refused:?}");
    assert_eq!(whose(), there);

    // A database of another program.
    let url = cluster.create("foreign_tables");
    cluster.sql("foreign_tables", "create table things (id int)");
    other.run(&["move", "--to", &url]).refused(&["another program"]);
    assert_eq!(
        cluster.sql("foreign_tables", "select tablename from pg_tables where schemaname = 'public'"),
        ["things"]
    );
    assert_eq!(other.snapshot(), before);

    // And a file.
    let back = format!("sqlite:{}", other.database().display());
    let taken = cluster.url("taken");
    on(&folder, &taken, &["move", "--to", &back]).finish().refused(&["already", "empty"]);
    assert_eq!(other.snapshot(), before);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_difference_after_copying_is_detected_and_nothing_is_kept() {
    let Some(cluster) = Cluster::start(&QUICK, "vestibule move") else { return };
    let (folder, _) = site_with(2_000);
    // The tables exist, as after an interrupted move, and a trigger changes what is written to them.
    let url = cluster.create("house");
    moved(folder.run(&["move", "--to", &url]));
    undo(&folder);
    cluster.sql("house", "truncate accounts, meta, rate_limits cascade");
    let changes = "create function change() returns trigger language plpgsql as \
                   $$ begin new.updated_at := 0; return new; end $$";
    cluster.sql("house", changes);
    let on_one = "create trigger change before insert on accounts for each row when (new.id = 'id1999') \
                  execute function change()";
    cluster.sql("house", on_one);
    let kept = || cluster.sql("house", "select (select count(*) from accounts), (select count(*) from meta)");
    folder.run(&["move", "--to", &url]).refused(&["Nothing was moved", "accounts", "the same"]);
    assert_eq!(kept(), ["0|0"]);

    cluster.sql("house", "drop trigger change on accounts");
    cluster.sql("house", "insert into failed_logins (key, failures, last_at) values ('k', 1, 1)");
    folder.run(&["move", "--to", &url]).refused(&["Nothing was moved", "failed_logins", "the same"]);
    assert_eq!(kept(), ["0|0"]);

    cluster.sql("house", "delete from failed_logins");
    moved(folder.run(&["move", "--to", &url]));
    assert_eq!(kept(), ["2001|1"]);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn move_and_key_replace_are_refused_while_an_instance_runs() {
    let Some(cluster) = Cluster::start(&QUICK, "vestibule move") else { return };
    let (folder, ada) = site_with(0);
    let url = cluster.create("house");
    moved(folder.run(&["move", "--to", &url]));

    // Also with another URL for the same database, and on a stopped site.
    let named = format!("{url}?application_name=second");
    let server = on(&folder, &named, &["--port", "0"]).start();
    let target = format!("sqlite:{}", folder.path().join("new.sqlite").display());
    let who = format!("process {} on ", server.pid());
    let words = ["running", "Stop", &who, "serves the site (since 20"];
    on(&folder, &url, &["move", "--to", &target]).finish().refused(&words);
    assert!(!folder.path().join("new.sqlite").exists());
    let new = &SecretKey::generate().reveal();
    let replace = || folder.command(&["key", "replace"]).var("VESTIBULE_DATABASE_URL", &url);
    replace().var("ROCKET_SECRET_KEY", new).finish().refused(&["running", "Stop"]);
    let mut ada = ada.again_at(server.address);
    everything_works(&mut ada);
    assert_eq!(server.stop().status, Some(0));

    replace().var("ROCKET_SECRET_KEY", new).finish().succeeded();
    let server = folder.command(&["--port", "0"]).var("VESTIBULE_DATABASE_URL", &url);
    let server = server.var("ROCKET_SECRET_KEY", new).start();
    assert!(!ada.again_at(server.address).is_logged_in());
}
