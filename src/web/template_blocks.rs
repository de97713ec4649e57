//! Finds the blocks of an app that are shown nowhere: a template that extends another one shows only what stands in blocks
//! which that one has, too. Tera leaves out all others without a word. (It refuses to include a template that extends one.)

use super::template_scan::{self, Chunk};
use super::template_sources::Source;

/// How similar a known name is at least, to be the one that was probably meant.
const NEAR: f64 = 0.8;

/// Refuses a block of an app's template that none of the templates it extends has. A block inside a known one is new,
/// and shown. An error names the file.
pub fn check(sources: &[Source]) -> Result<(), String> {
    let all = sources.iter().map(|source| Ok((source, Outline::read(&source.text)?)));
    let all = all.collect::<Result<Vec<(&Source, Outline<'_>)>, String>>()?;
    let named = |name: &str| all.iter().find(|(source, _)| source.name == name);
    for (source, outline) in all.iter().filter(|(source, _)| source.is_of_app()) {
        let Some((parent, _)) = outline.extends.and_then(named) else { continue };
        let (mut known, mut above) = (Vec::new(), outline.extends);
        // Bounded, although Tera refuses templates that extend each other.
        for _ in 0..all.len() {
            let Some((_, outline)) = above.and_then(named) else { break };
            for block in &outline.blocks {
                if !known.contains(&block.name) {
                    known.push(block.name);
                }
            }
            above = outline.extends;
        }
        let is_lost = |block: &&Block<'_>| block.within.is_none() && !known.contains(&block.name);
        if let Some(block) = outline.blocks.iter().find(is_lost) {
            let (file, name, hint) = (&source.file, block.name, hint(block.name, &known));
            return Err(format!("{file}: {} has no block `{name}`.{hint}", parent.name));
        }
    }
    Ok(())
}

/// Which block was probably meant; otherwise all that there are.
fn hint(typed: &str, known: &[&str]) -> String {
    let near = known.iter().map(|name| (strsim::jaro(name, typed), name)).filter(|(near, _)| *near >= NEAR);
    match near.max_by(|(one, _), (other, _)| one.total_cmp(other)) {
        Some((_, name)) => format!(" Did you mean `{name}`?"),
        None if known.is_empty() => " It has none.".to_owned(),
        None => format!(" Its blocks are: {}.", known.join(", ")),
    }
}

/// The parts of a template that concern blocks.
#[derive(Debug, Default)]
struct Outline<'t> {
    /// The name of the template that it extends.
    extends: Option<&'t str>,
    blocks: Vec<Block<'t>>,
}

#[derive(Debug, PartialEq)]
struct Block<'t> {
    name: &'t str,
    /// The block around it.
    within: Option<&'t str>,
}

impl<'t> Outline<'t> {
    fn read(text: &'t str) -> Result<Outline<'t>, String> {
        let (mut outline, mut open, mut is_raw) = (Outline::default(), Vec::new(), false);
        for chunk in template_scan::chunks(text)? {
            let Chunk::Tag(tag) = chunk else { continue };
            if !tag.starts_with("{%") {
                continue;
            }
            let inside = template_scan::inside(tag);
            let (verb, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
            match verb {
                "raw" => is_raw = true,
                "endraw" => is_raw = false,
                _ if is_raw => {}
                "extends" => outline.extends = Some(rest.trim().trim_matches(['"', '\'', '`'])),
                "block" => {
                    let name = rest.trim();
                    outline.blocks.push(Block { name, within: open.last().copied() });
                    open.push(name);
                }
                "endblock" => {
                    open.pop();
                }
                _ => {}
            }
        }
        Ok(outline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str, text: &str) -> Source {
        let file = if name.starts_with("vestibule/") { name.to_owned() } else { format!("templates/{name}") };
        Source { name: name.to_owned(), text: text.to_owned(), file }
    }

    /// What is refused of a template of the app which extends one of its own that extends one of ours.
    fn refused(text: &str) -> Option<String> {
        let all = [
            source(
                "vestibule/base.html",
                "{% block head %}{% endblock head %}{%- block main -%}{% endblock %}",
            ),
            source(
                "base.html",
                "{% extends 'vestibule/base.html' %}{% block main %}{% block list %}{% endblock list %}{% endblock main %}",
            ),
            source("notes.html", text),
        ];
        check(&all).err()
    }

    #[test]
    fn a_block_that_no_template_above_has_is_refused() {
        let begin = "{% extends \"base.html\" %}\n";
        let told = "templates/notes.html: base.html has no block `mian`. Did you mean `main`?";
        assert_eq!(
            refused(&format!("{begin}{{%- block mian -%}}x{{% endblock mian %}}")).as_deref(),
            Some(told)
        );
        let told = "templates/notes.html: base.html has no block `x`. Its blocks are: main, list, head.";
        assert_eq!(refused(&format!("{begin}{{% block x %}}{{% endblock %}}")).as_deref(), Some(told));
        for shown in [
            "{% block main %}{% block new %}{% endblock new %}{% endblock main %}",
            "{% block head %}{% endblock %}{% block list %}{% endblock %}",
            "{# {% block mian %} #}{% raw %}{% block mian %}{% endraw %}{{ \"{% block mian %}\" }}",
        ] {
            assert_eq!(refused(&format!("{begin}{shown}")), None, "{shown}");
        }
        assert_eq!(refused("{% block mian %}{% endblock %}"), None, "it extends nothing");
        let bare = [
            source("bare.html", ""),
            source("notes.html", "{% extends \"bare.html\" %}{% block x %}{% endblock %}"),
        ];
        let told = "templates/notes.html: bare.html has no block `x`. It has none.";
        assert_eq!(check(&bare), Err(told.to_owned()));
    }
}
