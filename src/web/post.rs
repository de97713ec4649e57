//! The only way to read a form. The body has a size (in `Rocket.toml`) and a deadline; the fields are those of the form,
//! each once, none more.

use std::time::Duration;

use rocket::data::{FromData, Outcome};
use rocket::form::{Context, Contextual, Form, FromForm, Strict};
use rocket::http::Status;
use rocket::tokio::time::timeout;
use rocket::{Data, Request};

/// How long a body may take to arrive. Rocket has no limit of its own.
const DEADLINE: Duration = Duration::from_secs(15);

/// What to say of a form whose fields are not those of the form.
pub const NOT_WHOLE: &str = "This form did not arrive whole. Please fill it in again.";

/// A form that arrived.
pub struct Post<'r, T> {
    fields: Option<T>,
    context: Context<'r>,
}

impl<'r, T> Post<'r, T> {
    /// The fields, where each is there once, and no other.
    pub fn fields(self) -> Option<T> {
        // Rocket takes `email[]=` and `email.x=` for `email`, a repeated field for its first value where it is optional,
        // undecodable bytes for U+FFFD.
        let clean = self.context.fields().all(|name| {
            let plain = !name.as_str().contains(['[', '.']);
            let values: Vec<_> = self.context.field_values(name).collect();
            let text = values.iter().all(|value| !value.contains(['\0', '\u{fffd}']));
            plain && text && values.len() <= 1
        });
        self.fields.filter(|_| clean)
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
        match timeout(DEADLINE, Form::<Contextual<'r, Strict<T>>>::from_data(request, data)).await {
            Err(_) => Outcome::Error((Status::RequestTimeout, ())),
            // Bytes that are no text: a form without fields.
            Ok(Outcome::Error((Status::BadRequest, _))) => {
                Outcome::Success(Post { fields: None, context: Context::default() })
            }
            Ok(Outcome::Error((status, _)) | Outcome::Forward((_, status))) => Outcome::Error((status, ())),
            Ok(Outcome::Success(form)) => {
                let form = form.into_inner();
                Outcome::Success(Post { fields: form.value.map(Strict::into_inner), context: form.context })
            }
        }
    }
}
