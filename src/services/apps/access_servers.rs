//! How servers read paths, against who may open one: whatever a server makes of a path, the rule of what it serves must
//! have allowed.
#![cfg(test)]

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::app::App;
use crate::people::groups::GroupName;

/// Parts of an app, each for a group of its own: near each other, and in each other.
const PARTS: &[(&str, &str)] = &[
    ("/a", "a"),
    ("/a/b", "b"),
    ("/a/b/c", "c"),
    ("/admin", "admins"),
    ("/Admin", "other-admins"),
    ("/public", "public"),
    ("/public/admin", "public-admins"),
    ("/x", "x"),
    ("/x.d", "x-d"),
];

/// What paths are put together from.
const PIECES: &[&str] = &[
    "/",
    "/",
    "/",
    "/a",
    "/b",
    "/c",
    "/admin",
    "/public",
    "/public/admin",
    "/a/b",
    "/a/b/c",
    "/x",
    "a",
    "b",
    "c",
    "x",
    "/A",
    "/ADMIN",
    "admin",
    "%61",
    "%2561",
    "%62",
    "%2562",
    "%2f",
    "%252f",
    "%5c",
    "\\",
    ";",
    ";x",
    "%3b",
    "%253b",
    "..",
    ".",
    "%2e",
    "%252e",
    "//",
    "%00",
    ".json",
    ".d",
    "%20",
    "%C3%A9",
    "\u{ff0f}",
    "%EF%BC%8F",
    "\u{212a}",
    "\u{200b}",
    "%E2%80%8B",
    "#",
    "%23",
    "%3f",
    "%09",
    "%u002f",
    "%25",
    "%c0%af",
    "%ff",
    ":",
    ",",
    "~",
    "-x",
    "_",
];

/// What a server does to a path before it looks for what to serve.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Decode,
    DecodeWhole,
    BackslashIsSlash,
    CutParameters,
    CutAtParameters,
    MergeSlashes,
    Climb,
    IgnoreCase,
    TrimEndings,
    TrimSpaces,
    CutAtNul,
    DropNul,
    DropBreaks,
    CutAtHash,
    CutAtQuestionMark,
    CutExtension,
    Normalize,
    DropInvisible,
    TakeHost,
}

const STEPS: &[Step] = &[
    Step::Decode,
    Step::DecodeWhole,
    Step::BackslashIsSlash,
    Step::CutParameters,
    Step::CutAtParameters,
    Step::MergeSlashes,
    Step::Climb,
    Step::IgnoreCase,
    Step::TrimEndings,
    Step::TrimSpaces,
    Step::CutAtNul,
    Step::DropNul,
    Step::DropBreaks,
    Step::CutAtHash,
    Step::CutAtQuestionMark,
    Step::CutExtension,
    Step::Normalize,
    Step::DropInvisible,
    Step::TakeHost,
];

impl Step {
    fn of(self, path: &str) -> String {
        let each = |change: fn(&str) -> &str| path.split('/').map(change).collect::<Vec<_>>().join("/");
        let until = |end: char| path.split(end).next().unwrap_or_default().to_owned();
        match self {
            Step::Decode => decoded(path),
            Step::DecodeWhole => (0..10).fold(path.to_owned(), |path, _| decoded(&path)),
            Step::BackslashIsSlash => path.replace('\\', "/"),
            Step::CutParameters => each(|segment| segment.split(';').next().unwrap_or_default()),
            Step::CutAtParameters => until(';'),
            Step::MergeSlashes => format!("/{}", segments(path).collect::<Vec<_>>().join("/")),
            Step::Climb => climbed(path),
            Step::IgnoreCase => path.to_lowercase(),
            Step::TrimEndings => each(|segment| segment.trim_end_matches(['.', ' '])),
            Step::TrimSpaces => each(str::trim),
            Step::CutAtNul => until('\0'),
            Step::DropNul => path.replace('\0', ""),
            Step::DropBreaks => path.replace(['\t', '\r', '\n'], ""),
            Step::CutAtHash => until('#'),
            Step::CutAtQuestionMark => until('?'),
            Step::CutExtension => match path.rsplit_once('/') {
                Some((before, last)) if !last.starts_with('.') => {
                    format!("{before}/{}", last.split('.').next().unwrap_or_default())
                }
                _ => path.to_owned(),
            },
            Step::Normalize => path.nfkc().collect(),
            Step::DropInvisible => path.replace('\u{200b}', ""),
            Step::TakeHost => match path.strip_prefix("//") {
                Some(rest) => format!("/{}", rest.split_once('/').map_or("", |(_, path)| path)),
                None => path.to_owned(),
            },
        }
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// Decoded once; bytes that are no text become a mark.
fn decoded(path: &str) -> String {
    let (bytes, mut out, mut at) = (path.as_bytes(), Vec::new(), 0);
    while let Some(byte) = bytes.get(at) {
        let escaped = (*byte == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn climbed(path: &str) -> String {
    let mut left: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => drop(left.pop()),
            other => left.push(other),
        }
    }
    format!("/{}", left.join("/"))
}

/// The groups of the parts that a server serves at a path: of the longest prefix, or of several that it cannot tell apart.
fn served(path: &str, ignores_case: bool) -> Vec<&'static str> {
    let begins = |prefix: &str| {
        let begins = match ignores_case {
            true => path.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix)),
            false => path.starts_with(prefix),
        };
        begins && matches!(path.as_bytes().get(prefix.len()), None | Some(b'/'))
    };
    let found: Vec<_> = PARTS.iter().filter(|(prefix, _)| begins(prefix)).collect();
    let longest = found.iter().map(|(prefix, _)| prefix.len()).max();
    match longest {
        None => vec!["family"],
        Some(longest) => {
            let of_it = found.iter().filter(|(prefix, _)| prefix.len() == longest);
            of_it.map(|(_, group)| *group).collect()
        }
    }
}

fn path() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..8);
    let begins_twice = prop::bool::weighted(0.1);
    (pieces, begins_twice).prop_map(|(pieces, begins_twice)| {
        let path = pieces.concat();
        if begins_twice { format!("//{path}") } else { format!("/{}", path.trim_start_matches('/')) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn whatever_a_server_makes_of_a_path_its_rule_must_have_allowed(
        path in path(),
        servers in prop::collection::vec(prop::collection::vec(prop::sample::select(STEPS), 0..7), 24),
    ) {
        let app = App::test("family", PARTS);
        let access = app.access(&path);
        let all: Vec<GroupName> = app.named_groups().into_iter().cloned().collect();
        prop_assert!(access.allows(&all));
        for steps in servers {
            let read = steps.iter().fold(path.clone(), |path, step| step.of(&path));
            if !read.starts_with('/') {
                continue; // a server refuses it
            }
            for group in served(&read, steps.contains(&Step::IgnoreCase)) {
                let others: Vec<GroupName> = all.iter().filter(|other| other.as_str() != group).cloned().collect();
                prop_assert!(
                    !access.allows(&others),
                    "{path:?} was allowed without {group}, and a server reads it as {read:?}: {steps:?}"
                );
            }
        }
    }
}
