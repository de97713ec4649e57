//! An app on Node with better-auth and better-sqlite3. It is installed in the target folder if it is measured, with the
//! versions in `benches/peers/better-auth/package-lock.json`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::child::{Server, finish, free_port};
use super::peer::{Peer, USERS};

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/better-auth");

/// Starts the app. The error says why that is not possible.
pub async fn start(folder: &Path) -> Result<Peer, String> {
    let (installed, port) = (installed()?, free_port());
    let mut command = Command::new("node");
    command.arg("server.js").current_dir(installed);
    command.env("NODE_ENV", "production").env("BETTER_AUTH_TELEMETRY", "0");
    command.env("DATABASE", folder.join("better-auth.sqlite")).env("PORT", port.to_string());
    let server = Server::start(&mut command, port, "/login").await;
    Ok(Peer::with_users(server, USERS).await)
}

/// Installs the app if needed. If there is no compiled better-sqlite3 for this system, npm compiles it.
fn installed() -> Result<PathBuf, String> {
    finish(Command::new("node").arg("--version"), "there is no Node")?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("better-auth");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    for name in ["package.json", "package-lock.json", "server.js"] {
        fs::copy(Path::new(HERE).join(name), folder.join(name)).map_err(|error| error.to_string())?;
    }
    let wanted = fs::read_to_string(folder.join("package-lock.json")).map_err(|error| error.to_string())?;
    let mark = folder.join("installed");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    println!("Installing benches/peers/better-auth");
    let mut install = Command::new("npm");
    install.args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder).env("JOBS", "max");
    finish(&mut install, "its packages could not be installed")?;
    fs::write(mark, wanted).map_err(|error| error.to_string())?;
    Ok(folder)
}

/// The version of Node.
pub fn node() -> String {
    let version = Command::new("node").arg("--version").output();
    version.map_or_else(
        |_| "none".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
