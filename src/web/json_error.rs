//! An error as JSON, for clients other than browsers.

use std::io::Cursor;

use rocket::http::{ContentType, Status};
use rocket::{Request, Response, response};
use serde_json::{Value, json};

use super::request::RequestId;

/// `{"error":{"code":…,"reason":…,"description":…,"request_id":…}}`, with more fields where there are any.
pub fn respond(
    request: &Request<'_>,
    status: Status,
    description: &str,
    more: Value,
) -> response::Result<'static> {
    let mut error = json!({
        "code": status.code,
        "reason": status.reason_lossy(),
        "description": description,
        "request_id": RequestId::of(request),
    });
    if let (Some(error), Value::Object(more)) = (error.as_object_mut(), more) {
        error.extend(more);
    }
    let body = json!({ "error": error }).to_string();
    Response::build().status(status).header(ContentType::JSON).sized_body(body.len(), Cursor::new(body)).ok()
}
