//! What to write into the configuration of a proxy, so that it asks the gate before it asks an app.

use super::app_found::find;
use super::gate_arguments::SnippetArguments;
use super::{output, untrusted};
use crate::base::config::Config;
use crate::base::{Refusal, Site};
use crate::features::snippets::{Authority, Names, files};

/// Prints the files of the proxy, each below a comment with its name.
pub(super) async fn snippet(site: &Site, config: &Config, typed: &SnippetArguments) -> Result<(), Refusal> {
    let SnippetArguments { app, proxy, app_at } = typed;
    let app = find(site, app).await?;
    if app.origins.is_empty() {
        return Err(Refusal::new(format!(
            "The app {0} has no address yet. Say where visitors find it: {1} app set {0} --at https://{0}.example.org",
            app.name, site.settings.program.name
        )));
    }
    let names = Names {
        app: app.name.clone(),
        origins: app.origins.clone(),
        app_at: app_at.clone(),
        vestibule_at: Authority::of_server(config.server.address, config.server.port),
    };
    // In a comment of a file that has some: the last one is never a script.
    let untrusted = untrusted::line(&site.settings).map(|line| format!("\n# {line}")).unwrap_or_default();
    let mut is_first = true;
    for (name, text) in files(*proxy, &names) {
        if !is_first {
            output::line("");
        }
        is_first = false;
        output::line(format!("{} {}/{name}", comment(&name), proxy.folder()));
        output::write(&text);
    }
    if !untrusted.is_empty() {
        output::line(untrusted);
    }
    Ok(())
}

/// What begins a comment in a file.
fn comment(name: &str) -> &'static str {
    if name.ends_with(".lua") { "--" } else { "#" }
}
