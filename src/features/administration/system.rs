//! The state of the program: versions, the queue of emails, what arrived with this request, and the settings with their
//! sources. Secrets are hidden as `check` hides them.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};
use url::Url;

use super::question::{self, Facts};
use crate::base::{Sentence, Site, Time};
use crate::layout::Layout;
use crate::people::groups::Admin;
use crate::services::outbox::{self, Queue};
use crate::web::forwarded_headers::{ClientIpSource, ForwardedHeaders};
use crate::web::moment::Moment;
use crate::web::{self, Page};

/// Its route.
pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

/// Every setting with its value, secrets hidden, and its source, as `check` prints them: they are read once, at the start.
#[derive(Clone, Debug)]
pub struct ShownSettings(pub Vec<(String, String, String)>);

/// The source of a setting that is not set.
const DEFAULT: &str = "default";

#[get("/admin/system")]
async fn show(
    _admin: Admin,
    arrived: ForwardedHeaders,
    settings: &State<ShownSettings>,
    layout: Layout<'_>,
    site: &State<Site>,
) -> web::Result<Page> {
    let engine = site.db.engine_version().await?;
    let queue = if site.mailer.is_on() { Some(outbox::count(site).await?) } else { None };
    let program = program(site);
    let is_set = |setting: &&(String, String, String)| setting.2 != DEFAULT;
    let (set, unset): (Vec<_>, Vec<_>) = settings.0.iter().partition(is_set);
    let facts = Facts {
        program: &program,
        engine: &engine,
        queue,
        arrived: &arrived,
        is_host_of_site: is_host_of(site, arrived.host.as_deref()),
        is_https: site.is_https(),
        settings: &set,
    };
    let context = json!({
        "program": program,
        "engine": engine,
        "place": site.settings.database().to_string(),
        "clock": Moment::new(site.clock.now(), site, layout.language()),
        "queue": queue.map(|queue| queue_shown(&layout, site, queue)),
        "arrived": arrived_shown(&layout, site, &arrived),
        "changed": set.iter().map(|setting| setting_shown(setting)).collect::<Vec<_>>(),
        "defaults": unset.iter().map(|setting| setting_shown(setting)).collect::<Vec<_>>(),
        "question": question::text(&facts),
    });
    Ok(layout.page("admin_system.html", "admin-system-title", context))
}

/// The program with its version; for an app, also that of Vestibule.
fn program(site: &Site) -> String {
    let (program, ours) = (&site.settings.program, env!("CARGO_PKG_VERSION"));
    let own = format!("{} {}", program.title(), program.version);
    if program.is_alone() { own } else { format!("{own}, Vestibule {ours}") }
}

fn queue_shown(layout: &Layout<'_>, site: &Site, queue: Queue) -> Value {
    let oldest = queue.oldest.map(|at| Moment::recent(Time::from_unix(at), site, layout.language()));
    json!({ "waiting": queue.waiting, "given_up": queue.given_up, "oldest": oldest })
}

fn arrived_shown(layout: &Layout<'_>, site: &Site, arrived: &ForwardedHeaders) -> Value {
    let text = |address: Option<std::net::IpAddr>| {
        address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
    };
    let why = match arrived.source {
        ClientIpSource::Reported => "admin-system-why-reported",
        ClientIpSource::NotReported => "admin-system-why-not-reported",
        ClientIpSource::NotTrusted => "admin-system-why-not-trusted",
        ClientIpSource::Direct => "admin-system-why-direct",
    };
    let trust = arrived
        .proxy_to_trust()
        .map(|proxy| layout.say(&Sentence::new("admin-system-trust").with("ip", proxy.to_string())));
    let headers = [
        ("X-Forwarded-For", &arrived.forwarded_for),
        ("X-Forwarded-Proto", &arrived.forwarded_proto),
        ("Host", &arrived.host),
    ];
    let sent =
        headers.iter().filter_map(|(name, value)| Some(json!({ "name": name, "value": value.as_deref()? })));
    json!({
        "client": text(arrived.client),
        "why": layout.say(&why.into()),
        "peer": text(arrived.peer),
        "headers": sent.collect::<Vec<_>>(),
        "base_url": site.settings.base_url.to_string(),
        "trust": trust,
        "lacks_https": arrived.lacks_https(site),
    })
}

/// Whether a host is that of `base_url`, by the rules of URLs: case and the default port do not count.
fn is_host_of(site: &Site, host: Option<&str>) -> bool {
    let base_url = site.settings.base_url.as_url();
    let asked = host.map(|host| Url::parse(&format!("{}://{host}", base_url.scheme())));
    matches!(asked, Some(Ok(asked)) if asked.origin() == base_url.origin())
}

fn setting_shown((name, value, source): &(String, String, String)) -> Value {
    json!({ "name": name, "value": value, "source": source })
}
