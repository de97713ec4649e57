//! The emails of an app: queued like ours, in the transaction of what they report.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::email_kind::EmailKind;
use super::limits::APP_EMAIL;
use super::store;
use crate::base::log_digest::Cause;
use crate::base::rate_limit::{LimitKey, shared};
use crate::base::{Program, Refusal, Site, Tx, codes};
use crate::people::AccountId;
use crate::web::{Error, Result};

/// What the codes of an app's emails begin with in the database, so that none is one of ours.
const OF_APP: &str = "app.";

/// The folder of our test email, which is of no kind.
const TEST: &str = "test";

/// A kind of email of an app. Its words are in `templates/mail/CODE/mail.txt` and `mail.html`.
///
/// ```no_run
/// use rocket::{State, post};
/// use serde_json::json;
/// use vestibule::{EmailKind, Result, Site, User};
///
/// const SHARED: EmailKind = EmailKind::new("note-shared", "You shared a note");
///
/// #[post("/notes/share")]
/// async fn share(user: User, site: &State<Site>) -> Result<()> {
///     let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
///     vestibule::send(&mut tx, site, &user.id, SHARED, json!({ "title": "Plants" })).await?;
///     tx.commit().await?;
///     Ok(())
/// }
/// ```
///
/// Every kind is given to the app with [`App::emails`](crate::App::emails). A test reads what was sent with
/// `testing::TestSite::email_to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppEmail {
    pub(super) code: &'static str,
    pub(super) subject: &'static str,
}

/// The kinds of email of the app, attached to its program.
#[derive(Clone, Debug, Default)]
pub struct AppEmails(pub Vec<AppEmail>);

impl AppEmail {
    /// A kind of email with a code, which is the name of its folder, and a subject. If a file of `words/` has the key
    /// `email-app-CODE-subject`, that is its subject in this language; it may name texts and whole numbers among the
    /// values that the email is sent with.
    pub const fn new(code: &'static str, subject: &'static str) -> AppEmail {
        AppEmail { code, subject }
    }

    /// The kind that a row names; `None` if this version of the app does not know it.
    pub(super) fn of_row(site: &Site, kind: &str) -> Option<AppEmail> {
        let code = kind.strip_prefix(OF_APP)?;
        all(site).iter().copied().find(|email| email.code == code)
    }
}

impl AppEmails {
    /// Checks that each has a code of its own, which is none of ours, and its templates.
    pub fn check(&self, program: &Program) -> std::result::Result<(), Refusal> {
        codes::check("email", self.0.iter().map(|email| email.code))?;
        for AppEmail { code, .. } in &self.0 {
            if EmailKind::by_code(code).is_some() || *code == TEST {
                return Err(Refusal::new(format!(
                    "The email `{code}` is one of Vestibule's. Give that of the app another code."
                )));
            }
            for file in ["mail.txt", "mail.html"] {
                let path = format!("mail/{code}/{file}");
                if program.files.templates.read(&path).is_none() {
                    return Err(Refusal::new(format!(
                        "The email `{code}` has no template templates/{path}. Write one."
                    )));
                }
            }
        }
        Ok(())
    }
}

fn all(site: &Site) -> &[AppEmail] {
    site.settings.program.attached::<AppEmails>().map(|emails| emails.0.as_slice()).unwrap_or_default()
}

/// Whether the kind of a row is one of an app.
pub(super) fn is_of_app(kind: &str) -> bool {
    kind.starts_with(OF_APP)
}

/// What an email of an app reports, as stored.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct AppEmailData {
    /// The values of its templates.
    pub(super) values: Map<String, Value>,
}

/// Queues an email to the owner of an account, in the transaction of what it reports: it is sent if that commits.
/// `values` is a JSON object with the values of its templates, which have the owner's `name` and `email` as well.
/// Returns false if none is queued: the site sends no emails, the address is not confirmed, or the account got thirty
/// emails of the app within an hour.
///
/// ```no_run
/// use serde_json::json;
/// use vestibule::{AccountId, EmailKind, Result, Site};
///
/// const DUE: EmailKind = EmailKind::new("list-due", "Something on your list is due");
///
/// async fn remind(site: &Site, account: &AccountId, list: &str) -> Result<()> {
///     let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
///     vestibule::send(&mut tx, site, account, DUE, json!({ "list": list })).await?;
///     Ok(tx.commit().await?)
/// }
/// ```
pub async fn send(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    email: AppEmail,
    values: Value,
) -> Result<bool> {
    debug_assert!(
        all(site).contains(&email),
        "the app does not have the email `{}`: give it to App::emails",
        email.code
    );
    let Value::Object(values) = values else {
        return Err(Error::Broken("the values of an email are not a JSON object"));
    };
    if !site.mailer.is_on() {
        return Ok(false);
    }
    let Some(address) = store::confirmed_address(tx, account).await? else { return Ok(false) };
    let now = site.clock.now();
    if shared::take(tx, &site.settings, &APP_EMAIL, &account.limit_key(), now).await?.is_err() {
        let what = "the app sent too many emails to one account; some were left out";
        let cause = Cause { event: "sys_mail", what };
        // One line a minute for all accounts.
        if site.digest.is_first(cause, LimitKey::network(None), now) {
            log::warn!(event = cause.event, account = account.as_str(), kind = email.code; "{what}");
        }
        return Ok(false);
    }
    let details = serde_json::to_string(&AppEmailData { values })?;
    let kind = format!("{OF_APP}{}", email.code);
    let (account, address) = (Some(account), address.as_str());
    let new = store::New { kind: &kind, account, address, details: &details, due_at: now };
    store::insert(tx, &new, now).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::base::program::{AppFiles, Folder};

    fn read(path: &str) -> Option<Cow<'static, [u8]>> {
        path.starts_with("mail/shared/").then_some(Cow::Borrowed(&b"Shared."[..]))
    }

    #[test]
    fn an_email_has_templates_and_a_code_that_is_none_of_ours() {
        let files = AppFiles { templates: Folder::new(Vec::new, read, ""), ..AppFiles::default() };
        let program = Program::of_app("notes", "1.0.0", files);
        let check = |code| AppEmails(vec![AppEmail::new(code, "Shared")]).check(&program);
        assert_eq!(check("shared"), Ok(()));
        for (code, why) in [
            ("confirm", "The email `confirm` is one of Vestibule's. Give that of the app another code."),
            ("test", "The email `test` is one of Vestibule's. Give that of the app another code."),
            ("sent", "The email `sent` has no template templates/mail/sent/mail.txt. Write one."),
        ] {
            assert_eq!(check(code), Err(Refusal::new(why)));
        }
    }
}
