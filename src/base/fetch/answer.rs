//! An answer, read from bytes.

use super::failure::Failure;

/// An answer. Of a long one, only the beginning is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its headers in order, with their names in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header; the first one, if there are several.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of a header.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// How much of an answer is there.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// All of it.
    Whole(Answer),
    /// A beginning. The answer is what there is of it so far, if its headers are complete.
    Part(Option<Answer>),
}

/// Reads an answer from the bytes that have come.
pub(super) fn read(mut bytes: &[u8]) -> Result<Read, Failure> {
    loop {
        let Some((head, body)) = halves(bytes, b"\r\n\r\n") else {
            // Anything else than HTTP is refused at its first bytes, and not when the time is up.
            let begins = b"HTTP/1.".iter().zip(bytes).all(|(expected, byte)| expected == byte);
            return if begins { Ok(Read::Part(None)) } else { Err(Failure::NotHttp) };
        };
        let answer = parsed(head).ok_or(Failure::NotHttp)?;
        match answer.status {
            // What comes before the answer.
            100..=199 if answer.status != 101 => bytes = body,
            _ => return Ok(with_body(answer, body)),
        }
    }
}

fn parsed(head: &[u8]) -> Option<Answer> {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.split("\r\n");
    let (version, rest) = lines.next()?.split_once(' ')?;
    let status = rest.split(' ').next()?.parse::<u16>().ok().filter(|status| (100..=599).contains(status))?;
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
    version.starts_with("HTTP/1.").then_some(Answer { status, headers, body: Vec::new() })
}

fn with_body(mut answer: Answer, body: &[u8]) -> Read {
    if matches!(answer.status, 101 | 204 | 304) {
        return Read::Whole(answer);
    }
    let is_chunked = answer.header("transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
    let (body, is_whole) =
        match answer.header("content-length").and_then(|length| length.parse::<usize>().ok()) {
            _ if is_chunked => joined(body),
            Some(length) => (body.get(..length).unwrap_or(body).to_vec(), body.len() >= length),
            None => (body.to_vec(), false), // it ends with the connection
        };
    answer.body = body;
    if is_whole { Read::Whole(answer) } else { Read::Part(Some(answer)) }
}

/// Joins chunks (RFC 9112, 7.1). Returns whether the last one was there.
fn joined(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some((line, after)) = halves(rest, b"\r\n") {
        let size = String::from_utf8_lossy(line);
        let size = size.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else { break };
        if size == 0 {
            return (body, true);
        }
        let Some(chunk) = after.get(..size) else {
            body.extend_from_slice(after);
            break;
        };
        body.extend_from_slice(chunk);
        rest = after.get(size + 2..).unwrap_or_default();
    }
    (body, false)
}

/// The bytes before and after the first `mark`.
fn halves<'b>(bytes: &'b [u8], mark: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let at = bytes.windows(mark.len()).position(|window| window == mark)?;
    Some((bytes.get(..at)?, bytes.get(at + mark.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Answer {
        match read(text.as_bytes()) {
            Ok(Read::Whole(answer)) => answer,
            other => panic!("{text:?}: {other:?}"),
        }
    }

    #[test]
    fn an_answer_ends_where_it_says_so() {
        for (text, body) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwiki and more", "wiki"),
            ("HTTP/1.1 200\r\ncontent-length:0\r\n\r\n", ""),
            ("HTTP/1.1 204 No Content\r\n\r\n", ""),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nwik\r\n1;a=b\r\ni\r\n0\r\n\r\n",
                "wiki",
            ),
            ("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", "a"),
        ] {
            let answer = whole(text);
            assert!(matches!(answer.status, 200 | 204), "{text:?}");
            assert_eq!(String::from_utf8(answer.body).unwrap(), body, "{text:?}");
        }
    }

    #[test]
    fn headers_that_stand_twice_are_all_there() {
        let text =
            "HTTP/1.1 303 See Other\r\nSet-Cookie: a=b\r\nset-cookie: c=d\r\nContent-Length: 0\r\n\r\n";
        let answer = whole(text);
        assert_eq!(answer.all("set-cookie").collect::<Vec<_>>(), ["a=b", "c=d"]);
        assert_eq!((answer.header("set-cookie"), answer.header("location")), (Some("a=b"), None));
    }

    #[test]
    fn a_part_is_known_as_one() {
        for text in ["", "HTT", "HTTP/1.1 200 OK\r\nA: b\r\n"] {
            assert_eq!(read(text.as_bytes()), Ok(Read::Part(None)), "{text:?}");
        }
        for (text, body) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nwiki", "wiki"),
            ("HTTP/1.1 200 OK\r\n\r\nwiki", "wiki"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nwiki", "wiki"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwiki\r\n", "wiki"),
        ] {
            let Ok(Read::Part(Some(answer))) = read(text.as_bytes()) else { panic!("{text:?}") };
            assert_eq!(String::from_utf8(answer.body).unwrap(), body, "{text:?}");
        }
    }

    #[test]
    fn what_is_not_http_is_refused() {
        for text in [
            "SSH-2.0-OpenSSH\r\n",
            "\u{15}\u{3}\u{1}",
            "HTTP/1.1 wiki\r\n\r\n",
            "HTTP/2\r\n\r\n",
            "HTTP/1.1 999 A\r\n\r\n",
        ] {
            assert_eq!(read(text.as_bytes()), Err(Failure::NotHttp), "{text:?}");
        }
    }
}
