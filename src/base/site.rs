//! Everything that a decision may use: one value, created at the start and passed down. Nothing is global.

use std::num::NonZero;
use std::thread::available_parallelism;

use super::brand::Brand;
use super::clock::Clock;
use super::config::Settings;
use super::db::Db;
use super::gate::Gate;
use super::hashing::Hashing;
use super::log_digest::Digest;
use super::mailer::Mailer;
use super::rate_limit::Limits;
use super::secret::SecretKey;
use super::words::Words;

/// The running site.
#[derive(Clone)]
pub struct Site {
    /// The operator's settings.
    pub settings: Settings,
    /// The sentences of pages and emails.
    pub words: Words,
    /// The owner's logo, icon and colour.
    pub brand: Brand,
    /// The current time.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Hashes passwords.
    pub hashing: Hashing,
    /// Judges new passwords.
    pub judging: Gate,
    /// The rate limits.
    pub limits: Limits,
    /// Refusals that are counted instead of logged.
    pub digest: Digest,
    /// Where emails are sent.
    pub mailer: Mailer,
    /// The secret key, from which keys for single purposes are derived.
    pub key: SecretKey,
}

impl Site {
    /// The gate for judging: half of the cores, so that the rest is left for hashing and every login.
    pub fn gate_for_judging() -> Gate {
        Gate::new(available_parallelism().map_or(1, NonZero::get) / 2)
    }

    /// Whether visitors use TLS.
    pub fn is_https(&self) -> bool {
        self.settings.base_url.is_https()
    }
}
