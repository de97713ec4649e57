//! What a visitor forges: who they are, what they ask for, and which host they want. No proxy lets it through to the app, and
//! no proxy tells it to the gate.

use crate::http::Request;
use crate::person::Person;
use crate::stage::{Behind, Stage, told};

/// Other names. Some of them are no headers at all.
const NAMES: [&str; 38] = [
    "Remote-User: root",
    "remote-user: root",
    "REMOTE-USER: root",
    "rEMOTE-uSER:root",
    "Remote_User: root",
    "remote_user: root",
    "REMOTE_USER: root",
    "Remote.User: root",
    "Remote~User: root",
    "Remote!User: root",
    "Remote+User: root",
    "Remote'User: root",
    "Remote|User: root",
    "Remote`User: root",
    "Remote User: root",
    "Remote-User : root",
    "Remote-User\t: root",
    "Remote-User\0: root",
    " Remote-User: root",
    "\tRemote-User: root",
    "\u{2028}Remote-User: root",
    "Remote\u{2010}User: root",
    "Remote-User: root\r\nRemote-User: evil",
    "Remote-User: root\r\nRemote_User: root\r\nRemote.User: root",
    "Remote_User: root\r\nRemote-User: ada",
    "Remote-User:",
    "Remote-Groups: admins,editors",
    "Remote_Groups: admins,editors",
    "Remote.Groups: admins,editors",
    "Remote-Email: root@evil.test",
    "Remote_Email: root@evil.test",
    "Remote-Name: Root",
    "Remote.Name: Root",
    "X-Other: a\r\n Remote-User: root",
    "X-Other: a\nRemote-User: root",
    "X-Other: a\rRemote-User: root",
    "TE: trailers\r\nTrailer: Remote-User",
    "Range: bytes=0-\r\nRemote_User: root",
];

/// What is to stay between the visitor and the proxy: a proxy that leaves it out leaves out what it has said itself.
const HIDDEN: [&str; 10] = [
    "close, Remote-User",
    "close, remote-user, remote-groups",
    "close, REMOTE-GROUPS",
    "close\r\nConnection: Remote-Email",
    "close, Remote-User\r\nRemote-User: root",
    "close, Remote-User, Remote_User\r\nRemote_User: root",
    "close, Cookie",
    "close, X-Forwarded-Host, X-Forwarded-Uri, X-Forwarded-Method",
    "close, X-Forwarded-Uri\r\nX-Forwarded-Uri: /public",
    "keep-alive, Remote-User, Upgrade\r\nUpgrade: h2c",
];

pub fn the_app_is_told_no_name_that_a_visitor_forges(stage: &Stage, behind: &Behind) {
    let ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    let page = format!("{}/page", behind.origin);
    let connection = HIDDEN.map(|names| format!("Connection: {names}"));
    for lines in NAMES.iter().map(|lines| (*lines).to_owned()).chain(connection) {
        let answer = behind.ask(&ada.request("GET", &page).with(&lines));
        let asked = behind.app.taken();
        // Whoever it is: all that is true, and nothing else; or no app at all.
        assert!(asked.iter().all(|asked| told(asked) == behind.of_ada()), "{lines:?}: {asked:#?}");
        assert!(!asked.is_empty() || answer.status() != 200, "{lines:?}: {answer:?}");
        assert!(asked.len() <= 1, "{lines:?}: {asked:#?}");
        behind.ask(&behind.request("GET", "/public/x").with(&lines));
        let asked = behind.app.taken();
        assert!(asked.iter().all(|asked| told(asked).is_empty()), "{lines:?} of nobody: {asked:#?}");
        behind.ask(&behind.request("GET", "/page").with(&lines));
        behind.app.saw_nothing(&lines);
    }
}

/// What other headers some server takes for the address, the host or the method. `OTHER` is the host of another app.
const QUESTIONS: [&str; 46] = [
    "X-Forwarded-Uri: /public",
    "x-forwarded-uri: /public",
    "X-Forwarded-Uri: /public\r\nX-Forwarded-Uri: /public",
    "X_Forwarded_Uri: /public",
    "X.Forwarded.Uri: /public",
    "X-Forwarded-URL: /public",
    "X-Forwarded-Path: /public",
    "X-Forwarded-Prefix: /public",
    "X-Original-URL: /public",
    "X-Original-URI: /public",
    "X-Original-Path: /public",
    "X-Original-Url: http://OTHER/public",
    "X-Rewrite-URL: /public",
    "X-Replaced-Path: /public",
    "X-Envoy-Original-Path: /public",
    "X-Auth-Request-Redirect: /public",
    "X-Waf-Original-Path: /public",
    "X-Accel-Redirect: /public",
    "X-Sendfile: /public",
    "X-Forwarded-Host: OTHER",
    "X-Forwarded-Host: OTHER\r\nX-Forwarded-Host: OTHER",
    "X_Forwarded_Host: OTHER",
    "X.Forwarded.Host: OTHER",
    "X-Forwarded-Server: OTHER",
    "X-Original-Host: OTHER",
    "X-Envoy-Original-Host: OTHER",
    "X-Host: OTHER",
    "X-HTTP-Host-Override: OTHER",
    "Forwarded: for=127.0.0.1;host=OTHER;proto=https",
    "X-Forwarded-Method: OPTIONS\r\nOrigin: http://a.test\r\nAccess-Control-Request-Method: PUT",
    "X_Forwarded_Method: OPTIONS\r\nOrigin: http://a.test\r\nAccess-Control-Request-Method: PUT",
    "X-Original-Method: OPTIONS\r\nOrigin: http://a.test\r\nAccess-Control-Request-Method: PUT",
    "X-HTTP-Method-Override: OPTIONS\r\nOrigin: http://a.test\r\nAccess-Control-Request-Method: PUT",
    "X-Forwarded-For: 127.0.0.1",
    "X-Real-IP: 127.0.0.1",
    "X-Forwarded-Proto: https\r\nX-Forwarded-Port: 443",
    "X-Forwarded-Uri: /public\r\nX-Forwarded-Host: OTHER\r\nX-Forwarded-Method: GET",
    "Expect: 100-continue",
    "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
    "Content-Length: 5\r\nContent-Length: 0",
    "Content-Length: -1",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "If-None-Match: *",
    "If-Match: \"x\"",
    "Range: bytes=0-0",
    "Authorization: Basic cm9vdDpyb290",
];

pub fn the_gate_is_not_told_what_a_visitor_forges(stage: &Stage, behind: &Behind) {
    let ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    let other = stage.other(behind).map_or("login.localhost", |other| other.host.as_str());
    for lines in QUESTIONS.map(|lines| lines.replace("OTHER", other)) {
        for (who, path) in [("nobody", "/page"), ("nobody", "/api/notes"), ("Ada", "/admin/users")] {
            let request = match who {
                "Ada" => ada.request("GET", &format!("{}{path}", behind.origin)),
                _ => behind.request("GET", path),
            };
            let answer = behind.ask(&request.with(&lines));
            assert_eq!(answer.header("x-app"), "", "{who} {path} {lines:?}: {answer:?}");
            behind.app.saw_nothing(&lines);
        }
    }
}

pub fn no_number_of_headers_breaks_the_proxy_or_opens_the_app(stage: &Stage, behind: &Behind) {
    let ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    for name in ["Accept", "Cookie", "Origin"] {
        for count in [60, 90, 96, 98, 99, 100, 101, 120] {
            let lines = vec![format!("{name}: a=b"); count].join("\r\n");
            let answer = behind.ask(&behind.request("GET", "/page").with(&lines));
            assert_eq!(answer.header("x-app"), "", "{count} of {name}: {answer:?}");
            behind.app.saw_nothing(&lines);
        }
    }
    let answer = behind.ask(&ada.request("GET", &format!("{}/page", behind.origin)));
    assert_eq!(answer.status(), 200, "the proxy is still there: {answer:?}");
    behind.app.taken();
}

/// Names of a host. `OWN` and `OTHER` are those of two apps, and `PORT` is the proxy's.
const HOSTS: [&str; 42] = [
    "OWN",
    "OWN:PORT",
    "OWN.",
    "OWN.:PORT",
    "OWN:1",
    "OWN:",
    "OWN:99999",
    "OWN:PORT:PORT",
    "OTHER",
    "OTHER:PORT",
    "OTHER.",
    "OTHER\r\nHost: OWN",
    "OWN\r\nHost: OTHER",
    "OWN\r\nHost: OWN",
    "OWN, OTHER",
    "OTHER, OWN",
    "OWN,OTHER",
    "OWN@OTHER",
    "OTHER@OWN",
    "OWN:x@OTHER",
    "OWN OTHER",
    "OWN/OTHER",
    "OWN#OTHER",
    "OWN?OTHER",
    "OWN\\OTHER",
    "OWN%00",
    "OWN%2eOTHER",
    "OWN\tOTHER",
    "evil.test",
    "a.OWN",
    "xOWN",
    "OWNx",
    "OWN..",
    "login.localhost",
    "localhost",
    "127.0.0.1",
    "127.0.0.1:PORT",
    "[::1]",
    "[OWN]",
    "",
    ".",
    "*",
];

/// Whole addresses, as a browser writes them to a proxy of its own.
const TARGETS: [&str; 12] = [
    "http://OWN:PORT/page",
    "http://OWN/page",
    "HTTP://OWN:PORT/page",
    "https://OWN:PORT/page",
    "http://OTHER/page",
    "http://OTHER:PORT/page",
    "http://OTHER@OWN:PORT/page",
    "http://evil.test/page",
    "http:///page",
    "//OTHER/page",
    "http://OWN:PORT",
    "http://OWN:PORT?/page",
];

pub fn no_name_of_a_host_opens_an_app_with_the_pass_of_another(stage: &Stage, behind: &Behind) {
    let (_, port) = behind.origin.rsplit_once(':').unwrap();
    let other = stage.other(behind);
    let other_host = other.map_or("other.localhost", |other| other.host.as_str());
    let fill =
        |text: &str| text.replace("OWN", &behind.host).replace("OTHER", other_host).replace("PORT", port);
    let own =
        Person::let_in(&stage.site, &behind.ada(), &behind.origin).cookie(&behind.origin, "gate-").unwrap();
    let others = other.map(|other| {
        Person::let_in(&stage.site, &behind.ada(), &other.origin).cookie(&other.origin, "gate-").unwrap()
    });
    let (cookies, host) = ([None, others.as_ref(), Some(&own)], format!("{}:{port}", behind.host));
    let upper = behind.host.to_uppercase();
    let by_host = HOSTS.iter().map(|host| fill(host)).chain([upper]);
    let requests = by_host
        .map(|host| Request::get("/page").host(&host))
        .chain(TARGETS.map(|target| Request::get(&fill(target)).host(&host)))
        .chain([Request::get("/page")]);
    for request in requests {
        for cookie in cookies {
            let mut sent = request.clone();
            if let Some(cookie) = cookie {
                sent = sent.with(format!("Cookie: {cookie}"));
            }
            let answer = behind.ask(&sent);
            let asked = behind.app.taken();
            let may = cookie == Some(&own);
            assert!(asked.len() <= usize::from(may), "{sent:?}: {asked:#?}");
            assert!(asked.iter().all(|asked| told(asked) == behind.of_ada()), "{sent:?}: {asked:#?}");
            assert!(may || answer.header("x-app").is_empty(), "{sent:?}: {answer:?}");
        }
    }
}

pub fn nobody_who_may_not_gets_in_by_the_cookie_of_the_login(stage: &Stage, behind: &Behind) {
    let bob = Person::logged_in(&stage.site, &behind.bob());
    let session = bob.cookie(&stage.site.login, "session").unwrap();
    let (_, value) = session.split_once('=').unwrap();
    let ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    let gate = ada.cookie(&behind.origin, "gate-").unwrap();
    let (name, token) = gate.split_once('=').unwrap();
    let long = "x".repeat(3_000);
    for cookie in [
        session.clone(),
        format!("{name}={value}"),
        format!("{name}="),
        name.to_owned(),
        format!("{name}={token}x"),
        format!("{name}={}", &token[1..]),
        format!("{name}=\"{token}\""),
        format!("{name}={}", token.to_lowercase()),
        format!("{name}=%00{token}"),
        format!("{name}={long}"),
        format!("__Host-gate={token}"),
        format!("gate={token}"),
        format!("{}={token}", name.to_uppercase()),
        ";=;=,;".to_owned(),
        "\u{1}".to_owned(),
        "é=ü".to_owned(),
    ] {
        let answer = behind.ask(&behind.request("GET", "/page").with(format!("Cookie: {cookie}")));
        // 500: nginx cannot make anything of it that the gate's server does not read at all.
        assert!(matches!(answer.status(), 400..=500), "{cookie:?}: {answer:?}");
        behind.app.saw_nothing(&cookie);
    }
}
