//! The account that a target works in, asked of the target itself.

use std::time::Duration;

use redeliver_model::Service;
use serde_json::{Value, json};

use super::{Addresses, Manifest};
use crate::client::Client;
use crate::observe::Answer;

/// The longest that asking may take.
const TIME_MAX: Duration = Duration::from_secs(5);

/// Makes a queue, reads the account in its ARN, and deletes it. `None` when the target does not say.
pub(super) async fn ask(manifest: &Manifest, addresses: &Addresses) -> Option<String> {
    let client = Client::remote(manifest, addresses);
    let name = format!("redeliver-account-{:016x}", fastrand::u64(..));
    tokio::time::timeout(TIME_MAX, async {
        let created = call(&client, "CreateQueue", &json!({ "QueueName": name })).await?;
        let url = &created["QueueUrl"];
        let input = json!({ "QueueUrl": url, "AttributeNames": ["QueueArn"] });
        let found = call(&client, "GetQueueAttributes", &input).await;
        // When it cannot be deleted, cases will tell.
        let _ = call(&client, "DeleteQueue", &json!({ "QueueUrl": url })).await;
        account_in(found?["Attributes"]["QueueArn"].as_str()?)
    })
    .await
    .ok()?
}

async fn call(client: &Client, operation: &'static str, input: &Value) -> Option<Value> {
    match client.call(Service::Sqs, operation, input).await.ok()?.answer {
        Answer::Success(output) => Some(output),
        Answer::Refused(_) => None,
    }
}

/// The account of an ARN: its fifth part, twelve digits.
fn account_in(arn: &str) -> Option<String> {
    let account = arn.split(':').nth(4)?;
    (account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())).then(|| account.to_owned())
}

#[cfg(test)]
mod tests {
    use super::account_in;

    #[test]
    fn the_account_is_the_fifth_part_of_an_arn() {
        assert_eq!(account_in("arn:aws:sqs:us-east-1:123456789012:q"), Some("123456789012".to_owned()));
        for arn in ["", "q", "arn:aws:sqs:us-east-1:queue:q", "arn:aws:sqs:us-east-1::q"] {
            assert_eq!(account_in(arn), None, "{arn}");
        }
    }
}
