//! The list of accounts, newest first, and the search. What is asked stands in the address, so that a page can be kept.

use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, routes};
use serde_json::{Map, Value, json};
use url::form_urlencoded::Serializer;

use super::group_words::GroupWords;
use super::paging::{MOST, Part, Place};
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::AccountId;
use crate::people::groups::{Admin, GroupName};
use crate::services::administration::{self, COUNTED, Counted, Listed, Only, Scan, Stop, Typed};
use crate::web::moment::{self, Moment};
use crate::web::{self, Page, paths};

/// Its routes.
pub(super) fn routes() -> Vec<Route> {
    routes![front, index]
}

/// What comes before the name of a group in the value of `show`.
const OF_GROUP: &str = "group:";

/// What is asked for: all of it may be missing.
#[derive(FromForm)]
struct Asked<'r> {
    /// What was typed into the search.
    search: Option<&'r str>,
    /// Which accounts, if nothing was typed.
    show: Option<&'r str>,
    /// Those that are older than this one.
    before: Option<&'r str>,
    /// Those that are newer.
    after: Option<&'r str>,
    /// The oldest ones.
    oldest: Option<&'r str>,
    /// All are to be counted, however many there are.
    count: Option<&'r str>,
}

/// The address that administrators type.
#[get("/admin")]
fn front(_admin: Admin) -> Redirect {
    Redirect::to(paths::ADMIN_ACCOUNTS)
}

#[get("/admin/accounts?<asked..>")]
async fn index(_admin: Admin, asked: Asked<'_>, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    let only = only(asked.show.unwrap_or_default());
    let groups = GroupWords::read(&layout, site).await?;
    let mut context = json!({
        "search": asked.search.unwrap_or_default().replace('\0', ""),
        "show": code(&only),
        "groups": choices(&groups),
        // Without email, no address can be confirmed.
        "confirms": site.mailer.is_on(),
    });
    let more = match Typed::parse(asked.search.unwrap_or_default()) {
        Typed::Nothing => listed((&layout, &groups), site, &only, &asked).await?,
        typed => searched((&layout, &groups), site, &typed, &asked).await?,
    };
    if let Value::Object(context) = &mut context {
        context.extend(more);
    }
    Ok(layout.page("admin_accounts.html", "admin-accounts-title", context))
}

/// A page of a list.
async fn listed(
    (layout, groups): (&Layout<'_>, &GroupWords),
    site: &Site,
    only: &Only,
    asked: &Asked<'_>,
) -> web::Result<Map<String, Value>> {
    let account = |typed: Option<&str>| typed.and_then(AccountId::parse);
    let place = Place::of(account(asked.before), account(asked.after), asked.oldest.is_some());
    let part = part(site, only, &place).await?;
    let show = code(only);
    let shown = [("show", &*show)];
    let shown = if show.is_empty() { &shown[..0] } else { &shown[..] };
    let to = |name: &str, value: &str| href(&[shown, &[(name, value)]].concat());
    // Counting takes longer than listing: it is done once, on the page that is seen most.
    let counted = match part.is_newest() {
        true => Some(administration::count(&site.db, only, asked.count.is_some()).await?),
        false => None,
    };
    let mut context = object(json!({
        "trouble": null,
        "accounts": part.rows.iter().map(|account| row(layout, groups, site, account)).collect::<Vec<_>>(),
        "count": counted.map(|counted| layout.say(&counted_sentence(counted))),
        "count_all": (counted == Some(Counted::Many)).then(|| to("count", "all")),
        "oldest": (!part.is_oldest()).then(|| to("oldest", "yes")),
    }));
    context.extend(object(part.links_by(&href(shown), |name, account| to(name, account.id.as_str()))));
    Ok(context)
}

/// One page of a list of accounts.
pub(super) async fn part(site: &Site, only: &Only, place: &Place<AccountId>) -> sqlx::Result<Part<Listed>> {
    if let Place::NewerThan(than) = place
        && let Some(part) = Part::newer(administration::newer(&site.db, only, Some(than), MOST).await?)
    {
        return Ok(part);
    }
    if *place == Place::Oldest {
        return Ok(Part::oldest(administration::newer(&site.db, only, None, MOST).await?));
    }
    let than = place.older_than();
    Ok(Part::older(administration::older(&site.db, only, than, MOST).await?, than.is_none()))
}

/// What a search found.
async fn searched(
    (layout, groups): (&Layout<'_>, &GroupWords),
    site: &Site,
    typed: &Typed,
    asked: &Asked<'_>,
) -> web::Result<Map<String, Value>> {
    let Typed::Part(part) = typed else {
        let found = administration::find(&site.db, typed).await?;
        let accounts: Vec<Value> = found.iter().map(|account| row(layout, groups, site, account)).collect();
        return Ok(object(json!({ "searched": true, "trouble": null, "accounts": accounts })));
    };
    let before = asked.before.and_then(AccountId::parse);
    let Some(found) = administration::search(site, part, before.as_ref(), Scan::USUAL).await? else {
        return Ok(object(json!({ "searched": true, "trouble": "busy", "accounts": [] })));
    };
    let search = asked.search.unwrap_or_default();
    let on = |before: &AccountId| href(&[("search", search), ("before", before.as_str())]);
    let (trouble, on) = match &found.stop {
        Stop::End => (None, None),
        Stop::Full(last) => (None, Some(on(last))),
        Stop::TooLong(last) => (Some("too-long"), Some(on(last))),
    };
    let accounts: Vec<Value> =
        found.accounts.iter().map(|account| row(layout, groups, site, account)).collect();
    Ok(object(json!({
        "searched": true,
        "trouble": trouble,
        "accounts": accounts,
        "newest": before.map(|_| href(&[("search", search)])),
        "older": on,
    })))
}

fn row(layout: &Layout<'_>, groups: &GroupWords, site: &Site, account: &Listed) -> Value {
    json!({
        "id": account.id.as_str(),
        "name": account.name,
        "email": account.email.shown(),
        "groups": groups.list(&account.groups),
        "made": layout.say(&moment::date(account.created_at, site)),
        "logged_in": account.logged_in_at.map(|at| Moment::recent(at, site, layout.language())),
        "disabled": account.disabled_at.is_some(),
        "unconfirmed": site.mailer.is_on() && account.confirmed_at.is_none(),
    })
}

/// The groups to choose from: the value of `show` for each, and what a page calls it.
fn choices(groups: &GroupWords) -> Vec<Value> {
    let code = |name: &GroupName| format!("{OF_GROUP}{name}");
    groups.each().map(|(name, called)| json!({ "code": code(name), "title": called })).collect()
}

/// Which accounts a value of `show` stands for. All, if it is none of ours.
fn only(show: &str) -> Only {
    match show {
        "disabled" => Only::Disabled,
        "unconfirmed" => Only::Unconfirmed,
        "unused" => Only::NeverLoggedIn,
        _ => show.strip_prefix(OF_GROUP).and_then(GroupName::parse).map_or(Only::All, Only::Group),
    }
}

/// The value of `show`; empty for all.
fn code(only: &Only) -> String {
    match only {
        Only::All => String::new(),
        Only::Disabled => "disabled".to_owned(),
        Only::Unconfirmed => "unconfirmed".to_owned(),
        Only::NeverLoggedIn => "unused".to_owned(),
        Only::Group(name) => format!("{OF_GROUP}{name}"),
    }
}

/// This page, asked like this.
fn href(asked: &[(&str, &str)]) -> String {
    if asked.is_empty() {
        return paths::ADMIN_ACCOUNTS.to_owned();
    }
    let query = Serializer::new(String::new()).extend_pairs(asked).finish();
    format!("{}?{query}", paths::ADMIN_ACCOUNTS)
}

pub(super) fn counted_sentence(counted: Counted) -> Sentence {
    match counted {
        Counted::Exactly(count) => {
            Sentence::new("admin-accounts-count").with("count", count).with("number", in_groups(count))
        }
        Counted::Many => Sentence::new("admin-accounts-many").with("number", in_groups(COUNTED)),
    }
}

/// A number as it can be read: its digits in groups of three (ISO 80000-1, 7.3.1), with spaces that do not break.
fn in_groups(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() > 4 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_number_is_read_in_groups_of_three_digits() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (9_999, "9999"),
            (10_000, "10\u{202f}000"),
            (1_234_567, "1\u{202f}234\u{202f}567"),
        ] {
            assert_eq!(in_groups(number), text);
        }
    }

    #[test]
    fn what_a_list_shows_can_be_asked_for_again() {
        for show in ["", "disabled", "unconfirmed", "unused", "group:choir"] {
            assert_eq!(code(&only(show)), show);
        }
        for odd in ["all", "group:", "group:The Choir", "\u{202e}"] {
            assert_eq!(only(odd), Only::All, "{odd}");
        }
        assert_eq!(href(&[]), "/admin/accounts");
        assert_eq!(href(&[("search", "a b&c"), ("before", "7")]), "/admin/accounts?search=a+b%26c&before=7");
    }
}
