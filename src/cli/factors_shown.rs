//! The second factors of an account, for its operator: what there is and since when, never a secret.

use serde_json::{Value, json};

use super::lookup::{unread, when};
use crate::base::{Refusal, Site};
use crate::people::Account;
use crate::services::passkeys::{self, Passkey, Usable};
use crate::services::second_factor::{self, Factors};

/// What an account has.
pub(super) struct FactorsShown {
    factors: Factors,
    passkeys: Vec<Passkey>,
}

impl FactorsShown {
    /// Reads it.
    pub(super) async fn of(site: &Site, account: &Account) -> Result<FactorsShown, Refusal> {
        let at = passkeys::site(site);
        Ok(FactorsShown {
            factors: second_factor::summary(site, &account.id).await.map_err(unread)?,
            passkeys: passkeys::list(&site.db, at.as_ref(), &account.id).await.map_err(unread)?,
        })
    }

    /// What they are, for what has to be decided.
    pub(super) fn factors(&self) -> &Factors {
        &self.factors
    }

    /// What a login with the password needs.
    pub(super) fn needed(&self, site: &Site) -> &'static str {
        if self.factors.is_asked(site) {
            "the right password and a second factor"
        } else {
            "the right password"
        }
    }

    /// One line for each, below those of the account.
    pub(super) fn lines(&self) -> String {
        let mut text = String::new();
        let mut line = |what: &str, told: String| text += &format!("\n{what:10}{told}");
        if let Some(since) = self.factors.two_factor_since {
            line("factors", format!("two-factor authentication is on since {}", when(since)));
        }
        if let Some(app) = &self.factors.app {
            let state = match (app.readable, app.stopped_at) {
                (false, _) => "  (must be set up again: its secret cannot be read)".to_owned(),
                (true, Some(since)) => {
                    format!("  (stopped since {}, after too many wrong codes)", when(since))
                }
                (true, None) => String::new(),
            };
            line("app", format!("added {}{}{state}", when(app.created_at), used(app.last_used_at.map(when))));
        }
        for passkey in &self.passkeys {
            let state = match passkey.usable {
                Usable::ByItself => String::new(),
                Usable::AfterPassword => "  (second factor only)".to_owned(),
                Usable::Rests => "  (rests since the password was reset)".to_owned(),
                Usable::Elsewhere => format!("  (made for {})", passkey.rp_id),
            };
            let (name, added) = (passkey.name.as_str(), when(passkey.created_at));
            line("passkey", format!("{name}, added {added}{}{state}", used(passkey.last_used_at.map(when))));
        }
        if let Some(left) = self.factors.codes_left {
            line("codes", format!("{left} recovery codes left"));
        }
        text
    }

    /// The same for programs.
    pub(super) fn as_json(&self) -> Value {
        let passkeys: Vec<Value> = self.passkeys.iter().map(passkey_as_json).collect();
        json!({
            "two_factor_since": self.factors.two_factor_since.map(when),
            "app": self.factors.app.as_ref().map(|app| json!({
                "created_at": when(app.created_at),
                "last_used_at": app.last_used_at.map(when),
                "stopped_at": app.stopped_at.map(when),
                "readable": app.readable,
            })),
            "passkeys": passkeys,
            "recovery_codes_left": self.factors.codes_left,
        })
    }
}

fn used(at: Option<String>) -> String {
    at.map_or_else(|| ", never used".to_owned(), |at| format!(", last used {at}"))
}

fn passkey_as_json(passkey: &Passkey) -> Value {
    let usable = match passkey.usable {
        Usable::ByItself => "by_itself",
        Usable::AfterPassword => "after_password",
        Usable::Rests => "rests",
        Usable::Elsewhere => "elsewhere",
    };
    json!({
        "name": passkey.name.as_str(),
        "rp_id": passkey.rp_id,
        "usable": usable,
        "created_at": when(passkey.created_at),
        "last_used_at": passkey.last_used_at.map(when),
    })
}
