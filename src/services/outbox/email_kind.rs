//! Every kind of email. Their templates are in `templates/mail`, a folder for each, and their sentences begin with
//! `email-` and the code.

use serde::{Deserialize, Serialize};

use crate::base::closed_set::closed_set;
use crate::people::StoredActor;
use crate::services::links::Purpose;

closed_set! {
    /// A kind of email. Its code is also the name of its folder.
    pub enum EmailKind {
        /// A link that confirms an address.
        Confirm = "confirm" => Parts { purpose: Some(Purpose::Confirm), item: None },
        /// A link for a new password.
        Reset = "reset" => Parts { purpose: Some(Purpose::Reset), item: None },
        /// An administrator made an account: a link with which its owner chooses a password.
        AccountMade = "account-made" => Parts { purpose: Some(Purpose::Reset), item: None },
        /// A sign-up with this address, which already has an account.
        Taken = "taken" => Parts { purpose: None, item: None },
        /// To the new address of an account: a link that changes it.
        Change = "change" => Parts { purpose: Some(Purpose::Change), item: None },
        /// To the previous address of an account: it was changed, and a link that undoes that.
        Changed = "changed" => Parts { purpose: Some(Purpose::RevertEmail), item: None },
        /// The same if the operator vouched for the new address: without a link.
        Moved = "moved" => Parts { purpose: None, item: None },
        /// The password was changed.
        Password = "password" => Parts { purpose: None, item: Some("email-several-password") },
        /// The name was changed. No longer sent: a name gives no one access. But rows of an earlier version may
        /// wait in the database, and are sent, so its templates and sentences stay.
        Name = "name" => Parts { purpose: None, item: Some("email-several-name") },
        /// A login from a new browser, and a link for an owner who does not recognize it.
        Device = "device" => Parts {
            purpose: Some(Purpose::LockAccount),
            item: Some("email-several-device"),
        },
        /// Several wrong passwords in a row.
        Guesses = "guesses" => Parts { purpose: None, item: Some("email-several-guesses") },
        /// An authenticator app or a passkey was added.
        FactorAdded = "factor-added" => Parts {
            purpose: Some(Purpose::LockAccount),
            item: Some("email-several-factor-added"),
        },
        /// An authenticator app, a passkey or the recovery codes were removed.
        FactorRemoved = "factor-removed" => Parts {
            purpose: Some(Purpose::LockAccount),
            item: Some("email-several-factor-removed"),
        },
        /// Two-factor authentication was turned on.
        TwoFactorOn = "two-factor-on" => Parts {
            purpose: Some(Purpose::LockAccount),
            item: Some("email-several-two-factor-on"),
        },
        /// Two-factor authentication was turned off.
        TwoFactorOff = "two-factor-off" => Parts {
            purpose: Some(Purpose::LockAccount),
            item: Some("email-several-two-factor-off"),
        },
        /// A new set of recovery codes counts.
        CodesKept = "codes-kept" => Parts {
            purpose: Some(Purpose::LockAccount),
            item: Some("email-several-codes-kept"),
        },
        /// A recovery code was used.
        CodeUsed = "code-used" => Parts {
            purpose: Some(Purpose::LockAccount),
            item: Some("email-several-code-used"),
        },
        /// The authenticator app was stopped after very many wrong codes.
        AppStopped = "app-stopped" => Parts {
            purpose: Some(Purpose::LockAccount),
            item: Some("email-several-app-stopped"),
        },
        /// A passkey may have been copied: its counter went back, or it can be backed up now.
        PasskeyCopied = "passkey-copied" => Parts {
            purpose: Some(Purpose::LockAccount),
            item: Some("email-several-passkey-copied"),
        },
        /// The password was typed in a browser that the account does not know, and no second step came.
        Unfinished = "unfinished" => Parts {
            purpose: Some(Purpose::LockAccount),
            item: Some("email-several-unfinished"),
        },
        /// An administrator made a link with which the password or the address can be changed. Without a link: it is in
        /// their hands.
        LinkMade = "link-made" => Parts { purpose: None, item: Some("email-several-link-made") },
        /// What would have been several emails, in one, and a link for an owner who does not recognize something.
        Several = "several" => Parts { purpose: Some(Purpose::LockAccount), item: None },
        /// A link that deletes the account.
        Close = "close" => Parts { purpose: Some(Purpose::Close), item: None },
        /// An administrator deleted the account: to the address that it had.
        Deleted = "deleted" => Parts { purpose: None, item: None },
        /// An invitation, to someone who may have no account. Its link is none of an account.
        Invitation = "invitation" => Parts { purpose: None, item: None },
    }
    /// Its parts.
    fn parts(self) -> Parts;
}

/// The parts of an email that follow from its kind.
struct Parts {
    /// What its link is for, if it has one.
    purpose: Option<Purpose>,
    /// The key of its sentence in a list of several events, if it has one.
    item: Option<&'static str>,
}

impl EmailKind {
    /// The link in it.
    pub(super) fn purpose(self) -> Option<Purpose> {
        self.parts().purpose
    }

    /// The key of its sentence in a list of several events, if it has one.
    pub(super) fn item(self) -> Option<&'static str> {
        self.parts().item
    }
}

/// What an email reports.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct EmailData {
    /// When it happened, in seconds since 1970.
    pub(super) at: i64,
    /// Who did it; of several events, who did the first.
    #[serde(flatten)]
    pub(super) actor: StoredActor,
    /// Each of several events, in the order in which they first happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) items: Vec<Item>,
}

/// One of several events in an email, however often it happened.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Item {
    /// The kind of email that it would have been.
    pub(super) kind: String,
    /// When it last happened, in seconds since 1970.
    pub(super) at: i64,
    /// Who did it.
    #[serde(flatten)]
    pub(super) actor: StoredActor,
    /// How often.
    #[serde(default = "once")]
    pub(super) times: u32,
    /// Whether it stands for all places that are not listed separately.
    #[serde(default)]
    pub(super) elsewhere: bool,
}

impl Item {
    /// An event that happened once.
    pub(super) fn new(kind: &str, at: i64, actor: StoredActor) -> Item {
        Item { kind: kind.to_owned(), at, actor, times: once(), elsewhere: false }
    }
}

fn once() -> u32 {
    1
}
