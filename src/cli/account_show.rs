//! One account, for an operator who was asked "Why can't she log in?".

use serde_json::{Value, json};

use super::factors_shown::FactorsShown;
use super::lookup::{unread, when};
use crate::base::{Language, Refusal, Sentence, Site, Time};
use crate::people::accounts::Account;
use crate::people::audit::{self, Item};
use crate::people::groups::{self, GroupName};
use crate::people::sessions::{self, Place};
use crate::services::administration::{self, Hindrance};
use crate::services::outbox;

/// Items of each list that are shown, newest first.
const SHOWN: i64 = 10;

/// What is known about an account, for people or as JSON.
pub(super) async fn shown(site: &Site, account: &Account, json: bool) -> Result<String, Refusal> {
    let id = &account.id;
    let factors = FactorsShown::of(site, account).await?;
    let mut places = sessions::list_for_operator(site, id).await.map_err(unread)?;
    let ways = administration::ways_in(site, account, factors.factors(), &places).await.map_err(unread)?;
    let of = if ways.by_passkey { "with the password: " } else { "" };
    let told = |hindrance: &Hindrance| format!("{of}{}", told(site, account, hindrance));
    let hindrances: Vec<String> = ways.hindrances.iter().map(told).collect();
    let failures = audit::failed_logins(site, id, SHOWN).await.map_err(unread)?;
    places.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
    let emails = outbox::newest_for(site, id, SHOWN).await.map_err(unread)?;
    let groups = groups::names_of(&site.db, id).await.map_err(unread)?;
    let groups: Vec<&str> = groups.iter().map(GroupName::as_str).collect();
    if json {
        let mut all = as_json(account);
        all["groups"] = json!(groups);
        all["hindrances"] = json!(hindrances);
        all["second_factors"] = factors.as_json();
        all["last_failures"] = failures
            .iter()
            .map(|item| {
                let (what, place) = in_words(site, item);
                json!({ "at": when(item.at), "what": what, "where": place })
            })
            .collect();
        all["places"] = places.iter().map(place_as_json).collect();
        all["waiting_emails"] = emails
            .iter()
            .map(|email| {
                let at = when(Time::from_unix(email.queued_at));
                json!({ "kind": email.kind, "address": email.address, "queued_at": at, "last_error": email.last_error })
            })
            .collect();
        return Ok(all.to_string());
    }
    let mut text = facts(account);
    if !groups.is_empty() {
        text += &format!("\n{:10}{}", "groups", groups.join(", "));
    }
    if ways.by_passkey {
        text += &format!("\n{:10}possible with a passkey", "login");
    }
    if ways.by_password {
        text += &format!("\n{:10}possible with {}", "login", factors.needed(site));
    }
    if ways.by_password && !ways.networks_known {
        let program = site.settings.program.name;
        text += &format!(
            "\n{:10}unless its owner is in a network that waits: {program} network unlock ADDRESS",
            ""
        );
    }
    for hindrance in &hindrances {
        text += &format!("\n{:10}{hindrance}", "login");
    }
    text += &factors.lines();
    for item in &failures {
        let (what, place) = in_words(site, item);
        text += &format!("\n{:10}{}  {what}  ({place})", "failed", when(item.at));
    }
    for place in &places {
        let kind = if place.remembered { "device" } else { "session" };
        let address = place.address.as_deref().unwrap_or("an unknown address");
        text += &format!("\n{kind:10}{}, {address}, last used {}", place.browser, when(place.last_used));
    }
    for email in &emails {
        let trouble = email.last_error.as_ref().map(|why| format!("  ({why})")).unwrap_or_default();
        let at = when(Time::from_unix(email.queued_at));
        text += &format!("\n{:10}{at}  {}  to {}{trouble}", "waiting", email.kind, email.address);
    }
    Ok(text)
}

/// What happened, and from where, as the owner reads it: in the language of the site.
pub(super) fn in_words(site: &Site, item: &Item) -> (String, String) {
    let say = |sentence: &Sentence| site.words.text(site.settings.language, sentence);
    (say(&item.sentence()), say(&item.place()))
}

/// What keeps the owner from logging in, with the command that helps.
fn told(site: &Site, account: &Account, hindrance: &Hindrance) -> String {
    let (email, program) = (&account.email, site.settings.program.name);
    match hindrance {
        Hindrance::Disabled(since) => {
            format!("disabled since {}: {program} account enable {email}", when(*since))
        }
        Hindrance::Unconfirmed => {
            format!("the address is not confirmed: {program} account link {email} --confirm")
        }
        Hindrance::NoPassword => format!("there is no password: {program} account link {email} --reset"),
        Hindrance::PasswordsPaused(until) => {
            format!("new browsers must wait until {}: {program} account unlock {email}", when(*until))
        }
        Hindrance::CodesPaused(until) => format!(
            "codes of the app must wait until {} in new browsers: {program} account unlock {email}",
            when(*until)
        ),
        Hindrance::NoSecondFactor => {
            format!("there is no second factor that works: {program} account recovery-code {email}")
        }
        Hindrance::NetworkWaits(address, until) => format!(
            "logins from the network of {address} must wait until {}: {program} network unlock {address}",
            when(*until)
        ),
    }
}

fn facts(account: &Account) -> String {
    let dated =
        |what: &str, at: Option<Time>| at.map(|at| format!("\n{what:10}{}", when(at))).unwrap_or_default();
    let more = [
        dated("confirmed", account.confirmed_at),
        dated("logged in", account.logged_in_at),
        dated("disabled", account.disabled_at),
        account.language.map(|language| format!("\nlanguage  {language}")).unwrap_or_default(),
        dated("terms", account.terms_accepted_at),
        account.terms_version.as_ref().map(|version| format!(", version {version}")).unwrap_or_default(),
    ];
    let Account { id, email, name, created_at, handle, .. } = account;
    let handle = handle.as_ref().map(|handle| format!("\nhandle    {handle}")).unwrap_or_default();
    let more = handle + &more.concat();
    format!("id        {id}\nemail     {email}\nname      {name}\ncreated   {}{more}", when(*created_at))
}

/// What tells an account from that of a stranger who signed up with the same address.
pub(super) fn identity(account: &Account) -> String {
    let dated = |at: Option<Time>, none: &str| at.map_or_else(|| none.to_owned(), when);
    let logged_in = dated(account.logged_in_at, "never");
    let confirmed = dated(account.confirmed_at, "no");
    let Account { id, name, created_at, .. } = account;
    let created = when(*created_at);
    format!(
        "id        {id}\nname      {name}\ncreated   {created}\nlogged in {logged_in}\nconfirmed {confirmed}"
    )
}

/// An account, for programs.
pub(super) fn as_json(account: &Account) -> Value {
    json!({
        "id": account.id.as_str(),
        "email": account.email,
        "name": account.name,
        "handle": account.handle,
        "created_at": when(account.created_at),
        "confirmed_at": account.confirmed_at.map(when),
        "logged_in_at": account.logged_in_at.map(when),
        "disabled_at": account.disabled_at.map(when),
        "language": account.language.map(Language::code),
        "terms_version": account.terms_version,
        "terms_accepted_at": account.terms_accepted_at.map(when),
    })
}

fn place_as_json(place: &Place) -> Value {
    json!({
        "browser": place.browser.to_string(),
        "address": place.address,
        "logged_in_at": when(place.began),
        "last_used_at": when(place.last_used),
        "remembered": place.remembered,
    })
}
