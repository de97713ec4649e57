//! The form of an app that was opened before someone else changed the app: who that was, and next to each field what it says
//! now, so that saving again undoes nothing unseen.

use super::app_form::Typed;
use crate::base::{Sentence, Site};
use crate::people::ActorKind;
use crate::people::audit::{self, Act, Event, Told};
use crate::services::apps::{App, AppName, RemoteUser};
use crate::web::{self, FormErrors};

/// How many of the newest acts are looked through for the change.
const MOST: i64 = 100;

/// What the page says, with what was typed. `app` is the app as it is now.
pub(super) async fn errors(site: &Site, app: &App, typed: &Typed) -> web::Result<FormErrors> {
    let acts = audit::acts_before(site, None, MOST).await?;
    let last = acts.iter().find(|act| is_change(act, &app.name));
    let about_all = FormErrors::about_all(by(last));
    let now = Typed::of(app);
    let differing =
        typed.texts().into_iter().zip(now.texts()).filter(|(typed, now)| !is_same(typed.1, now.1));
    Ok(differing.fold(about_all, |errors, (_, (field, now))| errors.and(field, Some(says(field, now)))))
}

/// Whether an act changed what an app is made of.
fn is_change(act: &Act, app: &AppName) -> bool {
    let Some(Event::AppChanged) = act.event else { return false };
    let told = act.detail.as_ref().map(|detail| detail.told(act.event));
    // NAME: what of it was changed.
    matches!(told, Some(Told::About(about)) if about.split(':').next() == Some(app.as_str()))
}

/// By whom it was changed.
fn by(act: Option<&Act>) -> Sentence {
    let name = act.and_then(|act| act.administrator.as_ref()).and_then(|(_, name)| name.as_ref());
    match (name, act.and_then(|act| act.actor)) {
        (Some(name), _) => Sentence::new("admin-app-meanwhile").with("name", name.as_str()),
        (None, Some(ActorKind::CommandLine)) => "admin-app-meanwhile-operator".into(),
        (None, _) => "admin-app-meanwhile-someone".into(),
    }
}

/// Whether two texts of a field are the same, however their lines end.
fn is_same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// What a field says now.
fn says(field: &'static str, now: &str) -> Sentence {
    match (field, now) {
        (_, "") => "admin-app-now-empty".into(),
        ("remote_user", code) => {
            let key = match RemoteUser::by_code(code) {
                Some(RemoteUser::Email) => "admin-app-user-email",
                Some(RemoteUser::Id) => "admin-app-user-id",
                Some(RemoteUser::Handle) | None => "admin-app-user-handle",
            };
            Sentence::new("admin-app-now").with("now", Sentence::new(key))
        }
        (_, now) => {
            let lines = now.lines().collect::<Vec<_>>().join(" · ");
            Sentence::new("admin-app-now").with("now", lines)
        }
    }
}
