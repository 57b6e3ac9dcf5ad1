//! Who calls, from the headers of a request.

use std::sync::Arc;

use http::request::Parts;
use redeliver_core::Caller;
use redeliver_wire::{Metadata, host};

/// Whom a request is taken to come from where its headers do not say.
#[derive(Debug)]
pub(crate) struct Home {
    /// Account id, twelve digits.
    pub(crate) account: Arc<str>,
    /// Region.
    pub(crate) region: Arc<str>,
}

impl Home {
    /// Who sent this request, by its signature alone.
    #[cfg(feature = "server")]
    pub(crate) fn caller_of(&self, head: &Parts) -> Caller {
        self.caller(head, &Metadata::of(head))
    }

    /// Who sent this request. An access key of twelve digits is the caller's account; any other belongs to the home account.
    /// Signatures are not checked.
    pub(crate) fn caller(&self, head: &Parts, metadata: &Metadata) -> Caller {
        let key = metadata.access_key.as_deref().filter(|key| is_account(key));
        let account = key.map_or_else(|| Arc::clone(&self.account), Arc::from);
        let region = metadata.region.as_deref().map_or_else(|| Arc::clone(&self.region), Arc::from);
        let endpoint = host(&head.uri, &head.headers).unwrap_or_else(|| {
            format!("https://sqs.{region}.{}", if region.starts_with("cn-") { CHINA } else { WORLD })
        });
        // Ids of IAM users begin with `AIDA` and have 21 characters:
        // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>
        let principal = match metadata.access_key {
            Some(_) => format!("AIDAX{account:X>16}").into(),
            None => Caller::ANONYMOUS.into(),
        };
        Caller { account, region, principal, endpoint: endpoint.into() }
    }
}

const WORLD: &str = "amazonaws.com";
const CHINA: &str = "amazonaws.com.cn";

pub(crate) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use http::Request;
    use redeliver_core::Caller;
    use redeliver_wire::Metadata;

    use super::Home;

    fn caller(uri: &str, access_key: Option<&str>, region: Option<&str>) -> Caller {
        let home = Home { account: "000000000007".into(), region: "us-east-1".into() };
        let (head, ()) = Request::post(uri).body(()).unwrap().into_parts();
        let metadata = Metadata {
            access_key: access_key.map(str::to_owned),
            region: region.map(str::to_owned),
            ..Metadata::default()
        };
        home.caller(&head, &metadata)
    }

    #[test]
    fn headers_name_the_caller_and_home_fills_in() {
        let expected = Caller {
            account: "111122223333".into(),
            region: "eu-west-1".into(),
            principal: "AIDAXXXXX111122223333".into(),
            endpoint: "http://localhost:4566".into(),
        };
        assert_eq!(caller("http://localhost:4566/", Some("111122223333"), Some("eu-west-1")), expected);
        let home = Caller {
            account: "000000000007".into(),
            region: "us-east-1".into(),
            principal: "AIDAXXXXX000000000007".into(),
            endpoint: "https://sqs.us-east-1.amazonaws.com".into(),
        };
        assert_eq!(caller("/", Some("AKIAIOSFODNN7EXAMPLE"), None), home);
        let nobody = Caller { principal: Caller::ANONYMOUS.into(), ..home };
        assert_eq!((caller("/", None, None), nobody.is_signed()), (nobody, false));
        assert_eq!(&*caller("/", None, Some("cn-north-1")).endpoint, "https://sqs.cn-north-1.amazonaws.com.cn");
    }
}
