//! The page that an emailed link opens. Opening it changes nothing; its form carries out what the link is for.
//! All such pages are alike: the secret of the link moves from the address bar into a cookie, the form is about
//! the link in that cookie, and a link that does not work is answered with a page that says what to do instead.

use rocket::http::Status;
use serde_json::json;

use crate::layout::Layout;
use crate::people::Visit;
use crate::services::links::{LinkCookie, Moved, Purpose};
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Cookies, FormErrors, Page, paths};

/// The page of one purpose.
pub struct LinkPage {
    /// What its links are for.
    pub purpose: Purpose,
    /// Its template.
    pub template: &'static str,
    /// Its name.
    pub title: &'static str,
}

impl LinkPage {
    /// Answers a request for the page: with a redirect that hides the secret of the link, with its form, or that
    /// the link does not work.
    pub async fn show(
        &self,
        token: Option<&str>,
        layout: &Layout<'_>,
        cookies: Cookies<'_>,
    ) -> web::Result<Answer> {
        Ok(match self.open(token, layout, cookies).await? {
            Ok(link) => self.form(layout, &link, FormErrors::none()).into(),
            Err(answer) => answer,
        })
    }

    /// The same for a page with more in its form: the valid link, or the answer without one.
    pub async fn open(
        &self,
        token: Option<&str>,
        layout: &Layout<'_>,
        cookies: Cookies<'_>,
    ) -> web::Result<Result<LinkCookie, Answer>> {
        match token {
            Some(token) => Ok(Err(LinkCookie::accept(self.purpose, token, cookies).into())),
            None => Ok(self.link(layout, cookies).await?.map_err(Answer::from)),
        }
    }

    /// The link that a form was sent for, or the page to answer with: there is no valid one, or the form was
    /// shown for another.
    pub async fn submitted_link(
        &self,
        layout: &Layout<'_>,
        visit: &Visit<'_>,
    ) -> web::Result<Result<LinkCookie, Page>> {
        let link = self.link(layout, visit.cookies).await?;
        Ok(link.and_then(|link| match visit.submitted.is_of_another_link(&link.token.hash()) {
            true => Err(self.form(layout, &link, FormErrors::about_all(OTHER_LINK))),
            false => Ok(link),
        }))
    }

    /// The valid link in the visitor's cookie, or the page without one.
    pub async fn link(
        &self,
        layout: &Layout<'_>,
        cookies: Cookies<'_>,
    ) -> web::Result<Result<LinkCookie, Page>> {
        match LinkCookie::read(self.purpose, cookies).await? {
            Some(link) => Ok(Ok(link)),
            None => Ok(Err(self.gone(layout, cookies).await?)),
        }
    }

    /// Its form, with the address that the link was sent to.
    pub fn form(&self, layout: &Layout<'_>, link: &LinkCookie, errors: FormErrors) -> Page {
        let context = json!({ "link_form": layout.link_form(&link.token), "email": link.link.email });
        layout.page(self.template, self.title, context).with_errors(errors)
    }

    /// The page if there is no valid link: it was used, has expired, was replaced, or never existed. The page
    /// does not say which.
    ///
    /// A link that locks an account is no longer valid if the account has another address since, which may be an
    /// attacker's: they would get the email with the link for a new password. The way back is the link that was
    /// sent to the address before, so the page points there, and not to the login.
    pub async fn gone(&self, layout: &Layout<'_>, cookies: Cookies<'_>) -> web::Result<Page> {
        if self.purpose == Purpose::LockAccount
            && let Some(Moved { before, revertible }) = LinkCookie::moved(self.purpose, cookies).await?
        {
            let life = Purpose::RevertEmail.life();
            let context = json!({ "before": before, "revertible": revertible, "undo_life": life });
            let page = layout.page("secure_moved.html", "The email address was changed", context);
            return Ok(page.with_status(Status::Gone));
        }
        let (again, way) = match self.purpose {
            Purpose::Reset => ("Ask for a new one", paths::FORGOT),
            Purpose::Confirm => ("Ask for a new one", paths::UNCONFIRMED),
            Purpose::Close => ("Ask for a new one", paths::CLOSE),
            Purpose::Change | Purpose::RevertEmail | Purpose::LockAccount => {
                ("Go to the login", paths::LOGIN)
            }
        };
        let context = json!({ "again": again, "way": way });
        let page = layout.page("link_over.html", "This link does not work any more", context);
        Ok(page.with_status(Status::Gone))
    }
}
