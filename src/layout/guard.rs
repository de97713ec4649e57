//! The frame of a page: menu, flash, the current user. A handler takes a `Layout` and builds its page with it.

use rocket::http::Status;
use rocket::outcome::{IntoOutcome, try_outcome};
use rocket::request::{FlashMessage, FromRequest, Outcome};
use rocket::{Orbit, Request, Rocket};
use serde_json::{Value, json};

use super::globals::TemplateGlobals;
use super::menu::{self, MenuEntry};
use crate::base::config::values::SignUp;
use crate::base::form_value::{FormValue, Subject};
use crate::base::{Language, Sentence, Token};
use crate::people::sessions::{self, LoggedOut};
use crate::people::{MaybeEnrolling, User};
use crate::services::second_factor;
use crate::web::app_notice::Waiting;
use crate::web::flash::Shown;
use crate::web::moment;
use crate::web::next::{Next, onward, with_next};
use crate::web::notice::Notice;
use crate::web::paths;
use crate::web::request::wants_json;
use crate::web::view::Page;
use crate::web::{Cookies, language};

/// The frame around every page: menu, notices, the visitor's name. As an argument of a handler it makes pages in that
/// frame, in the language of the visitor.
///
/// ```no_run
/// use rocket::get;
/// use serde_json::json;
/// use vestibule::{Layout, Page, User};
///
/// #[get("/notes")]
/// fn index(_user: User, layout: Layout<'_>) -> Page {
///     layout.page("notes.html", "Notes", json!({ "notes": ["Water the plants"] }))
/// }
/// ```
pub struct Layout<'r> {
    rocket: &'r Rocket<Orbit>,
    cookies: Cookies<'r>,
    /// `None` if it is not known, because the database does not answer or was not asked.
    maybe_user: Option<MaybeEnrolling>,
    notice: Option<(Waiting, FlashMessage<'r>)>,
    /// The device of the request's cookie was logged out.
    logged_out: Option<LoggedOut>,
    /// The same for a device whose cookie a login has replaced since.
    logged_out_before: Option<LoggedOut>,
    here: &'r str,
    next: Option<Next>,
    language: Language,
    /// The app's links that this visitor sees.
    menu: Vec<&'r MenuEntry>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Layout<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let maybe_user = try_outcome!(request.guard::<MaybeEnrolling>().await);
        let layout = Layout::around(request, Some(maybe_user)).await;
        let layout = layout.map(|layout| Layout {
            logged_out: sessions::logged_out(request).cloned(),
            logged_out_before: sessions::logged_out_before(layout.cookies).filter(|_| !wants_json(request)),
            ..layout
        });
        layout.or_error((Status::InternalServerError, ()))
    }
}

impl<'r> Layout<'r> {
    /// A frame for a page that must be shown even if the user is not known.
    pub(crate) async fn without_user(request: &'r Request<'_>) -> Option<Layout<'r>> {
        Layout::around(request, None).await
    }

    /// The same frame without the waiting notice, which is kept.
    pub(crate) fn without_notice(self) -> Layout<'r> {
        Layout { notice: None, ..self }
    }

    /// The same frame without this notice, if it waits: the page itself says it.
    pub(crate) fn instead_of(self, notice: Notice) -> Layout<'r> {
        if !self.notice.as_ref().is_some_and(|(waiting, _)| *waiting == Waiting::Ours(notice)) {
            return self;
        }
        Notice::forget(self.cookies);
        self.without_notice()
    }

    /// The user whom the frame names, if one is logged in. It is no guard: where the site requires a second factor, it may
    /// be a user whom [`User`] refuses.
    pub fn user(&self) -> Option<&User> {
        self.maybe_user.as_ref()?.user()
    }

    /// Whether a user is logged in whose session is restricted: the site requires a second factor, and they have none.
    pub fn is_restricted(&self) -> bool {
        self.maybe_user.as_ref().is_some_and(MaybeEnrolling::is_restricted)
    }

    /// Where the visitor wanted to go.
    pub(crate) fn next(&self) -> Option<&Next> {
        self.next.as_ref()
    }

    /// The page after a login: where the visitor wanted to go, otherwise the landing.
    pub(crate) fn onward(&self) -> String {
        onward(self.cookies.site, self.next.as_ref())
    }

    /// The same frame for a form with a `next` in its body. Without one, that of the address stays.
    pub(crate) fn keeping(self, next: &str) -> Layout<'r> {
        if next.is_empty() {
            return self;
        }
        Layout { next: Next::parse(self.rocket, next), ..self }
    }

    /// The language of the visitor.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// A sentence in the language of the visitor.
    pub(crate) fn say(&self, sentence: &Sentence) -> String {
        self.cookies.site.words.text(self.language, sentence)
    }

    /// A page in this frame: a template, the name of the page, and a JSON object with the values of the template. The
    /// name is a sentence, or its key in `words/`.
    pub fn page(&self, template: &'static str, title: impl Into<Sentence>, context: Value) -> Page {
        let login_href = with_next(paths::LOGIN, self.next.as_ref());
        let user = self
            .user()
            .map(|user| json!({ "name": user.name, "email": user.email.shown(), "is_admin": user.is_admin }));
        let subject = self.user().map_or(Subject::Anonymous, |user| Subject::Account(user.id.as_str()));
        let globals = self.rocket.state::<TemplateGlobals>();
        let mut all = globals.map(|globals| globals.values(self.language)).unwrap_or_default();
        let site = self.cookies.site;
        // Only what one may want on paper names person and day: no other page pays for it.
        let printed = user.is_some() && self.here.starts_with(paths::SETTINGS);
        let frame = json!({
            "today": printed.then(|| self.say(&moment::date(site.clock.now(), site))),
            "mail_is_on": site.mailer.is_on(),
            "page_title": self.say(&title.into()),
            "user": user,
            "known": self.maybe_user.is_some(),
            "signup_open": site.settings.signup == SignUp::Open,
            "here": self.here,
            "app_menu": menu::values(&self.menu, self.here, &|sentence| self.say(sentence)),
            "form": FormValue::generate(&site.key, subject).reveal(),
            "notice": self.notice.as_ref().map(|(notice, flash)| notice.show(flash, self.next.as_ref(), &site.settings, &|sentence| self.say(sentence))),
            "logged_out": self.logged_out(),
            "login_href": login_href,
            "signup_href": with_next(paths::SIGNUP, self.next.as_ref()),
            "next": self.next.as_ref().map(Next::as_str),
            // After a login with the password, the browser may make a passkey without a question: the first page asks it.
            "upgrade": self.user().is_some_and(|user| second_factor::asks_upgrade(site, user)),
        });
        for more in [frame, context] {
            if let Value::Object(more) = more {
                all.extend(more);
            }
        }
        Page::new(template, self.language, Value::Object(all))
    }

    /// The value of a form that belongs to a link, for any user.
    pub(crate) fn link_form(&self, link: &Token) -> String {
        FormValue::generate(&self.cookies.site.key, Subject::Link(&link.hash())).reveal()
    }

    /// The message about a device that was logged out. Once shown, its cookie is removed.
    fn logged_out(&self) -> Option<Shown> {
        if let Some(logged_out) = &self.logged_out_before {
            sessions::forget_logged_out(self.cookies);
            return Some(self.shown(logged_out));
        }
        let logged_out = self.logged_out.as_ref()?;
        sessions::forget_device(self.cookies);
        // Not for a user who has just done so here: the button was pressed twice, and the first answer, which
        // removed the cookie, was lost.
        let said = self.notice.as_ref().map(|(notice, _)| *notice);
        let just_done = matches!(said, Some(Waiting::Ours(Notice::LoggedOut | Notice::Switched)));
        (!just_done).then(|| self.shown(logged_out))
    }

    fn shown(&self, logged_out: &LoggedOut) -> Shown {
        let site = self.cookies.site;
        let date = self.say(&moment::date(logged_out.at, site));
        let time = self.say(&moment::clock(logged_out.at, site));
        let (actor, browser) = (logged_out.actor.code(), logged_out.browser.unwrap_or_default());
        Shown::logged_out(&date, &time, actor, browser, &|sentence| self.say(sentence))
    }

    async fn around(request: &'r Request<'_>, maybe_user: Option<MaybeEnrolling>) -> Option<Layout<'r>> {
        // If the answer is JSON, a notice would not be seen: it is kept.
        let cookies = Cookies::of(request)?;
        let notice = match Waiting::of(cookies) {
            Some(notice) if !wants_json(request) => {
                request.guard::<FlashMessage<'_>>().await.succeeded().map(|flash| (notice, flash))
            }
            _ => None,
        };
        let next = request.query_value::<&str>("next").and_then(Result::ok);
        // Links to pages that a restricted session does not open lead nowhere.
        let open = maybe_user.as_ref().filter(|user| !user.is_restricted());
        let user = open.and_then(MaybeEnrolling::user);
        let menu = menu::visible(request, user).await;
        Some(Layout {
            rocket: request.rocket(),
            maybe_user,
            notice,
            logged_out: None,
            logged_out_before: None,
            cookies,
            here: request.uri().path().as_str(),
            language: language::of(request),
            menu,
            next: next.and_then(|text| Next::parse(request.rocket(), text)),
        })
    }
}
