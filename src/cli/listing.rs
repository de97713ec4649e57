//! Lists that may be long: read in pages and printed page by page.

use std::time::Duration;

use rocket::futures::stream::StreamExt;
use serde_json::{Value, json};

use super::account_show::{as_json, in_words};
use super::lookup::{unread, when};
use super::output;
use crate::base::{Refusal, Site};
use crate::features::export;
use crate::people::Actor;
use crate::people::accounts::{self, Account};
use crate::people::audit;
use crate::people::groups::{self, GroupSummary};
use crate::services::second_factor;

/// Rows read at once.
const PAGE: i64 = 500;

/// A JSON array that is printed item by item.
struct Array(bool);

impl Array {
    fn item(&mut self, item: &Value) -> bool {
        let before = if std::mem::replace(&mut self.0, true) { ",\n" } else { "[" };
        output::write(&format!("{before}{item}"))
    }

    fn end(self) {
        output::write(if self.0 { "]\n" } else { "[]\n" });
    }
}

/// Which accounts are listed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Only {
    /// Those that have been unused for so long.
    pub(super) inactive: Option<Duration>,
    /// Those without what a site can require: two-factor authentication, or a passkey that logs in by itself.
    pub(super) without_second_factor: bool,
}

/// Lists accounts, oldest first.
pub(super) async fn accounts(site: &Site, only: &Only, json: bool) -> Result<(), Refusal> {
    let seconds = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let unused_since = only.inactive.map(|time| site.clock.now().minus(seconds(time)));
    let (mut after, mut array, mut any) = (String::new(), Array(false), false);
    loop {
        let page = accounts::page(&site.db, &after, unused_since, PAGE).await.map_err(unread)?;
        let Some(last) = page.last() else { break };
        after = last.id.to_string();
        for account in &page {
            if only.without_second_factor && has_second_factor(site, account).await? {
                continue;
            }
            any = true;
            if json {
                array.item(&as_json(account));
            } else {
                output::line(row(site, account));
            }
        }
    }
    match (json, any, only) {
        (true, ..) => array.end(),
        (false, true, _) => {}
        (false, false, Only { without_second_factor: true, .. }) => {
            output::line("There is no such account without a second factor.");
        }
        (false, false, Only { inactive: None, .. }) => output::line("There are no accounts."),
        (false, false, Only { inactive: Some(_), .. }) => {
            output::line("No account has been unused for that long.");
        }
    }
    Ok(())
}

/// Whether an account has what a site can require: two-factor authentication, or a passkey that logs in by itself.
async fn has_second_factor(site: &Site, account: &Account) -> Result<bool, Refusal> {
    let factors = second_factor::summary(site, &account.id).await.map_err(unread)?;
    Ok(factors.is_on() || factors.passkeys.by_themselves > 0)
}

/// An account on one line, with what matters about it.
fn row(site: &Site, account: &Account) -> String {
    let unconfirmed = site.mailer.is_on() && account.confirmed_at.is_none();
    let marks = [
        (account.disabled_at.is_some(), "disabled"),
        (unconfirmed, "not confirmed"),
        (account.logged_in_at.is_none(), "never logged in"),
    ];
    let marks: Vec<_> = marks.iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| *mark).collect();
    let marks = if marks.is_empty() { String::new() } else { format!("  ({})", marks.join(", ")) };
    format!("{}  {}  {}{marks}", when(account.created_at), account.email, account.name)
}

/// Prints the activity of an account, newest first.
pub(super) async fn activity(site: &Site, account: &Account, json: bool) -> Result<(), Refusal> {
    let (mut last, mut array) = (None, Array(false));
    loop {
        let page = audit::earlier(site, &account.id, last.as_ref(), PAGE).await.map_err(unread)?;
        for item in &page {
            let (what, place) = in_words(site, item);
            if json {
                array.item(&json!({ "at": when(item.at), "what": what, "where": place }));
            } else {
                output::line(format!("{}  {what}  ({place})", when(item.at)));
            }
        }
        match page.into_iter().next_back() {
            None => break,
            item => last = item,
        }
    }
    if json {
        array.end();
    }
    Ok(())
}

/// Prints a group with its members, the oldest account first.
pub(super) async fn members(site: &Site, group: &GroupSummary, json: bool) -> Result<(), Refusal> {
    let created = group.created_at.map(when);
    if json {
        let head = json!({ "name": group.name.as_str(), "title": group.title, "created_at": created });
        let head = head.to_string();
        output::write(&format!("{},\"members\":\n", head.trim_end_matches('}')));
    } else {
        output::line(format!("name      {}\ntitle     {}", group.name, group.title));
        if let Some(created) = created {
            output::line(format!("created   {created}"));
        }
    }
    let (mut after, mut array) = (String::new(), Array(false));
    loop {
        let page = groups::members_after(&site.db, &group.name, &after, PAGE).await.map_err(unread)?;
        let Some(last) = page.last() else { break };
        after = last.account.to_string();
        for member in &page {
            let since = when(member.since);
            if json {
                let id = member.account.as_str();
                array.item(&json!({ "id": id, "email": member.email, "name": member.name, "since": since }));
            } else {
                output::line(format!("member    {since}  {}  {}", member.email, member.name));
            }
        }
    }
    if json {
        array.end();
        output::write("}\n");
    }
    Ok(())
}

/// Prints a copy of all data about the owner of an account, as they would get it themselves.
pub(super) async fn copy(site: &Site, account: &Account) -> Result<(), Refusal> {
    let whole = |error| {
        Refusal::new(format!("The copy that was printed is incomplete: {error}. Run the command again."))
    };
    let mut pieces = export::begin_unlimited(site, &account.id, Actor::CommandLine)
        .await
        .map_err(unread)?
        .pieces()
        .boxed();
    while let Some(piece) = pieces.next().await {
        if !output::write(&piece.map_err(whole)?) {
            break; // the reader has closed the pipe
        }
    }
    Ok(())
}
