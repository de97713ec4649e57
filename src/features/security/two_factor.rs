//! The switch: whether a second factor is asked for.

use rocket::response::Redirect;
use rocket::{FromForm, Route, post, routes};

use super::codes_setup::{CodesSetup, Waiting};
use super::page::{add_factor_first, conclude, form, take_away, wish};
use super::removal::Removal;
use crate::layout::Layout;
use crate::people::{FreshEnrolling, Visit};
use crate::services::second_factor;
use crate::web::{self, Answer, FormErrors, Notice, Post, paths};

/// Its route.
pub fn routes() -> Vec<Route> {
    routes![update]
}

#[derive(FromForm)]
struct Turned<'r> {
    turn: &'r str,
    next: Option<&'r str>,
}

#[post("/settings/security/two-factor", data = "<post>")]
async fn update(
    fresh: FreshEnrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Turned<'_>>,
) -> web::Result<Answer> {
    let Some(fields) = post.fields() else {
        return Ok(form(&layout, visit.site, &fresh, FormErrors::not_whole()).await?.into());
    };
    let layout = layout.keeping(fields.next.unwrap_or_default());
    match fields.turn {
        "on" => turn_on(&layout, &visit, &fresh).await,
        "off" => take_away(&layout, &visit, &fresh, (Removal::TwoFactor, Notice::TwoFactorOff)).await,
        _ => Ok(form(&layout, visit.site, &fresh, FormErrors::not_whole()).await?.into()),
    }
}

/// Turns it on, once there are recovery codes.
async fn turn_on(layout: &Layout<'_>, visit: &Visit<'_>, fresh: &FreshEnrolling) -> web::Result<Answer> {
    let factors = second_factor::summary(visit.site, &fresh.id).await?;
    if factors.is_on() {
        return Ok(Redirect::to(paths::SECURITY).into());
    }
    if !factors.can_be_asked() {
        return Ok(add_factor_first());
    }
    if factors.codes_left.unwrap_or_default() == 0 {
        CodesSetup::begin(fresh, &Waiting::TurningOn, wish(layout), visit.cookies);
        return Ok(Redirect::to(paths::CODES).into());
    }
    let user = (&**fresh, fresh.authenticated());
    match conclude(layout, visit, user, None, &Waiting::TurningOn).await? {
        Ok(answer) => Ok(answer),
        Err(errors) => Ok(form(layout, visit.site, fresh, errors).await?.into()),
    }
}
