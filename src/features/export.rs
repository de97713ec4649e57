//! All data about a user, as one JSON document made in pieces. The rows are read by key, some hundred at a
//! time, and the connection is given back in between. So a copy of ten thousand rows takes the memory of a
//! few hundred, and a slow reader keeps no one waiting.

use std::fmt::{self, Write};

use rocket::futures::stream::{self, Stream};
use serde_json::{Value, json};

use crate::base::admission::Attempt;
use crate::base::rate_limit::{Counts, Kept, KeyedGuard, LimitedAction, Rate, RetryAfter};
use crate::base::{Admission, Client, Decision, Language, Sentence, Site, Time, admit, refused};
use crate::people::Actor;
use crate::people::accounts::{self, AccountId};
use crate::people::audit::{self, Entry, Event, Item};
use crate::people::sessions::{self, Place};
use crate::services::{links, outbox};
use crate::web::{self, Error};

/// Rows read at once, some 75 KB of the document: few enough for memory, and enough that ten thousand rows
/// take only twenty queries.
const ROWS: i64 = 500;

/// A copy of all data about an account, by its owner. Each reads every row of the account, and five an hour are
/// enough for any owner.
static EXPORT: LimitedAction = LimitedAction {
    code: "export",
    rate: |_| Rate::an_hour(5),
    counts: Counts::Each,
    kept: Kept::InDatabase,
    why: "limit-export",
    logged: "too many exports of an account",
};
/// Why to wait while the copy before is still read: the key of a sentence.
const UNDERWAY: &str = "limit-export-underway";

/// The result of asking for a copy.
pub enum Begun {
    /// The export was recorded; here it is.
    Copy(Box<Export>),
    /// Another one is in progress, or there were too many.
    Wait(RetryAfter),
}

/// Why a copy is incomplete.
#[derive(Debug)]
pub enum Incomplete {
    /// The account was deleted while its data was read: no fault.
    Deleted,
    /// The rest could not be read.
    Failed(Error),
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Incomplete::Deleted => f.write_str("the account was deleted"),
            Incomplete::Failed(error) => error.fmt(f),
        }
    }
}

impl<E: Into<Error>> From<E> for Incomplete {
    fn from(error: E) -> Incomplete {
        Incomplete::Failed(error.into())
    }
}

/// A copy in progress. While it is held, its owner gets no other.
pub struct Export {
    site: Site,
    account: AccountId,
    part: Part,
    /// The language of its sentences: the owner's, or the site's.
    language: Language,
    /// Whether the current list has an item yet.
    begun: bool,
    permit: Option<KeyedGuard>,
}

/// The part that is written next, and where to continue reading.
enum Part {
    Account,
    Devices(String),
    Sessions(String),
    Activity(Option<Item>),
    Links,
    Emails(String),
    End,
}

/// Starts a copy for its owner.
pub async fn begin(site: &Site, account: &AccountId, client: &Client) -> web::Result<Begun> {
    let limit_key = account.limit_key();
    let permit = match site.limits.concurrency.only_one(&EXPORT, &limit_key, UNDERWAY) {
        Ok(permit) => permit,
        Err(wait) => {
            refused::too_early(site, client, account.as_str(), &wait, EXPORT.logged);
            return Ok(Begun::Wait(wait));
        }
    };
    let attempt = Attempt::one(&EXPORT, limit_key);
    let admission = match admit(site, client, account.as_str(), attempt).await? {
        Decision::Admitted(admission) => admission,
        Decision::RetryAfter(wait) => return Ok(Begun::Wait(wait)),
    };
    admission.during(site, write_down(site, account, Actor::Owner(client), Some(&admission))).await?;
    Ok(Begun::Copy(Box::new(Export::new(site, account, Some(permit)))))
}

/// Starts a copy for an actor without a rate limit.
pub async fn begin_unlimited(site: &Site, account: &AccountId, actor: Actor<'_>) -> web::Result<Export> {
    write_down(site, account, actor, None).await?;
    Ok(Export::new(site, account, None))
}

/// Records that a copy was taken, whatever happens to it: its owner must see it.
async fn write_down(
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
    admission: Option<&Admission>,
) -> web::Result<()> {
    let entry = Entry { event: Event::Exported, account: Some(account), actor };
    let now = site.clock.now();
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    entry.write(&mut tx, now).await?;
    match admission {
        Some(admission) => admission.right(site, tx).await?,
        None => tx.commit().await?,
    }
    entry.log();
    Ok(())
}

impl Export {
    fn new(site: &Site, account: &AccountId, permit: Option<KeyedGuard>) -> Export {
        let (site, account) = (site.clone(), account.clone());
        let language = site.settings.language;
        Export { site, account, part: Part::Account, language, begun: false, permit }
    }

    /// Gives its permit to another holder.
    pub(super) fn take_permit(&mut self) -> Option<KeyedGuard> {
        self.permit.take()
    }

    /// The site that makes it.
    pub(super) fn site(&self) -> &Site {
        &self.site
    }

    /// The pieces of the document. An error is the last item, and what came before it is not a complete
    /// document.
    pub fn pieces(self) -> impl Stream<Item = Result<String, Incomplete>> + Send + 'static {
        stream::try_unfold(self, |mut export| async move {
            Ok(export.piece().await?.map(|piece| (piece, export)))
        })
    }

    /// The next piece; `None` at the end. It contains everything except what grants access: hashes of
    /// passwords and tokens say nothing about a person.
    pub(super) async fn piece(&mut self) -> Result<Option<String>, Incomplete> {
        let mut text = String::new();
        let part = std::mem::replace(&mut self.part, Part::End);
        let (site, account) = (self.site.clone(), self.account.clone());
        self.part = match part {
            Part::Account => {
                let Some(account) = accounts::by_id(&site.db, &account).await? else {
                    return Err(Incomplete::Deleted);
                };
                self.language = account.language.unwrap_or(self.language);
                let account = json!({
                    "id": account.id.as_str(),
                    "email": account.email,
                    "name": account.name,
                    "created_at": account.created_at.rfc3339(),
                    "confirmed_at": account.confirmed_at.map(Time::rfc3339),
                    "logged_in_at": account.logged_in_at.map(Time::rfc3339),
                    "logged_in_browser": account.logged_in_browser.map(|browser| browser.to_string()),
                    "language": account.language.map(Language::code),
                    "language_before": account.language_before.map(Language::code),
                    "language_changed_at": account.language_changed_at.map(Time::rfc3339),
                    "terms_version": account.terms_version,
                    "terms_accepted_at": account.terms_accepted_at.map(Time::rfc3339),
                });
                let _ = write!(text, "{{\n  \"account\": {account}"); // writing to a String never fails
                self.open(&mut text, "devices");
                Part::Devices(String::new())
            }
            Part::Devices(after) => {
                let places = sessions::devices_after(&site, &account, &after, ROWS).await?;
                self.list(&mut text, places.iter().map(place));
                match last_of_many(places) {
                    Some(place) => Part::Devices(place.id),
                    None => Part::Sessions(String::new()),
                }
            }
            Part::Sessions(after) => {
                let places = sessions::sessions_after(&site, &account, &after, ROWS).await?;
                self.list(&mut text, places.iter().map(place));
                match last_of_many(places) {
                    Some(place) => Part::Sessions(place.id),
                    None => {
                        self.close(&mut text);
                        self.open(&mut text, "activity");
                        Part::Activity(None)
                    }
                }
            }
            Part::Activity(than) => {
                let items = audit::earlier(&site, &account, than.as_ref(), ROWS).await?;
                let say = |sentence: &Sentence| site.words.text(self.language, sentence);
                let item = |item: &Item| {
                    let (code, what, place) = (item.event.map(Event::code), item.sentence(), item.place());
                    json!({ "at": item.at.rfc3339(), "event": code, "what": say(&what), "where": say(&place) })
                };
                let items_as_json: Vec<Value> = items.iter().map(item).collect();
                self.list(&mut text, items_as_json.into_iter());
                match last_of_many(items) {
                    Some(item) => Part::Activity(Some(item)),
                    None => {
                        self.close(&mut text);
                        Part::Links
                    }
                }
            }
            Part::Links => {
                let links = links::of(&site, &account).await?.into_iter();
                let links = links.map(|(purpose, email, ends_at)| {
                    json!({ "for": purpose, "email": email, "ends_at": ends_at.rfc3339() })
                });
                self.open(&mut text, "links");
                self.list(&mut text, links);
                self.close(&mut text);
                self.open(&mut text, "waiting_emails");
                Part::Emails(String::new())
            }
            Part::Emails(after) => {
                let emails = outbox::waiting_for(&site, &account, &after, ROWS).await?;
                let email = |email: &outbox::Waiting| {
                    let at = Time::from_unix(email.queued_at).rfc3339();
                    json!({ "kind": email.kind, "address": email.address, "queued_at": at })
                };
                self.list(&mut text, emails.iter().map(email));
                if let Some(email) = last_of_many(emails) {
                    Part::Emails(email.id.as_str().to_owned())
                } else {
                    // If the account was deleted in the meantime, its rows disappeared while they were read:
                    // what was written is incomplete.
                    if accounts::by_id(&site.db, &account).await?.is_none() {
                        return Err(Incomplete::Deleted);
                    }
                    self.close(&mut text);
                    text.push_str("\n}\n");
                    Part::End
                }
            }
            Part::End => return Ok(None),
        };
        Ok(Some(text))
    }

    fn open(&mut self, text: &mut String, name: &str) {
        self.begun = false;
        let _ = write!(text, ",\n  \"{name}\": [");
    }

    fn list(&mut self, text: &mut String, items: impl Iterator<Item = Value>) {
        for item in items {
            let comma = if std::mem::replace(&mut self.begun, true) { "," } else { "" };
            let _ = write!(text, "{comma}\n    {item}");
        }
    }

    fn close(&self, text: &mut String) {
        text.push_str(if self.begun { "\n  ]" } else { "]" });
    }
}

/// The last row if as many were found as were asked for: there may be more.
fn last_of_many<T>(mut rows: Vec<T>) -> Option<T> {
    let many = i64::try_from(rows.len()).is_ok_and(|count| count >= ROWS);
    rows.pop().filter(|_| many)
}

fn place(place: &Place) -> Value {
    json!({
        "browser": place.browser.to_string(),
        "address": place.address,
        "logged_in_at": place.began.rfc3339(),
        "last_used_at": place.last_used.rfc3339(),
        "remembered": place.remembered,
    })
}
