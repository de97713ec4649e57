//! The types of the settings about email.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use lettre::message::Mailbox;
use lettre::transport::smtp::extension::ClientId;
use url::Url;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::from_text::read_as_text;

/// Where emails are sent.
#[derive(Clone, Debug, PartialEq)]
pub enum SmtpUrl {
    /// Into the memory of a debug build, which shows them at `/dev/mailbox`.
    Dev,
    /// To a server.
    Server(SmtpServer),
}

/// An SMTP server.
#[derive(Clone, Debug, PartialEq)]
pub struct SmtpServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Its connection security.
    pub security: Security,
}

/// How a connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Security {
    /// From its first byte (RFC 8314).
    Tls,
    /// By STARTTLS, otherwise the connection is given up.
    StartTls,
    /// By STARTTLS where the server offers it.
    IfOffered,
    /// Not at all.
    Never,
}

impl Security {
    /// For a sentence about the server.
    pub fn in_words(self) -> &'static str {
        match self {
            Security::Tls => "over TLS",
            Security::StartTls => "over STARTTLS",
            Security::IfOffered => "over STARTTLS if the server offers it",
            Security::Never => "without encryption",
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

impl FromStr for SmtpUrl {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if cfg!(debug_assertions) && text.trim() == "dev" {
            return Ok(SmtpUrl::Dev);
        }
        let url = Url::parse(text.trim()).map_err(|_| ())?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(())?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let bare = matches!(url.path(), "" | "/") && url.fragment().is_none();
        // User and password have settings of their own; the password's is never shown.
        if !bare || !url.username().is_empty() || url.password().is_some() {
            return Err(());
        }
        let (port, security) = match (url.scheme(), url.query()) {
            ("smtps", None) => (465, Security::Tls),
            // On this machine there is no network in between. Elsewhere an attacker must not be able to turn
            // encryption off.
            ("smtp", None) if is_loopback(&host) => (25, Security::Never),
            ("smtp", None | Some("tls=required")) => (587, Security::StartTls),
            ("smtp", Some("tls=opportunistic")) => (25, Security::IfOffered),
            ("smtp", Some("tls=none")) => (25, Security::Never),
            _ => return Err(()),
        };
        Ok(SmtpUrl::Server(SmtpServer { host, port: url.port().unwrap_or(port), security }))
    }
}

/// The sender of emails: an address, or a name and an address in angle brackets.
#[derive(Clone, Debug)]
pub struct Sender(Mailbox);

impl Sender {
    /// For the header of an email.
    pub fn mailbox(&self) -> Mailbox {
        self.0.clone()
    }
}

impl FromStr for Sender {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.trim().parse().map(Sender).map_err(|_| ())
    }
}

/// The longest host name, in bytes (RFC 1035, 3.1).
const LONGEST_NAME: usize = 253;
/// The longest label of a host name, in bytes.
const LONGEST_LABEL: usize = 63;

/// The name of this site in `EHLO`: a host name, or an IP address (RFC 5321, 4.1.1.1 and 4.1.3).
#[derive(Clone, Debug, PartialEq)]
pub struct SmtpHello(ClientId);

impl SmtpHello {
    /// For the conversation, in which an IP address is in brackets.
    pub fn client_id(&self) -> ClientId {
        self.0.clone()
    }
}

impl FromStr for SmtpHello {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
        match bare.strip_prefix("IPv6:").unwrap_or(bare).parse() {
            Ok(IpAddr::V4(ip)) => return Ok(SmtpHello(ClientId::Ipv4(ip))),
            Ok(IpAddr::V6(ip)) => return Ok(SmtpHello(ClientId::Ipv6(ip))),
            Err(_) => {}
        }
        let name = idna::domain_to_ascii(text).map_err(|_| ())?;
        let is_label = |label: &str| {
            let good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            (1..=LONGEST_LABEL).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(good)
        };
        let is_name = name.len() <= LONGEST_NAME && name.split('.').all(is_label);
        is_name.then_some(SmtpHello(ClientId::Domain(name))).ok_or(())
    }
}

/// The user name with which this site logs in to the mail server.
#[derive(Clone, Debug)]
pub struct SmtpUser(String);

impl SmtpUser {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SmtpUser {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text.is_empty() { Err(()) } else { Ok(SmtpUser(text.to_owned())) }
    }
}

/// The password of that user. Never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SmtpPassword(String);

impl SmtpPassword {
    /// The password, for the mail server only.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for SmtpPassword {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text.is_empty() { Err(()) } else { Ok(SmtpPassword(text.to_owned())) }
    }
}

impl fmt::Debug for SmtpPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpPassword(…)")
    }
}

/// Whether users with an unconfirmed address may log in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unconfirmed {
    /// They may.
    MayLogIn,
    /// Not before they open the link that was sent to it.
    MayNot,
}

impl FromStr for Unconfirmed {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.trim() {
            "yes" | "true" => Ok(Unconfirmed::MayLogIn),
            "no" | "false" => Ok(Unconfirmed::MayNot),
            _ => Err(()),
        }
    }
}

read_as_text!(SmtpUrl, Sender, SmtpHello, SmtpUser, SmtpPassword, Unconfirmed);

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, u16, Security)> {
        match text.parse() {
            Ok(SmtpUrl::Server(SmtpServer { host, port, security })) => Some((host, port, security)),
            Ok(SmtpUrl::Dev) | Err(()) => None,
        }
    }

    #[test]
    fn a_server_elsewhere_is_spoken_to_over_tls_unless_the_operator_says_otherwise() {
        let at = |host: &str, port, security| Some((host.to_owned(), port, security));
        for (text, server) in [
            ("smtps://smtp.example.org", at("smtp.example.org", 465, Security::Tls)),
            ("smtp://smtp.example.org", at("smtp.example.org", 587, Security::StartTls)),
            ("smtp://smtp.example.org?tls=required", at("smtp.example.org", 587, Security::StartTls)),
            ("smtp://smtp.example.org:25?tls=opportunistic", at("smtp.example.org", 25, Security::IfOffered)),
            ("smtp://smtp.example.org:2525/?tls=none", at("smtp.example.org", 2525, Security::Never)),
            ("smtp://127.0.0.1", at("127.0.0.1", 25, Security::Never)),
            ("smtp://localhost:1025", at("localhost", 1025, Security::Never)),
            ("smtp://[::1]", at("::1", 25, Security::Never)),
        ] {
            assert_eq!(read(text), server, "{text}");
        }
    }

    #[test]
    fn a_site_calls_itself_by_a_name_or_an_address() {
        for (text, said) in [
            ("login.example.org", "login.example.org"),
            (" Mail-1.example.org ", "mail-1.example.org"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("localhost", "localhost"),
            ("192.0.2.1", "[192.0.2.1]"),
            ("[192.0.2.1]", "[192.0.2.1]"),
            ("2001:db8::1", "[IPv6:2001:db8::1]"),
            ("[IPv6:2001:db8::1]", "[IPv6:2001:db8::1]"),
        ] {
            let hello: SmtpHello = text.parse().unwrap();
            assert_eq!(hello.client_id().to_string(), said);
        }
        let long = ["a.".repeat(127), "a".repeat(64)];
        for text in [
            "",
            "a b",
            "a\r\nMAIL FROM:<x@y>",
            "-a.example",
            "a..example",
            "a.example.",
            "[a]",
            &long[0],
            &long[1],
        ] {
            assert_eq!(text.parse::<SmtpHello>(), Err(()), "{text}");
        }
    }

    #[test]
    fn what_is_no_server_is_refused() {
        for text in [
            "",
            "smtp.example.org",
            "https://smtp.example.org",
            "smtp://",
            "smtp://ada:secret@smtp.example.org",
            "smtp://smtp.example.org/path",
            "smtp://smtp.example.org?tls=maybe",
            "smtps://smtp.example.org?tls=none",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
