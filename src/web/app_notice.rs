//! The notices of an app: sentences for the next page, like ours. The cookie carries `app.` and the code of one that
//! the app has declared, so no forged cookie can put another text on a page. The sentence is in the app's code; its
//! words can translate it, as the message `notice-app-` and the code.

use rocket::request::FlashMessage;
use rocket::response::{Flash, Redirect};

use super::cookies::Cookies;
use super::flash::{self, Say, Shown};
use super::next::Next;
use super::notice::{Kind, Notice};
use crate::base::{Program, Refusal, Sentence, Settings, codes};

/// Before the code in the cookie: no code of ours has a dot.
const PREFIX: &str = "app.";

/// A sentence for the page after a redirect, shown once. Declare each one, and give all of them to `App::notices`.
///
/// ```
/// use rocket::response::Redirect;
/// use vestibule::{Answer, Notice};
///
/// const SAVED: Notice = Notice::success("note-saved", "Your note was saved.");
///
/// fn saved() -> Answer {
///     SAVED.after(Redirect::to("/notes")).into()
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppNotice {
    kind: Kind,
    code: &'static str,
    sentence: &'static str,
}

impl AppNotice {
    /// What the visitor wanted was done. The code is in the cookie, and `notice-app-CODE` is the key of a translation.
    pub const fn success(code: &'static str, sentence: &'static str) -> AppNotice {
        AppNotice { kind: Kind::Success, code, sentence }
    }

    /// Something that the visitor should know or do.
    pub const fn warning(code: &'static str, sentence: &'static str) -> AppNotice {
        AppNotice { kind: Kind::Warning, code, sentence }
    }

    /// What the visitor wanted was not done.
    pub const fn error(code: &'static str, sentence: &'static str) -> AppNotice {
        AppNotice { kind: Kind::Error, code, sentence }
    }

    /// A redirect that shows this notice on the next page.
    pub fn after(self, redirect: Redirect) -> Flash<Redirect> {
        Flash::new(redirect, self.kind.code(), self.full_code())
    }

    /// Its code in cookies and rows.
    fn full_code(self) -> String {
        format!("{PREFIX}{}", self.code)
    }

    fn sentence(self) -> Sentence {
        Sentence::new(format!("notice-app-{}", self.code)).or(self.sentence)
    }

    fn cookie_value(self) -> String {
        flash::value_of_cookie(self.kind, &self.full_code())
    }

    /// The declared notice that a cookie carries.
    fn carried(program: &Program, cookie: &str) -> Option<AppNotice> {
        AppNotice::declared(program, |notice| notice.cookie_value() == cookie)
    }

    fn declared(program: &Program, is_meant: impl Fn(AppNotice) -> bool) -> Option<AppNotice> {
        let declared = &program.attached::<AppNotices>()?.0;
        declared.iter().copied().find(|notice| is_meant(*notice))
    }
}

/// All notices of an app. It is attached to the program.
#[derive(Clone, Debug, Default)]
pub struct AppNotices(pub Vec<AppNotice>);

impl AppNotices {
    /// Refuses a code that is malformed or given twice.
    pub fn check(&self) -> Result<(), Refusal> {
        codes::check("notice", self.0.iter().map(|notice| notice.code))
    }
}

/// A notice that waits to be shown, or will after the answer of a form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Waiting {
    /// One of ours.
    Ours(Notice),
    /// One of the app.
    OfApp(AppNotice),
}

impl Waiting {
    /// The notice for this visitor, if the cookie contains a known one.
    pub fn of(cookies: Cookies<'_>) -> Option<Waiting> {
        if let Some(ours) = Notice::waiting(cookies) {
            return Some(Waiting::Ours(ours));
        }
        let cookie = cookies.jar()?.get(flash::COOKIE)?;
        AppNotice::carried(&cookies.site.settings.program, cookie.value()).map(Waiting::OfApp)
    }

    /// The notice with a code, as the row of a form keeps it. `None` if there is none: another version may know it.
    pub(super) fn by_code(program: &Program, code: &str) -> Option<Waiting> {
        match Notice::by_code(code) {
            Some(ours) => Some(Waiting::Ours(ours)),
            None => AppNotice::declared(program, |notice| notice.full_code() == code).map(Waiting::OfApp),
        }
    }

    /// Its code.
    pub(super) fn code(self) -> String {
        match self {
            Waiting::Ours(notice) => notice.code().to_owned(),
            Waiting::OfApp(notice) => notice.full_code(),
        }
    }

    /// A redirect that shows it on the next page.
    pub(super) fn after(self, redirect: Redirect) -> Flash<Redirect> {
        match self {
            Waiting::Ours(notice) => notice.after(redirect),
            Waiting::OfApp(notice) => notice.after(redirect),
        }
    }

    /// The value of the cookie that carries it.
    pub(crate) fn cookie_value(self) -> String {
        match self {
            Waiting::Ours(notice) => notice.cookie_value(),
            Waiting::OfApp(notice) => notice.cookie_value(),
        }
    }

    /// Whether it reports that the visitor's wish was carried out.
    pub fn is_good_news(self) -> bool {
        match self {
            Waiting::Ours(notice) => notice.is_good_news(),
            Waiting::OfApp(notice) => notice.kind == Kind::Success,
        }
    }

    /// Takes the notice for showing, as [`Notice::show`] does.
    pub fn show(
        self,
        flash: &FlashMessage<'_>,
        next: Option<&Next>,
        settings: &Settings,
        say: Say<'_>,
    ) -> Shown {
        match self {
            Waiting::Ours(notice) => notice.show(flash, next, settings, say),
            Waiting::OfApp(notice) => {
                let _ = flash.kind(); // this removes the cookie, as for ours
                Shown::plain(notice.kind, say(&notice.sentence()))
            }
        }
    }
}

/// A cookie that is about to be sent must carry a declared notice: another one would never be shown. A debug build
/// panics with the name of the notice, another one writes it to the log.
pub(crate) fn require_declared(program: &Program, cookie: &str) {
    if AppNotice::carried(program, cookie).is_some() {
        return;
    }
    let code = Kind::ALL.iter().find_map(|kind| cookie.strip_prefix(&flash::value_of_cookie(*kind, PREFIX)));
    let Some(code) = code else { return };
    let told =
        format!("the notice `{code}` is not shown: give it to `notices` of the app, as it is declared");
    debug_assert!(code.is_empty(), "{told}");
    log::error!(event = "sys_broken"; "{told}");
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAVED: AppNotice = AppNotice::success("note-saved", "Your note was saved.");
    const FULL: AppNotice = AppNotice::error("shelf-full", "The shelf is full.");

    fn program(notices: &[AppNotice]) -> Program {
        Program::of_app("notes", "1.0.0", Default::default()).with(AppNotices(notices.to_vec()))
    }

    #[test]
    fn only_what_a_declared_notice_writes_is_one() {
        let program = program(&[SAVED, FULL]);
        assert_eq!(SAVED.cookie_value(), "7:successapp.note-saved");
        assert_eq!(AppNotice::carried(&program, "7:successapp.note-saved"), Some(SAVED));
        assert_eq!(AppNotice::carried(&program, &FULL.cookie_value()), Some(FULL));
        for forged in [
            "7:successnote-saved",
            "5:errorapp.note-saved",
            "7:successapp.note-savedd",
            "7:successapp.",
            "7:successapp.Your account is at risk",
            "app.note-saved",
            "",
        ] {
            assert_eq!(AppNotice::carried(&program, forged), None, "{forged}");
        }
        assert_eq!(AppNotice::carried(&Program::default(), &SAVED.cookie_value()), None);
        require_declared(&program, &SAVED.cookie_value());
        require_declared(&program, &Notice::LoggedOut.cookie_value());
    }

    #[test]
    fn a_code_in_a_row_leads_back_to_its_notice() {
        let program = program(&[SAVED]);
        for notice in [Waiting::Ours(Notice::LoggedOut), Waiting::OfApp(SAVED)] {
            assert_eq!(Waiting::by_code(&program, &notice.code()), Some(notice));
        }
        assert_eq!(Waiting::OfApp(SAVED).code(), "app.note-saved");
        for unknown in ["app.shelf-full", "app.logged-out", "note-saved", "app.", ""] {
            assert_eq!(Waiting::by_code(&program, unknown), None, "{unknown}");
        }
        assert_eq!(Waiting::by_code(&Program::default(), "app.note-saved"), None);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "`shelf-full`")]
    fn one_that_was_not_declared_panics_in_a_debug_build() {
        require_declared(&program(&[SAVED]), &FULL.cookie_value());
    }

    #[test]
    fn codes_are_well_formed_and_unique() {
        assert_eq!(AppNotices(vec![SAVED, FULL]).check(), Ok(()));
        let again = AppNotice::warning("note-saved", "It was saved before.");
        let refusal = AppNotices(vec![SAVED, FULL, again]).check().unwrap_err().to_string();
        assert!(refusal.contains("`note-saved` twice"), "{refusal}");
        assert!(AppNotices(vec![AppNotice::success("note saved", "Saved.")]).check().is_err());
    }
}
