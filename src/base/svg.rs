//! Looks for what an SVG image must not have: scripts, parts of a page, and addresses of other files. For an image on
//! a page, a browser runs and loads nothing; this is for those who open the image itself, and keeps an owner from
//! publishing what they did not know of.

use roxmltree::{Attribute, Document, Error, Node};

/// Elements that are scripts, or that show parts of a page.
const PARTS_OF_PAGES: [&str; 8] =
    ["script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "link"];

/// The namespace of drawings. Without it, a browser shows nothing.
const SVG: &str = "http://www.w3.org/2000/svg";
/// The namespace of pages: nothing in it is a drawing.
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Attributes that hold an address.
const ADDRESSES: [&str; 3] = ["href", "src", "base"];

/// The kinds of picture that a drawing may contain. A drawing inside a drawing would have to be checked as well.
const PICTURES: [&str; 5] = ["png", "jpeg", "jpg", "gif", "webp"];

/// Says why an SVG image cannot be served, as the rest of a sentence about the file.
pub(super) fn check(text: &str) -> Result<(), String> {
    let image = Document::parse(text).map_err(|error| match error {
        // Entities could hold anything.
        Error::DtdDetected => {
            "has a document type (<!DOCTYPE …>), which may declare entities. Delete it, or save the image as \
                               \"Plain SVG\""
                .to_owned()
        }
        error => {
            let at = error.pos();
            format!(
                "is no SVG image, since its XML is broken (line {}, column {}). Save it again as SVG, or use a PNG image",
                at.row, at.col
            )
        }
    })?;
    let root = image.root_element();
    if root.tag_name().name() != "svg" {
        return Err("is no SVG image. Save it as SVG, or use a PNG image".to_owned());
    }
    if root.tag_name().namespace() != Some(SVG) {
        return Err(format!("lacks xmlns=\"{SVG}\" in <svg>, so browsers would show nothing. Add it"));
    }
    image.descendants().try_for_each(check_node)
}

fn check_node(node: Node<'_, '_>) -> Result<(), String> {
    if node.pi().is_some_and(|pi| pi.target.eq_ignore_ascii_case("xml-stylesheet")) {
        return Err(
            "has <?xml-stylesheet?>, which loads another file. Delete it, or use a PNG image".to_owned()
        );
    }
    if let (Some(parent), Some(text), true) = (node.parent(), node.text(), node.is_text()) {
        return if lower_name(parent) == "style" { check_style(text) } else { Ok(()) };
    }
    if !node.is_element() {
        return Ok(());
    }
    if PARTS_OF_PAGES.contains(&&*lower_name(node)) || node.tag_name().namespace() == Some(XHTML) {
        let name = shortened(node.tag_name().name());
        return Err(format!("has <{name}>, a script or a part of a page. Remove it, or use a PNG image"));
    }
    node.attributes().try_for_each(check_attribute)
}

/// The name of an element in lower case, without the prefix of its namespace.
fn lower_name(node: Node<'_, '_>) -> String {
    node.tag_name().name().to_ascii_lowercase()
}

fn check_attribute(attribute: Attribute<'_, '_>) -> Result<(), String> {
    let (name, value) = (attribute.name().to_ascii_lowercase(), attribute.value());
    let is_script = |name: &str| name.starts_with("on") && name.len() > 2;
    if ADDRESSES.contains(&&*name) {
        return if stays_inside(value) { Ok(()) } else { Err(elsewhere(&name, value)) };
    }
    if attribute.namespace().is_some() {
        return Ok(()); // of the program that drew it
    }
    if is_script(&name) {
        let name = shortened(attribute.name());
        return Err(format!("has the attribute {name}, which is a script. Remove it, or use a PNG image"));
    }
    if name == "attributename" {
        let animated = value.trim().rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        if is_script(&animated) || ADDRESSES.contains(&&*animated) {
            let animated = shortened(&animated);
            return Err(format!(
                "has an animation of {animated}, which may become a script. Remove it, or use a PNG image"
            ));
        }
    }
    // Many attributes are styles: `fill="url(#a)"`.
    let value_in_lower_case = value.to_ascii_lowercase();
    let has_escape = value.contains('\\') && value.contains('(');
    let may_be_style = has_escape || value_in_lower_case.contains("url(");
    if name == "style" || may_be_style { check_style(value) } else { Ok(()) }
}

/// Says why a style cannot be served.
fn check_style(css: &str) -> Result<(), String> {
    let css = css.to_ascii_lowercase();
    for (part, what) in [
        ("\\", "an escape (\\), which may hide an address"),
        ("@import", "@import, which loads another file"),
        ("image-set(", "image-set(), which loads another file"),
    ] {
        if css.contains(part) {
            return Err(format!("has a style with {what}. Remove it, or use a PNG image"));
        }
    }
    for rest in css.split("url(").skip(1) {
        let address = rest.trim_start().trim_start_matches(['"', '\'']);
        let address = address.split(['"', '\'', ')']).next().unwrap_or_default();
        if !stays_inside(address) {
            return Err(elsewhere("url()", address));
        }
    }
    Ok(())
}

/// Whether an address is a part of the image, or a picture inside it.
fn stays_inside(address: &str) -> bool {
    let address = address.trim();
    let is_picture = |kind: &&str| {
        let kind = format!("data:image/{kind}");
        let parts = address.split_at_checked(kind.len());
        parts.is_some_and(|(begin, rest)| begin.eq_ignore_ascii_case(&kind) && rest.starts_with([';', ',']))
    };
    address.starts_with('#') || PICTURES.iter().any(is_picture)
}

fn elsewhere(place: &str, address: &str) -> String {
    format!(
        "leads elsewhere: {place} is \"{}\". An image may use parts of itself (#…) and PNG, JPEG, GIF or WebP images inside it. \
         Remove it, or use a PNG image",
        shortened(address.trim())
    )
}

/// The beginning of a text, for a message.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let mut begin: String = text.chars().filter(|c| !c.is_control()).take(MOST).collect();
    if text.chars().count() > MOST {
        begin.push('…');
    }
    begin
}

#[cfg(test)]
mod tests {
    use super::check;

    /// An image with something in it.
    fn drawing(inside: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             xmlns:h=\"http://www.w3.org/1999/xhtml\" xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\">{inside}</svg>"
        )
    }

    #[test]
    fn a_drawing_is_served() {
        for inside in [
            "<path d='M0 0'/>",
            "<!-- <script> --><style><![CDATA[ a > b { fill: url( '#a' ) } ]]></style><text>on= 2 &gt; 1, @import</text>",
            "<g data-onload-text=\"x\" aria-label='a\\b' fill='url(#a)'><title>a onload=\"x\"</title></g>",
            "<use xlink:href='#a'/><use href=' #a '/>",
            "<image href='data:image/png;base64,AAAA'/><image xlink:href='data:image/JPEG;base64, AA\nAA'/>",
            "<g i:export-filename='C:\\files\\(a)\\logo.png' i:onx='1'/>",
            "<metadata><?xpacket begin='x'?></metadata>",
            "<animate attributeName='opacity' values='0;1'/>",
        ] {
            assert_eq!(check(&drawing(inside)), Ok(()), "{inside}");
        }
        for text in [
            "<svg xmlns='http://www.w3.org/2000/svg'></svg>",
            "\u{feff}<?xml version='1.0' encoding='UTF-8'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>",
            "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"/>",
            include_str!("../../static/icon.svg"),
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_an_image_must_not_have_is_named() {
        for (inside, told) in [
            ("<script>alert(1)</script>", "has <script>"),
            ("<h:SCRIPT src='x'/>", "has <SCRIPT>"),
            ("<h:img/>", "has <img>"),
            ("<foreignObject></foreignObject>", "has <foreignObject>"),
            ("<g onload=\"alert(1)\"/>", "has the attribute onload,"),
            ("<path d=\"a&gt;b\"\n\tONclick = 'x'/>", "has the attribute ONclick,"),
            ("<a href=\"javascript:alert(1)\"/>", "href is \"javascript:alert(1)\"."),
            ("<a href=\"java&#10;script:alert(1)\"/>", "href is \"javascript:alert(1)\"."),
            ("<a xlink:href='&#106;avascript:x'/>", "href is \"javascript:x\"."),
            ("<a href='https://example.org'/>", "href is \"https://example.org\"."),
            ("<image href='//example.org/a.png'/>", "href is \"//example.org/a.png\"."),
            ("<use href='other.svg#a'/>", "href is \"other.svg#a\"."),
            ("<image href='data:image/svg+xml;base64,AA'/>", "href is \"data:image/svg+xml;base64,AA\"."),
            ("<image href='data:image/pngx,AA'/>", "href is \"data:image/pngx,AA\"."),
            ("<a href='data:text/html,&lt;script&gt;'/>", "href is \"data:text/html,<script>\"."),
            ("<g xml:base='https://example.org/'/>", "base is \"https://example.org/\"."),
            ("<set attributeName='xlink:href' to='javascript:x'/>", "has an animation of href,"),
            ("<set attributeName=' onclick' to='x'/>", "has an animation of onclick,"),
            ("<style>@IMPORT 'https://example.org/a.css';</style>", "has a style with @import,"),
            ("<style>a { b: u\\72l(https://example.org) }</style>", "has a style with an escape"),
            ("<style>a { background: image-set('a.png' 1x) }</style>", "has a style with image-set(),"),
            (
                "<style><![CDATA[a { fill: URL( \"https://example.org\") }]]></style>",
                "url() is \"https://example.org\".",
            ),
            ("<g style='fill: url(&#104;ttps://example.org)'/>", "url() is \"https://example.org\"."),
            ("<g fill='url(a.svg#b)'/>", "url() is \"a.svg#b\"."),
            ("<g fill='\\75rl(a.svg#b)'/>", "has a style with an escape"),
        ] {
            let refused = check(&drawing(inside)).unwrap_err();
            assert!(refused.contains(told) && refused.ends_with("use a PNG image"), "{inside}: {refused}");
        }
        let instructed = format!("<?xml-stylesheet href='a.css'?>{}", drawing(""));
        assert!(check(&instructed).unwrap_err().starts_with("has <?xml-stylesheet?>,"));
        let long = drawing(&format!("<a href='{}'/>", "é".repeat(1_000)));
        assert!(check(&long).unwrap_err().contains(&format!("\"{}…\"", "é".repeat(40))));
    }

    #[test]
    fn a_document_type_is_refused_whatever_it_declares() {
        for begin in [
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x.dtd\">",
            "<!DOCTYPE svg [<!ENTITY x \"y\">]>",
            "<!DOCTYPE svg>",
        ] {
            let refused = check(&format!("<?xml version=\"1.0\"?>\n{begin}{}", drawing(""))).unwrap_err();
            assert!(refused.starts_with("has a document type (<!DOCTYPE …>)"), "{begin}: {refused}");
        }
    }

    #[test]
    fn what_is_not_svg_is_refused() {
        for text in [
            "",
            "text",
            "<html></html>",
            "<svg",
            "<svg a=\"></svg>",
            "<!-- <svg></svg>",
            "<?xml",
            "<svg>&x;</svg>",
            "<svg x:a=''/>",
        ] {
            assert!(check(text).unwrap_err().starts_with("is no SVG image"), "{text}");
        }
        assert!(check("<svg></svg>").unwrap_err().starts_with("lacks xmlns=\"http://www.w3.org/2000/svg\""));
    }
}
