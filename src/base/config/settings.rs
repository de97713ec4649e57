//! The table of our own settings. An entry is all that there is to a setting: the field of [`Settings`], the
//! default, the refusal of other values, `vestibule check`, `Rocket.toml` and `docs/settings.md` follow from it.

use url::Host;

use super::accent::Accent;
use super::contact::Contact;
use super::database_url::DatabaseUrl;
use super::group_list::{GroupList, SignupGroups};
use super::mail_values::{Sender, SmtpHello, SmtpPassword, SmtpUrl, SmtpUser, Unconfirmed};
use super::networks::Networks;
use super::passkey_values::{PasskeyDomain, PasskeyOrigins, SecondFactorPolicy};
use super::path_setting::PathSetting;
use super::setting::settings;
use super::site_values::{FooterLinks, Href, OneLine, TermsVersion};
use super::time_zone::TimeZoneSetting;
use super::values::{
    BaseUrl, Bounded, Choice, DatabaseTimeout, DurationSetting, MailPause, SignUp, SiteName,
};
use crate::base::words::Language;

/// A rate limit. The maximum is high enough for tests and benchmarks, which send everything from one address.
pub type Limit = Bounded<1, 1_000_000>;

const LIMIT: &str = "a number from 1 to 1000000";
const ONE_LINE: &str = "one line of at most 300 characters";
const HREF: &str = "an http or https address, or a path, such as https://example.org/page or /page";
const DURATION: &str = "a time of at least 1s, such as 30m, 24h or 30d";
const DATABASE_URL: &str = "sqlite:FILE, such as sqlite:/var/lib/vestibule/vestibule.sqlite, or \
                            postgres://user:password@server/database, such as \
                            postgres://vestibule:password@db.example.org/vestibule?sslmode=verify-full";
const SMTP_URL: &str = "an smtps:// or smtp:// address without user and password, such as smtps://smtp.example.org (set smtp_user \
                        and smtp_password), or dev in a debug build";

settings! {
    /// The settings, read and checked: `[default.vestibule]` of a settings file, or `VESTIBULE_*` variables.
    #[non_exhaustive]
    pub struct Settings: OWN;

    "Site" {
        /// Scheme, host and port at which visitors reach the site, without a path.
        ///
        /// Links in emails begin with it, so `smtp_url` requires it. With https, cookies are `Secure` and
        /// browsers are told to stay on https.
        base_url: BaseUrl {
            allowed: "an http or https address without a path, such as https://login.example.org",
            unset: "`http://localhost:` and the port",
            example: "https://login.example.org",
        }
        /// Name of the site on every page and in every email, 1 to 60 characters.
        site_name: SiteName = "Vestibule" { allowed: "a name of 1 to 60 characters" }
        /// Who creates accounts: visitors (`"open"`), those with an invitation (`"invited"`), or only the operator (`"closed"`).
        ///
        /// The operator creates one with `vestibule account add`. Invitations work with all three; `"closed"` does not tell
        /// visitors about them.
        signup: SignUp = "open" { allowed: "open, invited or closed" }
        /// Groups that an account joins if its owner makes it on the sign-up page.
        ///
        /// Separated by commas in a variable. It joins them when its address is confirmed, or at once if the site sends no
        /// emails. With an invitation, it joins the groups of that and no others. A group that does not exist is left out.
        signup_groups: SignupGroups = [] {
            allowed: "names of groups other than admins, in small letters, such as members, separated by commas",
        }
        /// Folder of the database, the secret key and the lock.
        ///
        /// Created if it does not exist, readable by its owner alone.
        data_dir: PathSetting = "data" { allowed: "a folder, such as /var/lib/vestibule" }
        /// File with groups, accounts, invitations and apps that is applied at each start, before the site answers, as
        /// by `vestibule apply`.
        ///
        /// A mistake in it stops the start.
        apply_file: Option<PathSetting> {
            allowed: "a file as vestibule apply reads it, such as /etc/vestibule/site.toml",
            example: "/etc/vestibule/site.toml",
            names_file: true,
        }
        /// IP addresses or networks of the proxies whose `X-Forwarded-For` is trusted for the client IP.
        ///
        /// Separated by commas in a variable. A machine listed here can claim any client IP, and so evade the
        /// limits of a network. Only these may ask who may open the apps behind a proxy.
        trusted_proxies: Networks = [] {
            allowed: "IP addresses or networks, such as 10.0.0.0/8, separated by commas",
        }
        /// Whether browsers are told to use https for every name below the host of `base_url` too.
        ///
        /// Only matters with https. Names below the host that do not serve https become unreachable.
        hsts_include_subdomains: Choice = false { allowed: "true or false" }
        /// How long the activity of an account is kept.
        ///
        /// A longer time costs space in the database; each account keeps its newest 10,000 entries at most. That two-factor
        /// authentication was turned on or off is kept for seven days at least.
        activity_kept: DurationSetting = "90d" { allowed: DURATION }
    }

    "Words and look" {
        /// Code of the language for visitors whose browser asks for none of the site's languages.
        ///
        /// Emails to accounts that have not chosen a language are in it, too.
        language: Language = "en" { allowed: "the code of a language of this program, such as en" }
        /// Time zone of times in emails, and on pages without JavaScript.
        ///
        /// A name in the IANA database, such as `Europe/Berlin`. Where there is JavaScript, a page shows times in
        /// the time zone of the visitor.
        time_zone: TimeZoneSetting = "UTC" { allowed: "the name of a time zone, such as Europe/Berlin or UTC" }
        /// Whom visitors may ask: an email address, with a name or without.
        ///
        /// Shown on pages, in error messages and in emails; replies to emails go there.
        contact: Option<Contact> {
            allowed: "an email address, such as Ruth Meier <ruth@example.org>",
            example: "Ruth Meier <ruth@example.org>",
        }
        /// Line below the name of the site on the front page, up to 300 characters.
        ///
        /// Search engines show it, too.
        tagline: Option<OneLine> { allowed: ONE_LINE, example: "The rowing club on the river" }
        /// Line above the login form, up to 300 characters.
        login_note: Option<OneLine> { allowed: ONE_LINE, example: "Log in with the email address of your club." }
        /// Line above the sign-up form, up to 300 characters.
        signup_note: Option<OneLine> { allowed: ONE_LINE, example: "Use the email address of your club." }
        /// Up to five links at the foot of every page.
        ///
        /// Each as `Imprint = https://example.org/imprint`, separated by vertical bars. In a settings file, a list of
        /// such texts is taken as well.
        footer_links: Option<FooterLinks> {
            allowed: "one to five links, such as \"Imprint = https://example.org/imprint | Privacy = /privacy\"",
            example: "Imprint = https://example.org/imprint | Privacy = /privacy",
        }
        /// Where the name of the site at the top of every page leads.
        home_url: Option<Href> { allowed: HREF, unset: "the front page", example: "https://example.org" }
        /// Colour of links and buttons; all other tones follow from it.
        ///
        /// Text in this colour must be easy to read on the light pages, so one that is too light is refused, and
        /// the nearest one that passes is named.
        accent: Option<Accent> {
            allowed: "a colour as #rrggbb, such as #0b655f",
            unset: "`#0b655f`, a green",
            example: "#0b655f",
        }
        /// Page of the terms of use that visitors have to accept at sign-up.
        ///
        /// Requires `terms_version`.
        terms_url: Option<Href> { allowed: HREF, example: "https://example.org/terms" }
        /// Version of those terms, up to 40 characters. Each account keeps the one it accepted.
        ///
        /// Requires `terms_url`.
        terms_version: Option<TermsVersion> { allowed: "a version of at most 40 characters, such as 2026-11", example: "2026-11" }
    }

    "Database" {
        /// Place of the database: a SQLite file, or a PostgreSQL server.
        ///
        /// As `sqlite:/srv/accounts.sqlite`, or as
        /// `postgres://vestibule:password@db.example.org/vestibule?sslmode=verify-full`.
        database_url: Option<DatabaseUrl> {
            allowed: DATABASE_URL,
            unset: "`vestibule.sqlite` in `data_dir`",
            example: "sqlite:…",
            secret: true,
        }
        /// Maximum number of connections of this instance to a PostgreSQL server, 2 to 1000.
        ///
        /// More of them use up the server's `max_connections`.
        database_connections: Bounded<2, 1_000> = 10 { allowed: "a number from 2 to 1000" }
        /// Timeout of a PostgreSQL server for an answer, and for a free connection, 1 s to 8 s.
        ///
        /// When it passes, the page answers 503. A longer one makes visitors wait longer for that answer.
        database_timeout: DatabaseTimeout = "5s" { allowed: "a time from 1s to 8s" }
        /// Number of prepared statements kept in each connection to a PostgreSQL server, 1 to 10000.
        ///
        /// More of them cost memory on the server.
        database_statements: Bounded<1, 10_000> = 100 { allowed: "a number from 1 to 10000" }
    }

    "Passwords" {
        /// Minimum length of a new password in characters, 8 to 256.
        password_min_length: Bounded<8, 256> = 10 { allowed: "a number from 8 to 256" }
        /// Minimum strength of a new password: zxcvbn's score, 0 to 4.
        ///
        /// A higher one refuses more passwords.
        password_min_score: Bounded<0, 4> = 3 { allowed: "a number from 0 to 4" }
        /// Memory of one password hash (Argon2id) in KiB, 19456 (OWASP's minimum) to 262144.
        ///
        /// More of it makes stolen hashes costlier to guess and every login slower; one hash per processor is
        /// computed at a time. The maximum keeps a row of the database from exhausting the memory.
        argon2_memory_kib: Bounded<19_456, 262_144> = 19456 { allowed: "a number from 19456 to 262144" }
        /// Passes over that memory, 2 (OWASP's minimum) to 16.
        ///
        /// The time of a login grows with it.
        argon2_passes: Bounded<2, 16> = 2 { allowed: "a number from 2 to 16" }
    }

    "Second factors" {
        /// Whether an account needs a second factor: its owner decides (`"offered"`), or all need one (`"required"`).
        ///
        /// With `"required"`, users without one can only set one up, until they have.
        second_factor: SecondFactorPolicy = "offered" { allowed: "offered or required" }
        /// Groups whose members need a second factor, even if `second_factor` is `"offered"`.
        ///
        /// Separated by commas in a variable. Members without one can only set one up, until they have.
        second_factor_for: GroupList = [] { allowed: "names of groups, such as admins, separated by commas" }
        /// Whether users can log in with passkeys.
        ///
        /// They work over https, and on this machine under `localhost`. Without them, those that were added count for nothing.
        passkeys: Choice = true { allowed: "true or false" }
        /// Domain that passkeys are made for (the RP ID): the host of `base_url`, or a parent of it.
        ///
        /// Passkeys of another domain do not work. Any other domain, such as the old one of a site that moved, requires
        /// that `passkey_origins` names `base_url`.
        passkey_domain: Option<PasskeyDomain> {
            allowed: "a domain without scheme and port, such as example.org",
            unset: "the host of `base_url`",
            example: "example.org",
        }
        /// Further https addresses of the site at which its passkeys work.
        ///
        /// Separated by commas in a variable. Browsers ask for them at `/.well-known/webauthn` of the domain.
        passkey_origins: Option<PasskeyOrigins> {
            allowed: "https addresses without a path, such as https://login.example.net, separated by commas",
            example: "https://login.example.net",
        }
        /// Whether a browser may add a passkey without asking, after a login with a saved password.
        ///
        /// The page then tells the user. WebAuthn calls it a conditional create. Only browsers that support it do it, only for
        /// accounts without two-factor authentication, and not with `second_factor = "required"`.
        passkey_upgrade: Choice = true { allowed: "true or false" }
    }

    "Sessions" {
        /// Idle timeout of a session.
        ///
        /// A longer one leaves an abandoned browser logged in for longer.
        session_idle: DurationSetting = "1h" { allowed: DURATION }
        /// Lifetime of a session, counted from login, used or not.
        ///
        /// At least `session_idle`.
        session_lifetime: DurationSetting = "24h" { allowed: DURATION }
        /// Idle timeout of a session of an administrator, a member of the group `admins`.
        ///
        /// If `session_idle` is shorter, that one counts.
        admin_idle: DurationSetting = "15m" { allowed: DURATION }
        /// Lifetime of a session of an administrator, counted from login, used or not.
        ///
        /// At least `admin_idle`. If `session_lifetime` is shorter, that one counts.
        admin_lifetime: DurationSetting = "12h" { allowed: DURATION }
        /// Idle timeout of a remembered device ("Remember me").
        ///
        /// A longer one leaves a lost device logged in for longer.
        remember_idle: DurationSetting = "14d" { allowed: DURATION }
        /// Lifetime of a remembered device, counted from login, used or not.
        ///
        /// At least `remember_idle`.
        remember_lifetime: DurationSetting = "30d" { allowed: DURATION }
        /// How long a password, or a second factor, counts as recently given.
        ///
        /// After that, these pages ask for it again: those that change how one logs in, delete the account or copy its
        /// data, those for administrators, and in an app, those behind `Fresh`. A longer time gives more room to a person
        /// who finds an unlocked device.
        fresh_for: DurationSetting = "5m" { allowed: DURATION }
    }

    "Rate limits" {
        /// Wrong passwords in a row for one account before pauses begin.
        ///
        /// The first pause is one second; each further wrong password doubles it, up to 15 minutes.
        limit_free_guesses: Limit = 5 { allowed: LIMIT }
        /// Wrong passwords a minute from one network, for all accounts together.
        limit_wrong_passwords: Limit = 10 { allowed: LIMIT }
        /// Logins a minute from one network, right or wrong.
        ///
        /// Each costs a password hash. Logins by passkeys, which cost none, count apart.
        limit_logins: Limit = 30 { allowed: LIMIT }
        /// Wrong passwords in five minutes of a logged-in user who is asked for the password again.
        limit_reauthentications: Limit = 5 { allowed: LIMIT }
        /// Sign-ups an hour from one network.
        limit_signups: Limit = 10 { allowed: LIMIT }
        /// New passwords judged a minute, for one session of a logged-in user, else for one network.
        ///
        /// They are judged at sign-up, reset and change. A higher limit lets one network use more processor time.
        limit_new_passwords: Limit = 30 { allowed: LIMIT }
        /// Forms of any kind a minute from one network, whatever comes of them.
        limit_forms: Limit = 300 { allowed: LIMIT }
    }

    "Email" {
        /// SMTP server that takes the emails. Without it, none is sent.
        ///
        /// `smtps://smtp.example.org` means TLS from the first byte (port 465), `smtp://smtp.example.org` means
        /// STARTTLS (port 587; on this machine port 25, without encryption). After an `smtp://` address,
        /// `?tls=opportunistic` uses STARTTLS only if the server offers it, and `?tls=none` never does; both
        /// use port 25.
        smtp_url: Option<SmtpUrl> { allowed: SMTP_URL, example: "smtps://smtp.example.org" }
        /// User name at that server, if it requires a login.
        ///
        /// Requires a password.
        smtp_user: Option<SmtpUser> {
            allowed: "the user name at the mail server",
            example: "login@example.org",
        }
        /// Password at that server.
        ///
        /// Requires `smtp_user`.
        smtp_password: Option<SmtpPassword> {
            allowed: "the password at the mail server",
            example: "…",
            secret: true,
        }
        /// CA certificates in PEM to trust for that server, or its own if it is self-signed.
        ///
        /// They are trusted in addition to Mozilla's, which are compiled in.
        smtp_ca_file: Option<PathSetting> {
            allowed: "a file of certificates in PEM",
            example: "/etc/ssl/our-ca.pem",
            names_file: true,
        }
        /// Name of this site in the SMTP greeting (`EHLO`): a host name that leads to it, or its IP address.
        smtp_hello: Option<SmtpHello> {
            allowed: "a host name or an IP address, such as login.example.org or 192.0.2.1",
            unset: "the host of `base_url`",
            example: "login.example.org",
        }
        /// Sender of the emails, with a name or without.
        ///
        /// As `"Example <login@example.org>"`. Required with `smtp_url`.
        mail_from: Option<Sender> {
            allowed: "an email address, such as \"Example <login@example.org>\"",
            example: "Example <login@example.org>",
        }
        /// Whether users can log in before they confirm their address.
        ///
        /// With `"yes"` and open sign-up, anyone can find out whether an address has an account.
        unconfirmed_login: Option<Unconfirmed> {
            allowed: "yes or no",
            unset: "`\"yes\"` without email, `\"no\"` with it",
            example: "no",
        }
        /// Emails an hour that one network can ask for.
        limit_mails: Limit = 20 { allowed: LIMIT }
        /// Emails of one kind that strangers can have sent to one address at first; after those, one an hour.
        ///
        /// Notices of what happened to an account are never left out: beyond five in an hour, several are put
        /// into one email.
        limit_mails_to: Limit = 5 { allowed: LIMIT }
        /// Minimum time between two of those emails, 1 s to 1 h.
        ///
        /// The maximum is the hour for which a reset link is valid.
        limit_mail_pause: MailPause = "3m" { allowed: "a time from 1s to 1h" }
    }
}

impl Settings {
    /// The location of the database.
    pub fn database(&self) -> DatabaseUrl {
        let own = || DatabaseUrl::File(self.data_dir.join("vestibule.sqlite"));
        self.database_url.clone().unwrap_or_else(own)
    }

    /// The domain that passkeys are made for. `None`: no browser uses one here, since `base_url` has no domain, or is reached
    /// without TLS and not on this machine; or the operator has turned them off.
    pub fn rp_id(&self) -> Option<&str> {
        let Some(Host::Domain(host)) = self.base_url.as_url().host() else { return None };
        let works = self.passkeys.is_on() && (self.base_url.is_https() || self.base_url.is_loopback());
        works.then(|| self.passkey_domain.as_ref().map_or(host, PasskeyDomain::as_str))
    }

    /// Idle timeout and lifetime of a session, in seconds. For a member of `admins`: the shorter of two each.
    pub fn session_limits(&self, is_admin: bool) -> (i64, i64) {
        let (idle, lifetime) = (self.session_idle.seconds(), self.session_lifetime.seconds());
        match is_admin {
            true => (idle.min(self.admin_idle.seconds()), lifetime.min(self.admin_lifetime.seconds())),
            false => (idle, lifetime),
        }
    }

    /// Whether users with an unconfirmed address may log in.
    pub fn unconfirmed_may_log_in(&self) -> bool {
        let default = if self.smtp_url.is_some() { Unconfirmed::MayNot } else { Unconfirmed::MayLogIn };
        self.unconfirmed_login.unwrap_or(default) == Unconfirmed::MayLogIn
    }
}
