//! What is limited by whoever tries, with all that is to know of it. Wrong passwords for one account are counted besides, in
//! [`guesses`](super::guesses).

use crate::base::settings::Settings;

/// Something that may be done only so often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A log-in, right or wrong: each costs a hash.
    LogIn,
    /// A wrong password, for whichever account.
    WrongPassword,
    /// A wrong password of somebody who is logged in.
    Reauthenticate,
    /// A sign-up, also one that only finds out that an address is taken.
    SignUp,
    /// Having a mail sent, by a network.
    AskForMail,
    /// The same, to an address, by whomever.
    MailTo,
    /// And soon after the one before.
    NextMailTo,
    /// A request that may change something, whatever it is and whatever becomes of it.
    Form,
}

/// So many times in so many seconds. All of them may come at once; then they come back one by one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    pub(super) times: u32,
    pub(super) seconds: i64,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

impl Action {
    /// How often, by the operator's settings.
    pub(super) fn rate(self, settings: &Settings) -> Rate {
        let (times, seconds) = match self {
            Action::LogIn => (settings.limit_logins, MINUTE),
            Action::WrongPassword => (settings.limit_wrong_passwords, MINUTE),
            Action::Reauthenticate => (settings.limit_reauthentications, 5 * MINUTE),
            Action::SignUp => (settings.limit_signups, HOUR),
            Action::AskForMail => (settings.limit_mails, HOUR),
            // So many at once, then one an hour: in no hour are there more.
            Action::MailTo => {
                let times = settings.limit_mails_to.get();
                return Rate { times, seconds: i64::from(times) * HOUR };
            }
            Action::NextMailTo => return Rate { times: 1, seconds: settings.limit_mail_pause.seconds() },
            Action::Form => (settings.limit_forms, MINUTE),
        };
        Rate { times: times.get(), seconds }
    }

    /// Why somebody has to wait.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Action::LogIn => "There were too many log-ins from your network.",
            Action::WrongPassword => "There were too many wrong passwords from your network.",
            Action::Reauthenticate => "There were too many wrong passwords.",
            Action::SignUp => "There were too many sign-ups from your network.",
            Action::AskForMail => "There were too many requests for mails from your network.",
            Action::MailTo | Action::NextMailTo => "There were too many mails to this address.",
            Action::Form => "There were too many requests from your network.",
        }
    }
}
