//! Who calls, and the names that follow from it.

use std::fmt;
use std::sync::Arc;

/// Who calls, and under which address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Caller {
    /// Account id of the caller, twelve digits.
    pub account: Arc<str>,
    /// Region that the call is made in, for example `us-east-1`.
    pub region: Arc<str>,
    /// The caller's unique id, which becomes the `SenderId` of messages, for example `AIDAEXAMPLE`; [`Caller::ANONYMOUS`] of calls that are
    /// not signed.
    pub principal: Arc<str>,
    /// Scheme, host and port that were asked, without a slash at the end; queue URLs begin with it.
    pub endpoint: Arc<str>,
}

impl Caller {
    /// The id of whoever calls without a signature.
    pub const ANONYMOUS: &'static str = "anonymous";

    /// Whether the call is signed.
    pub fn is_signed(&self) -> bool {
        &*self.principal != Self::ANONYMOUS
    }

    /// The caller as an ARN, for example `arn:aws:iam::000000000000:user/AIDAEXAMPLE`.
    pub(crate) fn user_arn(&self) -> String {
        format!("arn:{}:iam::{}:user/{}", self.partition(), self.account, self.principal)
    }

    /// The ARN partition of the caller's region.
    pub fn partition(&self) -> &'static str {
        if self.region.starts_with("cn-") {
            "aws-cn"
        } else if self.region.starts_with("us-gov-") {
            "aws-us-gov"
        } else {
            "aws"
        }
    }
}

/// An Amazon Resource Name of the form `arn:partition:service:region:account:resource`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arn {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: String,
    /// `sqs`, `sns` or `kinesis`.
    pub service: String,
    /// Region.
    pub region: String,
    /// Account id.
    pub account: String,
    /// The rest, which may hold colons and slashes.
    pub resource: String,
}

impl Arn {
    /// Reads an ARN; `None` when the text has fewer than six parts or does not begin with `arn`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next() != Some("arn") {
            return None;
        }
        let mut next = || parts.next().map(str::to_owned);
        Some(Self { partition: next()?, service: next()?, region: next()?, account: next()?, resource: next()? })
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, service, region, account, resource } = self;
        write!(formatter, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}
