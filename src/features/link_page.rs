//! The page that an emailed link opens. Opening it changes nothing; its form carries out what the link is for.
//! All such pages are alike: the secret of the link moves from the address bar into a cookie, the form is about
//! the link in that cookie, and a link that does not work is answered with a page that says what to do instead.

use rocket::http::Status;
use serde_json::json;

use crate::layout::Layout;
use crate::people::{Visit, accounts};
use crate::services::links::{LinkCookie, Moved, Purpose};
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Cookies, FormErrors, Page, paths};

/// The page of one purpose.
pub struct LinkPage {
    /// What its links are for.
    pub purpose: Purpose,
    /// Its template.
    pub template: &'static str,
    /// Its name: the key of a sentence.
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

    /// Its form, with the address that the link was sent to, and that of another user who is logged in.
    pub fn form(&self, layout: &Layout<'_>, link: &LinkCookie, errors: FormErrors) -> Page {
        let other = layout.user().filter(|user| user.id != link.link.account);
        let context = json!({
            "link_form": layout.link_form(&link.token),
            "email": link.link.email.shown(),
            "other": other.map(|user| user.email.shown()),
        });
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
            && let Some(Moved { account, before, revertible }) =
                LinkCookie::moved(self.purpose, cookies).await?
        {
            let (site, life) = (cookies.site, Purpose::RevertEmail.duration());
            // As it stands in the email, which may be in another language than this page.
            let reader = accounts::by_id(&site.db, &account).await?;
            let language = reader.and_then(|account| account.language_of_emails(site.clock.now()));
            let language = language.unwrap_or(site.settings.language);
            let context = json!({
                "before": before.shown(),
                "revertible": revertible,
                "undo_life": life,
                "subject": site.words.plain(language, &"email-changed-subject".into()),
            });
            let page = layout.page("secure_moved.html", "secure-moved-title", context);
            return Ok(page.with_status(Status::Gone));
        }
        let again = match self.purpose {
            Purpose::Reset => Some(paths::FORGOT),
            // Without email, the operator made the link, and no page sends another.
            Purpose::Confirm => cookies.site.mailer.is_on().then_some(paths::UNCONFIRMED),
            Purpose::Close => Some(paths::CLOSE),
            Purpose::Change | Purpose::RevertEmail | Purpose::LockAccount | Purpose::Recovery => None,
        };
        let context = json!({ "again_href": again });
        let page = layout.page("link_over.html", "link-over-title", context);
        Ok(page.with_status(Status::Gone))
    }
}
