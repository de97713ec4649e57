//! An error with the chain of its causes, in words.

use std::error::Error;

/// What an error says, and what its causes say. Many say their cause themselves: it is not repeated.
pub fn chain(error: &dyn Error) -> String {
    let (mut words, mut cause) = (error.to_string(), error.source());
    while let Some(deeper) = cause {
        let said = deeper.to_string();
        if !words.contains(&said) {
            words = format!("{words}: {said}");
        }
        cause = deeper.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use std::{fmt, io};

    use super::*;

    #[derive(Debug)]
    struct Unreachable(io::Error);

    impl fmt::Display for Unreachable {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the printer was not reached")
        }
    }

    impl Error for Unreachable {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn each_cause_is_named_once() {
        let unreachable = || Unreachable(io::Error::other("no route to it"));
        let both = "the printer was not reached: no route to it";
        assert_eq!(chain(&unreachable()), both);
        // This one has the words of what it wraps, and its causes.
        assert_eq!(chain(&io::Error::other(unreachable())), both);
        assert_eq!(chain(&io::Error::other("no paper")), "no paper");
    }
}
