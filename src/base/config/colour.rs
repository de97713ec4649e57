//! A colour, its lightness, and its contrast with another one, as WCAG 2.2 defines them.

use std::fmt;
use std::str::FromStr;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// Tones on each side of a colour that are looked at when one with a certain lightness is searched for.
const STEPS: u32 = 1_000;

impl Colour {
    /// Black.
    pub const BLACK: Colour = Colour::of(0x00_0000);
    /// White.
    pub const WHITE: Colour = Colour::of(0xff_ffff);

    /// The colour `0xrrggbb`.
    pub const fn of(number: u32) -> Colour {
        let [_, red, green, blue] = number.to_be_bytes();
        Colour { red, green, blue }
    }

    /// The colour that was probably meant by a text without its `#`, or with three digits instead of six.
    pub(super) fn meant_by(text: &str) -> Option<Colour> {
        let digits = text.trim().trim_start_matches('#');
        let six = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            _ => digits.to_owned(),
        };
        format!("#{six}").parse().ok()
    }

    /// Its relative luminance: 0 for black, 1 for white.
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Its contrast with another colour: 1 for the same, 21 for black and white.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Itself with a part of another colour: 0 is itself, 1 the other.
    pub fn mixed(self, other: Colour, part: f64) -> Colour {
        let mix = |own: u8, other: u8| {
            let (own, other) = (f64::from(own), f64::from(other));
            (own + (other - own) * part).round().clamp(0.0, 255.0) as u8
        };
        Colour {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
        }
    }

    /// Itself, paler by a part: 1 is a grey of the same lightness.
    pub fn faded(self, part: f64) -> Colour {
        self.mixed(Colour::BLACK.at_least(self.luminance()), part)
    }

    /// All its tones, from black over itself to white.
    fn tones(self) -> impl DoubleEndedIterator<Item = Colour> {
        let between = |from: Colour, to: Colour| {
            (0..=STEPS).map(move |step| from.mixed(to, f64::from(step) / f64::from(STEPS)))
        };
        between(Colour::BLACK, self).chain(between(self, Colour::WHITE))
    }

    /// Its darkest tone with at least this luminance.
    pub fn at_least(self, luminance: f64) -> Colour {
        self.tones().find(|tone| tone.luminance() >= luminance).unwrap_or(Colour::WHITE)
    }

    /// Its lightest tone with at most this luminance.
    pub fn at_most(self, luminance: f64) -> Colour {
        self.lightest(|tone| tone.luminance() <= luminance)
    }

    /// Its lightest tone of which something is true; black if there is none.
    pub fn lightest(self, fits: impl Fn(Colour) -> bool) -> Colour {
        self.tones().rev().find(|tone| fits(*tone)).unwrap_or(Colour::BLACK)
    }
}

impl FromStr for Colour {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.trim().strip_prefix('#').ok_or(())?;
        let fits = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).map_err(|_| ())?;
        if fits { Ok(Colour::of(number)) } else { Err(()) }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_tone_is_as_light_as_it_was_asked_to_be(number in 0_u32..0x100_0000, luminance in 0.0..1.0) {
            let colour = Colour::of(number);
            prop_assert_eq!(colour.to_string().parse::<Colour>(), Ok(colour));
            prop_assert!(colour.at_least(luminance).luminance() >= luminance);
            prop_assert!(colour.at_most(luminance).luminance() <= luminance);
            prop_assert!((colour.faded(1.0).luminance() - colour.luminance()).abs() < 0.01);
        }
    }

    #[test]
    fn lightness_and_contrast_are_those_of_the_standard() {
        assert_eq!((Colour::BLACK.luminance(), Colour::WHITE.luminance()), (0.0, 1.0));
        assert_eq!(Colour::BLACK.contrast(Colour::WHITE), 21.0);
        // The lightest grey that is readable on white.
        let contrast = |number| Colour::of(number).contrast(Colour::WHITE);
        assert!(contrast(0x76_7676) >= 4.5 && contrast(0x77_7777) < 4.5);
    }

    #[test]
    fn a_colour_has_six_hexadecimal_digits() {
        assert_eq!(" #0B655f ".parse::<Colour>().unwrap().to_string(), "#0b655f");
        for text in ["", "#", "0b655f", "#0b6", "#0b655f0", "#0b655g", "#+b655f", "teal", "#é655f"] {
            assert_eq!(text.parse::<Colour>(), Err(()), "{text}");
        }
        for (text, meant) in [("0b655f", "#0b655f"), (" #0B6 ", "#00bb66"), ("336699", "#336699")] {
            assert_eq!(Colour::meant_by(text).unwrap().to_string(), meant, "{text}");
        }
        assert_eq!((Colour::meant_by("teal"), Colour::meant_by("")), (None, None));
    }
}
