//! No secret of a visitor is stored anywhere: every flow is walked with recognizable ones, and the files are
//! searched for them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::http::private::cookie::{Cookie, CookieJar, Key};

use crate::support::{Answer, Setup, Visitor};

const RIGHT: &str = "marker-right of four odd words";
const WRONG: &str = "marker-wrong of four odd words";
const CHOSEN: &str = "marker-chosen of four odd words";
const RESET: &str = "marker-reset of four odd words";

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// A visitor who records every cookie that they get and every page that they see.
struct Watched<'s> {
    visitor: Visitor<'s>,
    answers: Vec<Answer>,
    cookies: Vec<(String, String)>,
}

impl Watched<'_> {
    fn submit(&mut self, path: &str, fields: &[(&str, &str)]) {
        let answer = self.visitor.submit(path, fields);
        self.keep(answer);
    }

    fn get(&mut self, path: &str) {
        let answer = self.visitor.get(path);
        self.keep(answer);
    }

    fn keep(&mut self, answer: Answer) {
        self.cookies.extend(self.visitor.jar.iter().cloned());
        self.answers.push(answer);
    }
}

#[test]
fn no_secret_is_in_the_database_its_log_a_notice_or_a_page() {
    let site = Setup::new().patient().with("limit_free_guesses", "3").build();
    let mut ada = Watched { visitor: site.visitor(), answers: Vec::new(), cookies: Vec::new() };
    let (email, log_in) = (("email", "ada@example.org"), "/login");
    ada.submit("/signup", &[email, ("name", "Ada"), ("password", "marker-1")]);
    for _ in 0..2 {
        ada.submit("/signup", &[email, ("name", "Ada"), ("password", RIGHT)]);
        ada.get("/signup");
    }
    for _ in 0..5 {
        ada.submit(log_in, &[email, ("password", WRONG)]); // the last ones have to wait
        ada.get(log_in);
    }
    ada.submit(log_in, &[("email", WRONG), ("password", WRONG)]);
    site.clock.advance(60);
    ada.submit(log_in, &[email, ("password", RIGHT), ("remember", "yes")]);
    ada.submit("/reauthenticate", &[("password", WRONG), ("next", "/profile")]);
    ada.submit("/reauthenticate", &[("password", RIGHT), ("next", "/profile")]);
    for path in ["/", "/settings/devices", "/settings/activity", "/reauthenticate", "/nowhere"] {
        ada.get(path);
    }
    ada.submit("/settings/devices/end-others", &[]);
    let copy = ada.visitor.clone();
    for _ in 0..2 {
        ada.visitor.jar.retain(|(name, _)| name == "remember");
        ada.get("/profile");
    }
    site.clock.advance(61);
    let mut thief = Watched { visitor: copy, answers: Vec::new(), cookies: Vec::new() };
    thief.visitor.jar.retain(|(name, _)| name == "remember");
    thief.get("/profile");
    site.clock.advance(60);
    ada.submit(log_in, &[email, ("password", RIGHT), ("remember", "yes")]);
    ada.get("/profile");
    ada.submit("/settings/password", &[("current_password", WRONG), ("new_password", CHOSEN)]);
    ada.submit("/settings/password", &[("current_password", RIGHT), ("new_password", "marker-2")]);
    ada.submit("/settings/password", &[("current_password", RIGHT), ("new_password", CHOSEN)]);
    ada.submit("/settings/export", &[]);
    let link = site.reset_link(email.1);
    ada.get(&link);
    ada.get("/reset");
    ada.submit("/reset", &[("new_password", "marker-3")]);
    ada.submit("/reset", &[("new_password", RESET)]);
    ada.submit(log_in, &[email, ("password", RESET), ("remember", "yes")]);
    ada.submit("/logout", &[]);
    ada.get("/");
    let events =
        "select count(*) from audit where event in ('password_changed', 'exported', 'password_reset')";
    assert_eq!(site.number(events), 3, "all of the flows happened");
    assert_eq!(
        site.number("select count(*) from audit where event = 'device_reused'"),
        1,
        "all of the flows happened"
    );
    assert!(ada.answers.iter().any(|answer| answer.status.code == 429));

    let written = site.written();
    ada.submit(log_in, &[email, ("password", RESET), ("remember", "yes")]);
    ada.submit("/settings/close", &[email, ("password", WRONG)]);
    ada.submit("/settings/close", &[email, ("password", RESET)]);
    assert_eq!(site.number("select count(*) from accounts"), 0);

    let token = link.split("token=").nth(1).unwrap().to_owned();
    let mut secrets: Vec<String> = vec!["marker-".into(), token];
    let key = Key::derive_from(site.key.reveal_bytes());
    ada.cookies.extend(thief.cookies);
    for (name, value) in ada.cookies {
        if name == "_flash" {
            assert!(!value.contains("marker") && !value.contains("example"), "{value}");
            continue;
        }
        let mut jar = CookieJar::new();
        let sealed = site.cookie_name(&name);
        jar.add_original(Cookie::new(sealed.clone(), value.clone()));
        let plain = jar.private(&key).get(&sealed).map(|cookie| cookie.value().to_owned()).unwrap();
        // What was typed is not a secret; a device's ID comes before its token.
        if ["session", "remember", "reset"].contains(&&*name) {
            let token = plain.rsplit('.').next().unwrap().to_owned();
            assert_eq!(URL_SAFE_NO_PAD.decode(&token).unwrap().len(), 32, "{name}");
            secrets.push(token);
        }
        secrets.push(value);
    }
    secrets.sort();
    secrets.dedup();
    assert!(secrets.len() > 15, "{}", secrets.len());
    assert!(
        contains(&written, "ada@example.org") && contains(&written, "device_reused"),
        "the search itself works"
    );
    let after_closing = site.written();
    for secret in &secrets {
        assert!(!contains(&written, secret), "{secret} is in the database");
        assert!(!contains(&after_closing, secret), "{secret} is in the database after closing");
        for answer in ada.answers.iter().chain(&thief.answers) {
            assert!(!answer.body.contains(secret), "{secret} is on a page");
        }
    }
}
