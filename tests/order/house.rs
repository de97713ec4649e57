//! The house: its files, their tables of contents, and where a path leads.

use std::collections::BTreeMap;

use crate::source::{Token, Use, contents, tokens, uses};

pub struct House<'a>(pub Vec<File<'a>>);

pub struct File<'a> {
    /// Such as `people/mod.rs`.
    pub name: &'a str,
    pub module: Vec<&'a str>,
    pub is_table: bool,
    pub children: Vec<&'a str>,
    /// The line of the first item that is neither `mod x;` nor a `use`.
    pub code: Option<usize>,
    pub uses: Vec<Use<'a>>,
    tokens: Vec<Token<'a>>,
}

impl<'a> House<'a> {
    pub fn read(sources: &'a BTreeMap<String, String>) -> Self {
        let read = |(name, text): (&'a String, &'a String)| {
            let mut module: Vec<&str> = name.trim_end_matches(".rs").split('/').collect();
            let is_table = name == "lib.rs" || module.last() == Some(&"mod");
            module.truncate(module.len() - usize::from(is_table));
            let tokens = tokens(text);
            let (children, code) = contents(&tokens);
            File { name, module, is_table, children, code, uses: uses(&tokens), tokens }
        };
        House(sources.iter().map(read).collect())
    }

    fn table(&self, module: &[&str]) -> Option<&File<'a>> {
        self.0.iter().find(|file| file.is_table && file.module == module)
    }

    /// Whether every table on the path down to `module` lists the next step.
    pub fn lists(&self, module: &[&str]) -> bool {
        let table_lists =
            |n| self.table(&module[..n]).is_some_and(|table| table.children.contains(&module[n]));
        (0..module.len()).all(table_lists)
    }

    /// Follows `path` down from the root until it leaves the path to `user`: there the table decides.
    pub fn judge(&self, user: &[&str], path: &[&'a str]) -> Result<(), String> {
        for (depth, own) in user.iter().enumerate() {
            let whole = || {
                let at = [&["crate"], &path[..depth]].concat().join("::");
                format!("may not use {at} as a whole, being part of it")
            };
            let table = self.table(&path[..depth]).ok_or_else(whole)?;
            let next = path.get(depth).filter(|next| **next != "*").ok_or_else(whole)?;
            let to = |module: &[&str]| module[..=depth].join("::");
            let place = |child| table.children.iter().position(|listed| *listed == child);
            let Some(found) = place(*next) else {
                let exports = table.uses.iter().filter(|export| export.name == *next);
                let origins: Vec<_> = exports.filter_map(|export| table.absolute(&export.path)).collect();
                if origins.is_empty() {
                    return Err(format!("may not use {}: src/{} lists no such module", to(path), table.name));
                }
                return origins
                    .iter()
                    .try_for_each(|origin| self.judge(user, &[origin, &path[depth + 1..]].concat()));
            };
            if Some(found) < place(*own) {
                return Ok(());
            }
            if next != own {
                let why = format!("may not use {}: src/{} lists it below {}", to(path), table.name, to(user));
                return Err(why);
            }
        }
        Ok(())
    }
}

impl<'a> File<'a> {
    /// The path from the root of the crate; nothing for the path of another crate.
    pub fn absolute(&self, path: &[&'a str]) -> Option<Vec<&'a str>> {
        let climbs = path.iter().take_while(|step| **step == "super").count();
        match *path.first()? {
            "crate" => Some(path[1..].to_vec()),
            "self" => Some([&self.module, &path[1..]].concat()),
            "super" => {
                Some([&self.module[..self.module.len().checked_sub(climbs)?], &path[climbs..]].concat())
            }
            child => self.children.contains(&child).then(|| [&self.module, path].concat()),
        }
    }

    /// The first line that names something of `krate` that `is_meant`, or one of `words`.
    pub fn first(&self, krate: &str, is_meant: fn(&str) -> bool, words: &[&str]) -> Option<(usize, String)> {
        let is_path = |w: &[&str]| w[0] == krate && is_meant(w[1]);
        let paths = self.uses.iter().filter(|used| used.path.windows(2).any(is_path));
        let is_attribute =
            |w: &[Token]| krate == "rocket" && [w[0].0, w[1].0] == ["#", "["] && is_meant(w[2].0);
        let attributes = self.tokens.windows(3).filter(|w| is_attribute(w)).map(|w| &w[2]);
        let words = self.tokens.iter().filter(|(word, _)| words.contains(word)).chain(attributes);
        let words = words.map(|(word, line)| (*line, (*word).to_owned()));
        paths.map(|used| (used.line, used.path.join("::"))).chain(words).min()
    }
}
