//! Settings that cause a warning but do not stop the start: secrets that others may read, and a `base_url` that
//! visitors cannot use.

use crate::check::row;
use crate::folder::Folder;

#[test]
fn a_secret_that_others_may_read_causes_a_warning() {
    let (folder, _) = Folder::of_ada();
    assert!(!folder.run(&["check"]).succeeded().out.contains("Warning"));
    std::fs::set_permissions(folder.key(), std::os::unix::fs::PermissionsExt::from_mode(0o440)).unwrap();
    let checked = folder.run(&["check"]).succeeded().out;
    assert!(row(&checked, "Warning:").contains("secret.key (mode 0440), which holds a secret"), "{checked}");
    assert_eq!(folder.serve().stop().status, Some(0), "a warning does not stop the start");
}

#[test]
fn a_secret_that_others_may_read_causes_a_warning_in_every_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let key = folder.run(&["key"]).succeeded().out;
    let warned = |run: crate::support::Run| {
        let checked = run.finish().succeeded().out;
        checked.lines().filter(|line| line.contains("holds a secret")).map(str::to_owned).collect::<Vec<_>>()
    };
    // A file that a variable names.
    let file = folder.write("named", &key);
    let check = || folder.command(&["check"]).var("ROCKET_SECRET_KEY_FILE", "named");
    for (mode, told) in [(0o644, 1), (0o640, 1), (0o600, 0), (0o400, 0)] {
        std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
        let warned = warned(check());
        assert_eq!(warned.len(), told, "{mode:o}: {warned:?}");
        assert!(warned.iter().all(|line| line.contains(&format!("named (mode {mode:04o})"))), "{warned:?}");
    }
    // The settings file itself: one warning, however many secrets are in it.
    let mail = "smtp_url = \"smtp://localhost\"\nbase_url = \"http://login.localhost\"\nmail_from = \"login@example.org\"\n\
                smtp_user = \"ada\"";
    let settings = |text: &str| folder.write("Rocket.toml", text);
    let file = settings(&format!(
        "[default]\nsecret_key = {:?}\n[default.vestibule]\n{mail}\nsmtp_password = \"hush\"",
        key.trim()
    ));
    let told = warned(folder.command(&["check"]));
    assert!(told.len() == 1 && told[0].contains("Rocket.toml (mode 0644)"), "{told:?}");
    assert!(told[0].ends_with("Type chmod go= Rocket.toml"), "{told:?}");
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
    assert!(warned(folder.command(&["check"])).is_empty());
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
    // Neither the other settings nor the path of a secret file are secret.
    settings("[default.vestibule]\nsite_name = \"Ada's\"\ndatabase_url = \"sqlite:ada.sqlite\"");
    assert!(warned(folder.command(&["check"])).is_empty());
}

#[test]
fn a_base_url_that_visitors_cannot_use_causes_a_warning() {
    let folder = Folder::new();
    for (flags, words) in [
        (&["--address", "0.0.0.0"][..], "Set base_url"),
        (&["--address", "::"], "Set base_url"),
        (&["--base-url", "http://login.example.org"], "https"),
    ] {
        let checked = folder.run(&[&["check"], flags].concat()).succeeded().out;
        assert!(row(&checked, "Warning:").contains(words), "{checked}");
    }
    for flags in [
        &["--port", "8001"][..],
        &["--address", "0.0.0.0", "--base-url", "https://login.example.org"],
        &["--base-url", "http://127.0.0.1:8000"],
        &["--base-url", "http://site.localhost"],
    ] {
        let checked = folder.run(&[&["check"], flags].concat()).succeeded().out;
        assert!(!checked.contains("Warning"), "{checked}");
    }
    let run = folder.command(&["--port", "0"]).var("VESTIBULE_BASE_URL", "http://login.example.org");
    let log = run.start().stop().err;
    assert_eq!(log.matches("\"level\":\"warn\"").count(), 1, "{log}");
}
