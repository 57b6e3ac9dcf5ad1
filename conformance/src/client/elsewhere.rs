//! Who else calls: another account, or another region.

use aws_sdk_sqs::config::{Credentials, Region};
use redeliver_spec::Caller;

/// The other account; emulators and the reference take an access key of twelve digits for an account.
pub(crate) const OTHER_ACCOUNT: &str = "210987654321";

/// The region that is not the one of this target.
pub(crate) fn other_region(region: &str) -> &'static str {
    if region == "eu-west-1" { "us-east-1" } else { "eu-west-1" }
}

/// Each SDK has a type of its own for its configuration, with the same settings.
macro_rules! moved {
    ($client:expr, $sdk:ident, $caller:expr) => {{
        let config = $client.config();
        let moved = match $caller {
            Caller::OtherAccount => {
                let credentials = Credentials::new(OTHER_ACCOUNT, "test", None, None, "other account");
                config.to_builder().credentials_provider(credentials)
            }
            Caller::OtherRegion => {
                let region = config.region().map(AsRef::as_ref).unwrap_or_default();
                config.to_builder().region(Region::new(other_region(region)))
            }
        };
        $sdk::Client::from_conf(moved.build())
    }};
}

/// The same client as someone else's.
pub(super) fn sqs(client: &aws_sdk_sqs::Client, caller: Caller) -> aws_sdk_sqs::Client {
    moved!(client, aws_sdk_sqs, caller)
}

/// The same client as someone else's.
pub(super) fn sns(client: &aws_sdk_sns::Client, caller: Caller) -> aws_sdk_sns::Client {
    moved!(client, aws_sdk_sns, caller)
}

/// The same client as someone else's.
pub(super) fn kinesis(client: &aws_sdk_kinesis::Client, caller: Caller) -> aws_sdk_kinesis::Client {
    moved!(client, aws_sdk_kinesis, caller)
}
