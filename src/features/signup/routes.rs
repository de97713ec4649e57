//! The sign-up page and its form.

use rocket::request::{FromRequest, Outcome};
use rocket::response::Redirect;
use rocket::{FromForm, Request, Route, get, post, routes};
use serde_json::json;

use super::register::{NewAccount, Registered, register};
use crate::base::config::site_values::TermsVersion;
use crate::base::config::values::SignUp;
use crate::base::{Client, Password, Site};
use crate::layout::Layout;
use crate::people::{Actor, Email, MaybeEnrolling, Name, Visit};
use crate::services::passwords::{self, Judged, Owner};
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
        terms: accepts(visit.site, &post.typed("terms")),
        ..OldInput::address(post.typed("email").trim())
    };
    let (site, client) = (visit.site, &visit.client);
    let (email, name, password) = match read(site, post.fields(), client).await? {
        Ok(read) => read,
        Err(errors) => return Ok(form(&layout, site, &typed, errors).into()),
    };

    let (page, done) = match site.mailer.is_on() {
        true => (paths::UNCONFIRMED, Notice::ConfirmSent),
        false => (paths::LOGIN, Notice::AccountReady),
    };
    let submission = visit.leads(with_next(page, layout.next()), done);
    let person = NewAccount { email: &email, name: &name, language: browser.0, terms: terms(site) };
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
        Registered::Wait(wait) => form(&layout, site, &typed, FormErrors::wait(wait)).into(),
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
        match request.guard::<MaybeEnrolling>().await {
            Outcome::Success(visitor) if closed && visitor.user().is_none() => {
                let (heading, advice) = ("signup-closed", "signup-closed-advice");
                let error = Error::Closed { heading, advice, logged: "Sign-up is closed." };
                Outcome::Error((error.report(request), ()))
            }
            Outcome::Success(_) => Outcome::Success(Open),
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

/// The version of the terms of use that a sign-up accepts, if the site has any.
fn terms(site: &Site) -> Option<&str> {
    site.settings.terms_version.as_ref().map(TermsVersion::as_str)
}

/// Whether the box of the terms of use is ticked, on a page that showed the version of now.
fn accepts(site: &Site, ticked: &str) -> bool {
    terms(site).is_some_and(|version| version == ticked)
}

/// Parses the fields, or says what is wrong with them. The password is judged only if everything else is right, since
/// address and name limit what it is compared with; otherwise only its length is checked.
async fn read(
    site: &Site,
    fields: Option<Form<'_>>,
    client: &Client,
) -> web::Result<Result<(Email, Name, Password), FormErrors>> {
    let Some(fields) = fields else { return Ok(Err(FormErrors::not_whole())) };
    let email = Email::new_address(fields.email).ok_or_else(|| Email::advice(fields.email));
    let name = Name::parse(fields.name).map_err(|error| error.sentence());
    let password = Password::typed(fields.password);
    let accepted = terms(site).is_none() || accepts(site, fields.terms.unwrap_or_default());
    let (email, name) = match (email, name) {
        (Ok(email), Ok(name)) if accepted => (email, name),
        (email, name) => {
            let advice = passwords::wrong_length(&site.settings, &password);
            let errors = FormErrors::none().and("email", email.err()).and("name", name.err());
            let terms = (!accepted).then_some("form-terms");
            return Ok(Err(errors.and("password", advice).and("terms", terms)));
        }
    };
    let owner = Owner::new(&email, &name);
    Ok(match passwords::judge(site, &password, &owner, None, Actor::Owner(client)).await? {
        Judged::Good => Ok((email, name, password)),
        Judged::Refused(sentence) => Err(FormErrors::of("password", sentence)),
        Judged::Wait(wait) => Err(FormErrors::wait(wait)),
    })
}

fn form(layout: &Layout<'_>, site: &Site, typed: &OldInput, errors: FormErrors) -> Page {
    let context = json!({
        "email": Email::shown_again(&typed.email),
        "name": typed.name,
        "terms": typed.terms,
        "terms_version": terms(site),
        "focus": errors.focus(&["email", "name", "password", "terms"], "email"),
    });
    layout.page("signup.html", "signup-title", context).with_errors(errors)
}
