//! Who may ask: nobody whom a page in a browser could send.

use std::net::IpAddr;

use http::header::{HOST, ORIGIN};
use http::request::Parts;
use http::uri::Authority;

use super::problem::Problem;

/// Refuses requests that a page of another origin sent, and those under a name that may have been pointed here by someone else's DNS.
pub(super) fn check(head: &Parts, allowed: &[String]) -> Result<(), Problem> {
    let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
    let host = head.uri.authority().map(Authority::as_str).or_else(|| header(HOST)).unwrap_or_default();
    let name = host.parse::<Authority>().map(|authority| authority.host().to_owned()).unwrap_or_default();
    if !is_local(&name) && !allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(&name)) {
        let remedy = "ask at `localhost` or an IP address, or allow the name with `--control-host`";
        return Err(Problem::forbidden(format!("the control API does not answer as host `{host}`: {remedy}")));
    }
    match header(ORIGIN) {
        None => Ok(()),
        Some(origin) if origin.split_once("://").is_some_and(|(_, at)| at.eq_ignore_ascii_case(host)) => Ok(()),
        Some(origin) => Err(Problem::forbidden(format!("the control API does not answer to pages of `{origin}`"))),
    }
}

/// Whether a host is this machine's own name, or an address, which no DNS can point elsewhere.
fn is_local(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::check;

    fn allows(host: &str, origin: Option<&str>) -> bool {
        let mut request = Request::get("/_redeliver/state").header("host", host);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let (head, ()) = request.body(()).unwrap().into_parts();
        check(&head, &["queue.test".to_owned()]).is_ok()
    }

    #[test]
    fn local_names_addresses_and_allowed_names_may_ask() {
        let hosts = ["localhost:4566", "LOCALHOST", "127.0.0.1:4566", "[::1]:4566", "172.17.0.2", "queue.test:80"];
        assert_eq!(hosts.map(|host| allows(host, None)), [true; 6]);
        let others = ["", "evil.test", "localhost.evil.test:4566", "127.0.0.1.evil.test", "a b"];
        assert_eq!(others.map(|host| allows(host, None)), [false; 5]);
    }

    #[test]
    fn pages_of_other_origins_may_not_ask() {
        let origins =
            ["http://localhost:4566", "http://LOCALHOST:4566", "http://evil.test", "null", "http://localhost:80"];
        let allowed = origins.map(|origin| allows("localhost:4566", Some(origin)));
        assert_eq!(allowed, [true, true, false, false, false]);
    }
}
