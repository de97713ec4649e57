//! The page of an account: the answer to "Why can't she log in?", next to the button that helps.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::{account_view, shown_link};
use crate::base::qr::QrSvg;
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::User;
use crate::people::accounts::{self, Account, AccountId, Handle};
use crate::people::groups::Admin;
use crate::services::links::HandedOver;
use crate::web::moment::Moment;
use crate::web::{self, Answer, Cookies, FormErrors, Notice, Page, paths};

/// Its route.
pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

/// What a page about an account answers: 404 if there is none with its ID.
pub(super) type Answered<T> = web::Result<Result<T, Status>>;

#[get("/admin/accounts/<id>?<before>")]
async fn show(
    admin: Admin,
    id: &str,
    before: Option<&str>,
    layout: Layout<'_>,
    cookies: Cookies<'_>,
    site: &State<Site>,
) -> Answered<Page> {
    let Some(account) = found(site, id).await? else { return Ok(Err(Status::NotFound)) };
    let link = shown_link::take(&admin, account.id.as_str(), cookies);
    // For the camera of a phone.
    let qr = link.as_ref().and_then(|link| QrSvg::draw(&link.address).ok());
    let link = link.map(|link| link_shown(&layout, site, &account, &link));
    let page = page(&layout, site, &admin, &account, Typed { before, ..Typed::default() }).await?;
    Ok(Ok(page.with("link", link).with("qr", qr.map(|qr| qr.reveal().to_owned()))))
}

/// The account of a page.
pub(super) async fn found(site: &Site, id: &str) -> web::Result<Option<Account>> {
    let Some(id) = AccountId::parse(id) else { return Ok(None) };
    Ok(accounts::by_id(&site.db, &id).await?)
}

/// Back to the page of an account, on which nothing is different.
pub(super) fn back(account: &Account, notice: Notice) -> Answer {
    notice.after(Redirect::to(paths::admin_account(account.id.as_str()))).into()
}

/// What the address of the page says, and what was typed into its forms.
#[derive(Debug, Default)]
pub(super) struct Typed<'t> {
    /// A position in the activity.
    pub(super) before: Option<&'t str>,
    /// Another address for the account.
    pub(super) email: &'t str,
    /// A handle. `None`: the field has the one that the account has.
    pub(super) handle: Option<&'t str>,
    /// The address of the account, typed so that no one deletes another one.
    pub(super) confirmation: &'t str,
    /// What was wrong.
    pub(super) errors: FormErrors,
}

/// The page.
pub(super) async fn page(
    layout: &Layout<'_>,
    site: &Site,
    by: &User,
    account: &Account,
    typed: Typed<'_>,
) -> web::Result<Page> {
    let Typed { before, email, handle, confirmation, errors } = typed;
    let mut context = account_view::shown(layout, site, &by.id, account, before).await?;
    let forms = json!({
        // One's own account has its settings: they ask for the password, and undo what a thief did.
        "is_own": account.id == by.id,
        "new_email": email,
        "handle": handle.or(account.handle.as_ref().map(Handle::as_str)).unwrap_or_default(),
        "confirmation": confirmation,
        "focus": errors.focus(&["group", "handle", "new_email", "confirmation"], ""),
    });
    if let (Value::Object(context), Value::Object(forms)) = (&mut context, forms) {
        context.extend(forms);
    }
    let title = Sentence::new("admin-account-title").with("name", account.name.as_str());
    Ok(layout.page("admin_account.html", title, context).with_errors(errors))
}

/// The link that was just made.
fn link_shown(layout: &Layout<'_>, site: &Site, account: &Account, link: &HandedOver) -> Value {
    json!({
        "address": link.address,
        "ends": Moment::new(link.ends_at, site, layout.language()),
        "name": account.name,
    })
}
