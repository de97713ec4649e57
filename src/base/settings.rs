//! Every setting of Vestibule's own, by its type. `Rocket.toml` has the defaults and their meaning;
//! [`config`](super::config) reads them.

use std::path::PathBuf;

use super::absolute::absolute;
use super::database_url::DatabaseUrl;
use super::mail_values::{Sender, SmtpHello, SmtpPassword, SmtpUrl, SmtpUser, Unconfirmed};
use super::reading::{file, folder};
use super::refusal::Refusal;
use super::values::{BaseUrl, Choice, DatabaseTimeout, MailPause, Networks, SignUp, SiteName, Span, Within};

/// How often something may be done. The ceiling is for tests and benches, which come from one address.
pub type Limit = Within<1, 1_000_000>;

/// The settings, read and checked: `[default.vestibule]` in `Rocket.toml`, or `VESTIBULE_*` variables.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Settings {
    /// How visitors reach this site. Whether it is https decides about `Secure` cookies and HSTS.
    pub base_url: BaseUrl,
    /// Whether https is said to hold for all names below that of this site too.
    pub hsts_include_subdomains: Choice,
    /// Where the database, the key and the lock are kept.
    #[serde(deserialize_with = "folder")]
    pub data_dir: PathBuf,
    /// The name on every page.
    pub site_name: SiteName,
    /// The database, where it is not `vestibule.sqlite` in `data_dir`.
    #[serde(default)]
    pub database_url: Option<DatabaseUrl>,
    /// The most connections to a PostgreSQL server that this program has open at once.
    pub database_connections: Within<2, 1_000>,
    /// A PostgreSQL server gets so long for an answer, and for a free connection.
    pub database_timeout: DatabaseTimeout,
    /// So many statements are kept prepared in each of those connections.
    pub database_statements: Within<1, 10_000>,
    /// Networks of the proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Networks,
    /// Whether visitors may make accounts.
    pub signup: SignUp,
    /// The fewest characters (Unicode code points) of a new password.
    pub password_min_length: Within<8, 256>,
    /// The lowest zxcvbn score of a new password.
    pub password_min_score: Within<0, 4>,
    /// Memory of one password hash, in KiB. The floor is OWASP's; the ceiling keeps a row from exhausting memory.
    pub argon2_memory_kib: Within<19_456, 262_144>,
    /// Passes over that memory.
    pub argon2_passes: Within<2, 16>,
    /// A session ends so long after its last use.
    pub session_idle: Span,
    /// A session ends so long after log-in, used or not.
    pub session_lifetime: Span,
    /// A remembered device is forgotten so long after its last use.
    pub remember_idle: Span,
    /// A remembered device is forgotten so long after log-in, used or not.
    pub remember_lifetime: Span,
    /// A password counts as just given for so long.
    pub fresh_for: Span,
    /// So many wrong passwords in a row for one account before pauses begin.
    pub limit_free_guesses: Limit,
    /// So many wrong passwords a minute from one network.
    pub limit_wrong_passwords: Limit,
    /// So many log-ins a minute from one network.
    pub limit_logins: Limit,
    /// So many wrong passwords in five minutes where somebody who is logged in is asked for theirs.
    pub limit_reauthentications: Limit,
    /// So many sign-ups an hour from one network.
    pub limit_signups: Limit,
    /// So many new passwords judged a minute, for one network or, where somebody is logged in, one session.
    pub limit_new_passwords: Limit,
    /// So many forms of any kind a minute from one network.
    pub limit_forms: Limit,
    /// How long it is known what happened to an account.
    pub activity_kept: Span,
    /// Where mails go. Without it there are none.
    #[serde(default)]
    pub smtp_url: Option<SmtpUrl>,
    /// The name this site logs in to the mail server with, where it wants one.
    #[serde(default)]
    pub smtp_user: Option<SmtpUser>,
    /// The password that goes with it.
    #[serde(default)]
    pub smtp_password: Option<SmtpPassword>,
    /// Certificates to believe about the mail server, beside those of the authorities that are compiled in: of authorities, or the
    /// server's own.
    #[serde(default, deserialize_with = "file")]
    pub smtp_ca_file: Option<PathBuf>,
    /// What this site calls itself to the mail server; by itself, the host of `base_url`.
    #[serde(default)]
    pub smtp_hello: Option<SmtpHello>,
    /// Who mails are from.
    #[serde(default)]
    pub mail_from: Option<Sender>,
    /// Whether somebody may log in whose address is not confirmed; by itself, only where there is no mail.
    #[serde(default)]
    pub unconfirmed_login: Option<Unconfirmed>,
    /// So many mails an hour that one network may ask for.
    pub limit_mails: Limit,
    /// So many mails that strangers may have sent to one address; after them, one an hour.
    pub limit_mails_to: Limit,
    /// And not the next before so long after the last.
    pub limit_mail_pause: MailPause,
}

impl Settings {
    /// The same, with every path as it is meant in the working folder.
    pub(super) fn with_absolute_paths(self) -> Result<Settings, Refusal> {
        Ok(Settings {
            data_dir: absolute(&self.data_dir)?,
            database_url: self.database_url.map(DatabaseUrl::absolute).transpose()?,
            smtp_ca_file: self.smtp_ca_file.as_deref().map(absolute).transpose()?,
            ..self
        })
    }

    /// Where the database is.
    pub fn database(&self) -> DatabaseUrl {
        let own = || DatabaseUrl::File(self.data_dir.join("vestibule.sqlite"));
        self.database_url.clone().unwrap_or_else(own)
    }

    /// Whether somebody may log in whose address is not confirmed.
    pub fn unconfirmed_may_log_in(&self) -> bool {
        let by_itself = if self.smtp_url.is_some() { Unconfirmed::MayNot } else { Unconfirmed::MayLogIn };
        self.unconfirmed_login.unwrap_or(by_itself) == Unconfirmed::MayLogIn
    }
}

/// What each setting may be, in the words of an error message. Also the list of all there are.
pub const ALLOWED: &[(&str, &str)] = &[
    ("base_url", "an http or https address without a path, such as https://login.example.org"),
    ("data_dir", "a folder, such as /var/lib/vestibule"),
    ("hsts_include_subdomains", "true or false"),
    ("site_name", "a name of 1 to 60 characters"),
    ("database_url", DATABASE_URL),
    ("database_url_file", "a file that holds the database_url"),
    ("database_connections", "a number from 2 to 1000"),
    ("database_timeout", "a length of time from 1s to 8s"),
    ("database_statements", "a number from 1 to 10000"),
    ("trusted_proxies", "addresses or networks, such as 10.0.0.0/8, separated by commas"),
    ("signup", "open or closed"),
    ("password_min_length", "a number from 8 to 256"),
    ("password_min_score", "a number from 0 to 4"),
    ("argon2_memory_kib", "a number from 19456 to 262144"),
    ("argon2_passes", "a number from 2 to 16"),
    ("session_idle", SPAN),
    ("session_lifetime", SPAN),
    ("remember_idle", SPAN),
    ("remember_lifetime", SPAN),
    ("fresh_for", SPAN),
    ("limit_free_guesses", LIMIT),
    ("limit_wrong_passwords", LIMIT),
    ("limit_logins", LIMIT),
    ("limit_reauthentications", LIMIT),
    ("limit_signups", LIMIT),
    ("limit_new_passwords", LIMIT),
    ("limit_forms", LIMIT),
    ("activity_kept", SPAN),
    ("smtp_url", SMTP_URL),
    ("smtp_user", "the name to log in to the mail server with"),
    ("smtp_password", "the password to log in to the mail server with"),
    ("smtp_password_file", "a file that holds the smtp_password"),
    ("smtp_ca_file", "a file of certificates in PEM"),
    ("smtp_hello", "a host's name or an address, such as login.example.org or 192.0.2.1"),
    ("mail_from", "an address, such as \"Example <login@example.org>\""),
    ("unconfirmed_login", "yes or no"),
    ("limit_mails", LIMIT),
    ("limit_mails_to", LIMIT),
    ("limit_mail_pause", "a length of time from 1s to 1h"),
    ("secret_key", "32 bytes in base64; `vestibule key` prints one"),
    ("secret_key_file", "a file that holds the secret_key"),
];

const DATABASE_URL: &str = "sqlite: and a file, such as sqlite:/var/lib/vestibule/vestibule.sqlite, or postgres:// with user, server and \
                            database, such as postgres://vestibule:password@db.example.org/vestibule?sslmode=verify-full";
const LIMIT: &str = "a number from 1 to 1000000";
const SPAN: &str = "a time of at least 1s, such as 30m, 24h or 30d";
const SMTP_URL: &str = "smtps:// or smtp:// and a server, such as smtps://smtp.example.org (user and password are smtp_user and \
                        smtp_password), or dev in a debug build";
