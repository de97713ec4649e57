//! What a stranger gets.

use super::advice::Cause;
use super::arrived::is_of_gate;
use super::finding::{Finding, State};
use super::not_asked::login;
use super::through::Through;
use crate::base::fetch::{Answer, Failure};
use crate::base::secret::random_name;
use crate::features::gate::probe;
use crate::features::snippets::Proxy;
use crate::services::apps::App;

/// How a browser asks for a page.
const BROWSER: [(&str, &str); 4] = [
    ("Accept", "text/html,application/xhtml+xml"),
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-Dest", "document"),
    ("Sec-Fetch-Site", "none"),
];
/// How a program asks.
const PROGRAM: [(&str, &str); 1] = [("Accept", "*/*")];

/// Asks for a page of the app that is not open, as a browser and as a program. `reached` says whether the gate answers the
/// proxy elsewhere.
pub(super) async fn strangers(
    through: &Through<'_>,
    app: &App,
    proxy: Option<Proxy>,
    reached: bool,
) -> Result<Vec<Finding>, Failure> {
    let Some(path) = closed(app) else {
        let said = "The whole app is open: anyone sees it without a login.";
        return Ok(vec![Finding::note("strangers", said)]);
    };
    // A cookie that lets no one in: the gate marks its refusals of it.
    let cookie = probe::cookie(through.site);
    let browser = [&BROWSER[..], &[("Cookie", cookie.as_str())]].concat();
    let browser = through.get(&path, &browser).await?;
    let mut findings = vec![of_browser(&browser, (&path, &login(through)), proxy, reached)];
    if findings.iter().all(|finding| finding.state != State::Wrong) {
        let program = through.get(&path, &PROGRAM).await?;
        findings.push(of_program(&program, &path, proxy));
    }
    Ok(findings)
}

/// A path of the app that is not open to everyone.
fn closed(app: &App) -> Option<String> {
    // One that no app has, and no cache has kept.
    let candidates = ["/".to_owned(), format!("/vestibule-check-{}", random_name())];
    candidates.into_iter().find(|path| !app.access(path).is_open())
}

fn of_browser(answer: &Answer, (path, login): (&str, &str), proxy: Option<Proxy>, reached: bool) -> Finding {
    let status = answer.status;
    let location = answer.header("location").unwrap_or_default();
    match status {
        303 if location.starts_with(login) && answer.header("set-cookie").is_some() => {
            Finding::fine("strangers", "A stranger is led to the login page.")
        }
        303 if location.starts_with(login) => {
            let said = "A stranger is led to the login page, but Set-Cookie of the gate does not come along.";
            Finding::wrong("strangers", said, Cause::NoSetCookie.advice(proxy))
        }
        503 if is_of_gate(answer) => {
            let advice = vec!["Look at the log of the site.".to_owned()];
            Finding::wrong("strangers", "The gate answers 503: its database does not answer.", advice)
        }
        401 | 403 if is_of_gate(answer) => {
            let said = format!("A stranger is refused ({status}), but not led to the login page.");
            Finding::wrong("strangers", said, Cause::LeadsNobody.advice(proxy))
        }
        500 if reached && proxy == Some(Proxy::Nginx) => {
            let said = format!("nginx answers {path} with 500: what it asks there is not the gate's.");
            let advice =
                "In nginx: proxy_pass http://vestibule/gate/auth-request; in location = /.vestibule/check";
            Finding::wrong("strangers", said, vec![advice.to_owned()])
        }
        401 | 403 => other(status, path, proxy),
        500..=599 if reached => other(status, path, proxy),
        500..=599 => {
            let said = format!("The proxy cannot ask the gate, and answers {status}.");
            let advice =
                vec!["Check that the site runs, and that the proxy asks where it listens.".to_owned()];
            Finding::wrong("strangers", said, advice)
        }
        300..=399 => {
            let said = format!(
                "A stranger who asks for {path} is led to {location} ({status}), and not to {login}."
            );
            Finding::wrong("strangers", said, Cause::LetsIn.advice(proxy))
        }
        _ => {
            let said = format!("A stranger gets in: {path} was answered {status} without a login.");
            Finding::wrong("strangers", said, Cause::LetsIn.advice(proxy))
        }
    }
}

/// Nothing shows that the gate refused: an app that refuses strangers on its own does the same.
fn other(status: u16, path: &str, proxy: Option<Proxy>) -> Finding {
    let said =
        format!("Something other than the gate answered {path} ({status}): the gate was perhaps not asked.");
    Finding::wrong("strangers", said, Cause::LetsIn.advice(proxy))
}

fn of_program(answer: &Answer, path: &str, proxy: Option<Proxy>) -> Finding {
    let status = answer.status;
    match status {
        401 => {
            Finding::fine("programs", "A program without a login is refused with 401, and not led to a page.")
        }
        300..=399 => {
            let said = format!(
                "A program without a login is led to a page ({status}), which it takes for an answer."
            );
            Finding::wrong("programs", said, Cause::LeadsScripts.advice(proxy))
        }
        200..=299 => {
            let said = format!("A program gets in: {path} was answered {status} without a login.");
            Finding::wrong("programs", said, Cause::LetsIn.advice(proxy))
        }
        _ => Finding::note(
            "programs",
            format!("A program without a login is refused with {status} in place of 401."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOGIN: &str = "https://login.example.org/gate";

    fn answer(status: u16, headers: &[(&str, &str)]) -> Answer {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Answer { status, headers, body: Vec::new() }
    }

    #[test]
    fn a_stranger_must_be_led_to_the_login_page_of_this_site() {
        let to = ("location", "https://login.example.org/gate?to=x");
        let cookie = ("set-cookie", "__Host-visit=y");
        for (answer, state) in [
            (answer(303, &[to, cookie]), State::Fine),
            (answer(303, &[to]), State::Wrong),
            (answer(303, &[("location", "https://evil.test/gate?to=x"), cookie]), State::Wrong),
            (answer(302, &[("location", "/login")]), State::Wrong),
            (answer(200, &[]), State::Wrong),
            (answer(404, &[]), State::Wrong),
            (answer(401, &[]), State::Wrong),
            (answer(500, &[]), State::Wrong),
        ] {
            let finding = of_browser(&answer, ("/", LOGIN), Some(Proxy::Nginx), true);
            assert_eq!(finding.state, state, "{answer:?}");
            assert_eq!(finding.advice.is_empty(), state != State::Wrong, "{finding:?}");
        }
    }

    #[test]
    fn a_refusal_is_the_gates_only_if_it_has_its_mark() {
        let mark = ("www-authenticate", probe::MARK);
        let said = |status, headers: &[(&str, &str)], proxy, reached| {
            let finding = of_browser(&answer(status, headers), ("/", LOGIN), Some(proxy), reached);
            format!("{} {}", finding.said, finding.advice.join(" "))
        };
        for status in [401, 403] {
            let told = said(status, &[mark], Proxy::Caddy, true);
            assert!(told.contains("not led to the login page"), "{told}");
            let told = said(status, &[("www-authenticate", "Basic")], Proxy::Nginx, true);
            assert!(
                told.contains("Something other than the gate") && told.contains("auth_request"),
                "{told}"
            );
        }
        assert!(said(503, &[mark], Proxy::Caddy, true).contains("database"));
        assert!(said(502, &[], Proxy::Caddy, true).contains("Something other than the gate"));
        assert!(said(500, &[], Proxy::Nginx, true).contains("/gate/auth-request"));
        assert!(said(500, &[], Proxy::Traefik, false).contains("cannot ask the gate"));
    }

    #[test]
    fn a_program_must_be_refused() {
        for (status, state) in [
            (401, State::Fine),
            (303, State::Wrong),
            (200, State::Wrong),
            (403, State::Note),
            (500, State::Note),
        ] {
            assert_eq!(of_program(&answer(status, &[]), "/", None).state, state, "{status}");
        }
    }
}
