//! The sign-up page and its form.

use rocket::request::{FromRequest, Outcome};
use rocket::response::Redirect;
use rocket::{FromForm, Request, Route, get, post, routes};
use serde_json::json;

use super::register::{Registered, register};
use crate::base::config::values::SignUp;
use crate::base::{Client, Password, Site};
use crate::layout::Layout;
use crate::people::{Actor, Email, MaybeUser, Name, Visit};
use crate::services::passwords::{self, Judged, Owner};
use crate::web::next::with_next;
use crate::web::{self, Answer, Cookies, Error, FormErrors, Notice, OldInput, Page, Post, SignedUp, paths};

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
fn new(_open: Open, layout: Layout<'_>, cookies: Cookies<'_>) -> Answer {
    if layout.user().is_some() {
        return Redirect::to(paths::PROFILE).into();
    }
    form(&layout, &OldInput::take(cookies), FormErrors::none()).into()
}

#[post("/signup", data = "<post>")]
async fn create(
    _open: Open,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Form<'_>>,
) -> web::Result<Answer> {
    if layout.user().is_some() {
        visit.submitted.stands(); // "Nearly done" is over for them
        return Ok(Redirect::to(paths::PROFILE).into());
    }
    let layout = layout.keeping(&post.typed("next"));
    let typed =
        OldInput { email: post.typed("email").trim().to_owned(), name: post.typed("name").trim().to_owned() };
    let (site, client) = (visit.site, &visit.client);
    let (email, name, password) = match read(site, post.fields(), client).await? {
        Ok(read) => read,
        Err(errors) => return Ok(form(&layout, &typed, errors).into()),
    };

    let done = if site.mailer.is_on() { Notice::ConfirmSent } else { Notice::AccountReady };
    let submission = visit.leads(with_next(paths::LOGIN, layout.next()), done);
    let outcome = register(site, &email, &name, &password, client, &submission).await?;
    if matches!(outcome, Registered::Mailed) {
        SignedUp::keep(&email.key(), visit.cookies);
    }
    Ok(match outcome {
        Registered::Made | Registered::Mailed => {
            typed.keep(visit.cookies);
            submission.answer()
        }
        Registered::Taken => {
            typed.keep(visit.cookies);
            Notice::EmailTaken.after(Redirect::to(with_next(paths::SIGNUP, layout.next()))).into()
        }
        Registered::Wait(wait) => form(&layout, &typed, FormErrors::wait(wait)).into(),
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
                Outcome::Error((error.report(request), ()))
            }
            Outcome::Success(_) => Outcome::Success(Open),
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

/// Parses the fields, or says what is wrong with them. The password is judged only if address and name are valid, since they limit what it is
/// compared with; otherwise only its length is checked.
async fn read(
    site: &Site,
    fields: Option<Form<'_>>,
    client: &Client,
) -> web::Result<Result<(Email, Name, Password), FormErrors>> {
    let Some(fields) = fields else { return Ok(Err(FormErrors::not_whole())) };
    let email = Email::new_address(fields.email).ok_or_else(|| Email::advice(fields.email));
    let name = Name::parse(fields.name).map_err(|error| error.to_string());
    let password = Password::typed(fields.password);
    let (email, name) = match (email, name) {
        (Ok(email), Ok(name)) => (email, name),
        (email, name) => {
            let advice = passwords::wrong_length(&site.settings, &password);
            let errors = FormErrors::none().and("email", email.err()).and("name", name.err());
            return Ok(Err(errors.and("password", advice)));
        }
    };
    let owner = Owner::new(&email, &name);
    Ok(match passwords::judge(site, &password, &owner, None, Actor::Owner(client)).await? {
        Judged::Good => Ok((email, name, password)),
        Judged::Refused(sentence) => Err(FormErrors::of("password", sentence)),
        Judged::Wait(wait) => Err(FormErrors::wait(wait)),
    })
}

fn form(layout: &Layout<'_>, typed: &OldInput, errors: FormErrors) -> Page {
    let focus = errors.focus(&["email", "name", "password"], "email");
    let context = json!({ "email": typed.email, "name": typed.name, "focus": focus });
    layout.page("signup.html", "Sign Up", context).with_errors(errors)
}
