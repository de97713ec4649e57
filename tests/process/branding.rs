//! The owner's branding: which settings and files are taken, and which are refused, with what to type.

use std::fs;

use crate::check::value_of;
use crate::folder::Folder;
use crate::visitor::{ADA, Visitor};

#[test]
fn a_wrong_language_time_zone_colour_or_link_is_refused_with_the_right_one() {
    let folder = Folder::new();
    for (name, value, told) in [
        ("LANGUAGE", "tlh", "not \"tlh\". The languages are: "),
        ("TIME_ZONE", "Berlin", "not \"Berlin\". Did you mean `Europe/Berlin`?"),
        ("TIME_ZONE", "Europe/Berln", "Did you mean `Europe/Berlin`?"),
        ("CONTACT", "Ruth Meier", "must be an email address, such as Ruth Meier <ruth@example.org>"),
        (
            "ACCENT",
            "#3b82f6",
            "accent (variable VESTIBULE_ACCENT) is too light to read: the contrast of #3b82f6 with a light page is 2.5 to 1",
        ),
        ("ACCENT", "blue", "must be a colour as #rrggbb"),
        ("FOOTER_LINKS", "Imprint = javascript:x", "must be one to five links"),
        ("FOOTER_LINKS", "Imprint=/imprint,Privacy=/privacy", "Separate links with a vertical bar (|)."),
        (
            "FOOTER_LINKS",
            "[\"Imprint=/imprint\", \"Privacy=/privacy\"]",
            "Separate links with a vertical bar (|).",
        ),
        (
            "FOOTER_LINKS",
            "Imprint = /imprint | privacy",
            "In \"privacy\", the text and the address have no equals sign between them.",
        ),
        ("HOME_URL", "//example.org", "must be an http or https address, or a path"),
        ("TAGLINE", "a\nb", "must be one line of at most 300 characters"),
        ("TERMS_URL", "/terms", "is set, but terms_version is not"),
        ("TERMS_VERSION", "2026-11", "is set, but terms_url is not"),
    ] {
        let name = format!("VESTIBULE_{name}");
        folder.command(&["--port", "0"]).var(&name, value).finish().refused(&[&*name, told]);
    }
    assert!(folder.snapshot().is_empty(), "nothing was made");
}

#[test]
fn a_wrong_file_of_the_owner_is_refused_with_what_to_do() {
    for (path, content, told) in [
        ("brand/logo.png", "no image", "/data/brand/logo.png is no PNG image. Save it as PNG."),
        (
            "brand/logo.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            "/data/brand/logo.svg has <script>, a script or a part of a page. Remove it, or use a PNG image.",
        ),
        (
            "brand/icon.svg",
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'/>",
            "/data/brand/icon.svg has a document type (<!DOCTYPE …>)",
        ),
        ("brand/logo.jpg", "", "/data/brand/logo.jpg has a name that is not used."),
        (
            "words/de.ftl",
            "nav-hom = Haus\n",
            "/data/words/de.ftl has the unknown key `nav-hom`. Did you mean `nav-home`?",
        ),
        (
            "words/fr.ftl",
            "nav-home = Maison\nnav-home = Foyer\n",
            "/data/words/fr.ftl has `nav-home` twice: remove one.",
        ),
        (
            "words/es.ftl",
            "language-direction = left\n",
            "/data/words/es.ftl has a `language-direction` that is neither ltr nor rtl.",
        ),
        (
            "words/en.ftl",
            "language-direction = { \"rtl\" }\n",
            "/data/words/en.ftl has a `language-direction` that is neither ltr nor rtl.",
        ),
        ("words/tlh.ftl", "nav-home = juH\n", "/data/words/tlh.ftl is for no language of this program"),
    ] {
        let folder = Folder::new();
        fs::create_dir_all(folder.path().join("data")).unwrap();
        folder.write(&format!("data/{path}"), content);
        let before = folder.snapshot();
        for arguments in [&["--port", "0"][..], &["check"]] {
            let ended = folder.run(arguments);
            assert!(ended.status == Some(1) && ended.err.contains(told), "{told}: {ended:?}");
        }
        assert!(folder.snapshot() == before, "nothing was made");
    }
}

#[test]
fn the_accent_that_a_refusal_names_is_taken() {
    let folder = Folder::new();
    let checked = |accent: &str| folder.command(&["check"]).var("VESTIBULE_ACCENT", accent).finish();
    for pale in ["#3b82f6", "#ffffff", "#ffcc00", "#767676"] {
        let refused = checked(pale).refused(&[pale, "The nearest colour that passes is #"]).err;
        let nearest = refused.trim_end().trim_end_matches('.').rsplit(' ').next().unwrap();
        assert_eq!(value_of(&checked(nearest).succeeded().out, "accent"), nearest);
    }
}

#[test]
fn links_are_a_text_in_a_variable_and_a_text_or_a_list_in_a_file() {
    let shown = |folder: &Folder, variable: Option<&str>| {
        let run = folder.command(&["--port", "0"]);
        let run = variable.into_iter().fold(run, |run, links| run.var("VESTIBULE_FOOTER_LINKS", links));
        let server = run.start();
        Visitor::at(server.address).get("/").body.replace("&#x2F;", "/")
    };
    let both = |page: String| {
        let links = ["href=\"https://example.org/i\"", "href=\"/privacy\""];
        assert!(links.iter().all(|link| page.contains(link)), "{page}");
    };
    both(shown(&Folder::new(), Some("Imprint=https://example.org/i|Privacy=/privacy")));
    for links in [
        "\"Imprint = https://example.org/i | Privacy = /privacy\"",
        "[\"Imprint=https://example.org/i\",\"Privacy=/privacy\"]",
    ] {
        let folder = Folder::new();
        folder.write("Rocket.toml", format!("[default.vestibule]\nfooter_links = {links}"));
        both(shown(&folder, None));
    }
}

#[test]
fn a_text_without_quotation_marks_is_refused_where_it_would_not_be_kept_as_typed() {
    let folder = Folder::new();
    for (typed, what) in [("1.10", "a number with a fraction"), ("2026-01-01", "a date or time")] {
        let settings = format!("[default.vestibule]\nterms_url = \"/terms\"\nterms_version = {typed}");
        folder.write("Rocket.toml", settings);
        let told = format!(
            "terms_version (Rocket.toml) was read as {what}. Put it in quotation marks: terms_version = \"…\"."
        );
        folder.run(&["check"]).refused(&[&told]);
    }
    for (typed, version) in [("2026", "2026"), ("\"1.10\"", "1.10"), ("'2026-01-01'", "2026-01-01")] {
        let settings = format!("[default.vestibule]\nterms_url = \"/terms\"\nterms_version = {typed}");
        folder.write("Rocket.toml", settings);
        assert_eq!(value_of(&folder.run(&["check"]).succeeded().out, "terms_version"), version);
    }
}

#[test]
fn a_wrong_file_of_the_owner_stops_no_command_but_serve_and_check() {
    let (folder, _) = Folder::of_ada();
    folder.write("data/words/en.ftl", "audit-nothing = x\n");
    folder.write("data/brand/logo.jpg", "");
    let told = "/data/words/en.ftl has the unknown key `audit-nothing`";
    for words in [
        &["account", "list"][..],
        &["account", "list", "--json"],
        &["account", "show", ADA],
        &["account", "activity", ADA],
        &["account", "export", ADA],
        &["account", "rename", ADA, "Augusta Ada"],
        &["account", "link", ADA, "--reset", "--json"],
        &["mail", "list"],
    ] {
        let ended = folder.run(words);
        let warned = ended.err.lines().filter(|line| line.starts_with("Warning: ") && line.contains(told));
        assert!(ended.status == Some(0) && !ended.out.is_empty(), "{words:?}: {ended:?}");
        assert_eq!(warned.count(), 1, "{words:?}: {ended:?}");
        assert!(ended.err.contains("The built-in sentences are used."), "{words:?}: {ended:?}");
    }
    // Those that say nothing in the language of an account do not look.
    folder.run(&["key"]).succeeded();
    if folder.key().exists() {
        folder.run(&["backup", "copy.sqlite"]).succeeded();
        folder.run(&["key", "replace"]).succeeded();
    }
    folder.run(&["--port", "0"]).refused(&[told]);
    let checked = folder.run(&["check"]);
    assert!(checked.status == Some(1) && checked.err.contains(told), "{checked:?}");
    fs::remove_file(folder.data().join("words/en.ftl")).unwrap();
    folder.run(&["account", "list"]).succeeded();
    folder.run(&["--port", "0"]).refused(&["/data/brand/logo.jpg has a name that is not used."]);
}
