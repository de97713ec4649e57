//! To another site. A browser lets a form lead to this site alone (`form-action 'self'`), and holds every redirect after it
//! to that. So where a form of ours may have begun the way, a page goes on by itself, with a link for those browsers that
//! do not; everywhere else it is a redirect.

use std::io::Cursor;

use rocket::http::Status;
use rocket::response::{self, Responder};
use rocket::{Request, Response};

use super::request::only;
use super::view::Page;

/// An answer that leads to another site.
#[derive(Debug)]
pub struct Onward {
    address: String,
    page: Page,
}

impl Onward {
    /// To this address, which has no character but visible ones of ASCII. The page says where it goes, with a link to
    /// `address`.
    pub fn to(address: String, page: Page) -> Onward {
        let page = page.with("address", address.as_str());
        Onward { address, page }
    }
}

/// Whether a form of this site may have begun the way here. A browser that does not say where it comes from may be one that
/// holds redirects to the policy all the same.
fn may_follow_a_form(request: &Request<'_>) -> bool {
    only(request, "sec-fetch-site").is_none_or(|from| from == "same-origin")
}

impl<'r> Responder<'r, 'static> for Onward {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if !may_follow_a_form(request) {
            let body = Cursor::new("");
            return Response::build()
                .status(Status::SeeOther)
                .raw_header("Location", self.address)
                .sized_body(0, body)
                .ok();
        }
        let mut response = self.page.respond_to(request)?;
        response.set_raw_header("Refresh", format!("0; url={}", self.address));
        Ok(response)
    }
}
