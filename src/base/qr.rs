//! A text as a QR code: an image inside the page, since the content security policy allows none from a `data:` address.

use std::fmt::{self, Write};

use qrcode::{Color, EcLevel, QrCode};

/// The white margin around a code, in modules: the least that ISO/IEC 18004 allows. Cameras look for it.
const QUIET_ZONE: usize = 4;

/// A QR code as SVG, black on white in light and dark pages. It has neither size nor label: the element around it
/// has. It is not printed, since the text may be a secret.
#[derive(Clone)]
pub struct QrSvg(String);

impl QrSvg {
    /// The most bytes of a text. One of digits or capital letters alone may be longer.
    pub const MAX_BYTES: usize = 2_953;

    /// Draws a text, at the lowest level of error correction: nothing wears off a screen, and the modules are larger
    /// then. It holds the address of an authenticator app with the longest name of a site and the longest email
    /// address.
    pub fn draw(text: &str) -> Result<QrSvg, TooLong> {
        let code = QrCode::with_error_correction_level(text, EcLevel::L).map_err(|_| TooLong)?;
        let (modules, all) = (code.width(), code.width() + 2 * QUIET_ZONE);
        let mut path = String::new();
        for (row, colors) in code.into_colors().chunks(modules).enumerate() {
            let (mut x, y) = (QUIET_ZONE, row + QUIET_ZONE);
            for run in colors.chunk_by(Color::eq) {
                let length = run.len();
                if run.first() == Some(&Color::Dark) {
                    // Writing to a text does not fail.
                    let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
                }
                x += length;
            }
        }
        Ok(QrSvg(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {all} {all}\" shape-rendering=\"crispEdges\">\
             <rect width=\"{all}\" height=\"{all}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
        )))
    }

    /// The image, for the page of those who may read the text. It needs no escaping.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for QrSvg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QrSvg(…)")
    }
}

/// No QR code holds a text of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text is longer than the {} bytes that a QR code holds", QrSvg::MAX_BYTES)
    }
}

impl std::error::Error for TooLong {}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::base::svg;

    const TEXT: &str = "otpauth://totp/Example:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /// The numbers of `M12 4h7v1h-7z`: where a run begins, its length, and what must be the same length.
    fn numbers(run: &str) -> [usize; 4] {
        let parts = run.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        let numbers: Vec<usize> = parts.map(|part| part.parse().unwrap()).collect();
        let [x, y, length, 1, back] = numbers[..] else { panic!("{run}") };
        [x, y, length, back]
    }

    #[test]
    fn each_dark_module_is_black_once_and_the_margin_is_white() {
        let code = QrCode::with_error_correction_level(TEXT, EcLevel::L).unwrap();
        let image = QrSvg::draw(TEXT).unwrap();
        let document = Document::parse(image.reveal()).unwrap();
        let [rect, path] = document.root_element().children().collect::<Vec<_>>()[..] else { panic!() };
        let all = (code.width() + 8).to_string();
        assert_eq!(document.root_element().attribute("viewBox"), Some(&*format!("0 0 {all} {all}")));
        for (name, value) in [("width", &*all), ("height", &*all), ("fill", "#fff")] {
            assert_eq!(rect.attribute(name), Some(value));
        }
        assert_eq!(path.attribute("fill"), Some("#000"));
        let mut left = code.to_colors();
        for run in path.attribute("d").unwrap().split_terminator('z') {
            let [x, y, length, back] = numbers(run);
            assert_eq!(length, back, "{run}");
            for x in x..x + length {
                let module = &mut left[(y - 4) * code.width() + (x - 4)];
                assert_eq!(std::mem::replace(module, Color::Light), Color::Dark, "{run}");
            }
        }
        assert!(left.iter().all(|color| *color == Color::Light), "no dark module is missing");
    }

    #[test]
    fn a_page_with_a_strict_policy_shows_it() {
        let image = QrSvg::draw(TEXT).unwrap();
        assert_eq!(svg::check(image.reveal()), Ok(()));
        for refused in ["style", "class=", "data:", "href", "id="] {
            assert!(!image.reveal().contains(refused), "{refused}");
        }
        assert!(image.reveal().contains(" shape-rendering=\"crispEdges\""));
    }

    #[test]
    fn the_longest_text_is_drawn_and_a_longer_one_is_refused() {
        assert!(QrSvg::draw(&"a".repeat(QrSvg::MAX_BYTES)).is_ok());
        assert_eq!(QrSvg::draw(&"a".repeat(QrSvg::MAX_BYTES + 1)).err(), Some(TooLong));
        assert_eq!(QrSvg::draw(&"é".repeat(100_000)).err(), Some(TooLong));
    }

    #[test]
    fn it_is_not_printed() {
        assert_eq!(format!("{:?}", QrSvg::draw("secret")), "Ok(QrSvg(…))");
    }
}
