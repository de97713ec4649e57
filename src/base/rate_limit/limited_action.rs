//! The limited actions, with all their properties. Wrong passwords for one account are counted in addition,
//! in [`failed_logins`](super::failed_logins).

use super::limit_key::LimitKey;
use crate::base::config::Settings;
use crate::base::config::values::LONGEST_MAIL_PAUSE;

/// An action with a rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitedAction {
    /// A login, right or wrong: each costs a hash.
    LogIn,
    /// A wrong password, for any account.
    WrongPassword,
    /// A wrong password of a user who is logged in.
    Reauthenticate,
    /// A sign-up, including one that finds the address taken.
    SignUp,
    /// Judging a new password: each takes some milliseconds of processor time.
    JudgePassword,
    /// Having an email sent, counted for one network.
    AskForMail,
    /// The same, counted for one recipient across all networks.
    MailTo,
    /// The same, again shortly after the previous email.
    NextMailTo,
    /// A session that a remembered device opens.
    ResumeDevice,
    /// The same, for all devices in one network.
    ResumeNetwork,
    /// Telling the owner of an account what happened to it, in a separate email.
    Notify,
    /// A request that may change something, of any kind and with any outcome.
    Form,
    /// A copy of all data about an account, by its owner.
    Export,
    /// Changing the name of an account, by its owner.
    Rename,
}

/// A number of attempts in a number of seconds. All of them may come at once; then they become available
/// again one by one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    pub(super) times: u32,
    pub(super) seconds: i64,
}

pub(super) const MICROSECONDS: i64 = 1_000_000;

impl Rate {
    /// This many times as often.
    fn times(self, times: u32) -> Rate {
        Rate { times: self.times.saturating_mul(times), ..self }
    }

    /// How long the full allowance takes to become available again, in microseconds.
    pub(super) fn window(self) -> i64 {
        self.seconds * MICROSECONDS
    }

    /// How far one attempt delays the full allowance, in microseconds.
    pub(super) fn each(self) -> i64 {
        self.window() / i64::from(self.times)
    }

    /// The moment of the full allowance, in microseconds, but at least now. It is further away than a whole
    /// window only if the clock was set back. Then all counted attempts are forgiven, as after a restart.
    pub(super) fn near(self, whole_at: i64, now: i64) -> i64 {
        if whole_at > now + self.window() { now } else { whole_at.max(now) }
    }

    /// Seconds until the next attempt is allowed, given the moment of the full allowance, in microseconds.
    /// `None` if it is allowed now.
    pub(super) fn seconds_left(self, whole_at: i64, now: i64) -> Option<i64> {
        let window = self.window();
        let next = self.near(whole_at, now) + self.each();
        (next > now + window).then(|| (next - now - window).div_euclid(MICROSECONDS) + 1)
    }
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
/// Exports an hour. Each reads every row of an account, and five are enough for any owner.
const EXPORTS_AN_HOUR: u32 = 5;
/// Names an hour for one account. Each writes a row and notifies the owner; an owner who is trying names
/// needs a handful.
const NAMES_AN_HOUR: u32 = 20;
/// After the emails that strangers may request for an address at once, the next may be sent this many seconds
/// after the last.
pub const NEXT_MAIL_AFTER: i64 = LONGEST_MAIL_PAUSE;

/// A browser needs one session at a time, and another after an idle hour or after it was closed. Each costs a
/// session, a line in the log and one in the activity.
const RESUMES: u32 = 10;
/// Enough for an office of some hundreds that starts the day behind one address; ten a second cost the
/// database little.
const RESUMES_OF_NETWORK: u32 = 600;

impl LimitedAction {
    /// The rate, from the operator's settings.
    pub(super) fn rate(self, settings: &Settings) -> Rate {
        let (times, seconds) = match self {
            LimitedAction::LogIn => (settings.limit_logins, MINUTE),
            LimitedAction::WrongPassword => (settings.limit_wrong_passwords, MINUTE),
            LimitedAction::Reauthenticate => (settings.limit_reauthentications, 5 * MINUTE),
            LimitedAction::SignUp => (settings.limit_signups, HOUR),
            LimitedAction::JudgePassword => (settings.limit_new_passwords, MINUTE),
            LimitedAction::AskForMail => (settings.limit_mails, HOUR),
            // All at once, then one an hour: never more in an hour.
            LimitedAction::MailTo => {
                let times = settings.limit_mails_to.get();
                return Rate { times, seconds: i64::from(times) * NEXT_MAIL_AFTER };
            }
            LimitedAction::NextMailTo => {
                return Rate { times: 1, seconds: settings.limit_mail_pause.seconds() };
            }
            LimitedAction::ResumeDevice => return Rate { times: RESUMES, seconds: MINUTE },
            LimitedAction::ResumeNetwork => return Rate { times: RESUMES_OF_NETWORK, seconds: MINUTE },
            // More than an account needs on any day without an attack. After that one every twelve minutes,
            // which lists the others.
            LimitedAction::Notify => return Rate { times: 5, seconds: HOUR },
            LimitedAction::Form => (settings.limit_forms, MINUTE),
            LimitedAction::Export => return Rate { times: EXPORTS_AN_HOUR, seconds: HOUR },
            LimitedAction::Rename => return Rate { times: NAMES_AN_HOUR, seconds: HOUR },
        };
        Rate { times: times.get(), seconds }
    }

    /// Every key that an attempt counts for, with its rate.
    pub(super) fn rates(self, settings: &Settings, limit_key: &LimitKey) -> Vec<(LimitKey, Rate)> {
        let rate = self.rate(settings);
        limit_key.all().map(|(limit_key, times)| (limit_key, rate.times(times))).collect()
    }

    /// Its name in the database.
    pub(super) fn code(self) -> &'static str {
        match self {
            LimitedAction::LogIn => "log_in",
            LimitedAction::WrongPassword => "wrong_password",
            LimitedAction::Reauthenticate => "reauthenticate",
            LimitedAction::SignUp => "sign_up",
            LimitedAction::JudgePassword => "judge_password",
            LimitedAction::AskForMail => "ask_for_mail",
            LimitedAction::MailTo => "mail_to",
            LimitedAction::NextMailTo => "next_mail_to",
            LimitedAction::ResumeDevice => "resume_device",
            LimitedAction::ResumeNetwork => "resume_network",
            LimitedAction::Notify => "notify",
            LimitedAction::Form => "form",
            LimitedAction::Export => "export",
            LimitedAction::Rename => "rename",
        }
    }

    /// Why to wait while an earlier attempt of one's own is in progress.
    pub(super) fn underway(self) -> &'static str {
        match self {
            LimitedAction::Export => "A copy of your data is being made already.",
            _ => "The request before this one is still under way.",
        }
    }

    /// Why to wait.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            LimitedAction::LogIn => "There were too many log-ins from your network.",
            LimitedAction::WrongPassword => "There were too many wrong passwords from your network.",
            LimitedAction::Reauthenticate => "There were too many wrong passwords.",
            LimitedAction::SignUp => "There were too many sign-ups from your network.",
            LimitedAction::JudgePassword => "There were too many tries at a new password.",
            LimitedAction::AskForMail => "There were too many requests for mails from your network.",
            LimitedAction::ResumeDevice => "There were too many sessions of this device.",
            LimitedAction::ResumeNetwork | LimitedAction::Form => {
                "There were too many requests from your network."
            }
            LimitedAction::MailTo | LimitedAction::NextMailTo | LimitedAction::Notify => {
                "There were too many mails to this address."
            }
            LimitedAction::Export => "You have taken several copies of your data within the last hour.",
            LimitedAction::Rename => "You have changed your name many times within the last hour.",
        }
    }
}
