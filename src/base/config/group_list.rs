//! Names of groups in a setting. The rule for such a name stands here, since settings are read before there are groups.

use std::str::FromStr;

use super::from_text::read_as_text;

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

read_as_text!(list with ",": GroupList);

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
}
