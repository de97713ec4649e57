//! The events of an app: written next to ours in the activity of an account, and in the log.

use log::Level;

use super::entry::{About, log_line};
use super::store;
use crate::base::{Refusal, Site, Tx, codes};
use crate::people::accounts::AccountId;
use crate::people::actor::{Actor, StoredActor};

/// What the codes of an app's events begin with in rows and in the log, so that none is one of ours.
const OF_APP: &str = "app.";

/// The name of an app's events in the log.
const LOGGED: &str = "app_event";

/// Something that happens to an account in an app. Its owner reads it in the activity, the operator in the log.
///
/// ```no_run
/// use rocket::{State, post};
/// use vestibule::{Client, Event, Result, Site, User};
///
/// const SHARED: Event = Event::new("note-shared", "You shared a note");
///
/// #[post("/notes/share")]
/// async fn share(user: User, client: Client, site: &State<Site>) -> Result<()> {
///     let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
///     user.happened(&mut tx, site, SHARED, &client).await?;
///     tx.commit().await?;
///     Ok(())
/// }
/// ```
///
/// Every event is given to the app with [`App::events`](crate::App::events).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppEvent {
    code: &'static str,
    sentence: &'static str,
}

/// The events of the app, attached to its program.
#[derive(Clone, Debug, Default)]
pub struct AppEvents(pub Vec<AppEvent>);

impl AppEvents {
    /// Checks that each has a code of its own.
    pub fn check(&self) -> Result<(), Refusal> {
        codes::check("event", self.0.iter().map(|event| event.code))
    }
}

impl AppEvent {
    /// An event with a code, which never changes, since rows keep it, and a sentence: for the log, and for the owner of
    /// the account unless a file of `words/` has the key `event-app-CODE`.
    pub const fn new(code: &'static str, sentence: &'static str) -> AppEvent {
        AppEvent { code, sentence }
    }

    /// Records that a command or hourly work did this to an account. Its owner reads that it was done by those who run
    /// the site. Logged after the commit.
    pub async fn happened_to(self, tx: &mut Tx, site: &Site, account: &AccountId) -> sqlx::Result<()> {
        self.write(tx, site, account, Actor::CommandLine).await
    }

    /// Records that this happened to an account. Logged after the commit.
    pub(in crate::people) async fn write(
        self,
        tx: &mut Tx,
        site: &Site,
        account: &AccountId,
        actor: Actor<'_>,
    ) -> sqlx::Result<()> {
        debug_assert!(
            all(site).contains(&self),
            "the app does not have the event `{}`: give it to App::events",
            self.code
        );
        let code = format!("{OF_APP}{}", self.code);
        store::insert(tx, &code, Some(account), (actor, None), site.clock.now()).await?;
        let (account, actor): (AccountId, StoredActor) = (account.clone(), actor.stored());
        tx.after_commit(move || {
            let about = About::Nothing;
            log_line((Level::Info, LOGGED), (&*code, self.sentence), Some(&account), about, actor.actor());
        });
        Ok(())
    }
}

fn all(site: &Site) -> &[AppEvent] {
    site.settings.program.attached::<AppEvents>().map(|events| events.0.as_slice()).unwrap_or_default()
}

/// An event of the app as a row has it.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    /// The code, as the row has it.
    pub(super) code: String,
    /// `None` if this version of the app does not know it.
    event: Option<AppEvent>,
}

impl Stored {
    /// The event of the app with this code in a row; `None` if that is none of an app.
    pub(super) fn by_code(site: &Site, stored: &str) -> Option<Stored> {
        let code = stored.strip_prefix(OF_APP)?;
        let event = all(site).iter().copied().find(|event| event.code == code);
        Some(Stored { code: stored.to_owned(), event })
    }

    /// Its key, and the text if no language has that. `None` if this version of the app does not know it.
    pub(super) fn sentence(&self) -> Option<(String, &'static str)> {
        self.event.map(|event| (format!("event-app-{}", event.code), event.sentence))
    }
}
