//! What a wrong value in a settings file is told, and which spellings of a right one are taken.
#![cfg(test)]

use figment::providers::{Format, Toml};

use super::load::read;
use super::settings::Settings;
use super::site_values::FooterLinks;
use super::stack::defaults;

/// What becomes of a line in a settings file.
fn in_a_file(line: &str) -> Result<Settings, String> {
    let terms = if line.starts_with("terms_version") { "" } else { "terms_version = '1'" };
    let file = format!("[default.vestibule]\n{line}\n{terms}\nterms_url = '/terms'");
    let config = read(defaults().merge(Toml::string(&file).nested()));
    config.map(|config| config.settings).map_err(|refusal| refusal.to_string())
}

#[test]
fn links_in_a_file_are_a_text_or_a_list() {
    for links in [
        "'Imprint = https://example.org/i | Privacy = /privacy'",
        "'Imprint=https://example.org/i|Privacy=/privacy'",
        "['Imprint = https://example.org/i', 'Privacy = /privacy']",
        "['Imprint=https://example.org/i','Privacy=/privacy']",
        "['Imprint=https://example.org/i|Privacy=/privacy']",
    ] {
        let settings = in_a_file(&format!("footer_links = {links}")).unwrap();
        let read: Vec<_> = settings.footer_links.iter().flat_map(FooterLinks::links).collect();
        let read: Vec<_> = read.iter().map(|link| (&*link.text, link.href.as_str())).collect();
        assert_eq!(read, [("Imprint", "https://example.org/i"), ("Privacy", "/privacy")], "{links}");
    }
}

#[test]
fn wrong_links_are_refused_with_what_to_type() {
    const LIST: &str = "Write a list as [\"Imprint = https://example.org/imprint\", \"Privacy = /privacy\"].";
    for (links, told) in [
        ("[{ text = 'A', href = '/a' }]", LIST),
        ("{ A = '/a' }", LIST),
        ("[]", LIST),
        ("['A = /a', 5]", LIST),
        ("['A = /a', '/b']", LIST),
        ("'A=/a,B=/b'", "Separate links with a vertical bar (|)."),
        ("'A = /a | /b'", "In \"/b\", the text and the address have no equals sign between them."),
        (
            "'A = /a | B = b.example'",
            "In \"B = b.example\", the address must be one of the web, such as https://",
        ),
        ("' = /a'", "In \"= /a\", the text of the link must have 1 to 40 characters."),
        ("'A=/1|A=/2|A=/3|A=/4|A=/5|A=/6'", "There are 6, and 5 is the most."),
        ("'A = /a | Terms, privacy = b.example'", "In \"Terms, privacy = b.example\", the address must be"),
        ("'A = //b.example'", "In \"A = //b.example\", the address must be one of the web"),
        ("'A = /a |'", "There is a vertical bar with no link next to it."),
        ("'Imprint'", "not \"Imprint\"."),
        ("5", "not \"5\"."),
    ] {
        let refused = in_a_file(&format!("footer_links = {links}")).unwrap_err();
        assert!(refused.starts_with("footer_links (") && refused.contains(told), "{links}: {refused}");
        assert!(refused.contains("must be one to five links, such as \"Imprint = "), "{links}: {refused}");
    }
}

#[test]
fn a_version_is_the_text_that_was_typed_or_is_refused() {
    for (typed, version) in [("'2026-11'", "2026-11"), ("2026", "2026"), ("'1.10'", "1.10"), ("true", "true")]
    {
        let settings = in_a_file(&format!("terms_version = {typed}")).unwrap();
        assert_eq!(settings.terms_version.unwrap().as_str(), version);
    }
    for (typed, what) in [
        ("1.10", "a number with a fraction"),
        ("1e3", "a number with a fraction"),
        ("2026-01-01", "a date or time"),
        ("2026-01-01 12:00:00", "a date or time"),
    ] {
        let refused = in_a_file(&format!("terms_version = {typed}")).unwrap_err();
        let told = format!(" was read as {what}. Put it in quotation marks: terms_version = \"…\".");
        assert!(refused.starts_with("terms_version (") && refused.ends_with(&told), "{typed}: {refused}");
    }
    let list = in_a_file("terms_version = ['1', '2']").unwrap_err();
    assert!(list.ends_with("not \"[1, 2]\". Write one value without brackets."), "{list}");
    let number = in_a_file("password_min_length = 10.5").unwrap_err();
    assert!(number.ends_with("must be a number from 8 to 256, not \"10.5\"."), "{number}");
}

#[test]
fn what_was_probably_meant_is_said_of_a_language_a_colour_and_a_time() {
    for (line, told) in [
        ("language = 'de-DE'", " Did you mean \"de\"?"),
        ("language = 'Klingon'", " The languages are: de, en, es, fr."),
        ("accent = '336699'", ", not \"336699\". Did you mean \"#336699\"?"),
        ("accent = 336699", ", not \"336699\". Did you mean \"#336699\"?"),
        ("accent = 'teal'", ", not \"teal\"."),
        ("fresh_for = '5M'", ", not \"5M\". Type \"5m\" for minutes, \"5months\" for months."),
        ("session_idle = '90'", ", not \"90\". Did you mean \"90s\" or \"90m\"?"),
    ] {
        let refused = in_a_file(line).unwrap_err();
        assert!(refused.ends_with(told), "{line}: {refused}");
    }
}
