//! Where one is logged in, and buttons that end it. None of them asks for the password again: a user who sees
//! a stranger there is in a hurry.

use rocket::http::Status;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use crate::base::browser::System;
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::passes::{self, AppLogin};
use crate::people::sessions::{self, End, Place};
use crate::people::{User, Visit};
use crate::web::moment::Moment;
use crate::web::{self, Answer, Notice, Page, Post, paths};

/// Their routes.
pub fn routes() -> Vec<Route> {
    routes![index, destroy, destroy_others]
}

#[get("/settings/devices?<before>")]
async fn index(
    user: User,
    before: Option<&str>,
    layout: Layout<'_>,
    site: &State<Site>,
) -> web::Result<Page> {
    let page = sessions::page(site, &user.id, &user.session, before).await?;
    let earlier = page.before.map(|before| format!("{}?before={before}", paths::DEVICES));
    let logins = passes::app_logins(site, &user.id).await?;
    let places = page.items.into_iter().map(|place| shown(&layout, site, place, &logins));
    let places: Vec<Value> = places.collect();
    let context =
        json!({ "places": places, "others": page.others, "earlier": earlier, "newest": before.is_none() });
    Ok(layout.page("devices.html", "settings-devices", context))
}

fn shown(layout: &Layout<'_>, site: &Site, place: Place, logins: &[AppLogin]) -> Value {
    let Place { id, browser, address, began, last_used, remembered, here } = place;
    // An app may have several origins, each with a pass of its own.
    let at_place = logins.iter().filter(|login| login.place == id);
    let mut apps: Vec<&str> = at_place.map(|login| &*login.title).collect();
    apps.sort_unstable();
    apps.dedup();
    json!({
        "id": id,
        "browser": layout.say(&browser.in_sentence("browser".into())),
        "kind": kind(browser.system),
        "place": layout.say(&Sentence::new("place-ip").with("ip", address.as_deref().unwrap_or("unknown"))),
        "began": Moment::recent(began, site, layout.language()),
        // Only if it says more than the login: both are known to the minute.
        "last_used": (last_used.unix() - began.unix() >= 60)
            .then(|| Moment::recent(last_used, site, layout.language())),
        "remembered": remembered,
        "here": here,
        "apps": apps,
    })
}

/// Which picture stands for a device.
fn kind(system: Option<System>) -> &'static str {
    match system {
        Some(System::Android | System::IPhone) => "phone",
        Some(System::IPad) => "tablet",
        Some(System::Bsd | System::ChromeOs | System::Linux | System::MacOs | System::Windows) | None => {
            "computer"
        }
    }
}

#[derive(FromForm)]
struct Chosen<'r> {
    id: &'r str,
}

#[post("/settings/devices/end", data = "<post>")]
async fn destroy(
    user: User,
    visit: Visit<'_>,
    post: Post<'_, Chosen<'_>>,
) -> web::Result<std::result::Result<Answer, Status>> {
    let site = visit.site;
    let Some(chosen) = post.fields() else { return Ok(Err(Status::BadRequest)) };
    let here = sessions::is_here(site, &user.session, chosen.id).await?;
    let submission = match here {
        true => visit.leads(paths::HOME, Notice::LoggedOut),
        false => visit.leads(paths::DEVICES, Notice::DeviceEnded),
    };
    let by = End { account: &user.id, client: &visit.client, submission: &submission };
    if here {
        sessions::end(site, &user.session, visit.device(), by).await?;
        visit.log_out();
    } else {
        sessions::end_one(site, chosen.id, by).await?;
    }
    Ok(Ok(submission.answer()))
}

#[post("/settings/devices/end-others")]
async fn destroy_others(user: User, visit: Visit<'_>) -> web::Result<Answer> {
    let submission = visit.leads(paths::DEVICES, Notice::OthersEnded);
    let by = End { account: &user.id, client: &visit.client, submission: &submission };
    let rotated = sessions::end_others(visit.site, &user.session, visit.device(), by).await?;
    if let Some(rotated) = rotated {
        visit.rotate_with_device(&rotated);
    }
    Ok(submission.answer())
}
