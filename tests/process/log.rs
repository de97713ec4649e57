//! The log has one line per event on stderr, whatever visitors send, and never contains a secret.

use std::net::TcpListener;

use serde_json::Value;

use crate::folder::Folder;
use crate::support::{Ended, there_is};
use crate::visitor::{Visitor, whole_story};

/// Every line of a log, each a JSON object with a UTC time, a level and a message.
pub fn events(ended: &Ended) -> Vec<Value> {
    let parsed = ended.err.lines().map(|line| {
        let event: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line:?}"));
        let text = |name: &str| event[name].as_str().unwrap_or_else(|| panic!("no {name} in {line:?}"));
        assert!(text("time").parse::<jiff::Timestamp>().is_ok());
        assert!(text("time").ends_with('Z'), "not in UTC: {line}");
        assert!(["error", "warn", "info", "debug"].contains(&text("level")), "{line}");
        assert!(!text("message").is_empty());
        event
    });
    parsed.collect()
}

pub fn named<'a>(events: &'a [Value], name: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["event"] == name).collect()
}

#[test]
fn each_event_is_one_line_of_json_in_utc() {
    let folder = Folder::new();
    let server = folder.serve();
    Visitor::ada(server.address);
    let events = events(&server.stop());
    for name in ["sys_startup", "user_created", "authn_login_success", "sys_shutdown"] {
        assert_eq!(named(&events, name).len(), 1, "{name} in {events:#?}");
    }
}

#[test]
fn each_line_contains_its_request_id() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::at(server.address);
    let signed_up = ada.sign_up("ada@example.org").header("x-request-id").to_owned();
    let refused = ada.log_in("ada@example.org", "wrong").header("x-request-id").to_owned();
    let logged_in = ada.log_in("ada@example.org", crate::visitor::PASSWORD).header("x-request-id").to_owned();
    let events = events(&server.stop());
    for (name, id) in
        [("user_created", signed_up), ("authn_login_fail", refused), ("authn_login_success", logged_in)]
    {
        let event = named(&events, name)[0];
        assert!(id.len() == 16 && event["request_id"] == *id, "{id:?} is not in {event}");
        assert_eq!(event["address"], "127.0.0.1");
    }
}

#[test]
fn a_visitor_without_a_session_causes_no_warning() {
    let folder = Folder::new();
    let server = folder.serve();
    assert!(!Visitor::at(server.address).is_logged_in());
    let events = events(&server.stop());
    assert!(events.iter().all(|event| event["level"] == "info"), "{events:#?}");
}

#[test]
fn the_log_never_contains_a_secret() {
    for level in ["normal", "debug"] {
        let folder = Folder::new();
        let server = folder.command(&["--port", "0"]).var("ROCKET_LOG_LEVEL", level).start();
        let mut ada = Visitor::at(server.address);
        let (email, password, other) =
            ("marker.ada@marked.example", "marker of four odd words", "marker of another");
        let fields = [("email", email), ("name", "Marker Name"), ("password", password)];
        assert_eq!(ada.post("/signup", &fields).leads_to(), "/login");
        let cookies = |ada: &Visitor| {
            let secret = ada.jar.iter().filter(|(name, _)| *name != "_flash"); // its content is no secret
            secret.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        let mut secrets = cookies(&ada);
        ada.post("/signup", &fields);
        ada.log_in(email, other);
        ada.log_in("marker.nobody@marked.example", other);
        ada.log_in(other, other);
        ada.post("/login", &[("email", email), ("password", password), ("remember", "yes")]);
        assert_eq!(ada.jar.keys().filter(|name| ["session", "remember"].contains(&name.as_str())).count(), 2);
        secrets.extend(cookies(&ada));
        assert!(secrets.len() >= 3 && secrets.iter().all(|secret| secret.len() > 20), "{secrets:?}");
        for path in
            ["/profile?token=marker-query", "/marker%20path?email=marker@x", "/login?next=/profile?marker"]
        {
            ada.get(path);
        }
        ada.post("/reauthenticate", &[("password", other)]);
        assert_eq!(ada.post("/reauthenticate", &[("password", password)]).leads_to(), "/profile");
        let mut thief = ada.clone();
        // Three times, since the token before the previous one is still accepted for tabs that open together.
        for _ in 0..3 {
            ada.jar.retain(|name, _| name == "remember");
            assert_eq!(ada.get("/profile").status, 200);
            secrets.extend(cookies(&ada));
        }
        thief.jar.retain(|name, _| name == "remember");
        assert!(!thief.is_logged_in());
        ada.post("/login", &[("email", email), ("password", password), ("remember", "yes")]);
        let chosen = "marker of a chosen one";
        let choose = |old| [("current_password", old), ("new_password", chosen)];
        assert_eq!(ada.post("/settings/password", &choose(other)).status, 422);
        assert_eq!(ada.post("/settings/password", &choose(password)).leads_to(), "/settings/account");
        secrets.extend(cookies(&ada));
        assert_eq!(ada.post("/settings/export", &[]).status, 200);
        let link = folder
            .run(&["account", "link", email, "--reset", "--base-url", "http://localhost:8000"])
            .succeeded()
            .out;
        let path = link[link.find("/reset?").unwrap()..].trim_end();
        assert_eq!(ada.get(path).leads_to(), "/reset");
        secrets.extend(cookies(&ada));
        let password = "marker of a link it is";
        assert_eq!(ada.post("/reset", &[("new_password", password)]).leads_to(), "/login");
        secrets.push(path.split('=').nth(1).unwrap().to_owned());
        ada.post("/login", &[("email", email), ("password", password), ("remember", "yes")]);
        secrets.extend(cookies(&ada));
        ada.headers.push("Authorization: Bearer marker-header".into());
        ada.headers.push("Sec-Fetch-Site: cross-site".into());
        assert_eq!(ada.post("/login", &fields).status, 403);
        ada.headers.clear();
        let set = folder.command(&["account", "set-password", email]).input("marker of yet another");
        let set = set.finish().succeeded();
        let password = "marker of yet another";
        assert_eq!(ada.log_in(email, password).leads_to(), "/profile");
        assert_eq!(ada.post("/settings/close", &[("email", email), ("password", other)]).status, 422);
        assert_eq!(ada.post("/settings/close", &[("email", email), ("password", password)]).leads_to(), "/");
        ada.post("/logout", &[]);
        let ended = server.stop();
        secrets.push(folder.secret_key());
        secrets.extend(["marker", "marked.example", "$argon2"].map(str::to_owned));
        let events = events(&ended);
        assert!(events.len() > 5, "{events:#?}");
        let happened = ["authn_token_reuse", "authn_password_change", "user_exported", "user_deleted"];
        assert!(happened.iter().all(|name| !named(&events, name).is_empty()), "{events:#?}");
        for text in
            [&ended.err, &ended.out, &set.out, &set.err].map(|text| text.replace("/marker%20path", ""))
        {
            for secret in &secrets {
                assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "{secret} is in {text}");
            }
        }
    }
}

#[test]
fn no_input_can_break_a_line_of_the_log() {
    let folder = Folder::new();
    let run = folder.command(&["--port", "0"]).var("ROCKET_LOG_LEVEL", "debug");
    let server = run.var("VESTIBULE_TRUSTED_PROXIES", "127.0.0.1").start();
    let mut mallory = Visitor::at(server.address);
    let hostile = "x\r\n{\"event\":\"forged\"}\n\u{1b}[2J\u{85}\u{2028}y";
    for email in [hostile, &format!("{hostile}@example.org")] {
        mallory.log_in(email, hostile);
        mallory.post("/signup", &[("email", email), ("name", hostile), ("password", hostile)]);
    }
    mallory.headers.push("X-Forwarded-For: 1.2.3.4\u{9}{\"event\":\"forged\"}, \u{85}".into());
    mallory.headers.push("User-Agent: \u{9b}31m \u{2028}".into());
    mallory.log_in("ada@example.org", "wrong");
    mallory.get("/%0d%0a%7b%22event%22:%22forged%22%7d%1b[2J");
    let ended = server.stop();
    let events = events(&ended);
    assert!(!named(&events, "authn_login_fail").is_empty());
    assert!(named(&events, "forged").is_empty(), "{events:#?}");
    let breaks = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    assert!(!ended.err.contains(breaks), "{:?}", ended.err);
}

#[test]
fn a_closed_stderr_does_not_stop_the_site() {
    for stderr in ["exec 2>&-", "exec 2>/dev/full"] {
        let folder = Folder::new();
        let server = folder.command(&["--port", "0"]).after(stderr).start();
        whole_story(server.address);
        assert_eq!(server.stop().status, Some(0), "{stderr}");
    }
    let folder = Folder::new();
    let server = folder.command(&["--port", "0"]).unheard().start();
    whole_story(server.address);
    assert_eq!(server.stop().status, Some(0), "the reader of stderr has gone");
}

#[test]
fn a_refused_start_exits_with_1_even_if_stderr_is_closed() {
    let folder = Folder::new();
    let refused = || folder.command(&["--config", "nowhere.toml"]);
    let unread = [refused().after("exec 2>&-"), refused().after("exec 2>/dev/full"), refused().unheard()];
    for run in unread {
        let ended = run.finish();
        assert_eq!((ended.status, &*ended.out), (Some(1), ""));
    }
}

#[test]
fn on_a_terminal_the_log_is_readable_text() {
    if !there_is("script", "the log on a terminal") {
        return;
    }
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = Folder::new();
    let run = folder.command(&["--port", &taken.local_addr().unwrap().port().to_string()]);
    let ended = run.var("VESTIBULE_BASE_URL", "http://intranet.example").on_a_terminal().finish();
    let mut lines = ended.out.lines();
    let warning = lines.next().unwrap();
    assert!(warning.contains("Z WARN  base_url is http://intranet.example, so passwords"), "{ended:?}");
    assert!(!ended.out.contains('\u{1b}') && !warning.starts_with('{'), "{ended:?}");
    assert!(lines.next().unwrap().starts_with("vestibule: Port "), "{ended:?}");
    assert_eq!((lines.next(), ended.status), (None, Some(1)));
}
