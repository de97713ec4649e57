//! The types of settings: each holds only allowed values, and is read from text.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::de::{Deserialize, Deserializer};
use url::Url;

use super::from_text::{Absolute, read_as_text, text};
use crate::base::closed_set::closed_set;
use crate::base::typed_duration;

/// Scheme, host and port of this site, as a visitor's browser sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// Whether visitors use TLS.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether the host is this machine, where every browser sends `Sec-Fetch-Site` also over http.
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        }
    }

    /// The origin as browsers write it in an `Origin` header.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The host, which is the site's name for other servers.
    pub fn host(&self) -> String {
        self.0.host_str().unwrap_or("localhost").to_owned()
    }

    /// The URL, for resolving a path against it.
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

impl FromStr for BaseUrl {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let url = Url::parse(text.trim()).map_err(|_| ())?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let anonymous = url.username().is_empty() && url.password().is_none();
        let web = matches!(url.scheme(), "http" | "https") && url.has_host();
        if bare && anonymous && web { Ok(BaseUrl(url)) } else { Err(()) }
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

/// The site's name: 1 to 60 characters, none of them a control character.
#[derive(Clone, Debug)]
pub struct SiteName(String);

impl SiteName {
    /// The name, to be shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SiteName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let name = text.trim();
        let fits = (1..=60).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if fits { Ok(SiteName(name.to_owned())) } else { Err(()) }
    }
}

closed_set! {
    /// Whether visitors may create accounts.
    pub enum SignUp {
        /// They may.
        Open = "open",
        /// Those with an invitation may.
        Invited = "invited",
        /// Only the operator creates accounts, and those whom they invite.
        Closed = "closed",
    }
}

impl FromStr for SignUp {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        SignUp::by_code(text.trim()).ok_or(())
    }
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice(bool);

impl Choice {
    /// Whether it is yes.
    pub fn is_on(self) -> bool {
        self.0
    }
}

impl FromStr for Choice {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.trim() {
            "true" | "yes" => Ok(Choice(true)),
            "false" | "no" => Ok(Choice(false)),
            _ => Err(()),
        }
    }
}

/// A whole number from `LOW` to `HIGH`.
#[derive(Clone, Copy, Debug)]
pub struct Bounded<const LOW: u32, const HIGH: u32>(u32);

impl<const LOW: u32, const HIGH: u32> Bounded<LOW, HIGH> {
    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl<const LOW: u32, const HIGH: u32> FromStr for Bounded<LOW, HIGH> {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = text.trim().parse().map_err(|_| ())?;
        if (LOW..=HIGH).contains(&number) { Ok(Bounded(number)) } else { Err(()) }
    }
}

/// A duration, written as `30m`, `24h` or `30d`.
#[derive(Clone, Copy, Debug)]
pub struct DurationSetting(Duration);

impl DurationSetting {
    /// Whole seconds, the unit of every time in the database.
    pub fn seconds(self) -> i64 {
        i64::try_from(self.0.as_secs()).unwrap_or(i64::MAX)
    }
}

impl FromStr for DurationSetting {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        // A hundred years, so that calculations with it cannot overflow.
        const LONGEST: Duration = Duration::from_secs(100 * 366 * 86_400);
        let time = typed_duration::parse(text).ok_or(())?;
        if (Duration::from_secs(1)..=LONGEST).contains(&time) { Ok(DurationSetting(time)) } else { Err(()) }
    }
}

impl From<DurationSetting> for Duration {
    fn from(setting: DurationSetting) -> Duration {
        setting.0
    }
}

/// The longest `database_timeout`, in seconds: the last query of a program must have ended before others
/// consider it dead.
pub const LONGEST_DATABASE_TIMEOUT: u64 = 8;

/// Timeout of an answer from the server: from 1 second to [`LONGEST_DATABASE_TIMEOUT`].
#[derive(Clone, Copy, Debug)]
pub struct DatabaseTimeout(Duration);

impl FromStr for DatabaseTimeout {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let DurationSetting(time) = text.parse()?;
        if time <= Duration::from_secs(LONGEST_DATABASE_TIMEOUT) {
            Ok(DatabaseTimeout(time))
        } else {
            Err(())
        }
    }
}

impl From<DatabaseTimeout> for Duration {
    fn from(timeout: DatabaseTimeout) -> Duration {
        timeout.0
    }
}

/// The longest `limit_mail_pause`, in seconds. A link for a new password is valid for as long: with a longer
/// pause, strangers who keep asking would leave the owner without one.
pub const LONGEST_MAIL_PAUSE: i64 = 60 * 60;

/// The shortest time between two emails to the same address: from 1 second to [`LONGEST_MAIL_PAUSE`].
#[derive(Clone, Copy, Debug)]
pub struct MailPause(DurationSetting);

impl MailPause {
    /// Whole seconds.
    pub fn seconds(self) -> i64 {
        self.0.seconds()
    }
}

impl FromStr for MailPause {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        // A fraction of a second more than an hour is too long, too.
        let DurationSetting(time) = text.parse()?;
        let longest = Duration::from_secs(LONGEST_MAIL_PAUSE.unsigned_abs());
        if time <= longest { Ok(MailPause(DurationSetting(time))) } else { Err(()) }
    }
}

read_as_text!(BaseUrl, SiteName, SignUp, Choice, DurationSetting, DatabaseTimeout, MailPause);

impl<'de, const LOW: u32, const HIGH: u32> Deserialize<'de> for Bounded<LOW, HIGH> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer)
    }
}

impl<const LOW: u32, const HIGH: u32> Absolute for Bounded<LOW, HIGH> {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_a_setting_takes_is_as_it_promises(
            text in "https?://[a-z0-9.:@\\[\\]/?#-]{0,16}|[0-9]{1,20} ?(s|m|h|d|w|y|ns)?|.{0,70}"
        ) {
            if let Ok(url) = text.parse::<BaseUrl>() {
                prop_assert_eq!(url.to_string().parse::<BaseUrl>(), Ok(url.clone()));
                prop_assert!(!url.to_string().contains(['@', '?', '#', ' ']), "{}", url);
            }
            if let Ok(name) = text.parse::<SiteName>() {
                prop_assert!((1..=60).contains(&name.as_str().chars().count()));
            }
            if let Ok(time) = text.parse::<DurationSetting>() {
                prop_assert!((1..=100 * 366 * 86_400).contains(&time.seconds()));
            }
            if let Ok(number) = text.parse::<Bounded<5, 99>>() {
                prop_assert!((5..=99).contains(&number.get()));
            }
        }
    }
}
