//! The forms on the page of an account. Each is a button, but for three: another handle, another address, and the address of
//! the account itself before it is deleted. All lead back to the page, which shows what is different now; a deletion leads
//! to the list.

use std::net::IpAddr;

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, post, routes};

use super::acts::{self, AccountAct, By};
use super::one_account::{Answered, Typed, back, found, page};
use super::{
    accounts, activity, app_accounts, app_removal, apps, emails, groups, hidden, invitations, memberships,
    new_account, new_app, new_handle, new_invitation, one_account, one_app, one_group, one_invitation,
    shown_link, system,
};
use crate::layout::Layout;
use crate::people::groups::{Admin, LastAdmin};
use crate::people::{Account, Email, Visit, sessions};
use crate::services::{administration, passwords};
use crate::web::{self, Answer, FormErrors, Notice, Post, Submission, paths};

/// All routes of administrators.
pub fn routes() -> Vec<Route> {
    let acts = routes![
        log_out,
        end_place,
        disable,
        enable,
        confirm,
        unlock,
        unlock_network,
        remove_factors,
        make_link,
        change_address,
        delete
    ];
    let others = [
        new_handle::routes(),
        memberships::routes(),
        invitations::routes(),
        new_invitation::routes(),
        one_invitation::routes(),
        groups::routes(),
        one_group::routes(),
        apps::routes(),
        new_app::routes(),
        one_app::routes(),
        app_accounts::routes(),
        app_removal::routes(),
        emails::routes(),
        activity::routes(),
        system::routes(),
    ];
    let all = [accounts::routes(), new_account::routes(), one_account::routes(), acts, others.concat()];
    hidden::from_others(all.concat())
}

#[post("/admin/accounts/<id>/logout")]
async fn log_out(admin: Admin, id: &str, visit: Visit<'_>) -> Answered<Answer> {
    act(&admin, id, &visit, (AccountAct::LogOut, Notice::AdminLoggedOut)).await
}

#[derive(FromForm)]
struct Chosen<'r> {
    place: &'r str,
}

#[post("/admin/accounts/<id>/devices", data = "<post>")]
async fn end_place(admin: Admin, id: &str, visit: Visit<'_>, post: Post<'_, Chosen<'_>>) -> Answered<Answer> {
    let Some(chosen) = post.fields() else { return Ok(Err(Status::BadRequest)) };
    act(&admin, id, &visit, (AccountAct::EndPlace(chosen.place), Notice::AdminDeviceEnded)).await
}

#[post("/admin/accounts/<id>/disabling")]
async fn disable(admin: Admin, id: &str, visit: Visit<'_>) -> Answered<Answer> {
    act(&admin, id, &visit, (AccountAct::Disable, Notice::AdminDisabled)).await
}

#[post("/admin/accounts/<id>/enabling")]
async fn enable(admin: Admin, id: &str, visit: Visit<'_>) -> Answered<Answer> {
    act(&admin, id, &visit, (AccountAct::Enable, Notice::AdminEnabled)).await
}

#[post("/admin/accounts/<id>/confirmation")]
async fn confirm(admin: Admin, id: &str, visit: Visit<'_>) -> Answered<Answer> {
    act(&admin, id, &visit, (AccountAct::Confirm, Notice::AdminConfirmed)).await
}

#[post("/admin/accounts/<id>/unlocking")]
async fn unlock(admin: Admin, id: &str, visit: Visit<'_>) -> Answered<Answer> {
    act(&admin, id, &visit, (AccountAct::Unlock, Notice::AdminUnlocked)).await
}

#[derive(FromForm)]
struct Network<'r> {
    address: &'r str,
}

/// Only of a network that keeps the owner of this account waiting: the page has a button for each.
#[post("/admin/accounts/<id>/network-unlocking", data = "<post>")]
async fn unlock_network(
    admin: Admin,
    id: &str,
    visit: Visit<'_>,
    post: Post<'_, Network<'_>>,
) -> Answered<Answer> {
    let address: Option<IpAddr> = post.fields().and_then(|fields| fields.address.parse().ok());
    let Some(address) = address else { return Ok(Err(Status::BadRequest)) };
    let Some(account) = found(visit.site, id).await? else { return Ok(Err(Status::NotFound)) };
    let places = sessions::list_for_operator(visit.site, &account.id).await?;
    let waiting = administration::waiting_networks(visit.site, &account.id, &places).await?;
    if !waiting.iter().any(|(of, _)| *of == address) {
        // It waits no more.
        return Ok(Ok(Redirect::to(paths::admin_account(account.id.as_str())).into()));
    }
    act(&admin, id, &visit, (AccountAct::UnlockNetwork(address), Notice::AdminNetworkUnlocked)).await
}

#[post("/admin/accounts/<id>/factor-removal")]
async fn remove_factors(admin: Admin, id: &str, visit: Visit<'_>) -> Answered<Answer> {
    act(&admin, id, &visit, (AccountAct::RemoveFactors, Notice::AdminFactorsRemoved)).await
}

/// Does something to the account of a page, and leads back to it.
async fn act(
    admin: &Admin,
    id: &str,
    visit: &Visit<'_>,
    (act, notice): (AccountAct<'_>, Notice),
) -> Answered<Answer> {
    let account = match another(admin, id, visit).await? {
        Ok(account) => account,
        Err(answer) => return Ok(answer),
    };
    let administrator = &admin.acting_from(&visit.client);
    let submission = visit.leads(paths::admin_account(account.id.as_str()), notice);
    let by = By { administrator, submission: &submission };
    Ok(Ok(match acts::perform(visit.site, &account, act, by).await? {
        Ok(()) => submission.answer(),
        Err(LastAdmin) => back(&account, Notice::AdminLast),
    }))
}

/// The account of a page, if it is not the administrator's own; otherwise the answer. Their own has its settings, which
/// ask for the password: those who find a page of administrators open must not get their account with it.
async fn another(
    admin: &Admin,
    id: &str,
    visit: &Visit<'_>,
) -> web::Result<Result<Account, Result<Answer, Status>>> {
    match found(visit.site, id).await? {
        None => Ok(Err(Err(Status::NotFound))),
        Some(account) if account.id == admin.id => Ok(Err(Ok(back(&account, Notice::AdminOwnAccount)))),
        Some(account) => Ok(Ok(account)),
    }
}

/// Makes a reset link. A double click makes one; later the form makes another, for those who have lost the first, since its
/// page shows it once.
#[post("/admin/accounts/<id>/links")]
async fn make_link(admin: Admin, id: &str, layout: Layout<'_>, visit: Visit<'_>) -> Answered<Answer> {
    let account = match another(&admin, id, &visit).await? {
        Ok(account) => account,
        Err(answer) => return Ok(answer),
    };
    // No link of a disabled account works.
    if account.disabled_at.is_some() {
        return Ok(Ok(back(&account, Notice::AdminEnableFirst)));
    }
    let administrator = &admin.acting_from(&visit.client);
    let submission = link_made(&visit, &account);
    let by = By { administrator, submission: &submission };
    match acts::reset_link(visit.site, &account, by).await? {
        Ok(link) => {
            shown_link::keep(&admin, account.id.as_str(), &link, visit.cookies);
            Ok(Ok(submission.answer()))
        }
        Err(wait) => {
            let typed = Typed { errors: FormErrors::wait(wait), ..Typed::default() };
            Ok(Ok(page(&layout, visit.site, &admin, &account, typed).await?.into()))
        }
    }
}

/// What is recorded about a form that makes a link for the page of an account.
fn link_made(visit: &Visit<'_>, account: &Account) -> Submission {
    let page = paths::admin_account(account.id.as_str());
    shown_link::submission(visit, page, Notice::AdminLinkMade)
}

#[derive(FromForm)]
struct NewAddress<'r> {
    new_email: &'r str,
}

/// Makes a link that gives the account another address.
#[post("/admin/accounts/<id>/addresses", data = "<post>")]
async fn change_address(
    admin: Admin,
    id: &str,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, NewAddress<'_>>,
) -> Answered<Answer> {
    let account = match another(&admin, id, &visit).await? {
        Ok(account) => account,
        Err(answer) => return Ok(answer),
    };
    if account.disabled_at.is_some() {
        return Ok(Ok(back(&account, Notice::AdminEnableFirst)));
    }
    let typed = post.typed("new_email");
    let invalid = async |errors: FormErrors| {
        let typed = Typed { email: &typed, errors, ..Typed::default() };
        let shown = page(&layout, visit.site, &admin, &account, typed).await;
        shown.map(|page| Ok(Answer::from(page)))
    };
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()).await };
    let Some(email) = Email::new_address(fields.new_email) else {
        return invalid(FormErrors::of("new_email", Email::advice(fields.new_email))).await;
    };
    if email.key() == account.email.key() {
        return invalid(FormErrors::of("new_email", "admin-account-same-email")).await;
    }
    // The link asks for the password, so that no stranger who reads its email gets the account.
    if !passwords::is_set(visit.site, &account).await? {
        return invalid(FormErrors::of("new_email", "admin-account-needs-password")).await;
    }
    let administrator = &admin.acting_from(&visit.client);
    let submission = link_made(&visit, &account);
    let by = By { administrator, submission: &submission };
    let Some(link) = acts::address_link(visit.site, &account, &email, by).await? else {
        return invalid(FormErrors::of("new_email", "admin-new-taken")).await;
    };
    shown_link::keep(&admin, account.id.as_str(), &link, visit.cookies);
    Ok(Ok(submission.answer()))
}

#[derive(FromForm)]
struct Deletion<'r> {
    confirmation: &'r str,
}

#[post("/admin/accounts/<id>/deletion", data = "<post>")]
async fn delete(
    admin: Admin,
    id: &str,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Deletion<'_>>,
) -> Answered<Answer> {
    let account = match another(&admin, id, &visit).await? {
        Ok(account) => account,
        Err(answer) => return Ok(answer),
    };
    let typed = post.typed("confirmation");
    let fields = post.fields();
    let same = |typed: &str| Email::parse(typed).is_some_and(|email| email.key() == account.email.key());
    let errors = match &fields {
        None => FormErrors::not_whole(),
        Some(fields) if !same(fields.confirmation) => {
            FormErrors::of("confirmation", FormErrors::not_own(fields.confirmation))
        }
        Some(_) => FormErrors::none(),
    };
    if !errors.is_empty() {
        let typed = Typed { confirmation: &typed, errors, ..Typed::default() };
        let page = page(&layout, visit.site, &admin, &account, typed).await?;
        return Ok(Ok(page.into()));
    }
    let administrator = &admin.acting_from(&visit.client);
    let submission = visit.leads(paths::ADMIN_ACCOUNTS, Notice::AdminDeleted);
    let by = By { administrator, submission: &submission };
    Ok(Ok(match acts::perform(visit.site, &account, AccountAct::Delete, by).await? {
        Ok(()) => submission.answer(),
        Err(LastAdmin) => back(&account, Notice::AdminLast),
    }))
}
