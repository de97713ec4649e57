//! Whom a route is for. Its class decides what a request passes before it reaches any handler, and how it is
//! answered. This file says all of it; the checks and headers only follow [`Rules`]. A test lists every route
//! with its class.

use rocket::http::uri::Path;
use rocket::{Request, Route};

use super::paths;

/// The class of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteClass {
    /// For a person's browser, which sends cookies with every request. Every route that is not given another
    /// class, pages of your own and unknown paths included.
    Page,
    /// For a program. It shows a token or its client credentials in each request, and gets JSON. Cookies do not
    /// exist for it, so a request that another site made a browser send can do nothing that its sender could
    /// not do without a browser.
    Machine,
    /// The same for everyone, under any host name: files, documents that programs look for, everything below
    /// `/.well-known/`, health.
    Public,
    /// For the proxy in front of apps, which asks for every request to them and passes on what their visitor's browser sent.
    /// It reads a cookie of the app's host and none of ours, and its answers are of the app's host: they have no more headers
    /// than they need, and nothing of them may fail open. Its routes come before all checks.
    Check,
}

/// What holds for the routes of a class.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// A request must name its host (otherwise 400). A load balancer may check the health in HTTP/1.0, which has
    /// no `Host`.
    pub names_host: bool,
    /// Only requests for the host of `base_url` are answered (otherwise 421).
    pub one_host: bool,
    /// A request that may change something must not come from another site (otherwise 403).
    pub same_origin: bool,
    /// Cookies are read and set. A class without them knows no user.
    pub cookies: bool,
    /// Which requests from one network are counted (too many: 429).
    pub counted: Counted,
    /// Errors are JSON, whatever the request accepts, and 401 redirects no one.
    pub json: bool,
    /// Answers are shown by a browser, so they get all headers for one.
    pub shown: bool,
}

/// Which requests count against a rate limit before any handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Those that may change something.
    Forms,
    /// All of them, separately from forms.
    All,
    /// None of them.
    Nothing,
}

impl RouteClass {
    /// What holds for its routes.
    pub const fn rules(self) -> Rules {
        match self {
            RouteClass::Page => Rules {
                names_host: true,
                one_host: true,
                same_origin: true,
                cookies: true,
                counted: Counted::Forms,
                json: false,
                shown: true,
            },
            RouteClass::Machine => Rules {
                names_host: true,
                one_host: false,
                same_origin: false,
                cookies: false,
                counted: Counted::All,
                json: true,
                shown: false,
            },
            RouteClass::Check => Rules {
                names_host: false,
                one_host: false,
                same_origin: false,
                cookies: false,
                counted: Counted::Nothing,
                json: true,
                shown: false,
            },
            // Its error pages have the frame of a page, with the user's name.
            RouteClass::Public => Rules { names_host: false, one_host: false, ..RouteClass::Page.rules() },
        }
    }

    /// The class of the path of a request, mounted or not.
    pub fn of(request: &Request<'_>) -> RouteClass {
        // Asked for every request to every app, so nothing is looked up.
        if CHECKS.contains(&request.uri().path().as_str()) {
            return RouteClass::Check;
        }
        *request.local_cache(|| {
            let classes = request.rocket().state::<RouteClasses>();
            classes.map_or(RouteClass::Page, |classes| classes.of(request.uri().path()))
        })
    }
}

/// Routes with their classes, to be mounted.
#[derive(Clone, Debug, Default)]
pub struct ClassedRoutes(Vec<(RouteClass, Route)>);

impl ClassedRoutes {
    /// The same and more routes, of this class.
    pub fn and(mut self, class: RouteClass, routes: Vec<Route>) -> ClassedRoutes {
        self.0.extend(routes.into_iter().map(|route| (class, route)));
        self
    }

    /// The same and those of another list.
    pub fn and_all(mut self, more: ClassedRoutes) -> ClassedRoutes {
        self.0.extend(more.0);
        self
    }

    /// The same without some of the routes.
    pub fn without(mut self, is_left_out: impl Fn(&Route) -> bool) -> ClassedRoutes {
        self.0.retain(|(_, route)| !is_left_out(route));
        self
    }

    /// The routes, whatever their class.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.0.iter().map(|(_, route)| route)
    }

    /// The routes that a person may be sent to, without those for programs.
    pub fn for_people(&self) -> impl Iterator<Item = &Route> {
        let for_people = |class| !matches!(class, RouteClass::Machine | RouteClass::Check);
        self.0.iter().filter(move |(class, _)| for_people(*class)).map(|(_, route)| route)
    }

    /// The routes alone.
    pub fn into_routes(self) -> Vec<Route> {
        self.0.into_iter().map(|(_, route)| route).collect()
    }
}

/// The addresses that only proxies ask.
pub const CHECKS: [&str; 3] = [paths::FORWARD_AUTH, paths::AUTH_REQUEST, paths::ENTER];

/// Folders whose paths are public, whether or not there is anything. (RFC 8615 for the first; the others are
/// those of the gate.)
const PUBLIC_FOLDERS: [&str; 3] = ["/.well-known/<_..>", "/gate/<_..>", "/.vestibule/<_..>"];

/// The classes of all paths. Collected when the server is built.
#[derive(Debug)]
pub struct RouteClasses {
    pages: Vec<Pattern>,
    others: Vec<(RouteClass, Pattern)>,
}

#[derive(Debug)]
struct Pattern {
    rank: isize,
    path: String,
}

impl RouteClasses {
    /// The classes of these routes.
    pub fn among(routes: &ClassedRoutes) -> RouteClasses {
        let (mut pages, mut others) = (Vec::new(), Vec::new());
        for (class, route) in &routes.0 {
            let pattern = Pattern { rank: route.rank, path: route.uri.path().to_owned() };
            match class {
                RouteClass::Page => pages.push(pattern),
                class => others.push((*class, pattern)),
            }
        }
        RouteClasses { pages, others }
    }

    /// The class of a path: that of the route which Rocket chooses for it, whatever the method. A route of
    /// another method at the same path has the same class.
    pub fn of(&self, path: Path<'_>) -> RouteClass {
        let others = self.others.iter().filter(|(_, other)| other.matches(path));
        match others.min_by_key(|(_, other)| other.rank) {
            // A page at an exact path comes before other routes whose pattern would match it too.
            Some((_, other))
                if self.pages.iter().any(|page| page.rank < other.rank && page.matches(path)) =>
            {
                RouteClass::Page
            }
            Some((class, _)) => *class,
            // A page of ours in one of those folders.
            None if self.pages.iter().any(|page| page.is_named() && page.matches(path)) => RouteClass::Page,
            None if PUBLIC_FOLDERS.iter().any(|folder| matches(parts(folder), path.segments())) => {
                RouteClass::Public
            }
            None => RouteClass::Page,
        }
    }
}

impl Pattern {
    /// Whether it is one path: no part of it is any.
    fn is_named(&self) -> bool {
        !self.path.contains('<')
    }

    fn matches(&self, path: Path<'_>) -> bool {
        matches(parts(&self.path), path.segments())
    }
}

fn parts(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('/').filter(|part| !part.is_empty())
}

/// Whether the parts of a path match those of a route's pattern: `<id>` is any one part, `<rest..>` any number
/// of them.
pub(super) fn matches<'p, 'r>(
    mut pattern: impl Iterator<Item = &'p str>,
    mut path: impl Iterator<Item = &'r str>,
) -> bool {
    loop {
        match (pattern.next(), path.next()) {
            (Some(part), _) if part.starts_with('<') && part.ends_with("..>") => return true,
            (Some(part), Some(segment))
                if part.starts_with('<') && part.ends_with('>') && !segment.is_empty() => {}
            (Some(part), Some(segment)) if part == segment => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}
