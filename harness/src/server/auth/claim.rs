//! What a request says of its signature, in its headers or in its URL.

use http::HeaderMap;
use http::header::{AUTHORIZATION, DATE};
use http::request::Parts;

use super::canonical::Query;
use super::date;
use super::denial::Denial;

/// The algorithm that is spoken here.
pub(super) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What a request says of its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    /// Access key id.
    pub(super) key: String,
    /// The scope: date, region, service, `aws4_request`.
    pub(super) scope: [String; 4],
    /// Names of the headers that are signed, in lower case, in their order.
    pub(super) headers: Vec<String>,
    /// The signature, in hexadecimal digits.
    pub(super) signature: String,
    /// When it was made, seconds since 1970.
    pub(super) at: i64,
    /// The session token.
    pub(super) token: Option<String>,
    /// How many seconds a URL that was signed in advance lives; `None` for requests that are sent as they are signed.
    pub(super) expires: Option<i64>,
}

impl Claim {
    /// Reads what a request says.
    pub(super) fn read(head: &Parts, query: &Query) -> Result<Self, Denial> {
        if let Some(header) = text(&head.headers, AUTHORIZATION.as_str()) {
            return Self::of_header(header, &head.headers);
        }
        if query.get("X-Amz-Algorithm").is_some() || query.get("X-Amz-Signature").is_some() {
            return Self::of_query(query);
        }
        Err(Denial::Missing)
    }

    fn of_header(header: &str, headers: &HeaderMap) -> Result<Self, Denial> {
        let Some(parameters) = header.trim().strip_prefix(ALGORITHM) else { return Err(Denial::Missing) };
        let parameter = |name: &str| {
            let found = parameters.split(',').filter_map(|part| part.trim().split_once('='));
            found.filter(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value.to_owned()).next()
        };
        let long = text(headers, "x-amz-date").map(date::parse);
        let at = long.or_else(|| text(headers, DATE.as_str()).map(date::parse_http)).flatten();
        let names = ["Credential", "Signature", "SignedHeaders"];
        let [credential, signature, signed] = names.map(parameter);
        let found = [&credential, &signature, &signed];
        let missing = names.iter().zip(found).filter(|(_, value)| value.is_none());
        let missing: String =
            missing.flat_map(|(name, _)| ["Authorization header requires '", name, "' parameter. "]).collect();
        let undated = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
        let undated = if at.is_none() { undated } else { "" };
        let (Some(credential), Some(signature), Some(signed), Some(at)) = (credential, signature, signed, at) else {
            return Err(Denial::Incomplete(format!("{missing}{undated}Authorization={}", header.trim())));
        };
        let (key, scope) = scope(&credential)?;
        let token = text(headers, "x-amz-security-token").map(str::to_owned);
        Ok(Self { key, scope, headers: names_of(&signed), signature, at, token, expires: None })
    }

    fn of_query(query: &Query) -> Result<Self, Denial> {
        let names = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"];
        let missing = |name: &str| Denial::Incomplete(format!("AWS query-string parameters must include '{name}'."));
        let required = |name: &str| query.get(name).filter(|value| !value.is_empty()).ok_or_else(|| missing(name));
        let [algorithm, credential, signature, signed, at] = names.map(required);
        if algorithm? != ALGORITHM {
            return Err(Denial::Incomplete(format!("'X-Amz-Algorithm' must be '{ALGORITHM}'.")));
        }
        let at = at?;
        let at = date::parse(&at)
            .ok_or_else(|| Denial::Incomplete(format!("'X-Amz-Date' must be like '20250819T123600Z', not '{at}'.")))?;
        let expires = query.get("X-Amz-Expires").map(|text| {
            let seconds = text.parse().ok().filter(|seconds| (1..=604_800).contains(seconds));
            seconds.ok_or_else(|| Denial::Incomplete("'X-Amz-Expires' must be from 1 to 604800 seconds.".to_owned()))
        });
        let expires = expires.transpose()?;
        let (key, scope) = scope(&credential?)?;
        let token = query.get("X-Amz-Security-Token");
        Ok(Self { key, scope, headers: names_of(&signed?), signature: signature?, at, token, expires })
    }
}

/// Splits `key/date/region/service/aws4_request`; from the right, since a key may hold slashes.
fn scope(credential: &str) -> Result<(String, [String; 4]), Denial> {
    let mut parts: Vec<_> = credential.rsplitn(5, '/').map(str::to_owned).collect();
    parts.reverse();
    let found = <[String; 5]>::try_from(parts);
    let [key, date, region, service, end] = found.map_err(|_| {
        let text = "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got";
        Denial::Incomplete(format!("{text} '{credential}'"))
    })?;
    Ok((key, [date, region, service, end]))
}

fn names_of(signed: &str) -> Vec<String> {
    signed.split(';').map(str::to_ascii_lowercase).collect()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
