//! The sign-up page and its form.

use rocket::request::{FromRequest, Outcome};
use rocket::response::Redirect;
use rocket::{FromForm, Request, Route, get, post, routes};
use serde_json::json;

use super::fields;
use super::joins::Joins;
use super::register::{NewAccount, Registered, register};
use crate::base::Site;
use crate::base::config::values::SignUp;
use crate::layout::Layout;
use crate::people::{Email, MaybeEnrolling, Visit};
use crate::web::email_sent::EmailForm;
use crate::web::language::BrowserLanguage;
use crate::web::next::{landing, with_next};
use crate::web::{
    self, Answer, Cookies, EmailSent, Error, FormErrors, Notice, OldInput, Page, Post, SignedUp, paths,
};

/// The routes of the sign-up.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}

#[derive(FromForm)]
struct Form<'r> {
    email: &'r str,
    name: &'r str,
    password: &'r str,
    /// The box of the terms of use: the version that the page asked to accept.
    terms: Option<&'r str>,
    #[expect(
        dead_code,
        reason = "read before the fields are known to be right; here so that it may be sent"
    )]
    next: Option<&'r str>,
}

#[get("/signup")]
fn new(_open: Open, layout: Layout<'_>, cookies: Cookies<'_>) -> Answer {
    if layout.user().is_some() {
        return Redirect::to(landing(cookies.site).to_owned()).into();
    }
    form(&layout, cookies.site, &OldInput::take(cookies), FormErrors::none()).into()
}

#[post("/signup", data = "<post>")]
async fn create(
    _open: Open,
    layout: Layout<'_>,
    visit: Visit<'_>,
    browser: BrowserLanguage,
    post: Post<'_, Form<'_>>,
) -> web::Result<Answer> {
    if layout.user().is_some() {
        visit.submitted.stands(); // "Check your email" is over for them
        return Ok(Redirect::to(landing(visit.site).to_owned()).into());
    }
    let layout = layout.keeping(&post.typed("next"));
    let typed = OldInput {
        name: post.typed("name").trim().to_owned(),
        terms: fields::accepts(visit.site, &post.typed("terms")),
        ..OldInput::address(post.typed("email").trim())
    };
    let (site, client) = (visit.site, &visit.client);
    let invalid = |errors: FormErrors| Ok(form(&layout, site, &typed, errors).into());
    let Some(sent) = post.fields() else { return invalid(FormErrors::not_whole()) };
    let email = Email::new_address(sent.email).ok_or_else(|| Email::advice(sent.email));
    let rest = fields::Typed { name: sent.name, password: sent.password, terms: sent.terms };
    let (email, name, password) = match fields::read(site, email, &rest, client).await? {
        Ok(read) => read,
        Err(errors) => return invalid(errors),
    };

    let (page, done) = match site.mailer.is_on() {
        true => (paths::UNCONFIRMED, Notice::ConfirmSent),
        false => (paths::LOGIN, Notice::AccountReady),
    };
    let submission = visit.leads(with_next(page, layout.next()), done);
    let person = NewAccount {
        email: &email,
        name: &name,
        language: browser.0,
        terms: fields::terms(site),
        joins: Joins::SignupGroups,
        handle: None,
    };
    let outcome = register(site, person, &password, client, &submission).await?;
    Ok(match outcome {
        Registered::Made => {
            typed.keep(visit.cookies);
            submission.answer()
        }
        Registered::Mailed => {
            typed.keep(visit.cookies);
            EmailSent::keep(EmailForm::SignUp, &typed.email, layout.next(), visit.cookies);
            SignedUp::keep(&email.key(), visit.cookies);
            submission.answer()
        }
        Registered::Taken => {
            typed.keep(visit.cookies);
            Notice::EmailTaken.after(Redirect::to(with_next(paths::SIGNUP, layout.next()))).into()
        }
        Registered::Over => {
            return Err(Error::Broken("a sign-up without an invitation ended like one with it"));
        }
        Registered::Wait(wait) => form(&layout, site, &typed, FormErrors::wait(wait)).into(),
    })
}

/// Sign-up is open, or the visitor is logged in and redirected: checked before the form is read.
struct Open;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Open {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let setting = request.rocket().state::<Site>().map_or(SignUp::Closed, |site| site.settings.signup);
        match request.guard::<MaybeEnrolling>().await {
            Outcome::Success(visitor) if setting != SignUp::Open && visitor.user().is_none() => {
                let (heading, advice) = match setting {
                    SignUp::Invited => ("signup-invited", "signup-invited-advice"),
                    SignUp::Open | SignUp::Closed => ("signup-closed", "signup-closed-advice"),
                };
                let error = Error::Closed { heading, advice, logged: "Sign-up is closed." };
                Outcome::Error((error.report(request), ()))
            }
            Outcome::Success(_) => Outcome::Success(Open),
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

fn form(layout: &Layout<'_>, site: &Site, typed: &OldInput, errors: FormErrors) -> Page {
    let context = json!({
        "email": Email::shown_again(&typed.email),
        "name": typed.name,
        "terms": typed.terms,
        "terms_version": fields::terms(site),
        "focus": errors.focus(&["email", "name", "password", "terms"], "email"),
    });
    layout.page("signup.html", "signup-title", context).with_errors(errors)
}
