//! One site with an app behind each proxy that is installed.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::app::App;
use crate::http::{Message, Request, ask};
use crate::proxy::Proxy;
use crate::running::{PortTaken, Running, here, on_free_ports};
use crate::site::{NAME_OF_ADA, Site, email};

/// All of it.
pub struct Stage {
    pub site: Site,
    pub behind: Vec<Behind>,
}

/// An app behind a proxy. Those in `family` may use it; `/public` is for everyone, `/admin` for `editors`, and `/api` may be
/// asked about by scripts of other sites.
pub struct Behind {
    pub proxy: Proxy,
    pub app: App,
    /// The name of the app's host.
    pub host: String,
    /// Where visitors find it, without a slash at its end.
    pub origin: String,
    /// Where the proxy listens.
    pub at: SocketAddr,
    running: Running,
    _folder: TempDir,
}

impl Stage {
    /// Starts it. `None` if there is no proxy at all.
    pub fn start() -> Option<Stage> {
        let there: Vec<_> =
            Proxy::ALL.into_iter().filter_map(|proxy| Some((proxy, proxy.program()?))).collect();
        let is_any = !there.is_empty();
        is_any.then(|| on_free_ports(there.len() + 1, |ports| Stage::start_on(&there, ports)))
    }

    /// Starts the site on the first port, and each proxy on one of the others.
    fn start_on(there: &[(Proxy, PathBuf)], ports: &[u16]) -> Result<Stage, PortTaken> {
        let (site_port, ports) = ports.split_first().unwrap();
        let apps: String =
            there.iter().zip(ports).map(|((proxy, _), port)| declared(*proxy, *port)).collect();
        let names: Vec<_> = there.iter().map(|(proxy, _)| proxy.app()).collect();
        let site = Site::start(*site_port, &names, &apps)?;
        let mut behind = Vec::new();
        for ((proxy, program), port) in there.iter().zip(ports) {
            behind.push(start(&site, *proxy, program, *port));
        }
        for behind in &mut behind {
            let (at, host) = (behind.at, behind.host.clone());
            // Traefik opens its port before it knows its apps.
            behind.running.wait_until(|| ask(at, &Request::get("/").host(&host)).status() == 401)?;
        }
        Ok(Stage { site, behind })
    }

    /// Another app than this one, if there is another proxy.
    pub fn other(&self, than: &Behind) -> Option<&Behind> {
        self.behind.iter().find(|behind| behind.proxy != than.proxy)
    }
}

fn declared(proxy: Proxy, port: u16) -> String {
    let app = proxy.app();
    format!(
        "[[apps]]\nname = \"{app}\"\ntitle = \"Wiki of {app}\"\ngroups = [\"family\"]\n\
         at = [\"http://{app}.localhost:{port}\"]\n\
         paths = {{ \"/public\" = \"open\", \"/admin\" = [\"editors\"], \
         \"/api\" = {{ access = [\"family\"], preflight = true }} }}\n\n"
    )
}

fn start(site: &Site, proxy: Proxy, program: &Path, port: u16) -> Behind {
    let app = App::start(proxy.app());
    let printed = site.runs(&["app", "snippet", proxy.app(), proxy.kind(), "--app", &app.at.to_string()]);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("printed"), &printed).unwrap();
    let running = proxy.start(program, &printed, folder.path());
    let host = format!("{}.localhost", proxy.app());
    let origin = format!("http://{host}:{port}");
    Behind { proxy, app, host, origin, at: here(port), running, _folder: folder }
}

impl Behind {
    /// The name of the app.
    pub fn name(&self) -> &'static str {
        self.proxy.app()
    }

    /// Who may use the app.
    pub fn ada(&self) -> String {
        email("ada", self.name())
    }

    /// Who may use only `/admin`.
    pub fn eve(&self) -> String {
        email("eve", self.name())
    }

    /// Who may use nothing of it.
    pub fn bob(&self) -> String {
        email("bob", self.name())
    }

    /// What the app is told of Ada, as [`told`] has it.
    pub fn of_ada(&self) -> Vec<(String, String)> {
        let all = [
            ("remote-email", self.ada()),
            ("remote-groups", "choir,family".to_owned()),
            ("remote-name", NAME_OF_ADA.to_owned()),
            ("remote-user", format!("ada-{}", self.name())),
        ];
        all.map(|(name, value)| (name.to_owned(), value)).to_vec()
    }

    /// A request for a page, as a program sends it that knows no one.
    pub fn request(&self, method: &str, target: &str) -> Request {
        Request::new(method, target).host(self.origin.trim_start_matches("http://"))
    }

    /// Asks the proxy.
    pub fn ask(&self, request: &Request) -> Message {
        ask(self.at, request)
    }
}

/// Who an app was told is there: each header that some server might take for one of the four, but empty ones, in order.
pub fn told(request: &Message) -> Vec<(String, String)> {
    let read = |name: &str| name.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let all = request.headers.iter().map(|(name, value)| (read(name), value.clone()));
    let mut told: Vec<_> =
        all.filter(|(name, value)| name.starts_with("remote-") && !value.is_empty()).collect();
    told.sort();
    told
}
