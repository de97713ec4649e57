//! Lists that may be long: read in pages and printed page by page.

use rocket::futures::stream::StreamExt;
use serde_json::{Value, json};

use super::account_show::in_words;
use super::lookup::{unread, when};
use super::output;
use crate::base::{Refusal, Site};
use crate::features::export;
use crate::people::Actor;
use crate::people::accounts::Account;
use crate::people::audit;
use crate::people::groups::{self, GroupSummary};
use crate::services::apps;

/// Rows read at once.
const PAGE: i64 = 500;

/// A JSON array that is printed item by item.
pub(super) struct Array(bool);

impl Array {
    /// One of which nothing is printed.
    pub(super) fn new() -> Array {
        Array(false)
    }

    /// Prints an item. Returns whether the reader is still there.
    pub(super) fn item(&mut self, item: &Value) -> bool {
        let before = if std::mem::replace(&mut self.0, true) { ",\n" } else { "[" };
        output::write(&format!("{before}{item}"))
    }

    /// Prints its end.
    pub(super) fn end(self) {
        output::write(if self.0 { "]\n" } else { "[]\n" });
    }
}

/// Prints the activity of an account, newest first.
pub(super) async fn activity(site: &Site, account: &Account, json: bool) -> Result<(), Refusal> {
    let (mut last, mut array) = (None, Array::new());
    loop {
        let page = audit::earlier(site, &account.id, last.as_ref(), PAGE).await.map_err(unread)?;
        for item in &page {
            let (what, place) = in_words(site, item);
            let group = item.group();
            if json {
                let mut event = json!({ "at": when(item.at), "what": what, "where": place });
                if let Some(group) = group {
                    event["group"] = group.into();
                }
                array.item(&event);
            } else {
                let group = group.map(|group| format!(": {group}")).unwrap_or_default();
                output::line(format!("{}  {what}{group}  ({place})", when(item.at)));
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
    let apps = apps::read(&site.db).await.map_err(unread)?;
    let apps: Vec<&str> = apps.naming(&group.name).into_iter().map(|app| app.name.as_str()).collect();
    if json {
        let head = json!({
            "name": group.name.as_str(), "title": group.title, "created_at": created, "apps": apps,
        });
        let head = head.to_string();
        output::write(&format!("{},\"members\":\n", head.trim_end_matches('}')));
    } else {
        output::line(format!("name      {}\ntitle     {}", group.name, group.title));
        if let Some(created) = created {
            output::line(format!("created   {created}"));
        }
        apps.iter().for_each(|app| output::line(format!("app       {app}")));
    }
    let (mut after, mut array) = (String::new(), Array::new());
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
