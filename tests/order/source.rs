//! Parses source text as far as the rules need it: words without comments and literals, tables of contents,
//! paths.

use std::{collections::BTreeMap, fs, io, path::Path};

/// Every file below `src` by its name.
pub fn sources() -> io::Result<BTreeMap<String, String>> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![String::new()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(&folder))? {
            let entry = entry?;
            let name = format!("{folder}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push(name + "/");
            } else if name.ends_with(".rs") {
                found.insert(name, fs::read_to_string(entry.path())?);
            }
        }
    }
    Ok(found)
}

/// What a file lists by `mod x;`, and the line of the first item that is neither that nor a `use`.
pub fn contents<'a>(tokens: &[Token<'a>]) -> (Vec<&'a str>, Option<usize>) {
    let (mut children, mut code, mut at) = (Vec::new(), None, 0);
    while at < tokens.len() {
        at = match word(tokens, at) {
            "#" => after(tokens, at, "]"),
            "pub" if word(tokens, at + 1) == "(" => after(tokens, at, ")"),
            "pub" => at + 1,
            "use" => after(tokens, at, ";"),
            "mod" if word(tokens, at + 2) == ";" => {
                children.push(word(tokens, at + 1));
                at + 3
            }
            _ => {
                code.get_or_insert(tokens[at].1);
                at + 1
            }
        };
    }
    (children, code)
}

/// One path as written, in a `use` or in an expression, without its groups, and what a `use` calls it.
pub struct Use<'a> {
    pub path: Vec<&'a str>,
    pub name: &'a str,
    pub line: usize,
}

pub fn uses<'a>(tokens: &[Token<'a>]) -> Vec<Use<'a>> {
    let (mut found, mut at, mut depth, mut inline) = (Vec::new(), 0, 0, Vec::new());
    while at < tokens.len() {
        let (here, next, before) = (word(tokens, at), word(tokens, at + 1), found.len());
        match here {
            "mod" if word(tokens, at + 2) == "{" => inline.push(depth),
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        inline.pop_if(|outside| here == "}" && *outside == depth);
        at = match here {
            "use" => branches(tokens, at + 1, &[], &mut found),
            // `pub(in crate::people)` sets a visibility, and uses nothing.
            "(" if next == "in" => after(tokens, at, ")"),
            _ if next == "::" && is_word(here) => branches(tokens, at, &[], &mut found),
            _ => at + 1,
        };
        // Inside `mod tests { … }` the first `super` is the file itself.
        for used in &mut found[before..] {
            let climbs = used.path.iter().take_while(|step| **step == "super").count();
            used.path.drain(..climbs.min(inline.len()));
        }
    }
    found
}

/// Reads the path or group at `at`, each of its branches continuing `stem`; returns where it ends.
fn branches<'a>(tokens: &[Token<'a>], mut at: usize, stem: &[&'a str], found: &mut Vec<Use<'a>>) -> usize {
    let mut path = stem.to_vec();
    loop {
        match word(tokens, at) {
            "::" => {}
            "{" if !is_word(word(tokens, at - 1)) => {
                while at < tokens.len() && word(tokens, at) != "}" {
                    at = branches(tokens, at + 1, &path, found);
                }
                return at + 1;
            }
            step if (is_word(step) || step == "*")
                && (path.len() == stem.len() || word(tokens, at - 1) == "::") =>
            {
                path.pop_if(|last| *last == "self" && step == "super");
                path.push(step);
            }
            _ => break,
        }
        at += 1;
    }
    if path.len() > stem.len() {
        path.pop_if(|last| *last == "self" && !stem.is_empty());
        let is_renamed = word(tokens, at) == "as" && [",", ";", "}"].contains(&word(tokens, at + 2));
        let name = if is_renamed { word(tokens, at + 1) } else { path[path.len() - 1] };
        found.push(Use { path, name, line: tokens[at - 1].1 });
        at += if is_renamed { 2 } else { 0 };
    }
    at
}

/// A word, a `::` or a single mark, and its line.
pub type Token<'a> = (&'a str, usize);

fn word<'a>(tokens: &[Token<'a>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.0)
}

fn after(tokens: &[Token], at: usize, end: &str) -> usize {
    at + 1 + tokens[at..].iter().take_while(|token| token.0 != end).count()
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

pub fn tokens(source: &str) -> Vec<Token<'_>> {
    let (mut found, mut rest, mut line) = (Vec::new(), source, 1);
    while let Some(first) = rest.chars().next() {
        let silence = silence(rest);
        let length = match rest.find(|c: char| !c.is_alphanumeric() && c != '_') {
            _ if silence > 0 => silence,
            Some(0) if rest.starts_with("::") => 2,
            Some(0) => first.len_utf8(),
            end => end.unwrap_or(rest.len()),
        };
        let (text, after) = rest.split_at(length);
        found.extend((silence == 0).then_some((text, line)));
        line += text.matches('\n').count();
        rest = after;
    }
    found
}

/// The length of the space, comment or literal that `rest` begins with.
fn silence(rest: &str) -> usize {
    let until =
        |from: usize, end: &str| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    let raw = ["r", "br", "cr"].iter().find_map(|prefix| rest.strip_prefix(prefix)).unwrap_or_default();
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    if raw[hashes..].starts_with('"') {
        return until(rest.len() - raw.len() + hashes + 1, &format!("\"{}", "#".repeat(hashes)));
    }
    if rest.starts_with("//") {
        return until(0, "\n");
    }
    if rest.starts_with("/*") {
        let mut end = until(2, "*/");
        while end < rest.len() && rest[..end].matches("/*").count() > rest[..end].matches("*/").count() {
            end = until(end, "*/");
        }
        return end;
    }
    if rest.starts_with('"') {
        let mut end = until(1, "\"");
        let is_escaped = |end: usize| (end - 1 - rest[..end - 1].trim_end_matches('\\').len()) % 2 == 1;
        while end < rest.len() && is_escaped(end) {
            end = until(end, "\"");
        }
        return end;
    }
    if rest.starts_with("'\\") {
        return until(3, "'");
    }
    // `'n'` is a literal, `'n` a lifetime.
    let closed = rest.char_indices().nth(2).filter(|(_, c)| rest.starts_with('\'') && *c == '\'');
    closed.map_or(rest.len() - rest.trim_start().len(), |(at, _)| at + 1)
}
