//! The passkeys of one's own account, as the page Security shows them.

use serde_json::{Value, json};

use super::passkey_changes::owner;
use crate::base::Site;
use crate::layout::Layout;
use crate::people::User;
use crate::services::passkeys::{self, Passkey, Usable};
use crate::services::second_factor;
use crate::web;
use crate::web::moment::{self, Moment};

/// How long a passkey is new, in seconds: long enough for the page after it was added, which asks for its name.
const NEW_FOR: i64 = 60;

/// Which passkeys there are, and what the browser is told of them. It is told each time, so that a passkey that was
/// refused, or removed elsewhere, is no longer offered.
pub(super) async fn shown(layout: &Layout<'_>, site: &Site, user: &User) -> web::Result<Value> {
    let at = passkeys::site(site);
    let list = passkeys::list(&site.db, at.as_ref(), &user.id).await?;
    let signals = match &at {
        Some(at) => passkeys::signals(&site.db, at, owner(user)).await?,
        None => None,
    };
    let newest = list.last().filter(|passkey| is_new(passkey, site)).map(|passkey| passkey.id.clone());
    let rows: Vec<Value> =
        list.iter().map(|passkey| row(layout, site, passkey, newest.as_ref() == Some(&passkey.id))).collect();
    Ok(json!({
        "list": rows,
        "rest": list.iter().any(|passkey| passkey.usable == Usable::Rests),
        "full": list.len() >= passkeys::MAX_PASSKEYS,
        // As texts: a script hands them on as they are.
        "accepted": signals.as_ref().map(|signals| json!(signals.accepted).to_string()),
        "details": signals.as_ref().map(|signals| json!(signals.details).to_string()),
        "upgrade": second_factor::may_upgrade(site, user).await?,
    }))
}

fn row(layout: &Layout<'_>, site: &Site, passkey: &Passkey, newest: bool) -> Value {
    json!({
        "id": passkey.id.as_str(),
        "name": passkey.name.as_str(),
        "domain": passkey.rp_id,
        "usable": code(passkey.usable),
        "added": layout.say(&moment::date(passkey.created_at, site)),
        "used": passkey.last_used_at.map(|time| Moment::recent(time, site, layout.language())),
        "newest": newest,
    })
}

/// What a passkey is good for, as the template asks for it.
fn code(usable: Usable) -> &'static str {
    match usable {
        Usable::ByItself => "by-itself",
        Usable::AfterPassword => "after-password",
        Usable::Rests => "rests",
        Usable::Elsewhere => "elsewhere",
    }
}

/// Whether it was added a moment ago.
fn is_new(passkey: &Passkey, site: &Site) -> bool {
    let age = site.clock.now().unix().saturating_sub(passkey.created_at.unix());
    (0..NEW_FOR).contains(&age)
}
