//! Which mail server receives a site's emails and its password: only one that proves its name, and only over
//! TLS, unless configured otherwise.

use std::process::Command;

use crate::folder::Folder;
use crate::smtp::{Smtp, hurry, tried};
use crate::support::{Ended, Run, there_is};
use crate::visitor::{ADA, Visitor};

const PASSWORD: &str = "hunter2 is long";

/// Creates a CA certificate for the test, and a certificate that it signed for a host. `None` if openssl is
/// missing.
fn certificate(folder: &Folder, host: &str) -> Option<(String, String)> {
    if !there_is("openssl", "which mail servers are trusted") {
        return None;
    }
    let run = |words: String| {
        let common = "req -x509 -config /dev/null -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2";
        let mut openssl = Command::new("openssl");
        let made =
            openssl.args(format!("{common} {words}").split(' ')).current_dir(folder.path()).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    };
    run("-keyout ca.key -out ca.pem -subj /CN=Authority -addext basicConstraints=critical,CA:TRUE".to_owned());
    run(format!(
        "-CA ca.pem -CAkey ca.key -keyout {host}.pem -out {host}.crt -subj /CN={host} \
         -addext subjectAltName=DNS:{host} -addext basicConstraints=critical,CA:FALSE"
    ));
    let name = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let both = [format!("{host}.crt"), format!("{host}.pem")].map(|file| std::fs::read(name(&file)).unwrap());
    folder.write("both.pem", both.concat());
    Some((name("ca.pem"), name("both.pem")))
}

#[test]
fn only_a_server_with_a_trusted_certificate_receives_anything() {
    let keys = Folder::new();
    let Some((authority, certificate)) = certificate(&keys, "localhost") else { return };
    for (mode, url) in [("starttls", "smtp://localhost?tls=required"), ("tls", "smtps://localhost")] {
        let Some(smtp) = Smtp::start(&["--mode", mode, "--certificate", &certificate]) else { return };
        let folder = Folder::new();
        let server = smtp.site(&folder, url).start();
        let mut ada = Visitor::at(server.address);
        ada.sign_up(ADA);
        let kept = tried(&folder);
        assert!(kept["given_up_at"].is_null() && kept["attempts"] == 1, "{kept:#}");
        assert!(kept["last_error"].as_str().unwrap().contains("UnknownIssuer"), "{kept:#}");
        assert_eq!(server.stop().status, Some(0));
        let test = smtp.command(&folder, &["mail", "test", ADA], url).finish();
        assert!(test.status == Some(1) && test.err.contains("UnknownIssuer"), "{test:?}");

        hurry(&folder);
        let _server = smtp.site(&folder, url).var("VESTIBULE_SMTP_CA_FILE", &authority).start();
        let mail = smtp.mail();
        assert_eq!((&mail["encrypted"], &mail["to"][0]), (&true.into(), &ADA.into()), "{mode}");
    }
}

/// A self-signed certificate, as `openssl req -x509` creates it, and its key.
fn self_signed(folder: &Folder) -> Option<(String, String)> {
    if !there_is("openssl", "a mail server's own certificate") {
        return None;
    }
    let words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout own.key -out own.pem \
                 -subj /CN=localhost -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:TRUE \
                 -config /dev/null";
    let made =
        Command::new("openssl").args(words.split_whitespace()).current_dir(folder.path()).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let name = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let both = ["own.pem", "own.key"].map(|file| std::fs::read(name(file)).unwrap());
    folder.write("both.pem", both.concat());
    Some((name("own.pem"), name("both.pem")))
}

#[test]
fn a_self_signed_certificate_is_trusted_only_if_it_is_configured() {
    let (keys, others) = (Folder::new(), Folder::new());
    let Some((own, both)) = self_signed(&keys) else { return };
    let (another, _) = self_signed(&others).unwrap();
    for (mode, url) in [("starttls", "smtp://localhost?tls=required"), ("tls", "smtps://localhost")] {
        let Some(smtp) = Smtp::start(&["--mode", mode, "--certificate", &both]) else { return };
        let folder = Folder::new();
        let test = || smtp.command(&folder, &["mail", "test", ADA], url);
        let ended = test().finish();
        assert!(ended.status == Some(1) && ended.err.lines().count() == 1, "{ended:?}");
        assert!(ended.err.contains("or the server's own if it is self-signed, into a PEM file"), "{ended:?}");
        let ended = test().var("VESTIBULE_SMTP_CA_FILE", &another).finish();
        assert!(ended.status == Some(1) && ended.err.contains("is not in smtp_ca_file"), "{ended:?}");
        assert!(!ended.out.contains("MAIL FROM"), "{ended:?}");
        test().var("VESTIBULE_SMTP_CA_FILE", &own).finish().succeeded();
        assert_eq!(smtp.mail()["encrypted"], true);
    }
}

#[test]
fn a_certificate_for_another_host_is_not_trusted() {
    let keys = Folder::new();
    let Some((authority, certificate)) = certificate(&keys, "elsewhere.example") else { return };
    let Some(smtp) = Smtp::start(&["--mode", "tls", "--certificate", &certificate]) else { return };
    let folder = Folder::new();
    let test = smtp.command(&folder, &["mail", "test", ADA], "smtps://localhost");
    let ended = test.var("VESTIBULE_SMTP_CA_FILE", &authority).finish();
    assert!(ended.status == Some(1) && ended.err.contains("not valid for name"), "{ended:?}");
}

fn with_login(run: Run, password: &str) -> Run {
    run.var("VESTIBULE_SMTP_USER", "site").var("VESTIBULE_SMTP_PASSWORD", password)
}

/// Asserts that the output does not contain the password, in any encoding.
fn keeps_quiet(ended: &Ended) {
    for form in [PASSWORD, "AHNpdGUAaHVudGVyMiBpcyBsb25n", "aHVudGVyMiBpcyBsb25n"] {
        assert!(!ended.out.contains(form) && !ended.err.contains(form), "{ended:?}");
    }
}

#[test]
fn a_server_without_starttls_receives_nothing_if_it_is_required() {
    let Some(smtp) = Smtp::start(&["--login", &format!("site:{PASSWORD}")]) else { return };
    let folder = Folder::new();
    let test = smtp.command(&folder, &["mail", "test", ADA], "smtp://localhost?tls=required");
    let ended = with_login(test, PASSWORD).finish();
    assert!(ended.status == Some(1) && ended.err.contains("STARTTLS"), "{ended:?}");
    assert!(!ended.out.contains("AUTH") && !ended.out.contains("MAIL FROM"), "{ended:?}");
    keeps_quiet(&ended);
}

#[test]
fn a_site_logs_in_to_its_mail_server_and_never_prints_the_password() {
    let Some(smtp) = Smtp::start(&["--login", &format!("site:{PASSWORD}")]) else { return };
    let (folder, url) = (Folder::new(), "smtp://localhost");
    let test = || smtp.command(&folder, &["mail", "test", ADA], url);
    let site = || smtp.site(&folder, url).var("ROCKET_LOG_LEVEL", "debug");

    // The operator must correct a wrong password. The email waits for that.
    let server = with_login(site(), "another").start();
    Visitor::at(server.address).sign_up(ADA);
    let kept = tried(&folder);
    assert!(
        kept["given_up_at"].is_null() && kept["last_error"].as_str().unwrap().contains("535"),
        "{kept:#}"
    );
    assert_eq!(server.stop().status, Some(0));
    for ended in [with_login(test(), "another").finish(), test().finish()] {
        assert!(ended.status == Some(1) && ended.err.contains("(53"), "{ended:?}");
    }

    let ended = with_login(test(), PASSWORD).finish().succeeded();
    assert!(ended.out.contains("> AUTH (user and password are not shown)\n< 235 "), "{ended:?}");
    keeps_quiet(&ended);
    assert_eq!(smtp.mail()["authenticated"], true);
    hurry(&folder);
    let file = folder.write("smtp-password", format!("{PASSWORD}\n"));
    let from_file = site().var("VESTIBULE_SMTP_USER", "site").var("VESTIBULE_SMTP_PASSWORD_FILE", &file);
    let server = from_file.start();
    assert_eq!(smtp.mail()["to"][0], ADA);
    keeps_quiet(&server.stop());
}

#[test]
fn a_server_without_login_and_a_port_without_tls_are_explained() {
    let Some(smtp) = Smtp::start(&["--mode", "rough", "--odd", "cut"]) else { return };
    let folder = Folder::new();
    let explained = |url: &str, words: &str| {
        let test = smtp.command(&folder, &["mail", "test", ADA], url).var("VESTIBULE_SMTP_USER", "ada");
        let ended = test.var("VESTIBULE_SMTP_PASSWORD", PASSWORD).finish();
        assert!(ended.status == Some(1) && ended.err.lines().count() == 1, "{ended:?}");
        assert!(ended.err.contains(words) && !ended.out.contains("AUTH"), "{ended:?}");
    };
    explained(
        "smtp://localhost?tls=none",
        "no login by password on a connection that is not encrypted, but smtp_user and smtp_password are set: \
         remove both if it needs no login",
    );
    explained(
        "smtps://localhost",
        "does not begin with TLS on this port: use its port for that, which is mostly 465",
    );
    // The site's log says the same.
    let server = smtp.site(&folder, "smtps://localhost").start();
    Visitor::at(server.address).sign_up(ADA);
    assert!(tried(&folder)["last_error"].as_str().unwrap().contains("does not begin with TLS"));
    let ended = server.stop();
    assert!(ended.err.contains("does not begin with TLS"), "{ended:?}");
}
