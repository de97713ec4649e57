//! Makes a script shorter without changing what it does: comments go, and space that separates nothing. Names stay, and
//! so does the end of a line where it may stand for a semicolon.

use std::mem;

use super::code_text::{end_of_expression, end_of_string, is_end_of_line};

/// The same script, shorter. `None` if it is not certain what is code and what is text: a `/` divides, or begins a
/// regular expression, and only a full parser knows which in all cases.
pub fn minify(js: &str) -> Option<String> {
    // It says how to run the file, and these two are comments only in scripts that are not modules.
    if js.starts_with("#!") || js.contains("<!--") || js.contains("-->") {
        return None;
    }
    let mut script =
        Script { rest: js, out: String::with_capacity(js.len()), last: Last::Start, brackets: Vec::new() };
    script.code(0)?;
    script.rest.is_empty().then_some(script.out)
}

/// Templates may contain code that contains templates, up to this depth.
const DEEPEST: usize = 16;

/// Words after which a `/` begins a regular expression.
const BEFORE_A_VALUE: [&str; 10] =
    ["return", "typeof", "instanceof", "in", "new", "delete", "void", "throw", "case", "else"];
/// Words that are names in some places, or after which both may stand.
const UNCERTAIN: [&str; 5] = ["of", "await", "yield", "do", "async"];

/// What the last piece of code says about a `/` that follows it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last<'s> {
    /// Nothing is before it.
    Start,
    /// A name, a keyword or a number, and whether it is a property.
    Word(&'s str, bool),
    /// A string, a template or a regular expression.
    Text,
    /// The bracket at the end of a condition, after which a statement begins.
    Condition,
    /// Any other character.
    Mark(char),
    /// `++` or `--`, before or after a value.
    Twice,
}

/// How far a script has been read.
struct Script<'s> {
    rest: &'s str,
    out: String,
    last: Last<'s>,
    /// For each round bracket that is open, what stood before it.
    brackets: Vec<Last<'s>>,
}

impl<'s> Script<'s> {
    /// Reads code: to the end, or in a template to the brace that closes it.
    fn code(&mut self, depth: usize) -> Option<()> {
        let mut braces = 0_usize;
        loop {
            self.gap()?;
            let Some(first) = self.rest.chars().next() else { return Some(()) };
            match first {
                '"' | '\'' => self.text(1 + end_of_string(&self.rest[1..], first)?),
                '`' => self.template(depth)?,
                '/' if self.rest.starts_with("/*!") => self.copy(self.rest.find("*/")? + 2),
                '/' if self.begins_a_value()? => self.text(1 + end_of_expression(&self.rest[1..])?),
                '}' if depth > 0 && braces == 0 => return Some(()),
                _ if is_of_word(first) => self.word(),
                // A name with an escape in it.
                '\\' => return None,
                _ => {
                    braces = match first {
                        '{' => braces + 1,
                        '}' => braces.checked_sub(1)?,
                        _ => braces,
                    };
                    self.mark(first)?;
                }
            }
        }
    }

    /// Whether a value may begin here, so that a `/` is the beginning of a regular expression.
    fn begins_a_value(&self) -> Option<bool> {
        match self.last {
            Last::Start | Last::Condition => Some(true),
            Last::Text | Last::Word(_, true) | Last::Mark(')' | ']') => Some(false),
            Last::Word(word, false) if UNCERTAIN.contains(&word) => None,
            Last::Word(word, false) => Some(BEFORE_A_VALUE.contains(&word)),
            // The end of a block, of a function or of an object; a number such as `1.`.
            Last::Mark('}' | '.') | Last::Twice => None,
            Last::Mark(_) => Some(true),
        }
    }

    /// Leaves out space and comments, and writes what of them separates something.
    fn gap(&mut self) -> Option<()> {
        let before = self.rest;
        loop {
            let trimmed =
                self.rest.trim_start_matches(|mark: char| mark.is_whitespace() || mark == '\u{feff}');
            if trimmed.starts_with("//") {
                self.rest = &trimmed[trimmed.find(is_end_of_line).unwrap_or(trimmed.len())..];
            } else if trimmed.starts_with("/*") && !trimmed.starts_with("/*!") {
                self.rest = &trimmed[2 + trimmed[2..].find("*/")? + 2..];
            } else {
                self.rest = trimmed;
                break;
            }
        }
        let left_out = &before[..before.len() - self.rest.len()];
        let (Some(next), Some(last)) = (self.rest.chars().next(), self.out.chars().next_back()) else {
            return Some(());
        };
        let alone = |mark| matches!(mark, '{' | '}' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '=');
        let kept = if left_out.contains(is_end_of_line) {
            // No semicolon can be missing after these, nor before a closing bracket.
            let goes = matches!(last, '{' | '(' | '[' | ',' | ';') || matches!(next, '}' | ')' | ']');
            if goes { "" } else { "\n" }
        } else if left_out.is_empty() || alone(last) || alone(next) {
            ""
        } else {
            " "
        };
        self.out.push_str(kept);
        Some(())
    }

    fn copy(&mut self, length: usize) {
        let (piece, after) = self.rest.split_at(length);
        self.out.push_str(piece);
        self.rest = after;
    }

    fn text(&mut self, length: usize) {
        self.copy(length);
        self.last = Last::Text;
    }

    fn word(&mut self) {
        let length = self.rest.find(|mark: char| !is_of_word(mark)).unwrap_or(self.rest.len());
        let is_property = matches!(self.last, Last::Mark('.' | '#'));
        self.last = Last::Word(&self.rest[..length], is_property);
        self.copy(length);
    }

    fn mark(&mut self, mark: char) -> Option<()> {
        let adjoins = self.out.ends_with(mark);
        let before = mem::replace(&mut self.last, Last::Mark(mark));
        match mark {
            '(' => self.brackets.push(before),
            ')' => match self.brackets.pop()? {
                Last::Word("if" | "while" | "for" | "with", false) => self.last = Last::Condition,
                // `for await (…)` begins a statement, `await (…)` is a value.
                Last::Word("await", false) => self.last = Last::Mark('}'),
                _ => {}
            },
            '+' | '-' if adjoins && before == Last::Mark(mark) => self.last = Last::Twice,
            _ => {}
        }
        self.copy(mark.len_utf8());
        Some(())
    }

    /// Copies a template as it is, except the code in it.
    fn template(&mut self, depth: usize) -> Option<()> {
        if depth == DEEPEST {
            return None;
        }
        self.copy(1);
        loop {
            let at = self.rest.find(['`', '\\', '$'])?;
            self.copy(at);
            if self.rest.starts_with("${") {
                self.copy(2);
                let outside = mem::take(&mut self.brackets);
                self.last = Last::Start;
                self.code(depth + 1)?;
                self.brackets = outside;
                self.rest.starts_with('}').then(|| self.copy(1))?;
            } else if self.rest.starts_with('\\') {
                let escaped = self.rest[1..].chars().next()?;
                self.copy(1 + escaped.len_utf8());
            } else if self.rest.starts_with('$') {
                self.copy(1);
            } else {
                self.text(1);
                return Some(());
            }
        }
    }
}

fn is_of_word(mark: char) -> bool {
    mark.is_alphanumeric() || matches!(mark, '_' | '$' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        for (js, short) in [
            ("", ""),
            ("// nothing\n", ""),
            (
                "'use strict';\n\n// first\nlet a = 1; /* one */\n  let b = [ a, 2 ]\nb()\n",
                "'use strict';let a=1;let b=[a,2]\nb()",
            ),
            ("if (a) {\n  b();\n} else {\n  c(\n    d,\n  );\n}\n", "if(a){b();}else{c(d,);}"),
            ("const a = {}\n[1].b", "const a={}\n[1].b"),
            ("return\na", "return\na"),
            ("a /* x\n y */ b", "a\nb"),
            ("a + +b - -c", "a + +b - -c"),
            ("a++\n++b", "a++\n++b"),
            ("x = a/**/ / b // c", "x=a / b"),
            ("const f = async (a) => ({ b: `c` })", "const f=async(a)=>({b:`c`})"),
            ("/*! licence */\na()", "/*! licence */\na()"),
            ("\u{feff}a  ()", "a()"),
            ("é = 'ü  ü'", "é='ü  ü'"),
        ] {
            assert_eq!(minify(js).as_deref(), Some(short), "{js}");
        }
    }

    #[test]
    fn what_only_looks_like_a_comment_stays() {
        for js in [
            "a('// b',\"/* c */  \",'it\\'s // d')",
            "a=`// b  ${c(`/* d */ ${e}  `)}  \\` $ // f`",
            "a=/[/*'\"]\\/  \\]/g;b()",
            "if(/ +\\/\\/ x/.test(a)){b()}",
            "if(a)/'  x/.test(b)",
            "return /'  x/",
            "a=(b + c)/ 2;d=e / f / g;h='i  j'",
            "a=b[1]/ c.in / 'd  e'.length",
            "a=>/'  x/",
        ] {
            assert_eq!(minify(js).as_deref(), Some(js), "{js}");
        }
    }

    #[test]
    fn what_is_not_certain_is_left_as_it_is() {
        for js in [
            "a = {} / 'b'",
            "a++ / b",
            "for (a of /b/) c()",
            "for await (a of b) /c/.test(a)",
            "a = 1. / b",
            "a = 'b\n'",
            "a = 'b",
            "a = `b",
            "a = `b${c`",
            "a = /b",
            "/* a",
            "a)",
            "a}",
            "\\u0061 = 1",
            "a <!-- b",
            "a\n--> b",
            "#!/usr/bin/node\na",
        ] {
            assert_eq!(minify(js), None, "{js}");
        }
        assert_eq!(minify(&"`${".repeat(100_000)), None);
    }

    #[test]
    fn our_scripts_keep_every_mark() {
        // A line of ours that begins with these is a comment, and no other line has one.
        let marks = |js: &str| -> String {
            let is_comment =
                |line: &&str| ["//", "/*"].iter().any(|start| line.trim_start().starts_with(start));
            let code: Vec<_> = js.lines().filter(|line| !is_comment(line)).collect();
            code.concat().replace([' ', '\n'], "")
        };
        for js in [
            include_str!("../../static/form.js"),
            include_str!("../../static/password.js"),
            include_str!("../../static/time.js"),
        ] {
            let short = minify(js).unwrap();
            assert_eq!(marks(js), marks(&short));
            assert!(
                short.len() < js.len() * 9 / 10 && !short.contains("  ") && !short.contains("// "),
                "{short}"
            );
            assert_eq!(minify(&short).as_deref(), Some(&*short), "nothing is left to do");
        }
    }
}
