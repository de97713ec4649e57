//! Finds the sentences in the text of a template: each `t("key", variable=value)`, and what stands around it.

use super::template_html::{Html, Place};

/// A part of a template.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'t> {
    /// A sentence that is all of a `{{ … }}`.
    Whole(Call<'t>, Place),
    /// A sentence within a larger expression.
    Within(Call<'t>),
    /// Everything else, as it is.
    Other(&'t str),
}

/// `t("key", variable=value)`.
#[derive(Debug, PartialEq)]
pub(super) struct Call<'t> {
    pub(super) key: &'t str,
    pub(super) arguments: Vec<Argument<'t>>,
}

/// `variable=value`.
#[derive(Debug, PartialEq)]
pub(super) struct Argument<'t> {
    pub(super) name: &'t str,
    /// An expression of Tera.
    pub(super) value: &'t str,
}

/// A template, taken apart at Tera's tags.
#[derive(Debug, PartialEq)]
pub(super) enum Chunk<'t> {
    /// Text of the page.
    Text(&'t str),
    /// `{# … #}`.
    Comment(&'t str),
    /// `{{ … }}` or `{% … %}`.
    Tag(&'t str),
}

/// The tags of a template and what stands between them, in order.
pub(super) fn chunks(text: &str) -> Result<Vec<Chunk<'_>>, String> {
    let (mut chunks, mut rest) = (Vec::new(), text);
    while let Some(start) = next_tag(rest) {
        let (before, tag) = rest.split_at(start);
        let (is_comment, end) = match &tag[..2] {
            "{#" => (true, "#}"),
            "{%" => (false, "%}"),
            _ => (false, "}}"),
        };
        let length = if is_comment { tag.find(end) } else { end_of(tag, end) };
        let length = length.ok_or_else(|| format!("`{}` does not end", first_line(tag)))? + end.len();
        let (tag, after) = tag.split_at(length);
        chunks.push(Chunk::Text(before));
        chunks.push(if is_comment { Chunk::Comment(tag) } else { Chunk::Tag(tag) });
        rest = after;
    }
    chunks.push(Chunk::Text(rest));
    Ok(chunks)
}

/// What a tag or comment holds.
pub(super) fn inside(tag: &str) -> &str {
    tag[2..tag.len() - 2].trim_start_matches('-').trim_end_matches('-').trim()
}

/// The parts of a template, in order.
pub(super) fn parts(text: &str) -> Result<Vec<Part<'_>>, String> {
    let (mut parts, mut html) = (Vec::new(), Html::default());
    for chunk in chunks(text)? {
        match chunk {
            Chunk::Text(text) => {
                html.read(text);
                parts.push(Part::Other(text));
            }
            Chunk::Comment(comment) => parts.push(Part::Other(comment)),
            Chunk::Tag(tag) => match whole(inside(tag))? {
                Some(call) if tag.starts_with("{{") => parts.push(Part::Whole(call, html.place())),
                _ => parts.extend(in_expression(tag)?),
            },
        }
    }
    Ok(parts)
}

/// The parts of an expression, in order.
pub(super) fn in_expression(text: &str) -> Result<Vec<Part<'_>>, String> {
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        if is_quote(bytes[at]) {
            at = after_string(text, at)?;
        } else if text[at..].starts_with("t(") && (at == 0 || !is_name(bytes[at - 1])) {
            let length = closing(&text[at + 1..])? + 2;
            parts.push(Part::Other(&text[from..at]));
            parts.push(Part::Within(call(&text[at..at + length])?));
            at += length;
            from = at;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    parts.push(Part::Other(&text[from..]));
    Ok(parts)
}

/// The same expression with each name outside of strings that `replace` knows replaced. A name may have dots in it.
pub(super) fn with_names(
    text: &str,
    replace: impl Fn(&str) -> Result<Option<String>, String>,
) -> Result<String, String> {
    let (mut replaced, mut at) = (String::with_capacity(text.len()), 0);
    while at < text.len() {
        let rest = &text[at..];
        let length = match rest.as_bytes()[0] {
            quote if is_quote(quote) => after_string(text, at)? - at,
            byte if is_name(byte) => {
                let length = rest.bytes().position(|byte| !is_name(byte)).unwrap_or(rest.len());
                if let Some(value) = replace(&rest[..length])? {
                    replaced.push_str(&value);
                    at += length;
                    continue;
                }
                length
            }
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
        replaced.push_str(&rest[..length]);
        at += length;
    }
    Ok(replaced)
}

/// The call, if it is all of an expression.
fn whole(expression: &str) -> Result<Option<Call<'_>>, String> {
    if !expression.starts_with("t(") || closing(&expression[1..])? + 2 != expression.len() {
        return Ok(None);
    }
    call(expression).map(Some)
}

/// Reads `t(…)`.
fn call(text: &str) -> Result<Call<'_>, String> {
    let wrong = || format!("`{}` is not t(\"key\", variable=value)", first_line(text));
    let mut arguments = split(&text[2..text.len() - 1])?.into_iter();
    let key = arguments.next().map(str::trim).unwrap_or_default();
    let key = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')).ok_or_else(wrong)?;
    let arguments = arguments.filter(|argument| !argument.trim().is_empty()).map(|argument| {
        let (name, value) = argument.split_once('=').ok_or_else(wrong)?;
        Ok(Argument { name: name.trim(), value: value.trim() })
    });
    Ok(Call { key, arguments: arguments.collect::<Result<_, String>>()? })
}

/// The arguments between two parentheses.
fn split(text: &str) -> Result<Vec<&str>, String> {
    let (mut found, mut from, mut at, mut depth) = (Vec::new(), 0, 0, 0_u32);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            quote if is_quote(quote) => {
                at = after_string(text, at)?;
                continue;
            }
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                found.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    found.push(&text[from..]);
    Ok(found)
}

/// How far into a text that begins with a parenthesis the one stands that closes it.
fn closing(text: &str) -> Result<usize, String> {
    let (bytes, mut at, mut depth) = (text.as_bytes(), 0, 0_u32);
    while at < bytes.len() {
        match bytes[at] {
            quote if is_quote(quote) => {
                at = after_string(text, at)?;
                continue;
            }
            b'(' => depth += 1,
            b')' if depth == 1 => return Ok(at),
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    Err(format!("a parenthesis is not closed in `t{}`", first_line(text)))
}

/// Where the next tag of Tera begins.
fn next_tag(text: &str) -> Option<usize> {
    let opens = |&(at, _): &(usize, &str)| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#'));
    text.match_indices('{').find(opens).map(|(at, _)| at)
}

/// Where a tag ends, outside of strings.
fn end_of(tag: &str, end: &str) -> Option<usize> {
    let (bytes, end) = (tag.as_bytes(), end.as_bytes());
    let mut at = 2;
    while at < bytes.len() {
        if bytes[at..].starts_with(end) {
            return Some(at);
        }
        at = if is_quote(bytes[at]) { after_string(tag, at).ok()? } else { at + 1 };
    }
    None
}

/// Where the text goes on after the string that begins here.
fn after_string(text: &str, at: usize) -> Result<usize, String> {
    let quote = &text[at..=at];
    let length = text[at + 1..].find(quote);
    length
        .map(|length| at + length + 2)
        .ok_or_else(|| format!("a string does not end in `{}`", first_line(text)))
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b':' || byte == b'.'
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_sentence_is_known() {
        let places = |text| {
            let parts = parts(text).unwrap();
            let places = parts.into_iter().filter_map(|part| match part {
                Part::Whole(_, place) => Some(place),
                _ => None,
            });
            places.collect::<Vec<_>>()
        };
        let page = r#"<title>{{ t("a") }}</title><p class="{% if x > 1 %}y{% endif %}" title="{{ t("b") }}">{{ t("c", d=e(f="),")) }}"#;
        assert_eq!(places(page), [Place::Attribute, Place::Attribute, Place::Text]);
    }

    #[test]
    fn a_call_is_read_with_its_values() {
        let Part::Whole(call, _) =
            &parts(r#"{{ t("a-b", n=x | length, m=ui::time(at=y, z=1)) }}"#).unwrap()[1]
        else {
            panic!("a sentence")
        };
        assert_eq!(call.key, "a-b");
        let values: Vec<_> = call.arguments.iter().map(|argument| (argument.name, argument.value)).collect();
        assert_eq!(values, [("n", "x | length"), ("m", "ui::time(at=y, z=1)")]);
    }

    #[test]
    fn what_does_not_end_is_an_error() {
        for text in
            [r#"{{ t("a" }}"#, r#"{{ t("a }}"#, "{{ x", "{# x", r#"{{ t(key) }}"#, r#"{{ t("a", b) }}"#]
        {
            assert!(parts(text).is_err(), "{text}");
        }
    }
}
