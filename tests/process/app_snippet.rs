//! `vestibule app snippet`: what it prints is what the page docs/protect-an-app.md shows, and what the proxies take.

use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::folder::Folder;
use crate::free_address::free_address;
use crate::support::there_is;
use crate::visitor::Visitor;

const PROXIES: [&str; 5] = ["nginx", "caddy", "traefik", "haproxy", "envoy"];

/// The page about it.
fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/protect-an-app.md")).unwrap()
}

/// A folder with an app at this address.
fn with_wiki(at: &str) -> Folder {
    let (folder, _) = Folder::of_ada();
    folder.run(&["app", "add", "wiki", "--at", at]).succeeded();
    folder
}

fn printed(folder: &Folder, proxy: &str) -> String {
    folder.run(&["app", "snippet", "wiki", proxy]).succeeded().out
}

/// The files that were printed: each begins with a comment that names it.
pub fn files(printed: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in printed.lines() {
        let name = line
            .strip_prefix("# ")
            .or_else(|| line.strip_prefix("-- "))
            .filter(|name| name.starts_with("/etc/"));
        match (name, files.last_mut()) {
            (Some(name), _) => files.push((name.to_owned(), String::new())),
            (None, Some((_, text))) => *text += &format!("{line}\n"),
            (None, None) => panic!("{line:?} stands before the first file"),
        }
    }
    for (_, text) in &mut files {
        *text = format!("{}\n", text.trim_end());
    }
    files
}

/// Writes the files into a folder, which takes the place of the proxy's own.
pub fn write(printed: &str, proxy: &str, folder: &Path) {
    let own = format!("/etc/{proxy}");
    for (name, text) in files(printed) {
        let file = folder.join(name.strip_prefix(&format!("{own}/")).unwrap());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text.replace(&own, folder.to_str().unwrap())).unwrap();
    }
}

#[test]
fn each_file_is_named_and_is_about_the_app() {
    let folder = with_wiki("https://wiki.example.org");
    let names: Vec<Vec<String>> = PROXIES
        .iter()
        .map(|proxy| files(&printed(&folder, proxy)).into_iter().map(|(name, _)| name).collect())
        .collect();
    let expected: [&[&str]; 5] = [
        &[
            "/etc/nginx/vestibule_ask.conf",
            "/etc/nginx/conf.d/vestibule.conf",
            "/etc/nginx/conf.d/app-wiki.conf",
        ],
        &["/etc/caddy/Caddyfile"],
        &["/etc/traefik/traefik.yml", "/etc/traefik/dynamic/wiki.yml"],
        &["/etc/haproxy/vestibule.lua", "/etc/haproxy/haproxy.cfg"],
        &["/etc/envoy/envoy.yaml"],
    ];
    assert_eq!(names, expected);
    for proxy in PROXIES {
        assert!(printed(&folder, proxy).contains("wiki.example.org"), "{proxy}");
    }
}

#[test]
fn the_page_shows_what_is_printed() {
    let folder = with_wiki("https://wiki.example.org");
    let all: String = PROXIES.iter().map(|proxy| printed(&folder, proxy)).collect();
    let page = page();
    let mut compared = 0;
    for language in ["nginx", "caddyfile", "yaml", "haproxy"] {
        for rest in page.split(&format!("\n```{language}\n")).skip(1) {
            let block = rest.split("```").next().unwrap();
            assert!(all.contains(block), "not printed:\n{block}");
            compared += 1;
        }
    }
    assert_eq!(compared, 9, "the page shows nine parts");
    // And what it tells to type is understood.
    for line in page.lines().filter(|line| line.starts_with("vestibule app snippet")) {
        folder.types(line).succeeded();
    }
}

#[test]
fn both_addresses_are_those_of_the_settings_and_of_the_flag() {
    let folder = with_wiki("https://wiki.example.org");
    for proxy in PROXIES {
        let words = [
            "--address",
            "0.0.0.0",
            "--port",
            "8123",
            "app",
            "snippet",
            "wiki",
            proxy,
            "--app",
            "10.1.2.3:4000",
        ];
        let out = folder.run(&words).succeeded().out;
        let (site, app) = match proxy {
            "envoy" => ("\"127.0.0.1\", port_value: 8123", "\"10.1.2.3\", port_value: 4000"),
            _ => ("127.0.0.1:8123", "10.1.2.3:4000"),
        };
        assert!(out.contains(site) && out.contains(app) && !out.contains(":3000"), "{out}");
    }
}

#[test]
fn proxies_take_what_is_printed() {
    let folder = with_wiki("http://wiki.localhost:18080");
    let place = |proxy: &str| {
        let place = folder.path().join(proxy);
        write(&printed(&folder, proxy), proxy, &place);
        place
    };
    let takes = |program: &str, words: &[&str], place: &Path| {
        let mut command = Command::new(program);
        command.args(words).current_dir(place).env("HOME", place);
        let ended = command.output().unwrap();
        assert!(ended.status.success(), "{program}: {}", String::from_utf8_lossy(&ended.stderr));
    };
    if there_is("nginx", "nginx takes its snippet") {
        let place = place("nginx");
        let (shown, log) = (place.display(), place.join("error.log"));
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .iter()
            .map(|kind| format!("{kind}_temp_path {shown}/{kind};"))
            .collect();
        let include = format!("include {shown}/conf.d/*.conf;");
        let whole = format!("pid {shown}/pid; events {{}} http {{ access_log off; {temporary} {include} }}");
        fs::write(place.join("nginx.conf"), whole).unwrap();
        let (folder, file) = (place.to_str().unwrap(), place.join("nginx.conf"));
        takes(
            "nginx",
            &["-t", "-q", "-p", folder, "-c", file.to_str().unwrap(), "-e", log.to_str().unwrap()],
            &place,
        );
    }
    if there_is("haproxy", "HAProxy takes its snippet") {
        takes("haproxy", &["-c", "-q", "-f", "haproxy.cfg"], &place("haproxy"));
    }
    if there_is("caddy", "Caddy takes its snippet") {
        takes("caddy", &["adapt", "--config", "Caddyfile", "--adapter", "caddyfile"], &place("caddy"));
    }
}

#[test]
fn what_cannot_be_printed_is_refused() {
    let folder = with_wiki("https://wiki.example.org");
    let refused = |words: &[&str], told: &[&str]| {
        folder.run(&[&["app", "snippet"], words].concat()).refused(told);
    };
    refused(&["blog", "nginx"], &["There is no app blog", "app list"]);
    refused(&["Wi ki", "nginx"], &["\"Wi ki\"", "a-z"]);
    for (words, told) in [
        (&["wiki"][..], "PROXY"),
        (&["wiki", "apache"], "nginx, caddy, traefik, haproxy, envoy"),
        (&["wiki", "nginx", "--app", "3000"], "127.0.0.1:3000"),
        (&["wiki", "nginx", "--app", "http://127.0.0.1:3000"], "127.0.0.1:3000"),
    ] {
        let ended = folder.run(&[&["app", "snippet"], words].concat());
        assert_eq!(ended.status, Some(2), "{ended:?}");
        assert!(ended.err.contains(told) && ended.out.is_empty(), "{ended:?}");
    }
}

/// An app that runs until the test ends.
struct App(Child);

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.0.kill(); // it serves until then
        let _ = self.0.wait();
    }
}

/// Starts the code of the page in a language. `None` if its program is missing; that was printed.
fn running(folder: &Folder, language: &str, program: &str) -> Option<(App, Visitor)> {
    if !there_is(program, &format!("the code of the page in {language}")) {
        return None;
    }
    let address = free_address();
    let page = page();
    let (_, code) = page.split_once(&format!("\n```{language}\n")).unwrap();
    let code = code.split("```").next().unwrap().replace("3000", &address.port().to_string());
    let file = folder.write(&format!("app.{language}"), code);
    let mut command = Command::new(program);
    if program == "php" {
        command.arg("-S").arg(address.to_string());
    }
    command.arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let app = App(command.spawn().unwrap());
    let begun = Instant::now();
    while TcpStream::connect(address).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(20), "the app in {language} does not start");
        thread::sleep(Duration::from_millis(10));
    }
    Some((app, Visitor::at(address)))
}

#[test]
fn the_code_of_the_page_knows_who_is_there() {
    let folder = Folder::new();
    for (language, program) in [("python", "python3"), ("php", "php"), ("js", "node")] {
        let Some((_app, visitor)) = running(&folder, language, program) else { continue };
        let asked = |headers: &[&str]| {
            let mut visitor = visitor.clone();
            visitor.headers.extend(headers.iter().map(|header| (*header).to_owned()));
            visitor.get("/")
        };
        for (groups, told) in [("admins,family", "True"), ("family-b", "False")] {
            let groups = format!("Remote-Groups: {groups}");
            let answer = asked(&["Remote-User: ada", "Remote-Name: Ad\u{e4}", &groups]);
            assert_eq!(answer.status, 200, "{language}");
            // Its length may stand around it: some of them answer in chunks.
            assert!(
                answer.body.contains(&format!("ada is Ad\u{e4}, family: {told}")),
                "{language}: {answer:?}"
            );
        }
        for nobody in [&[][..], &["Remote-User: "]] {
            assert_eq!(asked(nobody).status, 403, "{language}");
        }
    }
}
