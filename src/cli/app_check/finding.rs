//! One thing that was looked at.

/// How it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// As it must be.
    Fine,
    /// To be known, or not to be found out from here.
    Note,
    /// Not as it must be.
    Wrong,
}

impl State {
    /// In lines and in JSON.
    pub(super) fn word(self) -> &'static str {
        match self {
            State::Fine => "fine",
            State::Note => "note",
            State::Wrong => "wrong",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    /// A name that stays, for programs.
    pub(super) check: &'static str,
    pub(super) state: State,
    /// A sentence.
    pub(super) said: String,
    /// What to type, or to do; one line each.
    pub(super) advice: Vec<String>,
}

impl Finding {
    pub(super) fn fine(check: &'static str, said: impl Into<String>) -> Finding {
        Finding { check, state: State::Fine, said: said.into(), advice: Vec::new() }
    }

    pub(super) fn note(check: &'static str, said: impl Into<String>) -> Finding {
        Finding { check, state: State::Note, said: said.into(), advice: Vec::new() }
    }

    pub(super) fn wrong(check: &'static str, said: impl Into<String>, advice: Vec<String>) -> Finding {
        Finding { check, state: State::Wrong, said: said.into(), advice }
    }
}
