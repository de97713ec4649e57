//! An app on axum-login. It is built in the target folder if it is measured, with the versions in
//! `benches/peers/axum-login/Cargo.lock`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::child::{Server, finish, free_port};
use super::peer::{Peer, USERS};

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/axum-login");

/// Starts the app. The error says why that is not possible.
pub async fn start(folder: &Path) -> Result<Peer, String> {
    let (program, port) = (program()?, free_port());
    let mut command = Command::new(program);
    command.env("DATABASE", folder.join("axum-login.sqlite")).env("PORT", port.to_string());
    let server = Server::start(&mut command, port, "/login").await;
    Ok(Peer::with_users(server, USERS).await)
}

/// Builds the app if needed. The first build takes minutes.
fn program() -> Result<PathBuf, String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("axum-login");
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--release", "--locked", "--target-dir"]).arg(&target).current_dir(HERE);
    println!("Building benches/peers/axum-login");
    finish(&mut build, "it could not be built")?;
    Ok(target.join("release/axum-login-peer"))
}
