//! What the pages of administrators call groups, and groups as they are typed there. A page says the title, since people know
//! that, with the name in brackets where it differs: two groups may have one title. Either can be typed.

use std::collections::HashMap;

use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::groups::GroupName;
use crate::services::administration;

/// The groups of a site, by name, each with its title in the language of the reader.
pub(super) struct GroupWords(Vec<(GroupName, String)>);

/// What a title stands for.
enum Meant<'g> {
    One(&'g GroupName),
    /// More groups than one have it.
    Several,
}

impl GroupWords {
    /// Those of the site.
    pub(super) async fn read(layout: &Layout<'_>, site: &Site) -> sqlx::Result<GroupWords> {
        let groups = administration::groups(&site.db).await?.into_iter();
        let groups = groups.map(|(name, title)| {
            let title = layout.group_title(&name, &title);
            (name, title)
        });
        Ok(GroupWords(groups.collect()))
    }

    /// With these names and titles.
    #[cfg(test)]
    pub(super) fn of(groups: &[(&str, &str)]) -> GroupWords {
        let group = |(name, title): &(&str, &str)| (GroupName::parse(name).unwrap(), (*title).to_owned());
        GroupWords(groups.iter().map(group).collect())
    }

    /// Whether there is a group of this name. The administrators' is always there.
    pub(super) fn has(&self, name: &GroupName) -> bool {
        name.is_admins() || self.title(name).is_some()
    }

    /// What a page calls a group: one that is gone, by its name.
    pub(super) fn called(&self, name: &GroupName) -> String {
        self.title(name).map_or_else(|| name.to_string(), |title| called(name, title))
    }

    /// Several of them.
    pub(super) fn list(&self, names: &[GroupName]) -> String {
        names.iter().map(|name| self.called(name)).collect::<Vec<_>>().join(", ")
    }

    /// All of them, each with its name. `None` if there is none.
    pub(super) fn all(&self) -> Option<String> {
        let all: Vec<String> = self.0.iter().map(|(name, title)| called(name, title)).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }

    /// Their names, with what a page calls them, by name.
    pub(super) fn each(&self) -> impl Iterator<Item = (&GroupName, String)> {
        self.0.iter().map(|(name, title)| (name, called(name, title)))
    }

    /// The groups that were typed, with spaces or commas between them: names, or titles that one group alone has. `also` are
    /// names that are taken although the group may be gone. The error is a sentence. The size of a form limits their number.
    pub(super) fn typed(&self, typed: &str, also: &[&GroupName]) -> Result<Vec<GroupName>, Sentence> {
        let known = self.meant();
        let longest = known.keys().map(|key| key.split(' ').count()).max().unwrap_or(1);
        let words: Vec<&str> = words(typed).collect();
        let (mut rest, mut groups) = (&words[..], Vec::new());
        // A title of several words before one of fewer with which it begins.
        let first = |rest: &[&str]| {
            let counts = (1..=longest.min(rest.len())).rev();
            counts.map(|count| (count, key(&rest[..count]))).find(|(_, key)| known.contains_key(key))
        };
        while let Some(word) = rest.first() {
            let gone = GroupName::parse(word).filter(|name| name.is_admins() || also.contains(&name));
            let (count, name) = match first(rest) {
                Some((count, key)) => match known.get(&key) {
                    Some(Meant::One(name)) => (count, (*name).clone()),
                    _ => return Err(several(&rest[..count])),
                },
                None => match gone {
                    Some(name) => (1, name),
                    None => return Err(no_group(unknown(rest, |rest| first(rest).is_some()))),
                },
            };
            if !groups.contains(&name) {
                groups.push(name);
            }
            rest = &rest[count..];
        }
        Ok(groups)
    }

    fn title(&self, name: &GroupName) -> Option<&String> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, title)| title)
    }

    /// What can be typed: titles, what a page calls a group, and names, which count more than titles.
    fn meant(&self) -> HashMap<String, Meant<'_>> {
        let mut meant = HashMap::new();
        let key_of = |text: &str| key(&words(text).collect::<Vec<_>>());
        for (name, title) in &self.0 {
            let of_title = meant.entry(key_of(title)).or_insert(Meant::One(name));
            if !matches!(&*of_title, Meant::One(known) if *known == name) {
                *of_title = Meant::Several;
            }
        }
        for (name, title) in &self.0 {
            meant.insert(key_of(&called(name, title)), Meant::One(name));
            meant.insert(name.to_string(), Meant::One(name));
        }
        meant
    }
}

/// A title, with the name in brackets where it differs.
fn called(name: &GroupName, title: &str) -> String {
    if title == name.as_str() { title.to_owned() } else { format!("{title} ({name})") }
}

/// What stands between spaces, commas and ends of lines.
fn words(typed: &str) -> impl Iterator<Item = &str> {
    typed.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty())
}

/// Words, however they are spaced and whichever of their letters are capitals.
fn key(words: &[&str]) -> String {
    words.join(" ").to_lowercase()
}

/// The words that are no group: the first one if it could be a name, otherwise all up to the next group.
fn unknown(rest: &[&str], begins_known: impl Fn(&[&str]) -> bool) -> String {
    let could_be_name = rest.first().is_some_and(|word| GroupName::parse(word).is_some());
    let count = match could_be_name {
        true => 1,
        false => (1..rest.len()).find(|from| begins_known(&rest[*from..])).unwrap_or(rest.len()),
    };
    rest[..count].join(" ")
}

fn no_group(typed: String) -> Sentence {
    Sentence::new("admin-new-no-group").with("group", typed)
}

fn several(typed: &[&str]) -> Sentence {
    Sentence::new("admin-new-several-groups").with("title", typed.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> GroupWords {
        GroupWords::of(&[
            ("admins", "Administrators"),
            ("altos", "The choir"),
            ("choir", "choir"),
            ("editors", "Those who write"),
            ("members", "Mitglieder"),
            ("sopranos", "The choir"),
            ("staff", "altos"),
        ])
    }

    fn names(typed: &str) -> String {
        let gone = GroupName::parse("gone").unwrap();
        match site().typed(typed, &[&gone]) {
            Ok(groups) => groups.iter().map(GroupName::as_str).collect::<Vec<_>>().join(" "),
            Err(sentence) => sentence.key().to_owned(),
        }
    }

    #[test]
    fn a_page_says_the_title_and_the_name_where_it_differs() {
        let groups = ["members", "choir", "gone"].map(|name| GroupName::parse(name).unwrap());
        assert_eq!(site().list(&groups), "Mitglieder (members), choir, gone");
        assert!(site().all().unwrap().starts_with("Administrators (admins), The choir (altos), choir, "));
        assert_eq!(GroupWords::of(&[]).all(), None);
    }

    #[test]
    fn names_and_titles_can_be_typed_as_they_are_shown() {
        for (typed, expected) in [
            ("", ""),
            ("members choir", "members choir"),
            (" mitglieder,\r\nThose who  write Choir\tmembers ", "members editors choir"),
            ("Those who write (editors), Mitglieder (members)", "editors members"),
            ("The choir (altos) admins gone", "altos admins gone"),
            // A name counts more than the title of another group.
            ("altos", "altos"),
            ("The choir", "admin-new-several-groups"),
            ("members quire", "admin-new-no-group"),
            ("Those who", "admin-new-no-group"),
        ] {
            assert_eq!(names(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_group_is_named_whole() {
        let begins_known = |rest: &[&str]| rest[0] == "choir";
        for (typed, expected) in [
            ("quire libary", "quire"),
            ("The library", "The library"),
            ("The library choir", "The library"),
            ("The", "The"),
        ] {
            let typed: Vec<&str> = words(typed).collect();
            assert_eq!(unknown(&typed, begins_known), expected);
        }
    }
}
