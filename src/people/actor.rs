//! Who acts on an account. Decisions, the audit trail, links and emails name the actor; none of them infers it
//! from a missing value.

use serde::{Deserialize, Serialize};

use crate::base::Client;
use crate::base::closed_set::closed_set;
use crate::base::text_column::text_column;
use crate::people::accounts::AccountId;

/// Who acts on an account, and from where. Only those who can act today are listed. To add one (an API token), add
/// its variant here, with the IDs that the log needs, and to [`ActorKind`] and [`StoredActor`]: the compiler then
/// finds every place that has to say something about it.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// A person who acts as the owner, from this client. The event says what they proved: a session, a password, a
    /// link, or nothing (a wrong password).
    Owner(&'a Client),
    /// An administrator, on the pages for that.
    Administrator(&'a Administrator),
    /// The operator, on the command line.
    CommandLine,
}

/// An administrator who acts. The owner of the account learns that it was one, and not which one; that stands in the
/// log, and on the pages of administrators.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Administrator {
    account: AccountId,
    #[serde(flatten)]
    client: Client,
}

impl Administrator {
    /// An administrator with this account, who acts from this client. Made by the guard
    /// [`Admin`](super::groups::Admin) alone.
    pub(in crate::people) fn new(account: AccountId, client: Client) -> Administrator {
        Administrator { account, client }
    }

    /// Their account.
    pub fn account(&self) -> &AccountId {
        &self.account
    }
}

impl<'a> Actor<'a> {
    /// Its kind.
    pub fn kind(self) -> ActorKind {
        match self {
            Actor::Owner(_) => ActorKind::Owner,
            Actor::Administrator(_) => ActorKind::Administrator,
            Actor::CommandLine => ActorKind::CommandLine,
        }
    }

    /// The client that it acts from, if it has one. That of an administrator is not for the owner's eyes.
    pub fn client(self) -> Option<&'a Client> {
        match self {
            Actor::Owner(client) => Some(client),
            Actor::Administrator(administrator) => Some(&administrator.client),
            Actor::CommandLine => None,
        }
    }

    /// The account of the one who acts, if it is not the owner's own.
    pub fn account(self) -> Option<&'a AccountId> {
        match self {
            Actor::Administrator(administrator) => Some(&administrator.account),
            Actor::Owner(_) | Actor::CommandLine => None,
        }
    }

    /// As an email keeps it.
    pub fn stored(self) -> StoredActor {
        match self {
            Actor::Owner(client) => StoredActor::Owner(client.clone()),
            Actor::Administrator(administrator) => StoredActor::Administrator(administrator.clone()),
            Actor::CommandLine => StoredActor::CommandLine,
        }
    }
}

closed_set! {
    /// The kind of an actor, as rows contain it.
    pub enum ActorKind {
        /// The owner, or a person who acts as them.
        Owner = "owner",
        /// An administrator.
        Administrator = "administrator",
        /// The operator.
        CommandLine = "command_line",
    }
}

text_column!(ActorKind, |kind| kind.code().to_owned(), ActorKind::by_code);

/// An actor as an email keeps it while it waits.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(tag = "actor", content = "client", rename_all = "snake_case")]
pub enum StoredActor {
    /// The owner, or a person who acts as them.
    Owner(Client),
    /// An administrator.
    Administrator(Administrator),
    /// The operator.
    CommandLine,
}

impl StoredActor {
    /// The actor.
    pub fn actor(&self) -> Actor<'_> {
        match self {
            StoredActor::Owner(client) => Actor::Owner(client),
            StoredActor::Administrator(administrator) => Actor::Administrator(administrator),
            StoredActor::CommandLine => Actor::CommandLine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Migration 17 rewrites older rows into these texts.
    #[test]
    fn an_actor_is_stored_under_its_code_with_its_client() {
        let owner = Actor::Owner(&Client::default()).stored();
        let id = AccountId::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
        let administrator = StoredActor::Administrator(Administrator::new(id, Client::default()));
        let of_administrator = concat!(
            r#"{"actor":"administrator","client":{"account":"01890a5d-ac96-774b-bcce-b302099a8057","#,
            r#""address":null,"browser":"unknown","request_id":""}}"#
        );
        for (actor, text) in [
            (owner, r#"{"actor":"owner","client":{"address":null,"browser":"unknown","request_id":""}}"#),
            (administrator, of_administrator),
            (StoredActor::CommandLine, r#"{"actor":"command_line"}"#),
        ] {
            assert_eq!(serde_json::to_string(&actor).unwrap(), text);
            let read: StoredActor = serde_json::from_str(text).unwrap();
            assert_eq!(read.actor().kind(), actor.actor().kind());
            assert_eq!(read.actor().account(), actor.actor().account());
            assert_eq!(ActorKind::by_code(actor.actor().kind().code()), Some(actor.actor().kind()));
        }
    }
}
