//! Settings that stop a start before anything is created. One line names the problem and says what to type.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use vestibule::base::config::setting::Owner;
use vestibule::base::config::{Setting, known};

use crate::folder::Folder;
use crate::support::there_is;

/// A value that this setting does not accept.
fn wrong_value(setting: Setting) -> String {
    let Setting { name, allowed, .. } = setting;
    let bounds = allowed.strip_prefix("a number from ").and_then(|bounds| bounds.split_once(" to "));
    match (name, bounds) {
        (_, Some((low, _))) => (low.parse::<i64>().unwrap() - 1).to_string(),
        ("database_url", _) => "mysql://localhost/x".to_owned(),
        ("smtp_url", _) => "smtp://ada:secret@smtp.example.org".to_owned(),
        ("base_url", _) => "login.example.org/path".to_owned(),
        ("trusted_proxies", _) => "10.0.0.0/8, somewhere".to_owned(),
        ("second_factor_for", _) => "admins, The choir".to_owned(),
        ("signup_groups", _) => "members, The choir".to_owned(),
        // Every text except the empty one is accepted, and an empty variable counts as not set.
        ("smtp_user" | "smtp_password", _) => String::new(),
        _ if allowed.starts_with("a time") => "12".to_owned(),
        _ => " ".to_owned(),
    }
}

#[test]
fn an_invalid_value_of_each_setting_is_refused_with_what_is_allowed() {
    let mut wrong = Vec::new();
    let keys = known::server().filter(|setting| setting.name.starts_with("secret_key"));
    for setting in known::own().chain(keys) {
        let Setting { name, allowed, owner, .. } = setting;
        let (value, variable) = (wrong_value(setting), setting.variable());
        let table = if owner == Owner::Rocket { "default" } else { "default.vestibule" };

        let folder = Folder::new();
        let by_variable = folder.command(&["--port", "0"]).var(&variable, &value);
        let from_variable = format!("{name} (variable {variable}) must be {allowed}");
        folder.write("other.toml", format!("[{table}]\n{name} = {value:?}"));
        let by_file = folder.command(&["--port", "0", "--config", "other.toml"]);
        let from_file = format!("other.toml) must be {allowed}");
        // An empty variable counts as not set.
        let by_variable = (!value.is_empty()).then_some((by_variable, &*from_variable));
        for (run, words) in by_variable.into_iter().chain([(by_file, &*from_file)]) {
            // Collected, so that the first failure does not hide the others.
            wrong.extend(run.finish().not_refused(&[name, words]));
        }
        wrong.extend((folder.snapshot().len() != 1).then(|| format!("{name}: something was made")));
    }
    assert!(wrong.is_empty(), "not refused as it should be: {wrong:#?}");
}

#[test]
fn a_nearly_right_value_is_refused_with_the_right_spelling() {
    let folder = Folder::new();
    let check = |name: &str, value: &str| folder.command(&["check"]).var(name, value).finish();
    let url = "postgres://ada:hush-hush@db/house?sslmod=verify-full";
    let refused = check("VESTIBULE_DATABASE_URL", url).refused(&[
        "database_url (variable VESTIBULE_DATABASE_URL) has the unknown parameter `sslmod`. Did you mean `sslmode`?",
    ]);
    assert!(!refused.err.contains("hush-hush"), "{refused:?}");
    let url = "postgres://ada:hush-hush@db/house?sslmode=on";
    let refused = check("VESTIBULE_DATABASE_URL", url).refused(&[
        "database_url (variable VESTIBULE_DATABASE_URL) has a wrong `sslmode`: sslmode must be disable, allow, prefer, \
         require, verify-ca or verify-full.",
    ]);
    assert!(!refused.err.contains("hush-hush"), "{refused:?}");
    check("VESTIBULE_SMTP_URL", "smtp://smtp.example.org?tls=no").refused(&[
        "smtp_url (variable VESTIBULE_SMTP_URL) has a wrong `tls`: tls must be opportunistic or none.",
    ]);
    check("VESTIBULE_SESSION_IDLE", "30").refused(&["not \"30\". Did you mean \"30s\" or \"30m\"?"]);
    check("VESTIBULE_LIMIT_MAIL_PAUSE", "2").refused(&["not \"2\". Did you mean \"2s\" or \"2m\"?"]);
}

#[test]
fn yes_and_true_mean_the_same() {
    let folder = Folder::new();
    for name in ["VESTIBULE_HSTS_INCLUDE_SUBDOMAINS", "VESTIBULE_UNCONFIRMED_LOGIN"] {
        for value in ["yes", "true", "no", "false"] {
            folder.command(&["check"]).var(name, value).finish().succeeded();
        }
    }
}

#[test]
fn an_idle_timeout_longer_than_the_lifetime_is_refused_with_what_to_type() {
    let folder = Folder::new();
    folder.write("Rocket.toml", "[default.vestibule]\nsession_idle = \"2d\"");
    folder.run(&["check"]).refused(&[
        "session_idle (",
        "Rocket.toml) is \"2d\", which is longer than session_lifetime (default), \"24h\".",
        "Set session_idle = \"24h\", or session_lifetime = \"2d\".",
    ]);
    let shorter = folder.command(&["--port", "0"]).var("VESTIBULE_SESSION_IDLE", "1h");
    shorter.var("VESTIBULE_REMEMBER_LIFETIME", "13d").finish().refused(&[
        "remember_idle (default) is \"14d\", which is longer than remember_lifetime (variable \
         VESTIBULE_REMEMBER_LIFETIME), \"13d\".",
        "Set remember_idle = \"13d\"",
    ]);
    let equal = folder.command(&["check"]).var("VESTIBULE_SESSION_IDLE", "24h");
    equal.var("VESTIBULE_REMEMBER_LIFETIME", "14d").finish().succeeded();
}

#[test]
fn an_empty_secret_file_is_named() {
    let folder = Folder::new();
    folder.write("empty", "\n");
    let empty = folder.path().join("empty").display().to_string();
    for (name, server) in [("secret_key", true), ("database_url", false), ("smtp_password", false)] {
        let prefix = if server { "ROCKET" } else { "VESTIBULE" };
        let variable = format!("{prefix}_{}_FILE", name.to_uppercase());
        let by_variable = folder.command(&["check"]).var(&variable, &empty).finish();
        by_variable.refused(&[&format!("{name}_file (variable {variable})"), &format!("{empty} is empty.")]);
        let table = if server { "default" } else { "default.vestibule" };
        folder.write("other.toml", format!("[{table}]\n{name}_file = \"empty\""));
        let by_setting = folder.run(&["check", "--config", "other.toml"]);
        by_setting.refused(&[&format!("{name}_file ("), "empty is empty."]);
    }
    folder.run(&["move", "--to-file", "empty"]).refused(&["empty is empty. Name a file that holds"]);
    let _site = folder.serve();
    let add = folder.command(&["account", "add", "ada@example.org", "Ada"]);
    add.input("").finish().refused(&["There is no password on stdin."]);
}

#[test]
fn an_invalid_value_of_a_server_setting_is_refused() {
    let folder = Folder::new();
    for (variable, value, words) in [
        (
            "ROCKET_PORT",
            "many",
            "port (variable ROCKET_PORT) must be a number from 0 to 65535, not \"many\".",
        ),
        ("ROCKET_PORT", "70000", "must be a number from 0 to 65535, not \"70000\"."),
        (
            "ROCKET_LOG_LEVEL",
            "loud",
            "log_level (variable ROCKET_LOG_LEVEL) must be off, critical, normal or debug",
        ),
        (
            "ROCKET_LIMITS",
            "{form=\"lots\"}",
            "limits.form (variable ROCKET_LIMITS) must be a size such as \"16KiB\", not \"lots\".",
        ),
        (
            "ROCKET_KEEP_ALIVE",
            "long",
            "keep_alive (variable ROCKET_KEEP_ALIVE) must be a number of seconds, or 0",
        ),
        (
            "ROCKET_LIMITS",
            "{forms=\"16KiB\"}",
            "limits (variable ROCKET_LIMITS) has the unknown key `forms`. Did you mean `form`?",
        ),
        (
            "ROCKET_WORKERS",
            "0",
            "workers (variable ROCKET_WORKERS) must be a number of at least 1, not \"0\".",
        ),
        (
            "ROCKET_MAX_BLOCKING",
            "0",
            "max_blocking (variable ROCKET_MAX_BLOCKING) must be a number of at least 1",
        ),
        ("ROCKET_TEMP_DIR", "/nope", "temp_dir (variable ROCKET_TEMP_DIR) must be a folder that exists"),
        ("ROCKET_SHUTDOWN", "{grase=1}", "has the unknown key `grase`. Did you mean `grace`?"),
    ] {
        folder.command(&["check"]).var(variable, value).finish().refused(&[words]);
    }
    folder
        .command(&[])
        .var("ROCKET_ADDRESS", "here")
        .finish()
        .refused(&["address (variable ROCKET_ADDRESS)"]);
    folder.write("Rocket.toml", "[default]\nport = 99999");
    folder.run(&[]).refused(&["port", "Rocket.toml", "99999"]);
    assert_eq!(folder.snapshot().len(), 1);
}

#[test]
fn an_unknown_variable_is_refused_with_a_suggestion() {
    for (name, words) in [
        ("VESTIBULE_SITE_NAM", "Unknown variable `VESTIBULE_SITE_NAM`. Did you mean `VESTIBULE_SITE_NAME`?"),
        ("VESTIBULE_SECRET_KEY", "Did you mean `ROCKET_SECRET_KEY`?"),
        ("VESTIBULE_PORT", "Did you mean `ROCKET_PORT`?"),
        ("ROCKET_PROT", "Unknown variable `ROCKET_PROT`. Did you mean `ROCKET_PORT`?"),
        ("ROCKET_SITE_NAME", "Did you mean `VESTIBULE_SITE_NAME`?"),
        ("ROCKET_TEMPLATE_DIR", "The variables of the server are: ROCKET_"),
        ("ROCKET_CONFIG", "To name a settings file, use --config FILE."),
        ("VESTIBULE_", "The variables are: VESTIBULE_BASE_URL, "),
        ("VESTIBULE_TESTS", "Unknown variable"),
        ("VESTIBULE_DATABASE_URLS", "Did you mean `VESTIBULE_DATABASE_URL`?"),
        ("VESTIBULE_DATABASE_URL_FIL", "Did you mean `VESTIBULE_DATABASE_URL_FILE`?"),
        (
            "VESTIBULE_SITE_NAME_FILE",
            "Unknown variable `VESTIBULE_SITE_NAME_FILE`. Only secrets can come from a file: VESTIBULE_DATABASE_URL_FILE, \
             VESTIBULE_SMTP_PASSWORD_FILE, ROCKET_SECRET_KEY_FILE.",
        ),
        ("ROCKET_TLS", "Vestibule has no TLS: put a proxy in front (docs/proxy.md)."),
        ("ROCKET_ENV", "Did you mean `ROCKET_PROFILE`?"),
        ("ROCKET_PROFIEL", "Did you mean `ROCKET_PROFILE`?"),
    ] {
        let folder = Folder::new();
        folder.command(&["--port", "0"]).var(name, "x").finish().refused(&[name, words]);
        assert!(folder.snapshot().is_empty());
    }
}

#[test]
fn an_unknown_profile_is_refused() {
    let folder = Folder::new();
    let named = |name: &str| folder.command(&["check"]).var("ROCKET_PROFILE", name).finish();
    named("relase").refused(&["the profile relase", "Did you mean `release`?", "or unset ROCKET_PROFILE."]);
    named("release").succeeded();
    named("").succeeded();
    folder.write("Rocket.toml", "[staging]\nport = 8001");
    named("staging").succeeded();
    named("stagin").refused(&["Unknown table [staging]"]);
}

#[test]
fn a_variable_that_is_not_text_is_refused() {
    for name in ["VESTIBULE_SITE_NAME", "VESTIBULE_DATABASE_URL", "ROCKET_SECRET_KEY"] {
        let folder = Folder::new();
        let run = folder.command(&["--port", "0"]).var(name, OsStr::from_bytes(b"sqlite:\xff"));
        run.finish().refused(&[name, "UTF-8"]);
        assert!(folder.snapshot().is_empty());
    }
}

#[test]
fn on_a_terminal_an_error_is_the_same_line() {
    if !there_is("script", "refusals on a terminal") {
        return;
    }
    let folder = Folder::new();
    let ended = folder.command(&["--port", "0"]).var("VESTIBULE_SITE_NAM", "x").on_a_terminal().finish();
    let line = ended.out.trim_end();
    assert!(line.starts_with("vestibule: Unknown variable `VESTIBULE_SITE_NAM`"), "{ended:?}");
    assert!(!line.contains(['\n', '\u{1b}']) && ended.status == Some(1), "{ended:?}");
}
