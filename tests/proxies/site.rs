//! The site: the built program on a port that is known before, with three accounts for each app. An account has only so many
//! sessions, so the stories of two apps share none.
//!
//! | Account | Handle, with `wiki` for the app | Groups |
//! |---|---|---|
//! | Ada | `ada-wiki` | `choir`, `family` |
//! | Eve | `eve-wiki` | `editors` |
//! | Bob | `bob-wiki` | none |

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Mutex;

use crate::folder::Folder;
use crate::running::PortTaken;
use crate::support::{Ended, Run, Server};

pub const PASSWORD: &str = "correct horse battery";
/// Ada's name, which is not ASCII.
pub const NAME_OF_ADA: &str = "Adä Løvelace";

/// The address of `ada`, `eve` or `bob` of an app.
pub fn email(who: &str, app: &str) -> String {
    format!("{who}@{app}.example.org")
}

/// A site, until it is dropped.
pub struct Site {
    pub folder: Folder,
    /// Where visitors log in, without a slash at its end.
    pub login: String,
    pub port: u16,
    server: Mutex<Option<Server>>,
}

impl Site {
    /// Starts it with accounts for these apps, and with the apps of a text, as `vestibule apply` takes it.
    pub fn start(port: u16, names: &[&str], apps: &str) -> Result<Site, PortTaken> {
        let folder = Folder::new();
        let login = format!("http://login.localhost:{port}");
        let site = Site { folder, login, port, server: Mutex::default() };
        match site.command(&[]).served() {
            Ok(server) => *site.server.lock().unwrap() = Some(server),
            Err(ended) if PortTaken::is_in(&ended.err) => return Err(PortTaken),
            Err(ended) => panic!("the site did not start: {ended:?}"),
        }
        let password = site.folder.write("password", format!("{PASSWORD}\n"));
        fs::set_permissions(password, PermissionsExt::from_mode(0o600)).unwrap();
        let accounts = [
            ("ada", NAME_OF_ADA, r#""choir", "family""#),
            ("eve", "Eve", r#""editors""#),
            ("bob", "Bob", ""),
        ];
        let mut text = "groups = [\"choir\", \"editors\", \"family\"]\n".to_owned();
        for app in names {
            for (who, name, groups) in accounts {
                text += &format!(
                    "\n[[accounts]]\nemail = \"{}\"\nname = \"{name}\"\nhandle = \"{who}-{app}\"\n\
                     groups = [{groups}]\npassword_file = \"password\"\n",
                    email(who, app)
                );
            }
        }
        site.folder.write("site.toml", format!("{text}\n{apps}"));
        site.runs(&["apply", "site.toml"]);
        Ok(site)
    }

    /// A command of its operator, not yet run.
    pub fn command(&self, words: &[&str]) -> Run {
        let port = self.port.to_string();
        let run = self.folder.command(&[&["--port", port.as_str()], words].concat());
        run.patient().var("VESTIBULE_BASE_URL", &self.login).var("VESTIBULE_TRUSTED_PROXIES", "127.0.0.1")
    }

    /// Runs a command of its operator, which succeeds. Returns what it printed.
    pub fn runs(&self, words: &[&str]) -> String {
        let ended = self.command(words).finish();
        assert_eq!(ended.status, Some(0), "{words:?}: {ended:?}");
        ended.out
    }

    /// Starts it, if it does not run.
    pub fn serve(&self) {
        self.server.lock().unwrap().get_or_insert_with(|| self.command(&[]).start());
    }

    /// Stops it. Returns what it wrote.
    pub fn stop(&self) -> Ended {
        let ended = self.server.lock().unwrap().take().unwrap().stop();
        assert_eq!(ended.status, Some(0), "{ended:?}");
        assert!(!ended.err.contains("panicked"), "{}", ended.err);
        ended
    }
}
