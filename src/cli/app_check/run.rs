//! The command.

use std::path::Path;

use super::super::app_found::find;
use super::super::gate_arguments::CheckArguments;
use super::super::lookup::unread;
use super::about_forged::forged;
use super::about_open::open;
use super::about_port::past_the_proxy;
use super::about_probe::{cookies, question, trusted, visitor};
use super::about_strangers::strangers;
use super::finding::Finding;
use super::not_asked::{Reason, login, not_asked};
use super::shown::{AtOrigin, Report};
use super::through::{Through, known};
use super::unanswered::unanswered;
use crate::base::fetch::{Failure, Trust};
use crate::base::{Refusal, Site, WebOrigin, text_file};
use crate::features::gate::probe;
use crate::features::snippets::Proxy;
use crate::services::apps::{self, App, Apps};

/// Asks, and prints what was found. The error says that something is wrong. The site must have its own key.
pub(in crate::cli) async fn check(site: &Site, typed: &CheckArguments) -> Result<(), Refusal> {
    let (program, app) = (site.settings.program.name, find(site, &typed.app).await?);
    let url = typed.url.as_deref().map(typed_url).transpose()?;
    let trust = trust(typed.ca_file.as_deref())?;
    if app.origins.is_empty() {
        return Err(Refusal::new(format!(
            "The app {0} has no address yet. Say where visitors find it: {program} app set {0} --at https://{0}.example.org",
            app.name
        )));
    }
    if app.disabled_at.is_some() {
        return Err(Refusal::new(format!(
            "The app {0} is disabled, so everyone is refused. To open it: {program} app enable {0}",
            app.name
        )));
    }
    let apps = apps::read(&site.db).await.map_err(unread)?;
    let mut at = Vec::new();
    for origin in &app.origins {
        let through = Through::to(site, origin, url.as_ref(), &trust);
        at.push(at_origin(&through, (&app, &apps), typed.proxy).await);
    }
    let itself = past_the_proxy(&app, typed.app_at.as_ref()).await;
    let report = Report { app: &app, at, itself };
    if typed.json {
        report.print_json()
    } else {
        report.print()
    }
    match report.wrong() {
        0 => Ok(()),
        1 => Err(Refusal::new(format!("One thing about {} is wrong: it is marked above.", app.name))),
        wrong => {
            Err(Refusal::new(format!("{wrong} things about {} are wrong: they are marked above.", app.name)))
        }
    }
}

/// Everything about one address of the app.
async fn at_origin(through: &Through<'_>, apps: (&App, &Apps), typed: Option<Proxy>) -> AtOrigin {
    let (mut findings, mut proxy) = (Vec::new(), typed);
    if let Err(failure) = look(through, apps, &mut findings, &mut proxy).await {
        findings.push(unanswered(through, &failure));
    }
    AtOrigin { origin: through.origin.clone(), proxy, findings }
}

async fn look(
    through: &Through<'_>,
    (app, apps): (&App, &Apps),
    findings: &mut Vec<Finding>,
    proxy: &mut Option<Proxy>,
) -> Result<(), Failure> {
    let (answer, arrived) = through.probe(&[("Cookie", probe::cookie(through.site).as_str())]).await?;
    *proxy = proxy.or_else(|| known(&answer, arrived.as_ref()));
    match &arrived {
        None => {
            let reason = Reason::of(&answer, &login(through), through.at.is_https());
            findings.push(not_asked(through, (&answer, reason), *proxy, app));
            if reason == Reason::Http {
                // Nothing but that was asked.
                return Ok(());
            }
        }
        Some(arrived) => {
            findings.push(Finding::fine("asked", format!("The proxy asks {}.", arrived.asked)));
            findings.push(trusted(arrived));
            findings.push(question(through, arrived, (app, apps), *proxy));
            findings.extend(visitor(arrived, *proxy));
            findings.extend(cookies(&answer, arrived, *proxy));
            findings.extend(forged(through, arrived, app, *proxy).await?);
            if !arrived.trusted {
                // Everyone is refused, which says nothing about the rest.
                return Ok(());
            }
        }
    }
    findings.extend(strangers(through, app, *proxy, arrived.is_some()).await?);
    if arrived.is_some() {
        findings.extend(open(through, app, *proxy).await?);
    }
    Ok(())
}

fn typed_url(typed: &str) -> Result<WebOrigin, Refusal> {
    WebOrigin::parse(typed).map_err(|why| {
        Refusal::new(format!(
            "{typed:?} is not where a proxy can be asked: {why}. Type --url with a scheme, a host and a port, such as \
             https://127.0.0.1:8443."
        ))
    })
}

fn trust(ca_file: Option<&Path>) -> Result<Trust, Refusal> {
    let read = |file: &Path| {
        text_file::read(file)
            .map_err(|error| Refusal::new(format!("The file {} cannot be read: {error}.", file.display())))
    };
    let pem = ca_file.map(read).transpose()?;
    Trust::with(pem.as_deref().map(str::as_bytes)).ok_or_else(|| {
        let file = ca_file.unwrap_or(Path::new("")).display();
        Refusal::new(format!("The file {file} holds no certificates that can be read. They must be in PEM."))
    })
}
