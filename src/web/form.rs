//! The only way to read a form. The body has a maximum size (in `Rocket.toml`) and a timeout. Each field of
//! the form must be present exactly once, and no others.

use std::time::Duration;

use parking_lot::Mutex;
use rocket::data::{FromData, Outcome};
use rocket::form::{
    self, Context, Contextual, DataField, Errors, Form, FromForm, Options, Strict, ValueField,
};
use rocket::http::Status;
use rocket::tokio::time::{Instant, timeout_at};
use rocket::{Data, Request};
use url::form_urlencoded::Serializer;

use super::form_hints::{self, USER_NAME};
use super::submission::{self, Submitted};
use super::template_compare::FINDS_MISTAKES;

/// Timeout of a body. Rocket has none of its own.
const DEADLINE: Duration = Duration::from_secs(15);

/// When the body of a request must have arrived: the same moment for all who read it.
pub(super) fn deadline(request: &Request<'_>) -> Instant {
    *of_body(request).lock()
}

/// Moves it by the time in which the request waited for another one: the visitor could not send more meanwhile.
pub(super) fn postpone(request: &Request<'_>, waited: Duration) {
    *of_body(request).lock() += waited;
}

fn of_body<'r>(request: &'r Request<'_>) -> &'r Mutex<Instant> {
    struct Deadline(Mutex<Instant>);
    &request.local_cache(|| Deadline(Mutex::new(Instant::now() + DEADLINE))).0
}

/// A form that has arrived: in time, within the limits of size, and not from another site.
///
/// ```no_run
/// use rocket::response::Redirect;
/// use rocket::{FromForm, post};
/// use vestibule::{Post, User};
///
/// #[derive(FromForm)]
/// struct Note<'r> {
///     text: &'r str,
/// }
///
/// #[post("/notes", data = "<post>")]
/// fn create(_user: User, post: Post<'_, Note<'_>>) -> Redirect {
///     match post.fields().filter(|note| !note.text.is_empty()) {
///         Some(_note) => Redirect::to("/notes"), // once it is stored
///         None => Redirect::to("/notes/new"),
///     }
/// }
/// ```
pub struct Post<'r, T> {
    fields: Option<T>,
    context: Context<'r>,
    /// Whether a page of ours sent it, as its first field says.
    of_a_page: bool,
}

impl<'r, T> Post<'r, T> {
    /// The fields, if each is present exactly once, and no others. The hidden value that `ui::form` puts into the form of
    /// a page counts as none.
    pub fn fields(self) -> Option<T> {
        // Rocket accepts `email[]=` and `email.x=` for `email`, the first value of a repeated optional field,
        // and U+FFFD for bytes that cannot be decoded.
        let clean = self.context.fields().all(|name| {
            let plain = !name.as_str().contains(['[', '.']);
            let values: Vec<_> = self.context.field_values(name).collect();
            let text = values.iter().all(|value| !value.contains(['\0', '\u{fffd}']));
            plain && text && values.len() <= 1
        });
        let said = self.context.field_value(submission::FIELD).is_some();
        self.fields.filter(|_| clean && said == self.of_a_page)
    }

    /// What was typed into a field, to show it again.
    pub fn typed(&self, field: &'r str) -> String {
        self.context.field_value(field).unwrap_or_default().replace('\0', "")
    }
}

#[rocket::async_trait]
impl<'r, T: FromForm<'r> + Send + 'r> FromData<'r> for Post<'r, T> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self, ()> {
        // Multipart would have limits of its own, and no form of ours uses it.
        if !request.content_type().is_some_and(|kind| kind.is_form()) {
            return Outcome::Error((Status::UnsupportedMediaType, ()));
        }
        let submitted = Submitted::of(request);
        let of_a_page = submitted.is_some_and(|submitted| submitted.is_of_a_page());
        let read = Form::<Contextual<'r, PageForm<Strict<T>>>>::from_data(request, data);
        let form = match timeout_at(deadline(request), read).await {
            Err(_) => return Outcome::Error((Status::RequestTimeout, ())),
            // Bytes that are not text: a form without fields.
            Ok(Outcome::Error((Status::BadRequest, _))) => {
                return Outcome::Success(Post { fields: None, context: Context::default(), of_a_page });
            }
            Ok(Outcome::Error((status, _)) | Outcome::Forward((_, status))) => {
                return Outcome::Error((status, ()));
            }
            Ok(Outcome::Success(form)) => form.into_inner(),
        };
        if let Some(submitted) = submitted.filter(Submitted::is_unidentified) {
            let all = encoded(&form.context);
            if let Err(error) = submitted.identify(request, &all).await {
                return Outcome::Error((error.report(request), ()));
            }
        }
        if FINDS_MISTAKES {
            form_hints::look_at::<T>(request, &form.context, of_a_page);
        }
        let fields = form.value.map(|PageForm(fields)| fields.into_inner());
        Outcome::Success(Post { fields, context: form.context, of_a_page })
    }
}

/// All fields of a form as one text, which only an equal form has.
fn encoded(context: &Context<'_>) -> String {
    let mut all = Serializer::new(String::new());
    for name in context.fields() {
        for value in context.field_values(name) {
            all.append_pair(name.as_str(), value);
        }
    }
    all.finish()
}

/// The fields of a form, in addition to the one that every form of a page has.
struct PageForm<T>(T);

#[rocket::async_trait]
impl<'r, T: FromForm<'r>> FromForm<'r> for PageForm<T> {
    type Context = T::Context;

    fn init(options: Options) -> Self::Context {
        T::init(options)
    }

    fn push_value(context: &mut Self::Context, field: ValueField<'r>) {
        if ![submission::FIELD, USER_NAME, ""].contains(&field.name.source().as_str()) {
            T::push_value(context, field);
        }
    }

    async fn push_data(context: &mut Self::Context, field: DataField<'r, '_>) {
        T::push_data(context, field).await;
    }

    fn push_error(context: &mut Self::Context, error: form::Error<'r>) {
        T::push_error(context, error);
    }

    fn finalize(context: Self::Context) -> Result<Self, Errors<'r>> {
        T::finalize(context).map(PageForm)
    }

    fn default(options: Options) -> Option<Self> {
        T::default(options).map(PageForm)
    }
}
