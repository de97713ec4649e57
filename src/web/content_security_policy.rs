//! What a browser may load for a page, and where the page's forms may be sent. The policy is built for each
//! answer: the strict one, plus what a page of yours allows.

use std::fmt;
use std::sync::LazyLock;

use url::Url;

/// The name of the header.
pub const HEADER: &str = "Content-Security-Policy";

/// Nothing from other sites, nothing inline, no frames.
const STRICT: [(&str, &str); 9] = [
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self'"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
];

/// For answers that no browser shows (OWASP's REST Security Cheat Sheet).
pub(super) const FOR_PROGRAMS: &str = "default-src 'none'; frame-ancestors 'none'";

/// The strict policy as text.
pub(super) static AS_TEXT: LazyLock<String> = LazyLock::new(|| ContentSecurityPolicy::default().to_string());

/// A policy: the strict one, and what is allowed in addition.
#[derive(Clone, Debug, Default)]
pub struct ContentSecurityPolicy(Vec<(Directive, Source)>);

/// What can be allowed in addition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Directive {
    /// Scripts.
    Script,
    /// Stylesheets.
    Style,
    /// Images.
    Image,
    /// Where scripts may send requests.
    Connect,
    /// Where forms may be sent, and where the answer to one may redirect.
    FormAction,
}

impl Directive {
    const fn name(self) -> &'static str {
        match self {
            Directive::Script => "script-src",
            Directive::Style => "style-src",
            Directive::Image => "img-src",
            Directive::Connect => "connect-src",
            Directive::FormAction => "form-action",
        }
    }
}

/// Where something may come from or go to. There is no way to allow everything that is inline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source(String);

impl Source {
    /// The site of this URL. `None` if the URL has no host, or one with a character that ends a source or a
    /// directive: URLs allow a few.
    pub fn site(url: &Url) -> Option<Source> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._[]:".contains(&byte);
        let origin = url.origin();
        let is_good = origin.is_tuple() && url.host_str()?.bytes().all(is_plain);
        is_good.then(|| Source(origin.ascii_serialization()))
    }

    /// The inline element with this `nonce` attribute: letters and digits, new for each answer. `None` if it has
    /// other characters or fewer than 22, which hold 128 bits.
    pub fn nonce(nonce: &str) -> Option<Source> {
        let is_good = nonce.len() >= 22 && nonce.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_good.then(|| Source(format!("'nonce-{nonce}'")))
    }
}

impl ContentSecurityPolicy {
    /// Whether nothing was allowed in addition.
    pub fn is_strict(&self) -> bool {
        self.0.is_empty()
    }

    /// The same policy that also allows this.
    pub fn allowing(mut self, directive: Directive, source: Source) -> ContentSecurityPolicy {
        self.0.push((directive, source));
        self
    }
}

impl fmt::Display for ContentSecurityPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, sources)) in STRICT.into_iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{name} {sources}")?;
            for (_, Source(source)) in self.0.iter().filter(|(directive, _)| directive.name() == name) {
                write!(f, " {source}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_be_allowed_that_ends_a_directive_or_allows_what_is_inline() {
        let site = |url: &str| Source::site(&url.parse().unwrap());
        assert_eq!(site("https://app.example.org/x;y?a=1").unwrap().0, "https://app.example.org");
        for url in ["data:text/html,x", "javascript:alert(1)", "blob:x", "mailto:a@example.org"] {
            assert_eq!(site(url), None, "{url}");
        }
        for url in ["https://a;sandbox/", "https://a,b/", "https://a'b/"] {
            assert_eq!(url.parse().ok().as_ref().and_then(Source::site), None, "{url}");
        }
        assert_eq!(site("https://[::1]:8443/x").unwrap().0, "https://[::1]:8443");
        for nonce in
            ["", "short", "unsafe-inline' 'unsafe-eval", "aaaaaaaaaaaaaaaaaaaaaa;", "aaaaaaaaaaaaaaaaaaaaa"]
        {
            assert_eq!(Source::nonce(nonce), None, "{nonce}");
        }
        assert_eq!(Source::nonce("aaaaaaaaaaaaaaaaaaaaaa").unwrap().0, "'nonce-aaaaaaaaaaaaaaaaaaaaaa'");
    }
}
