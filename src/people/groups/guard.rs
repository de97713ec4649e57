//! Guards that require a membership, as arguments of a handler. It is asked for in each request, by one query
//! however many guards ask: an account that was removed from a group opens none of its pages any more, on any
//! instance.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use rocket::Request;
use rocket::http::Status;
use rocket::outcome::try_outcome;
use rocket::request::{FromRequest, Outcome};

use super::asked::AskedGroups;
use super::group_name::{self, ADMINS, GroupName};
use super::{change, store};
use crate::base::{Client, Site, refused};
use crate::people::actor::Administrator;
use crate::people::sessions::{Fresh, Method, User};
use crate::web;

/// A group that your code names, for [`Member`]. An operator creates it: `vestibule group create editors`, and adds
/// accounts: `vestibule group add editors ada@example.org`. Until then no one is in it.
///
/// ```
/// /// Those who may publish.
/// struct Editors;
///
/// impl vestibule::Group for Editors {
///     const NAME: &'static str = "editors";
/// }
/// ```
pub trait Group: Send + Sync + 'static {
    /// The name of the group: 1 to 64 of `a` to `z`, `0` to `9`, `.`, `_` and `-`, with a letter or a digit first. A
    /// guard of a group with another name does not compile.
    const NAME: &'static str;
}

/// A [`User`] who is in a group. As an argument of a handler it sends those who are not logged in to log in, and
/// answers 403 to those who are not in the group. It has all that a `User` has, and `&editor` is taken where a `&User`
/// is asked for.
///
/// ```
/// use rocket::get;
/// use vestibule::{Group, Member};
///
/// /// Those who may publish.
/// struct Editors;
///
/// impl Group for Editors {
///     const NAME: &'static str = "editors";
/// }
///
/// #[get("/drafts")]
/// fn drafts(editor: Member<Editors>) -> String {
///     format!("The drafts of {}", editor.name)
/// }
/// # let _ = rocket::routes![drafts];
/// ```
///
/// A name that no group can have:
///
/// ```compile_fail,E0080
/// use rocket::get;
/// use vestibule::{Group, Member};
///
/// struct Editors;
///
/// impl Group for Editors {
///     const NAME: &'static str = "The Editors";
/// }
///
/// #[get("/drafts")]
/// fn drafts(editor: Member<Editors>) -> String {
///     format!("The drafts of {}", editor.name)
/// }
///
/// let _ = rocket::routes![drafts];
/// ```
pub struct Member<G: Group>(User, PhantomData<fn() -> G>);

impl<G: Group> Member<G> {
    /// The name of the group, once the compiler has checked it.
    const NAME: &'static str = {
        assert!(
            group_name::is_name(G::NAME),
            "`Group::NAME` must be 1 to 64 of a-z, 0-9, dots, underscores and hyphens, and begin with a letter or digit."
        );
        G::NAME
    };

    /// The user, without the proof that they are in the group.
    pub fn into_user(self) -> User {
        self.0
    }
}

impl<G: Group> Deref for Member<G> {
    type Target = User;

    fn deref(&self) -> &User {
        &self.0
    }
}

impl<G: Group> Clone for Member<G> {
    fn clone(&self) -> Member<G> {
        Member(self.0.clone(), PhantomData)
    }
}

impl<G: Group> fmt::Debug for Member<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member").field("group", &G::NAME).field("user", &self.0).finish()
    }
}

/// A [`User`] who is in the group `admins`, and proved a moment ago who they are. As an argument of
/// a handler it sends those who are not logged in to log in, answers 403 to those who are not in the group, and asks
/// administrators to prove it again if their login is not [`Fresh`]. A session that a remembered device opened is
/// never an administrator's, even if they prove it in it: its page, a 403 too, offers to log in anew. It has
/// all that a `User` has, and `&admin` is taken where a `&User` is asked for.
///
/// ```
/// use rocket::get;
/// use vestibule::Admin;
///
/// #[get("/reports")]
/// fn reports(admin: Admin) -> String {
///     format!("The reports for {}", admin.name)
/// }
/// # let _ = rocket::routes![reports];
/// ```
#[derive(Clone, Debug)]
pub struct Admin(User);

impl Admin {
    /// They, as the actor of what they do from this client.
    pub(crate) fn acting_from(&self, client: &Client) -> Administrator {
        Administrator::new(self.id.clone(), client.clone())
    }

    /// The user, without the proof that they are an administrator.
    pub fn into_user(self) -> User {
        self.0
    }
}

impl Deref for Admin {
    type Target = User;

    fn deref(&self) -> &User {
        &self.0
    }
}

#[rocket::async_trait]
impl<'r, G: Group> FromRequest<'r> for Member<G> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let user = try_outcome!(request.guard::<User>().await);
        match require(request, &user, Member::<G>::NAME).await {
            Ok(()) => Outcome::Success(Member(user, PhantomData)),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Admin {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let user = try_outcome!(request.guard::<User>().await);
        // First: those who are not in the group do not enter a password for nothing.
        if let Err(status) = require(request, &user, ADMINS).await {
            return Outcome::Error((status, ()));
        }
        // Before the password is asked for: entering it would be in vain.
        if user.methods.contain(Method::RememberedDevice) {
            request.local_cache(|| NeedsNewLogin(true));
            let (heading, advice) = ("admin-remembered", "admin-remembered-advice");
            let logged =
                "An administrator's page was asked for in a session that a remembered device opened.";
            return Outcome::Error((web::Error::Closed { heading, advice, logged }.report(request), ()));
        }
        let fresh = try_outcome!(request.guard::<Fresh>().await);
        Outcome::Success(Admin(fresh.into_user()))
    }
}

/// Stored with a request whose session is not enough, since a remembered device opened it, for the page of its 403: that
/// offers to log out and in again.
#[derive(Clone, Copy, Debug)]
pub struct NeedsNewLogin(pub bool);

/// Stored with a request whose user is not in the group that its page asks for, for the page of its 403. Routes that are
/// hidden from others know by it that there is nothing to say.
#[derive(Clone, Copy, Debug)]
pub struct NotAMember(pub bool);

/// Whether the user of a request is in a group; otherwise the status of the answer.
async fn require(request: &Request<'_>, user: &User, group: &str) -> Result<(), Status> {
    AskedGroups::keep(request, group);
    let groups = names_for(request, user).await?;
    if groups.iter().any(|name| name.as_str() == group) {
        return Ok(());
    }
    log_refused(request, user, group).await;
    request.local_cache(|| NotAMember(true));
    Err(Status::Forbidden)
}

/// Logs who was refused at which page, and whether there is such a group at all: the first of each minute, from each
/// network. The page is told as its route: a path may have a token in it.
async fn log_refused(request: &Request<'_>, user: &User, group: &str) {
    let Some(site) = request.rocket().state::<Site>() else { return };
    let client = Client::of(request, site);
    let (event, what) = ("authz_fail", "accounts that are not in a group asked for its pages");
    let mut is_first = false;
    refused::log(site, &client, event, what, || is_first = true);
    if !is_first {
        return;
    }
    let is_missing = match GroupName::parse(group) {
        Some(name) => matches!(change::find(site, &name).await, Ok(None)),
        None => false,
    };
    let program = site.settings.program.name;
    let hint = format!(" (there is no such group: `{program} group create {group}`)");
    let hint = if is_missing { hint } else { String::new() };
    let page = request.route().map(|route| route.uri.to_string()).unwrap_or_default();
    let (request_id, address, browser) = (&*client.request_id, client.address_text(), client.browser);
    let (method, account) = (request.method(), user.id.as_str());
    log::info!(
        event, request_id, account, address:%, browser:%, group;
        "An account that is not in the group {group} asked for {method} {page}{hint}."
    );
}

/// The groups of the user of a request, stored with it.
struct Groups(Result<Vec<GroupName>, Status>);

/// The groups of the user of a request, for guards and for links that only some users see. If the database does not
/// answer: the status of the answer, which was logged.
pub async fn names_for<'a>(request: &'a Request<'_>, user: &User) -> Result<&'a [GroupName], Status> {
    let Groups(groups) = request.local_cache_async(ask(request, user)).await;
    match groups {
        Ok(groups) => Ok(groups),
        Err(status) => Err(*status),
    }
}

async fn ask(request: &Request<'_>, user: &User) -> Groups {
    let Some(site) = request.rocket().state::<Site>() else {
        return Groups(Err(Status::InternalServerError));
    };
    let groups = store::names_of(&site.db, &user.id).await;
    Groups(groups.map_err(|error| web::Error::from(error).report(request)))
}
