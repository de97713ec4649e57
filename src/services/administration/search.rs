//! Finds accounts by what an administrator typed. An address or an ID typed whole is one look-up in an index. Anything else
//! is looked for in all addresses and names: a million are read in about a second. So one such search runs at a time in
//! the whole program, in parts between which others are served, and for a limited time.

use std::time::{Duration, Instant};

use unicode_normalization::UnicodeNormalization;

use super::list::{BEYOND, Listed, gathered, one, page};
use crate::base::{Db, Site};
use crate::people::{AccountId, Email};

/// The most accounts that are found at once.
const PAGE: usize = 50;

/// The most characters that are looked for: no address and no name is longer.
const LONGEST: usize = 254;

/// Marks a sign in a pattern that stands for itself.
const ESCAPE: char = '!';

/// What was typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// Nothing that could be looked for.
    Nothing,
    /// A whole address.
    Email(Email),
    /// A whole ID.
    Id(AccountId),
    /// A part of an address or name.
    Part(String),
}

impl Typed {
    /// Reads what was typed. An address counts as whole if its domain has a dot: of `ada@exam` the rest may follow.
    pub fn parse(typed: &str) -> Typed {
        // PostgreSQL refuses a text with NUL.
        let typed = typed.replace('\0', "");
        let typed = typed.trim();
        if let Some(id) = AccountId::parse(typed) {
            return Typed::Id(id);
        }
        let is_whole =
            |email: &Email| email.as_str().rsplit_once('@').is_some_and(|(_, domain)| domain.contains('.'));
        if let Some(email) = Email::parse(typed).filter(is_whole) {
            return Typed::Email(email);
        }
        // As accounts are compared: ASCII letters in lower case, all others as they were typed.
        let part: String = typed.nfc().take(LONGEST).collect::<String>().to_ascii_lowercase();
        if part.is_empty() { Typed::Nothing } else { Typed::Part(part) }
    }
}

/// The account with an address or an ID that was typed whole.
pub async fn find(db: &Db, typed: &Typed) -> sqlx::Result<Option<Listed>> {
    match typed {
        Typed::Email(email) => one(db, true, &email.key()).await,
        Typed::Id(id) => one(db, false, id.as_str()).await,
        Typed::Nothing | Typed::Part(_) => Ok(None),
    }
}

/// How much a search may take.
#[derive(Clone, Copy, Debug)]
pub struct Scan {
    /// How many accounts are read at once. In between, others get the connection.
    pub at_once: i64,
    /// After which time it stops. A part that was begun is read to its end.
    pub longest: Duration,
}

impl Scan {
    /// What an administrator may wait for.
    pub const USUAL: Scan = Scan { at_once: 20_000, longest: Duration::from_secs(2) };
}

/// What was found.
#[derive(Debug)]
pub struct Found {
    /// One page at most, newest first.
    pub accounts: Vec<Listed>,
    /// Why there are no more.
    pub stop: Stop,
}

/// Why a search ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// All accounts were read.
    End,
    /// The page is full. Those before this account are not read yet.
    Full(AccountId),
    /// It took too long. Those before this account are not read yet.
    TooLong(AccountId),
}

/// Accounts with a text in their address or name, newest first, among those before the given one, or among all. `None` if
/// another such search is under way, and goes on for longer than a visitor waits.
pub async fn search(
    site: &Site,
    part: &str,
    before: Option<&AccountId>,
    scan: Scan,
) -> sqlx::Result<Option<Found>> {
    let Some(_alone) = site.limits.concurrency.alone("search").await else { return Ok(None) };
    let (begun, pattern) = (Instant::now(), pattern(part));
    let mut accounts = Vec::new();
    let mut upper = before.map_or(BEYOND, AccountId::as_str).to_owned();
    loop {
        let lower = lower(&site.db, &upper, scan.at_once).await?;
        let lowest = lower.as_ref().map_or("", AccountId::as_str);
        accounts.extend(within(&site.db, (lowest, &upper), &pattern, PAGE + 1 - accounts.len()).await?);
        if accounts.len() > PAGE {
            accounts.truncate(PAGE);
            let last = accounts.last().map(|account| account.id.clone());
            let stop = last.map_or(Stop::End, Stop::Full);
            return Ok(Some(Found { accounts, stop }));
        }
        let Some(lower) = lower else { return Ok(Some(Found { accounts, stop: Stop::End })) };
        if begun.elapsed() >= scan.longest {
            return Ok(Some(Found { accounts, stop: Stop::TooLong(lower) }));
        }
        lower.as_str().clone_into(&mut upper);
    }
}

/// The ID of the last of this many accounts before one. `None` if there are fewer.
async fn lower(db: &Db, upper: &str, at_once: i64) -> sqlx::Result<Option<AccountId>> {
    let select =
        sqlx::query_scalar("select id from accounts where id < $1 order by id desc limit 1 offset $2");
    select.bind(upper).bind(at_once.max(1) - 1).fetch_optional(db.reader()).await
}

/// The accounts between two IDs that fit a pattern; of the two, the lower one is among them.
async fn within(
    db: &Db,
    (lower, upper): (&str, &str),
    pattern: &str,
    most: usize,
) -> sqlx::Result<Vec<Listed>> {
    let select = sqlx::query_as(page!(
        "accounts where id < $1 and id >= $2 \
         and (email_key like $3 escape '!' or lower(name) like lower($3) escape '!') order by id desc limit $4"
    ));
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = select.bind(upper).bind(lower).bind(pattern).bind(most).fetch_all(db.reader()).await?;
    Ok(gathered(rows))
}

/// A pattern that fits every text with this part in it. In it, `!` stands before a sign that stands for itself.
pub fn pattern(part: &str) -> String {
    let mut pattern = String::with_capacity(part.len() + 2);
    pattern.push('%');
    for sign in part.chars() {
        if ['%', '_', ESCAPE].contains(&sign) {
            pattern.push(ESCAPE);
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_whole_is_looked_up() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        assert_eq!(Typed::parse(&format!(" {id}\n")), Typed::Id(AccountId::parse(id).unwrap()));
        for address in ["ada@example.org", " ADA@Example.org ", "ada@127.0.0.1"] {
            assert!(matches!(Typed::parse(address), Typed::Email(_)), "{address}");
        }
        for part in ["ada", "@example.org", "ada@", "ada@exam", "root@localhost", "Ada Lovelace", "%", "é"] {
            assert!(matches!(Typed::parse(part), Typed::Part(_)), "{part}");
        }
        assert_eq!(Typed::parse(" LoveLACE"), Typed::Part("lovelace".to_owned()));
        for nothing in ["", " \t", "\0"] {
            assert_eq!(Typed::parse(nothing), Typed::Nothing, "{nothing:?}");
        }
    }

    #[test]
    fn every_sign_of_a_part_stands_for_itself() {
        assert_eq!(pattern("ada"), "%ada%");
        assert_eq!(pattern("100%_!"), "%100!%!_!!%");
    }
}
