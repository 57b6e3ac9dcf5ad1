//! Where a target answers.

use std::fmt;

use super::TargetProblem;

/// Scheme, host and port of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    is_secure: bool,
    host: String,
    port: u16,
}

impl Endpoint {
    /// A port of this machine.
    pub fn loopback(port: u16) -> Self {
        Self { is_secure: false, host: "127.0.0.1".to_owned(), port }
    }

    /// Reads `http://host:port`, or `https://host:port` for TLS.
    pub fn parse(text: &str) -> Result<Self, TargetProblem> {
        let usage = |what: &str| TargetProblem::Usage(format!("`{text}` {what}, for example `http://127.0.0.1:4566`"));
        let uri: http::Uri = text.parse().map_err(|_| usage("is not a URL: write scheme, host and port"))?;
        let is_secure = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(usage("is not reached by HTTP: use an `http` or `https` URL")),
        };
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(usage("has a path: write scheme, host and port alone"));
        }
        let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(|| usage("has no host"))?;
        let port = uri.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
        Ok(Self { is_secure, host: host.to_owned(), port })
    }

    /// Whether it is reached by TLS.
    pub fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// The value of `Host`: the port stands there unless it is that of the scheme.
    pub fn authority(&self) -> String {
        match (self.is_secure, self.port) {
            (true, 443) | (false, 80) => self.host.clone(),
            _ => format!("{}:{}", self.host, self.port),
        }
    }

    /// The host: a name, an IPv4 address, or an IPv6 address in brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether it can only be this machine.
    pub fn is_loopback(&self) -> bool {
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        bare == "localhost" || bare.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_secure { "https" } else { "http" };
        write!(formatter, "{scheme}://{}", self.authority())
    }
}

#[cfg(test)]
mod tests {
    use super::Endpoint;

    #[test]
    fn an_endpoint_is_scheme_host_and_port() {
        let shown = [
            "http://127.0.0.1:4566",
            "http://localhost:9324/",
            "http://[::1]:80",
            "http://queue.internal",
            "https://queue.internal",
        ]
        .map(|text| Endpoint::parse(text).unwrap())
        .map(|found| (found.to_string(), found.is_loopback()));
        let expected = [
            ("http://127.0.0.1:4566", true),
            ("http://localhost:9324", true),
            ("http://[::1]", true),
            ("http://queue.internal", false),
            ("https://queue.internal", false),
        ];
        assert_eq!(shown, expected.map(|(text, loopback)| (text.to_owned(), loopback)));
    }

    #[test]
    fn anything_else_is_refused_with_an_example() {
        for text in
            ["", "localhost:4566", "ftp://localhost:4566", "http://", "http://a/b", "http://a:1?b", "http://a b"]
        {
            let problem = Endpoint::parse(text).unwrap_err().to_string();
            assert!(problem.starts_with(&format!("`{text}` ")), "{problem}");
            assert!(problem.ends_with(", for example `http://127.0.0.1:4566`"), "{problem}");
        }
    }
}
