//! Where a code leads, and with which words: after a recovery code, its owner learns what is left.

use crate::people::Visit;
use crate::services::second_factor::Afterwards;
use crate::web::{Notice, Submission, paths};

/// The answers to a form with a code.
#[derive(Debug)]
pub(super) struct AfterCode {
    usual: Submission,
    used: Submission,
    few: Submission,
    operators: Submission,
}

impl AfterCode {
    /// Those of a form that leads on to an address.
    pub(super) fn leads(visit: &Visit<'_>, onward: String) -> AfterCode {
        AfterCode {
            usual: visit.leads(onward.clone(), None),
            used: visit.leads(onward, Notice::RecoveryCodeUsed),
            few: visit.leads(paths::CODES, Notice::FewCodesLeft),
            operators: visit.leads(paths::SECURITY, Notice::OperatorCodeUsed),
        }
    }

    /// The form, before its answer is known.
    pub(super) fn form(&self) -> &Submission {
        &self.usual
    }

    /// The answer.
    pub(super) fn answer(&self, afterwards: Afterwards) -> &Submission {
        match afterwards {
            Afterwards::Nothing => &self.usual,
            Afterwards::RecoveryCodeUsed => &self.used,
            Afterwards::FewCodesLeft => &self.few,
            Afterwards::OperatorCodeUsed => &self.operators,
        }
    }
}
