//! The document, in pieces: our parts, then that of the app.

use std::fmt::Write;

use rocket::futures::stream::{self, Stream};

use super::incomplete::Incomplete;
use super::list::{List, ROWS, last_of_many};
use super::of_app::{self, OfApp};
use super::rows;
use super::second_factors;
use crate::base::rate_limit::KeyedGuard;
use crate::base::{Language, Site};
use crate::people::accounts::{self, AccountId};
use crate::people::audit::{self, Item};
use crate::people::{groups, passes, sessions};
use crate::services::{invitations, links, outbox};

/// A copy in progress. While it is held, its owner gets no other.
pub struct Export {
    site: Site,
    account: AccountId,
    part: Part,
    /// The language of its sentences: the owner's, or the site's.
    language: Language,
    /// The list that is written.
    list: List,
    permit: Option<KeyedGuard>,
}

/// The part that is written next, and where to continue reading.
enum Part {
    Account,
    Devices(String),
    Sessions(String),
    Apps(String),
    Activity(Option<Item>),
    Links,
    Emails(String),
    OfApp(OfApp),
    Last,
    End,
}

impl Export {
    pub(super) fn new(site: &Site, account: &AccountId, permit: Option<KeyedGuard>) -> Export {
        let (site, account) = (site.clone(), account.clone());
        let language = site.settings.language;
        Export { site, account, part: Part::Account, language, list: List::new("  "), permit }
    }

    /// Gives its permit to another holder.
    pub(in crate::features) fn take_permit(&mut self) -> Option<KeyedGuard> {
        self.permit.take()
    }

    /// The site that makes it.
    pub(in crate::features) fn site(&self) -> &Site {
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
    pub(in crate::features) async fn piece(&mut self) -> Result<Option<String>, Incomplete> {
        let mut text = String::new();
        let part = std::mem::replace(&mut self.part, Part::End);
        let (site, account) = (self.site.clone(), self.account.clone());
        self.part = match part {
            Part::Account => {
                let groups = groups::memberships(&site.db, &account).await?;
                let invitations = invitations::used_by(&site, &account).await?;
                let factors = second_factors::of(&site, &account).await?;
                let Some(account) = accounts::by_id(&site.db, &account).await? else {
                    return Err(Incomplete::Deleted);
                };
                self.language = account.language.unwrap_or(self.language);
                // Writing to a String never fails.
                let _ = write!(text, "{{\n  \"account\": {}", rows::account(&account));
                self.list.open(&mut text, "groups");
                self.list.add(&mut text, groups.iter().map(rows::membership));
                self.list.close(&mut text);
                self.list.open(&mut text, "invitations");
                self.list.add(&mut text, invitations.iter().map(rows::used_invitation));
                self.list.close(&mut text);
                let _ = write!(text, ",\n  \"second_factors\": {factors}");
                self.list.open(&mut text, "devices");
                Part::Devices(String::new())
            }
            Part::Devices(after) => {
                let places = sessions::devices_after(&site, &account, &after, ROWS).await?;
                self.list.add(&mut text, places.iter().map(rows::place));
                match last_of_many(places) {
                    Some(place) => Part::Devices(place.id),
                    None => Part::Sessions(String::new()),
                }
            }
            Part::Sessions(after) => {
                let places = sessions::sessions_after(&site, &account, &after, ROWS).await?;
                self.list.add(&mut text, places.iter().map(rows::place));
                match last_of_many(places) {
                    Some(place) => Part::Sessions(place.id),
                    None => {
                        self.list.close(&mut text);
                        self.list.open(&mut text, "apps");
                        Part::Apps(String::new())
                    }
                }
            }
            Part::Apps(after) => {
                let logins = passes::app_logins_after(&site, &account, &after, ROWS).await?;
                self.list.add(&mut text, logins.iter().map(rows::app_login));
                match last_of_many(logins) {
                    Some(login) => Part::Apps(login.id),
                    None => {
                        self.list.close(&mut text);
                        self.list.open(&mut text, "activity");
                        Part::Activity(None)
                    }
                }
            }
            Part::Activity(than) => {
                let items = audit::earlier(&site, &account, than.as_ref(), ROWS).await?;
                let language = self.language;
                self.list.add(&mut text, items.iter().map(|item| rows::event(&site, language, item)));
                match last_of_many(items) {
                    Some(item) => Part::Activity(Some(item)),
                    None => {
                        self.list.close(&mut text);
                        Part::Links
                    }
                }
            }
            Part::Links => {
                let links = links::of(&site, &account).await?.into_iter();
                let links = links.map(|(purpose, email, ends_at, _)| {
                    serde_json::json!({ "for": purpose, "email": email, "ends_at": ends_at.rfc3339() })
                });
                self.list.open(&mut text, "links");
                self.list.add(&mut text, links);
                self.list.close(&mut text);
                self.list.open(&mut text, "waiting_emails");
                Part::Emails(String::new())
            }
            Part::Emails(after) => {
                let emails = outbox::waiting_for(&site, &account, &after, ROWS).await?;
                self.list.add(&mut text, emails.iter().map(rows::email));
                match last_of_many(emails) {
                    Some(email) => Part::Emails(email.id.as_str().to_owned()),
                    None => {
                        self.list.close(&mut text);
                        of_app::begin(&site, &account, &mut text).await?.map_or(Part::Last, Part::OfApp)
                    }
                }
            }
            Part::OfApp(part) => part.next(&site, &account, &mut text).await?.map_or(Part::Last, Part::OfApp),
            Part::Last => {
                // If the account was deleted in the meantime, its rows disappeared while they were read: what was
                // written is incomplete.
                if accounts::by_id(&site.db, &account).await?.is_none() {
                    return Err(Incomplete::Deleted);
                }
                text.push_str("\n}\n");
                Part::End
            }
            Part::End => return Ok(None),
        };
        Ok(Some(text))
    }
}
