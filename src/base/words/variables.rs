//! Which variables a sentence uses, with those of the sentences in it.

use std::collections::BTreeSet;

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};

use super::catalogue::{Catalogue, MAX_REFERENCES};

impl Catalogue {
    /// The variables of a sentence. An error is the rest of a sentence about what it cannot use.
    pub(super) fn variables(&self, key: &str) -> Result<BTreeSet<String>, String> {
        let mut found = BTreeSet::new();
        if let Some(pattern) = self.pattern(key) {
            self.collect(pattern, MAX_REFERENCES, &mut found).map_err(|what| format!("{what} in `{key}`"))?;
        }
        Ok(found)
    }

    fn collect(
        &self,
        pattern: &Pattern<&str>,
        depth: u32,
        found: &mut BTreeSet<String>,
    ) -> Result<(), String> {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.collect_from(expression, depth, found)?;
            }
        }
        Ok(())
    }

    fn collect_from(
        &self,
        expression: &Expression<&str>,
        depth: u32,
        found: &mut BTreeSet<String>,
    ) -> Result<(), String> {
        let depth = depth.checked_sub(1).ok_or("has sentences that use each other")?;
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                for variant in variants {
                    self.collect(&variant.value, depth, found)?;
                }
                selector
            }
        };
        match inline {
            InlineExpression::VariableReference { id } => {
                found.insert(id.name.to_owned());
                Ok(())
            }
            InlineExpression::MessageReference { id, attribute: None } => match self.pattern(id.name) {
                Some(pattern) => self.collect(pattern, depth, found),
                None => Err(format!("has the unknown sentence `{}`", id.name)),
            },
            InlineExpression::Placeable { expression } => self.collect_from(expression, depth, found),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => Ok(()),
            _ => Err("has a function, a term or an attribute, which are not used here,".to_owned()),
        }
    }
}
