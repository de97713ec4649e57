//! What one may show to strangers when one asks for help: versions, counts, which settings are set. No address, no name,
//! no path: a value is told only if it is a number, a time, or one of the words that the setting takes.

use crate::base::config::known;
use crate::services::outbox::Queue;
use crate::web::forwarded_headers::{ClientIpSource, ForwardedHeaders};

/// Stands for what is not told.
const HIDDEN: &str = "…";

/// Values that say nothing, whatever they are of.
const OPEN: [&str; 4] = ["true", "false", "(secret)", "(not shown)"];

/// What the text is about.
pub(super) struct Facts<'f> {
    /// The program with its version.
    pub(super) program: &'f str,
    /// The engine of the database with its version.
    pub(super) engine: &'f str,
    /// The emails that wait. `None` if the site sends none.
    pub(super) queue: Option<Queue>,
    /// What arrived with this request.
    pub(super) arrived: &'f ForwardedHeaders,
    /// Whether the host that was asked for is that of `base_url`.
    pub(super) is_host_of_site: bool,
    /// Whether `base_url` is https.
    pub(super) is_https: bool,
    /// The settings that are not the default: name, value, source.
    pub(super) settings: &'f [&'f (String, String, String)],
}

/// The text. It is English: those who are asked may speak another language than the one who asks.
pub(super) fn text(facts: &Facts<'_>) -> String {
    let email = match facts.queue {
        None => "off".to_owned(),
        Some(queue) => format!("on; {} waiting, {} given up", queue.waiting, queue.given_up),
    };
    let client = match facts.arrived.source {
        ClientIpSource::Reported => "X-Forwarded-For of a trusted proxy",
        ClientIpSource::NotReported => "the connection, from a trusted proxy that sent no X-Forwarded-For",
        ClientIpSource::NotTrusted => "the connection; its X-Forwarded-For is not trusted",
        ClientIpSource::Direct => "the connection, without X-Forwarded-For",
    };
    let proto = match facts.arrived.forwarded_proto.as_deref() {
        Some("https") => "https",
        Some("http") => "http",
        Some(_) => "something else",
        None => "none",
    };
    let host = if facts.is_host_of_site { "that of base_url" } else { "another than that of base_url" };
    let scheme = if facts.is_https { "https" } else { "http" };
    let mut lines = vec![
        facts.program.to_owned(),
        format!("Database: {}", facts.engine),
        format!("Email: {email}"),
        format!("Client IP: {client}"),
        format!("X-Forwarded-Proto: {proto}; base_url: {scheme}; host: {host}"),
        "Settings that are not the default:".to_owned(),
    ];
    lines.extend(facts.settings.iter().map(|(name, value, source)| {
        let value = if may_be_told(name, value) { value } else { HIDDEN };
        format!("  {name} = {value} ({})", short(source))
    }));
    if facts.settings.is_empty() {
        lines.push("  none".to_owned());
    }
    lines.join("\n")
}

/// Whether a value says nothing about people and machines.
fn may_be_told(name: &str, value: &str) -> bool {
    let (number, unit) = value.split_at(value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len()));
    // A long number may be a telephone number.
    let is_amount = (1..=9).contains(&number.len()) && ["", "s", "m", "h", "d"].contains(&unit);
    is_amount || OPEN.contains(&value) || is_one_of_the_words(name, value)
}

/// Whether a setting takes one of a few words, and this is one: `open, invited or closed`.
fn is_one_of_the_words(name: &str, value: &str) -> bool {
    let Some(setting) = known::all().find(|setting| setting.name == name) else { return false };
    let (before, last) = setting.allowed.rsplit_once(" or ").unwrap_or(("", setting.allowed));
    let words: Vec<&str> = before.split(", ").chain([last]).collect();
    // Where it takes anything else, the list is a sentence.
    words.iter().all(|word| !word.is_empty() && !word.contains(' ')) && words.contains(&value)
}

/// A source without the folder that it is in.
fn short(source: &str) -> &str {
    source.rsplit('/').next().unwrap_or(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrived(proto: Option<&str>) -> ForwardedHeaders {
        let address = |text: &str| text.parse().ok();
        ForwardedHeaders {
            peer: address("10.0.0.2"),
            client: address("198.51.100.1"),
            source: ClientIpSource::Reported,
            forwarded_for: Some("198.51.100.1".to_owned()),
            forwarded_proto: proto.map(str::to_owned),
            host: Some("login.example.org".to_owned()),
        }
    }

    #[test]
    fn a_value_is_told_only_if_it_is_a_number_a_time_or_one_of_a_few_words() {
        for (name, value) in [
            ("session_idle", "2h"),
            ("port", "8000"),
            ("passkeys", "false"),
            ("signup", "closed"),
            ("second_factor", "required"),
            ("database_url", "(secret)"),
            ("notes.page_size", "25"),
        ] {
            assert!(may_be_told(name, value), "{name} = {value}");
        }
        for (name, value) in [
            ("base_url", "https://login.example.org"),
            ("address", "192.168.1.5"),
            ("smtp_user", "ruth"),
            ("smtp_user", "user"),
            ("smtp_hello", "a"),
            ("contact", "Ruth Meier <ruth@example.org>"),
            ("trusted_proxies", "[10.0.0.0/8]"),
            ("site_name", "open"),
            ("site_name", "(ruth)"),
            ("data_dir", "/home/ruth/site"),
            ("notes.owner", "ruth"),
            ("notes.telephone", "00491701234567"),
            ("session_idle", ""),
            ("session_idle", "2h of ruth"),
        ] {
            assert!(!may_be_told(name, value), "{name} = {value}");
        }
    }

    #[test]
    fn the_text_names_no_address_and_no_folder() {
        let setting =
            |name: &str, value: &str, source: &str| (name.to_owned(), value.to_owned(), source.to_owned());
        let settings = [
            setting("signup", "closed", "/home/ruth/site/Rocket.toml"),
            setting("base_url", "https://login.example.org", "variable VESTIBULE_BASE_URL"),
        ];
        let facts = Facts {
            program: "Vestibule 0.3.0",
            engine: "SQLite 3.50.2",
            queue: Some(Queue { waiting: 2, given_up: 1, oldest: Some(1) }),
            arrived: &arrived(Some("https")),
            is_host_of_site: true,
            is_https: true,
            settings: &settings.iter().collect::<Vec<_>>(),
        };
        let expected = "Vestibule 0.3.0\n\
            Database: SQLite 3.50.2\n\
            Email: on; 2 waiting, 1 given up\n\
            Client IP: X-Forwarded-For of a trusted proxy\n\
            X-Forwarded-Proto: https; base_url: https; host: that of base_url\n\
            Settings that are not the default:\n  \
              signup = closed (Rocket.toml)\n  \
              base_url = … (variable VESTIBULE_BASE_URL)";
        assert_eq!(text(&facts), expected);
        let odd = Facts { arrived: &arrived(Some("ruth@example.org")), queue: None, settings: &[], ..facts };
        let odd = text(&odd);
        assert!(
            odd.contains("Email: off") && odd.contains("something else") && odd.ends_with("  none"),
            "{odd}"
        );
        assert!(!odd.contains("ruth"), "{odd}");
    }
}
