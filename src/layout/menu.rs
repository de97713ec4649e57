//! The links of the app in the navigation, after the one to the front page, each for those whom it is meant for. Words
//! of the app can translate a text: its key is `menu-app-` and the path, with hyphens.

use rocket::Request;
use serde_json::{Value, json};

use crate::base::{Refusal, Sentence, Site};
use crate::people::User;
use crate::people::groups::{self, GroupName};
use crate::web::flash::Say;
use crate::web::next::Destinations;

/// The links of an app, in their order. It is attached to the program.
#[derive(Clone, Debug, Default)]
pub struct Menu(pub Vec<MenuEntry>);

/// A link in the navigation.
#[derive(Clone, Debug)]
pub struct MenuEntry {
    /// What it says.
    pub text: &'static str,
    /// Where it leads: a path of this site, which may have a query.
    pub path: &'static str,
    /// Who sees it.
    pub audience: Audience,
}

/// Who sees a link. This only saves others a way in vain: the guards of the page decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everyone.
    All,
    /// Those who are logged in.
    Users,
    /// The members of the group with this name.
    Group(&'static str),
}

impl Menu {
    /// Refuses a link without text, one that leads to no page, and one for a group that cannot exist.
    pub fn check(&self, pages: &Destinations) -> Result<(), Refusal> {
        for MenuEntry { text, path, audience } in &self.0 {
            if text.trim().is_empty() {
                return Err(Refusal::new(format!(
                    "The link to {path} in the menu has no text. Give it one."
                )));
            }
            if pages.page(path).is_none() {
                return Err(Refusal::new(format!(
                    "The link {text:?} in the menu leads to {path}, which is no page. Mount a GET route there, or \
                     correct the path."
                )));
            }
            if let Audience::Group(name) = audience
                && GroupName::parse(name).is_none_or(|parsed| parsed.as_str() != *name)
            {
                let rule = GroupName::RULE;
                return Err(Refusal::new(format!(
                    "The link {text:?} in the menu is for the group {name:?}, which is no name of a group. {rule}"
                )));
            }
        }
        Ok(())
    }
}

impl MenuEntry {
    fn sentence(&self) -> Sentence {
        Sentence::new(self.key()).or(self.text)
    }

    /// `/shop/new` becomes `menu-app-shop-new`, `/` becomes `menu-app-home`.
    fn key(&self) -> String {
        let words = self.path().split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<_> = words.collect();
        if words.is_empty() { "menu-app-home".to_owned() } else { format!("menu-app-{}", words.join("-")) }
    }

    fn path(&self) -> &'static str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// Whether a page is the one of this link, or below it.
    fn is_around(&self, here: &str) -> bool {
        let below = here.strip_prefix(self.path()).is_some_and(|rest| rest.starts_with('/'));
        here == self.path() || below && self.path() != "/"
    }
}

/// The links that a visitor sees. The database is only asked if some are for a group, and with the guards of the page
/// once for all. If it does not answer, those are left out.
pub(super) async fn visible<'r>(request: &'r Request<'_>, user: Option<&User>) -> Vec<&'r MenuEntry> {
    let menu = request.rocket().state::<Site>().and_then(|site| site.settings.program.attached::<Menu>());
    let Some(Menu(entries)) = menu else { return Vec::new() };
    let for_groups = entries.iter().any(|entry| matches!(entry.audience, Audience::Group(_)));
    let groups = match user.filter(|_| for_groups) {
        Some(user) => groups::names_for(request, user).await.unwrap_or_default(),
        None => &[],
    };
    let is_seen = |entry: &&MenuEntry| match entry.audience {
        Audience::All => true,
        Audience::Users => user.is_some(),
        Audience::Group(name) => groups.iter().any(|group| group.as_str() == name),
    };
    entries.iter().filter(is_seen).collect()
}

/// The links as the template shows them. The one whose path has most in common with the page is current.
pub(super) fn values(entries: &[&MenuEntry], here: &str, say: Say<'_>) -> Value {
    let around = entries.iter().filter(|entry| entry.is_around(here));
    let nearest = around.map(|entry| entry.path().len()).max();
    let value = |entry: &&MenuEntry| {
        let current = entry.is_around(here) && Some(entry.path().len()) == nearest;
        json!({ "text": say(&entry.sentence()), "href": entry.path, "current": current })
    };
    entries.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use rocket::Route;
    use rocket::http::Method;
    use rocket::route::dummy_handler;

    use super::*;

    const fn entry(text: &'static str, path: &'static str) -> MenuEntry {
        MenuEntry { text, path, audience: Audience::Users }
    }

    #[test]
    fn the_link_nearest_to_the_page_is_current() {
        let (notes, old, home) =
            (entry("Notes", "/notes"), entry("Old", "/notes/old?all=1"), entry("App", "/"));
        let entries = [&notes, &old, &home];
        let current = |here: &str| {
            let shown = values(&entries, here, &|sentence| sentence.key().to_owned());
            let shown = shown.as_array().unwrap().iter().position(|link| link["current"] == true);
            shown.map(|index| entries[index].text)
        };
        for (here, text) in [
            ("/notes", Some("Notes")),
            ("/notes/12", Some("Notes")),
            ("/notes/old", Some("Old")),
            ("/notes/old/3", Some("Old")),
            ("/", Some("App")),
            ("/notesbook", None),
            ("/profile", None),
        ] {
            assert_eq!(current(here), text, "{here}");
        }
        let keys = entries.map(MenuEntry::key);
        assert_eq!(keys, ["menu-app-notes", "menu-app-notes-old", "menu-app-home"]);
    }

    #[test]
    fn a_link_to_no_page_or_for_no_group_is_refused() {
        let pages = ["/notes", "/logout"].map(|path| Route::new(Method::Get, path, dummy_handler));
        let pages = Destinations::among(&pages);
        let refused =
            |entry: MenuEntry| Menu(vec![entry]).check(&pages).err().map(|refusal| refusal.to_string());
        assert_eq!(refused(entry("Notes", "/notes?all=1")), None);
        let of_group = |name| MenuEntry { audience: Audience::Group(name), ..entry("Notes", "/notes") };
        assert_eq!(refused(of_group("editors")), None);
        for (entry, told) in [
            (entry("Notes", "/note"), "The link \"Notes\" in the menu leads to /note, which is no page."),
            (entry("Out", "/logout"), "which is no page"),
            (entry("Far", "https://a.example/notes"), "which is no page"),
            (entry(" ", "/notes"), "has no text"),
            (
                of_group("The Editors"),
                "for the group \"The Editors\", which is no name of a group. Use 1 to 64",
            ),
        ] {
            let line = refused(entry).unwrap_or_default();
            assert!(line.contains(told), "{line}");
        }
    }
}
