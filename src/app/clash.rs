//! Routes that would take each other's requests. Two of our pages are there to be replaced: they yield to a route of
//! the app. All others stay, since links, emails and redirects lead to them.

use rocket::Route;
use rocket::http::MediaType;

use crate::base::Refusal;
use crate::web::paths;
use crate::web::route_class::ClassedRoutes;

/// The pages of ours that yield to a route of the app at the same path.
const YIELDING: [&str; 2] = [paths::HOME, paths::PROFILE];

/// Folders in which an app has no routes. Their paths are answered under any host name, and later versions may have
/// routes there.
const RESERVED: [&str; 3] = ["gate", ".vestibule", ".well-known"];

/// The template of each page: who wants another look overrides that.
const TEMPLATES: [(&str, &str); 22] = [
    (paths::HOME, "home.html"),
    (paths::SIGNUP, "signup.html"),
    (paths::INVITED, "invited.html"),
    (paths::LOGIN, "login.html"),
    (paths::SWITCH, "login_switch.html"),
    (paths::LOGOUT, "logout.html"),
    (paths::PROFILE, "profile.html"),
    (paths::REAUTHENTICATE, "reauthenticate.html"),
    (paths::FORGOT, "forgot.html"),
    (paths::RESET, "reset.html"),
    (paths::CONFIRM, "confirm.html"),
    (paths::UNCONFIRMED, "unconfirmed.html"),
    (paths::CHANGE_EMAIL, "change_email.html"),
    (paths::RESTORE_EMAIL, "restore_email.html"),
    (paths::SECURE, "secure.html"),
    (paths::DELETE, "delete.html"),
    (paths::ACCOUNT, "account.html"),
    (paths::PASSWORD, "password.html"),
    (paths::EMAIL, "email.html"),
    (paths::CLOSE, "close.html"),
    (paths::DEVICES, "devices.html"),
    (paths::ACTIVITY, "activity.html"),
];

/// Our routes without those that the app replaces.
pub(super) fn without_yielding(ours: ClassedRoutes, theirs: &ClassedRoutes) -> ClassedRoutes {
    ours.without(|our| yields(our) && theirs.iter().any(|their| takes(their, our)))
}

/// Refuses a route of the app in a reserved folder, one that would take requests of ours, and two of its own that Rocket
/// cannot tell apart.
pub(super) fn check(ours: &ClassedRoutes, theirs: &ClassedRoutes) -> Result<(), Refusal> {
    for their in theirs.iter() {
        if let Some(Segment::Text(folder)) = segments(their).first()
            && RESERVED.contains(folder)
        {
            return Err(Refusal::new(format!(
                "{} is below /{folder}, which is reserved. Choose another path.",
                named(their)
            )));
        }
        if let Some(our) = ours.iter().find(|our| !yields(our) && takes(their, our)) {
            return Err(in_the_way(their, our));
        }
    }
    let theirs: Vec<&Route> = theirs.iter().collect();
    for (place, one) in theirs.iter().enumerate() {
        if let Some(other) = theirs.iter().skip(place + 1).find(|other| collide(one, other)) {
            return Err(Refusal::new(format!(
                "{} and {} would answer the same requests. Give one of them another path, or a rank.",
                named(one),
                named(other)
            )));
        }
    }
    Ok(())
}

fn yields(our: &Route) -> bool {
    YIELDING.contains(&our.uri.path())
}

fn in_the_way(their: &Route, our: &Route) -> Refusal {
    let path = our.uri.path();
    let template = TEMPLATES.iter().find(|(page, _)| *page == path).map(|(_, template)| template);
    let whose = match path == their.uri.path() {
        true => "belongs to Vestibule".to_owned(),
        false => format!("would take {} {path}, which belongs to Vestibule", our.method),
    };
    let advice = template.map_or("Choose another path.".to_owned(), |template| {
        format!(
            "To change that page, write templates/{template}; for a page of your own, choose another path."
        )
    });
    Refusal::new(format!("{} {whose}. {advice}", named(their)))
}

/// A route in words: `GET /login (function sign_in)`.
fn named(route: &Route) -> String {
    let function = route.name.as_ref().map(|name| format!(" (function {name})")).unwrap_or_default();
    format!("{} {}{function}", route.method, route.uri.path())
}

/// Whether a route of the app gets requests that are meant for one of ours: its path is the same, or matches it and is
/// asked first. One that is asked later, such as `/<page>`, only gets what is left.
fn takes(their: &Route, our: &Route) -> bool {
    let (their_path, our_path) = (segments(their), segments(our));
    let is_same = their_path == our_path;
    their.method == our.method && (is_same || their.rank <= our.rank && overlap(&their_path, &our_path))
}

/// Whether Rocket refuses the two: some request would match both, and their ranks do not say which comes first. (This
/// is its own rule, which it does not let others call.)
fn collide(one: &Route, other: &Route) -> bool {
    let same = one.method == other.method && one.rank == other.rank;
    same && overlap(&segments(one), &segments(other)) && formats_overlap(one, other)
}

/// A part of a route's path.
#[derive(Clone, Debug, PartialEq)]
enum Segment<'r> {
    Text(&'r str),
    /// `<id>`: any one part.
    One,
    /// `<rest..>`: any number of parts.
    Rest,
}

/// The path of a route. The names of its parameters do not count.
fn segments(route: &Route) -> Vec<Segment<'_>> {
    let parts = route.uri.path().split('/').filter(|part| !part.is_empty());
    let segment = |part| match part {
        part if is_parameter(part, "..>") => Segment::Rest,
        part if is_parameter(part, ">") => Segment::One,
        part => Segment::Text(part),
    };
    parts.map(segment).collect()
}

fn is_parameter(part: &str, end: &str) -> bool {
    part.starts_with('<') && part.ends_with(end)
}

/// Whether some path matches both.
fn overlap(one: &[Segment<'_>], other: &[Segment<'_>]) -> bool {
    for (a, b) in one.iter().zip(other) {
        match (a, b) {
            (Segment::Rest, _) | (_, Segment::Rest) => return true,
            (Segment::Text(a), Segment::Text(b)) if a != b => return false,
            _ => {}
        }
    }
    let is_rest = |segments: &[Segment<'_>], at: usize| segments.get(at) == Some(&Segment::Rest);
    one.len() == other.len() || is_rest(one, other.len()) || is_rest(other, one.len())
}

/// Whether some request has the format of both. A request without a body can accept any.
fn formats_overlap(one: &Route, other: &Route) -> bool {
    let part = |a: &str, b: &str| a == "*" || b == "*" || a == b;
    let overlap = |a: &MediaType, b: &MediaType| {
        part(a.top().as_str(), b.top().as_str()) && part(a.sub().as_str(), b.sub().as_str())
    };
    match (&one.format, &other.format) {
        (Some(a), Some(b)) if one.method.supports_payload() => overlap(a, b),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rocket::http::Method;
    use rocket::route::dummy_handler;

    use super::super::routes::ours;
    use super::*;
    use crate::web::RouteClass;

    fn theirs(routes: &[(Method, &str, Option<isize>)]) -> ClassedRoutes {
        let route = |(method, path, rank): &(Method, &str, Option<isize>)| match rank {
            Some(rank) => Route::ranked(*rank, *method, path, dummy_handler),
            None => Route::new(*method, path, dummy_handler),
        };
        ClassedRoutes::default().and(RouteClass::Page, routes.iter().map(route).collect())
    }

    fn refused(routes: &[(Method, &str, Option<isize>)]) -> Option<String> {
        check(&ours(), &theirs(routes)).err().map(|refusal| refusal.to_string())
    }

    #[test]
    fn a_route_in_the_way_of_ours_is_refused_with_the_template_to_override() {
        for (method, path, rank, told) in [
            (Method::Get, "/login", None, "GET /login belongs to Vestibule."),
            (Method::Get, "/login?<next>", None, " To change that page, write templates/login.html;"),
            (Method::Get, "/login", Some(5), "write templates/login.html"),
            (Method::Post, "/login", None, "POST /login belongs to Vestibule."),
            (Method::Get, "/settings/activity", None, "write templates/activity.html"),
            (Method::Get, "/<page>", Some(-20), "would take GET /"),
            (Method::Get, "/settings/<rest..>", Some(-12), "would take GET /settings"),
            (Method::Get, "/health", None, "GET /health belongs to Vestibule. Choose another path."),
            (Method::Get, "/static/<file>", None, "GET /static/<file> would take GET /static/<"),
            (Method::Get, "/static/style.css", None, "GET /static/style.css would take GET /static/<"),
        ] {
            let line = refused(&[(method, path, rank)]).unwrap_or_default();
            assert!(line.contains(told) && !line.contains('\n'), "{method} {path}: {line}");
        }
    }

    #[test]
    fn a_route_in_a_reserved_folder_is_refused() {
        for path in ["/gate", "/gate/<page..>", "/.vestibule/notes", "/.well-known/<file>", "/.well-known"] {
            for method in [Method::Get, Method::Post] {
                let line = refused(&[(method, path, Some(5))]).unwrap_or_default();
                let told = format!("{method} {path} is below /");
                assert!(line.starts_with(&told), "{line}");
                assert!(line.ends_with(", which is reserved. Choose another path."), "{line}");
            }
        }
        for path in ["/gates", "/notes/gate", "/well-known"] {
            assert_eq!(refused(&[(Method::Get, path, None)]), None, "{path}");
        }
    }

    #[test]
    fn what_is_left_is_the_apps() {
        for (method, path, rank) in [
            (Method::Get, "/", None),
            (Method::Get, "/profile", None),
            (Method::Post, "/profile", None),
            (Method::Get, "/notes", None),
            (Method::Get, "/login/help", None),
            (Method::Get, "/<page>", None),
            (Method::Get, "/<page..>", None),
            (Method::Get, "/settings/<page>", None),
        ] {
            assert_eq!(refused(&[(method, path, rank)]), None, "{method} {path}");
        }
    }

    #[test]
    fn two_routes_of_the_app_that_rocket_cannot_tell_apart_are_refused() {
        let get = |path| (Method::Get, path, None);
        for two in [["/notes", "/notes"], ["/<a>", "/<b>"], ["/a/<b>", "/a/<b..>"], ["/<a..>", "/<b..>"]] {
            let line = refused(&two.map(get)).unwrap_or_default();
            assert!(line.contains("would answer the same requests. Give one of them"), "{two:?}: {line}");
        }
        for two in [["/notes", "/<a>"], ["/a/b", "/a/c"], ["/a", "/a/b"]] {
            assert_eq!(refused(&two.map(get)), None, "{two:?}");
        }
        assert_eq!(refused(&[(Method::Get, "/notes", None), (Method::Post, "/notes", None)]), None);
        assert_eq!(refused(&[(Method::Get, "/<a>", Some(1)), (Method::Get, "/<b>", Some(2))]), None);
    }

    #[test]
    fn forms_of_different_formats_are_told_apart() {
        let with_format = |format: MediaType| {
            let mut route = Route::new(Method::Post, "/notes", dummy_handler);
            route.format = Some(format);
            route
        };
        let both =
            |a, b| ClassedRoutes::default().and(RouteClass::Page, vec![with_format(a), with_format(b)]);
        assert!(check(&ours(), &both(MediaType::JSON, MediaType::Form)).is_ok());
        assert!(check(&ours(), &both(MediaType::JSON, MediaType::JSON)).is_err());
        assert!(check(&ours(), &both(MediaType::JSON, MediaType::Any)).is_err());
    }

    #[test]
    fn only_a_page_that_the_app_has_yields() {
        let count = |routes: &[(Method, &str, Option<isize>)]| {
            without_yielding(ours(), &theirs(routes)).iter().count()
        };
        let all = ours().iter().count();
        assert_eq!(count(&[(Method::Get, "/", None)]), all - 1);
        assert_eq!(count(&[(Method::Get, "/", None), (Method::Get, "/profile", None)]), all - 2);
        assert_eq!(count(&[(Method::Post, "/", None), (Method::Get, "/<page..>", None)]), all);
        assert_eq!(count(&[(Method::Get, "/login", None)]), all);
    }

    #[test]
    fn every_template_of_the_list_is_one_of_ours_at_a_path_of_ours() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        for (path, template) in TEMPLATES {
            assert!(folder.join(template).is_file(), "{template}");
            assert!(ours().iter().any(|our| our.uri.path() == path), "{path}");
        }
    }
}
