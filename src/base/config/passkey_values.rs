//! The types of the settings about second factors and passkeys.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

use super::from_text::read_as_text;
use crate::base::closed_set::closed_set;

/// The most addresses of a site besides its own at which its passkeys work. Browsers take five different names at least.
const MAX_ORIGINS: usize = 20;

closed_set! {
    /// Whether an account needs a second factor.
    pub enum SecondFactorPolicy {
        /// Its owner decides.
        Offered = "offered",
        /// Without one, nothing but setting one up is possible.
        Required = "required",
    }
}

impl SecondFactorPolicy {
    /// Whether every account needs one.
    pub fn is_required(self) -> bool {
        self == SecondFactorPolicy::Required
    }
}

impl FromStr for SecondFactorPolicy {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        SecondFactorPolicy::by_code(text.trim()).ok_or(())
    }
}

/// The domain that passkeys are made for. An IP address is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyDomain(String);

impl PasskeyDomain {
    /// The domain, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether pages of a host may use passkeys of this domain without a question to it: it is the host, or a parent.
    pub fn covers(&self, host: &str) -> bool {
        host.strip_suffix(&self.0).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }
}

impl FromStr for PasskeyDomain {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        // With a dot at the end it is the same domain, which browsers never write so.
        match Host::parse(text.trim().trim_end_matches('.')) {
            // A name without a dot is that of a machine, or a suffix under which others have their sites.
            Ok(Host::Domain(name)) if name == "localhost" || name.trim_matches('.').contains('.') => {
                Ok(PasskeyDomain(name))
            }
            _ => Err(()),
        }
    }
}

/// Further addresses at which passkeys of the site work, each as a browser writes an origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasskeyOrigins(Vec<String>);

impl PasskeyOrigins {
    /// Each of them.
    pub fn all(&self) -> &[String] {
        &self.0
    }
}

impl PasskeyOrigins {
    /// Which of several addresses is wrong, for the error about a value as it was typed.
    pub(super) fn hint(typed: &str) -> Option<String> {
        let parts = typed.trim_matches(['[', ']']).split(',').map(|part| part.trim().trim_matches('"'));
        let wrong = parts.filter(|part| !part.is_empty()).find(|part| origin(part).is_err())?;
        let with_scheme = format!("https://{wrong}");
        match origin(&with_scheme) {
            Ok(_) => Some(format!(" Did you mean \"{with_scheme}\"?")),
            Err(()) => Some(format!(" \"{wrong}\" is none.")),
        }
    }
}

impl FromStr for PasskeyOrigins {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let origins: Vec<String> = parts.map(origin).collect::<Result<_, ()>>()?;
        if origins.is_empty() || origins.len() > MAX_ORIGINS { Err(()) } else { Ok(PasskeyOrigins(origins)) }
    }
}

/// The origin of an https address without a path: browsers use passkeys of another domain over nothing else.
fn origin(text: &str) -> Result<String, ()> {
    let url = Url::parse(text).map_err(|_| ())?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let anonymous = url.username().is_empty() && url.password().is_none();
    let is_web = url.scheme() == "https" && matches!(url.host(), Some(Host::Domain(_)));
    if bare && anonymous && is_web { Ok(url.origin().ascii_serialization()) } else { Err(()) }
}

impl fmt::Display for PasskeyDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

read_as_text!(SecondFactorPolicy, PasskeyDomain);
read_as_text!(list with ",": PasskeyOrigins);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_a_name_of_two_parts_or_this_machine() {
        for (text, domain) in [
            (" Login.Example.ORG ", "login.example.org"),
            ("example.org.", "example.org"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(text.parse::<PasskeyDomain>().unwrap().as_str(), domain);
        }
        for text in
            ["", "org", "org.", "127.0.0.1", "[::1]", "https://example.org", "example.org:443", "a b.org"]
        {
            assert!(text.parse::<PasskeyDomain>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_domain_covers_itself_and_what_is_below_it() {
        let domain: PasskeyDomain = "example.org".parse().unwrap();
        for host in ["example.org", "login.example.org", "a.b.example.org"] {
            assert!(domain.covers(host), "{host}");
        }
        for host in ["evilexample.org", "example.org.evil.test", "org", "example.com"] {
            assert!(!domain.covers(host), "{host}");
        }
    }

    #[test]
    fn origins_are_https_addresses_without_a_path() {
        let origins: PasskeyOrigins = " https://a.example.org/, https://B.example.org:8443 ".parse().unwrap();
        assert_eq!(origins.all(), ["https://a.example.org", "https://b.example.org:8443"]);
        for text in [
            "",
            ",",
            "http://a.example.org",
            "https://a.example.org/x",
            "https://u@a.example.org",
            "https://192.0.2.1",
            "a.example.org",
        ] {
            assert!(text.parse::<PasskeyOrigins>().is_err(), "{text}");
        }
        for (typed, hint) in [
            ("[login.example.net]", Some(" Did you mean \"https://login.example.net\"?")),
            ("[https://a.example.org, http://b.example.org]", Some(" \"http://b.example.org\" is none.")),
            ("https://a.example.org/x", Some(" \"https://a.example.org/x\" is none.")),
            ("", None),
        ] {
            assert_eq!(PasskeyOrigins::hint(typed).as_deref(), hint, "{typed}");
        }
        let many = vec!["https://a.example.org"; MAX_ORIGINS + 1].join(",");
        assert!(many.parse::<PasskeyOrigins>().is_err());
    }
}
