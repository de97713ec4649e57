//! The only way to read a form. The body has a size (in `Rocket.toml`) and a deadline; the fields are those of the form,
//! each once, none more.

use std::time::Duration;

use rocket::data::{FromData, Outcome};
use rocket::form::{
    self, Context, Contextual, DataField, Errors, Form, FromForm, Options, Strict, ValueField,
};
use rocket::http::Status;
use rocket::tokio::time::{Instant, timeout_at};
use rocket::{Data, Request};

use super::submission::{self, Submitted};

/// How long a body may take to arrive. Rocket has no limit of its own.
const DEADLINE: Duration = Duration::from_secs(15);

/// Until when the body of a request has to be there: the same moment for all who look at it.
pub(super) fn deadline(request: &Request<'_>) -> Instant {
    struct Deadline(Instant);
    request.local_cache(|| Deadline(Instant::now() + DEADLINE)).0
}

/// What to say of a form whose fields are not those of the form.
pub const NOT_WHOLE: &str = "This form did not arrive whole. Please fill it in again.";

/// The field that tells password managers whose password is asked for. It says nothing that a handler does not know better. A page
/// from before has it without a name, which Lynx sends.
const USER_NAME: &str = "username";

/// A form that arrived.
pub struct Post<'r, T> {
    fields: Option<T>,
    context: Context<'r>,
    /// Whether it is of a page of ours, as its first field says.
    of_a_page: bool,
}

impl<'r, T> Post<'r, T> {
    /// The fields, where each is there once, and no other; [`submission::FIELD`] is one of every form, where it says the truth.
    pub fn fields(self) -> Option<T> {
        // Rocket takes `email[]=` and `email.x=` for `email`, a repeated field for its first value where it is optional,
        // undecodable bytes for U+FFFD.
        let clean = self.context.fields().all(|name| {
            let plain = !name.as_str().contains(['[', '.']);
            let values: Vec<_> = self.context.field_values(name).collect();
            let text = values.iter().all(|value| !value.contains(['\0', '\u{fffd}']));
            plain && text && values.len() <= 1
        });
        let said = self.context.field_value(submission::FIELD).is_some();
        self.fields.filter(|_| clean && said == self.of_a_page)
    }

    /// What was typed into a field, for showing it again.
    pub fn typed(&self, field: &'r str) -> String {
        self.context.field_value(field).unwrap_or_default().replace('\0', "")
    }
}

#[rocket::async_trait]
impl<'r, T: FromForm<'r> + Send + 'r> FromData<'r> for Post<'r, T> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self, ()> {
        // Multipart would have limits of its own, and no form of ours sends it.
        if !request.content_type().is_some_and(|kind| kind.is_form()) {
            return Outcome::Error((Status::UnsupportedMediaType, ()));
        }
        let of_a_page = Submitted::of(request).is_some_and(|submitted| submitted.is_of_a_page());
        let read = Form::<Contextual<'r, Page<Strict<T>>>>::from_data(request, data);
        match timeout_at(deadline(request), read).await {
            Err(_) => Outcome::Error((Status::RequestTimeout, ())),
            // Bytes that are no text: a form without fields.
            Ok(Outcome::Error((Status::BadRequest, _))) => {
                Outcome::Success(Post { fields: None, context: Context::default(), of_a_page })
            }
            Ok(Outcome::Error((status, _)) | Outcome::Forward((_, status))) => Outcome::Error((status, ())),
            Ok(Outcome::Success(form)) => {
                let form = form.into_inner();
                let fields = form.value.map(|Page(fields)| fields.into_inner());
                Outcome::Success(Post { fields, context: form.context, of_a_page })
            }
        }
    }
}

/// The fields of a form beside the one that every form of a page has.
struct Page<T>(T);

#[rocket::async_trait]
impl<'r, T: FromForm<'r>> FromForm<'r> for Page<T> {
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
        T::finalize(context).map(Page)
    }

    fn default(options: Options) -> Option<Self> {
        T::default(options).map(Page)
    }
}
