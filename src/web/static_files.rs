//! Files that every page may name: those embedded in the binary, ours and the app's, and the owner's logo, icon and
//! colour. Each is served under a name with a hash of its content, so a browser may keep it for a year and still gets a
//! new version at once. Text among them is compressed; pages never are. Next to them what programs look for under fixed
//! names: icons, and `robots.txt`.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use rocket::fairing::{AdHoc, Fairing};
use rocket::http::uri::Origin;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use rocket::tokio::spawn;
use rocket::tokio::sync::Mutex;
use rocket::tokio::task::spawn_blocking;
use rocket::{Request, Route, State, get, routes};
use rocket_dyn_templates::tera;
use serde_json::Value;

use super::accept_encoding::AcceptsGzip;
use super::content_security_policy::{self, AS_TEXT};
use super::embedded_files::EmbeddedFiles;
use super::paths;
use crate::base::brand::{Brand, BrandFile};
use crate::base::public_bytes::{PublicBytes, SharedBytes};
use crate::base::{Program, Site};

/// The embedded files of a program. As a function of templates it gives their addresses:
/// `{{ asset(path="style.css") }}`.
#[derive(Clone, Debug, Default)]
pub struct StaticFiles {
    embedded: EmbeddedFiles,
    /// Held while a file is made: one after the other, so that all other work keeps its cores.
    making: Arc<Mutex<()>>,
}

impl StaticFiles {
    /// Those of a program.
    pub fn of(program: &Program) -> StaticFiles {
        StaticFiles { embedded: EmbeddedFiles::of(program), ..StaticFiles::default() }
    }

    /// The address of the file at this path, with the hash in its name: the app's file, else ours.
    pub fn address(&self, path: &str) -> Option<String> {
        self.embedded.at(path).map(|file| format!("{}/{}", paths::STATIC, file.name))
    }

    /// Makes the file of the app at this path. For a large one that takes seconds, in which the thread of a request
    /// must not wait.
    async fn make(&self, path: String) {
        let _one = self.making.lock().await;
        let embedded = self.embedded.clone();
        // If this fails, the answer makes it.
        let _ = spawn_blocking(move || embedded.make(&path)).await;
    }
}

impl tera::Function for StaticFiles {
    fn call(&self, arguments: &HashMap<String, Value>) -> tera::Result<Value> {
        let path = arguments.get("path").and_then(Value::as_str).ok_or("asset() needs a path")?;
        let address = self.address(path).map(Value::String);
        address.ok_or_else(|| format!("there is no file static/{path}").into())
    }
}

/// The address of a file of ours on a site without an app.
pub fn address(path: &str) -> Option<String> {
    StaticFiles::default().address(path)
}

/// Makes the files of an app once the site answers, so that neither its start nor a visitor waits for all of them.
/// An earlier request for one waits for that one. A program without an app has nothing to make.
pub fn fairing() -> impl Fairing {
    AdHoc::on_liftoff("static files", |rocket| {
        Box::pin(async move {
            let Some(files) = rocket.state::<StaticFiles>().cloned() else { return };
            let unready = files.embedded.unready();
            if !unready.is_empty() {
                spawn(async move {
                    for path in unready {
                        files.make(path).await;
                    }
                });
            }
        })
    })
}

/// The routes that serve them.
pub fn routes() -> Vec<Route> {
    routes![show, favicon, apple_touch_icon, robots]
}

/// A drawing of the owner or the app may hold styles of its own, and loads nothing.
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
    body: SharedBytes,
    kind: ContentType,
    cache: &'static str,
    policy: &'static str,
    sharing: &'static str,
    /// Whether the body is compressed. `None`: there is only one form of it.
    compressed: Option<bool>,
}

impl Asset {
    fn new(body: impl Into<SharedBytes>, ending: &str, cache: &'static str) -> Asset {
        let kind = ContentType::from_extension(ending).unwrap_or(ContentType::Binary);
        let body = body.into();
        Asset { body, kind, cache, policy: AS_TEXT.as_str(), sharing: "same-origin", compressed: None }
    }

    /// A file in the form that the client reads.
    fn encoded(bytes: &PublicBytes, ending: &str, cache: &'static str, gzip: AcceptsGzip) -> Asset {
        let compressed = bytes.gzip().map(|_| gzip.0);
        Asset { compressed, ..Asset::new(bytes.sent(gzip.0), ending, cache) }
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

/// Only the addresses in pages exist, letter by letter as they stand there: the path of a request never reaches a file
/// system.
#[get("/static/<_>/<_..>")]
async fn show(
    address: &Origin<'_>,
    site: &State<Site>,
    files: &State<StaticFiles>,
    gzip: AcceptsGzip,
) -> Result<Asset, Status> {
    let path = address.path().as_str();
    let name = path.strip_prefix(paths::STATIC).and_then(|path| path.strip_prefix('/'));
    let name = name.ok_or(Status::NotFound)?;
    if let Some(file) = site.brand.file(name) {
        return Ok(Asset::of(file, A_YEAR, gzip));
    }
    if let Some(path) = files.embedded.unready_for(name) {
        files.make(path).await;
    }
    let file = files.embedded.named(name).ok_or(Status::NotFound)?;
    let mut asset = Asset::encoded(&file.body, file.ending(), A_YEAR, gzip);
    if file.is_of_app && file.ending() == "svg" {
        asset.policy = POLICY_OF_IMAGE;
    }
    Ok(asset)
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
        None => Asset::new(FAVICON, "ico", A_DAY),
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
        None => Ok(Asset::new(APPLE_TOUCH_ICON, "png", A_DAY)),
    }
}

/// What search engines need not look at: pages of one account, and those that links in emails lead to.
#[get("/robots.txt")]
fn robots() -> Asset {
    let pages = [
        paths::SETTINGS,
        paths::PROFILE,
        paths::LOGOUT,
        paths::SESSION,
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

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::time::{Duration, Instant};

    use rocket::local::asynchronous::Client;
    use rocket::tokio::time::sleep;

    use super::*;
    use crate::base::program::Folder;

    static SCRIPT: [u8; 1000] = [b';'; 1000];

    /// Those of an app with a script, as in a release build.
    fn files() -> StaticFiles {
        let folder = Folder::new(|| vec!["a.js".to_owned()], |_| Some(Cow::Borrowed(SCRIPT.as_slice())), "");
        StaticFiles { embedded: EmbeddedFiles::kept(folder), ..StaticFiles::default() }
    }

    #[test]
    fn all_answers_with_a_file_send_the_same_memory() {
        let bytes = PublicBytes::new("js", SCRIPT.as_slice());
        for gzip in [true, false] {
            let answer = || Asset::encoded(&bytes, "js", A_YEAR, AcceptsGzip(gzip));
            let (one, other) = (answer(), answer());
            assert_eq!((one.compressed, one.body.len() < SCRIPT.len()), (Some(gzip), gzip));
            assert_eq!(one.body.as_ptr(), other.body.as_ptr(), "gzip: {gzip}");
        }
        let plain = Asset::encoded(&bytes, "js", A_YEAR, AcceptsGzip(false));
        assert_eq!(plain.body.as_ptr(), SCRIPT.as_ptr());
        assert!(matches!(Asset::new(FAVICON, "ico", A_DAY).body, SharedBytes::InProgram(_)));
    }

    #[rocket::async_test]
    async fn the_files_of_an_app_are_made_when_the_site_answers() {
        let files = files();
        assert_eq!(files.embedded.unready(), ["a.js"]);
        let rocket = rocket::custom(rocket::Config::debug_default());
        let client = Client::untracked(rocket.manage(files.clone()).attach(fairing())).await.unwrap();
        let start = Instant::now();
        while !files.embedded.unready().is_empty() {
            assert!(start.elapsed() < Duration::from_secs(30), "they are not made");
            sleep(Duration::from_millis(5)).await;
        }
        drop(client);
    }

    #[rocket::async_test]
    async fn who_asks_for_a_file_earlier_gets_it_too() {
        let files = files();
        let address = files.address("a.js").unwrap();
        let name = address.strip_prefix("/static/").unwrap();
        let path = files.embedded.unready_for(name).unwrap();
        files.make(path).await;
        assert_eq!(files.embedded.unready_for(name), None);
        assert!(files.embedded.named(name).unwrap().body.is_ready());
    }
}
