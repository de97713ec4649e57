//! The colour of the site: the owner chooses one, and the other tones of a page follow from it.

use std::fmt;
use std::str::FromStr;

use super::colour::Colour;
use super::from_text::read_as_text;

/// The colour of links and buttons on light pages. Text in it, and white text on it, is easy to read there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accent(Colour);

/// The least contrast of text (WCAG 2.2, 1.4.3).
const LEAST: f64 = 4.5;

/// The colours of `static/style.css` whose lightness is kept: those of light pages …
const LIGHT: [(&str, Colour); 5] = [
    ("ring-0", Colour::of(0xfd_fefb)),
    ("ring-1", Colour::of(0xee_f5f0)),
    ("ring-2", Colour::of(0xe1_ede7)),
    ("ring-3", Colour::of(0xd4_e5de)),
    ("ring-4", WALL),
];
/// … the darkest background there …
const WALL: Colour = Colour::of(0xc7_ddd5);
/// … those of dark pages …
const DARK: [(&str, Colour); 7] = [
    ("ring-0", Colour::of(0x21_413e)),
    ("glow", Colour::of(0x2f_4c42)),
    ("ring-1", Colour::of(0x19_3331)),
    ("ring-2", Colour::of(0x14_2a28)),
    ("ring-3", Colour::of(0x10_2221)),
    ("ring-4", DARK_WALL),
    ("card", Colour::of(0x0f_2020)),
];
/// … the darkest background there …
const DARK_WALL: Colour = Colour::of(0x0c_1a1a);
/// … and the colours of text there.
const DARK_TEXT: [(&str, Colour); 2] =
    [("accent", Colour::of(0x74_d3c3)), ("accent-strong", Colour::of(0xa5_e6da))];

/// How much paler backgrounds are than the colour itself, so that they stay in the background.
const FADED_LIGHT: f64 = 0.3;
const FADED_DARK: f64 = 0.65;

/// How light a link is under the pointer, as a part of its own lightness.
const STRONG: f64 = 0.55;

/// Whether text in a colour is easy to read on every light background, and white text on it.
fn is_readable(colour: Colour) -> bool {
    [Colour::WHITE, WALL].iter().all(|background| colour.contrast(*background) >= LEAST)
}

impl Accent {
    /// What is wrong with a colour that is too light to read, as the rest of a sentence; it names the nearest one that
    /// is not.
    pub(super) fn too_light(text: &str) -> Option<String> {
        let colour: Colour = text.parse::<Colour>().ok().filter(|colour| !is_readable(*colour))?;
        let contrast = colour.contrast(WALL).min(colour.contrast(Colour::WHITE));
        // Not rounded up: 4.46 must not be told as 4.5.
        let contrast = (contrast * 10.0).floor() / 10.0;
        let nearest = colour.lightest(is_readable);
        Some(format!(
            "is too light to read: the contrast of {colour} with a light page is {contrast:.1} to 1, and must be at least \
             {LEAST} to 1. The nearest colour that passes is {nearest}."
        ))
    }

    /// The tones of every page, as a stylesheet that comes after ours.
    pub fn stylesheet(self) -> String {
        let Accent(accent) = self;
        let (pale, paler) = (accent.faded(FADED_LIGHT), accent.faded(FADED_DARK));
        let mut light = format!("--accent:{accent};");
        light += &format!("--accent-strong:{};", accent.at_most(accent.luminance() * STRONG));
        for (name, ours) in LIGHT {
            light += &format!("--{name}:{};", pale.at_least(ours.luminance()));
        }
        let mut dark = String::new();
        for (name, ours) in DARK_TEXT {
            dark += &format!("--{name}:{};", accent.at_least(ours.luminance()));
        }
        for (name, ours) in DARK {
            dark += &format!("--{name}:{};", paler.at_most(ours.luminance()));
        }
        format!(
            ":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n\
             @media (prefers-contrast:more) and (prefers-color-scheme:light){{:root{{--ring-4:var(--ring-0)}}}}\n"
        )
    }

    /// The colours of a browser's own frame around light and dark pages: those of the wall.
    pub fn walls(self) -> (String, String) {
        let light = self.0.faded(FADED_LIGHT).at_least(WALL.luminance());
        let dark = self.0.faded(FADED_DARK).at_most(DARK_WALL.luminance());
        (light.to_string(), dark.to_string())
    }
}

impl FromStr for Accent {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let colour: Colour = text.parse()?;
        if is_readable(colour) { Ok(Accent(colour)) } else { Err(()) }
    }
}

impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

read_as_text!(Accent);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Our own stylesheet: the colours of light pages, and those of dark ones.
    fn ours() -> (&'static str, &'static str) {
        include_str!("../../../static/style.css").split_once("prefers-color-scheme: dark").unwrap()
    }

    /// The value of a property in a stylesheet.
    fn value(css: &str, name: &str) -> Colour {
        let (_, rest) = css.split_once(&format!("--{name}:")).unwrap();
        let value: String = rest.trim_start().chars().take_while(|c| !matches!(c, ';' | ' ')).collect();
        value.parse().unwrap()
    }

    proptest! {
        #[test]
        fn text_is_readable_whatever_colour_is_chosen(number in 0_u32..0x100_0000) {
            let chosen = Colour::of(number).lightest(is_readable);
            let css = chosen.to_string().parse::<Accent>().unwrap().stylesheet();
            let (light, dark) = css.split_once("@media screen").unwrap();
            for (name, _) in LIGHT {
                let background = value(light, name);
                for text in [value(light, "accent"), value(light, "accent-strong"), Colour::of(0x17_302e), Colour::of(0x4b_625f)] {
                    prop_assert!(text.contrast(background) >= LEAST, "{text} on {background} of {chosen}");
                }
            }
            for (name, _) in DARK {
                let background = value(dark, name);
                for text in [value(dark, "accent"), value(dark, "accent-strong"), Colour::of(0xe6_f0ec), Colour::of(0xa3_b9b3)] {
                    prop_assert!(text.contrast(background) >= LEAST, "{text} on {background} of {chosen}");
                }
            }
            prop_assert!(value(dark, "accent").contrast(Colour::of(0x06_211f)) >= LEAST);
        }
    }

    #[test]
    fn the_lightness_is_that_of_our_own_stylesheet() {
        let (light, dark) = ours();
        for (names, css) in [(&LIGHT[..], light), (&DARK[..], dark), (&DARK_TEXT[..], dark)] {
            for (name, colour) in names {
                assert_eq!(value(css, name), *colour, "{name}");
            }
        }
        assert!(value(light, "accent").to_string().parse::<Accent>().is_ok());
    }

    #[test]
    fn a_light_colour_is_refused_and_the_nearest_readable_one_named() {
        for (text, contrast) in [("#ffffff", "1.0"), ("#3b82f6", "2.5"), ("#767676", "3.1")] {
            assert_eq!(text.parse::<Accent>(), Err(()));
            let told = Accent::too_light(text).unwrap();
            assert!(told.contains(&format!("is {contrast} to 1, and")), "{told}");
            let nearest = told.trim_end_matches('.').rsplit(' ').next().unwrap();
            assert!(nearest.parse::<Accent>().is_ok(), "{told}");
        }
        assert_eq!((Accent::too_light("#0b655f"), Accent::too_light("teal")), (None, None));
    }
}
