//! An app in Python on the same host, behind nginx: the code and the configuration are those of docs/proxy.md.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::folder::Folder;
use crate::log::events;
use crate::postgres::nginx::Proxy;
use crate::support::there_is;
use crate::visitor::{ADA, Answer, PASSWORD, Visitor};

/// The only code in a language in the section about it.
fn block(language: &str) -> String {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/proxy.md")).unwrap();
    let (_, section) = page.split_once("\n## An app in another language on the same host\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let (_, rest) = section.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

/// The running app.
struct App(Child);

impl App {
    /// Starts it at this address, in front of the site at the other one.
    fn start(folder: &Folder, address: SocketAddr, site: SocketAddr) -> App {
        let code = block("python");
        let lines = code.lines().filter(|line| !line.is_empty()).count();
        assert!((15..=25).contains(&lines), "the page says some twenty lines: {lines}");
        assert!(code.contains("http://127.0.0.1:8000") && code.contains("9000"));
        let code = code.replace("http://127.0.0.1:8000", &format!("http://{site}"));
        let file = folder.write("app.py", code.replace("9000", &address.port().to_string()));
        let mut command = Command::new("python3");
        command.arg(file).env("no_proxy", "*");
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let app = App(child);
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the app does not start");
            thread::sleep(Duration::from_millis(10));
        }
        app
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.0.kill(); // it serves until then
        let _ = self.0.wait();
    }
}

#[test]
fn an_app_in_python_behind_nginx_knows_who_is_logged_in() {
    let what = "an app in Python next to the site";
    if !there_is("python3", what) {
        return;
    }
    let Some(proxy) = Proxy::new(what) else { return };
    let folder = Folder::new();
    let base_url = format!("http://{}", proxy.address);
    let run = folder.command(&["--port", "0", "--base-url", &base_url]);
    let site = run.var("VESTIBULE_TRUSTED_PROXIES", "127.0.0.1").var("ROCKET_LOG_LEVEL", "debug").start();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let _app = App::start(&folder, address, site.address);
    let location = block("nginx").replace("127.0.0.1:9000", &address.to_string());
    let _nginx = proxy.start_with(&[site.address], &location);

    let login = format!("{base_url}/login");
    let stranger = Visitor::at(proxy.address).get("/notes");
    assert_eq!((stranger.leads_to(), stranger.header("set-cookie")), (&*login, ""));
    let mut ada = Visitor::ada(proxy.address);
    let page = ada.get("/notes");
    assert_eq!(page.status, 200, "{page:?}");
    assert!(page.body.contains("The notes of Ada"), "{page:?}");

    // A remembered device is not taken for a copy, however often the app asks, and its next page lets it in.
    assert_eq!(ada.post("/logout", &[]).leads_to(), "/");
    assert_eq!(ada.get("/notes").leads_to(), login);
    let remember = [("email", ADA), ("password", PASSWORD), ("remember", "yes")];
    assert_eq!(ada.post("/login", &remember).leads_to(), "/profile");
    ada.jar.retain(|name, _| name == "remember");
    for _ in 0..3 {
        assert_eq!(ada.get("/notes").leads_to(), login);
    }
    assert!(ada.is_logged_in());
    ada.headers.push("X-Forwarded-For: 198.51.100.1".to_owned());
    assert!(ada.get("/notes").body.contains("The notes of Ada"));
    assert_eq!(folder.rows("audit where event = 'device_reused'"), 0);

    // Too many questions, and none that is answered: the app says so, and leads no one anywhere.
    let calm = |page: Answer, status: u16| {
        assert_eq!((page.status, page.leads_to()), (status, ""), "{page:?}");
        assert!(page.body.contains("try again"), "{page:?}");
    };
    let impatient = || {
        let mut app = Visitor::at(site.address);
        app.headers.push("X-Forwarded-For: 198.51.100.2".to_owned());
        // Twenty are free again each second.
        (0..20_000).find(|_| app.named(&proxy.address.to_string(), "/session").status == 429).unwrap();
    };
    let mut stranger = Visitor::at(proxy.address);
    stranger.headers.push("X-Forwarded-For: 198.51.100.2".to_owned());
    let refused = (0..100).find_map(|_| {
        impatient();
        Some(stranger.get("/notes")).filter(|page| page.status != 303)
    });
    let refused = refused.unwrap();
    assert_eq!(refused.header("retry-after"), "1");
    calm(refused, 429);
    let ended = site.stop();
    assert_eq!(ended.status, Some(0));
    calm(ada.get("/notes"), 503);
    let passed_on = |event: &Value| event["address"] == "198.51.100.1";
    assert!(events(&ended).iter().any(passed_on), "the app passes on the client IP");
}
