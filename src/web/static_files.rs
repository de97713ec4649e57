//! Files embedded in the binary: stylesheet, icon, script. Each is served under a name with a hash of its
//! content, so a browser may keep it for a year and still gets a new version at once.

use rocket::http::{ContentType, Header, Status};
use rocket::{Responder, Route, get, routes};
use rust_embed::{Embed, EmbeddedFile};

use super::paths;
use crate::base::secret::hexadecimal;

#[derive(Embed)]
#[folder = "static/"]
struct Files;

/// The address of an embedded file, with the hash in its name.
pub fn address(path: &str) -> Option<String> {
    Files::get(path).map(|file| format!("{}/{}", paths::STATIC, hashed(path, &file)))
}

/// The route that serves them.
pub fn routes() -> Vec<Route> {
    routes![show]
}

#[derive(Responder)]
struct Asset {
    body: Vec<u8>,
    kind: ContentType,
    cache: Header<'static>,
}

/// Only the hashed names exist: the path of a request never reaches a file system.
#[get("/static/<name>")]
fn show(name: &str) -> Result<Asset, Status> {
    let named = |path: &str| Files::get(path).filter(|file| hashed(path, file) == name);
    let (path, file) =
        Files::iter().find_map(|path| Some((path.clone(), named(&path)?))).ok_or(Status::NotFound)?;
    let ending = path.rsplit('.').next().unwrap_or_default();
    let cache = Header::new("Cache-Control", "public, max-age=31536000, immutable");
    let kind = ContentType::from_extension(ending).unwrap_or(ContentType::Binary);
    Ok(Asset { body: file.data.into_owned(), kind, cache })
}

/// `style.css` becomes `style-0123456789abcdef.css`.
fn hashed(path: &str, file: &EmbeddedFile) -> String {
    let hash = hexadecimal(&file.metadata.sha256_hash()[..8]);
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{hash}.{ending}"),
        None => format!("{path}-{hash}"),
    }
}
