//! What kind of client a path is for, which decides under which host names it answers. A test lists every
//! route with its class.

use super::paths;

/// The class of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteClass {
    /// For a person's browser: with cookies, and under the host name of `base_url` only. Everything that is not
    /// listed below, pages of your own included.
    Page,
    /// The same for everyone, under any host name: files, documents that machines look for, health.
    Public,
}

/// What is public: below a folder, or one path.
const PUBLIC: [&str; 6] =
    ["/static/", "/.well-known/", "/gate/", "/.vestibule/", paths::HEALTH, paths::READY];

impl RouteClass {
    /// The class of a path, mounted or not.
    pub fn of(path: &str) -> RouteClass {
        let is_public = |public: &str| path == public || (public.ends_with('/') && path.starts_with(public));
        if PUBLIC.into_iter().any(is_public) { RouteClass::Public } else { RouteClass::Page }
    }
}
