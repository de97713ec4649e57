//! What a client prefers: the entries of `Accept-Encoding` or `Accept-Language`, each with its weight (RFC 9110, 12.4.2).

/// The most pieces between commas that are looked at, also of those that are no entries: browsers send fewer.
const MOST: usize = 50;

/// The entries of these values of a header, each with its weight from 0 (not wanted) to 1. What is no entry is left
/// out. An endless header is read only at its beginning, whatever stands in it.
pub(super) fn entries<'h>(values: impl Iterator<Item = &'h str>) -> impl Iterator<Item = (&'h str, f32)> {
    values.flat_map(|value| value.split(',')).take(MOST).filter_map(entry)
}

/// An entry with its weight: `gzip`, `de;q=0.8`.
fn entry(text: &str) -> Option<(&str, f32)> {
    let (name, weight): (&str, f32) = match text.split_once(';') {
        None => (text, 1.0),
        Some((name, weight)) => {
            let weight = weight.trim();
            let weight = weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q="))?;
            (name, weight.trim().parse().ok()?)
        }
    };
    let name = name.trim();
    (!name.is_empty() && (0.0..=1.0).contains(&weight)).then_some((name, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str) -> Vec<(&str, f32)> {
        entries([header].into_iter()).collect()
    }

    #[test]
    fn every_entry_has_a_weight_from_0_to_1() {
        assert_eq!(read("gzip, de ; q=0.5,*;Q=0"), [("gzip", 1.0), ("de", 0.5), ("*", 0.0)]);
        for none in ["", ",", ";q=1", "a;q=x", "a;q=2", "a;q=-1", "a;q=NaN", "a;level=9", "a;q=1;b"] {
            assert_eq!(read(none), [], "{none}");
        }
        let lines = entries(["br", "gzip;q=0.1"].into_iter());
        assert_eq!(lines.collect::<Vec<_>>(), [("br", 1.0), ("gzip", 0.1)]);
    }

    #[test]
    fn an_endless_header_is_read_only_at_its_beginning() {
        for nothing in ["", ";", "a;q=x"] {
            let pieces = |count: usize| format!("{nothing},").repeat(count);
            assert_eq!(read(&format!("{}gzip", pieces(MOST - 1))), [("gzip", 1.0)], "{nothing}");
            assert_eq!(read(&format!("{}gzip", pieces(MOST))), [], "{nothing}");
        }
        let lines = std::iter::repeat_n("a;level=9", MOST).chain(["gzip"]);
        assert_eq!(entries(lines).count(), 0, "all lines of the header count together");
    }
}
