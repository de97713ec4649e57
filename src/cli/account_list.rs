//! A list of accounts: all, or those that were asked for, as they are read.

use std::time::Duration;

use super::account_show::as_json;
use super::list_arguments::{After, ListArguments};
use super::listing::Array;
use super::lookup::{find, no_group, typed_group, unread, when};
use super::output;
use crate::base::{Refusal, Site};
use crate::people::accounts::{self, Account, AccountId, List, Which};
use crate::people::groups::{self, GroupName};
use crate::services::administration::{Typed, pattern};
use crate::services::second_factor;

/// Rows read at once.
const PAGE: i64 = 500;

/// Lists accounts, in the order in which they came to this site.
pub(super) async fn list(site: &Site, typed: &ListArguments) -> Result<(), Refusal> {
    let mut printed = Printed { json: typed.json, array: Array::new(), count: 0, last: None };
    let has_more = match which(site, typed).await? {
        Some(which) => {
            let after = match &typed.after {
                None => None,
                Some(After::Id(id)) => Some(id.clone()),
                Some(After::Email(email)) => Some(find(site, email.as_str()).await?.id),
            };
            print(site, typed, List::new(which, after.as_ref()), &mut printed).await?
        }
        None => false,
    };
    if typed.json {
        printed.array.end();
        return Ok(());
    }
    match printed.last {
        None => output::line(none(typed)),
        Some(last) if has_more => output::line(format!("There are more. To go on, add: --after {last}")),
        Some(_) if typed.state.is_some() => output::line(counted(printed.count)),
        Some(_) => {}
    }
    Ok(())
}

/// Which accounts were asked for. `None` if there is no such account.
async fn which(site: &Site, typed: &ListArguments) -> Result<Option<Which>, Refusal> {
    let seconds = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let mut which = Which {
        unused_since: typed.inactive.map(|time| site.clock.now().minus(seconds(time))),
        state: typed.state,
        ..Which::default()
    };
    if let Some(group) = &typed.group {
        which.group = Some(existing_group(site, group).await?.as_str().to_owned());
    }
    match typed.search.as_deref().map(Typed::parse) {
        None => {}
        Some(Typed::Nothing) => {
            return Err(Refusal::new(
                "There is nothing to search for. Type a part of an address or name after --search.",
            ));
        }
        Some(Typed::Part(part)) => which.pattern = Some(pattern(&part)),
        Some(Typed::Id(id)) => which.id = Some(id),
        Some(Typed::Email(email)) => match accounts::by_email(&site.db, &email).await.map_err(unread)? {
            Some(account) => which.id = Some(account.id),
            None => return Ok(None),
        },
    }
    Ok(Some(which))
}

async fn existing_group(site: &Site, typed: &str) -> Result<GroupName, Refusal> {
    let name = typed_group(typed)?;
    match groups::find(site, &name).await.map_err(unread)? {
        Some(_) => Ok(name),
        None => Err(no_group(site, &name).await),
    }
}

/// What was printed so far.
struct Printed {
    json: bool,
    array: Array,
    count: u32,
    last: Option<AccountId>,
}

/// Prints a list as it is read, up to the limit. Returns whether there are more accounts.
async fn print(
    site: &Site,
    typed: &ListArguments,
    mut list: List,
    printed: &mut Printed,
) -> Result<bool, Refusal> {
    // One more than the limit says whether there are more.
    let at_once = typed.limit.map_or(PAGE, |limit| PAGE.min(i64::from(limit) + 1));
    loop {
        let page = list.more(&site.db, at_once).await.map_err(unread)?;
        if page.is_empty() {
            return Ok(false);
        }
        for account in &page {
            if typed.without_second_factor && has_second_factor(site, account).await? {
                continue;
            }
            if typed.limit == Some(printed.count) {
                return Ok(true);
            }
            printed.add(site, account);
        }
    }
}

impl Printed {
    fn add(&mut self, site: &Site, account: &Account) {
        if self.json {
            self.array.item(&as_json(account));
        } else {
            output::line(row(site, account));
        }
        self.count += 1;
        self.last = Some(account.id.clone());
    }
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

/// What is said of a list without an account.
fn none(typed: &ListArguments) -> &'static str {
    let ListArguments { search, group, state, after, .. } = typed;
    let is_part = search.is_some() || group.is_some() || state.is_some() || after.is_some();
    match (typed.without_second_factor, typed.inactive) {
        (true, _) => "There is no such account without a second factor.",
        (false, _) if is_part => "There is no such account.",
        (false, Some(_)) => "No account has been unused for that long.",
        (false, None) => "There are no accounts.",
    }
}

/// How many accounts a list has, after its last one.
fn counted(count: u32) -> String {
    match count {
        1 => "1 account".to_owned(),
        count => format!("{count} accounts"),
    }
}
