//! Puts the sentences of a language into a template when it is loaded. A template names a sentence with
//! `t("key", variable=value)`: what is fixed becomes part of the template, and what depends on a visitor stays an
//! expression in it. So a page costs no more than if the sentences were written in it.

use std::collections::HashMap;

use rocket_dyn_templates::tera::{self, Tera, Value};

use super::template_html::Place;
use super::template_scan::{self, Argument, Call, Part};
use crate::base::words::{Piece, in_html, isolated};
use crate::base::{Language, Sentence, Words};

/// The template of a language. An error says which sentence cannot be put in, and why. The ending of the name
/// decides, as everywhere in Tera, whether values are escaped.
pub fn prepare(words: &Words, language: Language, name: &str, text: &str) -> Result<String, String> {
    let html = name.ends_with(".html");
    let failed = |error: String| format!("{name}: {error}");
    let mut prepared = String::with_capacity(text.len() * 2);
    for part in template_scan::parts(text).map_err(failed)? {
        match part {
            Part::Other(text) => prepared.push_str(text),
            Part::Whole(call, place) => {
                let place = if html { place } else { Place::Plain };
                prepared.push_str(&in_text(words, language, &call, place).map_err(failed)?);
            }
            Part::Within(call) => {
                prepared.push_str(&in_expression(words, language, &call).map_err(failed)?);
            }
        }
    }
    Ok(prepared)
}

/// A sentence in the text of a template.
fn in_text(words: &Words, language: Language, call: &Call<'_>, place: Place) -> Result<String, String> {
    let Some(pieces) = known(words, language, call)? else {
        let call = at_run_time(words, language, call)?;
        return Ok(match place {
            Place::Text => format!("{{{{ words_html({call}) | safe }}}}"),
            Place::Attribute => format!("{{{{ words({call}) }}}}"),
            Place::Plain => format!("{{{{ words_plain({call}) }}}}"),
        });
    };
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(piece) => text.push_str(&fixed(&piece, place)),
            Piece::Variable(name) => {
                let value = &prepared_value(words, language, given(call, &name)?)?;
                // What a macro returns is HTML already, and so is what is marked as safe.
                let is_html = value.contains("::") || value.contains("| safe");
                match place {
                    Place::Text if !is_html => text.push_str(&format!("{{{{ {value} | isolated | safe }}}}")),
                    _ => text.push_str(&format!("{{{{ {value} }}}}")),
                }
            }
        }
    }
    Ok(text)
}

/// Fixed text of a template.
fn fixed(text: &str, place: Place) -> String {
    // An attribute can hold no element, and some programs for email show the marks around a right-to-left name.
    let unmarked = || text.replace(['\u{2068}', '\u{2069}'], "");
    let text = match place {
        Place::Text => in_html(text),
        Place::Attribute => in_html(&unmarked()),
        Place::Plain => unmarked(),
    };
    // Our own attributes stand in quotation marks, so an apostrophe can stay as it is. The name of a site may look
    // like a tag of a template.
    text.replace("&#x27;", "'").replace('{', r#"{{ "{" }}"#)
}

/// A sentence in an expression: plain text, which is escaped where it is shown.
fn in_expression(words: &Words, language: Language, call: &Call<'_>) -> Result<String, String> {
    let fixed = match known(words, language, call)?.as_deref() {
        Some([Piece::Text(text)]) => Some(text.clone()),
        _ => None,
    };
    // A string of Tera has no escapes, but three kinds of quotation marks.
    let quoted = fixed.and_then(|text| {
        let quote = ['"', '`', '\''].into_iter().find(|quote| !text.contains(*quote))?;
        Some(format!("{quote}{text}{quote}"))
    });
    match quoted {
        Some(quoted) => Ok(quoted),
        None => Ok(format!("words({})", at_run_time(words, language, call)?)),
    }
}

/// The parts of the sentence, if it can be taken apart.
fn known(words: &Words, language: Language, call: &Call<'_>) -> Result<Option<Vec<Piece>>, String> {
    // A sentence of an app may be missing in this language.
    let Some(found) = words.language_of(language, call.key) else {
        return Err(format!("there is no sentence `{}` in words/{language}.ftl", call.key));
    };
    let pieces = words.pieces(found, call.key);
    if pieces.is_none() {
        for name in words.variables(found, call.key) {
            given(call, &name)?;
        }
    }
    Ok(pieces)
}

/// The value that the template gives to a variable.
fn given<'c, 't>(call: &'c Call<'t>, name: &str) -> Result<&'c Argument<'t>, String> {
    let given = call.arguments.iter().find(|argument| argument.name == name);
    given.ok_or_else(|| format!("`{}` needs a value for `{name}`", call.key))
}

/// The expression of a value, which may contain sentences itself.
fn prepared_value(words: &Words, language: Language, argument: &Argument<'_>) -> Result<String, String> {
    let mut value = String::new();
    for part in template_scan::in_expression(argument.value)? {
        match part {
            Part::Within(call) | Part::Whole(call, _) => {
                value.push_str(&in_expression(words, language, &call)?);
            }
            Part::Other(text) => value.push_str(text),
        }
    }
    Ok(value)
}

/// The arguments of the function that puts a sentence together while a page is rendered.
fn at_run_time(words: &Words, language: Language, call: &Call<'_>) -> Result<String, String> {
    let mut all = format!("key=\"{}\"", call.key);
    for argument in &call.arguments {
        let value = prepared_value(words, language, argument)?;
        all.push_str(&format!(", {}={value}", argument.name));
    }
    Ok(all)
}

/// Registers the functions that prepared templates of this language use.
pub fn register(tera: &mut Tera, words: &Words, language: Language) {
    let all = words.clone();
    tera.register_function("words", move |arguments: &HashMap<String, Value>| {
        Ok(Value::String(all.text(language, &sentence(arguments)?)))
    });
    let all = words.clone();
    tera.register_function("words_html", move |arguments: &HashMap<String, Value>| {
        Ok(Value::String(in_html(&all.text(language, &sentence(arguments)?))))
    });
    let all = words.clone();
    tera.register_function("words_plain", move |arguments: &HashMap<String, Value>| {
        Ok(Value::String(all.plain(language, &sentence(arguments)?)))
    });
    let all = words.clone();
    tera.register_filter("isolated", move |value: &Value, _: &HashMap<String, Value>| {
        Ok(match value {
            Value::String(text) => Value::String(in_html(&isolated(text, all.direction(language)))),
            other => other.clone(),
        })
    });
}

/// The sentence that a template asks for.
fn sentence(arguments: &HashMap<String, Value>) -> tera::Result<Sentence> {
    let key = arguments.get("key").and_then(Value::as_str).ok_or("words() needs a key")?;
    let mut sentence = Sentence::new(key.to_owned());
    for (name, value) in arguments.iter().filter(|(name, _)| *name != "key") {
        let name = name.clone();
        sentence = match value {
            Value::Number(number) => sentence.with(name, number.as_i64().unwrap_or_default()),
            Value::String(text) => sentence.with(name, text.as_str()),
            Value::Null => sentence.with(name, "none"),
            other => sentence.with(name, other.to_string()),
        };
    }
    Ok(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let own = "t-plain = Don't & go\nt-name = Hello, { $name }!\nt-many = { $count ->\n    [one] one\n   *[other] { $count } of { $site }\n}\n\
                   t-ask = { $contact ->\n    [none] Ask.\n   *[other] Ask { $contact }.\n}\n";
        Words::unchecked("Rowing", Some("Ruth"), vec![("en".to_owned(), own.to_owned())])
    }

    fn rendered(template: &str, context: &Value) -> String {
        let (words, language) = (words(), Language::english());
        let mut tera = Tera::default();
        register(&mut tera, &words, language);
        let text = prepare(&words, language, "page.html", template).unwrap();
        tera.add_raw_template("page.html", &text).unwrap();
        tera.render("page.html", &tera::Context::from_value(context.clone()).unwrap()).unwrap()
    }

    #[test]
    fn a_sentence_is_part_of_the_template() {
        let prepared = |template| prepare(&words(), Language::english(), "page.html", template).unwrap();
        assert_eq!(prepared(r#"<p>{{ t("t-plain") }}</p>"#), "<p>Don't &amp; go</p>");
        assert_eq!(prepared(r#"{{ t("t-ask") }}"#), "Ask Ruth.");
        assert_eq!(
            prepared(r#"{{ ui::field(label=t("t-plain"), n=1) }}"#),
            r#"{{ ui::field(label="Don't & go", n=1) }}"#
        );
        assert_eq!(prepared(r#"{% set a = t("t-plain") %}"#), r#"{% set a = "Don't & go" %}"#);
        // Not a sentence: another function, text, or a comment.
        let site =
            Words::unchecked("{{ 1 }} {% x", None, vec![("en".to_owned(), "t-site = { $site }".to_owned())]);
        let prepared_site = prepare(&site, Language::english(), "page.txt", r#"{{ t("t-site") }}"#).unwrap();
        assert_eq!(Tera::one_off(&prepared_site, &tera::Context::new(), false).unwrap(), "{{ 1 }} {% x");
        for other in [r#"{{ at("x") }}"#, r#"t("t-plain")"#, r#"{# t("t-plain") #}"#, r#"{{ "t(" }}"#] {
            assert_eq!(prepared(other), other);
        }
    }

    #[test]
    fn values_are_escaped_and_right_to_left_ones_isolated() {
        let hello = |name: &str| {
            rendered(
                r#"<p>{{ t("t-name", name=user.name) }}</p>"#,
                &serde_json::json!({ "user": { "name": name } }),
            )
        };
        assert_eq!(hello("Ada"), "<p>Hello, Ada!</p>");
        assert_eq!(hello("<b>"), "<p>Hello, &lt;b&gt;!</p>");
        assert_eq!(hello("דוד"), "<p>Hello, <bdi>דוד</bdi>!</p>");
        let title = r#"<a title="{{ t("t-name", name=name) }}">"#;
        assert_eq!(rendered(title, &serde_json::json!({ "name": "\"" })), r#"<a title="Hello, &quot;!">"#);
    }

    #[test]
    fn words_that_depend_on_a_number_are_chosen_when_the_page_is_shown() {
        for (count, text) in [(1, "one"), (3, "3 of Rowing")] {
            let page = rendered(r#"{{ t("t-many", count=n) }}"#, &serde_json::json!({ "n": count }));
            assert_eq!(page, text);
        }
    }

    #[test]
    fn a_sentence_that_a_language_does_not_have_is_english() {
        let prepared =
            |template| prepare(&words(), Language::by_code("de").unwrap(), "page.html", template).unwrap();
        assert_eq!(prepared(r#"{{ t("t-plain") }}"#), "Don't &amp; go");
    }

    #[test]
    fn an_unknown_sentence_and_a_missing_value_are_named() {
        let error = |template| prepare(&words(), Language::english(), "page.html", template).unwrap_err();
        assert!(error(r#"{{ t("t-lost") }}"#).contains("there is no sentence `t-lost`"));
        assert!(error(r#"{{ t("t-name") }}"#).contains("`t-name` needs a value for `name`"));
        assert!(error(r#"{{ t("t-many") }}"#).contains("`t-many` needs a value for `count`"));
        assert!(error(r#"{{ t("t-name" }}"#).contains("page.html"));
    }
}
