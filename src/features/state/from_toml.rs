//! The values of a TOML file.

use toml_edit::{ImDocument, Item, TableLike, Value as Toml};

use super::node::{Field, Mistake, Node, Value};

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Node, Mistake> {
    let document = ImDocument::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Mistake::new(at, not_toml(error.message(), word_at(text, at)))
    })?;
    Ok(Node { at: 0, value: table(document.as_table(), 0) })
}

/// What is written for true and false elsewhere.
const FLAGS: [&str; 8] = ["yes", "no", "on", "off", "true", "false", "y", "n"];

/// The word that begins at a place.
fn word_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default()
}

/// The parser's words have several lines, and name no value.
fn not_toml(told: &str, word: &str) -> String {
    let told: Vec<&str> = told.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    // A value that begins like none of TOML.
    let is_value = told.contains(&"invalid string");
    if let Some(flag) = FLAGS.iter().find(|flag| is_value && flag.eq_ignore_ascii_case(word)) {
        return format!(
            "this is not valid TOML: write true or false, in small letters, or \"{flag}\" for a text."
        );
    }
    let hint = if is_value { " Put texts in quotation marks." } else { "" };
    format!("this is not valid TOML: {}.{hint}", told.join(": "))
}

/// The value of an item; `at` is the place of its key.
fn item(item: &Item, at: usize) -> Node {
    let at = item.span().map_or(at, |span| span.start);
    let value = match item {
        Item::None => Value::Other,
        Item::Value(found) => return value(found, at),
        Item::Table(found) => table(found, at),
        Item::ArrayOfTables(tables) => {
            let place = |found: &toml_edit::Table| found.span().map_or(at, |span| span.start);
            let node = |found| Node { at: place(found), value: table(found, place(found)) };
            Value::List(tables.iter().map(node).collect())
        }
    };
    Node { at, value }
}

fn value(found: &Toml, at: usize) -> Node {
    let at = found.span().map_or(at, |span| span.start);
    let value = match found {
        Toml::String(text) => Value::Text(text.value().clone()),
        Toml::Integer(number) => Value::Number(*number.value()),
        Toml::Boolean(flag) => Value::Flag(*flag.value()),
        Toml::Array(all) => Value::List(all.iter().map(|one| value(one, at)).collect()),
        Toml::InlineTable(found) => table(found, at),
        Toml::Float(_) | Toml::Datetime(_) => Value::Other,
    };
    Node { at, value }
}

fn table(found: &dyn TableLike, at: usize) -> Value {
    let field = |(name, found_item): (&str, &Item)| {
        let at = found.key(name).and_then(|key| key.span()).map_or(at, |span| span.start);
        Field { at, name: name.to_owned(), node: item(found_item, at) }
    };
    Value::Table(found.iter().map(field).collect())
}

#[cfg(test)]
mod tests {
    use super::super::source::Source;
    use super::*;

    /// The tree on one line, with the line of each key and value.
    fn shown(source: &Source, node: &Node) -> String {
        let value = match &node.value {
            Value::Text(text) => format!("{text:?}"),
            Value::Flag(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Other => "other".to_owned(),
            Value::List(all) => format!("{:?}", all.iter().map(|one| shown(source, one)).collect::<Vec<_>>()),
            Value::Table(fields) => {
                let field = |field: &Field| {
                    format!("{}@{}={}", field.name, source.line(field.at), shown(source, &field.node))
                };
                format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(" "))
            }
        };
        format!("{value}@{}", source.line(node.at)).replace('\\', "").replace("\"", "")
    }

    #[test]
    fn each_value_has_the_line_on_which_it_is() {
        let source = Source::test(
            "# a comment\ngroups = [\n  \"choir\",\n  { name = \"editors\" },\n]\n\n[[accounts]]\n\
             email = \"a@x.test\"\nflag = true\nat = 2026-01-01\n[[accounts]]\nuses = 3\n",
        );
        let node = read(source.text()).unwrap_or_else(|mistake| panic!("{mistake:?}"));
        let expected = "{groups@2=[choir@3, {name@4=editors@4}@4]@2 \
                        accounts@7=[{email@8=a@x.test@8 flag@9=true@9 at@10=other@10}@7, \
                        {uses@12=3@12}@11]@7}@1";
        assert_eq!(shown(&source, &node), expected);
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line_and_without_its_words() {
        for (text, line, told) in [
            ("a = 1\nb = secret\n", 2, "Put texts in quotation marks."),
            ("a = 1\nmail = yes\n", 2, ": write true or false, in small letters, or \"yes\" for a text."),
            ("mail = no # not yet\n", 1, "write true or false"),
            ("[[a]]\nmail = True\n", 2, "write true or false"),
            ("a = yes_secret\n", 1, "Put texts in quotation marks."),
            ("a = 1\na = 2\n", 2, "duplicate key"),
            ("a = 1\n[[accounts]\n", 2, "this is not valid TOML"),
            ("a = \"secret\nb = 1\n", 1, "invalid basic string"),
        ] {
            let mistake = read(text).err().unwrap();
            assert_eq!(Source::test(text).line(mistake.at), line, "{text}: {mistake:?}");
            assert!(mistake.text.contains(told), "{text}: {mistake:?}");
            assert!(!mistake.text.contains("secret") && !mistake.text.contains('\n'), "{mistake:?}");
        }
    }
}
