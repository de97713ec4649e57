//! What is said about an address that does not answer.

use super::finding::Finding;
use super::not_asked::by_https;
use super::through::Through;
use crate::base::WebOrigin;
use crate::base::fetch::Failure;

/// What is said.
pub(super) fn unanswered(through: &Through<'_>, failure: &Failure) -> Finding {
    about(through.origin, through.at, failure)
}

fn about(origin: &WebOrigin, at: &WebOrigin, failure: &Failure) -> Finding {
    let (why, advice) = match failure {
        // What TLS says to anything that is none, such as an answer by http.
        Failure::NotTrusted(why) if why.contains("InvalidContentType") => (
            "it speaks http there, not https".to_owned(),
            "In the configuration of the proxy, take the comment marks off the lines about the certificate."
                .to_owned(),
        ),
        Failure::Ended | Failure::NotHttp if !at.is_https() => (
            failure.to_string(),
            format!("Is it https there? Then ask by https: --url {}", by_https(at.as_str())),
        ),
        _ => (failure.to_string(), advice(failure).to_owned()),
    };
    Finding::wrong("answers", format!("{origin} does not answer: {why}."), vec![advice])
}

fn advice(failure: &Failure) -> &'static str {
    match failure {
        Failure::NoAddress => "Give the name an address, or name that of the proxy: --url https://192.0.2.7",
        Failure::NotTrusted(_) => {
            "If the certificate is of your own, name those who signed it: --ca-file FILE"
        }
        _ => "Check that the proxy runs. To ask it elsewhere: --url https://127.0.0.1:8443",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_told_from_a_certificate_that_is_not_trusted() {
        let said = |at: &str, failure: Failure| {
            let origin = WebOrigin::parse("https://wiki.example.org").unwrap();
            let finding = about(&origin, &WebOrigin::parse(at).unwrap(), &failure);
            format!("{} {}", finding.said, finding.advice.join(" "))
        };
        let (tls, plain) = ("https://127.0.0.1:8443", "http://127.0.0.1:8443");
        let corrupt = "received corrupt message of type InvalidContentType";
        let told = said(tls, Failure::NotTrusted(corrupt.to_owned()));
        assert!(told.contains("speaks http there, not https") && told.contains("comment marks"), "{told}");
        let told = said(tls, Failure::NotTrusted("invalid peer certificate: UnknownIssuer".to_owned()));
        assert!(told.contains("UnknownIssuer") && told.contains("--ca-file"), "{told}");
        for failure in [Failure::Ended, Failure::NotHttp] {
            assert!(said(plain, failure.clone()).contains("--url https://127.0.0.1:8443"));
            assert!(!said(tls, failure).contains("Is it https"));
        }
    }
}
