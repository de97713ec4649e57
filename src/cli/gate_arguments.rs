//! What `app snippet` and `app check` take.

use std::path::PathBuf;

use clap::Args;

use crate::features::snippets::{Authority, Proxy};

#[derive(Args, Debug)]
pub(super) struct SnippetArguments {
    /// Name of the app
    pub(super) app: String,
    /// nginx, caddy, traefik, haproxy or envoy
    #[arg(value_parser = proxy)]
    pub(super) proxy: Proxy,
    /// Where the app itself listens, as the proxy reaches it
    #[arg(long = "app", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:3000", value_parser = authority)]
    pub(super) app_at: Authority,
}

#[derive(Args, Debug)]
pub(super) struct CheckArguments {
    /// Name of the app
    pub(super) app: String,
    /// Where the proxy is asked, such as https://192.0.2.7, if not where the app's own address leads
    #[arg(long, value_name = "ADDRESS")]
    pub(super) url: Option<String>,
    /// nginx, caddy, traefik, haproxy or envoy: advice for this one, if it cannot be told which it is
    #[arg(long, value_parser = proxy)]
    pub(super) proxy: Option<Proxy>,
    /// Where the app itself listens: no one must reach it past the proxy
    #[arg(long = "app", value_name = "ADDRESS:PORT", value_parser = authority)]
    pub(super) app_at: Option<Authority>,
    /// Certificates in PEM to accept in addition to those of the known authorities
    #[arg(long, value_name = "FILE")]
    pub(super) ca_file: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Parses the name of a proxy.
fn proxy(typed: &str) -> Result<Proxy, String> {
    let names: Vec<_> = Proxy::ALL.iter().map(|proxy| proxy.name()).collect();
    Proxy::parse(typed).ok_or_else(|| format!("type one of {}", names.join(", ")))
}

/// Parses a host with a port.
fn authority(typed: &str) -> Result<Authority, String> {
    Authority::parse(typed).ok_or_else(|| Authority::RULE.to_owned())
}
