//! The files with passwords that a file names: only regular ones are read, of a moderate size, and those that others can
//! access are told of.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::time::{Duration, Instant};

use rustix::fs::{CWD, Mode, mkfifoat};

use crate::apply::{applied, run};
use crate::support::{PASSWORD, TestSite};

/// A file that declares Ada, with her password in another one.
fn ada(password_file: &str) -> String {
    format!(
        "[[accounts]]\nemail = \"ada@example.org\"\nname = \"Ada\"\npassword_file = \"{password_file}\"\n"
    )
}

/// Writes a file into the folder of the site, with this mode.
fn write(site: &TestSite, name: &str, content: &str, mode: u32) {
    let file = site.folder.path().join(name);
    fs::write(&file, content).unwrap();
    fs::set_permissions(file, PermissionsExt::from_mode(mode)).unwrap();
}

#[test]
fn a_password_is_read_from_nothing_but_a_regular_file_of_a_moderate_size() {
    let site = TestSite::new();
    let folder = site.folder.path();
    mkfifoat(CWD, folder.join("pipe").as_path(), Mode::RWXU).unwrap();
    write(&site, "large", &"x".repeat(64 * 1024 + 1), 0o600);
    for (file, end) in [
        ("pipe", "pipe cannot be read: it is not a regular file."),
        (".", ". cannot be read: it is not a regular file."),
        ("/dev/zero", "/dev/zero cannot be read: it is not a regular file."),
        ("large", "large is larger than 65536 bytes."),
    ] {
        let begun = Instant::now();
        let told = run(&site, &ada(file), true).unwrap_err().mistakes.remove(0);
        assert!(told.contains("site.toml:4: password_file: ") && told.ends_with(end), "{told}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{file}: {:?}", begun.elapsed());
    }
    // A secret that is mounted into a container is often a link.
    write(&site, "secret", &format!("{PASSWORD}\n"), 0o600);
    symlink("secret", folder.join("link")).unwrap();
    assert_eq!(applied(&site, &ada("link")), ["account ada@example.org: created"]);
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).location(), "/profile");
}

#[test]
fn a_password_that_others_can_access_is_told_of_whether_it_is_needed_or_not() {
    let site = TestSite::new();
    let warnings = |mode| {
        write(&site, "secret", PASSWORD, mode);
        run(&site, &ada("secret"), false).unwrap().warnings
    };
    for mode in [0o644, 0o620, 0o600, 0o604] {
        let told = warnings(mode);
        assert_eq!(told.len(), usize::from(mode != 0o600), "{mode:o}: {told:?}");
        let what = format!("secret (mode {mode:04o}), which holds a password. Type chmod go= ");
        assert!(told.iter().all(|told| told.contains(&what)), "{told:?}");
    }
    // One that is gone, as it may be from then on, is no reason for a warning.
    fs::remove_file(site.folder.path().join("secret")).unwrap();
    assert!(run(&site, &ada("secret"), false).unwrap().warnings.is_empty());
}
