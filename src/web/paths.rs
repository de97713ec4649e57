//! Every address a page links to. A test asks each of them of the running site.

use serde::Serialize;

/// The front page.
pub const HOME: &str = "/";
/// Make an account.
pub const SIGNUP: &str = "/signup";
/// Log in.
pub const LOGIN: &str = "/login";
/// Log out.
pub const LOGOUT: &str = "/logout";
/// The protected page.
pub const PROFILE: &str = "/profile";
/// Files inside the binary.
pub const STATIC: &str = "/static";

/// The addresses, as templates name them: `{{ paths.login }}`.
#[derive(Debug, Serialize)]
pub struct Paths {
    home: &'static str,
    signup: &'static str,
    login: &'static str,
    logout: &'static str,
    profile: &'static str,
}

/// All of them, for templates.
pub const PATHS: Paths = Paths { home: HOME, signup: SIGNUP, login: LOGIN, logout: LOGOUT, profile: PROFILE };
