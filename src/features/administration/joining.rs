//! An account is put into a group and taken out of it, by a form on its own page or on that of the group. What both decide
//! stands here; each does it together with its answer, so that a form that is sent twice does it once.

use rocket::response::Redirect;

use crate::base::Site;
use crate::people::groups::{self, Added, Admin, GroupName, Removed};
use crate::people::{Account, AccountId, Actor, Visit, accounts};
use crate::web::{self, Answer, Notice};

/// What came of a form that puts an account into a group.
pub(super) enum Joined {
    /// It is in the group.
    Done(Box<Answer>),
    /// A stranger may have signed up with the address of the person who is meant: nothing happened.
    Unproved,
    /// It was in the group before.
    Member,
    /// There is no such group.
    NoGroup,
}

/// Puts an account into a group. `page` is the page of the form.
pub(super) async fn join(
    admin: &Admin,
    visit: &Visit<'_>,
    (account, group): (&Account, &GroupName),
    page: String,
) -> web::Result<Joined> {
    let site = visit.site;
    if is_unproved(site, account).await? {
        return Ok(Joined::Unproved);
    }
    let (by, submission) = (admin.acting_from(&visit.client), visit.leads(page, Notice::AdminGroupJoined));
    let actor = Actor::Administrator(&by);
    Ok(match groups::add_by_form(site, group, &account.id, actor, &submission).await? {
        Added::Done => Joined::Done(Box::new(submission.answer())),
        Added::Unchanged => Joined::Member,
        Added::NoGroup => Joined::NoGroup,
    })
}

/// Takes an account out of a group. `page` is the page of the form.
pub(super) async fn leave(
    admin: &Admin,
    visit: &Visit<'_>,
    (account, group): (&AccountId, &GroupName),
    page: String,
) -> web::Result<Answer> {
    // They would be refused the next page; another administrator can remove them.
    if group.is_admins() && *account == admin.id {
        return Ok(back(page, Notice::AdminOwnMembership));
    }
    let by = admin.acting_from(&visit.client);
    let submission = visit.leads(page.clone(), Notice::AdminGroupLeft);
    let actor = Actor::Administrator(&by);
    match groups::remove_by_form(visit.site, group, account, actor, &submission).await? {
        // One that is not in the group has been removed before: it is as it was meant.
        Removed::Done | Removed::Unchanged => Ok(submission.answer()),
        Removed::LastAdmin => Ok(back(page, Notice::AdminLast)),
    }
}

/// Whether a stranger may have signed up with the address. No one did if an administrator made the account.
async fn is_unproved(site: &Site, account: &Account) -> sqlx::Result<bool> {
    Ok(site.mailer.is_on()
        && account.confirmed_at.is_none()
        && !accounts::awaits_first_password(site.db.reader(), &account.id).await?)
}

/// Back to the page of the form, on which nothing is different.
fn back(page: String, notice: Notice) -> Answer {
    notice.after(Redirect::to(page)).into()
}
