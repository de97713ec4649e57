//! What others than the owners of accounts did: administrators, and the operator on the command line. Newest first, by
//! key, for all accounts of the site.

use sqlx::FromRow;
use uuid::Uuid;

use super::app_event::Stored;
use super::detail::Detail;
use super::event::Event;
use crate::base::{Browser, Sentence, Site, Time};
use crate::people::accounts::{AccountId, Name};
use crate::people::actor::ActorKind;

/// What was done, for those who administer the site.
#[derive(Debug)]
#[non_exhaustive]
pub struct Act {
    /// Its place among all others.
    pub key: ActKey,
    /// What was done. `None` if it is an event of the app, or if only another version knows it.
    pub event: Option<Event>,
    /// What was done in the app.
    of_app: Option<Stored>,
    /// The account to which it was done, and the name of its owner.
    pub account: Option<(AccountId, Name)>,
    /// Who did it. `None` if only another version knows them.
    pub actor: Option<ActorKind>,
    /// The account of the administrator who did it. Its owner's name, if it still exists.
    pub administrator: Option<(AccountId, Option<Name>)>,
    /// From where.
    pub address: Option<String>,
    /// In which browser.
    pub browser: Browser,
    /// What was before, and what after.
    pub detail: Option<Detail>,
}

impl Act {
    /// When it was done.
    pub fn at(&self) -> Time {
        Time::from_unix(self.key.at)
    }

    /// What was done in the app, in its own words. `None` if it is no event of the app, or one that this version of the
    /// app does not know.
    pub fn sentence_of_app(&self) -> Option<Sentence> {
        let (key, otherwise) = self.of_app.as_ref()?.sentence()?;
        let actor = self.actor.unwrap_or(ActorKind::CommandLine).code();
        Some(Sentence::new(key).or(otherwise).with("actor", actor))
    }
}

/// The place of an act in the list: when it was done, and its ID. It is the place of one even when that is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActKey {
    at: i64,
    id: String,
}

impl ActKey {
    /// Reads a key as it is shown.
    pub fn parse(typed: &str) -> Option<ActKey> {
        let (at, id) = typed.split_once('-')?;
        let at = at.parse().ok().filter(|at: &i64| *at >= 0)?;
        Some(ActKey { at, id: Uuid::try_parse(id).ok()?.to_string() })
    }
}

impl std::fmt::Display for ActKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at, self.id)
    }
}

#[derive(FromRow)]
struct Row {
    id: String,
    at: i64,
    event: String,
    actor: String,
    address: Option<String>,
    browser: Option<Browser>,
    detail: Option<String>,
    account_id: Option<AccountId>,
    account_name: Option<Name>,
    actor_id: Option<AccountId>,
    actor_name: Option<Name>,
}

/// The columns of a [`Row`]: of the rows that `$others` selects, with the names of both accounts.
macro_rules! select {
    ($others:literal) => {
        concat!(
            "select act.id as id, act.at as at, act.event as event, act.actor as actor, act.address as address, \
             act.browser as browser, act.detail as detail, act.account_id as account_id, owner.name as account_name, \
             act.actor_id as actor_id, doer.name as actor_name from (\
             select id, at, event, actor, address, browser, detail, account_id, actor_id from audit \
             where actor <> 'owner' ",
            $others,
            ") as act left join accounts as owner on owner.id = act.account_id \
             left join accounts as doer on doer.id = act.actor_id order by act.at desc, act.id desc"
        )
    };
}

/// Up to `most` acts, newest first: those before the given one, or else the newest.
pub async fn acts_before(site: &Site, than: Option<&ActKey>, most: i64) -> sqlx::Result<Vec<Act>> {
    let select = sqlx::query_as(select!("and (at, id) < ($1, $2) order by at desc, id desc limit $3"));
    let (at, id) = than.map_or((i64::MAX, ""), |key| (key.at, &*key.id));
    let rows: Vec<Row> = select.bind(at).bind(id).bind(most).fetch_all(site.db.reader()).await?;
    Ok(rows.into_iter().map(|row| act(site, row)).collect())
}

/// Up to `most` acts after the given one, newest first: the page before one of [`acts_before`].
pub async fn acts_after(site: &Site, than: &ActKey, most: i64) -> sqlx::Result<Vec<Act>> {
    let select = sqlx::query_as(select!("and (at, id) > ($1, $2) order by at, id limit $3"));
    let rows: Vec<Row> = select.bind(than.at).bind(&*than.id).bind(most).fetch_all(site.db.reader()).await?;
    Ok(rows.into_iter().map(|row| act(site, row)).collect())
}

fn act(site: &Site, row: Row) -> Act {
    Act {
        event: Event::by_code(&row.event),
        of_app: Stored::by_code(site, &row.event),
        account: row.account_id.zip(row.account_name),
        actor: ActorKind::by_code(&row.actor),
        administrator: row.actor_id.map(|id| (id, row.actor_name)),
        address: row.address,
        browser: row.browser.unwrap_or_default(),
        detail: Detail::read(row.detail.as_deref()),
        key: ActKey { at: row.at, id: row.id },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_shown() {
        let key = ActKey { at: 1_767_225_600, id: Uuid::now_v7().to_string() };
        assert_eq!(ActKey::parse(&key.to_string()), Some(key));
        for odd in ["", "1", "1-", "-1-x", "x-y", "1767225600-x", "--", "99999999999999999999-1"] {
            assert_eq!(ActKey::parse(odd), None, "{odd}");
        }
    }
}
