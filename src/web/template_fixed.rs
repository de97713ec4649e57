//! Renders what is the same on every page of a site when a template is loaded: addresses, and all that stands between
//! `{# fixed #}` and `{# end fixed #}`. So a page copies none of it, and the list of languages costs nothing.

use std::collections::HashMap;
use std::error::Error;

use rocket_dyn_templates::tera::{self, Context, Tera};
use serde_json::{Map, Value};

use super::template_scan::{self, Chunk};
use crate::base::causes;

/// Where a fixed part begins.
const BEGIN: &str = "fixed";
/// Where it ends.
const END: &str = "end fixed";

/// Values under these names exist only while a template is loaded.
const ADDRESSES: [&str; 4] = ["paths", "actions", "options", "admin"];

/// The template with its fixed parts rendered. `tera` has the functions that they call, `values` what they show.
pub(super) fn prepare(tera: &Tera, values: &Map<String, Value>, text: &str) -> Result<String, String> {
    let (mut prepared, mut fixed) = (String::with_capacity(text.len()), None::<String>);
    for chunk in template_scan::chunks(text)? {
        match chunk {
            Chunk::Comment(comment) if template_scan::inside(comment) == BEGIN => fixed = Some(String::new()),
            Chunk::Comment(comment) if template_scan::inside(comment) == END => {
                let part = fixed.take().ok_or_else(|| format!("`{comment}` has no `{{# {BEGIN} #}}`"))?;
                prepared.push_str(&rendered(tera, values, &part)?);
            }
            Chunk::Text(other) | Chunk::Comment(other) => {
                fixed.as_mut().unwrap_or(&mut prepared).push_str(other)
            }
            Chunk::Tag(tag) => {
                let tag = with_addresses(tag, values)?;
                fixed.as_mut().unwrap_or(&mut prepared).push_str(&tag);
            }
        }
    }
    match fixed {
        Some(_) => Err(format!("`{{# {BEGIN} #}}` has no `{{# {END} #}}`")),
        None => Ok(prepared),
    }
}

/// `paths.login` becomes `"/login"`.
fn with_addresses(tag: &str, values: &Map<String, Value>) -> Result<String, String> {
    template_scan::with_names(tag, |name| {
        let Some((all, one)) = name.split_once('.').filter(|(all, _)| ADDRESSES.contains(all)) else {
            return Ok(None);
        };
        let address = values.get(all).and_then(|all| all.get(one)).and_then(Value::as_str);
        address.map(|address| Some(format!("\"{address}\""))).ok_or_else(|| format!("there is no `{name}`"))
    })
}

/// A fixed part as it is shown, written as text of a template.
fn rendered(tera: &Tera, values: &Map<String, Value>, part: &str) -> Result<String, String> {
    // The ending decides that values are escaped.
    const NAME: &str = "fixed.html";
    let mut tera = tera.clone();
    let shown = tera.add_raw_template(NAME, part).and_then(|()| {
        let context = Context::from_value(Value::Object(values.clone()))?;
        tera.render(NAME, &context)
    });
    let shown = shown.map_err(|error| chain(&error))?.replace('{', r#"{{ "{" }}"#);
    let pieces = shown.split(LATER).enumerate().map(|(number, piece)| {
        if number % 2 == 0 {
            piece.to_owned()
        } else {
            format!("{{{{ asset(path=\"{}\") }}}}", piece.replace("&#x2F;", "/"))
        }
    });
    Ok(pieces.collect())
}

/// Stands around the path of a file whose address is not known yet. It is in no text.
const LATER: char = '\0';

/// `asset()` for fixed parts. In a debug build a file may be edited while the program runs, which changes its address:
/// there it is asked for again with each page.
pub(super) fn asset_later(arguments: &HashMap<String, Value>) -> tera::Result<Value> {
    let path = arguments.get("path").and_then(Value::as_str).ok_or("asset() needs a path")?;
    Ok(Value::String(format!("{LATER}{path}{LATER}")))
}

/// An error with all its causes, on one line: Tera's own names only the template, and its causes the place in it
/// and what is wrong there.
pub fn chain(error: &dyn Error) -> String {
    causes::chain(error).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn prepared(text: &str) -> Result<String, String> {
        let values =
            json!({ "paths": { "login": "/login" }, "name": "<{{ Rowing", "languages": ["de", "en"] });
        prepare(&Tera::default(), values.as_object().unwrap(), text)
    }

    #[test]
    fn an_address_is_written_into_the_template() {
        assert_eq!(
            prepared("{% if here == paths.login %}x{% endif %}").unwrap(),
            r#"{% if here == "/login" %}x{% endif %}"#
        );
        assert_eq!(
            prepared(r#"{{ ui::link(to=paths.login, text="paths.login") }}"#).unwrap(),
            r#"{{ ui::link(to="/login", text="paths.login") }}"#
        );
        for other in ["paths.login", "{# paths.login #}", "{{ my.paths.login }}"] {
            assert_eq!(prepared(other).unwrap(), other);
        }
    }

    #[test]
    fn a_fixed_part_is_rendered_once() {
        let list = "<ul>{# fixed #}{% for each in languages %}<li>{{ each }}{% endfor %}{#- end fixed -#}</ul>{{ user }}";
        assert_eq!(prepared(list).unwrap(), "<ul><li>de<li>en</ul>{{ user }}");
        let name = prepared("{# fixed #}{{ name }}{# end fixed #}").unwrap();
        assert_eq!(Tera::one_off(&name, &Context::new(), true).unwrap(), "&lt;{{ Rowing");
    }

    #[test]
    fn the_address_of_a_file_can_be_left_open() {
        let mut tera = Tera::default();
        tera.register_function("asset", asset_later);
        let image = r#"<img src="{{ asset(path="img/a.png") }}">"#;
        let prepared =
            prepare(&tera, &Map::new(), &format!("{{# fixed #}}{image}{{# end fixed #}}")).unwrap();
        assert_eq!(prepared, image);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, told) in [
            ("{{ paths.lost }}", "there is no `paths.lost`"),
            ("{# fixed #}", "has no `{# end fixed #}`"),
            ("{# end fixed #}", "has no `{# fixed #}`"),
            ("{# fixed #}{{ user }}{# end fixed #}", "user"),
        ] {
            assert!(prepared(text).unwrap_err().contains(told), "{text}");
        }
    }
}
