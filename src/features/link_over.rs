//! The page of a link that does not work.

use rocket::http::Status;
use serde_json::json;

use crate::layout::Layout;
use crate::services::links::Purpose;
use crate::web::{Page, paths};

/// The page if there is no valid link: it was used, has expired, was replaced, or never existed. The page
/// does not say which.
pub fn page(purpose: Purpose, layout: &Layout<'_>) -> Page {
    let (again, way) = match purpose {
        Purpose::Reset => ("Ask for a new one", paths::FORGOT),
        Purpose::Confirm => ("Ask for a new one", paths::UNCONFIRMED),
        Purpose::Close => ("Ask for a new one", paths::CLOSE),
        Purpose::Change | Purpose::RevertEmail | Purpose::LockAccount => ("Go to the login", paths::LOGIN),
    };
    let context = json!({ "again": again, "way": way });
    layout.page("link_over.html", "This link does not work any more", context).with_status(Status::Gone)
}
