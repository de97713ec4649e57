//! The tutorial's app as its readers run it: Flask, Flask-Login and gunicorn, in a separate virtual
//! environment in the target folder, with the versions in `benches/peers/flask/requirements.txt`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::argon2::cores;
use super::child::{Server, free_port};
use super::client::{Connection, get, post};
use super::people::PASSWORD;

/// A running app with a user who is logged in.
pub struct Flask {
    pub server: Server,
    page: Vec<u8>,
}

impl Flask {
    /// Starts it. The error says why that is not possible.
    pub async fn start(folder: &Path) -> Result<Flask, String> {
        let here = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/flask"));
        let environment = environment(here)?;
        let port = free_port();
        let mut command = Command::new(environment.join("bin/gunicorn"));
        // One process for each core and one more. The default worker closes each connection after its answer;
        // threads keep them open, as the clients here do.
        command.args([
            "--workers",
            &(cores() + 1).to_string(),
            "--threads",
            "4",
            "--keep-alive",
            "60",
            "--graceful-timeout",
            "1",
        ]);
        command.args(["--bind", &format!("127.0.0.1:{port}"), "--chdir"]).arg(here).arg("app:create_app()");
        command.env("DATABASE", folder.join("flask.sqlite"));
        let server = Server::start(&mut command, port, "/login").await;
        let mut visitor = Connection::to(server.address);
        let form = [("email", "person1@example.org"), ("name", "Person 1"), ("password", PASSWORD)];
        let made = visitor.send(&post("/signup", &form)).await.unwrap().status;
        let entered = visitor.send(&post("/login", &form)).await.unwrap();
        let cookie =
            entered.header("set-cookie").and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        assert_eq!((made, entered.status), (302, 302));
        Ok(Flask { page: get("/profile", cookie.as_deref()), server })
    }

    /// Clients that request the protected page.
    pub fn visitors(&self, clients: usize) -> Vec<Vec<Vec<u8>>> {
        vec![vec![self.page.clone()]; clients]
    }
}

/// Creates the environment if it does not exist.
fn environment(here: &Path) -> Result<PathBuf, String> {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (folder, wanted) = (target.join("flask"), here.join("requirements.txt"));
    let wanted = fs::read_to_string(wanted).map_err(|error| error.to_string())?;
    let mark = folder.join("installed");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    let done = |command: &mut Command, what: &str| {
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success()).then_some(()).ok_or_else(|| what.to_owned())
    };
    done(
        Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder),
        "there is no python3 with venv",
    )?;
    let mut install = Command::new(folder.join("bin/pip"));
    install.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    done(install.arg(here.join("requirements.txt")), "its packages could not be installed")?;
    fs::write(mark, wanted).map_err(|error| error.to_string())?;
    Ok(folder)
}
