//! Accounts from the command line, beside a running site or without one.

use super::serve::{site, small_runtime};
use super::{output, password};
use crate::base::config::{self, Flags};
use crate::base::{Refusal, db};
use crate::features::passwords::{self, Judged};
use crate::people::Email;
use crate::people::accounts;

/// Sets a new password by the same rules as the sign-up page. All sessions of the account end.
pub(super) fn set_password(flags: &Flags, email: &str) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    let email = Email::parse(email).ok_or_else(|| {
        Refusal::new(format!(
            "{email:?} is not an e-mail address. Type the account's address, such as ada@example.org."
        ))
    })?;
    small_runtime()?.block_on(async {
        let site = site(&config, db::attach(&config.settings.database_file()).await?)?;
        let failed =
            |error: &dyn std::fmt::Display| Refusal::new(format!("The password was not changed: {error}."));
        let account = accounts::by_email(&site.db, &email).await.map_err(|error| failed(&error))?;
        let account =
            account.ok_or_else(|| Refusal::new(format!("There is no account for {}.", email.as_str())))?;
        let password = password::ask()?;
        match passwords::judge(&site.settings, &password, &[&account.email, &account.name]).await {
            Judged::Refused(why) => return Err(Refusal::new(format!("The password was not changed. {why}"))),
            Judged::Good => {}
        }
        let replaced = passwords::replace(&site, &account, &password).await;
        replaced.map_err(|error| failed(&error))?;
        site.db.close().await;
        Ok(())
    })?;
    output::line("The password was changed. All sessions of this account ended.");
    Ok(())
}
