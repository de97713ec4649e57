//! Names of groups in a setting. The rule for such a name stands here, since settings are read before there are groups.

use std::str::FromStr;

use super::from_text::read_as_text;

/// The name of the group whose members administer the site, as a literal: for statements, which consist of literals.
macro_rules! admins {
    () => {
        "admins"
    };
}
pub(crate) use admins;

/// The group whose members administer the site.
pub const ADMINS: &str = admins!();
/// The most characters of the name of a group.
pub const LONGEST_NAME: usize = 64;
/// The most groups in one setting: more than a site has whose members need the same.
const MOST: usize = 20;

/// Whether a text can be the name of a group. The compiler asks as well, about the names in code.
pub const fn is_group_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let fits = match bytes[at] {
            b'a'..=b'z' | b'0'..=b'9' => true,
            b'.' | b'_' | b'-' => at > 0,
            _ => false,
        };
        if !fits {
            return false;
        }
        at += 1;
    }
    !bytes.is_empty() && bytes.len() <= LONGEST_NAME
}

/// Names of groups. Whether there are such groups is not known when they are read: one may be created later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupList {
    names: Vec<String>,
    padded: String,
}

impl GroupList {
    /// Each name.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether it names none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// All names in one text, each with a space before and after it, for a query that asks whether a group is one of them:
    /// `replace($1, ' ' || group_name || ' ', '') <> $1`. Empty if there are none.
    pub fn padded(&self) -> &str {
        &self.padded
    }
}

impl FromStr for GroupList {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let list = text.trim().trim_start_matches('[').trim_end_matches(']');
        let parts = list.split(',').map(|part| part.trim().trim_matches('"')).filter(|part| !part.is_empty());
        let mut names: Vec<String> = Vec::new();
        for part in parts {
            if !is_group_name(part) {
                return Err(());
            }
            if !names.iter().any(|name| name == part) {
                names.push(part.to_owned());
            }
        }
        if names.len() > MOST {
            return Err(());
        }
        let padded = if names.is_empty() { String::new() } else { format!(" {} ", names.join(" ")) };
        Ok(GroupList { names, padded })
    }
}

/// Groups that an account joins if its owner makes it on the sign-up page. `admins` is never one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignupGroups(GroupList);

impl SignupGroups {
    /// Each name.
    pub fn names(&self) -> &[String] {
        self.0.names()
    }

    /// Whether it names none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with a text that names `admins`.
    pub(super) fn with_admins(text: &str) -> Option<String> {
        let groups = text.parse::<GroupList>().ok()?;
        has_admins(&groups).then(|| {
            format!("names {ADMINS}, which would make an administrator of everyone who signs up: leave that group out.")
        })
    }
}

fn has_admins(groups: &GroupList) -> bool {
    groups.names.iter().any(|name| name == ADMINS)
}

impl FromStr for SignupGroups {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let groups = text.parse::<GroupList>()?;
        if has_admins(&groups) { Err(()) } else { Ok(SignupGroups(groups)) }
    }
}

read_as_text!(list with ",": GroupList);
read_as_text!(list with ",": SignupGroups);

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> GroupList {
        text.parse().unwrap()
    }

    #[test]
    fn a_list_has_each_group_once_and_a_space_around_each() {
        for text in
            ["admins, editors", "[\"admins\", \"editors\"]", "admins,editors,admins", " admins ,editors"]
        {
            let list = read(text);
            assert_eq!(list.names(), ["admins", "editors"], "{text}");
            assert_eq!(list.padded(), " admins editors ", "{text}");
        }
        assert_eq!(read("admins").padded(), " admins ");
        for text in ["", " ", "[]", ","] {
            assert_eq!(read(text), GroupList::default(), "{text:?}");
            assert!(read(text).is_empty() && read(text).padded().is_empty());
        }
    }

    #[test]
    fn what_is_no_name_of_a_group_is_refused() {
        for text in ["Admins", "admins editors", "admins;editors", "admins, the choir", "*", "'admins'"] {
            assert_eq!(text.parse::<GroupList>(), Err(()), "{text}");
        }
        let many = |count: usize| (0..count).map(|n| format!("g{n}")).collect::<Vec<_>>().join(",");
        assert!(many(MOST).parse::<GroupList>().is_ok());
        assert!(many(MOST + 1).parse::<GroupList>().is_err());
    }

    #[test]
    fn no_one_becomes_an_administrator_by_signing_up() {
        let groups: SignupGroups = "members, choir".parse().unwrap();
        assert_eq!(groups.names(), ["members", "choir"]);
        assert!("".parse::<SignupGroups>().unwrap().is_empty());
        for text in ["admins", "members, admins", "[\"admins\"]"] {
            assert_eq!(text.parse::<SignupGroups>(), Err(()), "{text}");
            assert!(SignupGroups::with_admins(text).unwrap().starts_with("names admins, "), "{text}");
        }
        for text in ["members", "the admins", "Admins", ""] {
            assert_eq!(SignupGroups::with_admins(text), None, "{text}");
        }
    }
}
