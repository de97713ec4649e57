//! The two other servers: `@simplewebauthn/server` for Node.js and `webauthn` (py_webauthn) for Python. `.ci/run`
//! installs both.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

/// Their programs, one case a line in, one verdict a line out.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/webauthn/peers");
/// The Python with webauthn that `.ci/run` installs.
const OWN_PYTHON: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/webauthn/bin/python3");

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    SimpleWebAuthn,
    PyWebAuthn,
}

/// What one of them says of a case.
#[derive(Debug, Deserialize)]
pub struct Verdict {
    number: usize,
    pub accepted: bool,
    /// What it read of an accepted answer.
    #[serde(default)]
    pub read: Value,
    /// Why it refused it.
    #[serde(default)]
    pub why: String,
}

impl Peer {
    pub const BOTH: [Peer; 2] = [Peer::SimpleWebAuthn, Peer::PyWebAuthn];

    /// The command that asks it, without the file of cases. `None` if it is not installed; which part of the test is
    /// skipped was printed then. It must be installed in CI.
    fn command(self) -> Option<Command> {
        let (mut command, is_there, install) = match self {
            Peer::SimpleWebAuthn => {
                let mut command = Command::new("node");
                command.arg(format!("{FOLDER}/simplewebauthn.mjs"));
                let is_there = Path::new(FOLDER).join("node_modules/@simplewebauthn/server").is_dir();
                (command, is_there, "npm --prefix tests/webauthn/peers ci")
            }
            Peer::PyWebAuthn => {
                let python = if Path::new(OWN_PYTHON).is_file() { OWN_PYTHON } else { "python3" };
                let mut tried = Command::new(python);
                let tried = tried.args(["-c", "import webauthn"]).stderr(Stdio::null()).status();
                let mut command = Command::new(python);
                command.arg(format!("{FOLDER}/py_webauthn.py"));
                let is_there = tried.is_ok_and(|status| status.success());
                (command, is_there, "python3 -m pip install -r tests/webauthn/peers/requirements.txt")
            }
        };
        if !is_there {
            assert!(std::env::var_os("CI").is_none(), "{self:?} is not installed: {install}");
            println!("skipped, since it is not installed ({install}): what {self:?} says");
            return None;
        }
        command.stdin(Stdio::null());
        Some(command)
    }

    /// What it says of each case of a file, by number. `None` if it is not installed.
    pub fn ask(self, cases: &Path) -> Option<BTreeMap<usize, Verdict>> {
        let output = self.command()?.arg(cases).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{self:?} stopped: {errors}");
        let lines = String::from_utf8(output.stdout).unwrap();
        let verdicts = lines.lines().map(|line| serde_json::from_str::<Verdict>(line).unwrap());
        Some(verdicts.map(|verdict| (verdict.number, verdict)).collect())
    }
}
