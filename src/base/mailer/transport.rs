//! Where this site's emails go.

use std::future::Future;
use std::sync::Arc;

use lettre::transport::smtp::authentication::Credentials;
use parking_lot::Mutex;

use super::authorities::Authorities;
use super::mail::Mail;
use super::smtp::{Phases, Smtp};
use super::words::Trouble;
use crate::base::config::Settings;
use crate::base::config::mail_values::{SmtpServer, SmtpUrl};
use crate::base::refusal::Refusal;

/// Most emails kept in memory.
const MAX_KEPT: usize = 100;

/// Where emails go. Copies share it.
#[derive(Clone)]
pub enum Mailer {
    /// Nowhere: no emails are written.
    Off,
    /// To a server.
    Smtp(Arc<Smtp>),
    /// Only into the database: a command sends none itself.
    Written,
    /// Into memory, for developers and tests.
    Kept(Arc<Mutex<Vec<Mail>>>),
}

impl Mailer {
    /// The transport that the settings choose. `source` says where a setting was set, for the error about it.
    pub fn new(settings: &Settings, source: impl Fn(&str) -> String) -> Result<Mailer, Refusal> {
        let server = match &settings.smtp_url {
            None => return nowhere(settings, source),
            Some(SmtpUrl::Dev) => return Ok(Mailer::Kept(Arc::default())),
            Some(SmtpUrl::Server(server)) => server.clone(),
        };
        let from = settings.mail_from.as_ref().ok_or_else(|| no_sender(&source))?.mailbox();
        let credentials = match (&settings.smtp_user, &settings.smtp_password) {
            (Some(user), Some(password)) => {
                Some(Credentials::new(user.as_str().to_owned(), password.reveal().to_owned()))
            }
            (None, None) => None,
            (Some(_), None) => return Err(half_a_login("smtp_user", "smtp_password", source)),
            (None, Some(_)) => return Err(half_a_login("smtp_password", "smtp_user", source)),
        };
        let authorities = match &settings.smtp_ca_file {
            None => None,
            Some(file) => {
                let named = format!("The smtp_ca_file {} ({})", file.display(), source("smtp_ca_file"));
                let pem = std::fs::read(file)
                    .map_err(|error| Refusal::new(format!("{named} cannot be read: {error}.")))?;
                Some(
                    Authorities::read(&pem)
                        .ok_or_else(|| Refusal::new(format!("{named} does not hold certificates in PEM.")))?,
                )
            }
        };
        let hello = match &settings.smtp_hello {
            Some(hello) => hello.clone(),
            None => settings.base_url.host().parse().map_err(|()| Refusal::new(NO_NAME))?,
        };
        let phases = Phases::default();
        Ok(Mailer::Smtp(Arc::new(Smtp { server, credentials, authorities, from, hello, phases })))
    }

    /// The transport for commands: they store emails for the site to send, so they need no password for the
    /// mail server.
    pub fn of_command(settings: &Settings) -> Mailer {
        if settings.smtp_url.is_some() { Mailer::Written } else { Mailer::Off }
    }

    /// Whether emails are written at all.
    pub fn is_on(&self) -> bool {
        !matches!(self, Mailer::Off)
    }

    /// Sends an email. A conversation with a server is aborted when the site `ends`.
    pub async fn send(&self, mail: &Mail, ends: impl Future<Output = ()> + Send) -> Result<(), Trouble> {
        match self {
            Mailer::Off => Err(Trouble::Later("smtp_url is not set".to_owned())),
            Mailer::Written => Err(Trouble::Later("a command does not send emails".to_owned())),
            Mailer::Smtp(smtp) => smtp.send(mail, &mut |_| {}, ends).await,
            Mailer::Kept(kept) => {
                let mut kept = kept.lock();
                let surplus = (kept.len() + 1).saturating_sub(MAX_KEPT);
                kept.drain(..surplus);
                kept.push(mail.clone());
                Ok(())
            }
        }
    }

    /// The emails in memory, oldest first; empty if they go elsewhere.
    pub fn kept(&self) -> Vec<Mail> {
        match self {
            Mailer::Kept(kept) => kept.lock().clone(),
            Mailer::Off | Mailer::Written | Mailer::Smtp(_) => Vec::new(),
        }
    }

    /// Whether email is on, and how, in a sentence for the operator of a program.
    pub fn in_words(&self, program: &str) -> String {
        match self {
            Mailer::Off => format!(
                "Email is off, since smtp_url is not set: addresses are not confirmed, and `{program} account link` prints \
                 reset links."
            ),
            Mailer::Written => "Emails are stored for the site to send.".to_owned(),
            Mailer::Kept(_) => "Emails are not sent; the running site shows them at /dev/mailbox.".to_owned(),
            Mailer::Smtp(smtp) => {
                let SmtpServer { host, port, security } = &smtp.server;
                let log_in = if smtp.credentials.is_some() { ", with a login" } else { "" };
                format!(
                    "Emails go to {host}, port {port}, {}{log_in}, from {}. `{program} mail test EMAIL` sends one.",
                    security.in_words(),
                    smtp.from
                )
            }
        }
    }
}

/// No server. Then no other setting about email may be set: it would have no effect.
fn nowhere(settings: &Settings, source: impl Fn(&str) -> String) -> Result<Mailer, Refusal> {
    let set = [
        ("smtp_user", settings.smtp_user.is_some()),
        ("smtp_password", settings.smtp_password.is_some()),
        ("smtp_ca_file", settings.smtp_ca_file.is_some()),
        ("smtp_hello", settings.smtp_hello.is_some()),
        ("mail_from", settings.mail_from.is_some()),
    ];
    match set.into_iter().find(|(_, set)| *set) {
        None => Ok(Mailer::Off),
        Some((name, _)) => Err(Refusal::new(format!(
            "{name} ({}) is set, but smtp_url is not. Set smtp_url to the mail server, such as smtps://smtp.example.org, or \
             remove {name}.",
            source(name)
        ))),
    }
}

/// The error for emails without a sender.
fn no_sender(source: impl Fn(&str) -> String) -> Refusal {
    Refusal::new(format!(
        "smtp_url ({}) is set, but mail_from is not. Set it to the sender of the emails, such as \
         \"Example <login@example.org>\".",
        source("smtp_url")
    ))
}

/// The error for a user name without a password, or a password without a user name.
fn half_a_login(set: &str, missing: &str, source: impl Fn(&str) -> String) -> Refusal {
    Refusal::new(format!(
        "{set} ({}) is set, but {missing} is not. Set both, or neither. The password can be in a file: name it with \
         smtp_password_file.",
        source(set)
    ))
}

/// The error for a `base_url` whose host is not a valid name for `EHLO`.
const NO_NAME: &str = "smtp_hello must be set, since the host of base_url is not valid in the SMTP greeting. Set it to a \
                       host name, such as login.example.org.";
