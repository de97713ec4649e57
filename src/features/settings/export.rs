//! A copy of all that is held about somebody, for themselves, as JSON. Asked for by a button, not a link: it is written down
//! that it was taken, and no other site may have somebody take it.

use rocket::http::{ContentType, Header};
use rocket::{Responder, Route, State, post, routes};
use serde_json::{Value, json};

use crate::base::{Site, Time};
use crate::features::{links, outbox};
use crate::people::accounts::Email;
use crate::people::audit::{self, Entry, Event};
use crate::people::{User, accounts, sessions};
use crate::web::moment::Moment;
use crate::web::{self, Error, Visitor};

/// Its route.
pub fn routes() -> Vec<Route> {
    routes![create]
}

#[derive(Responder)]
struct Download {
    body: String,
    kind: ContentType,
    disposition: Header<'static>,
}

#[post("/settings/export")]
async fn create(user: User, visitor: Visitor, site: &State<Site>) -> web::Result<Download> {
    let entry = Entry { event: Event::Exported, account: Some(&user.id), visitor: Some(&visitor) };
    entry.record(site).await?;
    let all = all(site, &user).await?;
    let disposition = Header::new("Content-Disposition", "attachment; filename=\"account.json\"");
    Ok(Download { body: format!("{all:#}\n"), kind: ContentType::JSON, disposition })
}

/// Everything but what opens something: hashes of passwords and tokens say nothing about a person.
async fn all(site: &Site, user: &User) -> web::Result<Value> {
    let email = Email::parse(&user.email).ok_or(Error::Broken("a stored address is none"))?;
    let account = accounts::by_email(&site.db, &email).await?.ok_or(Error::Broken("an account is gone"))?;
    let places = sessions::list(site, &user.id, &user.session).await?.into_iter().map(|place| {
        json!({
            "browser": place.browser,
            "address": place.address,
            "logged_in_at": Moment::from(place.began).machine,
            "last_used_at": Moment::from(place.last_used).machine,
            "remembered": place.remembered,
        })
    });
    let trail = audit::whole_trail(site, &user.id).await?.into_iter();
    let activity = trail.map(|item| json!({ "at": Moment::from(item.at).machine, "what": item.sentence }));
    let links = links::of(site, &user.id).await?.into_iter();
    let links = links.map(|(purpose, email, ends_at)| {
        json!({ "for": purpose, "email": email, "ends_at": Moment::from(ends_at).machine })
    });
    let mails = outbox::waiting_for(site, &user.id).await?.into_iter();
    let mails = mails.map(|(letter, address, at)| {
        json!({ "mail": letter, "email": address, "written_at": Moment::from(Time::from_unix(at)).machine })
    });
    Ok(json!({
        "account": {
            "id": account.id.as_str(),
            "email": account.email,
            "name": account.name,
            "created_at": Moment::from(account.created_at).machine,
            "confirmed_at": account.confirmed_at.map(|at| Moment::from(at).machine),
            "logged_in_at": account.logged_in_at.map(|at| Moment::from(at).machine),
        },
        "devices": places.collect::<Vec<_>>(),
        "activity": activity.collect::<Vec<_>>(),
        "links": links.collect::<Vec<_>>(),
        "waiting_mails": mails.collect::<Vec<_>>(),
    }))
}
