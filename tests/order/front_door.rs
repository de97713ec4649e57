//! The front door: the names that `src/lib.rs` gives to apps. Each is on the page of the crate and has an example,
//! which `cargo test --doc` compiles.

use std::collections::BTreeMap;
use std::io;

use crate::source::sources;

/// Each name as its module calls it, and as an app does.
fn names(lib: &str) -> Vec<(&str, &str)> {
    let exports = lib.split("#[doc(inline)]\npub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let lists = exports.filter_map(|export| export.rsplit_once("::")).map(|(_, list)| list);
    let names = lists.flat_map(|list| list.trim_matches(['{', '}', '\n', ' ']).split(',')).map(str::trim);
    let names = names.filter(|name| !name.is_empty());
    names.map(|name| name.split_once(" as ").unwrap_or((name, name))).collect()
}

/// Whether a line begins the definition of a type or function of this name.
fn defines(line: &str, name: &str) -> bool {
    let public = line.trim_start().strip_prefix("pub ");
    let public = public.map(|rest| rest.strip_prefix("async ").unwrap_or(rest));
    let Some((kind, rest)) = public.and_then(|rest| rest.split_once(' ')) else { return false };
    let after = rest.strip_prefix(name);
    ["struct", "enum", "trait", "type", "fn"].contains(&kind)
        && after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// Whether the comment of its definition has an example.
fn has_example(text: &str, name: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let Some(at) = lines.iter().position(|line| defines(line, name)) else { return false };
    let above = lines[..at].iter().rev().map(|line| line.trim_start());
    let mut about = above.take_while(|line| line.starts_with("///") || line.starts_with("#["));
    about.any(|line| line.starts_with("/// ```"))
}

/// The methods in a file that an app may call: those that are not hidden.
fn calls(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let shown = lines.windows(2).filter(|pair| pair[0] != "#[doc(hidden)]");
    let methods = shown.filter_map(|pair| pair[1].strip_prefix("pub fn "));
    methods.filter_map(|rest| rest.split(['(', '<']).next()).collect()
}

/// The names that are not on the page of the crate, or have no example.
fn lost(sources: &BTreeMap<String, String>) -> Vec<&str> {
    let Some(lib) = sources.get("lib.rs") else { return Vec::new() };
    let on_page = |shown: &str| lib.contains(&format!("[`{shown}`]"));
    let shown_by_example = |name: &str| sources.values().any(|text| has_example(text, name));
    let names = names(lib).into_iter();
    names.filter(|(name, shown)| !on_page(shown) || !shown_by_example(name)).map(|(_, shown)| shown).collect()
}

#[test]
fn each_name_of_the_front_door_is_listed_and_has_an_example() -> io::Result<()> {
    let sources = sources()?;
    assert!(sources.get("lib.rs").is_some_and(|lib| names(lib).len() >= 20));
    assert_eq!(lost(&sources), [""; 0], "not on the page of the crate, or without an example");
    Ok(())
}

#[test]
fn each_call_that_puts_an_app_together_has_an_example() -> io::Result<()> {
    let sources = sources()?;
    for file in ["own/app.rs", "own/pages.rs", "own/extras.rs"] {
        let text = &sources[file];
        let mut calls = calls(text);
        assert!(!calls.is_empty(), "{file}");
        calls.retain(|name| !has_example(text, name));
        assert_eq!(calls, [""; 0], "without an example in {file}");
    }
    Ok(())
}

#[test]
fn a_name_without_either_is_reported() {
    let lib = "//! [`A`], [`D`], [`F`]\n\
               #[doc(inline)]\npub use base::{A, B};\n\
               #[doc(inline)]\npub use web::view::{\n    C as D,\n    F,\n};\n\
               #[doc(hidden)]\npub use ::e;\n";
    let with = "/// What.\n///\n/// ```\n/// a();\n/// ```\n#[derive(Debug)]\n";
    let base = format!("{with}pub struct A {{\n\n{with}pub enum B {{\n");
    let view = format!("{with}pub fn C()\n\n{with}pub struct Fa;\n\n/// What.\npub type F = u8;\n");
    let sources = [("lib.rs", lib.to_owned()), ("base.rs", base), ("view.rs", view)];
    let sources = BTreeMap::from(sources.map(|(name, text)| (name.to_owned(), text)));
    assert_eq!(lost(&sources), ["B", "F"], "B is not on the page, and F has no example");
}
