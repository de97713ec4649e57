//! Hands one email to an SMTP server (RFC 5321), and reports each line so that an operator can be shown the
//! conversation.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as From, Rcpt, Starttls};
use lettre::transport::smtp::extension::{Extension, MailParameter};
use lettre::{Address, Message};
use rocket::tokio::net::{TcpStream, lookup_host};
use rocket::tokio::select;
use rocket::tokio::time::timeout;

use super::authorities::Authorities;
use super::line::Line;
use super::mail::Mail;
use super::words::{Problem, Trouble, answered, cut};
use crate::base::config::mail_values::{Security, SmtpHello, SmtpServer};

/// Timeouts of the phases of a conversation. Shorter ones than RFC 5321, 4.5.3.2, requires would abort
/// answers of a busy server; after the end of an email they would make it arrive twice.
#[derive(Clone, Debug)]
pub struct Phases {
    /// Until one of the server's addresses accepts a connection. This involves only the network, and a kernel
    /// answers at once.
    pub reached: Duration,
    /// TLS, and each answer to EHLO, MAIL and RCPT (4.5.3.2.1 to 4.5.3.2.3).
    pub answered: Duration,
    /// The answer to DATA (4.5.3.2.4).
    pub data: Duration,
    /// Sending the email, which is one block (4.5.3.2.5).
    pub block: Duration,
    /// The answer after the end of the email. The server may scan for viruses first, and deliver (4.5.3.2.6).
    pub taken: Duration,
    /// QUIT, on which nothing depends any more.
    pub goodbye: Duration,
}

impl Default for Phases {
    fn default() -> Phases {
        Phases {
            reached: Duration::from_secs(20),
            answered: Duration::from_secs(5 * 60),
            data: Duration::from_secs(2 * 60),
            block: Duration::from_secs(3 * 60),
            taken: Duration::from_secs(10 * 60),
            goodbye: Duration::from_secs(5),
        }
    }
}

/// The reason if the program ended before the email was accepted.
const ENDED: &str = "the program ended during the SMTP conversation";

/// Receives each line of the conversation.
type Told<'t> = &'t mut (dyn FnMut(String) + Send);

/// Which certificates are trusted.
#[derive(Clone, Copy, PartialEq)]
enum Trusted {
    /// Those that a certificate authority signed.
    Signed,
    /// Those in the operator's file.
    Named,
}

/// A server, and the account used on it.
#[derive(Clone)]
pub struct Smtp {
    /// The server.
    pub server: SmtpServer,
    /// User and password, if the server requires them.
    pub credentials: Option<Credentials>,
    /// Certificates that are trusted in addition to those of the compiled-in certificate authorities.
    pub authorities: Option<Authorities>,
    /// The sender of the emails.
    pub from: Mailbox,
    /// The name of this site in `EHLO`.
    pub hello: SmtpHello,
    /// The timeouts.
    pub phases: Phases,
}

impl Smtp {
    /// Hands over an email. Each line of the conversation goes to `told`, never the password. The
    /// conversation is aborted when the program `ends`.
    pub async fn send(
        &self,
        mail: &Mail,
        told: Told<'_>,
        ends: impl Future<Output = ()> + Send,
    ) -> Result<(), Trouble> {
        let message = mail.message(&self.from).map_err(|error| Trouble::Never(cut(&error.to_string())))?;
        let mut ends = pin!(ends);
        let connected = select! {
            connected = self.connect(told) => connected,
            () = &mut ends => return Err(Trouble::Later(ENDED.to_owned())),
        };
        let (mut server, line) = connected.map_err(Problem::ours)?;
        let outcome = select! {
            outcome = self.deliver(&mut server, &line, &message, told) => outcome,
            () = &mut ends => {
                let why = ENDED.to_owned();
                return Err(if line.ended() { Trouble::Uncertain(why) } else { Trouble::Later(why) });
            }
        };
        // The email's fate is decided, whatever happens to QUIT.
        if outcome.is_ok() {
            told("> QUIT".to_owned());
            if let Ok(Ok(answer)) = timeout(self.phases.goodbye, server.quit()).await {
                told(answered(&answer));
            }
        } else {
            let _ = timeout(self.phases.goodbye, server.abort()).await;
        }
        outcome
    }

    /// Opens a connection that is ready for an email.
    async fn connect(&self, told: Told<'_>) -> Result<(AsyncSmtpConnection, Line), Problem> {
        match self.open(Trusted::Signed, told).await {
            // The library's TLS refuses a server certificate that is marked as a certificate authority, even
            // if the operator's file contains it. The usual self-signed certificates are marked so. So it is
            // compared with the certificates in that file.
            Err(problem) if problem.why.contains("CaUsedAsEndEntity") && self.authorities.is_some() => {
                let again = "* the certificate is self-signed; connecting again to compare it with those in smtp_ca_file";
                told(again.to_owned());
                self.open(Trusted::Named, told).await
            }
            opened => opened,
        }
    }

    async fn open(&self, trusted: Trusted, told: Told<'_>) -> Result<(AsyncSmtpConnection, Line), Problem> {
        let SmtpServer { host, port, security } = &self.server;
        told(format!("* connecting to {host}, port {port}"));
        let line = Line::new(self.reach().await?);
        if *security == Security::Tls {
            self.encrypt(&line, trusted).await?;
        }
        let mut server = self.begin(&line, told).await?;
        let upgrade = match security {
            Security::StartTls => true,
            Security::IfOffered => server.can_starttls(),
            Security::Tls | Security::Never => false,
        };
        if upgrade {
            if !server.can_starttls() {
                return Err(Problem::new("STARTTLS is not supported on this server"));
            }
            told("> STARTTLS".to_owned());
            let limit = self.phases.answered;
            told(answered(&within(limit, "to answer STARTTLS", server.command(Starttls)).await?));
            self.encrypt(&line, trusted).await?;
            line.greet();
            server = self.begin(&line, told).await?;
        }
        let encrypted = if line.is_encrypted() { "encrypted" } else { "not encrypted" };
        told(format!("* the connection is {encrypted}"));
        Ok((server, line))
    }

    /// Connects to the first of the server's addresses that accepts a connection.
    async fn reach(&self) -> Result<TcpStream, Problem> {
        let (host, limit) = (&*self.server.host, self.phases.reached);
        let unreached = |error: std::io::Error| Problem::new(cut(&format!("Connection error: {error}")));
        let found = timeout(limit, lookup_host((host, self.server.port))).await;
        let addresses = found.map_err(|_| Problem::slow("to be found in DNS", limit))?.map_err(unreached)?;
        let mut why = Problem::new("Connection error: the server's name has no address");
        for address in addresses {
            why = match timeout(limit, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => unreached(error),
                Err(_) => Problem::slow("to be reached", limit),
            };
        }
        Err(why)
    }

    async fn encrypt(&self, line: &Line, trusted: Trusted) -> Result<(), Problem> {
        let mut parameters = TlsParameters::builder(self.server.host.clone());
        match (&self.authorities, trusted) {
            (Some(authorities), Trusted::Signed) => {
                parameters = parameters.add_root_certificate(authorities.certificates());
            }
            // Its name and its possession of the key are still checked; nothing is sent before the
            // certificate was compared.
            (Some(_), Trusted::Named) => parameters = parameters.dangerous_accept_invalid_certs(true),
            (None, _) => {}
        }
        let parameters = parameters.build_rustls()?;
        within(self.phases.answered, "to begin TLS", line.encrypt(parameters)).await?;
        let is_named = |authorities: &Authorities| {
            line.certificate().is_some_and(|certificate| authorities.name(&certificate))
        };
        if trusted == Trusted::Named && !self.authorities.as_ref().is_some_and(is_named) {
            return Err(Problem::new(
                "the mail server's certificate is self-signed and is not in smtp_ca_file; if it is the right one, put it there in \
                 PEM",
            ));
        }
        Ok(())
    }

    /// Reads the greeting and sends `EHLO`.
    async fn begin(&self, line: &Line, told: Told<'_>) -> Result<AsyncSmtpConnection, Problem> {
        let hello = self.hello.client_id();
        told(format!("> EHLO {hello}"));
        let begun = AsyncSmtpConnection::connect_with_transport(Box::new(line.clone()), &hello);
        let greeted = within(self.phases.answered, "to greet", begun).await;
        let server = greeted.map_err(|problem| problem.at_the_greeting(line.is_encrypted()))?;
        told(cut(&format!("< {}", server.server_info())));
        Ok(server)
    }

    async fn log_in(
        &self,
        server: &mut AsyncSmtpConnection,
        line: &Line,
        told: Told<'_>,
    ) -> Result<(), Problem> {
        let Some(credentials) = &self.credentials else { return Ok(()) };
        // An attacker in between could remove the offer of encryption to learn the password.
        if self.server.security == Security::IfOffered && !line.is_encrypted() {
            return Err(Problem::new("the server offers no encryption, so the password was not sent"));
        }
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        if server.server_info().get_auth_mechanism(&mechanisms).is_none() {
            return Err(Problem::no_login(line.is_encrypted()));
        }
        told("> AUTH (user and password are not shown)".to_owned());
        let authenticated = server.auth(&mechanisms, credentials);
        told(answered(&within(self.phases.answered, "to answer AUTH", authenticated).await?));
        Ok(())
    }

    async fn deliver(
        &self,
        server: &mut AsyncSmtpConnection,
        line: &Line,
        message: &Message,
        told: Told<'_>,
    ) -> Result<(), Trouble> {
        self.log_in(server, line, told).await.map_err(Problem::ours)?;
        let (envelope, limit) = (message.envelope(), self.phases.answered);
        let mut parameters = Vec::new();
        let foreign = |address: &Address| !AsRef::<str>::as_ref(address).is_ascii();
        if envelope.to().iter().chain(envelope.from()).any(foreign) {
            if !server.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Trouble::Never(
                    "the server accepts only ASCII addresses (it does not offer SMTPUTF8)".to_owned(),
                ));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        told(format!("> MAIL FROM:<{}>", envelope.from().map(Address::to_string).unwrap_or_default()));
        let from = server.command(From::new(envelope.from().cloned(), parameters));
        told(answered(&within(limit, "to answer MAIL", from).await.map_err(Problem::ours)?));
        for to in envelope.to() {
            told(format!("> RCPT TO:<{to}>"));
            let to = server.command(Rcpt::new(to.clone(), Vec::new()));
            told(answered(&within(limit, "to answer RCPT", to).await.map_err(Problem::theirs)?));
        }
        told("> DATA".to_owned());
        let data = within(self.phases.data, "to answer DATA", server.command(Data)).await;
        told(answered(&data.map_err(Problem::ours)?));
        let body = message.formatted();
        told(format!("> ({} bytes)", body.len()));
        let mut sending = pin!(server.message(&body));
        let sent = match timeout(self.phases.block, &mut sending).await {
            Ok(sent) => sent.map_err(Problem::from),
            Err(_) if !line.ended() => Err(Problem::slow("to receive the email", self.phases.block)),
            Err(_) => within(self.phases.taken, "to say whether it accepted the email", sending).await,
        };
        let answer = sent.map_err(|problem| match problem.code {
            // The server did not refuse, and it may have been about to accept.
            None if line.ended() => Trouble::Uncertain(problem.why),
            _ => problem.theirs(),
        })?;
        told(answered(&answer));
        Ok(())
    }
}

/// Runs a step of the conversation, with a timeout.
async fn within<T>(
    limit: Duration,
    phase: &str,
    step: impl Future<Output = Result<T, Error>>,
) -> Result<T, Problem> {
    match timeout(limit, step).await {
        Ok(done) => done.map_err(Problem::from),
        Err(_) => Err(Problem::slow(phase, limit)),
    }
}
