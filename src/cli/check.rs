//! Prints every setting with its value and source; then says whether the site could start. Changes nothing.

use super::lookup::unread;
use super::serve::{branding, small_runtime};
use super::{check_factors, check_groups, check_origins, check_start_file, last_admin, output};
use crate::base::config::database_url::DatabaseUrl;
use crate::base::config::{self, Config, Flags};
use crate::base::db::{self, Found};
use crate::base::secret::SecretKey;
use crate::base::{Db, Mailer, Refusal, Settings, instance};
use crate::features::state::Source;
use crate::services::passkeys;

/// Prints the result.
pub(super) fn check(flags: &Flags) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    let shown = config.shown();
    let width = |of: fn(&(String, String, String)) -> &String| {
        shown.iter().map(|row| of(row).len()).max().unwrap_or(0)
    };
    let (names, values) = (width(|row| &row.0), width(|row| &row.1).min(40));
    for (name, value, source) in &shown {
        output::line(format!("{name:names$}  {value:values$}  {source}"));
    }
    output::line("");
    for warning in &config.warnings {
        output::line(format!("Warning: {warning}"));
    }
    output::line(client_ip(&config.settings));
    let mailer = Mailer::new(&config.settings, |name| config.source_of(name))?;
    output::line(mailer.in_words(config.settings.program.name));
    output::line(passkeys_in_words(&config.settings));
    let (words, _) = branding(&config)?;
    let start_file = check_start_file::read(&config, &words)?;
    instance::check_folder(&config.settings)?;
    for line in small_runtime()?.block_on(database(&config, start_file.as_ref()))? {
        output::line(line);
    }
    Ok(())
}

/// How the client IP is determined.
fn client_ip(settings: &Settings) -> String {
    let networks: Vec<_> = settings.trusted_proxies.0.iter().map(ToString::to_string).collect();
    if networks.is_empty() {
        return "The client IP is that of the connection; no header is trusted, since trusted_proxies is empty."
            .to_owned();
    }
    let networks = networks.join(", ");
    format!(
        "The client IP is that of the connection. If that is in {networks}, it is the right-most address in \
         X-Forwarded-For that is not; X-Real-IP and Forwarded are never trusted."
    )
}

/// For which domain passkeys are, or why there are none.
fn passkeys_in_words(settings: &Settings) -> String {
    let base_url = &settings.base_url;
    match passkeys::site_of(settings) {
        Some(at) => format!("Passkeys are for {}, and work at {}.", at.rp_id, at.origins.join(", ")),
        None if !settings.passkeys.is_on() => "Passkeys are off.".to_owned(),
        None if !base_url.is_https() && !base_url.is_loopback() => {
            format!("Passkeys cannot work at {base_url}: they need https. Set base_url to an https address.")
        }
        None => format!(
            "Passkeys cannot work at {base_url}: they need a domain, and an IP address has none. Set base_url to an address \
             with a domain."
        ),
    }
}

/// Whether the database can be used, what no longer works in it, and whether the file of `apply_file` can be applied to it.
async fn database(config: &Config, start_file: Option<&Source>) -> Result<Vec<String>, Refusal> {
    let place = config.settings.database();
    let (mut lines, mut is_tried) = (Vec::new(), false);
    let verdict = match db::look(&config.settings).await? {
        Found::Nothing if matches!(place, DatabaseUrl::Server(_)) => {
            format!("The database {place} answers and is empty; the first start creates its tables.")
        }
        Found::Nothing => format!("There is no database at {place} yet; the first start creates it."),
        Found::Moved { to } => return Err(db::moved(&config.settings, &to)),
        Found::Ours { pending, key, .. } => {
            let own = instance::key(&config.settings, config.secret_key.as_ref())?;
            if own.fingerprint() != key {
                return Err(db::wrong_key(&config.settings));
            }
            if pending == 0 {
                let db = db::attach(&config.settings).await?;
                let found = what_is_wrong(&db, config, &own, start_file).await;
                db.close().await;
                (lines, is_tried) = (found?, true);
            }
            let state = if pending == 0 { "is up to date" } else { "will be migrated at the next start" };
            let sound = if matches!(place, DatabaseUrl::File(_)) { "is sound" } else { "answers" };
            format!("The database {place} {sound}, matches the secret key, and {state}.")
        }
    };
    lines.insert(0, verdict);
    if let Some(source) = start_file.filter(|_| !is_tried) {
        lines.push(check_start_file::only_its_form(config, source));
    }
    Ok(lines)
}

/// What in the database no longer works, or is missing; and whether the file of `apply_file` can be applied to it.
async fn what_is_wrong(
    db: &Db,
    config: &Config,
    key: &SecretKey,
    start_file: Option<&Source>,
) -> Result<Vec<String>, Refusal> {
    let settings = &config.settings;
    let mut lines = check_factors::lines(db, settings, key).await?;
    lines.extend(check_groups::lines(db, settings).await?);
    lines.extend(check_origins::lines(db, settings).await?);
    lines.extend(last_admin::unconfirmed_lines(db, settings).await.map_err(unread)?);
    if let Some(source) = start_file {
        lines.push(check_start_file::try_out(config, db, source).await?);
    }
    Ok(lines)
}
