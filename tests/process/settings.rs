//! Settings: which source overrides which, and how values are read.

use crate::check::{row, source_of, value_of};
use crate::folder::Folder;
use crate::support::release;
use crate::visitor::Visitor;

#[test]
fn each_layer_overrides_the_one_before() {
    let folder = Folder::new();
    let checked = |variables: &[(&str, &str)], flags: &[&str]| {
        let mut run = folder.command(&[&["check"], flags].concat());
        for (name, value) in variables {
            run = run.var(name, value);
        }
        run.finish().succeeded().out
    };
    let defaults = checked(&[], &[]);
    assert_eq!((value_of(&defaults, "port"), value_of(&defaults, "data_dir")), ("8000", "data"));
    assert_eq!(source_of(&defaults, "port"), "default");

    folder.write(
        "Rocket.toml",
        "[default]\nport = 8001\n[default.vestibule]\ndata_dir = \"d1\"\nsite_name = \"File\"",
    );
    let file = checked(&[], &[]);
    assert_eq!((value_of(&file, "port"), value_of(&file, "data_dir")), ("8001", "d1"));
    assert_eq!(value_of(&file, "site_name"), "File");
    assert!(
        source_of(&file, "port").ends_with("Rocket.toml")
            && source_of(&file, "data_dir").ends_with("Rocket.toml")
    );

    let set =
        [("ROCKET_PORT", "8002"), ("VESTIBULE_DATA_DIR", "d2"), ("VESTIBULE_BASE_URL", "http://127.0.0.1:9")];
    let variables = checked(&set, &[]);
    assert_eq!((value_of(&variables, "port"), value_of(&variables, "data_dir")), ("8002", "d2"));
    assert_eq!(source_of(&variables, "port"), "variable ROCKET_PORT");
    assert_eq!(source_of(&variables, "data_dir"), "variable VESTIBULE_DATA_DIR");
    assert_eq!(
        value_of(&variables, "site_name"),
        "File",
        "a setting that a layer does not name keeps its value"
    );

    let typed =
        ["--port", "8003", "--data-dir", "d3", "--base-url", "http://localhost:1", "--address", "127.0.0.2"];
    let flags = checked(&set, &typed);
    for (name, value, source) in [
        ("port", "8003", "--port"),
        ("data_dir", "d3", "--data-dir"),
        ("base_url", "http://localhost:1", "--base-url"),
        ("address", "127.0.0.2", "--address"),
    ] {
        assert_eq!((value_of(&flags, name), source_of(&flags, name)), (value, source));
    }
}

#[test]
fn a_variable_that_names_a_file_overrides_the_settings_file() {
    let folder = Folder::new();
    folder.write("Rocket.toml", "[default.vestibule]\ndatabase_url = \"sqlite:of-the-file.sqlite\"");
    let secret = folder.write("secret", "sqlite:of-the-secret.sqlite\n");
    let run = folder.command(&["check"]).var("VESTIBULE_DATABASE_URL_FILE", secret);
    let checked = run.finish().succeeded().out;
    assert!(checked.contains("/of-the-secret.sqlite yet"), "{checked}");
    assert_eq!(source_of(&checked, "database_url"), "variable VESTIBULE_DATABASE_URL_FILE");
}

#[test]
fn the_file_named_with_config_replaces_the_one_in_the_working_folder() {
    let folder = Folder::new();
    folder.write("Rocket.toml", "[default]\nport = 8001\n[default.vestibule]\nsite_name = \"Here\"");
    folder.write("else/where.toml", "[default.vestibule]\nsignup = \"closed\"");
    let checked = folder.run(&["check", "--config", "else/where.toml"]).succeeded().out;
    assert_eq!((value_of(&checked, "port"), value_of(&checked, "site_name")), ("8000", "Vestibule"));
    assert_eq!(value_of(&checked, "signup"), "closed");
    assert!(source_of(&checked, "signup").ends_with("else/where.toml"));
}

#[test]
fn parent_folders_are_not_searched() {
    let folder = Folder::new();
    folder.write("Rocket.toml", "[default]\nport = 8001\nno_such_key = 1");
    folder.write("below/README", "");
    let checked = folder.command(&["check"]).after("cd below").finish().succeeded().out;
    assert_eq!(value_of(&checked, "port"), "8000");
}

#[test]
fn values_that_look_like_numbers_stay_exactly_as_typed() {
    let folder = Folder::new();
    for name in ["2026", "true", "007", "1e3", "0x10", "[a]", "\"a\"", "{a=1}", "a = b, c"] {
        let checked = folder.command(&["check"]).var("VESTIBULE_SITE_NAME", name).finish().succeeded().out;
        assert_eq!(value_of(&checked, "site_name"), name);
        let checked = folder.command(&["check"]).var("VESTIBULE_DATA_DIR", name).finish().succeeded().out;
        assert_eq!(value_of(&checked, "data_dir"), name);
    }
    let server = folder.command(&["--port", "0"]).var("VESTIBULE_SITE_NAME", "007").start();
    assert!(Visitor::at(server.address).get("/").body.contains("<h1 dir=\"auto\">007</h1>"));
    drop(server);
    for (typed, name) in [("2026", "2026"), ("true", "true"), ("\"007\"", "007")] {
        folder.write("Rocket.toml", format!("[default.vestibule]\nsite_name = {typed}"));
        assert_eq!(value_of(&folder.run(&["check"]).succeeded().out, "site_name"), name);
    }
}

#[test]
fn a_key_of_digits_is_read_as_text() {
    let folder = Folder::new();
    let digits = "1".repeat(64); // hexadecimal, as Rocket also accepts it
    let checked = folder.command(&["check"]).var("ROCKET_SECRET_KEY", &digits).finish().succeeded().out;
    assert_eq!(source_of(&checked, "secret_key"), "variable ROCKET_SECRET_KEY");
    assert!(!checked.contains(&digits));
}

#[test]
fn a_list_may_be_written_with_commas_or_in_brackets() {
    let folder = Folder::new();
    let believed = |run: crate::support::Run| {
        let server = run.start();
        let mut ada = Visitor::at(server.address);
        ada.headers.push("X-Forwarded-For: 203.0.113.7".into());
        assert_eq!(ada.log_in("nobody@example.org", "wrong").leads_to(), "/login");
        server.stop().err.contains("\"address\":\"203.0.113.7\"")
    };
    let command = || folder.command(&["--port", "0"]).patient();
    assert!(!believed(command()), "no proxy is trusted unless it is named");
    for list in [
        "10.0.0.0/8,127.0.0.1",
        " 127.0.0.0/8 , 10.0.0.0/8 ",
        "[127.0.0.1]",
        "[\"10.0.0.0/8\", \"127.0.0.1/32\"]",
        "127.0.0.1",
    ] {
        assert!(believed(command().var("VESTIBULE_TRUSTED_PROXIES", list)), "{list}");
    }
    folder.write("Rocket.toml", "[default.vestibule]\ntrusted_proxies = [\"10.0.0.0/8\", \"127.0.0.1\"]");
    assert!(believed(command()));
}

#[test]
fn a_variable_for_a_secret_and_one_for_its_file_conflict() {
    let folder = Folder::new();
    for name in ["ROCKET_SECRET_KEY", "VESTIBULE_DATABASE_URL"] {
        let file = format!("{name}_FILE");
        let run = folder.command(&["--port", "0"]).var(name, "x").var(&file, "secret");
        run.finish().refused(&[name, &file, "both set", "Unset one"]);
        let run = folder.command(&["--port", "0"]).var(&file, "no/such/file");
        run.finish().refused(&[&file, "no/such/file"]);
    }
    assert!(folder.snapshot().is_empty());
}

#[test]
fn variables_that_kubernetes_sets_for_a_service_are_ignored_with_one_line() {
    let folder = Folder::new();
    let of_services = |run: crate::support::Run| {
        run.var("VESTIBULE_SERVICE_HOST", "10.96.0.7")
            .var("VESTIBULE_SERVICE_PORT_HTTP", "80")
            .var("VESTIBULE_PORT_80_TCP_ADDR", "10.96.0.7")
            .var("ROCKET_PORT", "tcp://10.96.0.7:8000")
            .var("VESTIBULE_TEST_ANYTHING", "x")
            .var("OTHER_PORT", "9")
    };
    let server = of_services(folder.command(&["--port", "0"])).start();
    let log = server.stop().err;
    let warned: Vec<_> = log.lines().filter(|line| line.contains("\"level\":\"warn\"")).collect();
    assert!(warned.len() == 1 && warned[0].contains("ROCKET_PORT and 3 more variables"), "{log}");
    let checked = of_services(folder.command(&["check"])).finish().succeeded().out;
    assert_eq!((value_of(&checked, "port"), source_of(&checked, "port")), ("8000", "default"));
    assert!(row(&checked, "Warning:").contains("enableServiceLinks: false"));

    let one = || folder.command(&["check"]).var("ROCKET_SERVICE_PORT", "80");
    let checked = one().finish().succeeded().out;
    assert!(
        row(&checked, "Warning:").contains("Ignored the variable ROCKET_SERVICE_PORT, which"),
        "{checked}"
    );
    let checked = one().var("VESTIBULE_SERVICE_PORT", "80").finish().succeeded().out;
    assert!(row(&checked, "Warning:").contains("Ignored ROCKET_SERVICE_PORT and 1 more variable, which"));
}

#[test]
fn an_empty_variable_counts_as_not_set() {
    let folder = Folder::new();
    folder.write("Rocket.toml", "[default.vestibule]\nsite_name = \"Here\"");
    let empty = [
        "ROCKET_PORT",
        "ROCKET_PROFILE",
        "ROCKET_SECRET_KEY",
        "ROCKET_SECRET_KEY_FILE",
        "ROCKET_PROT",
        "VESTIBULE_SITE_NAME",
        "VESTIBULE_SITE_NAM",
        "VESTIBULE_DATABASE_URL",
        "VESTIBULE_DATABASE_URL_FILE",
        "VESTIBULE_SMTP_PASSWORD",
    ];
    let run = empty.iter().fold(folder.command(&["check"]), |run, name| run.var(name, ""));
    let checked = run.finish().succeeded().out;
    assert_eq!((value_of(&checked, "port"), value_of(&checked, "site_name")), ("8000", "Here"));
    assert_eq!(value_of(&checked, "secret_key"), "(secret.key in data_dir)");
}

#[test]
fn the_settings_file_can_name_files_with_secrets_next_to_it() {
    let folder = Folder::new();
    let key = folder.run(&["key"]).succeeded().out;
    let place = folder.path().join("elsewhere.sqlite");
    folder.write("etc/secrets/key", format!("\u{feff}{key}"));
    folder.write("etc/secrets/url", format!("\u{feff}sqlite:{}\r\n", place.display()));
    folder.write(
        "etc/site.toml",
        "\u{feff}[default]\nsecret_key_file = \"secrets/key\"\n[default.vestibule]\ndatabase_url_file = \"secrets/url\"\n\
         [other.vestibule]\nsmtp_password_file = \"not/here\""
            .replace("other", if release().is_some() { "debug" } else { "release" }),
    );
    let command = |words: &[&str]| folder.command(&[&["--config", "etc/site.toml"], words].concat());
    let server = command(&["--port", "0"]).start();
    let ada = Visitor::ada(server.address);
    assert_eq!(server.stop().status, Some(0));
    assert!(place.is_file() && !folder.key().exists());
    let checked = command(&["check"]).finish().succeeded().out;
    assert_eq!(value_of(&checked, "database_url"), "(secret)");
    assert_eq!(source_of(&checked, "database_url"), "etc/secrets/url");
    assert_eq!(value_of(&checked, "secret_key_file"), "etc/secrets/key");
    assert!(
        checked.contains("etc/secrets/key (mode 0644), which holds a secret. Type chmod go= "),
        "{checked}"
    );
    assert!(ada.again_at(command(&["--port", "0"]).start().address).is_logged_in());
    let other =
        command(&["check"]).var("VESTIBULE_DATABASE_URL", "sqlite:other.sqlite").finish().succeeded().out;
    assert!(other.contains("There is no database at "), "a variable overrides it: {other}");
}

#[test]
fn a_path_is_relative_to_the_settings_file_that_contains_it_or_to_the_working_folder() {
    let folder = Folder::new();
    folder.write("etc/ca.pem", "no certificate");
    folder.write(
        "etc/site.toml",
        "[default.vestibule]\nbase_url = \"https://login.example.org\"\nsmtp_url = \"smtps://smtp.example.org\"\n\
         mail_from = \"login@example.org\"\nsmtp_ca_file = \"ca.pem\"\ndata_dir = \"site\"",
    );
    let here = folder.path().canonicalize().unwrap();
    let unusable = |run: crate::support::Run, file: &str, words: &str| {
        let ended = run.finish();
        let told = format!("The smtp_ca_file {} {words}", here.join(file).display());
        assert!(ended.status == Some(1) && ended.err.contains(&told), "{told}: {ended:?}");
        ended.out
    };
    let check = || folder.command(&["check", "--config", "etc/site.toml"]);
    let checked = unusable(check(), "etc/ca.pem", "(etc/site.toml) does not hold certificates in PEM.");
    assert_eq!(value_of(&checked, "smtp_ca_file"), "etc/ca.pem");
    assert_eq!(value_of(&checked, "data_dir"), "site", "a folder is relative to the working folder");
    let by_variable = check().var("VESTIBULE_SMTP_CA_FILE", "ca.pem");
    unusable(by_variable, "ca.pem", "(variable VESTIBULE_SMTP_CA_FILE) cannot be read");
}

#[test]
fn a_secret_and_its_file_in_one_table_conflict() {
    let folder = Folder::new();
    folder.write("url", "sqlite:a.sqlite");
    folder.write(
        "Rocket.toml",
        "[default.vestibule]\ndatabase_url = \"sqlite:b.sqlite\"\ndatabase_url_file = \"url\"",
    );
    folder
        .run(&["check"])
        .refused(&["database_url and database_url_file are both set in [default.vestibule] of Rocket.toml. Keep only one"]);
    folder.write("Rocket.toml", "[default.vestibule]\ndatabase_url_file = 5");
    folder
        .run(&["check"])
        .refused(&["database_url_file (Rocket.toml) must be a file that holds the database_url."]);
}
