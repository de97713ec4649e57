//! Files that every page may name: those embedded in the binary, and the owner's logo, icon and colour. Each is served
//! under a name with a hash of its content, so a browser may keep it for a year and still gets a new version at once.
//! Text among them is compressed; pages never are. Next to them what programs look for under fixed names: icons, and
//! `robots.txt`.

use std::io::Cursor;

use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use rocket::{Request, Route, State, get, routes};

use super::accept_encoding::AcceptsGzip;
use super::content_security_policy::{self, AS_TEXT};
use super::embedded_files::EmbeddedFile;
use super::paths;
use crate::base::Site;
use crate::base::brand::{Brand, BrandFile};
use crate::base::public_bytes::PublicBytes;

/// The address of an embedded file, with the hash in its name.
pub fn address(path: &str) -> Option<String> {
    EmbeddedFile::at(path).map(|file| format!("{}/{}", paths::STATIC, file.name))
}

/// The routes that serve them.
pub fn routes() -> Vec<Route> {
    routes![show, favicon, apple_touch_icon, robots]
}

/// A drawing of the owner may hold styles of its own, and loads nothing.
const POLICY_OF_IMAGE: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/// The name of the header that says which sites may show a file.
pub(super) const SHARING: &str = "Cross-Origin-Resource-Policy";

/// For addresses with a hash: what is behind them never changes.
const A_YEAR: &str = "public, max-age=31536000, immutable";
/// For fixed addresses: a new icon is seen on the next day.
const A_DAY: &str = "public, max-age=86400";

/// A file as an answer.
struct Asset {
    body: Vec<u8>,
    kind: ContentType,
    cache: &'static str,
    policy: &'static str,
    sharing: &'static str,
    /// Whether the body is compressed. `None`: there is only one form of it.
    compressed: Option<bool>,
}

impl Asset {
    fn new(body: Vec<u8>, ending: &str, cache: &'static str) -> Asset {
        let kind = ContentType::from_extension(ending).unwrap_or(ContentType::Binary);
        Asset { body, kind, cache, policy: AS_TEXT.as_str(), sharing: "same-origin", compressed: None }
    }

    /// A file in the form that the client reads.
    fn encoded(bytes: &PublicBytes, ending: &str, cache: &'static str, gzip: AcceptsGzip) -> Asset {
        let sent = bytes.gzip().filter(|_| gzip.0);
        let compressed = bytes.gzip().map(|_| gzip.0);
        Asset { compressed, ..Asset::new(sent.unwrap_or(bytes.plain()).to_vec(), ending, cache) }
    }

    fn of(file: &BrandFile, cache: &'static str, gzip: AcceptsGzip) -> Asset {
        let mut asset = Asset::encoded(&file.body, file.ending, cache, gzip);
        if file.ending == "svg" {
            asset.policy = POLICY_OF_IMAGE;
        }
        // Those who read email in a browser read it on another site.
        if file.in_emails {
            asset.sharing = "cross-origin";
        }
        asset
    }
}

impl<'r> Responder<'r, 'static> for Asset {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build();
        response.header(self.kind).raw_header("Cache-Control", self.cache);
        response.raw_header(content_security_policy::HEADER, self.policy).raw_header(SHARING, self.sharing);
        if let Some(compressed) = self.compressed {
            // A cache on the way keeps both forms, and sends none of them to a client that cannot read it.
            response.raw_header("Vary", "Accept-Encoding");
            if compressed {
                response.raw_header("Content-Encoding", "gzip");
            }
        }
        response.sized_body(self.body.len(), Cursor::new(self.body)).ok()
    }
}

/// Only the hashed names exist: the path of a request never reaches a file system.
#[get("/static/<name>")]
fn show(name: &str, site: &State<Site>, gzip: AcceptsGzip) -> Result<Asset, Status> {
    if let Some(file) = site.brand.file(name) {
        return Ok(Asset::of(file, A_YEAR, gzip));
    }
    let file = EmbeddedFile::named(name).ok_or(Status::NotFound)?;
    Ok(Asset::encoded(&file.body, file.ending(), A_YEAR, gzip))
}

/// Our own icons for programs that know no SVG, drawn after `icon.svg`.
const FAVICON: &[u8] = include_bytes!("icons/favicon.ico");
const APPLE_TOUCH_ICON: &[u8] = include_bytes!("icons/apple-touch-icon.png");

/// The icon for programs that do not read pages: old browsers, feed readers, chats.
#[get("/favicon.ico")]
fn favicon(site: &State<Site>, gzip: AcceptsGzip) -> Asset {
    let Brand { icon, apple_touch_icon, .. } = &site.brand;
    let given = [icon, apple_touch_icon].into_iter().flatten().filter_map(|at| site.brand.file_at(at));
    // An old browser shows no SVG. Where the owner has no other icon, it is still better than that of another site.
    match given.min_by_key(|file| file.ending != "png") {
        Some(file) => Asset::of(file, A_DAY, gzip),
        None => Asset::new(FAVICON.to_vec(), "ico", A_DAY),
    }
}

/// The icon on the home screen of a telephone.
#[get("/apple-touch-icon.png")]
fn apple_touch_icon(site: &State<Site>, gzip: AcceptsGzip) -> Result<Asset, Status> {
    let Brand { icon, apple_touch_icon, .. } = &site.brand;
    let given = [apple_touch_icon, icon].into_iter().flatten().filter_map(|at| site.brand.file_at(at));
    match given.clone().find(|file| file.ending == "png") {
        Some(file) => Ok(Asset::of(file, A_DAY, gzip)),
        // Our icon would be a wrong one on a site with its own.
        None if given.count() > 0 => Err(Status::NotFound),
        None => Ok(Asset::new(APPLE_TOUCH_ICON.to_vec(), "png", A_DAY)),
    }
}

/// What search engines need not look at: pages of one account, and those that links in emails lead to.
#[get("/robots.txt")]
fn robots() -> Asset {
    let pages = [
        paths::SETTINGS,
        paths::PROFILE,
        paths::LOGOUT,
        paths::REAUTHENTICATE,
        paths::RESET,
        paths::CONFIRM,
        paths::CHANGE_EMAIL,
        paths::RESTORE_EMAIL,
        paths::SECURE,
        paths::DELETE,
    ];
    let mut text = "User-agent: *\n".to_owned();
    for page in pages {
        text += &format!("Disallow: {page}\n");
    }
    Asset::new(text.into_bytes(), "txt", A_DAY)
}
