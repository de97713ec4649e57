//! Where one is logged in, and buttons that end it. None of them asks for the password again: a user who sees
//! a stranger there is in a hurry.

use rocket::http::Status;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use crate::base::Site;
use crate::layout::Layout;
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
    let places: Vec<Value> = page.items.into_iter().map(shown).collect();
    let context =
        json!({ "places": places, "others": page.others, "earlier": earlier, "newest": before.is_none() });
    Ok(layout.page("devices.html", "Devices", context))
}

fn shown(place: Place) -> Value {
    let Place { id, browser, address, began, last_used, remembered, here } = place;
    json!({
        "id": id,
        "browser": capitalized(&browser.to_string()),
        "address": address,
        "began": Moment::from(began),
        "last_used": Moment::from(last_used),
        "remembered": remembered,
        "here": here,
    })
}

/// "An unknown browser": the words are written for the middle of a sentence.
fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
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
