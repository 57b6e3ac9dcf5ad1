//! A call that a policy is asked about.

use crate::Caller;

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who<'a> {
    /// Somebody of an account.
    Account {
        /// Account id.
        account: &'a str,
        /// Unique id of the user or role, for example `AIDAEXAMPLE`.
        id: &'a str,
    },
    /// A service of AWS, for example `sns.amazonaws.com`.
    Service(&'a str),
}

impl<'a> From<&'a Caller> for Who<'a> {
    fn from(caller: &'a Caller) -> Self {
        Self::Account { account: &caller.account, id: &caller.principal }
    }
}

impl Who<'_> {
    /// How complaints name the caller.
    pub(super) fn name(&self) -> &str {
        match self {
            Who::Account { account, .. } => account,
            Who::Service(name) => name,
        }
    }
}

/// A call that a policy is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Who calls.
    pub who: Who<'a>,
    /// The action with its service, for example `sqs:SendMessage`.
    pub action: &'a str,
    /// ARN of the resource.
    pub resource: &'a str,
    /// What conditions can ask about.
    pub circumstances: &'a Circumstances<'a>,
}

/// What conditions can ask about: keys of the request context with their values.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
#[derive(Debug, Clone, Default)]
pub struct Circumstances<'a> {
    known: Vec<(&'a str, &'a str)>,
    is_account: bool,
}

/// Keys that AWS knows of everybody, and the world does not.
const UNKNOWN: [&str; 5] =
    ["aws:CurrentTime", "aws:EpochTime", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:ResourceOrgID"];

/// Keys that AWS knows of callers that are no services, and the world does not.
const UNKNOWN_OF_ACCOUNTS: [&str; 13] = [
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalTag",
    "aws:PrincipalType",
    "aws:Referer",
    "aws:SourceIp",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:UserAgent",
    "aws:username",
    "aws:VpcSourceIp",
    "aws:MultiFactorAuthPresent",
];

impl<'a> Circumstances<'a> {
    /// Those of somebody of an account, who calls at an endpoint of this address in a region.
    pub fn of_account(account: &'a str, id: &'a str, region: &'a str, endpoint: &str) -> Self {
        let secure = if endpoint.starts_with("http://") { "false" } else { "true" };
        let known = vec![
            ("aws:PrincipalAccount", account),
            ("aws:SourceOwner", account),
            ("aws:userid", id),
            ("aws:RequestedRegion", region),
            ("aws:SecureTransport", secure),
            ("aws:PrincipalIsAWSService", "false"),
            ("aws:ViaAWSService", "false"),
        ];
        Self { known, is_account: true }
    }

    /// Those of a call.
    pub(crate) fn of_caller(caller: &'a Caller) -> Self {
        Self::of_account(&caller.account, &caller.principal, &caller.region, &caller.endpoint)
    }

    /// Those of a service that calls on behalf of a resource and its owner.
    pub fn of_service(service: &'a str, source_arn: &'a str, source_account: &'a str) -> Self {
        let known = vec![
            ("aws:SourceArn", source_arn),
            ("aws:SourceAccount", source_account),
            ("aws:SourceOwner", source_account),
            ("aws:PrincipalServiceName", service),
            ("aws:SecureTransport", "true"),
            ("aws:PrincipalIsAWSService", "true"),
        ];
        Self { known, is_account: false }
    }

    /// With one more key, for example `sns:Protocol`.
    #[must_use]
    pub fn with(mut self, key: &'a str, value: &'a str) -> Self {
        self.known.push((key, value));
        self
    }

    /// The value of a key, whose case does not count.
    pub(super) fn get(&self, key: &str) -> Option<&'a str> {
        self.known.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| *value)
    }

    /// Whether AWS would have a value of this key where there is none here.
    pub(super) fn is_unknown(&self, key: &str) -> bool {
        let key = key.split_once('/').map_or(key, |(key, _)| key);
        let has = |keys: &[&str]| keys.iter().any(|unknown| unknown.eq_ignore_ascii_case(key));
        has(&UNKNOWN) || self.is_account && has(&UNKNOWN_OF_ACCOUNTS)
    }
}
