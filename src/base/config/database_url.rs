//! Where the database is: a file, or a PostgreSQL server.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use url::Url;

use super::from_text::{Absolute, read_as_text};
use crate::base::absolute::absolute;
use crate::base::refusal::Refusal;

/// Where the database is. It may contain a password, so print it only with [`Display`](fmt::Display).
#[derive(Clone)]
pub enum DatabaseUrl {
    /// An SQLite database in a file.
    File(PathBuf),
    /// A database on a PostgreSQL server.
    Server(Url),
}

/// The parameters allowed in the URL of a server, in addition to host, port and database. Misspelled ones are
/// refused: a wrong `sslmode` must not lead to a connection that anyone on the network can read.
pub(super) const PARAMETERS: [&str; 7] =
    ["sslmode", "sslrootcert", "sslcert", "sslkey", "host", "application_name", "options"];

impl DatabaseUrl {
    /// Whether it contains a password.
    pub(super) fn holds_password(&self) -> bool {
        matches!(self, DatabaseUrl::Server(url) if url.password().is_some())
    }
}

impl Absolute for DatabaseUrl {
    fn absolute(self) -> Result<DatabaseUrl, Refusal> {
        match self {
            DatabaseUrl::File(file) => absolute(&file).map(DatabaseUrl::File),
            server @ DatabaseUrl::Server(_) => Ok(server),
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        match text.strip_prefix("sqlite:") {
            Some(file) => as_file(file),
            None => as_server(text),
        }
    }
}

/// The first unknown parameter in the URL of a server. `None` if the rest of the URL is malformed: a password
/// with a question mark in it would be taken for a parameter.
pub(super) fn unknown_parameter(text: &str) -> Option<String> {
    let (before, query) = text.trim().split_once('?')?;
    as_server(before).ok()?;
    let url = Url::parse(text.trim()).ok()?;
    let mut keys = url.query_pairs().map(|(key, _)| key.into_owned());
    let unknown = keys.find(|key| !PARAMETERS.contains(&&**key))?;
    (!query.contains('@') && !unknown.is_empty()).then_some(unknown)
}

/// Whether only the `sslmode` in the URL of a server is wrong.
pub(super) fn has_wrong_sslmode(text: &str) -> bool {
    let Ok(mut url) = Url::parse(text.trim()) else { return false };
    let all: Vec<_> = url.query_pairs().into_owned().collect();
    let others: Vec<_> = all.iter().filter(|(key, _)| key != "sslmode").collect();
    let is_wrong = others.len() < all.len() && as_server(text.trim()).is_err();
    url.query_pairs_mut().clear().extend_pairs(others);
    is_wrong && as_server(url.as_str()).is_ok()
}

fn as_file(text: &str) -> Result<DatabaseUrl, ()> {
    let plain = !text.trim_start_matches('/').is_empty() && !text.contains('?') && text != ":memory:";
    let file = PathBuf::from(text.strip_prefix("//").unwrap_or(text));
    if plain { Ok(DatabaseUrl::File(file)) } else { Err(()) }
}

fn as_server(text: &str) -> Result<DatabaseUrl, ()> {
    let url = Url::parse(text).map_err(|_| ())?;
    let known = url.query_pairs().all(|(key, _)| PARAMETERS.contains(&&*key));
    let ours = matches!(url.scheme(), "postgres" | "postgresql") && url.fragment().is_none();
    let names_database = url.path().trim_start_matches('/').chars().all(|c| c != '/') && url.path().len() > 1;
    let named = url.host_str().is_some_and(|host| !host.is_empty())
        || url.query_pairs().any(|(key, value)| key == "host" && !value.is_empty());
    let read = PgConnectOptions::from_str(url.as_str()).is_ok();
    if known && ours && names_database && named && read { Ok(DatabaseUrl::Server(url)) } else { Err(()) }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::File(file) => file.display().fmt(f),
            DatabaseUrl::Server(url) => {
                let folder = url.query_pairs().find(|(key, _)| key == "host").map(|(_, folder)| folder);
                let host = url.host_str().filter(|host| !host.is_empty()).map(str::to_owned);
                write!(f, "postgres://{}", folder.map(String::from).or(host).unwrap_or_default())?;
                if let Some(port) = url.port() {
                    write!(f, ":{port}")?;
                }
                f.write_str(url.path())
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseUrl(…)")
    }
}

read_as_text!(paths: DatabaseUrl);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        text.parse::<DatabaseUrl>().ok().map(|url| url.to_string())
    }

    proptest! {
        #[test]
        fn a_file_has_a_name_and_is_not_shown_by_accident(
            text in "(sqlite:){1,2}[/a-z?:.]{0,9}|postgres(ql)?://[a-z:@/?=&%.]{0,24}"
        ) {
            if let Ok(url) = text.parse::<DatabaseUrl>() {
                let debug = format!("{url:?}");
                prop_assert!(!debug.contains(&*text) && !url.to_string().is_empty());
                if let DatabaseUrl::File(file) = url {
                    prop_assert!(!file.as_os_str().is_empty());
                }
            }
        }
    }

    #[test]
    fn a_server_is_shown_without_who_logs_in_to_it() {
        let shown = |text| read(text).unwrap();
        assert_eq!(
            shown("postgres://ada:secret@db.example.org:6432/accounts"),
            "postgres://db.example.org:6432/accounts"
        );
        assert_eq!(shown("postgresql://db/accounts?sslmode=verify-full"), "postgres://db/accounts");
        assert_eq!(
            shown("postgres://ada@localhost/accounts?host=/run/postgresql"),
            "postgres:///run/postgresql/accounts"
        );
        assert_eq!(shown("sqlite:///srv/accounts.sqlite"), "/srv/accounts.sqlite");
    }

    #[test]
    fn an_unknown_parameter_is_told_and_never_a_part_of_a_password() {
        let told = unknown_parameter;
        assert_eq!(told("postgres://ada:x@db/accounts?sslmod=verify-full").as_deref(), Some("sslmod"));
        for text in [
            "postgres://db/accounts?sslmode=sometimes",
            "postgres://ada:12?hush=hush@db/accounts",
            "postgres://ada:hu?sh=1@db/accounts",
            "postgres://ada@db/accounts?hush:x@db/accounts",
            "sqlite:a?mode=rw",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn a_wrong_sslmode_is_told_apart_from_everything_else() {
        for text in ["postgres://db/accounts?sslmode=on", "postgres://ada:x@db/accounts?options=a&sslmode="] {
            assert!(has_wrong_sslmode(text), "{text}");
        }
        for text in [
            "postgres://db/accounts?sslmode=require",
            "postgres://db/accounts?sslmod=on",
            "postgres://db/accounts?sslmode=on&sslmod=on",
            "postgres://db?sslmode=on",
            "mysql://db/accounts?sslmode=on",
            "sqlite:a?sslmode=on",
        ] {
            assert!(!has_wrong_sslmode(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_database_is_refused() {
        for wrong in [
            "postgres://db",
            "postgres://db/",
            "postgres://db/accounts/more",
            "postgres:///accounts",
            "postgres://db/accounts?sslmod=verify-full",
            "postgres://db/accounts?sslmode=sometimes",
            "postgres://db/accounts#part",
            "mysql://db/accounts",
            "accounts.sqlite",
            "sqlite:",
            "sqlite::memory:",
            "sqlite:a?mode=rw",
            "",
        ] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
    }
}
