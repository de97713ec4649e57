//! The pages of an app: its routes, the links that lead to them, and what browsers may load there.

use rocket::Route;

use super::app::App;
use crate::layout::menu::{Audience, MenuEntry};
use crate::people::groups::Group;
use crate::web::next::Landing;

/// Its pages.
impl App {
    /// Adds pages. They have all that Vestibule's own have: the way back after a login, the check of where a form comes
    /// from, 405 for other methods, limits, headers. A page at `/` or `/profile` takes the place of the one there.
    ///
    /// ```no_run
    /// use rocket::{get, routes};
    /// use vestibule::User;
    ///
    /// #[get("/notes")]
    /// fn index(user: User) -> String {
    ///     format!("The notes of {}", user.name)
    /// }
    ///
    /// let app = vestibule::app!().mount(routes![index]);
    /// ```
    pub fn mount(mut self, routes: Vec<Route>) -> App {
        self.routes.extend(routes);
        self
    }

    /// Adds pages below a path such as `/shop`.
    ///
    /// ```no_run
    /// use rocket::{get, routes};
    ///
    /// #[get("/basket")]
    /// fn basket() -> &'static str {
    ///     "The basket is empty."
    /// }
    ///
    /// let app = vestibule::app!().mount_at("/shop", routes![basket]); // the page /shop/basket
    /// ```
    pub fn mount_at(mut self, base: &str, routes: Vec<Route>) -> App {
        for route in routes {
            match route.map_base(|inner| format!("{base}{inner}")) {
                Ok(route) => self.routes.push(route),
                Err(_) => {
                    let advice = "Write a path such as \"/shop\", without parameters.";
                    return self.wrong(format!("App::mount_at cannot mount below {base:?}. {advice}"));
                }
            }
        }
        self
    }

    /// Adds routes for programs, which show a token or client credentials of yours in each request. These routes read no
    /// cookies: there is no user, and what another site makes a browser send has no rights. Errors are JSON.
    ///
    /// ```no_run
    /// use rocket::response::content::RawJson;
    /// use rocket::{get, routes};
    ///
    /// #[get("/api/prices")]
    /// fn prices() -> RawJson<&'static str> {
    ///     RawJson("[3, 4]")
    /// }
    ///
    /// let app = vestibule::app!().mount_for_programs(routes![prices]);
    /// ```
    pub fn mount_for_programs(mut self, routes: Vec<Route>) -> App {
        self.for_programs.extend(routes);
        self
    }

    /// Adds a link to the menu, after the one to the front page, for those who are logged in.
    ///
    /// ```no_run
    /// let app = vestibule::app!().link("Notes", "/notes");
    /// ```
    pub fn link(self, text: &'static str, path: &'static str) -> App {
        self.link_of(text, path, Audience::Users)
    }

    /// Adds a link to the menu for everyone.
    ///
    /// ```no_run
    /// let app = vestibule::app!().link_for_all("Opening hours", "/hours");
    /// ```
    pub fn link_for_all(self, text: &'static str, path: &'static str) -> App {
        self.link_of(text, path, Audience::All)
    }

    /// Adds a link to the menu for the members of a group.
    ///
    /// ```no_run
    /// struct Editors;
    ///
    /// impl vestibule::Group for Editors {
    ///     const NAME: &'static str = "editors";
    /// }
    ///
    /// let app = vestibule::app!().link_for::<Editors>("Drafts", "/drafts");
    /// ```
    pub fn link_for<G: Group>(self, text: &'static str, path: &'static str) -> App {
        self.link_of(text, path, Audience::Group(G::NAME))
    }

    fn link_of(mut self, text: &'static str, path: &'static str, audience: Audience) -> App {
        self.menu.push(MenuEntry { text, path, audience });
        self
    }

    /// Names the page after a login that no other page asked for, instead of `/profile`.
    ///
    /// ```no_run
    /// let app = vestibule::app!().landing("/notes");
    /// ```
    pub fn landing(mut self, path: &'static str) -> App {
        self.landing = Some(Landing(path.to_owned()));
        self
    }

    /// Allows browsers to load more on the app's own pages. The directive and the source are those of the
    /// Content-Security-Policy. Vestibule's pages stay as they are.
    ///
    /// ```no_run
    /// let app = vestibule::app!().allow("img-src", "data:");
    /// ```
    pub fn allow(mut self, directive: &str, source: &str) -> App {
        match std::mem::take(&mut self.policy).and(directive, source) {
            Ok(policy) => self.policy = policy,
            Err(refusal) => return self.wrong(refusal.to_string()),
        }
        self
    }
}
