//! Why the gate was not asked, as far as the answer shows it.

use super::arrived::is_of_gate;
use super::finding::Finding;
use super::through::Through;
use crate::base::fetch::Answer;
use crate::features::snippets::Proxy;
use crate::services::apps::App;
use crate::web::paths;

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// The proxy leads elsewhere first.
    LeadsAway,
    /// It was asked by http, and may speak https.
    Http,
    /// The proxy does not reach the gate.
    Unreached,
    /// The gate cannot read the question.
    NotUnderstood,
    /// The gate is asked about another address.
    AboutElse,
    /// The proxy asks under the name that visitors use.
    FrontDoor,
    /// The database of the gate does not answer.
    NoDatabase,
    /// Something else answered, and refused: perhaps the gate, whose mark did not come through.
    OtherRefused,
    /// Something else answered.
    OtherAnswered,
}

impl Reason {
    /// What an answer shows that is none to a probe.
    pub(super) fn of(answer: &Answer, login: &str, is_tls: bool) -> Reason {
        let is_to_login = answer.header("location").is_some_and(|location| location.starts_with(login));
        match (is_of_gate(answer) || is_to_login, answer.status) {
            (_, 301 | 302 | 307 | 308) => Reason::LeadsAway,
            (_, 421) | (true, 404) => Reason::FrontDoor,
            (true, 403) => Reason::NotUnderstood,
            (true, 503) => Reason::NoDatabase,
            (true, _) => Reason::AboutElse,
            (false, 400) if !is_tls => Reason::Http,
            (false, 500 | 502..=504) => Reason::Unreached,
            (false, 401 | 403) => Reason::OtherRefused,
            (false, _) => Reason::OtherAnswered,
        }
    }
}

/// What is said about it.
pub(super) fn not_asked(
    through: &Through<'_>,
    (answer, reason): (&Answer, Reason),
    proxy: Option<Proxy>,
    app: &App,
) -> Finding {
    let (origin, site, status) = (through.origin, through.site, answer.status);
    let program = site.settings.program.name;
    let name = proxy.map_or("PROXY", Proxy::name);
    let compare = format!("Compare its configuration with: {program} app snippet {} {name}", app.name);
    let (said, advice) = match reason {
        Reason::LeadsAway => {
            let location = answer.header("location").unwrap_or_default();
            let set = format!("{program} app set {} --at {}", app.name, of(location));
            (
                format!("{origin} leads to {location} before the gate is asked ({status})."),
                vec![format!("If that is where the app is: {set}")],
            )
        }
        Reason::Http => (
            format!("{} answers {status} to http.", through.at),
            vec![format!("Is it https there? Then ask by https: --url {}", by_https(through.at.as_str()))],
        ),
        Reason::Unreached => (
            format!("The proxy does not reach the gate: it answers {status}."),
            vec![format!("Check that the site runs, and that the proxy asks where it listens. {compare}")],
        ),
        Reason::NotUnderstood => (
            format!("The proxy asks the gate, which does not understand the question ({status})."),
            vec![
                "Look at the log of the site: it names what the gate did not understand.".to_owned(),
                compare,
            ],
        ),
        Reason::AboutElse => (
            format!("The gate is asked, but not about what a visitor asks for (X-Forwarded-Uri): {status}."),
            vec![compare],
        ),
        Reason::FrontDoor => (
            format!(
                "The proxy asks the gate as a visitor of {}, and not for the app.",
                site.settings.base_url
            ),
            vec![compare],
        ),
        Reason::NoDatabase => (
            format!("The gate answers {status}: its database does not answer."),
            vec![format!("To look at it: {program} healthcheck")],
        ),
        Reason::OtherRefused => (
            format!(
                "Something other than the gate answered /.vestibule/ ({status}): the gate was perhaps not asked."
            ),
            vec![compare, same_key()],
        ),
        Reason::OtherAnswered => (
            format!("The proxy does not ask the gate about /.vestibule/: something else answered {status}."),
            vec![compare, same_key()],
        ),
    };
    Finding::wrong("asked", said, advice)
}

fn same_key() -> String {
    "Check that the site runs with the secret key that this command reads.".to_owned()
}

/// Where strangers are led, on the login host.
pub(super) fn login(through: &Through<'_>) -> String {
    format!("{}{}", through.site.settings.base_url, paths::GATE)
}

/// The same place, by https.
pub(super) fn by_https(at: &str) -> String {
    at.replacen("http://", "https://", 1)
}

/// The origin of an address that a redirect names, as it would be typed.
fn of(location: &str) -> String {
    let url = url::Url::parse(location).ok().map(|url| url.origin().ascii_serialization());
    url.unwrap_or_else(|| "ORIGIN".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::gate::probe;

    #[test]
    fn an_origin_is_told_as_it_is_typed() {
        assert_eq!(of("https://wiki.example.org/a?b"), "https://wiki.example.org");
        assert_eq!(of("/login"), "ORIGIN");
    }

    #[test]
    fn what_the_gate_answers_is_not_what_others_answer() {
        let login = "https://login.example.org/gate";
        let reason = |status, header: Option<(&str, &str)>, is_tls| {
            let header = header.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let answer = Answer { status, headers: header.into_iter().collect(), body: Vec::new() };
            Reason::of(&answer, login, is_tls)
        };
        let mark = Some(("www-authenticate", probe::MARK));
        for (status, of_gate, of_others) in [
            (401, Reason::AboutElse, Reason::OtherRefused),
            (403, Reason::NotUnderstood, Reason::OtherRefused),
            (404, Reason::FrontDoor, Reason::OtherAnswered),
            (421, Reason::FrontDoor, Reason::FrontDoor),
            (503, Reason::NoDatabase, Reason::Unreached),
            (302, Reason::LeadsAway, Reason::LeadsAway),
        ] {
            assert_eq!(reason(status, mark, true), of_gate, "{status}");
            assert_eq!(reason(status, None, true), of_others, "{status}");
        }
        for lost in [500, 502, 503, 504] {
            assert_eq!(reason(lost, None, true), Reason::Unreached, "{lost}");
        }
        assert_eq!(reason(401, Some(("www-authenticate", "Basic")), true), Reason::OtherRefused);
        let to_login = Some(("location", "https://login.example.org/gate?to=x"));
        assert_eq!(reason(303, to_login, true), Reason::AboutElse);
        assert_eq!(reason(303, Some(("location", "/login")), true), Reason::OtherAnswered);
        assert_eq!(reason(400, None, false), Reason::Http);
        assert_eq!(reason(400, None, true), Reason::OtherAnswered);
    }
}
