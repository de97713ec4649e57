//! What an operator writes into the configuration of a proxy, so that it asks the gate before it asks an app. The texts
//! stand in the folder `text`. Tests run the real proxies with what is printed.

mod proxy; // the proxies that there are texts for
mod authority; // where a program listens: a host and a port
mod names; // what the texts are filled with
mod listener; // a port that visitors reach
mod filled; // a text with its blanks filled
mod nginx; // nginx
mod caddy; // Caddy
mod traefik; // Traefik
mod haproxy; // HAProxy
mod envoy; // Envoy
mod files; // the files of each proxy

pub use authority::Authority;
pub use files::files;
pub use names::Names;
pub use proxy::Proxy;
