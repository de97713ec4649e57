//! The whole story in a text browser, w3m, by the keyboard: `text_browsers/w3m.py` types and reads. What single pages
//! owe to text browsers is tested in `tests/web/text_browsers.rs`.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::folder::Folder;
use crate::support::there_is;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/process/text_browsers/w3m.py");

/// Does these steps in w3m on the site at this address. The script describes them.
fn in_w3m(address: &str, steps: &str) {
    let mut command = Command::new("python3");
    command.args([SCRIPT, address]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(steps.as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[test]
fn someone_signs_up_logs_in_changes_the_name_and_logs_out_in_a_text_browser() {
    let what = "the story in a text browser";
    if !there_is("python3", what) || !there_is("w3m", what) {
        return;
    }
    let folder = Folder::new();
    let server = folder.serve();
    let steps = "\
        see Easy authentication\n\
        press Sign Up\n\
        field Email = ada@example.org\n\
        field Name = Ada Lovelace\n\
        field Password = short\n\
        after such as\n\
        see Use at least 10 characters\n\
        field Password = correct horse battery\n\
        after such as\n\
        see Your account is ready\n\
        field Password = wrong horse battery\n\
        after shared computer\n\
        see Please check your login details and try again.\n\
        field Password = correct horse battery\n\
        after shared computer\n\
        see Welcome, Ada Lovelace!\n\
        press Settings\n\
        field Name = Countess\n\
        after Countess\n\
        see Your name has been changed.\n\
        press Logout\n\
        see You have been logged out\n\
        open /profile\n\
        see Please log in to access this page.\n";
    in_w3m(&format!("http://{}", server.address), steps);
    let ended = server.stop();
    assert_eq!(ended.err.matches("authn_login_success").count(), 1, "{}", ended.err);
}
