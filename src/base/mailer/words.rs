//! A server's answers in words for an operator, and who can correct the problem when an email was not
//! accepted.

use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::Response;

use crate::base::causes;

/// The longest part of an answer or error that is kept, in characters: enough for every sentence of a server,
/// and never a screenful.
const LONGEST: usize = 500;

/// Why an email was not accepted.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// It was not, but a retry may succeed. In our words.
    Later(String),
    /// The same, in the words of a server that replied with this code. They may contain the recipient.
    Refused {
        /// The code, of three digits.
        code: String,
        /// The reason.
        why: String,
    },
    /// It never will be: the server rejects it, or the address cannot receive email.
    Never(String),
    /// It may have been accepted: the server received all of it, and did not answer.
    Uncertain(String),
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Trouble::Later(why)
        | Trouble::Refused { why, .. }
        | Trouble::Never(why)
        | Trouble::Uncertain(why)) = self;
        f.write_str(why)
    }
}

/// The reason if the server offers no login by password.
const NO_LOGIN: &str = "the server offers no login by password (AUTH PLAIN or LOGIN), but smtp_user and smtp_password are \
                        set: remove both if it needs no login, otherwise use its port for submission, which is mostly 465 \
                        or 587";
/// The same on a connection without encryption.
const NO_LOGIN_UNENCRYPTED: &str = "the server offers no login by password on a connection that is not encrypted, but \
                                    smtp_user and smtp_password are set: remove both if it needs no login, otherwise \
                                    encrypt the connection, with smtps:// or without tls=none in smtp_url";

/// The advice if a server says nothing at the start.
const PERHAPS_TLS: &str = "if it expects TLS from the start, as on port 465, begin smtp_url with smtps://";
/// The beginning of the reason if a server exceeded a timeout.
const SLOW: &str = "the server took longer than";

/// A failure in one step of the conversation.
#[derive(Debug)]
pub(super) struct Problem {
    /// The reason, on one line.
    pub(super) why: String,
    /// The server's code, if a server refused.
    pub(super) code: Option<String>,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        let words = causes::chain(&error);
        Problem { why: cut(&explained(words)), code: error.status().map(|code| code.to_string()) }
    }
}

impl Problem {
    pub(super) fn new(why: impl Into<String>) -> Problem {
        Problem { why: why.into(), code: None }
    }

    /// The server exceeded the timeout.
    pub(super) fn slow(phase: &str, limit: Duration) -> Problem {
        Problem::new(format!("{SLOW} {} seconds {phase}", limit.as_secs_f32()))
    }

    /// The problem is this site or its server, whatever the server says: the operator must correct it, and
    /// the email is retried.
    pub(super) fn ours(self) -> Trouble {
        self.later()
    }

    /// The problem may be this address or this email. Only a permanent refusal for that reason ends it. What
    /// a server says about itself, about this site's name, its login or a policy may change by tomorrow, and
    /// an extra email in the queue does no harm.
    pub(super) fn theirs(self) -> Trouble {
        if self.is_about_the_mail() { Trouble::Never(self.why) } else { self.later() }
    }

    fn later(self) -> Trouble {
        match self.code {
            Some(code) => Trouble::Refused { code, why: self.why },
            None => Trouble::Later(self.why),
        }
    }

    /// The server offers no login that it could be told the password with.
    pub(super) fn no_login(encrypted: bool) -> Problem {
        Problem::new(if encrypted { NO_LOGIN } else { NO_LOGIN_UNENCRYPTED })
    }

    /// The same with advice, if the server said nothing at the start.
    pub(super) fn at_the_greeting(self, encrypted: bool) -> Problem {
        let is_silence = !encrypted && self.why.starts_with(SLOW);
        if is_silence { Problem::new(format!("{}; {PERHAPS_TLS}", self.why)) } else { self }
    }

    fn is_about_the_mail(&self) -> bool {
        // Servers that postpone their check of the EHLO name (as Postfix does) report it in the answer about
        // an address.
        let is_hello = |word: &str| word.eq_ignore_ascii_case("helo") || word.eq_ignore_ascii_case("ehlo");
        if self.why.split(|c: char| !c.is_alphanumeric()).any(is_hello) {
            return false;
        }
        match (&self.code, enhanced(&self.why)) {
            // RFC 3463: 1.1 to 1.6 and 1.10 are about the recipient's address (1.7 and 1.8 the sender's), 2
            // about the mailbox, 6 about the content; 3, 4, 5 and 7 are about the system, the network, the
            // protocol and policies.
            (Some(code), Some((subject, detail))) => {
                code.starts_with('5')
                    && match subject {
                        1 => !matches!(detail, 0 | 7..=9),
                        2 | 6 => true,
                        _ => false,
                    }
            }
            // RFC 5321, 4.2.3: no such mailbox, not local, too large, invalid name.
            (Some(code), None) => matches!(&**code, "550" | "551" | "552" | "553"),
            (None, _) => false,
        }
    }
}

/// Subject and detail of a permanent enhanced status code (RFC 3463), such as 1.1 of 5.1.1: the first in the
/// text.
fn enhanced(words: &str) -> Option<(u16, u16)> {
    words.split(|c: char| c.is_whitespace() || matches!(c, ':' | '#' | '(' | ')')).find_map(|word| {
        let (subject, detail) = word.strip_prefix("5.")?.split_once('.')?;
        Some((subject.parse().ok()?, detail.parse().ok()?))
    })
}

/// Adds advice to an error about a certificate.
fn explained(words: String) -> String {
    let advice = if words.contains("UnknownIssuer") || words.contains("CaUsedAsEndEntity") {
        "the mail server's certificate is not signed by a CA that this program trusts; put the certificate of that CA, or the \
         server's own if it is self-signed, into a PEM file, and set smtp_ca_file to that file"
    } else if words.contains("not valid for name") || words.contains("NotValidForName") {
        "the mail server's certificate is for another name than the host in smtp_url"
    } else if words.contains("InvalidContentType") {
        // The first bytes were not TLS but the server's greeting in plain text.
        "the mail server does not begin with TLS on this port: use its port for that, which is mostly 465, or begin smtp_url with \
         smtp:// instead of smtps:// for a port that begins TLS later, such as 587"
    } else {
        return words;
    };
    format!("{advice} ({words})")
}

/// A server's answer.
pub(super) fn answered(answer: &Response) -> String {
    cut(&format!("< {} {}", answer.code(), answer.message().collect::<Vec<_>>().join(" ")))
}

/// Shortens a text to one line without control characters.
pub fn cut(text: &str) -> String {
    let mut line: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gives_up(code: &str, words: &str) -> bool {
        let problem =
            Problem { why: format!("permanent error ({code}): {words}"), code: Some(code.to_owned()) };
        matches!(problem.theirs(), Trouble::Never(_))
    }

    #[test]
    fn only_what_is_about_the_address_or_the_mail_ends_it() {
        for (code, words) in [
            ("550", "no mail for <ada@example.org> here"),
            ("550", "5.1.1 <michelo@example.org>: Recipient address rejected: User unknown"),
            ("553", "sorry, that mailbox name is not allowed"),
            ("552", "5.2.2 mailbox full"),
            ("554", "5.6.0 cannot read this message"),
            ("556", "5.1.10 <ada@example.org>: domain takes no mail"),
        ] {
            assert!(gives_up(code, words), "{code} {words}");
        }
        for (code, words) in [
            ("504", "5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname"),
            ("550", "EHLO name does not resolve"),
            ("550", "5.7.1 Client host blocked"),
            ("554", "5.7.1 <ada@example.org>: Relay access denied"),
            ("550", "5.1.8 Sender address rejected: Domain not found"),
            ("550", "5.4.1 all relays are busy"),
            ("554", "transaction failed"),
            ("530", "5.7.0 Must issue a STARTTLS command first"),
            ("521", "this host takes no mail"),
            ("452", "4.2.2 mailbox full"),
        ] {
            assert!(!gives_up(code, words), "{code} {words}");
        }
        assert!(matches!(Problem::new("no answer").theirs(), Trouble::Later(_)));
    }

    #[test]
    fn what_is_kept_is_one_line_and_not_long() {
        assert_eq!(cut("a\r\nb\u{1b}[31m"), "a  b [31m");
        assert_eq!(cut(&"ä".repeat(10_000)).chars().count(), LONGEST + 1);
    }
}
