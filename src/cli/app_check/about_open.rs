//! What a path of the app that is open to everyone shows of the app.

use super::arrived::is_of_gate;
use super::finding::Finding;
use super::through::Through;
use crate::base::fetch::{Answer, Failure};
use crate::features::gate::probe;
use crate::features::snippets::Proxy;
use crate::services::apps::App;

/// Asks for a path that the gate lets everyone through to. `None` if there is none.
pub(super) async fn open(
    through: &Through<'_>,
    app: &App,
    proxy: Option<Proxy>,
) -> Result<Option<Finding>, Failure> {
    let mut prefixes = app.paths.iter().map(|rule| rule.prefix.as_str());
    let Some(path) = prefixes.find(|path| app.access(path).is_open()) else { return Ok(None) };
    let cookie = probe::cookie(through.site);
    let answer = through.get(path, &[("Accept", "*/*"), ("Cookie", cookie.as_str())]).await?;
    let (program, name) = (through.site.settings.program.name, proxy.map_or("PROXY", Proxy::name));
    let compare = format!(
        "Start the app, and compare where the proxy looks for it: {program} app snippet {} {name} --app ADDRESS:PORT",
        app.name
    );
    Ok(about(&answer, path, compare))
}

fn about(answer: &Answer, path: &str, compare: String) -> Option<Finding> {
    let status = answer.status;
    match status {
        _ if is_of_gate(answer) => None,
        502..=504 => {
            let said = format!("{path} is open, and is answered {status}: the proxy does not reach the app.");
            Some(Finding::wrong("app-answers", said, vec![compare]))
        }
        _ => {
            let said = format!("{path} is open, and is answered {status}.");
            Some(Finding::fine("app-answers", said))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    #[test]
    fn an_app_that_the_proxy_does_not_reach_is_told() {
        let state = |status, header: &str| {
            let headers = vec![("www-authenticate".to_owned(), header.to_owned())];
            let answer = Answer { status, headers, body: Vec::new() };
            about(&answer, "/public", String::new()).map(|finding| finding.state)
        };
        for status in [502, 503, 504] {
            assert_eq!(state(status, ""), Some(State::Wrong), "{status}");
        }
        for status in [200, 401, 404, 500] {
            assert_eq!(state(status, ""), Some(State::Fine), "{status}");
        }
        assert_eq!(state(503, probe::MARK), None, "the gate's own");
    }
}
