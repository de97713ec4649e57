//! What a browser may load for a page, and where the page's forms may be sent. The policy is built for each
//! answer: the strict one, plus what the app allows for all its pages, plus what the page itself allows.

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

/// Nothing either, as `default-src` says, until something is allowed.
const NOTHING: [&str; 4] = ["media-src", "frame-src", "worker-src", "manifest-src"];

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
    /// Fonts.
    Font,
    /// Where scripts may send requests.
    Connect,
    /// Where forms may be sent, and where the answer to one may redirect.
    FormAction,
    /// Sound and video.
    Media,
    /// Pages inside a page.
    Frame,
    /// Scripts in the background.
    Worker,
    /// What describes an app to a browser that installs it.
    Manifest,
}

impl Directive {
    /// All of them.
    pub const ALL: [Directive; 10] = [
        Directive::Script,
        Directive::Style,
        Directive::Image,
        Directive::Font,
        Directive::Connect,
        Directive::FormAction,
        Directive::Media,
        Directive::Frame,
        Directive::Worker,
        Directive::Manifest,
    ];

    /// Its name in the header.
    pub const fn name(self) -> &'static str {
        match self {
            Directive::Script => "script-src",
            Directive::Style => "style-src",
            Directive::Image => "img-src",
            Directive::Font => "font-src",
            Directive::Connect => "connect-src",
            Directive::FormAction => "form-action",
            Directive::Media => "media-src",
            Directive::Frame => "frame-src",
            Directive::Worker => "worker-src",
            Directive::Manifest => "manifest-src",
        }
    }

    /// Whether what it allows runs as code of the page.
    const fn runs(self) -> bool {
        matches!(self, Directive::Script | Directive::Worker)
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

    /// A source as the header writes it: a site, `data:`, `'self'`. `None` if the directive cannot have it, or
    /// should not: what is inline, or comes from anywhere, is never code of a page.
    pub fn parse(directive: Directive, written: &str) -> Option<Source> {
        const SCHEMES: [&str; 7] = ["data:", "blob:", "mediastream:", "https:", "http:", "wss:", "ws:"];
        let fits = match written {
            "'self'" => true,
            "'unsafe-inline'" => directive == Directive::Style,
            "'wasm-unsafe-eval'" => directive == Directive::Script,
            "blob:" => directive != Directive::Script,
            scheme if SCHEMES.contains(&scheme) => !directive.runs(),
            hash if is_hash(hash) => matches!(directive, Directive::Script | Directive::Style),
            site => return Source::of_sites(site),
        };
        fits.then(|| Source(written.to_owned()))
    }

    /// `https://example.org`, or `https://*.example.org` for all below it. Paths are refused: a redirect passes them.
    fn of_sites(written: &str) -> Option<Source> {
        let (scheme, host) = written.split_once("://")?;
        let (all, host) = host.strip_prefix("*.").map_or(("", host), |host| ("*.", host));
        let url = Url::parse(&format!("{scheme}://{host}")).ok()?;
        let Source(site) = Source::site(&url).filter(|_| ["https", "http", "wss", "ws"].contains(&scheme))?;
        let source = format!("{scheme}://{all}{}", site.split_once("://")?.1);
        (written.trim_end_matches('/') == source).then_some(Source(source))
    }

    /// The inline element with this `nonce` attribute: letters and digits, new for each answer. `None` if it has
    /// other characters or fewer than 22, which hold 128 bits.
    pub fn nonce(nonce: &str) -> Option<Source> {
        let is_good = nonce.len() >= 22 && nonce.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_good.then(|| Source(format!("'nonce-{nonce}'")))
    }
}

/// Whether it names an inline element by its content: `'sha256-…'`.
fn is_hash(written: &str) -> bool {
    let inside = written.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    let parts = inside.and_then(|inside| inside.split_once('-'));
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte);
    parts.is_some_and(|(kind, digits)| {
        ["sha256", "sha384", "sha512"].contains(&kind) && digits.len() >= 43 && digits.bytes().all(is_digit)
    })
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

    /// The same policy that also allows what another one allows.
    pub fn and(mut self, other: &ContentSecurityPolicy) -> ContentSecurityPolicy {
        self.0.extend(other.0.iter().cloned());
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
        for name in NOTHING {
            let sources = self.0.iter().filter(|(directive, _)| directive.name() == name);
            for (index, (_, Source(source))) in sources.enumerate() {
                match index {
                    0 => write!(f, "; {name} {source}")?,
                    _ => write!(f, " {source}")?,
                }
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

    #[test]
    fn what_an_app_allows_is_a_site_or_a_scheme_and_never_any_code() {
        use Directive::{Connect, Font, Image, Script, Style, Worker};

        let hash = format!("'sha256-{}='", "a".repeat(43));
        for (directive, written) in [
            (Image, "data:"),
            (Image, "https:"),
            (Image, "https://cdn.example.org"),
            (Font, "https://*.example.org"),
            (Connect, "wss://chat.example.org:8443"),
            (Style, "'unsafe-inline'"),
            (Script, "https://cdn.example.org"),
            (Script, "'wasm-unsafe-eval'"),
            (Script, &*hash),
            (Worker, "blob:"),
        ] {
            assert_eq!(Source::parse(directive, written), Some(Source(written.to_owned())), "{written}");
        }
        let site = Source("https://cdn.example.org".to_owned());
        assert_eq!(Source::parse(Script, "https://cdn.example.org/"), Some(site));
        for written in [
            "'unsafe-inline'",
            "'unsafe-eval'",
            "'strict-dynamic'",
            "'nonce-aaaaaaaaaaaaaaaaaaaaaa'",
            "data:",
            "blob:",
            "https:",
            "*",
            "",
            "'none'",
            "https://a.example; img-src *",
            "https://a.example https://b.example",
            "https://a.ex\tample",
            "https://*",
            "https://*.*.example",
            "https://user@a.example",
            "https://a.example/path",
            "https://a.example:443",
            "cdn.example.org",
            "ftp://a.example",
            "'sha256-short'",
        ] {
            assert_eq!(Source::parse(Script, written), None, "{written}");
        }
        assert_eq!(Source::parse(Image, "'unsafe-inline'"), None);
        assert_eq!(Source::parse(Style, "'unsafe-eval'"), None);
    }

    #[test]
    fn what_is_allowed_stands_behind_its_directive() {
        let allow = |policy: ContentSecurityPolicy, directive, written: &str| {
            policy.allowing(directive, Source::parse(directive, written).unwrap())
        };
        let of_app = allow(ContentSecurityPolicy::default(), Directive::Image, "data:");
        let of_app = allow(of_app, Directive::Media, "'self'");
        let of_page = allow(ContentSecurityPolicy::default(), Directive::Media, "blob:");
        let strict = ContentSecurityPolicy::default().to_string();
        let both = of_app.and(&of_page).to_string();
        let wanted = strict.replace("img-src 'self'", "img-src 'self' data:");
        assert_eq!(both, format!("{wanted}; media-src 'self' blob:"));
        assert!(!strict.contains("media-src"));
    }
}
