//! The sign-up page and its form.

use rocket::http::{CookieJar, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::response::Redirect;
use rocket::{FromForm, Request, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::register::{Registered, register};
use crate::base::config::values::SignUp;
use crate::base::rate_limit::RetryAfter;
use crate::base::{Client, Password, Site};
use crate::layout::Layout;
use crate::people::{Email, MaybeUser, Name};
use crate::services::passwords::{self, Judged, Owner};
use crate::web::form::NOT_WHOLE;
use crate::web::next::with_next;
use crate::web::{self, Answer, Error, Notice, OldInput, Page, Post, SignedUp, Submitted, paths};

/// The routes of the sign-up.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}

#[derive(FromForm)]
struct Form<'r> {
    email: &'r str,
    name: &'r str,
    password: &'r str,
    #[expect(
        dead_code,
        reason = "read before the fields are known to be right; here so that it may be sent"
    )]
    next: Option<&'r str>,
}

#[get("/signup")]
fn new(_open: Open, layout: Layout<'_>, site: &State<Site>, cookies: &CookieJar<'_>) -> Answer {
    if layout.user().is_some() {
        return Redirect::to(paths::PROFILE).into();
    }
    form(&layout, site, &OldInput::take(cookies, site), Value::Null).into()
}

#[post("/signup", data = "<post>")]
async fn create(
    _open: Open,
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    submitted: Submitted<'_>,
    post: Post<'_, Form<'_>>,
) -> web::Result<Answer> {
    if layout.user().is_some() {
        submitted.stands(); // "Nearly done" is over for them
        return Ok(Redirect::to(paths::PROFILE).into());
    }
    let layout = layout.keeping(&post.typed("next"));
    let typed =
        OldInput { email: post.typed("email").trim().to_owned(), name: post.typed("name").trim().to_owned() };
    let wait = |wait: &RetryAfter| {
        form(&layout, site, &typed, json!({ "form": wait.to_string() })).with_wait(wait).into()
    };
    let (email, name, password) = match read(site, post.fields(), &client).await? {
        Read::Good(email, name, password) => (email, name, password),
        Read::Wrong(errors) => {
            return Ok(form(&layout, site, &typed, errors).with_status(Status::UnprocessableEntity).into());
        }
        Read::Wait(long) => return Ok(wait(&long)),
    };

    let done = if site.mailer.is_on() { Notice::ConfirmSent } else { Notice::AccountReady };
    let submission = submitted.leads(with_next(paths::LOGIN, layout.next()), done);
    let outcome = register(site, &email, &name, &password, &client, &submission).await?;
    if matches!(outcome, Registered::Mailed) {
        SignedUp::keep(&email.key(), cookies, site);
    }
    Ok(match outcome {
        Registered::Made | Registered::Mailed => {
            typed.keep(cookies, site);
            submission.answer()
        }
        Registered::Taken => {
            typed.keep(cookies, site);
            Notice::EmailTaken.after(Redirect::to(with_next(paths::SIGNUP, layout.next()))).into()
        }
        Registered::Wait(long) => wait(&long),
    })
}

/// Sign-up is open, or the visitor is logged in and redirected: checked before the form is read.
struct Open;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Open {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let closed =
            request.rocket().state::<Site>().is_none_or(|site| site.settings.signup == SignUp::Closed);
        match request.guard::<MaybeUser>().await {
            Outcome::Success(MaybeUser(None)) if closed => {
                let error =
                    Error::Closed("Sign-up is closed.", "Ask the operator of this site for an account.");
                Outcome::Error((error.tell(request), ()))
            }
            Outcome::Success(_) => Outcome::Success(Open),
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

/// The input.
enum Read {
    /// The parsed fields, with a password that was judged good.
    Good(Email, Name, Password),
    /// A sentence for each field with an error.
    Wrong(Value),
    /// Too many passwords were judged; this one was not.
    Wait(RetryAfter),
}

/// Parses the fields. The password is judged only if address and name are valid, since they limit what it is
/// compared with; otherwise only its length is checked.
async fn read(site: &Site, fields: Option<Form<'_>>, client: &Client) -> web::Result<Read> {
    let Some(fields) = fields else { return Ok(Read::Wrong(json!({ "form": NOT_WHOLE }))) };
    let email = Email::new_address(fields.email).ok_or_else(|| Email::advice(fields.email));
    let name = Name::parse(fields.name).map_err(|error| error.to_string());
    let password = Password::typed(fields.password);
    let (email, name) = match (email, name) {
        (Ok(email), Ok(name)) => (email, name),
        (email, name) => {
            let advice = passwords::wrong_length(&site.settings, &password);
            return Ok(Read::Wrong(json!({ "email": email.err(), "name": name.err(), "password": advice })));
        }
    };
    let owner = Owner::new(&email, &name);
    Ok(match passwords::judge(site, &password, &owner, None, Some(client)).await? {
        Judged::Good => Read::Good(email, name, password),
        Judged::Refused(sentence) => Read::Wrong(json!({ "password": sentence })),
        Judged::Wait(wait) => Read::Wait(wait),
    })
}

fn form(layout: &Layout<'_>, site: &Site, typed: &OldInput, errors: Value) -> Page {
    let wrong = |field: &&str| errors.get(*field).is_some_and(|error| !error.is_null());
    let focus = ["email", "name", "password"].into_iter().find(wrong).unwrap_or("email");
    let context = json!({
        "email": typed.email,
        "name": typed.name,
        "password_min_length": site.settings.password_min_length.get(),
        "errors": if errors.is_null() { json!({}) } else { errors },
        "focus": focus,
    });
    layout.page("signup.html", "Sign Up", context)
}
