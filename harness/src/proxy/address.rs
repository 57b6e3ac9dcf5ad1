//! Queue URLs: clients see those of the proxy, the backend its own.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

/// Members of answers that hold one URL or several.
const TOLD: [&str; 3] = ["QueueUrl", "QueueUrls", "queueUrls"];

/// The member of requests.
const ASKED: &str = "QueueUrl";

/// Scheme, host and port of queue URLs that the backend told, by what follows them. A backend that tells those that it was asked at has
/// none here, and its requests stay as they were signed.
#[derive(Debug, Default)]
pub(super) struct Addresses(Mutex<BTreeMap<String, String>>);

impl Addresses {
    /// The body of an answer, for a client that asked at `own`.
    pub(super) fn told(&self, body: &Bytes, own: &str) -> Bytes {
        if let Ok(mut document) = serde_json::from_slice::<Value>(body) {
            let mut is_changed = false;
            let members = document.as_object_mut().into_iter().flat_map(|members| members.iter_mut());
            let told = members.filter(|(name, _)| TOLD.contains(&name.as_str()));
            for url in told.flat_map(|(_, value)| urls(value)) {
                if let Some(changed) = self.outward(url, own) {
                    (*url, is_changed) = (changed, true);
                }
            }
            return if is_changed { document.to_string().into() } else { body.clone() };
        }
        match std::str::from_utf8(body) {
            Ok(text) if text.contains("<QueueUrl>") => self.told_in_xml(text, own).into(),
            _ => body.clone(),
        }
    }

    fn told_in_xml(&self, text: &str, own: &str) -> String {
        let mut pieces = text.split("<QueueUrl>");
        let mut changed = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (url, rest) = piece.split_once('<').unwrap_or((piece, ""));
            let outward = self.outward(url, own);
            changed.extend(["<QueueUrl>", outward.as_deref().unwrap_or(url), "<", rest]);
        }
        changed
    }

    /// The body of a request for the backend; `None` when it is to stay as it is.
    pub(super) fn asked(&self, body: &Bytes) -> Option<Bytes> {
        if self.known().is_empty() {
            return None;
        }
        if let Ok(mut document) = serde_json::from_slice::<Value>(body) {
            let inward = self.inward(document.get(ASKED)?.as_str()?)?;
            document[ASKED] = inward.into();
            return Some(document.to_string().into());
        }
        let form = std::str::from_utf8(body).ok()?;
        let mut is_changed = false;
        let pairs = form.split('&').map(|pair| {
            let asked = pair.strip_prefix(ASKED).and_then(|rest| rest.strip_prefix('='));
            let url = asked.and_then(|value| percent_decode_str(value).decode_utf8().ok());
            let Some(inward) = url.and_then(|url| self.inward(&url)) else { return pair.to_owned() };
            is_changed = true;
            format!("{ASKED}={}", utf8_percent_encode(&inward, NON_ALPHANUMERIC))
        });
        let form = pairs.collect::<Vec<_>>().join("&");
        is_changed.then(|| form.into())
    }

    /// What the backend told, as a URL of the proxy.
    fn outward(&self, url: &str, own: &str) -> Option<String> {
        let (origin, path) = split(url)?;
        if origin == own {
            return None;
        }
        self.known().insert(path.to_owned(), origin.to_owned());
        Some(format!("{own}{path}"))
    }

    /// What a client asks for, as the backend told it.
    fn inward(&self, url: &str) -> Option<String> {
        let (origin, path) = split(url)?;
        let known = self.known();
        let told = known.get(path).filter(|told| *told != origin)?;
        Some(format!("{told}{path}"))
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn urls(value: &mut Value) -> Vec<&mut String> {
    match value {
        Value::String(url) => vec![url],
        Value::Array(urls) => urls
            .iter_mut()
            .filter_map(|url| match url {
                Value::String(url) => Some(url),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Scheme, host and port; and what follows them.
fn split(url: &str) -> Option<(&str, &str)> {
    let host = url.find("://")? + 3;
    let path = host + url[host..].find('/')?;
    Some(url.split_at(path))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::Addresses;

    const OWN: &str = "http://127.0.0.1:9";

    #[test]
    fn urls_become_those_of_the_proxy_and_those_of_the_backend_again() {
        let addresses = Addresses::default();
        let told = |body: &str| addresses.told(&Bytes::from(body.to_owned()), OWN);
        let asked = |body: &str| addresses.asked(&Bytes::from(body.to_owned()));
        assert_eq!(asked(r#"{"QueueUrl":"http://127.0.0.1:9/1/q"}"#), None);
        assert_eq!(told(r#"{"QueueUrl":"http://sqs.test:5/1/q"}"#), r#"{"QueueUrl":"http://127.0.0.1:9/1/q"}"#);
        assert_eq!(
            told(r#"{"QueueUrls":["http://sqs.test:5/1/q","http://127.0.0.1:9/1/r"]}"#),
            r#"{"QueueUrls":["http://127.0.0.1:9/1/q","http://127.0.0.1:9/1/r"]}"#
        );
        assert_eq!(
            told("<a><QueueUrl>http://x/1/x</QueueUrl></a>"),
            "<a><QueueUrl>http://127.0.0.1:9/1/x</QueueUrl></a>"
        );
        let back = r#"{"QueueUrl":"http://sqs.test:5/1/q"}"#;
        assert_eq!(asked(r#"{"QueueUrl":"http://127.0.0.1:9/1/q"}"#).unwrap(), back);
        assert_eq!(asked(r#"{"QueueUrl":"http://127.0.0.1:9/1/r"}"#), None);
        let form = asked("Action=X&QueueUrl=http%3A%2F%2F127.0.0.1%3A9%2F1%2Fx&N=1").unwrap();
        assert_eq!(form, "Action=X&QueueUrl=http%3A%2F%2Fx%2F1%2Fx&N=1");
    }

    #[test]
    fn bodies_of_messages_stay_as_they_are() {
        let addresses = Addresses::default();
        let body = Bytes::from_static(br#"{"Messages":[{"Body":"http://sqs.test:5/1/q"}]}"#);
        assert_eq!(addresses.told(&body, OWN), body);
    }
}
