//! A form that requests an email exists only if emails are sent. This is checked before the form is read.

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use crate::base::Site;
use crate::web::Error;

/// Emails are sent.
pub struct EmailIsOn;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for EmailIsOn {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        if request.rocket().state::<Site>().is_some_and(|site| site.mailer.is_on()) {
            return Outcome::Success(EmailIsOn);
        }
        let (heading, advice) = ("error-no-email", "error-no-email-advice");
        let error = Error::Closed { heading, advice, logged: "This site sends no emails." };
        Outcome::Error((error.report(request), ()))
    }
}
