//! Email from the command line: sends a test, and lists those that wait.

use std::future::pending;

use serde_json::{Value, json};

use super::lookup::{typed_email, unread, when};
use super::output;
use super::serve::{branding_of_command, site_of_command, small_runtime};
use super::subcommands::MailCommand;
use crate::base::config::{self, Config, Flags};
use crate::base::mailer::{Mailer, cut};
use crate::base::{Clock, Refusal, Time, db};
use crate::services::outbox::{self, Waiting};

/// Runs the command.
pub(super) fn mail(flags: &Flags, command: &MailCommand) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    small_runtime()?.block_on(async {
        match command {
            MailCommand::Test { email } => test(&config, email).await,
            MailCommand::List { json } => list(&config, *json).await,
        }
    })
}

/// Sends one email at once, and prints the SMTP conversation.
async fn test(config: &Config, email: &str) -> Result<(), Refusal> {
    let to = typed_email(email)?;
    let mailer = Mailer::new(&config.settings, |name| config.source_of(name))?;
    let Mailer::Smtp(smtp) = &mailer else {
        return Err(Refusal::new(match &mailer {
            Mailer::Off => {
                "Email is off, since smtp_url is not set. Set base_url, smtp_url and mail_from, then try again."
                    .to_owned()
            }
            other => other.in_words(config.settings.program.name),
        }));
    };
    let (words, brand) = branding_of_command(config);
    let (logo, at) = (brand.email_logo.as_deref(), Clock::system().now());
    let mail = outbox::test_email(&words, &config.settings, logo, &to, at)
        .map_err(|error| Refusal::new(format!("The email could not be written: {error}.")))?;
    let sent = smtp.send(&mail, &mut |line| output::line(line), pending()).await;
    sent.map_err(|trouble| Refusal::new(format!("The email was not sent: {trouble}.")))?;
    output::line(format!("The server accepted the email to {}.", to.as_str()));
    Ok(())
}

/// Lists the emails that wait to be sent, and those that were given up.
async fn list(config: &Config, json: bool) -> Result<(), Refusal> {
    let site = site_of_command(config, db::attach(&config.settings).await?)?;
    let waiting = outbox::waiting(&site).await.map_err(unread);
    site.db.close().await;
    let waiting = waiting?;
    if json {
        output::line(Value::from_iter(waiting.iter().map(as_json)));
        return Ok(());
    }
    for mail in &waiting {
        let next = match (mail.given_up_at, mail.attempts) {
            (Some(at), _) => format!("given up {}", at_time(at)),
            (None, 0) => "not tried yet".to_owned(),
            (None, 1) => format!("tried once, next {}", at_time(mail.due_at)),
            (None, attempts) => format!("tried {attempts} times, next {}", at_time(mail.due_at)),
        };
        let last_error = mail.last_error.as_ref().map(|why| format!("  ({})", cut(why))).unwrap_or_default();
        output::line(format!(
            "{}  {}  {}  {next}{last_error}",
            at_time(mail.queued_at),
            mail.kind,
            mail.address
        ));
    }
    if waiting.is_empty() {
        output::line("No email waits to be sent.");
    }
    Ok(())
}

fn as_json(mail: &Waiting) -> Value {
    json!({
        "id": mail.id.as_str(),
        "kind": mail.kind,
        "address": mail.address,
        "queued_at": at_time(mail.queued_at),
        "due_at": at_time(mail.due_at),
        "attempts": mail.attempts,
        "last_error": mail.last_error.as_deref().map(cut),
        "given_up_at": mail.given_up_at.map(at_time),
    })
}

fn at_time(seconds: i64) -> String {
    when(Time::from_unix(seconds))
}
