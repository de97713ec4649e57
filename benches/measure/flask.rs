//! The app of the tutorials, with Flask, Flask-Login and gunicorn. It runs in a virtual environment in the target folder,
//! with the versions in `benches/peers/flask/requirements.txt`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::argon2::cores;
use super::child::{Server, finish, free_port};
use super::peer::Peer;

/// Starts the app with one user. The error says why that is not possible.
pub async fn start(folder: &Path) -> Result<Peer, String> {
    let here = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/flask"));
    let environment = environment(here)?;
    let port = free_port();
    let mut command = Command::new(environment.join("bin/gunicorn"));
    // One process for each core, and one more. The default worker closes each connection after its response. Workers
    // with threads keep connections open, as the clients expect.
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
    Ok(Peer::with_users(server, 1).await)
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
    finish(
        Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder),
        "there is no python3 with venv",
    )?;
    let mut install = Command::new(folder.join("bin/pip"));
    install.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    finish(install.arg(here.join("requirements.txt")), "its packages could not be installed")?;
    fs::write(mark, wanted).map_err(|error| error.to_string())?;
    Ok(folder)
}
