//! Where one is logged in, and buttons that end it. None of them asks for the password again: a user who sees
//! a stranger there is in a hurry.

use rocket::http::{CookieJar, Status};
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use crate::base::{Client, Site};
use crate::layout::Layout;
use crate::people::User;
use crate::people::sessions::{self, End, Place, Visit};
use crate::web::moment::Moment;
use crate::web::{self, Answer, Notice, Page, Post, Submitted, paths};

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
        "browser": capitalized(&browser),
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
    client: Client,
    visit: Visit,
    submitted: Submitted<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    post: Post<'_, Chosen<'_>>,
) -> web::Result<std::result::Result<Answer, Status>> {
    let Some(chosen) = post.fields() else { return Ok(Err(Status::BadRequest)) };
    let here = sessions::is_here(site, &user.session, chosen.id).await?;
    let submission = match here {
        true => submitted.leads(paths::HOME, Notice::LoggedOut),
        false => submitted.leads(paths::DEVICES, Notice::DeviceEnded),
    };
    let by = End { account: &user.id, client: &client, submission: &submission };
    if here {
        sessions::end(site, &user.session, visit.device(), by).await?;
        sessions::forget(cookies, site);
    } else {
        sessions::end_one(site, chosen.id, by).await?;
    }
    Ok(Ok(submission.answer()))
}

#[post("/settings/devices/end-others")]
async fn destroy_others(
    user: User,
    client: Client,
    visit: Visit,
    submitted: Submitted<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    let submission = submitted.leads(paths::DEVICES, Notice::OthersEnded);
    let by = End { account: &user.id, client: &client, submission: &submission };
    let rotated = sessions::end_others(site, &user.session, visit.device(), by).await?;
    if let Some(rotated) = rotated {
        sessions::rotate_cookies(&rotated, cookies, site);
    }
    Ok(submission.answer())
}
