//! Accounts in parts, oldest first, for a command that prints them: all, or those for which something holds. An ID begins
//! with the time of its making, so that the order of IDs is the order of age.

use super::account::{Account, Row, select};
use super::account_id::AccountId;
use crate::base::closed_set::closed_set;
use crate::base::{Db, Time};

/// How many accounts, or members of a group, one statement looks at. Others get the connection in between, also where only
/// a few accounts of a million are listed.
const AT_ONCE: i64 = 20_000;

/// Comes after every ID: those have digits, the letters `a` to `f`, and hyphens.
const BEYOND: &str = "g";

/// Which accounts a list has: those for which all of this holds.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// No one has used it since a moment.
    pub unused_since: Option<Time>,
    /// It is in the group of this name.
    pub group: Option<String>,
    /// Its address or name fits this pattern, in which `!` stands before a sign that stands for itself.
    pub pattern: Option<String>,
    /// Its state.
    pub state: Option<AccountState>,
    /// It has this ID.
    pub id: Option<AccountId>,
}

closed_set! {
    /// What an account can be.
    pub enum AccountState {
        /// Its password was hashed by another program, not by Argon2id. The next login hashes it anew.
        OldHash = "old-hash",
        /// Its address is not confirmed.
        Unconfirmed = "unconfirmed",
        /// No one may log in to it.
        Disabled = "disabled",
        /// No one has logged in to it with the password or a passkey.
        Unused = "unused",
    }
}

/// A list of accounts, and how far it was read.
#[derive(Debug)]
pub struct List {
    which: Which,
    /// All up to this one are read.
    after: String,
    /// The last one of those that are looked at together, if there may be more of these.
    until: Option<String>,
    is_over: bool,
}

/// A statement about those of some accounts that are listed.
macro_rules! listed {
    ($among:literal) => {
        select!(
            "where ",
            $among,
            " and coalesce(logged_in_at, created_at) <= $2 \
             and not exists (select 1 from sessions where account_id = accounts.id and last_used_at > $2) \
             and not exists (select 1 from remember_tokens where account_id = accounts.id and last_used_at > $2) \
             and ($4 = '' or exists (select 1 from memberships where group_name = $4 and account_id = accounts.id)) \
             and ($5 = '' or email_key like $5 escape '!' or lower(name) like lower($5) escape '!') \
             and ($6 = '' or ($6 = 'disabled' and disabled_at is not null) \
             or ($6 = 'unconfirmed' and confirmed_at is null) or ($6 = 'unused' and logged_in_at is null) \
             or ($6 = 'old-hash' and exists (select 1 from passwords where account_id = accounts.id \
             and hash not like '$argon2id$%'))) \
             order by id limit $3"
        )
    };
}

impl List {
    /// A list of which nothing is read. It begins after an account, which need not be there any more.
    pub fn new(which: Which, after: Option<&AccountId>) -> List {
        let after = after.map_or("", AccountId::as_str).to_owned();
        List { which, after, until: None, is_over: false }
    }

    /// The next accounts, at most so many. None if all are read.
    pub async fn more(&mut self, db: &Db, most: i64) -> sqlx::Result<Vec<Account>> {
        while !self.is_over {
            let until = match self.until.take() {
                Some(until) => until,
                None => self.next_until(db).await?,
            };
            let accounts = self.read(db, &until, most).await?;
            match accounts.last() {
                Some(last) if i64::try_from(accounts.len()) == Ok(most) => {
                    last.id.as_str().clone_into(&mut self.after);
                    self.until = Some(until);
                }
                _ => {
                    self.is_over = until == BEYOND || self.which.id.is_some();
                    self.after = until;
                }
            }
            if !accounts.is_empty() {
                return Ok(accounts);
            }
        }
        Ok(Vec::new())
    }

    /// Up to which account the next statement looks.
    async fn next_until(&self, db: &Db) -> sqlx::Result<String> {
        if let Some(id) = &self.which.id {
            return Ok(id.as_str().to_owned());
        }
        let statement = match self.which.group {
            None => "select id from accounts where id > $1 order by id limit 1 offset $2",
            Some(_) => {
                "select account_id from memberships where account_id > $1 and group_name = $3 \
                 order by account_id limit 1 offset $2"
            }
        };
        let mut select = sqlx::query_scalar(statement).bind(&*self.after).bind(AT_ONCE - 1);
        if let Some(group) = &self.which.group {
            select = select.bind(&**group);
        }
        let until: Option<String> = select.fetch_optional(db.reader()).await?;
        Ok(until.unwrap_or_else(|| BEYOND.to_owned()))
    }

    async fn read(&self, db: &Db, until: &str, most: i64) -> sqlx::Result<Vec<Account>> {
        let Which { unused_since, group, pattern, state, id } = &self.which;
        let statement = match (id, group) {
            (Some(_), _) => listed!("id > $1 and id = $7"),
            (None, None) => listed!("id > $1 and id <= $7"),
            // By the key of memberships: a small group of a large site is read as fast as on a small one.
            (None, Some(_)) => listed!(
                "id in (select account_id from memberships where group_name = $4 and account_id > $1 and account_id <= $7)"
            ),
        };
        let select = sqlx::query_as(statement).bind(&*self.after);
        let select = select.bind(unused_since.map_or(i64::MAX, Time::unix)).bind(most);
        let select =
            select.bind(group.as_deref().unwrap_or_default()).bind(pattern.as_deref().unwrap_or_default());
        let select = select.bind(state.map_or("", AccountState::code)).bind(until);
        let rows: Vec<Row> = select.fetch_all(db.reader()).await?;
        Ok(rows.into_iter().map(Account::from).collect())
    }
}
