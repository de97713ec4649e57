//! One mail handed to an SMTP server (RFC 5321), word by word, so that an operator can be shown what was said.

use std::error::Error as _;
use std::net::IpAddr;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as From, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use lettre::{Address, Message};
use rocket::tokio::time::timeout;

use super::mail::Mail;
use crate::base::mail_values::{Security, SmtpServer};

/// How long a server may take to be reached.
const REACHED: Duration = Duration::from_secs(20);
/// How long the whole conversation may take. A server that answers a byte a minute is given up, and tried later.
const LONGEST: Duration = Duration::from_secs(60);

/// How long it may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(5);

/// Is told what is said.
type Told<'t> = &'t mut (dyn FnMut(String) + Send);

/// Why a mail was not taken.
#[derive(Debug, PartialEq)]
pub enum Trouble {
    /// It may be another time.
    Later(String),
    /// It never will be: the server does not want it, or it cannot go to such an address.
    Never(String),
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Trouble::Later(why) | Trouble::Never(why)) = self;
        f.write_str(why)
    }
}

/// A server, and as whom it is spoken to.
#[derive(Clone)]
pub struct Smtp {
    /// The server.
    pub server: SmtpServer,
    /// User and password, where it wants them.
    pub credentials: Option<Credentials>,
    /// Certificates of authorities that are believed beside those that are compiled in.
    pub authorities: Option<Certificate>,
    /// Who the mails are from.
    pub from: Mailbox,
    /// What this site calls itself.
    pub hello: String,
}

impl Smtp {
    /// Hands over a mail. What is said is `told`, line by line; never the password.
    pub async fn send(&self, mail: &Mail, told: Told<'_>) -> Result<(), Trouble> {
        let message = mail.message(&self.from).map_err(|error| Trouble::Never(error.to_string()))?;
        let slow = || Trouble::Later(format!("the server took longer than {} seconds", LONGEST.as_secs()));
        let mut server = timeout(LONGEST, self.connect(told)).await.map_err(|_| slow())??;
        let delivered = timeout(LONGEST, deliver(&mut server, &message, told)).await;
        let outcome = delivered.unwrap_or_else(|_| Err(slow()));
        // What became of the mail is settled, however the goodbye goes.
        if outcome.is_ok() {
            told("> QUIT".to_owned());
            if let Ok(Ok(answer)) = timeout(GOODBYE, server.quit()).await {
                told(answered(&answer));
            }
        } else {
            let _ = timeout(GOODBYE, server.abort()).await;
        }
        outcome
    }

    /// A connection on which a mail may be handed over.
    async fn connect(&self, told: Told<'_>) -> Result<AsyncSmtpConnection, Trouble> {
        let SmtpServer { host, port, security } = &self.server;
        told(format!("* connecting to {host}, port {port}"));
        let hello = hello(&self.hello);
        let at_once = match security {
            Security::Tls => Some(self.tls()?),
            Security::StartTls | Security::IfOffered | Security::Never => None,
        };
        let place = (&**host, *port);
        let connected =
            AsyncSmtpConnection::connect_tokio1(place, Some(REACHED), &hello, at_once, None).await;
        let mut server = connected.map_err(ours)?;
        told(format!("> EHLO {hello}"));
        told(format!("< {}", server.server_info()));
        let upgrade = match security {
            Security::StartTls => true,
            Security::IfOffered => server.can_starttls(),
            Security::Tls | Security::Never => false,
        };
        if upgrade {
            told("> STARTTLS".to_owned());
            server.starttls(self.tls()?, &hello).await.map_err(ours)?;
            told(format!("> EHLO {hello}"));
            told(format!("< {}", server.server_info()));
        }
        let encrypted = if server.is_encrypted() { "encrypted" } else { "not encrypted" };
        told(format!("* the connection is {encrypted}"));
        if let Some(credentials) = &self.credentials {
            // Whoever sits in between can leave out the offer of encryption, to be told the password.
            if *security == Security::IfOffered && !server.is_encrypted() {
                return Err(Trouble::Later(
                    "the server offers no encryption, so it was not told the password".into(),
                ));
            }
            told("> AUTH (user and password are not shown)".to_owned());
            let answer =
                server.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await.map_err(ours)?;
            told(answered(&answer));
        }
        Ok(server)
    }

    fn tls(&self) -> Result<TlsParameters, Trouble> {
        let mut parameters = TlsParameters::builder(self.server.host.clone());
        if let Some(authorities) = &self.authorities {
            parameters = parameters.add_root_certificate(authorities.clone());
        }
        parameters.build_rustls().map_err(ours)
    }
}

async fn deliver(server: &mut AsyncSmtpConnection, message: &Message, told: Told<'_>) -> Result<(), Trouble> {
    let envelope = message.envelope();
    let mut parameters = Vec::new();
    let foreign = |address: &Address| !AsRef::<str>::as_ref(address).is_ascii();
    if envelope.to().iter().chain(envelope.from()).any(foreign) {
        if !server.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Trouble::Never("the server takes no addresses that are not ASCII".to_owned()));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    told(format!("> MAIL FROM:<{}>", envelope.from().map(Address::to_string).unwrap_or_default()));
    let answer = server.command(From::new(envelope.from().cloned(), parameters)).await.map_err(ours)?;
    told(answered(&answer));
    for to in envelope.to() {
        told(format!("> RCPT TO:<{to}>"));
        let answer = server.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(theirs)?;
        told(answered(&answer));
    }
    told("> DATA".to_owned());
    told(answered(&server.command(Data).await.map_err(ours)?));
    let body = message.formatted();
    told(format!("> ({} bytes)", body.len()));
    told(answered(&server.message(&body).await.map_err(theirs)?));
    Ok(())
}

/// What this site calls itself; an address stands in brackets (RFC 5321, 4.1.3).
fn hello(name: &str) -> ClientId {
    match name.trim_start_matches('[').trim_end_matches(']').parse() {
        Ok(IpAddr::V4(ip)) => ClientId::Ipv4(ip),
        Ok(IpAddr::V6(ip)) => ClientId::Ipv6(ip),
        Err(_) => ClientId::Domain(name.to_owned()),
    }
}

fn answered(answer: &Response) -> String {
    format!("< {} {}", answer.code(), answer.message().collect::<Vec<_>>().join(" "))
}

/// An error that is about this site or its server, whatever the server says: for the operator to mend, and the mail waits.
fn ours(error: Error) -> Trouble {
    Trouble::Later(in_words(&error))
}

/// An error that is about this address or this mail. What a server says of itself, or of who may use it (554, 53x, and 5.7 of
/// RFC 3463: relaying, log-ins, policies), is about this site all the same.
fn theirs(error: Error) -> Trouble {
    let why = in_words(&error);
    let code = error.status().map(|code| code.to_string()).unwrap_or_default();
    let about_us = code == "554" || code.starts_with("53") || why.contains("5.7.");
    if error.is_permanent() && !about_us { Trouble::Never(why) } else { Trouble::Later(why) }
}

fn in_words(error: &Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        // Some errors name their cause themselves.
        if !words.contains(&deeper.to_string()) {
            words = format!("{words}: {deeper}");
        }
        cause = deeper.source();
    }
    words
}
