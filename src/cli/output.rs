//! Lines on stdout. `println!` would panic where nobody reads to the end, as in `vestibule check | head`.

use std::io::{Write, stdout};

/// Prints one line.
pub(super) fn line(text: impl std::fmt::Display) {
    let text = shown(&text.to_string());
    let mut out = stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush()); // a reader that went away has read enough
}

/// A text as it is shown: what other programs said may be among it, and nothing of it steers the terminal.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push(c),
            _ if c.is_control() => shown.push('?'),
            // As JSON writes them, which has them in texts alone.
            _ if turns(c) => shown.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => shown.push(c),
        }
    }
    shown
}

/// Whether a character turns the direction of those around it, begins a line, or is not seen: it would make one line look like
/// another (as in CVE-2021-42574).
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal_or_turns_a_line_and_json_stays_what_it_is() {
        assert_eq!(shown("a\u{1b}[2J\r\u{9b}b\u{202e}c\u{feff}d\nעדה ä"), "a?[2J??b\\u202ec\\ufeffd\nעדה ä");
        let json = serde_json::json!({ "name": "a\u{202e}b\u{1b}" });
        let read: serde_json::Value = serde_json::from_str(&shown(&json.to_string())).unwrap();
        assert_eq!(read, json);
    }
}
