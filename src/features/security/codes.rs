//! The recovery codes: made, shown once, as a page to print and as a file, and kept.

use rocket::response::{self, Redirect, Responder};
use rocket::{FromForm, Request, Route, State, get, post, routes};
use serde_json::json;

use super::codes_setup::{CodesSetup, Waiting};
use super::page::{codes_left, conclude, too_late, wish};
use crate::base::recovery_code::RecoveryCode;
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::{Enrolling, FreshEnrolling, User, Visit};
use crate::services::second_factor;
use crate::web::{self, Answer, Cookies, FormErrors, Page, Post, moment, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![create, edit, update, file]
}

#[derive(FromForm)]
struct Onward<'r> {
    next: Option<&'r str>,
}

/// Makes a set and shows it. Until it is kept, the one before goes on.
#[post("/settings/security/codes/new", data = "<post>")]
fn create(
    fresh: FreshEnrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Onward<'_>>,
) -> Redirect {
    let next = post.fields().and_then(|fields| fields.next).unwrap_or_default();
    CodesSetup::begin(&fresh, &Waiting::Nothing, wish(&layout.keeping(next)), visit.cookies);
    Redirect::to(paths::CODES)
}

#[get("/settings/security/codes")]
async fn edit(
    user: Enrolling,
    layout: Layout<'_>,
    cookies: Cookies<'_>,
    site: &State<Site>,
) -> web::Result<Page> {
    let setup = CodesSetup::read(&user, cookies);
    form(&layout, site, (&*user, cookies), setup.as_ref(), FormErrors::none()).await
}

#[derive(FromForm)]
struct Kept<'r> {
    set: &'r str,
}

#[post("/settings/security/codes", data = "<post>")]
async fn update(
    user: Enrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Kept<'_>>,
) -> web::Result<Answer> {
    let Some(setup) = CodesSetup::read(&user, visit.cookies) else { return Ok(too_late()) };
    let Some(proved) = user.authenticated() else { return Ok(too_late()) };
    let layout = layout.keeping(&setup.next);
    let invalid = async |errors: FormErrors| {
        let page = form(&layout, visit.site, (&*user, visit.cookies), Some(&setup), errors);
        page.await.map(Answer::from)
    };
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()).await };
    if !setup.is_marked(fields.set, visit.cookies) {
        return invalid(FormErrors::about_all("codes-others")).await;
    }
    match conclude(&layout, &visit, (&*user, proved), Some(&setup.set), &setup.waiting).await? {
        Ok(answer) => Ok(answer),
        Err(errors) => invalid(errors).await,
    }
}

/// The codes as a file.
struct CodesFile(String);

impl<'r> Responder<'r, 'static> for CodesFile {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = self.0.respond_to(request)?;
        response.set_raw_header("Content-Disposition", "attachment; filename=\"recovery-codes.txt\"");
        Ok(response)
    }
}

#[derive(Responder)]
enum FileAnswer {
    File(CodesFile),
    Answer(Box<Answer>),
}

#[post("/settings/security/codes/file")]
fn file(user: Enrolling, layout: Layout<'_>, cookies: Cookies<'_>) -> FileAnswer {
    let Some(setup) = CodesSetup::read(&user, cookies) else {
        return FileAnswer::Answer(Box::new(too_late()));
    };
    let site = cookies.site;
    let date = layout.say(&moment::date(site.clock.now(), site));
    let address = user.email.shown().into_owned();
    let heading = Sentence::new("codes-file-heading").with("address", address).with("date", date);
    let (heading, hint) = (layout.say(&heading), layout.say(&Sentence::new("codes-once")));
    FileAnswer::File(CodesFile(format!("{heading}\n\n{}\n{hint}\n", setup.shown())))
}

/// The page of a set that is not kept yet, or without one: how many are left, and a button that makes new ones.
async fn form(
    layout: &Layout<'_>,
    site: &Site,
    (user, cookies): (&User, Cookies<'_>),
    setup: Option<&CodesSetup>,
    errors: FormErrors,
) -> web::Result<Page> {
    let factors = second_factor::summary(site, &user.id).await?;
    let turns_on = setup.is_some_and(|setup| !matches!(setup.waiting, Waiting::Nothing)) && !factors.is_on();
    let context = json!({
        "codes": setup.map(|setup| setup.set.codes.iter().map(RecoveryCode::reveal).collect::<Vec<_>>()),
        "mark": setup.map(|setup| setup.mark(cookies)),
        "turns_on": turns_on,
        "codes_left": codes_left(layout, &factors),
        // The ones before stop working.
        "replaces": factors.codes_left.is_some(),
    });
    Ok(layout.page("codes.html", "codes-title", context).with_errors(errors))
}
