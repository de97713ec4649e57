//! Why nothing was done.

use super::node::Mistake;
use super::source::Source;
use crate::base::Refusal;
use crate::base::hashing::Failure;
use crate::web;

/// The most mistakes that are told. Those who mend these learn of the next ones.
const MOST_TOLD: usize = 100;

/// Why nothing was done.
#[derive(Debug)]
pub(super) enum Stopped {
    /// Something is wrong about the file.
    Mistakes(Vec<Mistake>),
    /// Something else went wrong.
    Failed(web::Error),
}

impl From<Mistake> for Stopped {
    fn from(mistake: Mistake) -> Stopped {
        Stopped::Mistakes(vec![mistake])
    }
}

impl From<Vec<Mistake>> for Stopped {
    fn from(mistakes: Vec<Mistake>) -> Stopped {
        Stopped::Mistakes(mistakes)
    }
}

impl From<web::Error> for Stopped {
    fn from(error: web::Error) -> Stopped {
        Stopped::Failed(error)
    }
}

impl From<sqlx::Error> for Stopped {
    fn from(error: sqlx::Error) -> Stopped {
        Stopped::Failed(error.into())
    }
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Stopped {
        Stopped::Failed(failure.into())
    }
}

/// Why a file was not applied: nothing was changed.
#[derive(Debug)]
pub struct NotApplied {
    /// A line for each of the first hundred mistakes in the file, in the order of its lines. None, if it is not the
    /// file's fault.
    pub mistakes: Vec<String>,
    /// How many mistakes there are.
    pub count: usize,
    /// All of it in one line.
    pub refusal: Refusal,
}

impl NotApplied {
    pub(super) fn of(source: &Source, stopped: Stopped) -> NotApplied {
        let mut mistakes = match stopped {
            Stopped::Mistakes(mistakes) => mistakes,
            Stopped::Failed(error) => {
                let refusal =
                    Refusal::new(format!("{} was not applied: {error}. Nothing was changed.", source.name()));
                return refusal.into();
            }
        };
        mistakes.sort_by_key(|mistake| mistake.at);
        let told = |mistake: &Mistake| format!("{}: {}", source.place(mistake.at), mistake.text);
        let count = mistakes.len();
        let mistakes: Vec<String> = mistakes.iter().take(MOST_TOLD).map(told).collect();
        let refusal = match &mistakes[..] {
            [one] => format!("{one} Nothing was changed."),
            [first, ..] => format!("{first} It is one of {count} mistakes. Nothing was changed."),
            [] => format!("{} was not applied. Nothing was changed.", source.name()),
        };
        NotApplied { mistakes, count, refusal: Refusal::new(refusal) }
    }
}

impl From<Refusal> for NotApplied {
    /// It is not the file's fault, or the file could not be read.
    fn from(refusal: Refusal) -> NotApplied {
        NotApplied { mistakes: Vec::new(), count: 0, refusal }
    }
}
