//! Radicale, a calendar that others have written, behind nginx: it believes the header `Remote-User`, and speaks WebDAV.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::http::{Message, Request, ask};
use crate::person::Person;
use crate::proxy::{INSTALLED, Proxy};
use crate::running::{PortTaken, Running, here, on_free_ports};
use crate::site::{Site, email};

const EVENT: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:choir\r\n\
    DTSTAMP:20261128T120000Z\r\nDTSTART:20261201T190000Z\r\nSUMMARY:Choir\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
const CALENDAR: &str = r#"<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
    <D:set><D:prop><D:displayname>Home</D:displayname></D:prop></D:set></C:mkcalendar>"#;
const WHO: &str = r#"<?xml version="1.0"?><D:propfind xmlns:D="DAV:"><D:prop><D:current-user-principal/></D:prop></D:propfind>"#;
const ALL: &str = r#"<?xml version="1.0"?><C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
    <D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>"#;

/// A calendar for everyone with an account, behind nginx.
struct Calendar {
    site: Site,
    /// Where visitors find it.
    origin: String,
    _running: [Running; 2],
    _folders: [TempDir; 2],
}

impl Calendar {
    fn start(nginx: &Path, radicale: &Path, ports: &[u16]) -> Result<Calendar, PortTaken> {
        let (port, app_at) = (ports[1], here(ports[2]));
        let origin = format!("http://calendar.localhost:{port}");
        let everyone = format!("[[apps]]\nname = \"calendar\"\ntitle = \"Calendar\"\nat = [\"{origin}\"]\n");
        let site = Site::start(ports[0], &["calendar"], &everyone)?;
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let radicale = start(radicale, ports[2], &folders[0])?;
        let printed = site.runs(&["app", "snippet", "calendar", "nginx", "--app", &app_at.to_string()]);
        let mut proxy = Proxy::Nginx.start(nginx, &printed, folders[1].path());
        let is_there = || ask(here(port), &Request::get("/").host("calendar.localhost")).status() == 401;
        proxy.wait_until(is_there)?;
        Ok(Calendar { site, origin, _running: [proxy, radicale], _folders: folders })
    }
}

/// Starts Radicale in a folder.
fn start(program: &Path, port: u16, folder: &TempDir) -> Result<Running, PortTaken> {
    let folder = folder.path();
    let config = format!(
        "[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = http_remote_user\ndelay = 0\n[rights]\ntype = owner_only\n\
         [storage]\nfilesystem_folder = {}\n[web]\ntype = none\n",
        folder.join("collections").display()
    );
    fs::write(folder.join("config"), config).unwrap();
    let mut command = Command::new(program);
    let mut running = Running::start("Radicale", command.arg("--config").arg(folder.join("config")), folder);
    running.wait_until(|| ask(here(port), &Request::get("/").host("localhost")).status() != 0)?;
    Ok(running)
}

/// Sends a request of WebDAV with the cookies of someone, and more lines.
fn dav(by: &mut Person<'_>, method: &str, address: &str, lines: &str, body: &str) -> Message {
    let request =
        by.request(method, address).with("Content-Type: application/xml; charset=utf-8").with(lines);
    by.sends(address, &request.body(body.as_bytes()))
}

#[test]
fn a_calendar_of_radicale_is_its_owners_behind_nginx() {
    let radicale = Path::new(INSTALLED).join("radicale");
    let Some(nginx) = Proxy::Nginx.program() else { return };
    if !radicale.is_file() {
        assert!(
            std::env::var_os("CI").is_none(),
            "Radicale is not installed: tests/proxies/requirements.txt"
        );
        println!(
            "skipped, since it is not installed (tests/proxies/requirements.txt): Radicale behind nginx"
        );
        return;
    }
    let calendar = on_free_ports(3, |ports| Calendar::start(&nginx, &radicale, ports));
    let Calendar { site, origin, .. } = &calendar;

    let (own, home) = (format!("{origin}/ada-calendar/"), format!("{origin}/ada-calendar/home/"));
    let event = format!("{home}choir.ics");
    let mut stranger = Person::stranger(site);
    for lines in
        ["Depth: 0", "Depth: 0\r\nRemote-User: ada-calendar", "Depth: 0\r\nRemote_User: ada-calendar"]
    {
        let answer = dav(&mut stranger, "PROPFIND", &own, lines, WHO);
        assert_eq!((answer.status(), answer.header("www-authenticate")), (401, ""), "{answer:?}");
        assert!(answer.header("content-type").starts_with("application/json"), "the gate's: {answer:?}");
    }

    let mut ada = Person::let_in(site, &email("ada", "calendar"), origin);
    let who = dav(&mut ada, "PROPFIND", &format!("{origin}/"), "Depth: 0", WHO);
    assert!(who.status() == 207 && who.text().contains("/ada-calendar/"), "{who:?} {}", who.text());
    assert_eq!(dav(&mut ada, "MKCALENDAR", &home, "Accept: */*", CALENDAR).status(), 201);
    let put = ada.request("PUT", &event).with("Content-Type: text/calendar");
    assert_eq!(ada.sends(&event, &put.body(EVENT.as_bytes())).status(), 201);
    let found = dav(&mut ada, "REPORT", &home, "Depth: 1", ALL);
    assert!(found.status() == 207 && found.text().contains("SUMMARY:Choir"), "{found:?}");

    // Eve may use the calendar too, and not Ada's, whatever she says.
    let mut eve = Person::let_in(site, &email("eve", "calendar"), origin);
    let who = dav(&mut eve, "PROPFIND", &format!("{origin}/"), "Depth: 0", WHO);
    assert!(who.status() == 207 && who.text().contains("/eve-calendar/"), "{who:?}");
    for lines in [
        "Accept: */*",
        "Remote-User: ada-calendar",
        "Remote_User: ada-calendar",
        "REMOTE_USER: ada-calendar",
        "Remote.User: ada-calendar",
    ] {
        let answer = dav(&mut eve, "REPORT", &home, lines, ALL);
        assert_eq!(answer.status(), 403, "{lines}: {answer:?}");
        let get = eve.request("GET", &event).with(lines);
        assert_eq!(eve.sends(&event, &get).status(), 403, "{lines}");
    }

    ada.logs_out();
    assert_eq!(dav(&mut ada, "REPORT", &home, "Depth: 1", ALL).status(), 401);
    site.stop();
}
