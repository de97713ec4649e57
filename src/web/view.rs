//! The embedded templates, and the answers of handlers. A debug build reads the templates from their folder,
//! so an edit shows at the next request. A release build contains them.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rocket::fairing::{AdHoc, Fairing};
use rocket::http::{ContentType, Status};
use rocket::response::{self, Flash, Redirect, Responder};
use rocket::{Request, Response};
use rocket_dyn_templates::tera::{self, Tera};
use rocket_dyn_templates::{Engines, Template};
use rust_embed::Embed;
use serde_json::{Map, Value, json};

use super::content_security_policy::{self, ContentSecurityPolicy, Directive, Source};
use super::form_errors::{FormErrors, WHOLE};
use super::json_error;
use super::request::{RequestId, wants_json};
use super::static_files;

#[derive(Embed)]
#[folder = "templates/"]
struct Templates;

/// The templates as Rocket's fairing last loaded them. Pages are rendered with them directly: `Template`
/// would first copy all data of a page into two other forms, which took longer than all other work for it
/// except the rendering.
#[derive(Clone, Default)]
struct Loaded(Arc<RwLock<Arc<Tera>>>);

impl Loaded {
    fn replace(&self, tera: Tera) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(tera);
    }

    fn render(&self, template: &str, context: Value) -> tera::Result<String> {
        let tera = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        tera.render(template, &tera::Context::from_value(context)?)
    }
}

/// Attaches the templates to the server.
pub fn fairing() -> impl Fairing {
    fairing_with(Vec::new())
}

/// The same with additional templates, each a name ending in `.html` and a text.
pub fn fairing_with(more: Vec<(String, String)>) -> impl Fairing {
    AdHoc::on_ignite("pages", |rocket| {
        Box::pin(async {
            let loaded = Loaded::default();
            rocket.manage(loaded.clone()).attach(templates(more, loaded))
        })
    })
}

fn templates(more: Vec<(String, String)>, loaded: Loaded) -> impl Fairing {
    Template::try_custom(move |engines: &mut Engines| {
        let read = |name: &str| {
            let file = Templates::get(name).ok_or("an embedded template is gone")?;
            Ok((name.to_owned(), String::from_utf8(file.data.into_owned())?))
        };
        // Names keep their `.html`: Tera decides by the ending whether to escape, and would not escape
        // others. The templates of emails are prepared elsewhere.
        let names = Templates::iter().filter(|name| name.ends_with(".html") && !name.starts_with("mail/"));
        let own: Vec<_> = names.map(|name| read(&name)).collect::<Result<_, Box<dyn Error>>>()?;
        // Rocket logs only the outermost error, which does not say what is wrong with a template.
        engines.tera.add_raw_templates([own, more.clone()].concat()).map_err(|error| chain(&error))?;
        engines.tera.register_function("asset", asset);
        loaded.replace(engines.tera.clone());
        Ok(())
    })
}

/// An error with all its causes, on one line: Tera's own names only the template, and its causes the place in it
/// and what is wrong there.
fn chain(error: &dyn Error) -> String {
    let (mut text, mut cause) = (error.to_string(), error.source());
    while let Some(deeper) = cause {
        text = format!("{text}: {deeper}");
        cause = deeper.source();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The folder of the templates on disk: in a debug build the sources, otherwise none. But Rocket requires an
/// existing path, and in a folder another template could replace ours. A file is accepted, too.
pub fn folder(data_dir: &Path) -> PathBuf {
    if cfg!(debug_assertions) {
        return concat!(env!("CARGO_MANIFEST_DIR"), "/templates").into();
    }
    some_file("/dev/null".into(), data_dir)
}

/// An existing file: this one, otherwise the lock (which a site on a server's database does not have),
/// otherwise the program. If none exists, the first: Rocket refuses to start with it.
fn some_file(first: PathBuf, data_dir: &Path) -> PathBuf {
    let program = std::env::current_exe().ok();
    let files = [first.clone(), data_dir.join("lock")].into_iter().chain(program);
    let is_file = |file: &PathBuf| file.metadata().is_ok_and(|metadata| !metadata.is_dir());
    files.into_iter().find(is_file).unwrap_or(first)
}

/// `{{ asset(path="style.css") }}`: the address of an embedded file, with a hash of its content in the name.
fn asset(arguments: &std::collections::HashMap<String, Value>) -> tera::Result<Value> {
    let path = arguments.get("path").and_then(Value::as_str).ok_or("asset() needs a path")?;
    static_files::address(path)
        .map(Value::String)
        .ok_or_else(|| format!("there is no file static/{path}").into())
}

/// A rendered page. If it reports an error and the client wants JSON, it is JSON instead.
#[derive(Debug)]
pub struct Page {
    status: Status,
    template: &'static str,
    context: Value,
    /// Seconds until the next attempt is allowed.
    retry_after: Option<i64>,
    policy: ContentSecurityPolicy,
}

impl Page {
    /// A template with its data; 200.
    pub fn new(template: &'static str, context: Value) -> Page {
        Page {
            status: Status::Ok,
            template,
            context,
            retry_after: None,
            policy: ContentSecurityPolicy::default(),
        }
    }

    /// The same page with another status.
    pub fn with_status(self, status: Status) -> Page {
        Page { status, ..self }
    }

    /// The same page with one more value.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Page {
        self.context[name] = value.into();
        self
    }

    /// The same page, for which a browser may also load this, or send its forms there.
    pub fn allowing(self, directive: Directive, source: Source) -> Page {
        Page { policy: self.policy.allowing(directive, source), ..self }
    }

    /// The same page with the errors of its form. If there are any, its status is 422; or 429 with the time to
    /// wait, and 503 if the visitor did not cause that.
    pub fn with_errors(self, errors: FormErrors) -> Page {
        let status = match &errors.wait {
            Some(wait) if wait.is_ours() => Status::ServiceUnavailable,
            Some(_) => Status::TooManyRequests,
            None if errors.is_empty() => self.status,
            None => Status::UnprocessableEntity,
        };
        let retry_after = errors.wait.map(|wait| wait.seconds());
        Page { retry_after, ..self.with_status(status) }.with("errors", errors.sentences)
    }
}

impl<'r> Responder<'r, 'static> for Page {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if self.status.code >= 400 && wants_json(request) {
            return self.as_json(request);
        }
        let loaded = request.rocket().state::<Loaded>().ok_or(Status::InternalServerError)?;
        let page = loaded.render(self.template, self.context).map_err(|error| {
            let request_id = RequestId::of(request);
            log::error!(event = "sys_broken", request_id; "could not render the page {}: {}", self.template, chain(&error));
            Status::InternalServerError
        })?;
        let mut response = (ContentType::HTML, page).respond_to(request)?;
        response.set_status(self.status);
        if !self.policy.is_strict() {
            response.set_raw_header(content_security_policy::HEADER, self.policy.to_string());
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
#[derive(Debug, Responder)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_is_wrong_with_a_template_is_named_with_its_place() {
        let mut tera = Tera::default();
        let wrong = tera.add_raw_template("shelf.html", "<p>\n{% if %}</p>").unwrap_err();
        let told = chain(&wrong);
        assert!(told.contains("shelf.html") && told.contains("2:7") && !told.contains('\n'), "{told}");
        tera.add_raw_template("box.html", "{{ size | wieght }}").unwrap();
        let wrong = tera.render("box.html", &tera::Context::new()).unwrap_err();
        let told = chain(&wrong);
        assert!(told.contains("box.html") && told.contains("size"), "{told}");
    }

    #[test]
    fn no_folder_on_disk_can_replace_a_template() {
        let folder = tempfile::tempdir().unwrap();
        let file = || some_file("/no/dev/null".into(), folder.path());
        assert_eq!(file(), std::env::current_exe().unwrap());
        fs::write(folder.path().join("lock"), "").unwrap();
        assert_eq!(file(), folder.path().join("lock"));
        assert_eq!(some_file("/dev/null".into(), folder.path()), PathBuf::from("/dev/null"));
    }
}
