//! The tokens of a remembered device, one after another: what each is worth when shown, and what the row
//! contains afterwards. Nothing here uses a database or a clock, so every sequence can be tested.
//!
//! A row holds the hashes of these tokens:
//!
//! - **current** (C): the newest. It has never been shown: when it is, another takes its place.
//! - **previous** (P): the one that was shown to get C. A visitor who still shows it did not receive C, or is
//!   a tab that opened together with the one that did.
//! - **before** (Q): the one that P replaced, kept for [`GRACE`] seconds after P was first shown.
//! - **retired**: C, P and Q at the time when the owner last changed the password or logged out all others
//!   from this device.
//!
//! | shown | when | worth | the row afterwards |
//! |---|---|---|---|
//! | C | | [`Rotates`](Worth::Rotates): a session and another token N | C = N, P = C, Q = P, rotated now |
//! | P | within [`GRACE`] of the last rotation | [`Shares`](Worth::Shares): the session that the rotation opened, no token | the same |
//! | P | later: the answer with C was lost | [`Heals`](Worth::Heals): a session and another token N | C = N, P = P, no Q, rotated now; the old C now counts as unknown |
//! | Q | within [`GRACE`] of the last rotation | [`Shares`](Worth::Shares) | the same |
//! | retired | within [`GRACE`] of the act | [`Retired`](Worth::Retired), spared: no session, and the cookie is kept | the same |
//! | retired | later | [`Retired`](Worth::Retired): no session, told when and from where, and the cookie is removed | the same |
//! | anything else | | [`Copied`](Worth::Copied): there are two copies | deleted with all sessions of the device; its owner is told |
//!
//! The owner's own act (in a session of the device, showing C or P) sets C = N, no P, no Q, retired = the
//! former C, P and Q.
//!
//! So lost answers heal, even several in a row, and an owner without a copy is never told of one. A copy is
//! found once both holders have come back and received a token each: the next one shown is neither C nor P. A
//! session for C or P may be refused if a device opens too many
//! (`RESUME_DEVICE` in [`reopen`](super::reopen)); then nothing changes, as if no token had been
//! shown.

use crate::base::{Browser, Time, TokenHash};

/// For this many seconds after a token was replaced, showing it is no sign of a copy: tabs that open together
/// all show it, and so do the requests that a reverse proxy makes for one page. This is longer than a browser
/// waits between such requests, and too short for using a copy without a trace: showing it in this time gives
/// no token.
pub(super) const GRACE: i64 = 60;

/// The hashes of tokens in a device's row.
#[derive(Clone, Debug, Default, PartialEq, sqlx::FromRow)]
pub(super) struct Generations {
    #[sqlx(rename = "token_hash")]
    pub(super) current: String,
    #[sqlx(rename = "previous_hash")]
    pub(super) previous: Option<String>,
    #[sqlx(rename = "before_hash")]
    pub(super) before: Option<String>,
    /// When the current token was created, in seconds since 1970. `None`: at login.
    pub(super) rotated_at: Option<i64>,
    /// Separated by spaces.
    #[sqlx(rename = "retired_hashes")]
    pub(super) retired: Option<String>,
    /// When they were retired, in seconds since 1970.
    pub(super) retired_at: Option<i64>,
    /// The browser that retired them.
    pub(super) retired_browser: Option<Browser>,
}

/// What a token is worth when shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Worth {
    /// A session and another token: it is the newest.
    Rotates,
    /// The same: it is the one before, whose successor no one received.
    Heals,
    /// The session that the last rotation opened: it comes from a tab that was a moment later.
    Shares,
    /// Nothing: the owner's own act replaced it. `spared` if that was a moment ago.
    Retired { spared: bool },
    /// Nothing, and there are two copies.
    Copied,
}

impl Generations {
    /// What a token is worth at a moment.
    pub(super) fn judge(&self, shown: &TokenHash, now: Time) -> Worth {
        let (shown, now) = (shown.as_str(), now.unix());
        let within = |since: Option<i64>| since.is_some_and(|since| now.saturating_sub(since) <= GRACE);
        if shown == self.current {
            Worth::Rotates
        } else if self.previous.as_deref() == Some(shown) {
            if within(self.rotated_at) { Worth::Shares } else { Worth::Heals }
        } else if self.before.as_deref() == Some(shown) && within(self.rotated_at) {
            Worth::Shares
        } else if self.retired.iter().any(|retired| retired.split(' ').any(|retired| retired == shown)) {
            Worth::Retired { spared: within(self.retired_at) }
        } else {
            Worth::Copied
        }
    }

    /// The row after a token was shown that [rotates](Worth::Rotates) or [heals](Worth::Heals), and `next`
    /// was given for it.
    pub(super) fn after_use(&self, shown: &TokenHash, next: &TokenHash, now: Time) -> Generations {
        let first_use = shown.as_str() == self.current;
        Generations {
            current: next.as_str().to_owned(),
            previous: Some(shown.as_str().to_owned()),
            before: self.previous.clone().filter(|_| first_use),
            rotated_at: Some(now.unix()),
            ..self.clone()
        }
    }

    /// Whether a visitor with this token may get another after the owner's own act. Not with Q, which gets no
    /// token in other cases either.
    pub(super) fn may_go_on(&self, shown: &TokenHash) -> bool {
        shown.as_str() == self.current || self.previous.as_deref() == Some(shown.as_str())
    }

    /// The row after the owner's own act, for which `next` was given.
    pub(super) fn after_own_act(&self, next: &TokenHash, now: Time, browser: Browser) -> Generations {
        let held = [Some(&self.current), self.previous.as_ref(), self.before.as_ref()];
        let held: Vec<&str> = held.into_iter().flatten().map(|hash| &**hash).collect();
        Generations {
            current: next.as_str().to_owned(),
            previous: None,
            before: None,
            rotated_at: Some(now.unix()),
            retired: Some(held.join(" ")),
            retired_at: Some(now.unix()),
            retired_browser: Some(browser),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Token;

    #[test]
    fn each_line_of_the_table_holds() {
        let tokens: Vec<TokenHash> = (0..5).map(|_| Token::generate().hash()).collect();
        let at = |seconds| Time::from_unix(1_767_225_600 + seconds);
        let first = Generations { current: tokens[0].as_str().to_owned(), ..Generations::default() };
        assert_eq!(first.judge(&tokens[0], at(0)), Worth::Rotates);
        let second = first.after_use(&tokens[0], &tokens[1], at(0));
        assert_eq!(second.judge(&tokens[0], at(GRACE)), Worth::Shares);
        assert_eq!(second.judge(&tokens[0], at(GRACE + 1)), Worth::Heals);
        let healed = second.after_use(&tokens[0], &tokens[2], at(100));
        assert_eq!(healed.judge(&tokens[0], at(100 + GRACE)), Worth::Shares);
        assert_eq!(healed.judge(&tokens[1], at(100)), Worth::Copied, "it was dropped");
        let third = healed.after_use(&tokens[2], &tokens[3], at(200));
        assert_eq!(
            third.judge(&tokens[0], at(200 + GRACE)),
            Worth::Shares,
            "within the minute of its successor's first use"
        );
        assert_eq!(third.judge(&tokens[0], at(200 + GRACE + 1)), Worth::Copied);
        assert!(third.may_go_on(&tokens[2]) && third.may_go_on(&tokens[3]) && !third.may_go_on(&tokens[0]));
        let acted = third.after_own_act(&tokens[4], at(210), Browser::default());
        for old in [&tokens[0], &tokens[2], &tokens[3]] {
            assert_eq!(acted.judge(old, at(210 + GRACE)), Worth::Retired { spared: true });
            assert_eq!(acted.judge(old, at(210 + GRACE + 1)), Worth::Retired { spared: false });
        }
        assert_eq!(acted.judge(&tokens[1], at(210)), Worth::Copied);
        assert_eq!(acted.judge(&tokens[4], at(9_999)), Worth::Rotates);
    }
}
