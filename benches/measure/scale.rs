//! The sizes of a run.

use std::time::Duration;

/// The size of a run.
pub struct Scale {
    /// Rounds of each comparison, of which the median is reported.
    pub rounds: usize,
    /// How often a program is started.
    pub starts: usize,
    /// Duration of page requests to one side of a comparison.
    pub pages: Duration,
    /// Duration of password checks.
    pub passwords: Duration,
    /// Idle time before the memory is measured.
    pub rest: Duration,
    pub few_accounts: usize,
    pub many_accounts: usize,
    /// Sessions in use if each request comes from another session.
    pub spread: usize,
    /// Maximum number of clients that log in at once.
    pub crowd: usize,
    pub idle_connections: usize,
    /// Accounts in each round that finish a login by a code.
    pub second_steps: usize,
    /// Accounts in the lists of administrators.
    pub listed_accounts: usize,
    /// How often each page of a list is requested.
    pub list_pages: usize,
    /// How often all accounts are searched for a word.
    pub searches: usize,
    /// Whether apps are measured that take minutes to build.
    pub builds_peers: bool,
}

impl Scale {
    pub const FULL: Scale = Scale {
        rounds: 5,
        starts: 11,
        pages: Duration::from_secs(3),
        passwords: Duration::from_secs(6),
        rest: Duration::from_secs(60),
        few_accounts: 1_000,
        many_accounts: 1_000_000,
        spread: 20_000,
        crowd: 512,
        idle_connections: 10_000,
        second_steps: 3_000,
        listed_accounts: 1_000_000,
        list_pages: 300,
        searches: 50,
        builds_peers: true,
    };

    pub const SHORT: Scale = Scale {
        rounds: 1,
        starts: 2,
        pages: Duration::from_millis(500),
        passwords: Duration::from_millis(1500),
        rest: Duration::from_secs(1),
        few_accounts: 1_000,
        many_accounts: 5_000,
        spread: 2_000,
        crowd: 128,
        idle_connections: 500,
        second_steps: 500,
        listed_accounts: 2_000,
        list_pages: 10,
        searches: 3,
        builds_peers: false,
    };
}
