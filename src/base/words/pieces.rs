//! A sentence taken apart for a template: what is fixed becomes part of the template, so that a page need not put
//! sentences together.

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::unicode::unescape_unicode_to_string;

use super::catalogue::{Catalogue, MAX_REFERENCES};
use super::sentence::Argument;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text that is always the same.
    Text(String),
    /// The value of this variable.
    Variable(String),
}

impl Catalogue {
    /// The parts of a sentence, if its words depend on nothing but these values. `None` if it chooses its words by
    /// another one, or if there is no such sentence.
    pub(super) fn pieces(&self, key: &str, known: &[(&'static str, Argument)]) -> Option<Vec<Piece>> {
        let mut pieces = Vec::new();
        self.take_apart(self.pattern(key)?, known, MAX_REFERENCES, &mut pieces)?;
        Some(pieces)
    }

    fn take_apart(
        &self,
        pattern: &Pattern<&str>,
        known: &[(&'static str, Argument)],
        depth: u32,
        pieces: &mut Vec<Piece>,
    ) -> Option<()> {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => add_text(pieces, value),
                PatternElement::Placeable { expression } => {
                    self.expression(expression, known, depth, pieces)?;
                }
            }
        }
        Some(())
    }

    fn expression(
        &self,
        expression: &Expression<&str>,
        known: &[(&'static str, Argument)],
        depth: u32,
        pieces: &mut Vec<Piece>,
    ) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match expression {
            Expression::Inline(InlineExpression::StringLiteral { value }) => {
                add_text(pieces, &unescape_unicode_to_string(value));
            }
            Expression::Inline(InlineExpression::NumberLiteral { value }) => add_text(pieces, value),
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                match self.text_of(known, id.name) {
                    Some(text) => add_text(pieces, &text),
                    None => pieces.push(Piece::Variable(id.name.to_owned())),
                }
            }
            Expression::Inline(InlineExpression::MessageReference { id, attribute: None }) => {
                self.take_apart(self.pattern(id.name)?, known, depth, pieces)?;
            }
            Expression::Inline(InlineExpression::Placeable { expression }) => {
                self.expression(expression, known, depth, pieces)?;
            }
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                let (_, Argument::Text(value)) = known.iter().find(|(name, _)| *name == id.name)? else {
                    return None;
                };
                let fits =
                    |key: &VariantKey<&str>| matches!(key, VariantKey::Identifier { name } if name == value);
                let chosen = variants.iter().find(|variant| fits(&variant.key));
                let chosen = chosen.or_else(|| variants.iter().find(|variant| variant.default))?;
                self.take_apart(&chosen.value, known, depth, pieces)?;
            }
            _ => return None,
        }
        Some(())
    }

    fn text_of(&self, known: &[(&'static str, Argument)], name: &str) -> Option<String> {
        match known.iter().find(|(known, _)| *known == name)? {
            (_, Argument::Text(text)) => Some(super::isolated(text, self.direction).into_owned()),
            (_, Argument::Number(number)) => Some(number.to_string()),
            (_, Argument::Sentence(_)) => None,
        }
    }
}

/// Adds text, to the text before it if there is one.
fn add_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}
