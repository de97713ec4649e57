//! Why the answer of a passkey is refused. Visitors read one of two sentences; the log has the reason.

use crate::base::{Client, Site, refused, webauthn};
use crate::people::AccountId;

/// Why the answer of a passkey does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No account has such a passkey. The browser may be told so: it then offers the passkey no more.
    Unknown,
    /// Its owner removed it not long ago. The sentence is the same, but the browser must not be told: it would delete
    /// the passkey, and the removal can still be undone.
    Removed,
    /// It is known, but this answer does not count.
    Failed {
        /// Why.
        why: Reason,
        /// Whose passkey the answer names, if it was looked up. It may be someone else who sent it.
        account: Option<AccountId>,
    },
}

/// Why the answer of a known passkey does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The challenge was not issued here for this purpose and visitor in the last five minutes.
    Challenge,
    /// The challenge was answered before.
    Spent,
    /// The answer is not what the standard asks for, or not by this passkey.
    Answer(webauthn::Refused),
    /// The passkey belongs to another account than the one that is asked for.
    OtherAccount,
    /// The passkey does not know its account by the ID of this account, or does not say whose it is.
    UserHandle,
    /// The passkey was made for another domain.
    OtherDomain,
    /// The passkey rests since a reset of the password.
    Rests,
    /// The passkey is a second factor only.
    SecondFactorOnly,
    /// The address of the account is not confirmed.
    Unconfirmed,
    /// The account is disabled.
    Disabled,
    /// The passkey was removed since its answer was verified.
    Gone,
}

impl Refusal {
    /// An answer that does not count, of a passkey that was not looked up.
    pub(super) fn before_look_up(why: Reason) -> Refusal {
        Refusal::Failed { why, account: None }
    }

    /// An answer that does not count, of a passkey of an account.
    pub(super) fn at(account: &AccountId, why: Reason) -> Refusal {
        Refusal::Failed { why, account: Some(account.clone()) }
    }

    /// Logs it under the name of an event, with the account but never a credential ID.
    pub(super) fn log(&self, site: &Site, client: &Client, event: &'static str) {
        let account = match self {
            Refusal::Failed { account: Some(account), .. } => account.as_str(),
            Refusal::Failed { account: None, .. } | Refusal::Unknown | Refusal::Removed => "",
        };
        let (what, cause) = self.logged();
        refused::log(site, client, event, what, || {
            let (request_id, address, browser) = (&*client.request_id, client.address_text(), client.browser);
            log::info!(event, request_id, account, address:%, browser:%; "{what}{cause}");
        });
    }

    /// A sentence, and what more there is to say.
    fn logged(&self) -> (&'static str, String) {
        let sentence = match self {
            Refusal::Unknown => "a passkey is not known here",
            Refusal::Removed => "a passkey was used that its owner had removed",
            Refusal::Failed { why, .. } => match why {
                Reason::Answer(why) => return ("the answer of a passkey was refused", format!(": {why}")),
                Reason::Challenge => "a passkey answered a challenge that is over, or not for this",
                Reason::Spent => "a passkey answered a challenge a second time",
                Reason::OtherAccount => "a passkey of another account was used",
                Reason::UserHandle => "a passkey does not say that it is for the account that has it",
                Reason::OtherDomain => "a passkey of another domain was used",
                Reason::Rests => "a passkey was used that rests since the password was reset",
                Reason::SecondFactorOnly => "a passkey was used alone that is a second factor only",
                Reason::Unconfirmed => "the passkey of an unconfirmed account was used",
                Reason::Disabled => "the passkey of a disabled account was used",
                Reason::Gone => "a passkey was removed while it was used",
            },
        };
        (sentence, String::new())
    }
}
