//! `Rocket.toml` and the tables of `docs/settings.md` are generated from the table of settings in the code.
//! With the variable `VESTIBULE_TEST_WRITE=1` these tests write them.

use std::fs;

use vestibule::base::config::known::{own, server};
use vestibule::base::config::{self, Setting};

use crate::guide::{read, root};

/// The expected text of a file: compared with the file, or written to it.
fn is_written(path: &str, text: &str) {
    if std::env::var_os("VESTIBULE_TEST_WRITE").is_some() {
        fs::write(root().join(path), text).unwrap();
    }
    let is = read(path);
    let different = is.lines().zip(text.lines()).find(|(is, should)| is != should);
    assert!(
        is == text,
        "{path} is not as the table of settings says, first at {different:?}. Type\n  \
         VESTIBULE_TEST_WRITE=1 cargo test --test web settings_written"
    );
}

/// The first sentence of a setting, and the others.
fn words(setting: Setting) -> (String, String) {
    let lines: Vec<&str> = setting.about.iter().map(|line| line.trim()).collect();
    let mut parts = lines.split(|line| line.is_empty()).map(|part| part.join(" "));
    (parts.next().unwrap(), parts.collect::<Vec<_>>().join(" "))
}

// ---- Rocket.toml

/// The column where the comment after a value begins, and the length of the longest line with one.
const COMMENT_AT: usize = 31;
const LONGEST: usize = 132;

const BEFORE: &str = "\
# All settings of Vestibule with their defaults. docs/settings.md explains each. This file is written from the tables in
# src/base/config (see CONTRIBUTING.md): edit those.
#
# To change a setting, write it into a file of this name in the folder where the program starts (or name another file with
# `--config FILE`). The file needs only the lines that differ. Or set an environment variable: VESTIBULE_SITE_NAME for
# `site_name`, ROCKET_PORT for `port`. Variables override the file, flags override both. `vestibule check` prints every
# setting with its value and where it was set.
";

/// A setting in the file. One without a default is a comment with an example.
fn line(setting: Setting) -> String {
    let Setting { name, example, unset, .. } = setting;
    let mut comment = words(setting).0.replace('`', "");
    let value = match setting.default() {
        Some(default) => format!("{name} = {default}"),
        None => {
            assert!(!example.is_empty(), "{name} has neither a default nor an example");
            if unset != "not set" {
                comment += &format!(" Default: {}.", unset.replace('`', ""));
            }
            let is_number = example.parse::<u32>().is_ok();
            let example = if is_number { example.to_owned() } else { format!("\"{example}\"") };
            format!("# {name} = {example}")
        }
    };
    let line = format!("{value:COMMENT_AT$} # {comment}");
    if line.chars().count() <= LONGEST { line } else { format!("# {comment}\n{value}") }
}

#[test]
fn the_file_of_defaults_is_written_from_the_table() {
    let mut text = BEFORE.to_owned();
    text += "\n# The server: Rocket's own settings.\n[default]\n";
    for line in server().map(line) {
        text += &format!("{line}\n");
    }
    text += "\n# Vestibule's own settings.\n[default.vestibule]\n";
    let mut heading = "";
    for setting in own() {
        if setting.heading != heading {
            heading = setting.heading;
            text += &format!("\n# {heading}\n");
        }
        text += &format!("{}\n", line(setting));
    }
    is_written("Rocket.toml", &text);
}

// ---- docs/settings.md

const HEAD: &str = "| Setting | Default | Meaning |\n|---|---|---|\n";

/// A row of a table of the page.
fn row(setting: Setting) -> String {
    let Setting { name, unset, secret, names_file, .. } = setting;
    let default = setting.default().map_or(unset.to_owned(), |default| format!("`{default}`"));
    let (first, more) = words(setting);
    let meaning = [first, more].join(" ").trim_end().to_owned();
    // A link of the page would be a dead one in the documentation of the code.
    let mut meaning = meaning.replace("`Fresh`", "[`Fresh`](your-own-app.md#know-who-asks)");
    if secret {
        meaning += " A secret.";
    }
    if names_file {
        meaning += " In a settings file, a relative path starts at the folder of that file.";
    }
    format!("| `{name}` | {default} | {meaning} |\n")
}

#[test]
fn the_page_of_settings_has_a_row_for_each_setting() {
    let page = read("docs/settings.md");
    let mut written = page.clone();
    let all: Vec<Setting> = own().chain(server()).collect();
    for group in all.chunk_by(|a, b| a.heading == b.heading) {
        let heading = format!("\n## {}\n", group[0].heading);
        let (before, rest) = written.split_once(&heading).unwrap_or_else(|| panic!("no {heading:?}"));
        let (between, rest) = rest.split_once(HEAD).unwrap_or_else(|| panic!("no table below {heading:?}"));
        assert!(!between.contains("\n## "), "no table below {heading:?}");
        let after: String = rest.split_inclusive('\n').skip_while(|line| line.starts_with('|')).collect();
        let rows: String = group.iter().copied().map(row).collect();
        written = [before, &heading, between, HEAD, &rows, &after].concat();
    }
    is_written("docs/settings.md", &written);
}

#[test]
fn the_example_of_a_setting_without_a_default_is_valid() {
    let examples = own().chain(server()).filter(|setting| !setting.example.is_empty());
    for setting in examples.filter(|setting| !setting.example.contains('…')) {
        let layers = match setting.example.parse::<u32>() {
            Ok(number) => config::defaults().merge((setting.path(), number)),
            Err(_) => config::defaults().merge((setting.path(), setting.example)),
        };
        // What some of them require.
        let layers = layers.join(("vestibule.base_url", "https://login.example.org"));
        let layers = layers.join(("vestibule.terms_url", "/terms")).join(("vestibule.terms_version", "1"));
        assert!(config::read(layers).is_ok(), "{} = {:?}", setting.name, setting.example);
    }
}

#[test]
fn the_documented_range_of_a_number_is_its_range() {
    let mut numbers = 0;
    for setting in own() {
        let Some((low, high)) =
            setting.allowed.strip_prefix("a number from ").and_then(|bounds| bounds.split_once(" to "))
        else {
            continue;
        };
        let (low, high): (i64, i64) = (low.parse().unwrap(), high.parse().unwrap());
        let takes = |number: i64| config::read(config::defaults().merge((setting.path(), number))).is_ok();
        let name = setting.name;
        assert!(takes(low) && takes(high), "{name} does not take {low} or {high}");
        assert!(!takes(low - 1) && !takes(high + 1), "{name} takes {} or {}", low - 1, high + 1);
        numbers += 1;
    }
    assert!(numbers > 10, "{numbers}");
}

#[test]
fn the_documented_range_of_a_duration_is_its_range() {
    let mut times = 0;
    for setting in own() {
        let Some(bounds) = setting.allowed.strip_prefix("a time ") else { continue };
        let takes = |time: &str| config::read(config::defaults().merge((setting.path(), time))).is_ok();
        let name = setting.name;
        match bounds.strip_prefix("from 1s to ") {
            Some(high) => {
                assert!(takes("1s") && takes(high) && !takes(&format!("{high} 1ms")), "{name} up to {high}");
            }
            // At least 1 s: an idle timeout may be this short, and a lifetime must not be shorter than it.
            None => assert!(takes("1s") || name.ends_with("_lifetime") && takes("100d"), "{name}"),
        }
        assert!(!takes("999ms"), "{name} takes less than a second");
        times += 1;
    }
    assert!(times > 5, "{times}");
}
