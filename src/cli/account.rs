//! Accounts from the command line, beside a running site or without one, by the same decisions as its pages.

use serde_json::{Value, json};

use super::arguments::AccountCommand;
use super::link::link;
use super::naming::{failed, find, taken, typed_email, when};
use super::serve::{site_of_command, small_runtime};
use super::{output, password};
use crate::base::config::{self, Flags};
use crate::base::{Password, Refusal, Site, Time, db};
use crate::features::passwords::{self, Judged, Owner};
use crate::features::{lifecycle, signup};
use crate::people::Name;
use crate::people::accounts::{self, Account};
use crate::web::Submission;

/// Does what the command says.
pub(super) fn account(flags: &Flags, command: &AccountCommand) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    small_runtime()?.block_on(async {
        let site = site_of_command(&config, db::attach(&config.settings).await?)?;
        let done = dispatch(&site, command).await;
        site.db.close().await;
        done
    })
}

async fn dispatch(site: &Site, command: &AccountCommand) -> Result<(), Refusal> {
    match command {
        AccountCommand::Add { email, name } => add(site, email, name).await,
        AccountCommand::List { json } => list(site, *json).await,
        AccountCommand::Show { email, json } => {
            output::line(shown(&find(site, email).await?, *json));
            Ok(())
        }
        AccountCommand::Rename { email, name } => {
            let (account, name) = (find(site, email).await?, typed_name(name)?);
            lifecycle::rename(site, &account.id, &name, None, &Submission::none()).await.map_err(failed)?;
            tell(format!("{} is now called {}.", account.email, name.as_str()))
        }
        AccountCommand::SetPassword { email } => set_password(site, email).await,
        AccountCommand::Link(typed) => link(site, typed).await,
        AccountCommand::Disable { email } => {
            let account = find(site, email).await?;
            lifecycle::disable(site, &account).await.map_err(failed)?;
            tell(format!("Nobody can log in to {} any more. All its sessions ended.", account.email))
        }
        AccountCommand::Enable { email } => {
            let account = find(site, email).await?;
            lifecycle::enable(site, &account.id).await.map_err(failed)?;
            tell(format!("The owner of {} can log in again.", account.email))
        }
        AccountCommand::Delete { email } => {
            let account = find(site, email).await?;
            lifecycle::delete(site, &account).await.map_err(failed)?;
            tell(format!("The account {} was deleted with all that belonged to it.", account.email))
        }
    }
}

/// Makes an account by the same rules as the sign-up page, also where that is closed.
async fn add(site: &Site, email: &str, name: &str) -> Result<(), Refusal> {
    let (email, name) = (typed_email(email)?, typed_name(name)?);
    if accounts::by_email(&site.db, &email).await.map_err(failed)?.is_some() {
        return Err(taken(&email));
    }
    let password = good_password(site, &Owner::new(&email, &name)).await?;
    match signup::make(site, &email, &name, &password, None, &Submission::none()).await.map_err(failed)? {
        true => tell(format!("The account {} was made.", email.as_str())),
        false => Err(taken(&email)),
    }
}

/// Sets a new password by the same rules as the sign-up page. All sessions of the account end.
async fn set_password(site: &Site, email: &str) -> Result<(), Refusal> {
    let account = find(site, email).await?;
    let password = good_password(site, &Owner::stored(&account.email, &account.name)).await?;
    let replaced = passwords::replace(site, &account, &password).await;
    replaced.map_err(|error| Refusal::new(format!("The password was not changed: {error}.")))?;
    tell("The password was changed. All sessions of this account ended.".to_owned())
}

async fn list(site: &Site, json: bool) -> Result<(), Refusal> {
    let accounts = accounts::all(&site.db).await.map_err(failed)?;
    if json {
        output::line(Value::from_iter(accounts.iter().map(as_json)));
        return Ok(());
    }
    for account in &accounts {
        let state = if account.disabled_at.is_some() { "  (disabled)" } else { "" };
        output::line(format!("{}  {}  {}{state}", when(account.created_at), account.email, account.name));
    }
    if accounts.is_empty() {
        output::line("There are no accounts.");
    }
    Ok(())
}

fn shown(account: &Account, json: bool) -> String {
    if json {
        return as_json(account).to_string();
    }
    let dated =
        |what: &str, at: Option<Time>| at.map(|at| format!("\n{what:10}{}", when(at))).unwrap_or_default();
    let more = [
        dated("confirmed", account.confirmed_at),
        dated("logged in", account.logged_in_at),
        dated("disabled", account.disabled_at),
    ];
    let Account { id, email, name, created_at, .. } = account;
    let more = more.concat();
    format!("id        {id}\nemail     {email}\nname      {name}\ncreated   {}{more}", when(*created_at))
}

fn as_json(account: &Account) -> Value {
    json!({
        "id": account.id.as_str(),
        "email": account.email,
        "name": account.name,
        "created_at": when(account.created_at),
        "confirmed_at": account.confirmed_at.map(when),
        "logged_in_at": account.logged_in_at.map(when),
        "disabled_at": account.disabled_at.map(when),
    })
}

fn typed_name(name: &str) -> Result<Name, Refusal> {
    Name::parse(name).map_err(|why| Refusal::new(format!("{name:?} cannot be a name. {why}")))
}

async fn good_password(site: &Site, owner: &Owner) -> Result<Password, Refusal> {
    let password = password::ask()?;
    let refused = |why: &str| Refusal::new(format!("The password was not set. {why}"));
    match passwords::judge(site, &password, owner, None, None).await.map_err(failed)? {
        Judged::Good => Ok(password),
        Judged::Refused(why) => Err(refused(&why)),
        Judged::Wait(wait) => Err(refused(&wait.to_string())),
    }
}

fn tell(done: String) -> Result<(), Refusal> {
    output::line(done);
    Ok(())
}
