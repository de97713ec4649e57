//! Makes a stylesheet shorter without changing what it means: comments go, and space that separates nothing. Names, values
//! and their order stay, so new CSS needs no change here.

use super::code_text::{end, end_of_string};

/// The same stylesheet, shorter. `None` if a string or a comment has no end, so that it is unclear what is text.
pub fn minify(css: &str) -> Option<String> {
    let mut short = Short { out: String::with_capacity(css.len()), last: None };
    let mut rest = css;
    while !rest.is_empty() {
        let (found, after) = gap(rest)?;
        rest = after;
        if found != Gap::None {
            short.gap(found, rest.chars().next());
        }
        let Some(length) = verbatim(rest, short.last)? else {
            let Some(mark) = rest.chars().next() else { break };
            short.mark(mark);
            rest = &rest[mark.len_utf8()..];
            continue;
        };
        let (piece, after) = rest.split_at(length);
        short.out.push_str(piece);
        // Whatever it ends with, that is no mark of the stylesheet. An escape is part of a name.
        short.last = Some(if piece.starts_with('\\') { 'a' } else { '"' });
        rest = after;
    }
    Some(short.out)
}

/// What stands between two pieces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    /// Comments and no space: they separate words, but do not combine selectors as a space does.
    Comments,
    Space,
}

/// What has been written.
struct Short {
    out: String,
    /// The last character, outside of strings, addresses and escapes.
    last: Option<char>,
}

impl Short {
    /// Writes a gap before this character, if it separates anything.
    fn gap(&mut self, gap: Gap, next: Option<char>) {
        let (Some(last), Some(next)) = (self.last, next) else { return };
        // A custom property may consist of one space.
        let is_empty_value = last == ':' && matches!(next, ';' | '}');
        let separates = !matches!(last, '{' | '}' | ';' | ',' | '(' | ':')
            && !matches!(next, '{' | '}' | ';' | ',' | ')');
        if separates || is_empty_value {
            self.out.push_str(if gap == Gap::Space { " " } else { "/**/" });
            self.last = Some(' ');
        }
    }

    fn mark(&mut self, mark: char) {
        // The last declaration of a block needs no semicolon.
        if mark == '}' && self.last == Some(';') {
            self.out.pop();
        }
        self.out.push(mark);
        self.last = Some(mark);
    }
}

/// The gap at the beginning, and what comes after it.
fn gap(css: &str) -> Option<(Gap, &str)> {
    let (mut found, mut rest) = (Gap::None, css);
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r', '\x0c']);
        if trimmed.len() < rest.len() {
            (found, rest) = (Gap::Space, trimmed);
        } else if rest.starts_with("/*") && !rest.starts_with("/*!") {
            rest = &rest[2 + rest[2..].find("*/")? + 2..];
            found = if found == Gap::None { Gap::Comments } else { found };
        } else {
            return Some((found, rest));
        }
    }
}

/// The length of what is copied as it is, if the stylesheet begins with that: a string, an address in `url()` without
/// quotation marks, an escape, or a comment that is a licence. The outer `None`: it has no end.
fn verbatim(css: &str, before: Option<char>) -> Option<Option<usize>> {
    let first = css.chars().next();
    if let Some(mark @ ('"' | '\'')) = first {
        return Some(Some(1 + end_of_string(&css[1..], mark)?));
    }
    if css.starts_with("/*!") {
        return Some(Some(css.find("*/")? + 2));
    }
    if first == Some('\\') {
        return Some(Some(escape(css)));
    }
    let is_name = |mark: char| mark.is_alphanumeric() || matches!(mark, '-' | '_');
    let begins = css.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url("));
    if begins && !before.is_some_and(is_name) && !css[4..].trim_start().starts_with(['"', '\'']) {
        return Some(Some(4 + end(&css[4..], ')')?));
    }
    Some(None)
}

/// The length of an escape. The space after a number belongs to it (CSS Syntax 3, 4.3.7).
fn escape(css: &str) -> usize {
    let digits = css[1..].bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    let after = &css[1 + digits..];
    let one = if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(0, char::len_utf8) };
    if digits > 0 && !after.starts_with(char::is_whitespace) { 1 + digits } else { 1 + digits + one }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a stylesheet without its comments and spaces. In ours no string has a comment in it.
    fn marks(css: &str) -> String {
        let mut left = String::new();
        for (number, part) in css.split("/*").enumerate() {
            left += if number == 0 { part } else { part.split_once("*/").unwrap().1 };
        }
        left.retain(|mark| !mark.is_whitespace());
        left.replace(";}", "}")
    }

    #[test]
    fn our_stylesheet_keeps_every_mark_and_every_space_that_means_something() {
        let css = include_str!("../../static/style.css");
        let short = minify(css).unwrap();
        assert_eq!(marks(css), marks(&short));
        assert!(short.len() < css.len() * 9 / 10, "{} of {}", short.len(), css.len());
        assert_eq!(minify(&short).as_deref(), Some(&*short), "nothing is left to do");
        for kept in [
            ":root{color-scheme:light dark;--text:#17302e;",
            "@media screen and (prefers-color-scheme:dark){:root{",
            "*,::before,::after{box-sizing:border-box}",
            "inset:calc(4.5rem + 1.1 * var(--step)) 0 0;",
            "font-size:clamp(2.5rem,1.75rem + 3.5vw,4rem)",
            ".input ::placeholder{",
            ".ways :not(.primary){",
            "main:has(> .wide) > .notice{",
            ".input input:has(+ .reveal){",
            ".home ul:has(form) li:first-child{",
            "content:\"!\" / \"\";",
            "@media (forced-colors:active),(prefers-contrast:more){",
        ] {
            assert!(short.contains(kept), "{kept}\n{short}");
        }
    }

    #[test]
    fn what_looks_like_space_or_a_comment_stays_where_it_means_something() {
        for (css, short) in [
            ("", ""),
            (" \n/* nothing */\n", ""),
            ("a { color: red; }\n\nb { }", "a{color:red}b{}"),
            ("a{content:\"  /* no */ \\\" ; } \"}", "a{content:\"  /* no */ \\\" ; } \"}"),
            ("a{content:'it\\'s  \"'  ;  }", "a{content:'it\\'s  \"'}"),
            (
                "a{background:url( data:x;/*y*/,  z\\)  ) no-repeat}",
                "a{background:url( data:x;/*y*/,  z\\)  ) no-repeat}",
            ),
            ("a{background:URL(  \"x  y\"  )  1px}", "a{background:URL(\"x  y\") 1px}"),
            ("a{b:my-url( c , d )}", "a{b:my-url(c,d)}"),
            (".a .b,.a\n.b /* c */ .d{}", ".a .b,.a .b .d{}"),
            (".a/* no space */.b{}", ".a/**/.b{}"),
            ("a :hover, a:hover { }", "a :hover,a:hover{}"),
            (".\\31  .b, .\\;  { c : d }", ".\\31  .b,.\\;{c :d}"),
            (".a\\; }", ".a\\;}"),
            ("a{--x: ;--y:;--z: }", "a{--x: ;--y:;--z: }"),
            ("a{width:calc( 1px + (2px - 3px) )}", "a{width:calc(1px + (2px - 3px))}"),
            ("a{&:hover{b:c}  > d{e:f}}", "a{&:hover{b:c}> d{e:f}}"),
            ("@layer  a , b ;@media (width > 3px)  and  (x){}", "@layer a,b;@media (width > 3px) and (x){}"),
            ("/*! licence */ a { }", "/*! licence */ a{}"),
            (
                "a{color:light-dark( #fff , color-mix(in srgb, red 20%, blue) )}",
                "a{color:light-dark(#fff,color-mix(in srgb,red 20%,blue))}",
            ),
            ("ä  ö{content:\"✓  \"}", "ä ö{content:\"✓  \"}"),
        ] {
            assert_eq!(minify(css).as_deref(), Some(short), "{css}");
        }
    }

    #[test]
    fn what_has_no_end_is_left_as_it_is() {
        for css in ["a{} /* b", "a{content:\"b\n}", "a{content:'b", "a{b:url(c", "/*! b"] {
            assert_eq!(minify(css), None, "{css}");
        }
    }
}
