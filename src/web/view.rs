//! The answers of handlers: pages, and redirects.

use rocket::http::{ContentType, Status};
use rocket::response::{self, Flash, Redirect, Responder};
use rocket::{Request, Response};
use serde_json::{Map, Value, json};

use super::app_policy::AppAnswers;
use super::content_security_policy::{self, ContentSecurityPolicy, Directive, Source};
use super::error_cause::keep_cause;
use super::form_errors::{FormErrors, WHOLE};
use super::json_error;
use super::page_hints;
use super::request::{RequestId, wants_json};
use super::template_compare::FINDS_MISTAKES;
use super::template_sources::OF_APP;
use super::templates::Loaded;
use crate::base::rate_limit::RetryAfter;
use crate::base::{Language, Site};

/// A rendered page. If it reports an error and the client wants JSON, it is JSON instead.
///
/// ```no_run
/// use rocket::get;
/// use rocket::http::Status;
/// use serde_json::json;
/// use vestibule::{Layout, Page};
///
/// #[get("/notes/old")]
/// fn old(layout: Layout<'_>) -> Page {
///     layout.page("old.html", "This note is gone", json!({})).with_status(Status::Gone)
/// }
/// ```
#[derive(Debug)]
pub struct Page {
    status: Status,
    template: &'static str,
    language: Language,
    /// Those of its form, if there are any.
    errors: Option<Box<FormErrors>>,
    context: Value,
    /// Seconds until the next attempt is allowed.
    retry_after: Option<i64>,
    policy: ContentSecurityPolicy,
}

impl Page {
    /// A template with its data, in a language; 200.
    pub(crate) fn new(template: &'static str, language: Language, context: Value) -> Page {
        Page {
            status: Status::Ok,
            template,
            language,
            errors: None,
            context,
            retry_after: None,
            policy: ContentSecurityPolicy::default(),
        }
    }

    /// The same page with another status.
    pub fn with_status(self, status: Status) -> Page {
        Page { status, ..self }
    }

    /// The same page with one more value for its template.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Page {
        self.context[name] = value.into();
        self
    }

    /// The same page, for which a browser may also load this, or send its forms there.
    #[doc(hidden)]
    pub fn allowing(self, directive: Directive, source: Source) -> Page {
        Page { policy: self.policy.allowing(directive, source), ..self }
    }

    /// The same page with the errors of its form, which a template reads as `errors.FIELD`. If there are any, its status
    /// is 422; of a form that was sent too early it is 429, or 503 if the visitor did not cause that.
    pub fn with_errors(self, errors: FormErrors) -> Page {
        let status = match &errors.wait {
            Some(wait) if wait.is_ours() => Status::ServiceUnavailable,
            Some(_) => Status::TooManyRequests,
            None if errors.is_empty() => self.status,
            None => Status::UnprocessableEntity,
        };
        let retry_after = errors.wait.as_ref().map(RetryAfter::seconds);
        let errors = (!errors.is_empty()).then(|| Box::new(errors));
        Page { retry_after, errors, ..self.with_status(status) }
    }
}

impl<'r> Responder<'r, 'static> for Page {
    fn respond_to(mut self, request: &'r Request<'_>) -> response::Result<'static> {
        if let Some(errors) = &self.errors {
            let site = request.rocket().state::<Site>().ok_or(Status::InternalServerError)?;
            self.context["errors"] = errors.in_words(&site.words, self.language).into();
        }
        if self.status.code >= 400 && wants_json(request) {
            return self.as_json(request);
        }
        let loaded = request.rocket().state::<Loaded>().ok_or(Status::InternalServerError)?;
        let has_errors = FINDS_MISTAKES && self.errors.is_some();
        let errors = has_errors.then(|| self.context["errors"].as_object().cloned()).flatten();
        let page = loaded.render(self.language, self.template, self.context).map_err(|error| {
            let (request_id, template) = (RequestId::of(request), self.template);
            // An error of this very template names it already.
            let cause = match error.starts_with(&format!("{OF_APP}{template}: ")) {
                true => error,
                false => format!("could not render the page {template}: {error}"),
            };
            log::error!(event = "sys_broken", request_id; "{cause}");
            keep_cause(request, &cause);
            Status::InternalServerError
        })?;
        if FINDS_MISTAKES {
            page_hints::look_at(request, self.template, &page, errors.as_ref());
        }
        let mut response = (ContentType::HTML, page).respond_to(request)?;
        response.set_status(self.status);
        response.set_raw_header("Content-Language", self.language.code());
        if !self.policy.is_strict() {
            let policy = match AppAnswers::policy(request) {
                Some(of_app) => of_app.clone().and(&self.policy),
                None => self.policy,
            };
            response.set_raw_header(content_security_policy::HEADER, policy.to_string());
        }
        wait(&mut response, self.retry_after);
        Ok(response)
    }
}

impl Page {
    /// The errors, field by field; `form` is about the whole. A page without a form has the error in its
    /// title.
    fn as_json(&self, request: &Request<'_>) -> response::Result<'static> {
        let Some(errors) = self.context.get("errors").and_then(Value::as_object).cloned() else {
            let title = self.context.get("page_title").and_then(Value::as_str).unwrap_or_default();
            return json_error::respond(request, self.status, &format!("{title}."), Value::Null);
        };
        let mut fields: Map<String, Value> =
            errors.into_iter().filter(|(_, error)| !error.is_null()).collect();
        let (description, more) = match (self.retry_after, fields.remove(WHOLE)) {
            (Some(seconds), Some(Value::String(form))) => (form, json!({ "retry_after": seconds })),
            (_, form) => {
                fields.extend(form.map(|form| (WHOLE.to_owned(), form)));
                ("What was sent does not fit the form.".to_owned(), json!({ "fields": fields }))
            }
        };
        let mut response = json_error::respond(request, self.status, &description, more)?;
        wait(&mut response, self.retry_after);
        Ok(response)
    }
}

fn wait(response: &mut Response<'_>, seconds: Option<i64>) {
    if let Some(seconds) = seconds {
        response.set_raw_header("Retry-After", seconds.to_string());
    }
}

/// The answer of a form's handler: a page or a redirect.
///
/// ```no_run
/// use rocket::response::Redirect;
/// use vestibule::{Answer, Page};
///
/// fn after(rejected: Option<Page>) -> Answer {
///     rejected.map_or_else(|| Redirect::to("/notes").into(), Answer::from)
/// }
/// ```
#[derive(Debug, Responder)]
#[non_exhaustive]
pub enum Answer {
    /// A page.
    Page(Page),
    /// A redirect.
    Go(Redirect),
    /// A redirect with a notice on the page after it.
    Tell(Flash<Redirect>),
}

impl From<Page> for Answer {
    fn from(page: Page) -> Answer {
        Answer::Page(page)
    }
}

impl From<Redirect> for Answer {
    fn from(redirect: Redirect) -> Answer {
        Answer::Go(redirect)
    }
}

impl From<Flash<Redirect>> for Answer {
    fn from(flash: Flash<Redirect>) -> Answer {
        Answer::Tell(flash)
    }
}
