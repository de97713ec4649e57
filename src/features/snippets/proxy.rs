//! The proxies that there are texts for.

/// A reverse proxy that can ask another server about each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proxy {
    /// nginx, with `auth_request`.
    Nginx,
    /// Caddy, with `forward_auth`.
    Caddy,
    /// Traefik, with `forwardAuth`.
    Traefik,
    /// HAProxy, with a script in Lua.
    Haproxy,
    /// Envoy, with `ext_authz` over HTTP.
    Envoy,
}

impl Proxy {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Proxy; 5] = [Proxy::Nginx, Proxy::Caddy, Proxy::Traefik, Proxy::Haproxy, Proxy::Envoy];

    /// The name that is typed.
    pub fn name(self) -> &'static str {
        match self {
            Proxy::Nginx => "nginx",
            Proxy::Caddy => "caddy",
            Proxy::Traefik => "traefik",
            Proxy::Haproxy => "haproxy",
            Proxy::Envoy => "envoy",
        }
    }

    /// The name as its makers write it.
    pub fn title(self) -> &'static str {
        match self {
            Proxy::Nginx => "nginx",
            Proxy::Caddy => "Caddy",
            Proxy::Traefik => "Traefik",
            Proxy::Haproxy => "HAProxy",
            Proxy::Envoy => "Envoy",
        }
    }

    /// The proxy of a typed name.
    pub fn parse(typed: &str) -> Option<Proxy> {
        Proxy::ALL.into_iter().find(|proxy| proxy.name().eq_ignore_ascii_case(typed))
    }

    /// Where its configuration usually stands. The texts name files there.
    pub fn folder(self) -> &'static str {
        match self {
            Proxy::Nginx => "/etc/nginx",
            Proxy::Caddy => "/etc/caddy",
            Proxy::Traefik => "/etc/traefik",
            Proxy::Haproxy => "/etc/haproxy",
            Proxy::Envoy => "/etc/envoy",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_proxy_is_found_by_its_name() {
        for proxy in Proxy::ALL {
            assert_eq!(Proxy::parse(proxy.name()), Some(proxy));
            assert_eq!(Proxy::parse(proxy.title()), Some(proxy));
            assert!(proxy.folder().ends_with(proxy.name()));
        }
        assert_eq!(Proxy::parse("apache"), None);
        assert_eq!(Proxy::parse(""), None);
    }
}
