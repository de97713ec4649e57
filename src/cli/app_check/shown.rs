//! All of it in lines, and as JSON.

use serde_json::{Value, json};

use super::super::output;
use super::finding::{Finding, State};
use crate::base::WebOrigin;
use crate::features::snippets::Proxy;
use crate::services::apps::App;

/// What was found at one address of the app.
pub(super) struct AtOrigin {
    pub(super) origin: WebOrigin,
    pub(super) proxy: Option<Proxy>,
    pub(super) findings: Vec<Finding>,
}

/// Everything that was found.
pub(super) struct Report<'a> {
    pub(super) app: &'a App,
    pub(super) at: Vec<AtOrigin>,
    /// About the app itself.
    pub(super) itself: Vec<Finding>,
}

impl Report<'_> {
    fn all(&self) -> impl Iterator<Item = &Finding> {
        self.at.iter().flat_map(|at| &at.findings).chain(&self.itself)
    }

    /// How many things are wrong.
    pub(super) fn wrong(&self) -> usize {
        self.all().filter(|finding| finding.state == State::Wrong).count()
    }

    /// Prints lines.
    pub(super) fn print(&self) {
        for AtOrigin { origin, proxy, findings } in &self.at {
            let behind = proxy.map(|proxy| format!(", behind {}", proxy.title())).unwrap_or_default();
            output::line(format!("{origin}{behind}"));
            findings.iter().for_each(print);
        }
        output::line("The app itself");
        self.itself.iter().for_each(print);
    }

    /// Prints JSON.
    pub(super) fn print_json(&self) {
        let at: Vec<Value> = self.at.iter().map(at_as_json).collect();
        output::line(json!({
            "app": self.app.name.as_str(),
            "wrong": self.wrong(),
            "at": at,
            "itself": self.itself.iter().map(as_json).collect::<Vec<_>>(),
        }));
    }
}

fn print(finding: &Finding) {
    output::line(format!("  {:5}  {}", finding.state.word(), finding.said));
    for line in &finding.advice {
        output::line(format!("         {line}"));
    }
}

fn at_as_json(at: &AtOrigin) -> Value {
    json!({
        "origin": at.origin.as_str(),
        "proxy": at.proxy.map(Proxy::name),
        "checks": at.findings.iter().map(as_json).collect::<Vec<_>>(),
    })
}

fn as_json(finding: &Finding) -> Value {
    json!({
        "check": finding.check,
        "state": finding.state.word(),
        "said": finding.said,
        "advice": finding.advice,
    })
}
