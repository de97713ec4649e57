//! The fields of a sign-up, read. The page of an invitation has the same.

use crate::base::config::site_values::TermsVersion;
use crate::base::{Client, Password, Site};
use crate::people::{Actor, Email, Name};
use crate::services::passwords::{self, Judged, Owner};
use crate::web::{self, FormErrors};

/// What was typed next to the address.
#[derive(Debug)]
pub struct Typed<'r> {
    /// The name.
    pub name: &'r str,
    /// The password.
    pub password: &'r str,
    /// The box of the terms of use: the version that the page asked to accept.
    pub terms: Option<&'r str>,
}

/// The version of the terms of use that a sign-up accepts, if the site has any.
pub fn terms(site: &Site) -> Option<&str> {
    site.settings.terms_version.as_ref().map(TermsVersion::as_str)
}

/// Whether the box of the terms of use is ticked, on a page that showed the version of now.
pub fn accepts(site: &Site, ticked: &str) -> bool {
    terms(site).is_some_and(|version| version == ticked)
}

/// Parses the fields, or says what is wrong with them; `email` is the address, or what is wrong with that. The password
/// is judged only if everything else is right, since address and name limit what it is compared with; otherwise only
/// its length is checked.
pub async fn read(
    site: &Site,
    email: Result<Email, &'static str>,
    typed: &Typed<'_>,
    client: &Client,
) -> web::Result<Result<(Email, Name, Password), FormErrors>> {
    let name = Name::parse(typed.name).map_err(|error| error.sentence());
    let password = Password::typed(typed.password);
    let accepted = terms(site).is_none() || accepts(site, typed.terms.unwrap_or_default());
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
