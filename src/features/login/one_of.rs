//! A code of one of the two kinds that are typed into one field: its text says of which.

use crate::base::recovery_code::RecoveryCode;
use crate::base::totp::Code;
use crate::services::second_factor::Given;

/// A code.
pub(super) enum OneOf {
    /// Six digits of the authenticator app.
    App(Code),
    /// A recovery code.
    Recovery(RecoveryCode),
}

impl OneOf {
    /// Reads it. `None` if the text can be neither.
    pub(super) fn parse(typed: &str) -> Option<OneOf> {
        let recovery = || RecoveryCode::parse(typed).map(OneOf::Recovery);
        Code::parse(typed).map(OneOf::App).or_else(recovery)
    }

    /// The code, to be checked.
    pub(super) fn given(&self) -> Given<'_> {
        match self {
            OneOf::App(code) => Given::Code(code),
            OneOf::Recovery(code) => Given::RecoveryCode(code),
        }
    }

    /// The error if it is wrong.
    pub(super) fn wrong(&self) -> &'static str {
        match self {
            OneOf::App(_) => "second-code-wrong",
            OneOf::Recovery(_) => "recovery-code-wrong",
        }
    }
}
