//! An email: a text, the same as HTML, and the headers.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use crate::base::clock::Time;

/// An email to send.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Unique for each email, and the same when this one is sent again.
    pub id: String,
    /// The recipient's address.
    pub to: String,
    /// Whom an answer reaches instead of the sender.
    pub reply_to: Option<Mailbox>,
    /// Its subject, on one line.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same text with simple formatting.
    pub html: String,
    /// When it was written.
    pub at: Time,
}

/// Tells email programs that this was sent by a machine, so that they send no automatic reply (RFC 3834, 5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Mail {
    /// The email in its wire format. An error if the address cannot receive email.
    pub(super) fn message(&self, from: &Mailbox) -> Result<Message, Box<dyn std::error::Error>> {
        let since = Duration::from_secs(u64::try_from(self.at.unix()).unwrap_or_default());
        // A header value stays on one line, whatever it contains.
        let subject = self.subject.replace(['\r', '\n'], " ");
        let mut message = Message::builder().from(from.clone()).to(Mailbox::new(None, self.to.parse()?));
        if let Some(reply_to) = &self.reply_to {
            message = message.reply_to(reply_to.clone());
        }
        let message = message
            .subject(subject)
            .date(UNIX_EPOCH + since)
            .message_id(Some(format!("<{}@{}>", self.id, from.email.domain())))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(self.text.clone(), self.html.clone()))?;
        Ok(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Mail {
        Mail {
            id: "0199".to_owned(),
            to: "ada@example.org".to_owned(),
            reply_to: None,
            subject: "Confirm your address".to_owned(),
            text: "Hello Ada".to_owned(),
            html: "<p>Hello Ada</p>".to_owned(),
            at: Time::from_unix(1_767_225_600),
        }
    }

    fn sent(mail: &Mail) -> String {
        let from = "Vestibule <login@example.org>".parse().unwrap();
        String::from_utf8(mail.message(&from).unwrap().formatted()).unwrap()
    }

    /// The lines above the first empty one, with folded lines joined.
    fn headers(sent: &str) -> Vec<String> {
        let head = sent.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ").replace("\r\n\t", " ");
        head.split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_mail_says_when_it_was_written_that_no_human_did_and_who_it_is() {
        let headers = headers(&sent(&mail()));
        for header in [
            "From: Vestibule <login@example.org>",
            "To: ada@example.org",
            "Subject: Confirm your address",
            "Date: Thu, 01 Jan 2026 00:00:00 +0000",
            "Message-ID: <0199@example.org>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
        ] {
            assert!(headers.iter().any(|line| line == header), "{header} in {headers:?}");
        }
        assert!(sent(&mail()).contains("text/plain") && sent(&mail()).contains("text/html"));
    }

    #[test]
    fn nothing_that_is_put_into_a_mail_can_add_a_header() {
        let line = "x\r\nBcc: mallory@example.org\r\n\r\nbody";
        let odd = Mail { subject: line.to_owned(), text: line.to_owned(), html: line.to_owned(), ..mail() };
        let headers = headers(&sent(&odd));
        assert!(!headers.iter().any(|line| line.starts_with("Bcc")), "{headers:?}");
        assert_eq!(headers.len(), self::headers(&sent(&mail())).len());
        let to = Mail { to: "ada@example.org\r\nBcc: mallory@example.org".to_owned(), ..mail() };
        assert!(to.message(&"login@example.org".parse().unwrap()).is_err());
    }

    #[test]
    fn an_answer_reaches_whom_the_email_names_if_it_names_someone() {
        let answered = |headers: &[String]| headers.iter().any(|line| line.starts_with("Reply-To:"));
        assert!(!answered(&headers(&sent(&mail()))));
        let named = Mail { reply_to: Some("Ruth Meier <ruth@example.org>".parse().unwrap()), ..mail() };
        let headers = headers(&sent(&named));
        assert!(answered(&headers), "{headers:?}");
        let line = headers.iter().find(|line| line.starts_with("Reply-To:")).unwrap();
        assert!(line.contains("Ruth Meier") && line.ends_with("<ruth@example.org>"), "{line}");
    }

    #[test]
    fn an_address_under_a_domain_in_any_script_can_be_written_to() {
        let to = Mail { to: "ada@xn--bcher-kva.example".to_owned(), ..mail() };
        assert!(headers(&sent(&to)).contains(&"To: ada@xn--bcher-kva.example".to_owned()));
    }
}
