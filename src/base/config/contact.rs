//! Whom visitors and readers of emails may ask: an email address, with a name or without.

use std::fmt;
use std::str::FromStr;

use lettre::Address;
use lettre::message::Mailbox;

use super::from_text::read_as_text;

/// Whom visitors may ask. It is shown as one text: `Ruth Meier <ruth@example.org>`, or the address alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    name: Option<String>,
    address: Address,
    /// As it is shown. A name that could be read as something else in the header of an email is in quotation marks.
    shown: String,
}

/// The longest text, in characters: a name of 63, the longest address of 254 (RFC 5321, 4.5.3.1.3), and what stands
/// between them.
const LONGEST: usize = 320;

impl Contact {
    /// The same for the header of an email. It has no control characters, which a header could not hold.
    pub fn mailbox(&self) -> Mailbox {
        Mailbox::new(self.name.clone(), self.address.clone())
    }
}

impl FromStr for Contact {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
            return Err(());
        }
        let (name, address) = match text.strip_suffix('>') {
            Some(rest) => rest.rsplit_once('<').ok_or(())?,
            None => ("", text),
        };
        let address: Address = address.trim().parse().map_err(|_| ())?;
        let name = name.trim();
        let name = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(name).trim();
        if name.contains(['"', '\\', '<', '>']) {
            return Err(());
        }
        let name = Some(name).filter(|name| !name.is_empty()).map(str::to_owned);
        let shown = shown(name.as_deref(), &address);
        Ok(Contact { name, address, shown })
    }
}

fn shown(name: Option<&str>, address: &Address) -> String {
    let Some(name) = name else { return address.to_string() };
    let plain = format!("{name} <{address}>");
    let is_read_as_meant =
        plain.parse::<Mailbox>().is_ok_and(|mailbox| mailbox.name.as_deref() == Some(name));
    if is_read_as_meant { plain } else { format!("\"{name}\" <{address}>") }
}

impl fmt::Display for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

read_as_text!(Contact);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_an_address_with_a_name_or_without() {
        for (text, name, shown) in [
            ("ruth@example.org", None, "ruth@example.org"),
            (" <ruth@example.org> ", None, "ruth@example.org"),
            ("Ruth Meier <ruth@example.org>", Some("Ruth Meier"), "Ruth Meier <ruth@example.org>"),
            ("\"Ruth Meier\" <ruth@example.org>", Some("Ruth Meier"), "Ruth Meier <ruth@example.org>"),
            ("Meier, Ruth <ruth@example.org>", Some("Meier, Ruth"), "\"Meier, Ruth\" <ruth@example.org>"),
        ] {
            let contact: Contact = text.parse().unwrap();
            let Mailbox { name: named, email } = contact.mailbox();
            assert_eq!((named.as_deref(), contact.to_string().as_str()), (name, shown), "{text}");
            assert_eq!(email.to_string(), "ruth@example.org");
            assert!(contact.to_string().parse::<Mailbox>().is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_no_contact() {
        for text in [
            "",
            "Ruth Meier",
            "Ruth Meier ruth@example.org",
            "Ruth Meier <ruth>",
            "Ruth <a@example.org> <b@example.org>",
            "Ruth\r\nBcc: x@example.org <ruth@example.org>",
            "\"Ruth\r\nBcc: x@example.org\" <ruth@example.org>",
            "ruth@example.org\r\nBcc: x@example.org",
            "https://example.org/help",
        ] {
            assert_eq!(text.parse::<Contact>(), Err(()), "{text}");
        }
    }
}
