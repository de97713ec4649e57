//! A link that is printed to be handed over: the warning before it, and its code for a camera.

use std::io::{IsTerminal, Write, stderr, stdout};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::output;
use crate::base::Site;

/// Prints a link, after a warning if other machines cannot open it (`only_here`). On a terminal it is also a QR code, and
/// is followed by these words.
pub(super) fn link(site: &Site, only_here: bool, link: &str, words: &str) {
    warn(site, only_here);
    output::line(link);
    if stdout().is_terminal() {
        qr(link);
        output::line(words);
    }
}

/// The warning alone. It comes before the link: someone who copies the last line that is printed has read it.
pub(super) fn warn(site: &Site, only_here: bool) {
    if only_here {
        let _ = writeln!(
            stderr(),
            "Warning: the link begins with {}, which only this machine can open. If the site was started with flags, type \
             them here too. For other machines, set base_url (or --base-url) to the address that visitors type. Then print \
             another link.",
            site.settings.base_url
        );
    }
}

/// Prints a text as a QR code. One that is too long for any is left out.
pub(super) fn qr(text: &str) {
    if let Ok(code) = QrCode::new(text) {
        // Terminals are usually dark, and some cameras cannot read a light code on a dark background.
        let mut picture = code.render();
        picture.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark);
        output::line(picture.build());
    }
}
