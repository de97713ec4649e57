//! Settings that have to agree with each other.

use super::passkey_values::PasskeyDomain;
use super::settings::Settings;
use super::values::DurationSetting;
use crate::base::refusal::Refusal;

/// Refuses settings that do not agree. `named` is a setting with its source, and `typed` its value.
pub(super) fn check(
    settings: &Settings,
    named: impl Fn(&str) -> String,
    typed: impl Fn(&str) -> String,
) -> Result<(), Refusal> {
    terms(settings, &named)?;
    passkeys(settings, &named)?;
    timeouts(settings, named, typed)
}

/// Refuses terms without a version, and a version without terms: an account keeps which version it accepted.
fn terms(settings: &Settings, named: &impl Fn(&str) -> String) -> Result<(), Refusal> {
    let (set, missing, example) = match (&settings.terms_url, &settings.terms_version) {
        (Some(_), None) => ("terms_url", "terms_version", "2026-11"),
        (None, Some(_)) => ("terms_version", "terms_url", "https://example.org/terms"),
        (Some(_), Some(_)) | (None, None) => return Ok(()),
    };
    Err(Refusal::new(format!(
        "{} is set, but {missing} is not. An account keeps which version of the terms it accepted, so both are needed: set \
         {missing}, for example to \"{example}\".",
        named(set)
    )))
}

/// Refuses a domain for passkeys with which no browser would use one: it must be the host of the site or a parent of it,
/// unless the operator says that both belong together.
fn passkeys(settings: &Settings, named: &impl Fn(&str) -> String) -> Result<(), Refusal> {
    let Some(domain) = &settings.passkey_domain else { return Ok(()) };
    let (base_url, host) = (&settings.base_url, settings.base_url.host());
    let related = settings.passkey_origins.iter().flat_map(|origins| origins.all());
    if domain.covers(&host) || related.into_iter().any(|origin| *origin == base_url.origin()) {
        return Ok(());
    }
    let instead = match host.parse::<PasskeyDomain>() {
        Ok(host) if host.as_str() == "localhost" => {
            format!("Leave it out, or set base_url to the https address of the site at {domain}.")
        }
        Ok(host) => format!("Set it to \"{host}\" or a parent of that, or leave it out."),
        // An address without a domain has no passkeys, whatever is set.
        Err(()) => "Leave it out, or set base_url to an address with a domain.".to_owned(),
    };
    // Browsers take passkeys of another domain over https only.
    let moved = match base_url.is_https() {
        true => format!(
            " If the site has moved from {domain}, set passkey_origins to \"{}\" as well.",
            base_url.origin()
        ),
        false => String::new(),
    };
    Err(Refusal::new(format!(
        "{} is \"{domain}\", and pages of {base_url} cannot use passkeys of that domain. {instead}{moved}",
        named("passkey_domain"),
    )))
}

/// Refuses an idle timeout that is longer than the lifetime: it would never have an effect, so one of the two
/// is not what the operator meant.
fn timeouts(
    settings: &Settings,
    named: impl Fn(&str) -> String,
    typed: impl Fn(&str) -> String,
) -> Result<(), Refusal> {
    let Settings { session_idle, session_lifetime, admin_idle, admin_lifetime, .. } = settings;
    let Settings { remember_idle, remember_lifetime, .. } = settings;
    let pairs: [(&str, &DurationSetting, &str, &DurationSetting, &str); 3] = [
        ("session_idle", session_idle, "session_lifetime", session_lifetime, "A session"),
        ("admin_idle", admin_idle, "admin_lifetime", admin_lifetime, "A session of an administrator"),
        ("remember_idle", remember_idle, "remember_lifetime", remember_lifetime, "A remembered device"),
    ];
    for (idle, shorter, lifetime, longer, what) in pairs {
        if shorter.seconds() > longer.seconds() {
            let (long, short) = (typed(idle), typed(lifetime));
            return Err(Refusal::new(format!(
                "{} is \"{long}\", which is longer than {}, \"{short}\". {what} ends with its lifetime, so the \
                 longer idle timeout would have no effect. Set {idle} = \"{short}\", or {lifetime} = \"{long}\".",
                named(idle),
                named(lifetime)
            )));
        }
    }
    Ok(())
}
