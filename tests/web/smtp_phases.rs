//! How long a mail server may take in each phase, and what happens to an email if it takes longer. The phases
//! are shorter here than in RFC 5321, and the test's server pauses at a given command.

use std::future::pending;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use rocket::tokio::runtime::Builder;
use vestibule::base::Time;
use vestibule::base::config::mail_values::{Security, SmtpServer};
use vestibule::base::mailer::{Mail, Phases, Smtp, Trouble};

const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(6);

/// A server that pauses before it answers one command of the conversation, or before its greeting.
fn server(pauses_at: &'static str, pause: Duration) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let (mut answers, lines) = (stream.try_clone().unwrap(), BufReader::new(stream));
        let mut answer = |word: &str, code: &str| {
            if word == pauses_at {
                thread::sleep(pause);
            }
            let _ = write!(answers, "{code} OK\r\n"); // the client may have disconnected
        };
        answer("greeting", "220");
        let mut in_mail = false;
        for line in lines.lines().map_while(Result::ok) {
            match line.get(..4).unwrap_or(&line) {
                "." if in_mail => {
                    in_mail = false;
                    answer("end", "250");
                }
                _ if in_mail => {}
                "DATA" => {
                    in_mail = true;
                    answer("DATA", "354");
                }
                word => answer(word, "250"),
            }
        }
    });
    port
}

/// The result for an email, and how long it took.
fn sent(port: u16, phases: Phases) -> (Result<(), Trouble>, Duration) {
    let smtp = Smtp {
        server: SmtpServer { host: "127.0.0.1".to_owned(), port, security: Security::Never },
        credentials: None,
        authorities: None,
        from: "login@example.org".parse().unwrap(),
        hello: "login.example.org".parse().unwrap(),
        phases,
    };
    let mail = Mail {
        id: "0199".to_owned(),
        to: "ada@example.org".to_owned(),
        reply_to: None,
        subject: "Hello".to_owned(),
        text: "Hello".to_owned(),
        html: "<p>Hello</p>".to_owned(),
        at: Time::from_unix(1_767_225_600),
    };
    let begun = Instant::now();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let outcome = runtime.block_on(smtp.send(&mail, &mut |_| {}, pending()));
    (outcome, begun.elapsed())
}

#[test]
fn a_server_that_hangs_before_the_end_of_an_email_has_not_accepted_it() {
    let phases = || Phases { answered: SHORT, data: SHORT, goodbye: SHORT, ..Phases::default() };
    for word in ["greeting", "EHLO", "MAIL", "RCPT", "DATA"] {
        let (outcome, took) = sent(server(word, LONG), phases());
        assert!(
            matches!(&outcome, Err(Trouble::Later(why)) if why.contains("longer than 0.3 seconds")),
            "{word}: {outcome:?}"
        );
        assert!(took < LONG, "{word}: {took:?}");
    }
}

#[test]
fn a_server_may_be_slow_after_the_end_of_an_email_and_a_timeout_there_is_uncertain() {
    let phases = || Phases { block: SHORT, taken: LONG, ..Phases::default() };
    assert_eq!(
        sent(server("end", 4 * SHORT), phases()).0,
        Ok(()),
        "longer than the block phase, shorter than the final answer"
    );
    let phases = || Phases { block: SHORT, taken: SHORT, goodbye: SHORT, ..Phases::default() };
    let (outcome, took) = sent(server("end", LONG), phases());
    assert!(matches!(outcome, Err(Trouble::Uncertain(_))), "{outcome:?}");
    assert!(took < LONG, "{took:?}");
}

#[test]
fn an_accepted_email_is_sent_even_if_quit_fails() {
    let phases = Phases { goodbye: SHORT, ..Phases::default() };
    assert_eq!(sent(server("QUIT", LONG), phases).0, Ok(()));
}

#[test]
fn the_timeouts_of_the_phases_are_those_of_the_rfc() {
    let Phases { answered, data, block, taken, .. } = Phases::default();
    assert_eq!([answered, data, block, taken].map(|phase| phase.as_secs() / 60), [5, 2, 3, 10]);
}
