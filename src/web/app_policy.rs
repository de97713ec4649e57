//! What the pages of an app may load in addition to the strict policy. It holds for answers of the app's own
//! routes, and for no page of ours.

use rocket::http::Method;
use rocket::{Request, Route};

use super::content_security_policy::{ContentSecurityPolicy, Directive, Source};
use super::route_class::ClassedRoutes;
use crate::base::{Program, Refusal};

/// What an app allows for its pages. It is attached to the program.
#[derive(Clone, Debug, Default)]
pub struct AppPolicy(pub Vec<(Directive, Source)>);

impl AppPolicy {
    /// The same and one more source, both as the header writes them: `img-src`, `data:`.
    pub fn and(mut self, directive: &str, source: &str) -> Result<AppPolicy, Refusal> {
        let Some(known) = Directive::ALL.into_iter().find(|known| known.name() == directive) else {
            let all = Directive::ALL.map(Directive::name).join(", ");
            let line = format!("allow({directive:?}, {source:?}) names no directive. There are: {all}.");
            return Err(Refusal::new(line));
        };
        let Some(parsed) = Source::parse(known, source) else {
            let advice = match known {
                Directive::Script if source.starts_with("'unsafe-") => {
                    "Code inside a page is never allowed: put it into static/NAME.js, and name that with asset()."
                }
                _ => {
                    "Give one source, such as https://cdn.example.org, https://*.example.org, data: or 'self'."
                }
            };
            let line = format!("allow({directive:?}, {source:?}) is refused. {advice}");
            return Err(Refusal::new(line));
        };
        self.0.push((known, parsed));
        Ok(self)
    }
}

/// The policy of the app, and the routes that it holds for. Made when the server is built.
#[derive(Debug)]
pub struct AppAnswers {
    policy: ContentSecurityPolicy,
    text: String,
    /// Method, path and rank: no two routes that a server starts with have the same.
    routes: Vec<(Method, String, isize)>,
}

impl AppAnswers {
    /// Those of a program with these routes of its own.
    pub fn of(program: &Program, routes: &ClassedRoutes) -> AppAnswers {
        let allowed = program.attached::<AppPolicy>().map(|policy| policy.0.clone()).unwrap_or_default();
        let policy =
            allowed.into_iter().fold(ContentSecurityPolicy::default(), |policy, (directive, source)| {
                policy.allowing(directive, source)
            });
        // With no policy of its own, no answer needs to know whose it is.
        let identity = |route: &Route| (route.method, route.uri.path().to_owned(), route.rank);
        let routes = routes.iter().filter(|_| !policy.is_strict()).map(identity).collect();
        AppAnswers { text: policy.to_string(), policy, routes }
    }

    /// What the app allows for the answer to a request, if that is one of its own.
    pub(super) fn policy<'r>(request: &'r Request<'_>) -> Option<&'r ContentSecurityPolicy> {
        AppAnswers::to(request).map(|answers| &answers.policy)
    }

    /// The same as text.
    pub(super) fn policy_text<'r>(request: &'r Request<'_>) -> Option<&'r str> {
        AppAnswers::to(request).map(|answers| &*answers.text)
    }

    fn to<'r>(request: &'r Request<'_>) -> Option<&'r AppAnswers> {
        let answers = request.rocket().state::<AppAnswers>().filter(|answers| !answers.routes.is_empty())?;
        let route = request.route()?;
        let is_theirs = |(method, path, rank): &(Method, String, isize)| {
            route.method == *method && *path == route.uri.path() && route.rank == *rank
        };
        answers.routes.iter().any(is_theirs).then_some(answers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_allowed_is_told_with_what_to_write() {
        let policy =
            AppPolicy::default().and("img-src", "data:").unwrap().and("style-src", "'unsafe-inline'");
        assert_eq!(policy.unwrap().0.len(), 2);
        for (directive, source, told) in [
            ("images", "data:", "There are: script-src, style-src, img-src,"),
            ("default-src", "'self'", "names no directive"),
            ("script-src", "'unsafe-inline'", "Code inside a page is never allowed"),
            ("script-src", "'unsafe-eval'", "Code inside a page is never allowed"),
            ("img-src", "a.example; script-src *", "Give one source"),
        ] {
            let refusal = AppPolicy::default().and(directive, source).unwrap_err().to_string();
            assert!(refusal.starts_with("allow(") && refusal.contains(told), "{refusal}");
        }
    }
}
