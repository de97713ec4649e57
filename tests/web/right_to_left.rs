//! Languages that are written from right to left. There is none yet, so a made-up one stands in the place of Spanish:
//! English in Hebrew letters. Which of its pages fit a screen is checked in a browser.

use std::fs;
use std::path::Path;

use crate::support::{ADA, PASSWORD, Setup};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
/// What is data, and so in Latin letters in every language.
const DATA: [&str; 5] = ["Ada", "Firefox", "Linux", "UTC", "Vestibule"];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Our English sentences in Hebrew letters. Keys, variables and choices stay as they are.
fn in_hebrew() -> String {
    let english = read("words/en.ftl");
    let lines = english.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let choice = line.trim_start().starts_with(['[', '*']);
        let end = if choice { line.find(']') } else { line.find('=').filter(|_| !line.starts_with(' ')) };
        let (head, rest) = line.split_at(end.map_or(0, |end| end + 1));
        let mut inside = false;
        let rest = rest.chars().map(|c| {
            inside = c == '{' || (inside && c != '}');
            let place = u32::from(c.to_ascii_lowercase()).wrapping_sub(u32::from('a'));
            let hebrew = char::from_u32(0x05d0 + place % 26).unwrap();
            if inside || !c.is_ascii_alphabetic() { c } else { hebrew }
        });
        if head.starts_with("language-direction") {
            format!("{head} rtl\n")
        } else {
            format!("{head}{}\n", rest.collect::<String>())
        }
    });
    lines.collect()
}

/// The words of a text that are in Latin letters, except addresses.
fn latin(text: &str) -> Vec<&str> {
    let words = text.split_whitespace().filter(|word| !word.contains(['@', '/']));
    let words = words.flat_map(|word| word.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| word.len() > 1 && word.is_ascii() && !DATA.contains(word)).collect()
}

#[test]
fn pages_and_emails_run_from_right_to_left_and_have_no_other_words() {
    let words = in_hebrew();
    let setup = Setup::new().mail().patient().with("language", "es");
    let site = setup.file("words/es.ftl", words.as_bytes()).build();
    let mut ada = site.ada_by_mail();
    site.visitor_from("203.0.113.7").sending("User-Agent", FIREFOX).log_in(ADA, PASSWORD);
    site.clock.advance(2);
    ada.submit("/forgot", &[("email", ADA)]);
    site.clock.advance(2);
    site.visitor().sign_up(ADA, "Eve", PASSWORD);
    ada.submit("/settings/email", &[("email", "ada@new.example")]);
    let mails = site.mails();
    let mut subjects: Vec<_> = mails.iter().map(|mail| &mail.subject).collect();
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), 5, "{subjects:?}");
    for mail in mails {
        assert!(mail.html.contains("<html lang=\"es\" dir=\"rtl\">"), "{}", mail.html);
        assert!(
            mail.html.contains("align=\"right\"") && !mail.html.contains("align=\"left\""),
            "{}",
            mail.html
        );
        let others = [latin(&mail.subject), latin(&mail.text)].concat();
        assert!(others.is_empty(), "{others:?}: {}", mail.text);
    }
    // "unknown" and the like choose the words; they are no words.
    let devices = latin(&ada.get("/settings/devices").text()).join(" ");
    assert!(!devices.contains("unknown"), "{devices}");
    let page = ada.get("/profile");
    for html in ["<html lang=\"es\" dir=\"rtl\">", "<bdi>ada@example.org</bdi>"] {
        assert!(page.body.contains(html), "{html}: {}", page.body);
    }
}

/// The declarations of a style sheet: property and value.
fn declarations(css: &str) -> Vec<(String, String)> {
    let mut pieces = css.split("/*");
    let first = pieces.next().unwrap_or_default().to_owned();
    let css = pieces.fold(first, |left, piece| left + piece.split_once("*/").map_or("", |(_, after)| after));
    let parts = css.split(['{', '}', ';']).filter_map(|part| part.split_once(':'));
    parts.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}

/// The parts of a value, split where spaces are outside of brackets.
fn parts(value: &str) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in value.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        match c == ' ' && depth == 0 {
            true => parts.push(String::new()),
            false => parts.last_mut().unwrap().push(c),
        }
    }
    parts
}

/// `inline-start` and `inline-end` follow the direction of the page, left and right do not.
#[test]
fn the_style_sheet_knows_no_left_and_no_right() {
    let declarations = declarations(&read("static/style.css"));
    assert!(declarations.len() > 300, "{}", declarations.len());
    for (name, value) in declarations {
        let words = name.split('-').chain(value.split(|c: char| !c.is_alphabetic()));
        let sided = words.filter(|word| ["left", "right", "translateX"].contains(word)).count();
        // Four values are those of top, right, bottom and left, or of the corners from the top left on.
        let uneven = match &parts(&value)[..] {
            [one, two, three, four] if name == "border-radius" => one != two || three != four,
            [_, right, _, left] => ["inset", "margin", "padding"].contains(&&*name) && right != left,
            _ => false,
        };
        assert!(sided == 0 && !uneven, "{name}: {value}");
    }
}
