//! The types of the settings about what pages say and where they lead: texts of one line, addresses, links.

use std::str::FromStr;

use url::Url;

use super::from_text::read_as_text;

/// A text of the owner on a page: one line of 1 to 300 characters.
#[derive(Clone, Debug, PartialEq)]
pub struct OneLine(String);

impl OneLine {
    /// The text, to be shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OneLine {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        one_line(text, 300).map(OneLine).ok_or(())
    }
}

/// A trimmed text with at least one character and at most `most`, none of them a control character.
fn one_line(text: &str, most: usize) -> Option<String> {
    let text = text.trim();
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let fits = (1..=most).contains(&text.chars().count()) && !text.chars().any(is_break);
    fits.then(|| text.to_owned())
}

/// Where a link leads: an http or https address, or a path on this host.
#[derive(Clone, Debug, PartialEq)]
pub struct Href(String);

impl Href {
    /// The address, for a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Href {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        /// Longer ones do not work in every browser and proxy.
        const LONGEST: usize = 2_000;
        let text = text.trim();
        let is_odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\');
        if text.len() > LONGEST || text.chars().any(is_odd) {
            return Err(());
        }
        // A path with two slashes at its beginning leads to another host.
        let is_path = text.starts_with('/') && !text.starts_with("//");
        if is_path || is_web(text) { Ok(Href(text.to_owned())) } else { Err(()) }
    }
}

/// Whether it is an http or https address without a user.
fn is_web(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let named =
        ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) && !rest.starts_with('/');
    let anonymous = |url: Url| url.has_host() && url.username().is_empty() && url.password().is_none();
    named && Url::parse(text).is_ok_and(anonymous)
}

/// A link at the foot of every page.
#[derive(Clone, Debug, PartialEq)]
pub struct FooterLink {
    /// What it is called.
    pub text: String,
    /// Where it leads.
    pub href: Href,
}

impl FooterLink {
    /// The longest text of a link, in characters.
    const LONGEST: usize = 40;

    /// Whether the parts of a text before and after its first equals sign are a list in another notation and not one
    /// link: `["A=/a","B=/b"]` or `A=/a,B=/b`.
    fn is_list(text: &str, href: &str) -> bool {
        let has_second = href.split(',').skip(1).any(|rest| rest.parse::<FooterLink>().is_ok());
        text.starts_with(['[', '{', '"']) || has_second
    }

    /// Whether a text holds several links, but not separated by vertical bars.
    fn are_several(text: &str) -> bool {
        text.split_once('=').is_some_and(|(text, href)| FooterLink::is_list(text.trim(), href))
    }

    /// What is wrong with a text that is no link, as a clause.
    fn what_is_wrong(text: &str) -> String {
        match text.split_once('=') {
            None => "the text and the address have no equals sign between them".to_owned(),
            Some((text, _)) if one_line(text, FooterLink::LONGEST).is_none() => {
                format!("the text of the link must have 1 to {} characters", FooterLink::LONGEST)
            }
            Some(_) => {
                "the address must be one of the web, such as https://example.org/imprint, or a path, such as /imprint"
                    .to_owned()
            }
        }
    }
}

impl FromStr for FooterLink {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (text, href) = text.split_once('=').ok_or(())?;
        let text = one_line(text, FooterLink::LONGEST).ok_or(())?;
        if FooterLink::is_list(&text, href) { Err(()) } else { Ok(FooterLink { text, href: href.parse()? }) }
    }
}

/// One to five links at the foot of every page: `Imprint = https://example.org/imprint | Privacy = /privacy`. In a file
/// also a list of texts, one for each link.
#[derive(Clone, Debug, PartialEq)]
pub struct FooterLinks(Vec<FooterLink>);

impl FooterLinks {
    /// The most that stand there.
    const MOST: usize = 5;

    /// The links, in their order.
    pub fn links(&self) -> &[FooterLink] {
        &self.0
    }

    /// What is wrong with a text that holds no links, as a sentence after a space. `is_list` says that it was no text.
    pub(super) fn hint(text: &str, is_list: bool) -> Option<String> {
        if is_list {
            return Some(
                " Write a list as [\"Imprint = https://example.org/imprint\", \"Privacy = /privacy\"]."
                    .to_owned(),
            );
        }
        let links: Vec<&str> = text.split('|').collect();
        let wrong = links.iter().find(|link| link.parse::<FooterLink>().is_err());
        match wrong {
            Some(wrong) if wrong.trim().is_empty() && links.len() > 1 => {
                Some(" There is a vertical bar with no link next to it.".to_owned())
            }
            Some(wrong) if FooterLink::are_several(wrong) => {
                Some(" Separate links with a vertical bar (|).".to_owned())
            }
            Some(wrong) => Some(format!(" In \"{}\", {}.", wrong.trim(), FooterLink::what_is_wrong(wrong))),
            None => Some(format!(" There are {}, and {} is the most.", links.len(), FooterLinks::MOST)),
        }
    }
}

impl FromStr for FooterLinks {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let links: Vec<FooterLink> =
            text.split('|').map(str::parse::<FooterLink>).collect::<Result<_, ()>>()?;
        if links.len() <= FooterLinks::MOST { Ok(FooterLinks(links)) } else { Err(()) }
    }
}

/// The version of the terms: 1 to 40 characters, kept with each account that accepted them.
#[derive(Clone, Debug, PartialEq)]
pub struct TermsVersion(String);

impl TermsVersion {
    /// The version, as it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TermsVersion {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        one_line(text, 40).map(TermsVersion).ok_or(())
    }
}

read_as_text!(OneLine, Href, TermsVersion);
read_as_text!(list with "|": FooterLinks);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_line_of_at_most_300_characters() {
        let longest = "é".repeat(300);
        for text in ["Rowing since 1887", "  a  ", "<b>&amp;</b>", &longest] {
            assert_eq!(text.parse::<OneLine>().unwrap().as_str(), text.trim());
        }
        for text in ["", "  ", "a\nb", "a\tb", "a\u{2028}b", "a\u{7f}", &format!("{longest}é")] {
            assert_eq!(text.parse::<OneLine>(), Err(()), "{text:?}");
        }
    }

    #[test]
    fn a_link_leads_to_a_web_site_or_to_a_path() {
        for text in
            ["https://example.org", "http://example.org:8080/a?b=c#d", "/", "/privacy?x=1", "HTTPS://x.org/"]
        {
            assert_eq!(text.parse::<Href>().unwrap().as_str(), text);
        }
        for text in [
            "",
            "example.org",
            "//example.org/x",
            "/\\example.org",
            "javascript:alert(1)",
            "data:text/html,x",
            "mailto:ruth@example.org",
            "https:example.org",
            "https:///example.org",
            "https://ada:secret@example.org",
            "https://example.org/a b",
            "https://example.org/\"x",
        ] {
            assert_eq!(text.parse::<Href>(), Err(()), "{text}");
        }
    }

    #[test]
    fn at_most_five_links_stand_at_the_foot() {
        let links: FooterLinks = "Imprint = https://example.org/i?a=b | Privacy=/privacy".parse().unwrap();
        let read: Vec<_> = links.links().iter().map(|link| (&*link.text, link.href.as_str())).collect();
        assert_eq!(read, [("Imprint", "https://example.org/i?a=b"), ("Privacy", "/privacy")]);
        let some = |number| vec!["A = /a"; number].join("|");
        assert_eq!(some(5).parse::<FooterLinks>().unwrap().links().len(), 5);
        for text in [
            "",
            "Imprint",
            "= /a",
            "A = ",
            "A = /a |",
            "A = /a, B = /b",
            "A=/a,B=/b",
            "A=https://example.org/a,1.html,B=/b",
            "[A=/a]",
            "['A=/a','B=/b']",
            "[\"A=/a\",\"B=/b\"]",
            "{A=/a}",
            "A = javascript:x",
            &some(6),
        ] {
            assert_eq!(text.parse::<FooterLinks>(), Err(()), "{text}");
        }
        let with_commas: FooterLinks = "A=https://example.org/a,1.html?b=c,d=2".parse().unwrap();
        assert_eq!(
            with_commas.links().first().unwrap().href.as_str(),
            "https://example.org/a,1.html?b=c,d=2"
        );
    }
}
