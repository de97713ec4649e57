//! Whether a client reads gzip, from `Accept-Encoding` (RFC 9110, 12.5.3).

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::quality;

/// Whether the answer may be compressed with gzip.
#[derive(Clone, Copy, Debug)]
pub struct AcceptsGzip(pub bool);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for AcceptsGzip {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        Outcome::Success(AcceptsGzip(accepts_gzip(request.headers().get("accept-encoding"))))
    }
}

/// What these values of the header say. Without any, the RFC allows every coding, but programs that send none often
/// read none. If a client refuses plain bytes and gzip, it gets plain bytes: there is nothing else.
fn accepts_gzip<'h>(values: impl Iterator<Item = &'h str>) -> bool {
    let (mut gzip, mut others, mut identity) = (None, None, None);
    for (coding, weight) in quality::entries(values) {
        let named = |name: &str| coding.eq_ignore_ascii_case(name);
        let known = if named("gzip") || named("x-gzip") {
            &mut gzip
        } else if named("identity") {
            &mut identity
        } else if coding == "*" {
            &mut others
        } else {
            continue;
        };
        known.get_or_insert(weight);
    }
    let weight = gzip.or(others).unwrap_or(0.0);
    weight > 0.0 && weight >= identity.unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_to_those_who_ask_for_it() {
        for (header, accepts) in [
            ("gzip", true),
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, gzip;q=0.8, *;q=0.1", true),
            ("GZIP", true),
            ("x-gzip", true),
            ("deflate,gzip ; q=0.001", true),
            ("gzip; Q=1", true),
            ("*", true),
            ("identity;q=0, *", true),
            ("identity;q=0.5, gzip;q=0.5", true),
            ("gzip, *;q=0", true),
            ("", false),
            ("identity", false),
            ("br", false),
            ("gzi", false),
            ("gzipp", false),
            ("gzip;q=0", false),
            ("gzip;q=0.000", false),
            ("*;q=0", false),
            ("gzip;q=0, *", false),
            ("*, gzip;q=0", false),
            ("identity;q=0", false),
            ("identity, gzip;q=0.5", false),
            ("identity;q=1, *;q=0.5", false),
            ("gzip;q=x", false),
            ("gzip;q=2", false),
            ("gzip;q=-1", false),
            ("gzip;q=NaN", false),
            ("gzip;level=9", false),
        ] {
            assert_eq!(accepts_gzip([header].into_iter()), accepts, "{header}");
        }
    }

    #[test]
    fn several_lines_of_the_header_count_together() {
        assert!(accepts_gzip(["br", "gzip"].into_iter()));
        assert!(!accepts_gzip(["gzip;q=0", "*"].into_iter()));
        assert!(!accepts_gzip(std::iter::empty()));
    }
}
