//! Every setting of Vestibule's own, with its type. `Rocket.toml` has the defaults and the descriptions;
//! [`read`](super::read) reads them.

use std::path::PathBuf;

use super::database_url::DatabaseUrl;
use super::mail_values::{Sender, SmtpHello, SmtpPassword, SmtpUrl, SmtpUser, Unconfirmed};
use super::reading::{file, folder};
use super::values::{
    BaseUrl, Bounded, Choice, DatabaseTimeout, DurationSetting, MailPause, Networks, SignUp, SiteName,
};
use crate::base::absolute::absolute;
use crate::base::refusal::Refusal;

/// A rate limit. The maximum is for tests and benchmarks, which come from one address.
pub type Limit = Bounded<1, 1_000_000>;

/// The settings, read and checked: `[default.vestibule]` in `Rocket.toml`, or `VESTIBULE_*` variables.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Settings {
    /// The URL of this site. Whether it is https decides about `Secure` cookies and HSTS.
    pub base_url: BaseUrl,
    /// Whether HSTS also covers the subdomains of this site.
    pub hsts_include_subdomains: Choice,
    /// The folder of the database, the key and the lock.
    #[serde(deserialize_with = "folder")]
    pub data_dir: PathBuf,
    /// The name of the site on every page.
    pub site_name: SiteName,
    /// The database, if it is not `vestibule.sqlite` in `data_dir`.
    #[serde(default)]
    pub database_url: Option<DatabaseUrl>,
    /// The most connections of this program to a PostgreSQL server at once.
    pub database_connections: Bounded<2, 1_000>,
    /// Timeout of an answer from a PostgreSQL server, and of the wait for a free connection.
    pub database_timeout: DatabaseTimeout,
    /// The most prepared statements that are kept on each of those connections.
    pub database_statements: Bounded<1, 10_000>,
    /// Networks of the proxies whose `X-Forwarded-For` is trusted.
    pub trusted_proxies: Networks,
    /// Whether visitors may create accounts.
    pub signup: SignUp,
    /// Minimum length of a new password, in characters (Unicode code points).
    pub password_min_length: Bounded<8, 256>,
    /// Minimum zxcvbn score of a new password.
    pub password_min_score: Bounded<0, 4>,
    /// Memory of one password hash, in KiB. The minimum is OWASP's; the maximum keeps a row from exhausting
    /// memory.
    pub argon2_memory_kib: Bounded<19_456, 262_144>,
    /// Passes over that memory.
    pub argon2_passes: Bounded<2, 16>,
    /// Idle timeout of a session.
    pub session_idle: DurationSetting,
    /// Lifetime of a session.
    pub session_lifetime: DurationSetting,
    /// Idle timeout of a remembered device.
    pub remember_idle: DurationSetting,
    /// Lifetime of a remembered device.
    pub remember_lifetime: DurationSetting,
    /// How long a login counts as fresh after the password was entered.
    pub fresh_for: DurationSetting,
    /// Wrong passwords in a row for one account before pauses begin.
    pub limit_free_guesses: Limit,
    /// Wrong passwords a minute from one network.
    pub limit_wrong_passwords: Limit,
    /// Logins a minute from one network.
    pub limit_logins: Limit,
    /// Wrong passwords in five minutes when a user who is logged in confirms the password.
    pub limit_reauthentications: Limit,
    /// Sign-ups an hour from one network.
    pub limit_signups: Limit,
    /// New passwords judged a minute, for one network or, if the user is logged in, one session.
    pub limit_new_passwords: Limit,
    /// Forms of any kind a minute from one network.
    pub limit_forms: Limit,
    /// How long the activity of an account is kept.
    pub activity_kept: DurationSetting,
    /// Where emails are sent. Without it there are none.
    #[serde(default)]
    pub smtp_url: Option<SmtpUrl>,
    /// The user name on the mail server, if it requires one.
    #[serde(default)]
    pub smtp_user: Option<SmtpUser>,
    /// The password of that user.
    #[serde(default)]
    pub smtp_password: Option<SmtpPassword>,
    /// Certificates to trust for the mail server, in addition to those of the compiled-in certificate
    /// authorities: CA certificates, or the server's own.
    #[serde(default, deserialize_with = "file")]
    pub smtp_ca_file: Option<PathBuf>,
    /// The name of this site in `EHLO`; by default the host of `base_url`.
    #[serde(default)]
    pub smtp_hello: Option<SmtpHello>,
    /// The sender of emails.
    #[serde(default)]
    pub mail_from: Option<Sender>,
    /// Whether users with an unconfirmed address may log in; by default only if there is no email.
    #[serde(default)]
    pub unconfirmed_login: Option<Unconfirmed>,
    /// Emails an hour that one network may request.
    pub limit_mails: Limit,
    /// Emails that strangers may have sent to one address; after them, one an hour.
    pub limit_mails_to: Limit,
    /// The shortest time between two of those emails.
    pub limit_mail_pause: MailPause,
}

impl Settings {
    /// The same settings, with every path made absolute.
    pub(super) fn with_absolute_paths(self) -> Result<Settings, Refusal> {
        Ok(Settings {
            data_dir: absolute(&self.data_dir)?,
            database_url: self.database_url.map(DatabaseUrl::absolute).transpose()?,
            smtp_ca_file: self.smtp_ca_file.as_deref().map(absolute).transpose()?,
            ..self
        })
    }

    /// The location of the database.
    pub fn database(&self) -> DatabaseUrl {
        let own = || DatabaseUrl::File(self.data_dir.join("vestibule.sqlite"));
        self.database_url.clone().unwrap_or_else(own)
    }

    /// Whether users with an unconfirmed address may log in.
    pub fn unconfirmed_may_log_in(&self) -> bool {
        let default = if self.smtp_url.is_some() { Unconfirmed::MayNot } else { Unconfirmed::MayLogIn };
        self.unconfirmed_login.unwrap_or(default) == Unconfirmed::MayLogIn
    }
}

/// The allowed values of each setting, in the words of an error message. Also the list of all settings.
pub const ALLOWED: &[(&str, &str)] = &[
    ("base_url", "an http or https address without a path, such as https://login.example.org"),
    ("data_dir", "a folder, such as /var/lib/vestibule"),
    ("hsts_include_subdomains", "true or false"),
    ("site_name", "a name of 1 to 60 characters"),
    ("database_url", DATABASE_URL),
    ("database_url_file", "a file that holds the database_url"),
    ("database_connections", "a number from 2 to 1000"),
    ("database_timeout", "between 1s and 8s"),
    ("database_statements", "a number from 1 to 10000"),
    ("trusted_proxies", "IP addresses or networks, such as 10.0.0.0/8, separated by commas"),
    ("signup", "open or closed"),
    ("password_min_length", "a number from 8 to 256"),
    ("password_min_score", "a number from 0 to 4"),
    ("argon2_memory_kib", "a number from 19456 to 262144"),
    ("argon2_passes", "a number from 2 to 16"),
    ("session_idle", DURATION),
    ("session_lifetime", DURATION),
    ("remember_idle", DURATION),
    ("remember_lifetime", DURATION),
    ("fresh_for", DURATION),
    ("limit_free_guesses", LIMIT),
    ("limit_wrong_passwords", LIMIT),
    ("limit_logins", LIMIT),
    ("limit_reauthentications", LIMIT),
    ("limit_signups", LIMIT),
    ("limit_new_passwords", LIMIT),
    ("limit_forms", LIMIT),
    ("activity_kept", DURATION),
    ("smtp_url", SMTP_URL),
    ("smtp_user", "the user name at the mail server"),
    ("smtp_password", "the password at the mail server"),
    ("smtp_password_file", "a file that holds the smtp_password"),
    ("smtp_ca_file", "a file of certificates in PEM"),
    ("smtp_hello", "a host name or an IP address, such as login.example.org or 192.0.2.1"),
    ("mail_from", "an email address, such as \"Example <login@example.org>\""),
    ("unconfirmed_login", "yes or no"),
    ("limit_mails", LIMIT),
    ("limit_mails_to", LIMIT),
    ("limit_mail_pause", "between 1s and 1h"),
    ("secret_key", "32 bytes in base64; `vestibule key` prints one"),
    ("secret_key_file", "a file that holds the secret_key"),
];

const DATABASE_URL: &str = "sqlite:FILE, such as sqlite:/var/lib/vestibule/vestibule.sqlite, or \
                            postgres://user:password@server/database, such as \
                            postgres://vestibule:password@db.example.org/vestibule?sslmode=verify-full";
const LIMIT: &str = "a number from 1 to 1000000";
const DURATION: &str = "a time of at least 1s, such as 30m, 24h or 30d";
const SMTP_URL: &str = "an smtps:// or smtp:// address without user and password, such as smtps://smtp.example.org (set smtp_user \
                        and smtp_password), or dev in a debug build";
