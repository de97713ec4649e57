//! What a decision may reach: one value, made at the start and handed down; nothing is global.

use std::num::NonZero;
use std::thread::available_parallelism;

use super::clock::Clock;
use super::db::Db;
use super::gate::Gate;
use super::hashing::Hashing;
use super::limit::Limits;
use super::log_digest::Digest;
use super::mailer::Mailer;
use super::secret::Key;
use super::settings::Settings;

/// The running site.
#[derive(Clone)]
pub struct Site {
    /// What the operator chose.
    pub settings: Settings,
    /// What time it is.
    pub clock: Clock,
    /// Where rows are.
    pub db: Db,
    /// Where passwords are hashed.
    pub hashing: Hashing,
    /// Where new passwords are judged.
    pub judging: Gate,
    /// Who tried what, and how often.
    pub limits: Limits,
    /// What was refused and is only counted.
    pub digest: Digest,
    /// Where mails go.
    pub mailer: Mailer,
    /// The secret key, from which keys for single purposes are derived.
    pub key: Key,
}

impl Site {
    /// The gate for judging: half of the cores, so that hashing, and with it every log-in, keeps the rest.
    pub fn gate_for_judging() -> Gate {
        Gate::new(available_parallelism().map_or(1, NonZero::get) / 2)
    }

    /// Whether visitors come over TLS.
    pub fn is_https(&self) -> bool {
        self.settings.base_url.is_https()
    }
}
