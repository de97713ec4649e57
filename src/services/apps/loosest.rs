//! A path as loosely as any server might read it: decoded until it stops changing, every kind of slash a slash, letters of
//! one case. A proxy and an app need not read a path alike, and the gate knows neither; what is told apart by no server is
//! told apart by none of its rules.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// How often a path is decoded: no honest client encodes one more often.
const ROUNDS: usize = 8;

/// The loosest reading. `None` if servers may read the path as nearly any other one: it climbs (`..`), begins with two
/// slashes, holds bytes that are no text, or hides a slash where some cut a segment short.
pub(super) fn loosest(path: &str) -> Option<Cow<'_, str>> {
    let read = if path.bytes().all(is_plain) { Cow::Borrowed(path) } else { Cow::Owned(unwrapped(path)?) };
    let rest = read.strip_prefix('/').filter(|rest| !rest.starts_with('/'))?;
    // Cut at a semicolon, the first segment may be nothing, and the path begins with two slashes.
    let begins_empty = rest.split_once('/').is_some_and(|(first, _)| head(first).is_empty());
    let slashes = |text: &str| text.bytes().filter(|byte| *byte == b'/').count();
    let may_shift = read.contains(';') && slashes(&read) > slashes(path);
    (!begins_empty && !may_shift && !segments(&read).any(may_climb)).then_some(read)
}

/// The segments of a reading, without what some servers drop: parameters, spaces around them, empty ones.
pub(super) fn segments(reading: &str) -> impl Iterator<Item = &str> + Clone {
    reading.split('/').map(head).filter(|segment| !segment.is_empty())
}

/// Whether a server might take a segment for this one: `admin.json`, `admin:8` and `Admin` for `admin`; `administration`
/// never.
pub(super) fn may_be(segment: &str, wanted: &str) -> bool {
    let begins = segment.get(..wanted.len()).is_some_and(|head| head.eq_ignore_ascii_case(wanted));
    begins && !segment[wanted.len()..].starts_with(is_word)
}

/// Whether a segment is a script, which takes the rest of the path for the path that was asked for: `index.php`.
pub(super) fn is_script(segment: &str) -> bool {
    const ENDINGS: [&str; 10] =
        [".php", ".phtml", ".cgi", ".fcgi", ".pl", ".py", ".asp", ".aspx", ".dll", ".exe"];
    let mut dots = segment.match_indices('.');
    dots.any(|(dot, _)| ENDINGS.into_iter().any(|ending| may_be(&segment[dot..], ending)))
}

/// A segment up to its parameters.
fn head(segment: &str) -> &str {
    segment.split(';').next().unwrap_or_default().trim()
}

/// Whether a server might go up, or stay, at a segment: `.`, `..`, `..:x`. Windows reads `...` like that, too.
fn may_climb(segment: &str) -> bool {
    segment.starts_with('.') && !segment.trim_start_matches(['.', ' ']).starts_with(is_word)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// Whether every server takes a byte as it is.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'%' | b'\\' | b';' | b'#' | b'?')
}

/// Decoded and folded until it stops changing.
fn unwrapped(path: &str) -> Option<String> {
    let is_whole =
        |rest: &str| rest.get(..2).is_some_and(|two| two.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if path.split('%').skip(1).any(|rest| !is_whole(rest)) {
        return None;
    }
    let mut text = path.to_owned();
    for _ in 0..ROUNDS {
        let next = folded(&decoded(&text)?);
        if next == text {
            return Some(text);
        }
        text = next;
    }
    None
}

/// Decoded once; also `%u0041`, which some servers take. `None` if that is no text, or if it holds what ends a text for
/// some servers and is nothing for others.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, escape) = rest.split_at(at);
        bytes.extend_from_slice(before.as_bytes());
        let digits = |from: usize, to: usize| {
            let digits = escape.get(from..to).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
            digits.and_then(|digits| u32::from_str_radix(digits, 16).ok())
        };
        rest = if let Some(byte) = digits(1, 3) {
            bytes.extend(u8::try_from(byte));
            &escape[3..]
        } else if let Some(code) = digits(2, 6).filter(|_| escape[1..].starts_with(['u', 'U'])) {
            bytes.extend_from_slice(char::from_u32(code)?.encode_utf8(&mut [0; 4]).as_bytes());
            &escape[6..]
        } else {
            bytes.push(b'%');
            &escape[1..]
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok().filter(|text| !text.contains(char::is_control))
}

/// Letters of one case, wide and narrow forms alike, every kind of slash a slash, and nothing that cannot be seen.
fn folded(text: &str) -> String {
    let seen = text.nfkc().filter(|c| !is_ignored(*c)).map(as_read);
    seen.flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc().collect()
}

/// What some systems make of a character that they do not have.
fn as_read(c: char) -> char {
    match c {
        '\\' | '\u{a5}' | '\u{20a9}' | '\u{2044}' | '\u{2215}' | '\u{2216}' | '\u{29f5}' | '\u{29f8}'
        | '\u{29f9}' => '/',
        '\u{3002}' => '.',
        other => other,
    }
}

/// Characters without a width, which file systems and others skip.
fn is_ignored(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_path_is_read_in_one_way() {
        for path in [
            "/",
            "/Admin/x",
            "/wiki/Main_Page",
            "/.well-known/caldav",
            "/a/.git/x.tar.gz",
            "/@ada/~x/a,b/(c)",
            "/a//b/",
        ] {
            assert_eq!(loosest(path).as_deref(), Some(path), "as it is");
        }
        for (path, read) in [
            ("/wiki/Gr%C3%B6%C3%9Fe", "/wiki/grösse"),
            ("/wiki/Größe", "/wiki/grösse"),
            ("/a%20b", "/a b"),
            ("/100%25", "/100%"),
            ("/%61dmin", "/admin"),
            ("/%2561dmin", "/admin"),
            ("/%25u0061dmin", "/admin"),
            ("/group%2Fproject", "/group/project"),
            ("/a%5Cb\\c", "/a/b/c"),
            ("/a\u{ff0f}b", "/a/b"),
            ("/ad%E2%80%8Bmin", "/admin"),
            ("/\u{ff21}dm\u{131}n", "/admin"),
            ("/App;jsessionid=7/x", "/app;jsessionid=7/x"),
        ] {
            assert_eq!(loosest(path).as_deref(), Some(read), "{path}");
        }
    }

    #[test]
    fn what_may_be_nearly_any_path_is_read_as_none() {
        for path in [
            "",
            "admin",
            "*",
            "http://wiki.example.org/",
            "//admin",
            "/%2fadmin",
            "/\\admin",
            "/;/admin",
            "/%20/admin",
            "/a/../b",
            "/a/./b",
            "/a/%2e%2e/b",
            "/a/%252e%252e/b",
            "/a/..;/b",
            "/a/..\\b",
            "/a/.../b",
            "/a/%EF%BC%8E%EF%BC%8E/b",
            "/a;%2fb/c",
            "/a;\\b/c",
            "/a%00b",
            "/a%0ab",
            "/a\tb",
            "/a%ff",
            "/a%c0%afb",
            "/100%",
            "/%zz",
            "/%25252525252525252561",
        ] {
            assert_eq!(loosest(path), None, "{path}");
        }
    }

    #[test]
    fn a_segment_may_be_another_with_an_ending() {
        for (segment, may) in [
            ("admin", true),
            ("Admin", true),
            ("admin.json", true),
            ("admin:8", true),
            ("admin ", true),
            ("administration", false),
            ("admin-2", false),
            ("admin_x", false),
            ("adminé", false),
            ("admi", false),
            ("é", false),
        ] {
            assert_eq!(may_be(segment, "admin"), may, "{segment}");
        }
        for script in ["index.php", "x.PHP", "app.v2.fcgi", "index.php:80", "index.php.en"] {
            assert!(is_script(script), "{script}");
        }
        for other in ["index.phps", "php", "v1.0", ".php-cs", "a"] {
            assert!(!is_script(other), "{other}");
        }
    }
}
