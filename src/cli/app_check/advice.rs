//! What to type, in the words of each proxy.

use crate::features::snippets::Proxy;

/// What is wrong with the configuration of a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// It lets strangers through to the app.
    LetsIn,
    /// It does not lead visitors to the login page.
    LeadsNobody,
    /// It leads scripts to the login page.
    LeadsScripts,
    /// It passes on what a visitor says about the request, or says nothing itself.
    Believes,
    /// It tells the gate the host that a visitor names.
    AnyHost,
    /// It does not say from where a visitor comes.
    NoVisitor,
    /// It passes on `Remote_User` or `Remote.User`.
    Spellings,
    /// It keeps `Set-Cookie` from the browser.
    NoSetCookie,
    /// It keeps `Cookie` from the gate.
    NoCookie,
}

impl Cause {
    /// What to type for this proxy; for one that is not known, for each of them.
    pub(super) fn advice(self, known: Option<Proxy>) -> Vec<String> {
        match known {
            Some(proxy) => vec![format!("In {}: {}", proxy.title(), self.of(proxy))],
            None => {
                Proxy::ALL.iter().map(|proxy| format!("In {}: {}", proxy.title(), self.of(*proxy))).collect()
            }
        }
    }

    fn of(self, proxy: Proxy) -> &'static str {
        use Proxy::{Caddy, Envoy, Haproxy, Nginx, Traefik};
        match (self, proxy) {
            (Cause::LetsIn, Nginx) => {
                "auth_request /.vestibule/check; in the server, and no auth_request off; in a location"
            }
            (Cause::LetsIn, Caddy) => "forward_auth above reverse_proxy, both inside route { }",
            (Cause::LetsIn, Traefik) => {
                "the forwardAuth middleware among the middlewares of each router of the app"
            }
            (Cause::LetsIn, Haproxy) => "http-request lua.vestibule HOST in the backend of the app",
            (Cause::LetsIn, Envoy) => {
                "the filter ext_authz before the router, with failure_mode_allow: false"
            }
            (Cause::LeadsNobody, Nginx) => {
                "error_page 401 403 = @vestibule_enter; in the server, and that location"
            }
            (Cause::LeadsNobody, Caddy) => "uri /gate/forward-auth in forward_auth",
            (Cause::LeadsNobody, Traefik) => {
                "/gate/forward-auth in the address of forwardAuth, and no authRequestHeaders"
            }
            (Cause::LeadsNobody, Haproxy) => "accept and sec-fetch-mode in the list ASK of vestibule.lua",
            (Cause::LeadsNobody, Envoy) => {
                "accept and sec-fetch- among the allowed_headers, location among the allowed_client_headers"
            }
            (Cause::LeadsScripts, Nginx) => {
                "error_page 401 403 = @vestibule_enter; with nothing between = and the name"
            }
            (Cause::LeadsScripts, Caddy) => "no handle_response in forward_auth",
            (Cause::LeadsScripts, Traefik) => "no errors middleware on the router of the app",
            (Cause::LeadsScripts, Haproxy) => "vestibule.lua as `app snippet` prints it",
            (Cause::LeadsScripts, Envoy) => "accept and sec-fetch- among the allowed_headers",
            (Cause::Believes, Nginx) => {
                "proxy_set_header for X-Forwarded-Host ($server_name), X-Forwarded-Uri ($request_uri) and \
                 X-Forwarded-Method ($request_method), in both locations of the gate"
            }
            (Cause::Believes, Caddy) => {
                "no header_up X-Forwarded-… in forward_auth, and no trusted_proxies of others"
            }
            (Cause::Believes, Traefik) => {
                "trustForwardHeader: false in forwardAuth, and no forwardedHeaders.insecure at the entry point"
            }
            (Cause::Believes, Haproxy) => {
                "vestibule.lua as `app snippet` prints it, with HOST after lua.vestibule"
            }
            (Cause::Believes, Envoy) => {
                "the filter header_mutation before ext_authz, as `app snippet` prints it"
            }
            (Cause::AnyHost, Nginx) => {
                "proxy_set_header X-Forwarded-Host $server_name; in vestibule_ask.conf, and neither $host nor $http_host"
            }
            (Cause::AnyHost, Caddy) => {
                "the host of the app as the address of its site, and neither * nor a port alone"
            }
            (Cause::AnyHost, Traefik) => "Host(`…`) of the app in the rule of each router, and no HostRegexp",
            (Cause::AnyHost, Haproxy) => {
                "HOST after lua.vestibule, and vestibule.lua as `app snippet` prints it"
            }
            (Cause::AnyHost, Envoy) => "the hosts of the app in domains, and no *",
            (Cause::NoVisitor, Nginx) => {
                "proxy_set_header X-Forwarded-For $remote_addr; in vestibule_ask.conf"
            }
            (Cause::NoVisitor, Caddy) => "no header_up -X-Forwarded-For in forward_auth",
            (Cause::NoVisitor, Traefik) => {
                "no authRequestHeaders in forwardAuth, or X-Forwarded-For among them"
            }
            (Cause::NoVisitor, Haproxy) => "vestibule.lua as `app snippet` prints it",
            (Cause::NoVisitor, Envoy) => {
                "use_remote_address: true, and x-forwarded-for among the allowed_headers"
            }
            (Cause::Spellings, Nginx) => "underscores_in_headers off; and ignore_invalid_headers on;",
            (Cause::Spellings, Caddy) => "request_header -Remote* above forward_auth, both inside route { }",
            (Cause::Spellings, Traefik) => {
                "aliasHeadersStrategy: delete below http of the entry point (3.7.13 or later)"
            }
            (Cause::Spellings, Haproxy) => "vestibule.lua as `app snippet` prints it",
            (Cause::Spellings, Envoy) => {
                "remove_on_match: { key_matcher: { prefix: remote } } in header_mutation"
            }
            (Cause::NoSetCookie, Nginx) => "no proxy_hide_header Set-Cookie",
            (Cause::NoSetCookie, Caddy) => "no header -Set-Cookie, and no header_down -Set-Cookie",
            (Cause::NoSetCookie, Traefik) => "no middleware that removes Set-Cookie",
            (Cause::NoSetCookie, Haproxy) => "no http-response del-header Set-Cookie",
            (Cause::NoSetCookie, Envoy) => "set-cookie among the allowed_client_headers",
            (Cause::NoCookie, Nginx) => "no proxy_set_header Cookie in the locations of the gate",
            (Cause::NoCookie, Caddy) => "no header_up -Cookie in forward_auth",
            (Cause::NoCookie, Traefik) => "no authRequestHeaders in forwardAuth, or Cookie among them",
            (Cause::NoCookie, Haproxy) => "cookie in the list ASK of vestibule.lua",
            (Cause::NoCookie, Envoy) => "cookie among the allowed_headers",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_proxy_gets_one_line_and_an_unknown_one_all() {
        let all = [
            Cause::LetsIn,
            Cause::LeadsNobody,
            Cause::LeadsScripts,
            Cause::Believes,
            Cause::AnyHost,
            Cause::NoVisitor,
            Cause::Spellings,
            Cause::NoSetCookie,
            Cause::NoCookie,
        ];
        for cause in all {
            assert_eq!(cause.advice(None).len(), Proxy::ALL.len());
            for proxy in Proxy::ALL {
                let advice = cause.advice(Some(proxy));
                assert!(matches!(&advice[..], [one] if one.starts_with(&format!("In {}: ", proxy.title()))));
            }
        }
    }
}
