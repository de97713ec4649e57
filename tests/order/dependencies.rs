//! Checks the dependencies: the bans, licences and sources of `deny.toml`, applied to the output of `cargo
//! metadata`. `cargo deny check` also checks known vulnerabilities; it needs another program and a database
//! from the network.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::BTreeSet;
use std::process::Command;

use figment::Figment;
use figment::providers::{Format, Toml};
use serde::Deserialize;
use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

#[derive(Clone, Deserialize)]
struct Rules {
    licenses: Licenses,
    bans: Bans,
    sources: Sources,
}

#[derive(Clone, Deserialize)]
struct Licenses {
    allow: BTreeSet<String>,
}

#[derive(Clone, Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Clone, Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Sources {
    allow_registry: BTreeSet<String>,
}

impl Rules {
    fn read() -> Rules {
        Figment::from(Toml::file_exact(concat!(env!("CARGO_MANIFEST_DIR"), "/deny.toml"))).extract().unwrap()
    }
}

/// A crate that is compiled on this system: those of other systems may not be on this disk.
#[derive(Clone, Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    /// `None`: of this repository.
    source: Option<String>,
    dependencies: Vec<Dependency>,
}

#[derive(Clone, Deserialize)]
struct Dependency {
    name: String,
    req: String,
    path: Option<String>,
}

fn packages() -> Vec<Package> {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let system = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let cargo = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--locked",
            "--offline",
            "--all-features",
            "--format-version",
            "1",
            "--filter-platform",
            system,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
    let mut answer: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    serde_json::from_value(answer["packages"].take()).unwrap()
}

/// Everything that the rules forbid, one line each.
fn judge(packages: &[Package], rules: &Rules) -> Vec<String> {
    let allowed = |wanted: &LicenseReq| rules.licenses.allow.contains(&wanted.to_string());
    let mut found = Vec::new();
    for Package { name, version, license, source, dependencies } in packages {
        let crate_name = format!("{name} {version}");
        match license.as_deref().map(|license| (license, Expression::parse_mode(license, ParseMode::LAX))) {
            None => found.push(format!("{crate_name} names no licence")),
            Some((license, Err(error))) => found.push(format!("{crate_name}: {license}: {}", error.reason)),
            Some((license, Ok(terms))) if !terms.evaluate(allowed) => {
                found.push(format!("{crate_name}: {license}"))
            }
            Some(_) => {}
        }
        match source.as_deref() {
            Some(source)
                if !source
                    .strip_prefix("registry+")
                    .is_some_and(|url| rules.sources.allow_registry.contains(url)) =>
            {
                found.push(format!("{crate_name} comes from {source}"));
            }
            // Crates of others are as they are; our own requirements name a version.
            None => found.extend(
                dependencies
                    .iter()
                    .filter(|Dependency { req, path, .. }| req == "*" && path.is_none())
                    .map(|Dependency { name, .. }| format!("{crate_name} takes any version of {name}")),
            ),
            Some(_) => {}
        }
        found.extend(
            rules
                .bans
                .deny
                .iter()
                .filter(|ban| ban.name == *name)
                .map(|ban| format!("{crate_name}: {}", ban.reason)),
        );
    }
    found
}

#[test]
fn each_dependency_is_allowed() {
    let packages = packages();
    assert!(packages.len() > 200, "only {} crates", packages.len());
    assert_eq!(judge(&packages, &Rules::read()).join("\n"), "");
}

#[test]
fn each_licence_that_is_allowed_is_needed() {
    let (packages, rules) = (packages(), Rules::read());
    for licence in &rules.licenses.allow {
        let mut fewer = rules.clone();
        fewer.licenses.allow.remove(licence);
        assert!(!judge(&packages, &fewer).is_empty(), "{licence} is needed by no crate");
    }
}

#[test]
fn a_dependency_that_is_not_allowed_is_found() {
    let good = Package {
        name: "good".into(),
        version: "1.0.0".into(),
        license: Some("MIT/Apache-2.0".into()),
        source: Some("registry+https://github.com/rust-lang/crates.io-index".into()),
        dependencies: Vec::new(),
    };
    let any = Dependency { name: "any".into(), req: "*".into(), path: None };
    let rules = Rules::read();
    assert_eq!(judge(std::slice::from_ref(&good), &rules), [""; 0]);
    for (bad, told) in [
        (Package { license: None, ..good.clone() }, "good 1.0.0 names no licence"),
        (Package { license: Some("GPL-3.0-only".into()), ..good.clone() }, "good 1.0.0: GPL-3.0-only"),
        (
            Package { license: Some("MIT AND AGPL-3.0-only".into()), ..good.clone() },
            "good 1.0.0: MIT AND AGPL-3.0-only",
        ),
        (
            Package { source: Some("git+https://example.org/good".into()), ..good.clone() },
            "comes from git+https://example.org/good",
        ),
        (
            Package { source: Some("registry+https://example.org/index".into()), ..good.clone() },
            "comes from registry+",
        ),
        (Package { name: "openssl-sys".into(), ..good.clone() }, "openssl-sys 1.0.0: TLS is by rustls"),
        (
            Package { source: None, dependencies: vec![any], ..good.clone() },
            "good 1.0.0 takes any version of any",
        ),
    ] {
        let found = judge(&[bad], &rules);
        assert!(matches!(&found[..], [one] if one.contains(told)), "{told}: {found:?}");
    }
}
