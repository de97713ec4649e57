//! What the page of an account shows: what is known about it, why its owner cannot log in, where they are logged in, and
//! what happened, with who did it. Never a secret.

use serde_json::{Value, json};

use crate::base::{Sentence, Site, Time};
use crate::features::email_links;
use crate::layout::Layout;
use crate::people::accounts::{self, Account, AccountId};
use crate::people::audit::{self, Detail, Item};
use crate::people::groups;
use crate::people::sessions::{self, Place};
use crate::services::administration::{Hindrance, hindrances};
use crate::services::outbox;
use crate::services::second_factor::{self, Factors};
use crate::web::moment::{self, Moment};

/// Devices and emails that are shown.
const SHOWN: usize = 10;

/// The values of the page. `before` is a position in the activity.
pub(super) async fn shown(
    layout: &Layout<'_>,
    site: &Site,
    account: &Account,
    before: Option<&str>,
) -> sqlx::Result<Value> {
    let factors = second_factor::summary(site, &account.id).await?;
    let memberships = groups::memberships(&site.db, &account.id).await?;
    let groups: Vec<&str> = memberships.iter().map(|membership| &*membership.title).collect();
    let places = sessions::list_for_operator(site, &account.id).await?;
    let emails = outbox::newest_for(site, &account.id, i64::try_from(SHOWN).unwrap_or(i64::MAX)).await?;
    let pending = email_links::pending(site, &account.id).await?;
    let day = |at: Time| layout.say(&moment::date(at, site));
    let recent = |at: Time| Moment::recent(at, site, layout.language());
    Ok(json!({
        "account": {
            "id": account.id.as_str(),
            "name": account.name,
            "email": account.email.shown(),
            "created": day(account.created_at),
            "confirmed": account.confirmed_at.map(day),
            "logged_in": account.logged_in_at.map(recent),
            "disabled": account.disabled_at.map(day),
            "language": account.language.map(|language| language.name()),
        },
        "pending": pending.as_ref().map(|email| email.shown()),
        "hindrances": hindrances_shown(layout, site, account).await?,
        "needs_factor": factors.is_asked(site),
        "now": Moment::new(site.clock.now(), site, layout.language()),
        "groups": groups.join(", "),
        "factors": factors_shown(layout, site, &factors),
        "devices": places.len(),
        "places": places.iter().take(SHOWN).map(|place| place_shown(layout, site, place)).collect::<Vec<_>>(),
        "emails": emails
            .iter()
            .map(|email| json!({
                "kind": email.kind,
                "address": email.address,
                "queued": recent(Time::from_unix(email.queued_at)),
                "trouble": email.last_error,
            }))
            .collect::<Vec<_>>(),
        "activity": activity(layout, site, account, before).await?,
    }))
}

/// What keeps the owner from logging in: a sentence, and the code of the button that helps, if one does.
async fn hindrances_shown(layout: &Layout<'_>, site: &Site, account: &Account) -> sqlx::Result<Vec<Value>> {
    let at = |sentence: Sentence, at: Time| {
        sentence.with("date", moment::date(at, site)).with("time", moment::clock(at, site))
    };
    let shown = |hindrance: Hindrance| {
        let (sentence, helps) = match hindrance {
            Hindrance::Disabled(since) => (at("admin-why-disabled".into(), since), Some("enable")),
            Hindrance::Unconfirmed => ("admin-why-unconfirmed".into(), Some("confirm")),
            Hindrance::NoPassword => ("admin-why-no-password".into(), Some("link")),
            Hindrance::PasswordsPaused(until) => (at("admin-why-paused".into(), until), Some("unlock")),
            Hindrance::CodesPaused(until) => (at("admin-why-codes-paused".into(), until), Some("unlock")),
            Hindrance::NoSecondFactor => ("admin-why-no-factor".into(), Some("factors")),
            Hindrance::NetworkWaits(address, until) => {
                let sentence = Sentence::new("admin-why-network").with("ip", address.to_string());
                (at(sentence, until), Some("network"))
            }
        };
        let network = match hindrance {
            Hindrance::NetworkWaits(address, _) => Some(address.to_string()),
            _ => None,
        };
        json!({ "sentence": layout.say(&sentence), "helps": helps, "network": network })
    };
    Ok(hindrances(site, account).await?.into_iter().map(shown).collect())
}

fn factors_shown(layout: &Layout<'_>, site: &Site, factors: &Factors) -> Value {
    let day = |at: Time| layout.say(&moment::date(at, site));
    let trouble = factors.app.as_ref().and_then(|app| match (app.readable, app.stopped_at) {
        (false, _) => Some("unreadable"),
        (true, Some(_)) => Some("stopped"),
        (true, None) => None,
    });
    let passkeys = factors.passkeys.as_second();
    let has_any = factors.app.is_some() || passkeys + factors.passkeys.elsewhere > 0;
    json!({
        "since": factors.two_factor_since.map(day),
        "app": factors.app.as_ref().map(|app| day(app.created_at)),
        "app_used": factors.app.as_ref().and_then(|app| app.last_used_at).map(day),
        "trouble": trouble,
        "passkeys": passkeys,
        "has_codes": factors.codes_left.is_some(),
        "codes": factors.codes_left.unwrap_or_default(),
        "any": has_any || factors.codes_left.is_some(),
    })
}

fn place_shown(layout: &Layout<'_>, site: &Site, place: &Place) -> Value {
    let ip = place.address.as_deref().unwrap_or("unknown");
    json!({
        "id": place.id,
        "browser": layout.say(&place.browser.in_sentence("browser".into())),
        "place": layout.say(&Sentence::new("place-ip").with("ip", ip)),
        "last_used": Moment::recent(place.last_used, site, layout.language()),
        "remembered": place.remembered,
    })
}

/// What happened, as its owner reads it; and which administrator it was, with what was before and after.
async fn activity(
    layout: &Layout<'_>,
    site: &Site,
    account: &Account,
    before: Option<&str>,
) -> sqlx::Result<Value> {
    let trail = audit::trail(site, &account.id, before).await?;
    let mut known: Vec<(AccountId, Option<Account>)> = Vec::new();
    for id in trail.items.iter().filter_map(|item| item.actor_id.as_ref()) {
        if known.iter().all(|(known, _)| known != id) {
            known.push((id.clone(), accounts::by_id(&site.db, id).await?));
        }
    }
    let who = |item: &Item| {
        let id = item.actor_id.as_ref()?;
        let found = known.iter().find(|(known, _)| known == id).and_then(|(_, found)| found.as_ref());
        Some(json!({ "id": id.as_str(), "name": found.map(|found| &found.name) }))
    };
    let items = trail.items.iter().map(|item| {
        json!({
            "sentence": layout.say(&item.sentence()),
            "place": layout.say(&item.place()),
            "who": who(item),
            "before": told(item).map(|detail| &detail.before),
            "after": told(item).map(|detail| &detail.after),
            "at": Moment::recent(item.at, site, layout.language()),
        })
    });
    Ok(json!({ "items": items.collect::<Vec<_>>(), "older": trail.before, "newest": before.is_none() }))
}

/// What was before and after, if the sentence of the event does not say it: an address, or a number.
fn told(item: &Item) -> Option<&Detail> {
    let says_more = |text: &str| text.contains('@') || text.parse::<u64>().is_ok();
    item.detail.as_ref().filter(|detail| says_more(&detail.before) && says_more(&detail.after))
}
