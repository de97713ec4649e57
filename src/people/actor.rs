//! Who acts on an account. Decisions, the audit trail, links and emails name the actor; none of them infers it
//! from a missing value.

use serde::{Deserialize, Serialize};

use crate::base::Client;
use crate::base::closed_set::closed_set;
use crate::base::text_column::text_column;

/// Who acts on an account, and from where. Only those who can act today are listed. To add one (an administrator,
/// an API token), add its variant here, with the IDs that the log needs, and to [`ActorKind`] and [`StoredActor`]:
/// the compiler then finds every place that has to say something about it.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// A person who acts as the owner, from this client. The event says what they proved: a session, a password, a
    /// link, or nothing (a wrong password).
    Owner(&'a Client),
    /// The operator, on the command line.
    CommandLine,
}

impl<'a> Actor<'a> {
    /// Its kind.
    pub fn kind(self) -> ActorKind {
        match self {
            Actor::Owner(_) => ActorKind::Owner,
            Actor::CommandLine => ActorKind::CommandLine,
        }
    }

    /// The client that it acts from, if it has one.
    pub fn client(self) -> Option<&'a Client> {
        match self {
            Actor::Owner(client) => Some(client),
            Actor::CommandLine => None,
        }
    }

    /// As an email keeps it.
    pub fn stored(self) -> StoredActor {
        match self {
            Actor::Owner(client) => StoredActor::Owner(client.clone()),
            Actor::CommandLine => StoredActor::CommandLine,
        }
    }
}

closed_set! {
    /// The kind of an actor, as rows contain it.
    pub enum ActorKind {
        /// The owner, or a person who acts as them.
        Owner = "owner",
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
    /// The operator.
    CommandLine,
}

impl StoredActor {
    /// The actor.
    pub fn actor(&self) -> Actor<'_> {
        match self {
            StoredActor::Owner(client) => Actor::Owner(client),
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
        for (actor, text) in [
            (owner, r#"{"actor":"owner","client":{"address":null,"browser":"unknown","request_id":""}}"#),
            (StoredActor::CommandLine, r#"{"actor":"command_line"}"#),
        ] {
            assert_eq!(serde_json::to_string(&actor).unwrap(), text);
            let read: StoredActor = serde_json::from_str(text).unwrap();
            assert_eq!(read.actor().kind(), actor.actor().kind());
            assert_eq!(ActorKind::by_code(actor.actor().kind().code()), Some(actor.actor().kind()));
        }
    }
}
