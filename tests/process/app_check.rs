//! `vestibule app check`: what it says about a proxy that is as it should be, and about those that are not. The proxy is one
//! of the tests; the real ones stand in other files.

use std::net::{TcpListener, UdpSocket};

use crate::app_check_proxy::{Fault, Stage, proxy, wrong};
use crate::free_address::free_address;

#[test]
fn a_proxy_that_asks_as_it_should_is_fine() {
    let stage = Stage::new("127.0.0.1");
    let (ended, said) = stage.said(Fault::Nothing);
    assert_eq!((said["app"].as_str(), said["wrong"].as_i64()), (Some("wiki"), Some(0)), "{said:#}");
    ended.succeeded();
    let found: Vec<_> =
        said["at"][0]["checks"].as_array().unwrap().iter().map(|check| &check["check"]).collect();
    let expected = [
        "asked",
        "trusted",
        "question",
        "set-cookie",
        "cookie",
        "forged-question",
        "forged-host",
        "spellings",
        "remote-user",
        "strangers",
        "programs",
    ];
    assert_eq!(found, expected);

    // Where the app's own address leads, in lines.
    let here = proxy(stage.server.address, Fault::Nothing);
    let at = format!("http://wiki.localhost:{}", here.port());
    stage.folder.run(&["app", "set", "wiki", "--at", &at]).succeeded();
    let out = stage.check(&[]).succeeded().out;
    assert!(out.starts_with(&format!("{at}\n  fine   The proxy asks /gate/forward-auth.\n")), "{out}");
    assert!(
        out.contains(
            "  note   Whether the app runs, and is reached past the proxy, was not tried: add --app"
        ),
        "{out}"
    );
}

#[test]
fn each_fault_is_found_and_it_is_said_what_to_type() {
    let stage = Stage::new("127.0.0.1");
    for (fault, found, advice) in [
        (Fault::LetsIn, &["strangers"][..], "auth_request /.vestibule/check;"),
        (Fault::NeverAsks, &["asked", "strangers"], "vestibule app snippet wiki PROXY"),
        (Fault::LeadsNobody, &["strangers"], "error_page 401 403 = @vestibule_enter;"),
        (Fault::LeadsScripts, &["programs"], "with nothing between"),
        (Fault::BelievesUri, &["forged-question"], "trustForwardHeader: false"),
        (Fault::BelievesHost, &["forged-question"], "$server_name"),
        (Fault::NoMethod, &["question"], "X-Forwarded-Method"),
        (Fault::Spellings, &["spellings"], "request_header -Remote*"),
        (Fault::NoSetCookie, &["set-cookie", "strangers"], "allowed_client_headers"),
        (Fault::NoCookie, &["cookie"], "authRequestHeaders"),
        (Fault::Redirects, &["asked", "strangers"], "app set wiki --at https://wiki.localhost"),
        (Fault::Lost(502), &["asked", "strangers"], "Check that the site runs"),
    ] {
        let (ended, said) = stage.said(fault);
        let (names, told) = wrong(&said);
        assert_eq!(names, found, "{fault:?}: {said:#}");
        assert!(told.contains(advice), "{fault:?}: {told}");
        assert_eq!(said["wrong"], found.len(), "{fault:?}");
        assert_eq!(ended.status, Some(1), "{fault:?}");
        assert!(ended.err.starts_with("vestibule: ") && ended.err.contains("wrong"), "{ended:?}");
    }
    let (_, said) = stage.said(Fault::Spellings);
    assert!(said.to_string().contains("paths of the app protect nothing"), "{said:#}");
}

#[test]
fn a_proxy_that_is_not_trusted_is_named() {
    let stage = Stage::new("192.0.2.1");
    let (ended, said) = stage.said(Fault::Nothing);
    let (names, told) = wrong(&said);
    assert_eq!((ended.status, names), (Some(1), vec!["trusted".to_owned()]), "{said:#}");
    assert!(told.contains(r#"trusted_proxies = [\"127.0.0.1\"]"#), "{told}");
}

#[test]
fn what_does_not_answer_is_told_in_time() {
    let stage = Stage::new("127.0.0.1");
    let closed = free_address();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    for (url, told) in [
        (format!("http://{closed}"), "the connection failed"),
        (format!("http://{}", silent.local_addr().unwrap()), "no answer came within 5 seconds"),
        (format!("https://{}", stage.server.address), "it speaks http there, not https"),
    ] {
        let ended = stage.check(&["--url", &url]);
        assert_eq!(ended.status, Some(1));
        assert!(
            ended.out.contains("  wrong  http://wiki.localhost:8080 does not answer")
                && ended.out.contains(told),
            "{ended:?}"
        );
        assert!(ended.took.as_secs() < 12, "{ended:?}");
    }
}

#[test]
fn an_app_that_is_reached_past_the_proxy_is_found() {
    let stage = Stage::new("127.0.0.1");
    let url = format!("http://{}", proxy(stage.server.address, Fault::Nothing));
    let own = UdpSocket::bind("0.0.0.0:0").unwrap();
    let outside = own.connect("192.0.2.1:9").and_then(|()| own.local_addr());
    let Some(outside) = outside.ok().filter(|at| !at.ip().is_loopback()) else {
        println!("skipped, since this machine has no address but the loopback one: an app on all addresses");
        return;
    };
    let open = TcpListener::bind("0.0.0.0:0").unwrap().local_addr().unwrap();
    let listening = TcpListener::bind(("0.0.0.0", open.port())).unwrap();
    let app = format!("127.0.0.1:{}", open.port());
    let ended = stage.check(&["--url", &url, "--app", &app]);
    let told = format!("Something answers at {}:{}", outside.ip(), open.port());
    assert!(ended.status == Some(1) && ended.out.contains(&told), "{ended:?}");
    drop(listening);
    let _inside = TcpListener::bind(("127.0.0.1", open.port())).unwrap();
    let out = stage.check(&["--url", &url, "--app", &app]).succeeded().out;
    assert!(out.contains("  fine   From this machine, nothing is reached at"), "{out}");
}

#[test]
fn what_cannot_be_checked_is_refused() {
    let stage = Stage::new("127.0.0.1");
    stage.check(&["--url", "127.0.0.1:8080"]).refused(&["--url with a scheme", "https://127.0.0.1:8443"]);
    stage.check(&["--ca-file", "none.pem"]).refused(&["none.pem", "cannot be read"]);
    stage.folder.write("empty.pem", "no certificate");
    stage.check(&["--ca-file", "empty.pem"]).refused(&["empty.pem", "PEM"]);
    stage.folder.run(&["app", "check", "blog"]).refused(&["There is no app blog"]);
    stage.folder.run(&["app", "disable", "wiki"]).succeeded();
    stage.check(&[]).refused(&["disabled", "app enable wiki"]);
}
