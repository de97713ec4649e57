//! What a new password must be: long enough, and hard to guess. No rules of composition, no list of forbidden characters
//! (NIST SP 800-63B-4, 3.1.1.2): zxcvbn guesses as an attacker would, knowing the person and the site.

use rocket::tokio::task::spawn_blocking;
use zxcvbn::zxcvbn;

use crate::base::{Password, Settings};

/// zxcvbn looks at so many characters and no more.
const LOOKED_AT: usize = 100;

/// The verdict on a new password.
#[derive(Debug, PartialEq)]
pub enum Judged {
    /// It will do.
    Good,
    /// It will not, and this sentence says why and what to do.
    Refused(String),
}

/// Judges a new password, `about` the person: their address and name.
pub async fn judge(settings: &Settings, password: &Password, about: &[&str]) -> Judged {
    let least = settings.password_min_length.get() as usize;
    let characters = password.characters();
    if characters == 0 {
        return Judged::Refused("Choose a password.".to_owned());
    }
    if characters < least {
        return Judged::Refused(format!("Use at least {least} characters. A few unrelated words do well."));
    }
    if characters > Password::MAX_CHARACTERS {
        return Judged::Refused(format!("Use at most {} characters.", Password::MAX_CHARACTERS));
    }
    let known = about.iter().copied().chain([settings.site_name.as_str()]).map(str::to_owned).collect();
    let (password, score) = (password.clone(), settings.password_min_score.get());
    // Some milliseconds of thinking, which no page should have to wait for. If the thinking itself breaks, the answer is no.
    let judged = spawn_blocking(move || guess(&password, known, score)).await;
    judged
        .unwrap_or_else(|_| Judged::Refused("This password could not be judged. Choose another.".to_owned()))
}

fn guess(password: &Password, known: Vec<String>, least: u32) -> Judged {
    // What an attacker who knows the person tries first: the whole texts and their parts.
    let parts = known.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let parts = parts.filter(|part| part.chars().count() > 2);
    let inputs: Vec<&str> = known.iter().map(String::as_str).chain(parts).collect();
    let head: String = password.reveal().chars().take(LOOKED_AT).collect();
    let estimate = zxcvbn(&head, &inputs);
    if u32::from(u8::from(estimate.score())) >= least {
        return Judged::Good;
    }
    let feedback = estimate.feedback();
    let warning = feedback.and_then(|feedback| feedback.warning()).map(|warning| warning.to_string());
    let advice =
        feedback.and_then(|feedback| feedback.suggestions().first()).map(|advice| advice.to_string());
    let mut sentences = vec!["This password is easy to guess.".to_owned()];
    sentences.extend([warning, advice].into_iter().flatten());
    Judged::Refused(sentences.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::config;

    fn judged(password: &str) -> Judged {
        let settings = config::read(config::defaults()).unwrap().settings;
        let about = ["ada.lovelace@example.org", "Ada Lovelace"];
        rocket::tokio::runtime::Runtime::new().unwrap().block_on(judge(
            &settings,
            &Password::typed(password),
            &about,
        ))
    }

    #[test]
    fn length_and_guessability_decide_and_nothing_else() {
        for good in
            ["correct horse battery", "qmzrvtyxkwpn", "päßwörter sind 🌈 bunt", "        x y z q        "]
        {
            assert_eq!(judged(good), Judged::Good, "{good}");
        }
        for bad in [
            "",
            "short",
            "9 chars x",
            "passwordpassword",
            "123456789012345",
            "Vestibule123",
            "ada.lovelace@example.org",
            "Ada Lovelace 1",
            "aaaaaaaaaaaaaaaa",
        ] {
            assert_ne!(judged(bad), Judged::Good, "{bad}");
        }
    }

    #[test]
    fn a_length_is_counted_in_characters() {
        assert!(matches!(judged("🌈🦊🐝🍋🎈🧊🚲🪁🎻"), Judged::Refused(why) if why.contains("at least 10")));
        let longest = "qmzr vtyx kwpn 7".repeat(16);
        assert_eq!(judged(&longest), Judged::Good);
        assert!(
            matches!(judged(&format!("{longest}x")), Judged::Refused(why) if why.contains("at most 256"))
        );
    }
}
