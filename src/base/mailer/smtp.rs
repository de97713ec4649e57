//! One mail handed to an SMTP server (RFC 5321), word by word, so that an operator can be shown what was said.

use std::error::Error as _;
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
    pub async fn send(&self, mail: &Mail, told: &mut (dyn FnMut(String) + Send)) -> Result<(), Trouble> {
        let message = mail.message(&self.from).map_err(|error| Trouble::Never(error.to_string()))?;
        match timeout(LONGEST, self.converse(&message, told)).await {
            Ok(outcome) => outcome,
            Err(_) => {
                Err(Trouble::Later(format!("the server took longer than {} seconds", LONGEST.as_secs())))
            }
        }
    }

    async fn converse(
        &self,
        message: &Message,
        told: &mut (dyn FnMut(String) + Send),
    ) -> Result<(), Trouble> {
        let SmtpServer { host, port, security } = &self.server;
        told(format!("* connecting to {host}, port {port}"));
        let hello = ClientId::Domain(self.hello.clone());
        let at_once = match security {
            Security::Tls => Some(self.tls()?),
            Security::StartTls | Security::IfOffered | Security::Never => None,
        };
        let place = (&**host, *port);
        let mut server = AsyncSmtpConnection::connect_tokio1(place, Some(REACHED), &hello, at_once, None)
            .await
            .map_err(later)?;
        told(format!("> EHLO {}", self.hello));
        told(format!("< {}", server.server_info()));
        let upgrade = match security {
            Security::StartTls => true,
            Security::IfOffered => server.can_starttls(),
            Security::Tls | Security::Never => false,
        };
        if upgrade {
            told("> STARTTLS".to_owned());
            server.starttls(self.tls()?, &hello).await.map_err(later)?;
            told(format!("< {}", server.server_info()));
        }
        told(format!(
            "* the connection is {}",
            if server.is_encrypted() { "encrypted" } else { "not encrypted" }
        ));
        if let Some(credentials) = &self.credentials {
            // Whoever sits in between can leave out the offer of encryption, to be told the password.
            if *security == Security::IfOffered && !server.is_encrypted() && !self.server.is_loopback() {
                return Err(Trouble::Later(
                    "the server offers no encryption, so it was not told the password".into(),
                ));
            }
            told("> AUTH (user and password are not shown)".to_owned());
            let answer =
                server.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await.map_err(later)?;
            told(answered(&answer));
        }
        let outcome = deliver(&mut server, message, told).await;
        if outcome.is_ok() {
            let _ = server.quit().await; // it is delivered, however the goodbye goes
        } else {
            server.abort().await;
        }
        outcome
    }

    fn tls(&self) -> Result<TlsParameters, Trouble> {
        let mut parameters = TlsParameters::builder(self.server.host.clone());
        if let Some(authorities) = &self.authorities {
            parameters = parameters.add_root_certificate(authorities.clone());
        }
        parameters.build_rustls().map_err(later)
    }
}

async fn deliver(
    server: &mut AsyncSmtpConnection,
    message: &Message,
    told: &mut (dyn FnMut(String) + Send),
) -> Result<(), Trouble> {
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
    let answer = server.command(From::new(envelope.from().cloned(), parameters)).await.map_err(later)?;
    told(answered(&answer));
    for to in envelope.to() {
        told(format!("> RCPT TO:<{to}>"));
        let answer = server.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(verdict)?;
        told(answered(&answer));
    }
    told("> DATA".to_owned());
    told(answered(&server.command(Data).await.map_err(verdict)?));
    let body = message.formatted();
    told(format!("> ({} bytes)", body.len()));
    told(answered(&server.message(&body).await.map_err(verdict)?));
    Ok(())
}

fn answered(answer: &Response) -> String {
    format!("< {} {}", answer.code(), answer.message().collect::<Vec<_>>().join(" "))
}

/// What an error means before the server was told who the mail is for: it cannot be reached, does not prove its name, or does not
/// want *us*. All of that is for the operator to mend, and the mail waits.
fn later(error: Error) -> Trouble {
    Trouble::Later(in_words(&error))
}

/// What an error means from then on. A server that says 53x still does not know us.
fn verdict(error: Error) -> Trouble {
    let why = in_words(&error);
    let ours = error.status().is_some_and(|code| code.to_string().starts_with("53"));
    if error.is_permanent() && !ours { Trouble::Never(why) } else { Trouble::Later(why) }
}

/// An error with its causes. Some name theirs themselves.
fn in_words(error: &Error) -> String {
    let mut why = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        if !why.contains(&deeper.to_string()) {
            why = format!("{why}: {deeper}");
        }
        cause = deeper.source();
    }
    why
}
