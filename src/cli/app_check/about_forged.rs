//! What comes through of what a visitor forges.

use super::advice::Cause;
use super::arrived::Arrived;
use super::finding::Finding;
use super::through::Through;
use crate::base::fetch::Failure;
use crate::features::gate::GateCookies;
use crate::features::snippets::Proxy;
use crate::services::apps::App;

/// What a visitor may send to be taken for another user. The value is looked for in what arrives.
const FORGED: &str = "vestibule-forged";
/// A host that no app has.
const FORGED_HOST: &str = "vestibule-forged.invalid";
/// Spellings of `Remote-User` that some servers take for the same header.
const SPELLINGS: [&str; 4] = ["Remote_User", "Remote.User", "Remote_Groups", "Remote.Groups"];
/// What the gate is asked about: the header, and what a visitor forges.
const QUESTION: [(&str, &str); 3] = [
    ("X-Forwarded-Host", FORGED_HOST),
    ("X-Forwarded-Uri", "/vestibule-forged"),
    ("X-Forwarded-Method", "OPTIONS"),
];
/// Where other servers look for the address. The gate does not, but an app behind it may.
const OTHER_ADDRESSES: [&str; 3] = ["X-Original-URL", "X-Original-URI", "X-Rewrite-URL"];

/// Whether the gate is told what a visitor forges, and which spellings of `Remote-User` come there.
pub(super) async fn forged(
    through: &Through<'_>,
    plain: &Arrived,
    app: &App,
    proxy: Option<Proxy>,
) -> Result<Vec<Finding>, Failure> {
    let mut believed = Vec::new();
    for (header, value) in QUESTION {
        // Alone, so that it is known which one it was. A question that is about something else is not answered as a probe.
        let (_, arrived) = through.probe(&[(header, value)]).await?;
        if differs(plain, arrived.as_ref(), header) {
            believed.push(header);
        }
    }
    let mut findings = vec![question(&believed, proxy), host(&through.probe_of(FORGED_HOST).await, proxy)];

    let names = SPELLINGS.iter().chain(&OTHER_ADDRESSES);
    let headers: Vec<_> = names.map(|name| (*name, FORGED)).collect();
    match through.probe(&headers).await?.1 {
        Some(arrived) => findings.extend(names_of_users(&arrived, app, proxy)),
        None => {
            let said = "The proxy refuses headers such as Remote_User and X-Original-URL.";
            findings.push(Finding::fine("spellings", said));
        }
    }
    findings.push(by_hand(through));
    Ok(findings)
}

/// Whether another value of a header arrived than that of an honest visitor.
fn differs(plain: &Arrived, arrived: Option<&Arrived>, header: &str) -> bool {
    let name = header.to_ascii_lowercase();
    arrived.is_none_or(|arrived| arrived.values(&name) != plain.values(&name))
}

fn question(believed: &[&str], proxy: Option<Proxy>) -> Finding {
    if believed.is_empty() {
        let said = "A visitor's own X-Forwarded-Host, -Uri and -Method do not reach the gate.";
        return Finding::fine("forged-question", said);
    }
    let said = format!("A visitor's own {} reaches the gate, which can be lied to.", believed.join(", "));
    Finding::wrong("forged-question", said, Cause::Believes.advice(proxy))
}

/// About the answers to a visitor who named another host.
fn host(arrived: &[Arrived], proxy: Option<Proxy>) -> Finding {
    let is_told = |arrived: &Arrived| {
        arrived.values("x-forwarded-host").iter().any(|host| host.to_ascii_lowercase().contains(FORGED_HOST))
    };
    if arrived.iter().any(is_told) {
        let said = "The gate is told the host that a visitor names (Host): a pass for one app opens another.";
        return Finding::wrong("forged-host", said, Cause::AnyHost.advice(proxy));
    }
    Finding::fine("forged-host", "The gate is not told another host that a visitor names here.")
}

fn names_of_users(arrived: &Arrived, app: &App, proxy: Option<Proxy>) -> Vec<Finding> {
    let spellings = arrived.came(&SPELLINGS, FORGED);
    let mut findings = vec![if spellings.is_empty() {
        Finding::fine("spellings", "Remote_User and Remote.User of a visitor do not come to the gate.")
    } else {
        let said = format!(
            "A visitor's own {} comes through: an app that takes it for Remote-User can be lied to.",
            spellings.join(", ")
        );
        Finding::wrong("spellings", said, Cause::Spellings.advice(proxy))
    }];
    let addresses = arrived.came(&OTHER_ADDRESSES, FORGED);
    if !addresses.is_empty() && !app.paths.is_empty() {
        findings.push(Finding::note(
            "other-addresses",
            format!(
                "A visitor's own {} comes through. The gate does not read it; if the app takes its address from there, the \
                 paths of the app protect nothing: remove it in the proxy.",
                addresses.join(", ")
            ),
        ));
    }
    findings
}

/// What only someone who is logged in can see.
fn by_hand(through: &Through<'_>) -> Finding {
    let said = "Whether a visitor's own Remote-User, in any spelling, comes to the app cannot be seen from outside. Log in, \
                and try it with the cookie of your browser. The app must name you, and not root:";
    let cookies = GateCookies::of(&through.site.key);
    let advice = format!(
        "curl -H 'Remote-User: root' -H 'Remote_User: root' -H 'Cookie: {}=…' {}/",
        cookies.gate(through.origin),
        through.origin
    );
    Finding { advice: vec![advice], ..Finding::note("remote-user", said) }
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;
    use crate::base::fetch::Answer;

    fn arrived(header: &str, value: &str) -> Arrived {
        let body = format!(
            r#"{{"probe": true, "asked": "/gate/enter", "peer": null, "trusted": true,
                "headers": [["{header}", "{value}"]]}}"#
        );
        Arrived::read(&Answer { body: body.into_bytes(), ..Answer::default() }).unwrap()
    }

    #[test]
    fn what_arrives_is_compared_with_an_honest_visitors() {
        let plain = arrived("x-forwarded-uri", "/a");
        assert!(!differs(&plain, Some(&arrived("x-forwarded-uri", "/a")), "X-Forwarded-Uri"));
        assert!(!differs(&plain, Some(&arrived("x-forwarded-uri", "/a")), "X-Forwarded-Host"));
        assert!(differs(&plain, Some(&arrived("x-forwarded-uri", "/b")), "X-Forwarded-Uri"));
        assert!(differs(&plain, None, "X-Forwarded-Uri"));
    }

    #[test]
    fn only_the_host_that_the_visitor_names_is_a_lie() {
        let state = |all: &[Arrived]| host(all, Some(Proxy::Nginx)).state;
        assert_eq!(state(&[]), State::Fine, "the proxy refuses it");
        assert_eq!(state(&[arrived("x-forwarded-host", "wiki.example.org")]), State::Fine);
        assert_eq!(state(&[arrived("host", FORGED_HOST)]), State::Fine, "the gate does not read it");
        let own = arrived("x-forwarded-host", "wiki.example.org");
        assert_eq!(state(&[own, arrived("x-forwarded-host", "Vestibule-Forged.invalid:443")]), State::Wrong);
    }
}
