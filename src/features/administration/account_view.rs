//! What the page of an account shows: what is known about it, how its owner can log in, and why not, where they are logged
//! in, in which groups they are, and what happened, with who did it. Never a secret. It takes as many queries however much
//! there is of each.

use serde_json::{Value, json};

use super::activity::about;
use crate::base::mailer::cut;
use crate::base::{Sentence, Site, Time};
use crate::features::email_links;
use crate::layout::Layout;
use crate::people::accounts::{self, Account, AccountId};
use crate::people::audit::{self, Item, Told};
use crate::people::groups::GroupName;
use crate::people::sessions::{self, Place};
use crate::services::administration::{self, Hindrance};
use crate::services::outbox;
use crate::services::second_factor::{self, Factors};
use crate::web::moment::{self, Moment};

/// Devices and emails that are shown.
const SHOWN: usize = 10;

/// The values of the page for an administrator. `before` is a position in the activity.
pub(super) async fn shown(
    layout: &Layout<'_>,
    site: &Site,
    by: &AccountId,
    account: &Account,
    before: Option<&str>,
) -> sqlx::Result<Value> {
    let factors = second_factor::summary(site, &account.id).await?;
    let places = sessions::list_for_operator(site, &account.id).await?;
    let ways = administration::ways_in(site, account, &factors, &places).await?;
    let unlock_network = format!("{} network unlock ADDRESS", site.settings.program.name);
    let is_unused = accounts::awaits_first_password(site.db.reader(), &account.id).await?;
    // Her link confirms the address, too: it is the one help.
    let by_link = |why: &&Hindrance| !is_unused || **why != Hindrance::Unconfirmed;
    let hindrances = ways.hindrances.iter().filter(by_link);
    let groups = administration::memberships(&site.db, &account.id).await?;
    let group = |(name, title): &(GroupName, String)| {
        // Administrators are removed from their own group by another one.
        let stays = name.is_admins() && account.id == *by;
        json!({ "name": name.as_str(), "title": layout.group_title(name, title), "stays": stays })
    };
    let emails = outbox::newest_for(site, &account.id, i64::try_from(SHOWN).unwrap_or(i64::MAX)).await?;
    let pending = email_links::pending(site, &account.id).await?;
    let day = |at: Time| layout.say(&moment::date(at, site));
    let recent = |at: Time| Moment::recent(at, site, layout.language());
    Ok(json!({
        "account": {
            "id": account.id.as_str(),
            "name": account.name,
            "email": account.email.shown(),
            "handle": account.handle,
            "created": day(account.created_at),
            "confirmed": account.confirmed_at.map(day),
            "logged_in": account.logged_in_at.map(recent),
            "disabled": account.disabled_at.map(day),
            "language": account.language.map(|language| language.name()),
        },
        "pending": pending.as_ref().map(|pending| {
            json!({ "address": pending.email.shown(), "by": pending.by.code() })
        }),
        "password": if ways.hindrances.contains(&Hindrance::NoPassword) { "no" } else { "yes" },
        "by_passkey": ways.by_passkey,
        "by_password": ways.by_password,
        // The command for a network that is not known here.
        "unlock_network": (ways.by_password && !ways.networks_known).then_some(unlock_network),
        "needs_factor": factors.is_asked(site),
        "hindrances": hindrances.map(|why| why_shown(layout, site, why, is_unused)).collect::<Vec<_>>(),
        "now": Moment::new(site.clock.now(), site, layout.language()),
        "groups": groups.joined.iter().map(group).collect::<Vec<_>>(),
        // A stranger may have signed up with the address of the person who is meant.
        "joins": is_unused || !(site.mailer.is_on() && account.confirmed_at.is_none()),
        "is_unused": is_unused,
        "other_groups": groups.others.iter().map(group).collect::<Vec<_>>(),
        "factors": factors_shown(layout, site, &factors),
        "devices": places.len(),
        "places": places.iter().take(SHOWN).map(|place| place_shown(layout, site, place)).collect::<Vec<_>>(),
        "emails": emails
            .iter()
            .map(|email| json!({
                "kind": email.kind,
                "address": email.address,
                "queued": recent(Time::from_unix(email.queued_at)),
                // The server's own words.
                "trouble": email.last_error.as_deref().map(cut),
            }))
            .collect::<Vec<_>>(),
        "activity": activity(layout, site, account, before).await?,
    }))
}

/// What keeps the owner from logging in: a sentence, and the code of the button that helps, if one does.
fn why_shown(layout: &Layout<'_>, site: &Site, why: &Hindrance, is_unused: bool) -> Value {
    let at = |sentence: Sentence, at: Time| {
        sentence.with("date", moment::date(at, site)).with("time", moment::clock(at, site))
    };
    let (sentence, helps, network) = match why {
        Hindrance::Disabled(since) => (at("admin-why-disabled".into(), *since), "enable", None),
        Hindrance::Unconfirmed => ("admin-why-unconfirmed".into(), "confirm", None),
        Hindrance::NoPassword if is_unused => ("admin-why-unused".into(), "link", None),
        Hindrance::NoPassword => ("admin-why-no-password".into(), "link", None),
        Hindrance::PasswordsPaused(until) => (at("admin-why-paused".into(), *until), "unlock", None),
        Hindrance::CodesPaused(until) => (at("admin-why-codes-paused".into(), *until), "unlock", None),
        Hindrance::NoSecondFactor => ("admin-why-no-factor".into(), "factors", None),
        Hindrance::NetworkWaits(address, until) => {
            let address = address.to_string();
            let sentence = Sentence::new("admin-why-network").with("ip", address.clone());
            (at(sentence, *until), "network", Some(address))
        }
    };
    json!({ "sentence": layout.say(&sentence), "helps": helps, "network": network })
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
    let mut administrators: Vec<AccountId> = Vec::new();
    for id in trail.items.iter().filter_map(|item| item.actor_id.as_ref()) {
        if !administrators.contains(id) {
            administrators.push(id.clone());
        }
    }
    let names = accounts::owners(&site.db, &administrators).await?;
    let who = |id: &AccountId| {
        let name = names.iter().find(|(known, _)| known == id).map(|(_, name)| name);
        json!({ "id": id.as_str(), "name": name })
    };
    let item = |item: &Item| {
        let told = item.detail.as_ref().map_or(Told::Nothing, |detail| detail.told(item.event));
        json!({
            "sentence": layout.say(&item.sentence()),
            "place": layout.say(&item.place()),
            "who": item.actor_id.as_ref().map(who),
            "told": about(told),
            "at": Moment::recent(item.at, site, layout.language()),
        })
    };
    let items: Vec<Value> = trail.items.iter().map(item).collect();
    Ok(json!({ "items": items, "older": trail.before, "newest": before.is_none() }))
}
