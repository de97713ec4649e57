//! The values of a JSON file. serde_json tells no places, but it lends out the text of each value, and a text
//! that is lent out of the file says where in it it begins.

use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::node::{Field, Mistake, Node, Value};

/// The deepest value: a text in a list in a table in a list in the whole. Each level is read once more.
const DEEPEST: usize = 8;

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Node, Mistake> {
    let whole: &RawValue = serde_json::from_str(text).map_err(|error| not_json(text, text, &error))?;
    node(text, whole.get(), 0)
}

fn node(whole: &str, part: &str, depth: usize) -> Result<Node, Mistake> {
    let at = place(whole, part);
    if depth > DEEPEST {
        return Err(Mistake::new(at, "this is nested too deeply."));
    }
    let value = match part.bytes().next() {
        Some(b'"') => Value::Text(read_as(whole, part)?),
        Some(b'[') => {
            let all: Vec<&RawValue> = read_as(whole, part)?;
            let all = all.iter().map(|one| node(whole, one.get(), depth + 1));
            Value::List(all.collect::<Result<_, _>>()?)
        }
        Some(b'{') => Value::Table(fields(whole, part, depth)?),
        Some(b't' | b'f') => Value::Flag(read_as(whole, part)?),
        _ => part.parse().map_or(Value::Other, Value::Number),
    };
    Ok(Node { at, value })
}

fn fields(whole: &str, part: &str, depth: usize) -> Result<Vec<Field>, Mistake> {
    let Object(pairs) = read_as(whole, part)?;
    let (mut fields, mut names) = (Vec::with_capacity(pairs.len()), HashSet::with_capacity(pairs.len()));
    for (key, value) in pairs {
        let (at, name): (usize, String) = (place(whole, key.get()), read_as(whole, key.get())?);
        if !names.insert(name.clone()) {
            return Err(Mistake::new(at, format!("{name:?} is written twice in one object.")));
        }
        fields.push(Field { at, name, node: node(whole, value.get(), depth + 1)? });
    }
    Ok(fields)
}

/// Reads a part of the text.
fn read_as<'t, T: Deserialize<'t>>(whole: &str, part: &'t str) -> Result<T, Mistake> {
    serde_json::from_str(part).map_err(|error| not_json(whole, part, &error))
}

/// Where a part of the text begins in it.
fn place(whole: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}

/// The parser's words end with the place in the part that it has read.
fn not_json(whole: &str, part: &str, error: &serde_json::Error) -> Mistake {
    let lines = part.split_inclusive('\n').take(error.line().saturating_sub(1));
    let at = place(whole, part) + lines.map(str::len).sum::<usize>();
    let told = error.to_string();
    let told = told.split(" at line ").next().unwrap_or_default();
    Mistake::new(at, format!("this is not valid JSON: {told}."))
}

/// The keys and the values of an object, as they are written.
struct Object<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object<'de>, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::Source;
    use super::*;

    fn field<'n>(node: &'n Node, name: &str) -> &'n Field {
        let Value::Table(fields) = &node.value else { panic!("no table") };
        fields.iter().find(|field| field.name == name).unwrap()
    }

    #[test]
    fn each_value_has_the_line_on_which_it_is() {
        let source = Source::test(
            "\n{ \"groups\": [\"ch\\u006fir\"],\n  \"accounts\": [\n    {\"email\":\n \"a@x.test\", \
             \"mail\": true,\n\"uses\": 3, \"for\": null, \"half\": 0.5}\n]}\n",
        );
        let node = read(source.text()).unwrap_or_else(|mistake| panic!("{mistake:?}"));
        let groups = field(&node, "groups");
        assert_eq!(source.line(groups.at), 2);
        let Value::List(all) = &groups.node.value else { panic!("no list") };
        assert!(matches!(&all[0].value, Value::Text(text) if text == "choir"));
        let Value::List(accounts) = &field(&node, "accounts").node.value else { panic!("no list") };
        let lines = |name| {
            let found = field(&accounts[0], name);
            (source.line(found.at), source.line(found.node.at))
        };
        assert_eq!((source.line(accounts[0].at), lines("email"), lines("uses")), (4, (4, 5), (6, 6)));
        assert!(matches!(field(&accounts[0], "mail").node.value, Value::Flag(true)));
        assert!(matches!(field(&accounts[0], "uses").node.value, Value::Number(3)));
        for name in ["for", "half"] {
            assert!(matches!(field(&accounts[0], name).node.value, Value::Other), "{name}");
        }
    }

    #[test]
    fn very_many_keys_take_a_time_that_grows_with_their_number() {
        let begun = std::time::Instant::now();
        let keys: Vec<String> = (0..200_000).map(|number| format!("\"key {number}\":0")).collect();
        let node = read(&format!("{{{}}}", keys.join(","))).unwrap_or_else(|mistake| panic!("{mistake:?}"));
        let Value::Table(fields) = &node.value else { panic!("no table") };
        assert_eq!((fields.len(), &*fields[199_999].name), (200_000, "key 199999"));
        assert!(begun.elapsed() < std::time::Duration::from_secs(10), "{:?}", begun.elapsed());
    }

    #[test]
    fn what_is_no_json_is_told_with_its_line_and_without_its_words() {
        let deep = format!("{{\"a\":\n{}{}}}", "[".repeat(200), "]".repeat(200));
        for (text, line, told) in [
            ("{\n\"a\": secret\n}", 2, "this is not valid JSON: expected value."),
            ("{\n\"a\": \"sec\tret\"\n}", 2, "this is not valid JSON: control character"),
            ("{\n\"a\": 1,\n\"\\u0061\": 2}", 3, "\"a\" is written twice in one object."),
            ("{\"a\": 1}\n{\"a\": 1}", 2, "this is not valid JSON: trailing characters."),
            ("{\n\"a\": [\n\"\\ud800\"]}", 3, "this is not valid JSON: "),
            (&*deep, 2, "this is nested too deeply."),
        ] {
            let mistake = read(text).err().unwrap();
            assert_eq!(Source::test(text).line(mistake.at), line, "{text}: {mistake:?}");
            assert!(mistake.text.contains(told), "{text}: {mistake:?}");
            assert!(!mistake.text.contains("secret"), "{mistake:?}");
        }
    }
}
