//! The decision about a request to an app: who may. It knows nothing of HTTP. Whatever is not clearly allowed is refused.

use crate::base::Time;
use crate::base::clock::CLOCKS_DIFFER;
use crate::people::groups::GroupName;
use crate::people::passes::Passed;
use crate::services::apps::App;

/// Who is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person<'p> {
    /// The groups of their account.
    pub(super) groups: &'p [GroupName],
    /// When they last proved who they are; `None` if a remembered device opened their session.
    pub(super) authenticated_at: Option<Time>,
}

/// The decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Everyone may. Whether the app is told who someone is, [`is_named`] says.
    Open,
    /// They may.
    Allowed,
    /// No one may who is not known.
    WhoAreYou,
    /// This person may not.
    NotYou,
    /// This person may, once they have proved again who they are.
    Again,
}

/// Decides. A preflight passes where the app says so: it says nothing about who asks.
pub(super) fn judge(
    app: &App,
    uri: &str,
    person: Option<Person<'_>>,
    is_preflight: bool,
    now: Time,
) -> Verdict {
    let access = app.access(uri);
    if access.is_open() || is_preflight && access.lets_preflight() {
        return Verdict::Open;
    }
    let Some(person) = person else { return Verdict::WhoAreYou };
    if !access.allows(person.groups) {
        return Verdict::NotYou;
    }
    if is_recent(app, person.authenticated_at, now) { Verdict::Allowed } else { Verdict::Again }
}

/// Whether the app is told who someone is where everyone may: only of those who may use the app itself. An app takes a name
/// for a login, so the name of anybody else would open in this part what the rest of the app keeps from them.
pub(super) fn is_named(app: &App, person: Person<'_>, now: Time) -> bool {
    app.is_for(person.groups) && is_recent(app, person.authenticated_at, now)
}

/// Whether a proof of who someone is, is recent enough for an app.
pub(super) fn is_recent(app: &App, authenticated_at: Option<Time>, now: Time) -> bool {
    let Some(seconds) = app.fresh_for else { return true };
    // A time in the future was written when the clock was ahead.
    authenticated_at.is_some_and(|at| at > now.minus(seconds) && at <= now.plus(CLOCKS_DIFFER))
}

impl<'p> From<&'p Passed> for Person<'p> {
    fn from(passed: &'p Passed) -> Person<'p> {
        Person { groups: &passed.groups, authenticated_at: passed.authenticated_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::WebOrigin;
    use crate::services::apps::{AppId, AppName, AppTitle, PathAccess, PathPrefix, PathRule, RemoteUser};

    const NOW: i64 = 1_767_225_600;

    fn groups(names: &[&str]) -> Vec<GroupName> {
        names.iter().map(|name| GroupName::parse(name).unwrap()).collect()
    }

    fn rule(prefix: &str, access: PathAccess, preflight: bool) -> PathRule {
        PathRule { prefix: PathPrefix::parse(prefix).unwrap(), access, preflight }
    }

    fn wiki() -> App {
        let name = AppName::parse("wiki").unwrap();
        App {
            id: AppId::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap(),
            title: AppTitle::of(&name),
            name,
            groups: groups(&["family"]),
            origins: vec![WebOrigin::parse("https://wiki.example.org").unwrap()],
            paths: vec![
                rule("/admin", PathAccess::Groups(groups(&["admins"])), false),
                rule("/api", PathAccess::Groups(groups(&["family"])), true),
                rule("/public", PathAccess::Open, false),
            ],
            remote_user: RemoteUser::Handle,
            fresh_for: None,
            disabled_at: None,
            created_at: Time::from_unix(NOW),
            changed_at: Time::from_unix(NOW),
        }
    }

    /// What is decided about someone in these groups, who logged in this many seconds ago.
    fn about(app: &App, uri: &str, names: &[&str], ago: Option<i64>) -> Verdict {
        let (groups, now) = (groups(names), Time::from_unix(NOW));
        let person = Person { groups: &groups, authenticated_at: ago.map(|ago| now.minus(ago)) };
        judge(app, uri, Some(person), false, now)
    }

    fn about_nobody(uri: &str, is_preflight: bool) -> Verdict {
        judge(&wiki(), uri, None, is_preflight, Time::from_unix(NOW))
    }

    #[test]
    fn only_those_of_its_groups_may() {
        let app = wiki();
        assert_eq!(about_nobody("/", false), Verdict::WhoAreYou);
        assert_eq!(about(&app, "/", &["choir", "family"], None), Verdict::Allowed);
        assert_eq!(about(&app, "/", &["choir"], Some(0)), Verdict::NotYou);
        assert_eq!(about(&app, "/admin/users", &["family"], Some(0)), Verdict::NotYou);
        assert_eq!(about(&app, "/admin/users", &["admins"], Some(0)), Verdict::Allowed);
        let everyone = App { groups: Vec::new(), ..app };
        assert_eq!(about(&everyone, "/", &[], None), Verdict::Allowed);
        assert_eq!(judge(&everyone, "/", None, false, Time::from_unix(NOW)), Verdict::WhoAreYou);
    }

    #[test]
    fn what_is_open_is_open_by_every_reading_or_not_at_all() {
        assert_eq!(about_nobody("/public/logo.png?x=/admin", false), Verdict::Open);
        for hostile in [
            "/public/../admin",
            "/public/..%2fadmin",
            "/public/%2e%2e/admin",
            "/public/..;/admin",
            "/public\\..\\admin",
        ] {
            assert_eq!(about_nobody(hostile, false), Verdict::WhoAreYou, "{hostile}");
            assert_eq!(about(&wiki(), hostile, &["family"], Some(0)), Verdict::NotYou, "{hostile}");
        }
    }

    #[test]
    fn a_preflight_passes_only_where_the_app_says_so() {
        assert_eq!(about_nobody("/api/notes", true), Verdict::Open);
        assert_eq!(about_nobody("/api/notes", false), Verdict::WhoAreYou);
        assert_eq!(about_nobody("/admin", true), Verdict::WhoAreYou);
        assert_eq!(about_nobody("/api/../admin", true), Verdict::WhoAreYou);
    }

    #[test]
    fn where_everyone_may_only_those_are_named_for_whom_the_app_is() {
        let (app, now) = (App { fresh_for: Some(900), ..wiki() }, Time::from_unix(NOW));
        let named = |names: &[&str], ago: Option<i64>| {
            let groups = groups(names);
            is_named(&app, Person { groups: &groups, authenticated_at: ago.map(|ago| now.minus(ago)) }, now)
        };
        assert!(named(&["choir", "family"], Some(0)));
        assert!(!named(&[], Some(0)) && !named(&["choir"], Some(0)), "of another group");
        assert!(!named(&["admins"], Some(0)), "of a part alone");
        assert!(!named(&["family"], Some(900)) && !named(&["family"], None), "too long ago");
    }

    #[test]
    fn an_app_may_ask_for_a_login_that_is_recent() {
        let app = App { fresh_for: Some(900), ..wiki() };
        for (ago, verdict) in [
            (Some(0), Verdict::Allowed),
            (Some(899), Verdict::Allowed),
            (Some(900), Verdict::Again),
            (None, Verdict::Again),
            (Some(-CLOCKS_DIFFER), Verdict::Allowed),
            (Some(-CLOCKS_DIFFER - 1), Verdict::Again),
        ] {
            assert_eq!(about(&app, "/", &["family"], ago), verdict, "{ago:?}");
        }
        assert_eq!(about(&app, "/", &["choir"], None), Verdict::NotYou, "no password is entered for nothing");
        assert_eq!(about(&app, "/public", &[], None), Verdict::Open);
    }
}
