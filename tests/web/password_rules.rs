//! The rules for passwords: which ones are good, and which ones count as the same.

use rocket::http::Status;

use crate::passwords::{opens, site_with_ada};
use crate::support::Setup;

const LONG: &str = "qmzr vtyx kwpn 7";

#[test]
fn the_operator_sets_the_least_length_and_score() {
    let tried = |setting, value, password| {
        let site = Setup::new().with_full_hashes().with(setting, value).build();
        let page = site.visitor().get("/signup");
        let answer = site.visitor().sign_up("ada@example.org", "Ada", password);
        let accounts = site.number("select count(*) from accounts");
        assert_eq!(accounts == 1, answer.location() == "/login");
        (accounts == 1, page.says(&format!("At least {value} characters")))
    };
    assert_eq!(tried("password_min_length", "12", "qmzrvtyxkwp"), (false, true), "eleven");
    assert_eq!(tried("password_min_length", "12", "qmzrvtyxkwpn"), (true, true), "twelve");
    assert_eq!(tried("password_min_length", "8", "vq7#zK2!"), (false, true), "long enough, but score 2");
    assert!(tried("password_min_score", "0", "passwordpassword").0);
    assert!(!tried("password_min_score", "1", "passwordpassword").0);
    assert!(tried("password_min_score", "3", "correct horse").0);
    assert!(!tried("password_min_score", "4", "correct horse").0);
    assert!(tried("password_min_score", "4", "correct horse battery staple").0);
}

#[test]
fn the_names_of_the_user_and_the_site_are_refused_as_passwords() {
    let site = Setup::new().with_full_hashes().with("site_name", "Analytical Engines").build();
    for password in [
        "ada.lovelace",
        "ada.lovelace@example.org",
        "Countess Ada",
        "countess1815",
        "Analytical Engines",
        "ENGINES12345",
    ] {
        let page = site.visitor().sign_up("ada.lovelace@example.org", "Countess Ada", password);
        assert_eq!(page.status, Status::UnprocessableEntity, "{password}");
        assert!(page.says("This password is easy to guess."), "{password}");
    }
    assert_eq!(site.number("select count(*) from accounts"), 0);
}

#[test]
fn the_example_on_the_page_is_no_password_in_any_language() {
    let site = Setup::new().with_full_hashes().build();
    let languages = [
        ("en", "such as “", "”"),
        ("de", "zum Beispiel „", "“"),
        ("fr", "par exemple «\u{a0}", "\u{a0}»"),
        ("es", "como “", "”"),
    ];
    for (language, before, after) in languages {
        let visitor = || site.visitor().sending("Accept-Language", language);
        let rule = visitor().get("/signup").body;
        let example =
            rule.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map(|(word, _)| word);
        let example = example.unwrap_or_else(|| panic!("{language}: {rule}")).to_owned();
        for password in
            [example.clone(), format!(" {} ", example.to_uppercase()), example.replace(' ', ",  ")]
        {
            let page = site.visitor().sign_up("ada@example.org", "Ada", &password);
            assert!(
                page.says("This password is an example that this site shows."),
                "{password}: {}",
                page.body
            );
        }
    }
    assert_eq!(site.number("select count(*) from accounts"), 0);
}

#[test]
fn a_refusal_says_how_to_choose_better() {
    let site = Setup::new().with_full_hashes().build();
    let page = site.visitor().sign_up("ada@example.org", "Ada", "passwordpassword");
    let said = page.pieces("id=\"password-error\">", "</p>").concat();
    assert!(
        said.trim_end().len() > "id=\"password-error\">This password is easy to guess.".len() + 10,
        "{said}"
    );
}

#[test]
fn two_hundred_and_fifty_six_characters_are_accepted_and_one_more_is_not() {
    let longest = LONG.repeat(16);
    let site = site_with_ada(&longest);
    assert!(opens(&site, &longest));
    assert!(!opens(&site, &format!("{longest}x")), "nothing is cut");
    let more = site.visitor().sign_up("bob@example.org", "Bob", &format!("{longest}x"));
    assert_eq!(more.status, Status::UnprocessableEntity);
    assert!(more.says("Use at most 256 characters."));
    let foxes: String = longest.chars().map(|c| if c == ' ' { '🦊' } else { c }).collect();
    assert_eq!(site.visitor().sign_up("cy@example.org", "Cy", &foxes).location(), "/login", "not bytes");
    assert_eq!(site.number("select count(*) from accounts"), 2);
}

#[test]
fn the_whole_password_counts() {
    for length in [64, 72, 73, 128] {
        let password: String = LONG.chars().cycle().take(length - 1).chain(['z']).collect();
        let site = site_with_ada(&password);
        assert!(opens(&site, &password), "{length}");
        assert!(!opens(&site, &password[..length - 1]), "{length}: the last one dropped");
        assert!(!opens(&site, &format!("{}y", &password[..length - 1])), "{length}: the last one changed");
        assert!(!opens(&site, &format!("{password}z")), "{length}: one more");
        assert!(!opens(&site, &password.to_uppercase()), "{length}: case");
    }
}

#[test]
fn spaces_around_a_password_are_part_of_it() {
    let site = site_with_ada("  correct horse battery ");
    assert!(opens(&site, "  correct horse battery "));
    for other in [
        "correct horse battery",
        " correct horse battery ",
        "  correct horse battery",
        "  correct  horse battery ",
    ] {
        assert!(!opens(&site, other), "{other:?}");
    }
}

#[test]
fn composed_and_decomposed_letters_are_the_same_and_nothing_else_is() {
    let (decomposed, composed) = ("cafe\u{301} fenêtre bougie", "caf\u{e9} fenêtre bougie");
    let site = site_with_ada(decomposed);
    assert!(opens(&site, composed) && opens(&site, decomposed));
    assert!(!opens(&site, "cafe fenêtre bougie"));
    let site = site_with_ada("ﬁve wizards №5 jump");
    assert!(opens(&site, "ﬁve wizards №5 jump"));
    assert!(!opens(&site, "five wizards №5 jump"), "compatible characters are not the same");
}

#[test]
fn a_password_may_contain_any_character_and_needs_no_special_one() {
    for password in [
        "qmzrvtyxkwpn",
        "🌈🦊🐝🍋🎈🧊🚲🪁🎻🎺",
        "пароль из трёх слов",
        "a\tb\u{1b}c d\u{202e}e f g",
        "%41+&=;#\"'<>\\/ x",
    ] {
        let site = site_with_ada(password);
        assert!(opens(&site, password), "{password}");
    }
}
