//! What people and programs meet behind each proxy.

use serde_json::Value;

use crate::http::{Request, WebSocket};
use crate::person::{Person, navigation};
use crate::proxy::Proxy;
use crate::stage::{Behind, Stage, told};

/// A body that is larger than any buffer on the way.
fn large() -> Vec<u8> {
    (0..200_000u32).map(|number| (number % 251) as u8).collect()
}

pub fn a_stranger_is_led_to_the_login_and_the_app_hears_nothing(stage: &Stage, behind: &Behind) {
    let login = &stage.site.login;
    let mut stranger = Person::stranger(&stage.site);
    let answer = stranger.opens(&format!("{}/page?a=b&c=%2F", behind.origin));
    assert_eq!(answer.status(), 303, "{answer:?}");
    assert!(answer.header("location").starts_with(&format!("{login}/gate?to=")), "{answer:?}");
    let set: Vec<_> = answer.all("set-cookie").collect();
    assert!(
        set.len() == 1 && set[0].starts_with("visit-") && set[0].contains("; HttpOnly; SameSite=Lax"),
        "{set:?}"
    );
    let way = stranger.walks(&format!("{}/page", behind.origin));
    assert!(way.last().starts_with(&format!("{login}/login?next=")), "{way:?}");
    assert_eq!(way.end.status(), 200, "{way:?}");
    assert!(way.end.text().contains(&format!("Wiki of {}", behind.name())), "the page says where it leads");
    behind.app.saw_nothing("a stranger");
}

pub fn a_program_of_nobody_gets_a_401_that_a_program_can_read(stage: &Stage, behind: &Behind) {
    for lines in [
        "Accept: */*",
        "Accept: application/json",
        "Accept: text/html\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Site: same-origin",
        "Accept: image/avif,*/*\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image",
        "Accept: */*\r\nX-Requested-With: XMLHttpRequest",
        "Accept: */*\r\nAuthorization: Basic YWRhOmNvcnJlY3QgaG9yc2UgYmF0dGVyeQ==",
        "Accept: */*\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    ] {
        let answer = behind.ask(&behind.request("GET", "/page").with(lines));
        assert_eq!(answer.status(), 401, "{lines}: {answer:?}");
        let body: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(body["error"]["code"], 401, "{lines}");
        assert_eq!(body["error"]["login"], format!("{}/login", stage.site.login), "{lines}");
        assert_eq!(answer.header("www-authenticate"), "", "no browser asks for a password");
        assert_eq!(answer.header("location"), "");
        behind.app.saw_nothing(lines);
    }
}

pub fn the_way_in_ends_at_the_page_and_the_app_is_told_who_is_there(stage: &Stage, behind: &Behind) {
    let mut ada = Person::logged_in(&stage.site, &behind.ada());
    let page = format!("{}/a%2Fb?c=d&e=%2F", behind.origin);
    let way = ada.walks(&page);
    assert_eq!((way.end.status(), way.end.header("x-app")), (200, behind.name()), "{way:?}");
    let asked = behind.app.taken_one();
    assert_eq!((asked.method(), asked.target().to_lowercase()), ("GET", "/a%2fb?c=d&e=%2f".to_owned()));
    assert_eq!(told(&asked), behind.of_ada());
    // To the gate, in, and back.
    assert_eq!(way.steps.len(), 4, "{way:?}");
    assert!(ada.cookie(&behind.origin, "gate-").is_some() && ada.cookie(&behind.origin, "visit-").is_none());
    let again = ada.opens(&page);
    assert_eq!(again.status(), 200, "{again:?}");
    assert_eq!(told(&behind.app.taken_one()), behind.of_ada());
}

pub fn an_open_path_needs_nobody_and_knows_who_is_there_all_the_same(stage: &Stage, behind: &Behind) {
    assert_eq!(behind.ask(&behind.request("GET", "/public/logo.png")).status(), 200);
    assert!(told(&behind.app.taken_one()).is_empty());
    let mut ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    assert_eq!(ada.calls(&format!("{}/public/logo.png", behind.origin)).status(), 200);
    assert_eq!(told(&behind.app.taken_one()), behind.of_ada());
}

pub fn a_large_form_arrives_whole_or_not_at_all(stage: &Stage, behind: &Behind) {
    let body = large();
    let address = format!("{}/form", behind.origin);
    let nobody = behind.ask(&behind.request("POST", "/form").with("Accept: */*").body(&body));
    assert!(matches!(nobody.status(), 0 | 401), "{nobody:?}");
    behind.app.saw_nothing("a form of nobody");
    let mut ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    let request = ada.request("POST", &address);
    for sent in [request.clone().body(&body), request.pieces(&body)] {
        let answer = ada.sends(&address, &sent);
        assert_eq!(answer.status(), 200, "{answer:?}");
        let asked = behind.app.taken_one();
        assert_eq!((asked.method(), told(&asked)), ("POST", behind.of_ada()));
        assert!(asked.body == body, "{} bytes arrived", asked.body.len());
    }
}

pub fn a_form_that_came_too_late_leads_back_to_its_page(stage: &Stage, behind: &Behind) {
    let mut ada = Person::logged_in(&stage.site, &behind.ada());
    let address = format!("{}/edit", behind.origin);
    for (referer, page) in
        [(format!("{}/notes?id=7", behind.origin), "/notes?id=7"), ("http://evil.test/x".to_owned(), "/")]
    {
        let request = navigation(ada.request("POST", &address)).with(format!("Referer: {referer}"));
        let answer = ada.sends(&address, &request.body(b"a=b"));
        assert_eq!(answer.status(), 303, "{answer:?}");
        behind.app.saw_nothing("a form of nobody");
        let way = ada.walks(answer.header("location"));
        assert_eq!(way.end.status(), 200, "{way:?}");
        let asked = behind.app.taken_one();
        assert_eq!((asked.method(), asked.target()), ("GET", page), "{referer}");
        ada = Person::logged_in(&stage.site, &behind.ada());
    }
}

pub fn a_websocket_opens_for_those_who_may(stage: &Stage, behind: &Behind) {
    let asks = |request: Request| {
        WebSocket::open(
            behind.at,
            request.with("Sec-Fetch-Mode: websocket").with(format!("Origin: {}", behind.origin)),
        )
    };
    let refused = asks(behind.request("GET", "/socket")).err().expect("a stranger gets no WebSocket");
    assert_eq!(refused.status(), 401, "{refused:?}");
    behind.app.saw_nothing("a WebSocket of nobody");
    let ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    let mut socket = asks(ada.request("GET", &format!("{}/socket", behind.origin)))
        .map_err(|answer| format!("{answer:?}"))
        .unwrap();
    assert_eq!(told(&behind.app.taken_one()), behind.of_ada());
    assert_eq!((socket.says("hello"), socket.says("größe")), ("hello".to_owned(), "größe".to_owned()));
}

pub fn who_may_not_is_told_so(stage: &Stage, behind: &Behind) {
    let Behind { origin, app, .. } = behind;
    let mut bob = Person::logged_in(&stage.site, &behind.bob());
    let way = bob.walks(&format!("{origin}/page"));
    assert!(way.last().starts_with(&stage.site.login) && way.end.status() == 403, "{way:?}");
    assert!(way.end.text().contains(&format!("You may not use Wiki of {}", behind.name())), "{way:?}");
    assert_eq!(bob.calls(&format!("{origin}/page")).status(), 401, "he has no pass");
    // Ada may use the app, and not all of it; Eve may use only the rest.
    let mut ada = Person::let_in(&stage.site, &behind.ada(), origin);
    assert_eq!(ada.calls(&format!("{origin}/admin/users")).status(), 403);
    let way = ada.walks(&format!("{origin}/admin/users"));
    assert!(way.last().starts_with(&stage.site.login) && way.end.status() == 403, "{way:?}");
    app.saw_nothing("those who may not");
    let mut eve = Person::logged_in(&stage.site, &behind.eve());
    let way = eve.walks(&format!("{origin}/admin/users"));
    assert_eq!((way.end.status(), app.taken_one().target()), (200, "/admin/users"));
    let refused = eve.calls(&format!("{origin}/page"));
    let body: Value = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!((refused.status(), &body["error"]["code"]), (403, &Value::from(403)));
    app.saw_nothing("Eve, who may use only a part");
}

pub fn a_logout_is_felt_by_the_next_request(stage: &Stage, behind: &Behind) {
    let page = format!("{}/page", behind.origin);
    let mut ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    let mut elsewhere = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    assert_eq!((ada.calls(&page).status(), elsewhere.calls(&page).status()), (200, 200));
    behind.app.taken();
    ada.logs_out();
    assert_eq!(ada.calls(&page).status(), 401);
    let open = behind.ask(&ada.request("GET", &format!("{}/public/x", behind.origin)));
    assert_eq!((open.status(), told(&behind.app.taken_one())), (200, vec![]), "nobody is there any more");
    assert!(ada.walks(&page).last().contains("/login?next="));
    behind.app.saw_nothing("who has logged out");
    assert_eq!(elsewhere.calls(&page).status(), 200, "another session goes on");
    behind.app.taken();
    let out = elsewhere.opens(&format!("{}/.vestibule/out", behind.origin));
    assert_eq!((out.status(), out.header("location")), (303, &*format!("{}/logout", stage.site.login)));
}

pub fn a_browser_that_keeps_no_cookie_is_told_so_and_goes_round_nowhere(stage: &Stage, behind: &Behind) {
    for (refuses, says) in [
        (&["visit-", "gate-"][..], "did not keep the cookie"),
        (&["gate-"][..], "was set and did not come back"),
    ] {
        let mut ada = Person::logged_in(&stage.site, &behind.ada());
        ada.refuses = refuses;
        let way = ada.walks(&format!("{}/page", behind.origin));
        assert!(way.last().starts_with(&format!("{}/gate/trouble?", stage.site.login)), "{way:?}");
        assert!(way.end.text().contains(says) && way.end.text().contains(&behind.host), "{way:?}");
        behind.app.saw_nothing("a browser without cookies");
    }
}

pub fn a_preflight_passes_where_the_app_says_so(_: &Stage, behind: &Behind) {
    let asks = |path: &str| {
        behind
            .request("OPTIONS", path)
            .with("Origin: http://evil.test")
            .with("Access-Control-Request-Method: PUT")
    };
    assert_eq!(behind.ask(&asks("/api/notes")).status(), 200);
    let asked = behind.app.taken_one();
    assert_eq!((asked.method(), told(&asked)), ("OPTIONS", vec![]));
    assert_eq!(behind.ask(&asks("/page")).status(), 401);
    assert_eq!(behind.ask(&asks("/admin")).status(), 401);
    let half = behind.request("OPTIONS", "/api/notes").with("Origin: http://evil.test");
    assert_eq!(behind.ask(&half).status(), 401);
    assert_eq!(behind.ask(&behind.request("PUT", "/api/notes")).status(), 401);
    for other in ["X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE", "X-Method-Override: DELETE"] {
        assert_eq!(behind.ask(&asks("/api/notes").with(other)).status(), 401, "{other}");
    }
    behind.app.saw_nothing("what is no preflight");
}

pub fn every_method_is_asked_about_and_arrives(stage: &Stage, behind: &Behind) {
    let ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    let address = format!("{}/dav/notes", behind.origin);
    for method in ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "REPORT", "MKCOL", "MKCALENDAR"] {
        let nobody = behind.ask(&behind.request(method, "/dav/notes"));
        assert!(matches!(nobody.status(), 400..=499), "{method}: {nobody:?}");
        behind.app.saw_nothing(method);
        let answer = behind.ask(&ada.request(method, &address));
        let of_webdav = matches!(method, "PROPFIND" | "REPORT" | "MKCOL" | "MKCALENDAR");
        if behind.proxy == Proxy::Envoy && of_webdav {
            // It asks the gate by this method, and the gate's server knows none but those of HTTP: docs/protect-an-app.md.
            assert!(matches!(answer.status(), 400..=499), "{method}: {answer:?}");
            behind.app.saw_nothing(method);
        } else {
            assert_eq!(answer.status(), 200, "{method}: {answer:?}");
            let asked = behind.app.taken_one();
            assert_eq!((asked.method(), told(&asked)), (method, behind.of_ada()));
        }
    }
}

pub fn what_is_the_gates_own_never_reaches_the_app(stage: &Stage, behind: &Behind) {
    let ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    for path in [
        "/.vestibule/",
        "/.vestibule/in",
        "/.vestibule/in?ticket=x",
        "/.vestibule/probe/1.x",
        "/.vestibule/x/../y",
    ] {
        for method in ["GET", "POST", "DELETE"] {
            let request = ada.request(method, &format!("{}{path}", behind.origin));
            let answer = behind.ask(&navigation(request));
            let leads = answer.leads_to().unwrap_or("/").to_owned();
            // Two slashes, or one with a backslash, would name a host.
            let is_path =
                |rest: &str| rest.starts_with('/') && !rest.starts_with("//") && !rest.starts_with("/\\");
            let own = [&*behind.origin, &*stage.site.login, ""]
                .iter()
                .any(|begins| leads.strip_prefix(begins).is_some_and(is_path));
            assert!(matches!(answer.status(), 303 | 400..=499) && own, "{method} {path}: {answer:?}");
            behind.app.saw_nothing(path);
        }
    }
}

pub fn a_pass_opens_one_host(stage: &Stage, behind: &Behind) {
    let Some(other) = stage.other(behind) else { return };
    let ada = Person::let_in(&stage.site, &behind.ada(), &other.origin);
    let cookie = ada.cookie(&other.origin, "gate-").unwrap();
    for host in [&behind.host, &other.host] {
        let request = Request::get("/page").host(host).with(format!("Cookie: {cookie}"));
        let answer = behind.ask(&request);
        assert_eq!(answer.header("x-app"), "", "{host}: {answer:?}");
        behind.app.saw_nothing(host);
    }
    // Nor does it open the login host.
    let mut thief = Person::stranger(&stage.site);
    let address = format!("{}/profile", stage.site.login);
    let request = navigation(thief.request("GET", &address)).with(format!("Cookie: {cookie}"));
    let answer = thief.sends(&address, &request);
    assert!(answer.leads_to().is_some_and(|to| to.starts_with("/login")), "{answer:?}");
}

pub fn the_operators_check_finds_nothing_wrong(stage: &Stage, behind: &Behind) {
    // The name ends in .localhost, which not every resolver knows.
    let at = format!("http://{}", behind.at);
    let app_at = behind.app.at.to_string();
    let ended = stage
        .site
        .command(&["app", "check", behind.name(), "--url", &at, "--app", &app_at, "--json"])
        .finish();
    let report: Value = serde_json::from_str(&ended.out).unwrap_or_default();
    assert_eq!((ended.status, &report["wrong"]), (Some(0), &Value::from(0)), "{ended:?}");
    let found = report["at"][0]["proxy"].as_str();
    assert!(found.is_none_or(|found| found == behind.proxy.kind()), "it takes the proxy for {found:?}");
    let checks = report["at"][0]["checks"].as_array().unwrap();
    let fine = |name: &str| checks.iter().any(|check| check["check"] == name && check["state"] == "fine");
    for name in ["asked", "trusted", "question", "set-cookie", "cookie", "forged-question", "spellings"] {
        assert!(fine(name), "{name}: {checks:#?}");
    }
    behind.app.taken();
}
