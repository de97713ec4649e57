//! The six proxies. `.ci/run` installs them: three from Debian's packages, and three from `requirements.txt`, into a folder
//! of their own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use rustix::process::geteuid;

use crate::running::Running;

/// What `.ci/run` installs from `requirements.txt`.
pub const INSTALLED: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/proxies/bin");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proxy {
    Nginx,
    Haproxy,
    /// Debian's, of 2022.
    OldCaddy,
    Caddy,
    Traefik,
    Envoy,
}

impl Proxy {
    pub const ALL: [Proxy; 6] =
        [Proxy::Nginx, Proxy::Haproxy, Proxy::OldCaddy, Proxy::Caddy, Proxy::Traefik, Proxy::Envoy];

    /// The name of the app behind it, which is in its host too.
    pub fn app(self) -> &'static str {
        match self {
            Proxy::OldCaddy => "old-caddy",
            other => other.kind(),
        }
    }

    /// What `app snippet` calls it.
    pub fn kind(self) -> &'static str {
        match self {
            Proxy::Nginx => "nginx",
            Proxy::Haproxy => "haproxy",
            Proxy::OldCaddy | Proxy::Caddy => "caddy",
            Proxy::Traefik => "traefik",
            Proxy::Envoy => "envoy",
        }
    }

    /// What it answers where the gate does not answer, or answers that it cannot.
    pub fn without_the_gate(self) -> [u16; 2] {
        match self {
            Proxy::Nginx => [500, 500],
            Proxy::OldCaddy | Proxy::Caddy => [502, 503],
            Proxy::Traefik => [500, 503],
            Proxy::Haproxy | Proxy::Envoy => [503, 503],
        }
    }

    /// Its program. `None` if it is not installed; what is skipped was printed then. In CI it must be.
    pub fn program(self) -> Option<PathBuf> {
        let (name, install) = match self {
            Proxy::Nginx => ("nginx", "apt-get install nginx-light"),
            Proxy::Haproxy => ("haproxy", "apt-get install haproxy"),
            Proxy::OldCaddy => ("caddy", "apt-get install caddy"),
            Proxy::Caddy | Proxy::Traefik | Proxy::Envoy => {
                (self.kind(), "tests/proxies/requirements.txt, as .ci/run does")
            }
        };
        let found = match self {
            Proxy::Caddy | Proxy::Traefik | Proxy::Envoy => vec![PathBuf::from(INSTALLED)],
            _ => env::split_paths(&env::var_os("PATH").unwrap()).chain(["/usr/sbin".into()]).collect(),
        };
        let program = found.into_iter().map(|folder| folder.join(name)).find(|file| file.is_file());
        if program.is_none() {
            assert!(env::var_os("CI").is_none(), "{self:?} is not installed: {install}");
            println!("skipped, since it is not installed ({install}): the gate behind {self:?}");
        }
        program
    }

    /// Starts it with what `app snippet` printed, in an empty folder that stands for its own.
    pub fn start(self, program: &Path, printed: &str, folder: &Path) -> Running {
        self.write(printed, folder);
        let mut command = Command::new(program);
        match self {
            Proxy::Nginx => {
                fs::write(folder.join("nginx.conf"), nginx_conf(folder)).unwrap();
                command.arg("-p").arg(folder).arg("-c").arg(folder.join("nginx.conf")).args(["-e", "stderr"])
            }
            Proxy::Haproxy => command.arg("-db").arg("-f").arg(folder.join("haproxy.cfg")),
            Proxy::OldCaddy | Proxy::Caddy => {
                // Both would open the same port for their administration.
                fs::write(folder.join("main"), "{\n\tadmin off\n}\nimport Caddyfile\n").unwrap();
                command.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.join("main"))
            }
            Proxy::Traefik => {
                let file = folder.join("traefik.yml");
                let own = "global: { checkNewVersion: false, sendAnonymousUsage: false }\n";
                fs::write(&file, own.to_owned() + &fs::read_to_string(&file).unwrap()).unwrap();
                command.arg("--configFile").arg(file)
            }
            Proxy::Envoy => {
                command.arg("-c").arg(folder.join("envoy.yaml"));
                command.args(["--concurrency", "1", "--disable-hot-restart", "--log-level", "warn"])
            }
        };
        Running::start(self.app(), &mut command, folder)
    }

    /// Writes the files that were printed, each below a comment with its name. Where they name the proxy's own folder, this
    /// one takes its place; nothing else is changed.
    fn write(self, printed: &str, folder: &Path) {
        let own = format!("/etc/{}/", self.kind());
        let here = format!("{}/", folder.display());
        let mut files: Vec<(PathBuf, String)> = Vec::new();
        for line in printed.lines() {
            let name = line.strip_prefix("# ").or_else(|| line.strip_prefix("-- "));
            match (name.and_then(|name| name.strip_prefix(&own)), files.last_mut()) {
                (Some(name), _) => files.push((folder.join(name), String::new())),
                (None, Some((_, text))) => *text += &format!("{}\n", line.replace(&own, &here)),
                (None, None) => panic!("{line:?} stands before the first file"),
            }
        }
        assert!(!files.is_empty(), "nothing was printed for {self:?}");
        for (file, text) in files {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
    }
}

/// What Debian's own file says and matters here, for one process that writes into a folder of its own.
fn nginx_conf(folder: &Path) -> String {
    // Another user could not open the folder.
    let user = if geteuid().is_root() { "user root;\n" } else { "" };
    let here = folder.display();
    let kept: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|what| format!("    {what}_temp_path {here}/{what};\n"))
        .collect();
    format!(
        "daemon off;\nmaster_process off;\npid {here}/pid;\n{user}events {{}}\nhttp {{\n    access_log off;\n    gzip on;\n\
         {kept}    include {here}/conf.d/*.conf;\n}}\n"
    )
}
