//! An account without a password: its owner chooses one with a link, which the next page shows, and which an email brings
//! where there is email.

use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::json;

use super::group_words::GroupWords;
use super::shown_link;
use crate::base::Site;
use crate::features::signup::{self, MadeWithoutPassword};
use crate::layout::Layout;
use crate::people::groups::Admin;
use crate::people::{AccountId, Actor, Email, Name, Visit};
use crate::web::{self, Answer, FormErrors, Notice, Page, Post, paths};

/// Its routes.
pub(super) fn routes() -> Vec<Route> {
    routes![new, create]
}

#[derive(FromForm)]
struct New<'r> {
    email: &'r str,
    name: &'r str,
    /// Groups, with spaces or commas between them.
    groups: &'r str,
}

#[get("/admin/accounts/new")]
async fn new(_admin: Admin, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    form(&layout, site, ["", "", ""], FormErrors::none()).await
}

#[post("/admin/accounts/new", data = "<post>")]
async fn create(
    admin: Admin,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, New<'_>>,
) -> web::Result<Answer> {
    let site = visit.site;
    let [email, name, groups] = ["email", "name", "groups"].map(|field| post.typed(field));
    let typed = [&*email, &*name, &*groups];
    let invalid = async |errors: FormErrors| form(&layout, site, typed, errors).await.map(Answer::from);
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()).await };
    let (email, name) = (Email::new_address(fields.email), Name::parse(fields.name));
    let groups = match GroupWords::read(&layout, site).await?.typed(fields.groups, &[]) {
        Ok(groups) => groups,
        Err(sentence) => return invalid(FormErrors::of("groups", sentence)).await,
    };
    let (email, name) = match (email, name) {
        (Some(email), Ok(name)) => (email, name),
        (email, name) => {
            let of_email = email.is_none().then(|| Email::advice(fields.email));
            let of_name = name.err().map(|error| error.sentence_about_another());
            return invalid(FormErrors::none().and("email", of_email).and("name", of_name)).await;
        }
    };
    let by = admin.acting_from(&visit.client);
    let page_of = |account: &AccountId| paths::admin_account(account.as_str());
    let leads = |account: &AccountId| visit.leads(page_of(account), Notice::AdminAccountMade);
    let (actor, person) = (Actor::Administrator(&by), (&email, &name));
    match signup::make_without_password(site, person, &groups, actor, leads).await? {
        MadeWithoutPassword::Done(account, link, submission) => {
            shown_link::keep(&admin, account.as_str(), &link, visit.cookies);
            Ok(submission.answer())
        }
        MadeWithoutPassword::Taken => {
            // Perhaps by this very form, at another instance.
            if visit.leads(paths::ADMIN_ACCOUNTS, Notice::AdminAccountMade).is_done(site).await? {
                return Err(web::Error::DoneBefore);
            }
            invalid(FormErrors::of("email", "admin-new-taken")).await
        }
        MadeWithoutPassword::Wait(wait) => invalid(FormErrors::wait(wait)).await,
    }
}

/// The page, with what was typed: address, name, groups.
async fn form(
    layout: &Layout<'_>,
    site: &Site,
    [email, name, groups]: [&str; 3],
    errors: FormErrors,
) -> web::Result<Page> {
    let context = json!({
        "email": Email::shown_again(email),
        "name": name,
        "groups": groups,
        "known_groups": GroupWords::read(layout, site).await?.all(),
        "focus": errors.focus(&["email", "name", "groups"], "email"),
    });
    Ok(layout.page("admin_new_account.html", "admin-new-title", context).with_errors(errors))
}
