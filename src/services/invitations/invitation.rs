//! An invitation, and what one consists of. Each part is parsed once.

use uuid::Uuid;

use crate::base::closed_set::closed_set;
use crate::base::text_column::text_column;
use crate::base::{Time, new_id, typed_duration};
use crate::people::groups::GroupName;
use crate::people::{AccountId, ActorKind, Email, Handle};

/// The most invitations that are open at once: each is a link that lets strangers in, and a list of more than these is
/// not looked through by anyone.
pub const MAX_OPEN: i64 = 500;

/// The ID of an invitation: a UUIDv7. It is no secret; the link has one of its own.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct InvitationId(String);

impl InvitationId {
    /// A new one.
    pub(super) fn new() -> InvitationId {
        InvitationId(new_id())
    }

    /// Reads an ID that was typed. `None` if it is not one.
    pub fn parse(typed: &str) -> Option<InvitationId> {
        Uuid::try_parse(typed.trim()).ok().map(|id| InvitationId(id.to_string()))
    }

    /// The ID as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for InvitationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How many accounts can use an invitation: 1 to 10,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uses(i64);

impl Uses {
    /// What a number must be, for the error about one that is not.
    pub const RULE: &'static str = "a number from 1 to 10000";
    /// One use: the default.
    pub const ONCE: Uses = Uses(1);
    /// The most. More is a site with open sign-up.
    const MOST: i64 = 10_000;

    /// Parses a typed number.
    pub fn parse(typed: &str) -> Option<Uses> {
        typed.trim().parse().ok().and_then(Uses::of)
    }

    /// This number of uses, if it is allowed.
    pub fn of(number: i64) -> Option<Uses> {
        (1..=Uses::MOST).contains(&number).then_some(Uses(number))
    }

    /// The number.
    pub fn get(self) -> i64 {
        self.0
    }
}

/// How long an invitation lasts: 5 minutes to 366 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime(i64);

impl Lifetime {
    /// What a duration must be, for the error about one that is not.
    pub const RULE: &'static str = "a time from 5m to 366d";
    /// The default: a week, so that none ends over a weekend.
    pub const WEEK: Lifetime = Lifetime(7 * Lifetime::DAY);
    /// For the link of the first administrator.
    pub const ONE_DAY: Lifetime = Lifetime(Lifetime::DAY);
    /// The longest.
    pub(super) const LONGEST: Lifetime = Lifetime(366 * Lifetime::DAY);
    /// The shortest, in seconds: long enough to scan a code.
    const SHORTEST: i64 = 5 * 60;
    const DAY: i64 = 24 * 3_600;

    /// Parses a typed time with its unit, such as `7d`.
    pub fn parse(typed: &str) -> Option<Lifetime> {
        let seconds = typed_duration::parse(typed)?.as_secs();
        Lifetime::of_seconds(i64::try_from(seconds).ok()?)
    }

    /// This number of seconds, if it is allowed.
    pub fn of_seconds(seconds: i64) -> Option<Lifetime> {
        (Lifetime::SHORTEST..=Lifetime::LONGEST.0).contains(&seconds).then_some(Lifetime(seconds))
    }

    /// Its seconds.
    pub fn seconds(self) -> i64 {
        self.0
    }
}

/// What an invitation is for, in the words of who made it: up to 200 characters on one line, or nothing. Only
/// administrators read it, never the invited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    /// What a note consists of, for the error about one that does not.
    pub const RULE: &'static str = "Use up to 200 characters on one line.";
    /// The most characters.
    const LONGEST: usize = 200;

    /// Parses a typed note.
    pub fn parse(typed: &str) -> Option<Note> {
        let note = typed.trim();
        let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        let fits = note.chars().count() <= Note::LONGEST && !note.contains(is_break);
        fits.then(|| Note(note.to_owned()))
    }

    /// The note as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// If the rule changes, older notes are still shown.
text_column!(Note, |note| note.0.clone(), |stored| Some(Note(stored.to_owned())));

/// An invitation to make.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// The only address that can use it. It counts as confirmed: those who invite vouch for it.
    pub email: Option<Email>,
    /// The groups that an account joins with it.
    pub groups: Vec<GroupName>,
    /// What apps call the account that uses it, unless that has a handle.
    pub handle: Option<Handle>,
    /// How many accounts can use it. One, if it is for an address or brings a handle.
    pub uses: Uses,
    /// How long it lasts.
    pub lifetime: Lifetime,
    /// What it is for.
    pub note: Note,
    /// The account of the administrator who makes it. `None` on the command line.
    pub created_by_account: Option<AccountId>,
}

impl Default for NewInvitation {
    /// For anyone, once, for a week.
    fn default() -> NewInvitation {
        NewInvitation {
            email: None,
            groups: Vec::new(),
            handle: None,
            uses: Uses::ONCE,
            lifetime: Lifetime::WEEK,
            note: Note::default(),
            created_by_account: None,
        }
    }
}

closed_set! {
    /// Whether an invitation can be used.
    pub enum InvitationState {
        /// It can.
        Open = "open",
        /// As many accounts have used it as could.
        UsedUp = "used_up",
        /// Its time is over, it was revoked, or it is not [backed](Invitation::is_backed).
        Over = "over",
    }
}

/// An invitation, for those who administer the site. Its link is not among this: the database has only a hash of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Invitation {
    /// Its ID.
    pub id: InvitationId,
    /// What it is for.
    pub note: Note,
    /// The only address that can use it.
    pub email: Option<Email>,
    /// The groups that an account joins with it, by name. A group that was deleted since is not among them.
    pub groups: Vec<GroupName>,
    /// What apps call the account that uses it, unless that has a handle. `None` as well if the one who used it never
    /// confirmed their address and lost what it brought.
    pub handle: Option<Handle>,
    /// How many more accounts can use it.
    pub uses_left: i64,
    /// How many accounts have used it, without those that were deleted since.
    pub used: i64,
    /// When it ends, or ended.
    pub ends_at: Time,
    /// When it was made.
    pub created_at: Time,
    /// Who made it.
    pub created_by: ActorKind,
    /// The account of the administrator who made it, if there is one and it still exists.
    pub created_by_account: Option<AccountId>,
    /// False if it leads into `admins`, and the administrator who made it, or gave it its last link, is none any more.
    pub is_backed: bool,
}

impl Invitation {
    /// Whether it can be used.
    pub fn state(&self, now: Time) -> InvitationState {
        match self {
            Invitation { uses_left: ..=0, .. } => InvitationState::UsedUp,
            Invitation { ends_at, is_backed, .. } if *ends_at <= now || !is_backed => InvitationState::Over,
            _ => InvitationState::Open,
        }
    }
}

/// A group that an invitation leads into, as the invited read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedGroup {
    /// Its name.
    pub name: GroupName,
    /// What people call it.
    pub title: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_and_lifetimes_have_bounds() {
        for (typed, uses) in [("1", 1), (" 25\n", 25), ("10000", 10_000)] {
            assert_eq!(Uses::parse(typed).map(Uses::get), Some(uses), "{typed:?}");
        }
        for typed in ["", "0", "-1", "10001", "1.5", "two", "99999999999999999999"] {
            assert_eq!(Uses::parse(typed), None, "{typed:?}");
        }
        for seconds in [300, 604_800, 366 * 86_400] {
            assert_eq!(Lifetime::of_seconds(seconds).map(Lifetime::seconds), Some(seconds));
        }
        for seconds in [i64::MIN, -1, 0, 299, 366 * 86_400 + 1, i64::MAX] {
            assert_eq!(Lifetime::of_seconds(seconds), None, "{seconds}");
        }
    }

    #[test]
    fn a_note_is_one_line_or_nothing() {
        let longest = "é".repeat(200);
        for note in ["", "Soprano, from the <b>summer</b> concert", &longest] {
            assert_eq!(Note::parse(note).unwrap().as_str(), note);
        }
        assert_eq!(Note::parse("  For Ruth \n").unwrap().as_str(), "For Ruth");
        for note in ["a\nb", "a\tb", "a\u{1b}[1m", "a\u{2028}b", &format!("{longest}é")] {
            assert_eq!(Note::parse(note), None, "{note:?}");
        }
    }

    #[test]
    fn one_without_uses_is_used_up_and_one_at_its_end_is_over() {
        let invitation = |uses_left, ends_at, is_backed| Invitation {
            id: InvitationId::new(),
            note: Note::default(),
            email: None,
            groups: Vec::new(),
            handle: None,
            uses_left,
            used: 0,
            ends_at: Time::from_unix(ends_at),
            created_at: Time::from_unix(0),
            created_by: ActorKind::CommandLine,
            created_by_account: None,
            is_backed,
        };
        for (uses_left, ends_at, is_backed, state) in [
            (1, 101, true, InvitationState::Open),
            (1, 100, true, InvitationState::Over),
            (1, 101, false, InvitationState::Over),
            (0, 101, true, InvitationState::UsedUp),
            (0, 1, false, InvitationState::UsedUp),
        ] {
            let state_at = invitation(uses_left, ends_at, is_backed).state(Time::from_unix(100));
            assert_eq!(state_at, state, "{uses_left} {ends_at} {is_backed}");
        }
    }
}
