//! How hard a password is to guess, estimated by zxcvbn: it guesses like an attacker who knows the person and
//! the site. All of its input is limited, because its cost is not: it reads look-alike characters in every
//! possible way, and compares every part of the password with every word for each reading.

use zeroize::Zeroizing;
use zxcvbn::feedback::{Suggestion, Warning};
use zxcvbn::zxcvbn;

use crate::base::{Password, Sentence, Settings};
use crate::people::{Email, Name};

/// The number of characters that are judged, from the first. The whole password is at least as hard to guess
/// as these. So a password that is easy up to here and hard only after is refused, and none that is easy as a
/// whole is accepted: a repetition shows in its second round, and if more than half of this comes before it
/// repeats, that part is judged.
///
/// The worst input found at 32 characters, with [`MAX_READINGS`] and sixteen words, takes 14 ms of processor
/// time and half a MiB in addition to zxcvbn's tables of 7 MiB: less than one Argon2 hash on that machine (20
/// ms). Without a limit on readings, the 20 look-alike characters in turn take 72 ms at 32 characters, 380 ms
/// at 64 and 770 ms at 100. Dates, repetitions, sequences, rows of keys and characters beyond ASCII take 2 ms
/// at most.
const LOOKED_AT: usize = 32;
/// The most ways in which the look-alike characters of the judged part may be read, with one character for
/// each letter in turn: `4` and `@` are two for a. The cost is proportional to it. The twenty characters
/// together have 576; the upper row of a keyboard, typed with and without shift, has 32. A character beyond
/// that is read in one way, as the first letter it stands for; no word is written with so many.
const MAX_READINGS: usize = 32;
/// The most words of the person and the site that the attacker knows.
const MAX_WORDS: usize = 16;
/// The shortest part of an address or a name that counts as a word, in characters.
const SHORTEST_WORD: usize = 3;

/// The characters that zxcvbn reads as letters.
const LOOK_ALIKES: [(char, &str); 12] = [
    ('a', "4@"),
    ('b', "8"),
    ('c', "({[<"),
    ('e', "3"),
    ('g', "69"),
    ('i', "1!|"),
    ('l', "1|7"),
    ('o', "0"),
    ('s', "$5"),
    ('t', "+7"),
    ('x', "%"),
    ('z', "2"),
];

/// The owner of a password.
#[derive(Clone, Debug)]
pub struct Owner {
    email: Email,
    /// The address as they write it.
    shown: String,
    name: Name,
}

impl Owner {
    /// An owner with this address and name.
    pub fn new(email: &Email, name: &Name) -> Owner {
        Owner { email: email.clone(), shown: email.shown().into_owned(), name: name.clone() }
    }

    /// Whether a password is the address, its local part, the name or that of the site, of any length and
    /// case.
    pub(super) fn is_named(&self, password: &Password, site_name: &str) -> bool {
        let folded = |text: &str| text.trim().to_lowercase();
        let password = Zeroizing::new(folded(password.reveal()));
        self.whole(site_name).any(|text| folded(text) == *password)
    }

    /// What an attacker tries first.
    fn whole<'o>(&'o self, site_name: &'o str) -> impl Iterator<Item = &'o str> {
        let email = self.email.as_str();
        let local = email.split('@').next().unwrap_or(email);
        [local, email, &self.shown, self.name.as_str(), site_name].into_iter()
    }

    /// The same texts and their parts, few and short.
    fn words(&self, site_name: &str) -> Vec<String> {
        let parts = self.whole(site_name).flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        let mut words: Vec<String> = Vec::with_capacity(MAX_WORDS);
        for text in self.whole(site_name).chain(parts) {
            // No longer word can be found in what is looked at.
            let word: String = text.chars().take(LOOKED_AT).collect();
            if words.len() < MAX_WORDS && word.chars().count() >= SHORTEST_WORD && !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }
}

/// What is estimated: none of it grows with the input.
pub(super) struct Candidate {
    head: String,
    words: Vec<String>,
    least: u32,
}

/// Prepares the part of a password that is judged.
pub(super) fn prepared(password: &Password, owner: &Owner, settings: &Settings) -> Candidate {
    Candidate {
        head: head(password.reveal()),
        words: owner.words(settings.site_name.as_str()),
        least: settings.password_min_score.get(),
    }
}

impl Candidate {
    /// Why it is easy to guess, if it is. Takes some milliseconds of processor time, on a thread that may
    /// block.
    pub(super) fn weakness(&self) -> Option<Sentence> {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let estimate = zxcvbn(&self.head, &words);
        if u32::from(u8::from(estimate.score())) >= self.least {
            return None;
        }
        let feedback = estimate.feedback();
        let warning = feedback.and_then(|feedback| feedback.warning()).map(warned);
        let advice =
            feedback.and_then(|feedback| feedback.suggestions().first()).map(|first| advised(*first));
        let weak = Sentence::from("form-new-password-weak");
        Some([warning, advice].into_iter().flatten().fold(weak, |before, next| {
            Sentence::new("sentences").with("first", before).with("second", Sentence::from(next))
        }))
    }
}

/// The key of the sentence about what makes a password easy to guess.
fn warned(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "warn-key-rows",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "warn-key-pattern",
        Warning::RepeatsLikeAaaAreEasyToGuess => "warn-repeated-letter",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "warn-repeated-part",
        Warning::ThisIsATop10Password => "warn-top-10",
        Warning::ThisIsATop100Password => "warn-top-100",
        Warning::ThisIsACommonPassword => "warn-common",
        Warning::ThisIsSimilarToACommonlyUsedPassword => "warn-like-common",
        Warning::SequencesLikeAbcAreEasyToGuess => "warn-sequence",
        Warning::RecentYearsAreEasyToGuess => "warn-year",
        Warning::AWordByItselfIsEasyToGuess => "warn-one-word",
        Warning::DatesAreOftenEasyToGuess => "warn-date",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess => "warn-one-name",
        Warning::CommonNamesAndSurnamesAreEasyToGuess => "warn-common-name",
    }
}

/// The key of the sentence about what makes it harder to guess.
fn advised(suggestion: Suggestion) -> &'static str {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases => "advice-few-words",
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => "advice-no-symbols",
        Suggestion::AddAnotherWordOrTwo => "advice-more-words",
        Suggestion::CapitalizationDoesntHelpVeryMuch => "advice-capital",
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => "advice-all-capitals",
        Suggestion::ReversedWordsArentMuchHarderToGuess => "advice-reversed",
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => "advice-look-alikes",
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => "advice-longer-pattern",
        Suggestion::AvoidRepeatedWordsAndCharacters => "advice-no-repeats",
        Suggestion::AvoidSequences => "advice-no-sequences",
        Suggestion::AvoidRecentYears => "advice-no-years",
        Suggestion::AvoidYearsThatAreAssociatedWithYou => "advice-no-own-years",
        Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => "advice-no-own-dates",
    }
}

/// The characters that are judged, with a limited number of readings.
fn head(password: &str) -> String {
    let mut signs = String::new();
    let mut head = String::with_capacity(LOOKED_AT);
    for c in password.chars().take(LOOKED_AT) {
        let letter = LOOK_ALIKES.iter().find(|(_, signs)| signs.contains(c)).map(|(letter, _)| *letter);
        let read_as = letter.filter(|_| !signs.contains(c)).and_then(|letter| {
            signs.push(c);
            let too_many = readings(&signs) > MAX_READINGS;
            too_many.then(|| {
                signs.pop();
                letter
            })
        });
        head.push(read_as.unwrap_or(c));
    }
    head
}

/// In how many ways some look-alike characters can be read: in each, one of a letter's characters is taken
/// for it.
fn readings(signs: &str) -> usize {
    let of = |letter: &(char, &str)| letter.1.chars().filter(|sign| signs.contains(*sign)).count().max(1);
    LOOK_ALIKES.iter().map(of).product()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::config;
    use proptest::prelude::*;

    fn owned(email: &str, name: &str) -> Owner {
        Owner::new(&Email::parse(email).unwrap(), &Name::parse(name).unwrap())
    }

    fn ada() -> Owner {
        owned("ada.lovelace@example.org", "Ada Lovelace")
    }

    fn is_good(password: &str) -> bool {
        let settings = config::read(config::defaults()).unwrap().settings;
        prepared(&Password::typed(password), &ada(), &settings).weakness().is_none()
    }

    #[test]
    fn guessability_decides_and_nothing_else() {
        for good in [
            "correct horse battery",
            "qmzrvtyxkwpn",
            "päßwörter sind 🌈 bunt",
            "        x y z q        ",
            "v(8Kq{2!z[R1|7<m",
        ] {
            assert!(is_good(good), "{good}");
        }
        for bad in [
            "passwordpassword",
            "123456789012345",
            "Vestibule123",
            "ada.lovelace@example.org",
            "@d4.l0v3l4c3",
            "Ada Lovelace 1",
            "aaaaaaaaaaaaaaaa",
            "p@55w0rd!1|",
        ] {
            assert!(!is_good(bad), "{bad}");
        }
    }

    #[test]
    fn a_long_password_is_judged_by_its_beginning() {
        let strong = "qmzr vtyx kwpn 7";
        for good in &[strong.repeat(16), format!("{strong}{}", "a".repeat(240)), format!("{strong}{strong}!")]
        {
            assert!(is_good(good), "{good}");
        }
        for bad in &["a".repeat(40), "password".repeat(32), "ada".repeat(80), "a".repeat(32) + strong] {
            assert!(!is_good(bad), "{bad}");
        }
    }

    #[test]
    fn names_and_addresses_of_any_length_are_known() {
        let (local, name) = ("qmzrvtyxkwpn".repeat(5), "Xvqz Kwpt ".repeat(10));
        let owner = owned(&format!("{local}@example.org"), &name);
        let is_named = |password: &str| owner.is_named(&Password::typed(password), "Engines");
        for same in [
            local.clone(),
            format!("{local}@EXAMPLE.org"),
            name.to_uppercase(),
            name.trim().to_owned(),
            "engines".to_owned(),
        ] {
            assert!(is_named(&same), "{same}");
        }
        assert!(!is_named(&format!("{local}x")) && !is_named("example.org"));
        let settings = config::read(config::defaults()).unwrap().settings;
        let almost = Password::typed(&format!("{local}x"));
        assert!(prepared(&almost, &owner, &settings).weakness().is_some(), "its beginning is a known word");
    }

    #[test]
    fn signs_past_the_bound_are_read_in_one_way() {
        for few in ["p@$$w0rd", "1!2@3#4$5%6^7&8*9(0)", "<{correct} (horse)>"] {
            assert_eq!(head(few), few);
        }
        assert_eq!(head("4@8({[<69#1!|7$5+0%23"), "4@8({[<69#1!il$s+0%23");
    }

    proptest! {
        #[test]
        fn nothing_that_is_looked_at_grows_with_what_is_typed(
            password in "[4@8({\\[<69#1!|7$5+0%23a-c]{0,80}|.{0,80}",
            email in "[a-z.-]{1,64}@[a-z]{1,63}",
            name in "([a-z]{1,20} ){0,4}[a-z]",
        ) {
            let candidate = Candidate { head: head(&password), words: owned(&email, &name).words("Site"), least: 3 };
            prop_assert_eq!(candidate.head.chars().count(), password.chars().count().min(LOOKED_AT));
            let signs = |c: &char| LOOK_ALIKES.iter().any(|(_, signs)| signs.contains(*c));
            let mut left: Vec<char> = candidate.head.chars().filter(signs).collect();
            left.sort_unstable();
            left.dedup();
            prop_assert!(readings(&String::from_iter(left)) <= MAX_READINGS);
            prop_assert!(candidate.words.len() <= MAX_WORDS);
            prop_assert!(candidate.words.iter().all(|word| word.chars().count() <= LOOKED_AT));
        }
    }
}
