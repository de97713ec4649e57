//! The files of each proxy.

use super::names::Names;
use super::proxy::Proxy;
use super::{caddy, envoy, haproxy, nginx, traefik};

/// What to write into the configuration of a proxy: the name of each file in [`Proxy::folder`], and its text.
pub fn files(proxy: Proxy, names: &Names) -> Vec<(String, String)> {
    match proxy {
        Proxy::Nginx => nginx::files(names),
        Proxy::Caddy => caddy::files(names),
        Proxy::Traefik => traefik::files(names),
        Proxy::Haproxy => haproxy::files(names),
        Proxy::Envoy => envoy::files(names),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::authority::Authority;
    use super::*;
    use crate::base::WebOrigin;
    use crate::services::apps::AppName;
    use crate::web::paths;

    fn names(origins: &[&str]) -> Names {
        Names {
            app: AppName::parse("wiki").unwrap(),
            origins: origins.iter().map(|typed| WebOrigin::parse(typed).unwrap()).collect(),
            app_at: Authority::parse("10.1.2.3:3000").unwrap(),
            vestibule_at: Authority::parse("127.0.0.1:8000").unwrap(),
        }
    }

    /// All texts of a proxy in one.
    fn text(proxy: Proxy, names: &Names) -> String {
        files(proxy, names).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn every_blank_is_filled() {
        let names =
            names(&["https://wiki.example.org", "http://wiki.localhost:8080", "https://[2001:db8::1]:8443"]);
        for proxy in Proxy::ALL {
            let files = files(proxy, &names);
            for (name, text) in &files {
                let blank = text.split('@').skip(1).step_by(2).find(|word| {
                    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
                });
                assert_eq!(blank, None, "{name}");
                assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{name}:\n{text}");
                assert!(!name.starts_with('/') && !name.contains(".."), "{name}");
            }
            let distinct: BTreeSet<_> = files.iter().map(|(name, _)| name).collect();
            assert_eq!(distinct.len(), files.len());
        }
    }

    #[test]
    fn each_text_names_the_app_its_hosts_and_both_addresses() {
        let names = names(&["https://wiki.example.org", "https://wiki.example.com:8443"]);
        for proxy in Proxy::ALL {
            let text = text(proxy, &names);
            for word in ["wiki.example.org", "wiki.example.com", "443", "8443"] {
                assert!(text.contains(word), "{word} for {}:\n{text}", proxy.name());
            }
            // Envoy writes hosts and ports apart.
            let (app, vestibule) = match proxy {
                Proxy::Envoy => {
                    ("address: \"10.1.2.3\", port_value: 3000", "address: \"127.0.0.1\", port_value: 8000")
                }
                _ => ("10.1.2.3:3000", "127.0.0.1:8000"),
            };
            assert!(text.contains(app) && text.contains(vestibule), "{}:\n{text}", proxy.name());
        }
    }

    #[test]
    fn each_text_asks_one_address_and_tells_the_app_four_things() {
        let names = names(&["https://wiki.example.org"]);
        for proxy in Proxy::ALL {
            let text = text(proxy, &names);
            let asked: &[&str] = match proxy {
                // Once for refusals, once for what is the gate's own.
                Proxy::Nginx => &[paths::AUTH_REQUEST, paths::ENTER, paths::ENTER],
                _ => &[paths::FORWARD_AUTH],
            };
            assert_eq!(text.matches("/gate/").count(), asked.len(), "{text}");
            assert!(asked.iter().all(|address| text.contains(address)), "{text}");
            let told = ["remote-user", "remote-name", "remote-email", "remote-groups"];
            let lower = text.to_lowercase();
            let all = proxy == Proxy::Envoy && lower.contains("{ prefix: remote- }");
            assert!(all || told.iter().all(|header| lower.contains(header)), "{text}");
        }
    }

    /// An app that is reached under a name that the visitor chose must be told by that name or not at all: a pass for
    /// another app would open it.
    #[test]
    fn the_visitor_does_not_choose_the_host_that_the_gate_is_told() {
        let names = names(&["https://wiki.example.org", "https://wiki.example.com"]);
        let nginx = text(Proxy::Nginx, &names);
        assert!(nginx.contains("proxy_set_header X-Forwarded-Host $server_name;"), "{nginx}");
        let (_, ask) = nginx.split_once("How Vestibule is asked").unwrap();
        assert!(!ask.split("upstream").next().unwrap().contains("$http_host"), "{ask}");
        assert_eq!(nginx.matches("\n    server_name ").count(), 2, "one name for each server: {nginx}");
        let haproxy = text(Proxy::Haproxy, &names);
        for host in ["wiki.example.org", "wiki.example.com"] {
            let backend = format!("backend {host}\n    http-request lua.vestibule {host}\n");
            assert!(haproxy.contains(&backend), "{haproxy}");
        }
        assert!(!haproxy.contains("default_backend"));
        let denies = "    http-request deny deny_status 503 unless { var(txn.vestibule) -m str yes }\n";
        assert_eq!(haproxy.matches(denies).count(), 2, "a script that breaks off lets nobody on: {haproxy}");
        assert_eq!(haproxy.matches("txn:set_var(\"txn.vestibule\", \"yes\")").count(), 1);
        assert!(!text(Proxy::Envoy, &names).contains("\"*\""));
        assert!(
            text(Proxy::Traefik, &names).contains("Host(`wiki.example.org`) || Host(`wiki.example.com`)")
        );
    }

    /// The others hand on all that the visitor sent.
    #[test]
    fn what_makes_another_request_of_a_preflight_is_told() {
        let names = names(&["https://wiki.example.org"]);
        for proxy in [Proxy::Haproxy, Proxy::Envoy] {
            let text = text(proxy, &names);
            for header in ["x-http-method-override", "x-http-method", "x-method-override"] {
                assert!(
                    text.contains(&format!("\"{header}\"")) || text.contains(&format!("exact: {header}\n")),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn certificates_are_left_to_the_operator() {
        let words = [
            (Proxy::Nginx, "# ssl_certificate "),
            (Proxy::Caddy, "# tls "),
            (Proxy::Traefik, "tls: {}"),
            (Proxy::Haproxy, "# bind :::443 v4v6 ssl crt "),
            (Proxy::Envoy, "# transport_socket:"),
        ];
        let (https, http) = (names(&["https://wiki.example.org"]), names(&["http://wiki.example.org"]));
        for (proxy, word) in words {
            assert!(text(proxy, &https).contains(word), "{}", proxy.name());
            let plain = text(proxy, &http);
            assert!(!plain.contains("tls") && !plain.contains("ssl"), "{plain}");
        }
    }

    #[test]
    fn what_is_only_for_this_machine_listens_on_the_loopback_address() {
        for origin in ["http://wiki.localhost:8080", "http://localhost:8080", "http://127.0.0.1:8080"] {
            let names = names(&[origin]);
            for (proxy, word) in [
                (Proxy::Nginx, "listen 127.0.0.1:8080;\n"),
                (Proxy::Caddy, "\tbind 127.0.0.1\n"),
                (Proxy::Traefik, "address: \"127.0.0.1:8080\"\n"),
                (Proxy::Haproxy, "bind 127.0.0.1:8080\n"),
                (Proxy::Envoy, "{ address: \"127.0.0.1\", port_value: 8080 } }\n"),
            ] {
                let text = text(proxy, &names);
                assert!(text.contains(word), "{word:?} for {origin}:\n{text}");
            }
        }
    }

    #[test]
    fn each_origin_stands_as_its_browsers_write_it() {
        let names = names(&["https://wiki.example.org", "https://wiki.example.com:8443", "http://nas"]);
        let caddy = text(Proxy::Caddy, &names);
        for line in ["wiki.example.org {", "https://wiki.example.com:8443 {", "http://nas {"] {
            assert!(caddy.lines().any(|known| known == line), "{line}:\n{caddy}");
        }
        let traefik = text(Proxy::Traefik, &names);
        for name in ["  websecure:\n", "  websecure8443:\n", "  web:\n", "\"wiki-websecure8443\":\n"] {
            assert!(traefik.contains(name), "{name}:\n{traefik}");
        }
    }
}
