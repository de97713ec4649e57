//! What the gate is told of an honest visitor.

use super::advice::Cause;
use super::arrived::Arrived;
use super::finding::Finding;
use super::through::Through;
use crate::base::fetch::Answer;
use crate::features::gate::probe;
use crate::features::snippets::Proxy;
use crate::services::apps::{App, Apps};

/// Whether the site trusts the proxy.
pub(super) fn trusted(arrived: &Arrived) -> Finding {
    let peer = arrived.peer.as_deref().unwrap_or("an unknown address");
    if arrived.trusted {
        return Finding::fine(
            "trusted",
            format!("The proxy asks the gate from {peer}, which trusted_proxies has."),
        );
    }
    Finding::wrong(
        "trusted",
        format!(
            "The proxy asks the gate from {peer}, which trusted_proxies does not have: all requests are refused."
        ),
        vec![format!("Add it, and restart the site: trusted_proxies = [\"{peer}\"]")],
    )
}

/// Whether the gate is told the host and the method. The address is right, or the probe would not have been answered.
pub(super) fn question(
    through: &Through<'_>,
    arrived: &Arrived,
    (app, apps): (&App, &Apps),
    proxy: Option<Proxy>,
) -> Finding {
    let host = arrived.values("x-forwarded-host");
    if let Some(other) = other_app(&host, app, apps) {
        let said = format!(
            "The gate is told {}, which is the app {}: the proxy has no part of its own for {}.",
            host.join(", "),
            other.name,
            through.origin.host()
        );
        let (program, name) = (through.site.settings.program.name, proxy.map_or("PROXY", Proxy::name));
        let advice = format!("To print that part: {program} app snippet {} {name}", app.name);
        return Finding::wrong("question", said, vec![advice]);
    }
    let is_host = matches!(&host[..], [one] if without_port(one).eq_ignore_ascii_case(through.origin.host()));
    let is_method = arrived.values("x-forwarded-method") == ["GET"];
    let wrong = match (is_host, is_method) {
        (true, true) => {
            return Finding::fine("question", "The gate is told the right host, address and method.");
        }
        (false, _) if host.is_empty() => "The gate is not told the host (X-Forwarded-Host).".to_owned(),
        (false, _) => format!(
            "The gate is told another host than {} (X-Forwarded-Host: {}).",
            through.origin.host(),
            host.join(", ")
        ),
        (true, false) => "The gate is not told the method (X-Forwarded-Method).".to_owned(),
    };
    Finding::wrong("question", wrong, Cause::Believes.advice(proxy))
}

/// The other app whose host the gate is told.
fn other_app<'a>(told: &[&str], app: &App, apps: &'a Apps) -> Option<&'a App> {
    let [host] = told else { return None };
    let (known, _) = apps.by_host(&without_port(host).to_ascii_lowercase())?;
    (known.name != app.name).then_some(&**known)
}

/// A host without a port and a final dot.
fn without_port(host: &str) -> &str {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    name.strip_suffix('.').unwrap_or(name)
}

/// Whether cookies come through, both ways.
pub(super) fn cookies(answer: &Answer, arrived: &Arrived, proxy: Option<Proxy>) -> Vec<Finding> {
    let begins = format!("{}=", probe::COOKIE);
    let set = if answer.all("set-cookie").any(|cookie| cookie.starts_with(&begins)) {
        Finding::fine("set-cookie", "Set-Cookie of the gate reaches the browser.")
    } else {
        let said = "Set-Cookie of the gate does not reach the browser: no one can be let in.";
        Finding::wrong("set-cookie", said, Cause::NoSetCookie.advice(proxy))
    };
    let came = if arrived.values("cookie").is_empty() {
        let said = "Cookies of the browser do not reach the gate: it knows no one.";
        Finding::wrong("cookie", said, Cause::NoCookie.advice(proxy))
    } else {
        Finding::fine("cookie", "Cookies of the browser reach the gate.")
    };
    vec![set, came]
}

/// Whether the gate is told from where a visitor comes.
pub(super) fn visitor(arrived: &Arrived, proxy: Option<Proxy>) -> Option<Finding> {
    let said =
        "The gate is not told from where a visitor comes (X-Forwarded-For): all seem to come from the proxy.";
    let is_told = !arrived.values("x-forwarded-for").is_empty();
    (!is_told).then(|| Finding::wrong("visitor", said, Cause::NoVisitor.advice(proxy)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_without_an_address_is_told() {
        let arrived = |headers: &str| {
            let body = format!(
                r#"{{"probe": true, "asked": "/gate/enter", "peer": null, "trusted": true, "headers": [{headers}]}}"#
            );
            Arrived::read(&Answer { body: body.into_bytes(), ..Answer::default() }).unwrap()
        };
        assert!(visitor(&arrived(r#"["x-forwarded-for", "192.0.2.7"]"#), None).is_none());
        let finding = visitor(&arrived(r#"["x-forwarded-host", "a"]"#), Some(Proxy::Nginx)).unwrap();
        assert!(finding.advice[0].contains("proxy_set_header X-Forwarded-For $remote_addr;"), "{finding:?}");
    }

    #[test]
    fn a_host_is_compared_without_its_port() {
        for (sent, host) in [
            ("wiki.example.org", "wiki.example.org"),
            ("wiki.example.org:8443", "wiki.example.org"),
            ("wiki.example.org.:8443", "wiki.example.org"),
            ("[::1]:8443", "[::1]"),
            ("[::1]", "[::1]"),
        ] {
            assert_eq!(without_port(sent), host);
        }
    }
}
