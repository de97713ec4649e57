//! The rate limits of emails.

use super::email_kind::EmailKind;
use crate::base::rate_limit::{Counts, Kept, LimitKey, LimitedAction, Rate};
use crate::people::{AccountId, Email};
use crate::services::links::NEXT_MAIL_AFTER;

/// Having an email sent, counted for one network.
pub(super) static ASK_FOR_MAIL: LimitedAction = LimitedAction {
    code: "ask_for_mail",
    rate: |settings| Rate::an_hour(settings.limit_mails.get()),
    counts: Counts::Each,
    kept: Kept::InDatabase,
    why: "limit-ask-for-mail",
    logged: "too many requests for emails",
};

/// The same, counted for one recipient across all networks: all at once, then one an hour, so never more in an
/// hour.
pub(super) static MAIL_TO: LimitedAction = LimitedAction {
    code: "mail_to",
    rate: |settings| {
        let times = settings.limit_mails_to.get();
        Rate::new(times, i64::from(times) * NEXT_MAIL_AFTER)
    },
    counts: Counts::Each,
    kept: Kept::InDatabase,
    why: LimitedAction::WAIT,
    logged: "too many emails to an address",
};

/// The same, again shortly after the previous email.
pub(super) static NEXT_MAIL_TO: LimitedAction = LimitedAction {
    code: "next_mail_to",
    rate: |settings| Rate::new(1, settings.limit_mail_pause.seconds()),
    ..MAIL_TO
};

/// Telling the owner of an account what happened to it, in a separate email. Five an hour are more than an
/// account needs on any day without an attack. After that one every twelve minutes, which lists the others.
pub(super) static NOTIFY: LimitedAction =
    LimitedAction { code: "notify", rate: |_| Rate::an_hour(5), ..MAIL_TO };

/// Emails of the app to the owner of one account. Thirty an hour are more than anyone reads: an error in the app must
/// not fill an inbox, and no mail server should refuse all emails of the site because of it.
pub(super) static APP_EMAIL: LimitedAction =
    LimitedAction { code: "app_email", rate: |_| Rate::an_hour(30), ..MAIL_TO };

/// Emails that administrators have sent to one address: invitations, links of new accounts, notices of reset links. Ten an
/// hour are more than any of them needs; a thief in the session of one must not fill inboxes in the name of the site.
pub(super) static MAIL_BY_ADMINISTRATOR: LimitedAction = LimitedAction {
    code: "mail_by_administrator",
    rate: |_| Rate::an_hour(10),
    why: "limit-mail-by-administrator",
    logged: "too many emails of administrators to an address",
    ..MAIL_TO
};

/// Where emails of a kind to one address count.
pub(super) fn emails_to(kind: EmailKind, address: &Email) -> LimitKey {
    LimitKey::Of("address", format!("{} {}", kind.code(), address.key()))
}

/// Where notices to the owner of one account count.
pub(super) fn notices_to(account: &AccountId) -> LimitKey {
    LimitKey::Of("address", format!("notices {account}"))
}

/// Where emails that administrators have sent to one address count.
pub(super) fn emails_by_administrators(address: &Email) -> LimitKey {
    LimitKey::Of("address", format!("by administrators {}", address.key()))
}
