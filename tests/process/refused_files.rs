//! A settings file that stops a start: unknown tables and keys, a broken or a missing file.

use crate::folder::Folder;

#[test]
fn an_unknown_key_or_table_of_a_file_is_refused() {
    for (text, words) in [
        (
            "[default.vestibule]\nsite_nam = \"x\"",
            &["Unknown setting `site_nam` in ", "Did you mean `site_name`?"][..],
        ),
        ("[default]\nprot = 8000", &["Unknown setting `prot` in ", "Did you mean `port`?"]),
        (
            "[default]\nsite_name = \"x\"",
            &["`site_name` in ", "Vestibule's own settings", "[default.vestibule]"],
        ),
        (
            "[default.vestibul]\nsite_name = \"x\"",
            &["Unknown table [default.vestibul] in ", "Did you mean [default.vestibule]?"],
        ),
        ("[default.site]\nsite_name = \"x\"", &["Unknown table [default.site] in ", "[default.vestibule]?"]),
        ("[default.limit]\nform = \"1KiB\"", &["Did you mean [default.limits]?"]),
        (
            "[default.vestibule.email]\nsmtp_url = \"x\"\nsmtp_user = \"x\"",
            &["[default.vestibule] has no tables below it; write smtp_url and the others directly into it."],
        ),
        ("[default]\nvestibule = 3", &["vestibule (", ") must be the table [default.vestibule]."]),
        ("[default.tls]\ncerts = \"x\"", &["Vestibule has no TLS: put a proxy in front"]),
        ("[default.vestibule]\nVESTIBULE_SITE_NAME = \"x\"", &["Did you mean `site_name`?"]),
        ("[default.vestibule]\nsite_name_file = \"x\"", &["from a file: database_url_file, "]),
        ("[vestibule]\nsite_name = \"x\"", &["[vestibule]", "Did you mean [default.vestibule]?"]),
        ("[relase]\nport = 1", &["[relase]", "Did you mean `release`?"]),
        (
            "[default.vestibule]\nsecret_key = \"x\"",
            &["`secret_key` in ", " is a setting of the server. It belongs in the table [default]."],
        ),
        ("[default.vestibule]\nport = 9", &["`port` in ", "It belongs in the table [default]."]),
        (
            "[default.vestibule]\nadress = \"::1\"",
            &["`adress` in ", "Did you mean `address`? It belongs in the table [default]."],
        ),
        (
            "[default]\nsesion_idle = \"1h\"",
            &[
                "`sesion_idle` in ",
                "Did you mean `session_idle`? It belongs in the table [default.vestibule].",
            ],
        ),
        ("[global.vestibule]\nsite_nam = \"x\"", &["Unknown setting `site_nam`"]),
    ] {
        let folder = Folder::new();
        folder.write("Rocket.toml", text);
        folder.command(&["--port", "0"]).finish().refused(&[words, &["Rocket.toml"]].concat());
        assert_eq!(folder.snapshot().len(), 1, "{text}: nothing is created");
    }
}

#[test]
fn for_a_key_outside_all_tables_the_error_names_its_table() {
    let folder = Folder::new();
    for text in ["port = 8000", "site_name = \"x\""] {
        folder.write("Rocket.toml", text);
        folder.command(&["--port", "0"]).finish().refused(&["Rocket.toml", "[default"]);
    }
}

#[test]
fn an_unknown_key_is_refused_in_the_tables_of_every_profile() {
    for profile in ["debug", "release"] {
        let folder = Folder::new();
        folder.write("Rocket.toml", format!("[{profile}.vestibule]\nsite_nam = \"x\""));
        folder.command(&["--port", "0"]).finish().refused(&["Unknown setting `site_nam`"]);
    }
}

#[test]
fn a_broken_or_missing_file_is_refused() {
    let folder = Folder::new();
    let whole = folder.path().canonicalize().unwrap().join("nowhere.toml").display().to_string();
    folder.run(&["--config", "nowhere.toml"]).refused(&["The settings file ", &whole]);
    folder.run(&["--config", "two\nlines.toml"]).refused(&["lines.toml"]);
    for text in ["[default\n", "port 8000", "[default]\nport = 1\nport = 2", "\0"] {
        folder.write("Rocket.toml", text);
        folder.command(&["--port", "0"]).finish().refused(&["Rocket.toml", "TOML"]);
    }
    folder.write("Rocket.toml", [0xff, 0xfe]);
    folder.command(&["--port", "0"]).finish().refused(&["Rocket.toml"]);
    assert_eq!(folder.snapshot().len(), 1);
}

#[test]
fn an_invalid_toml_line_is_not_quoted_because_it_may_contain_a_secret() {
    let folder = Folder::new();
    folder.write("Rocket.toml", "[default]\nsecret_key = q83vEjRWeJCrze8SNFZ4kA==\n");
    let ended = folder.run(&["check"]).refused(&["Rocket.toml", "not valid TOML", "line 2"]);
    assert!(!format!("{ended:?}").contains("q83v"), "{ended:?}");
}
