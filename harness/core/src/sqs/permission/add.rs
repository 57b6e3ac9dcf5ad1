//! `AddPermission`.

use redeliver_model::sqs::AddPermissionRequest;
use serde_json::{Value, json};

use super::actions::{is_granted, is_owner_only};
use crate::iam::Grant;
use crate::sqs::attributes::policy;
use crate::sqs::context::Context;
use crate::sqs::settings::Settings;
use crate::sqs::{Error, Sqs};

/// Actions that a permission may name.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html>
const ACTIONS_MAX: usize = 7;
const LABEL_CHARS_MAX: usize = 80;

impl Sqs {
    /// Adds a statement to the policy of a queue, or makes a policy of it: other accounts may use the queue.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html>
    pub(in crate::sqs) fn add_permission(
        &mut self,
        cx: &mut Context<'_>,
        input: AddPermissionRequest,
    ) -> Result<(), Error> {
        let id = cx.queue()?;
        let label = check_label(input.label)?;
        let actions = check_actions(input.actions.unwrap_or_default())?;
        let accounts = check_accounts(input.aws_account_ids.unwrap_or_default())?;
        let queue = self.queue(id);
        let grant = Grant {
            label: &label,
            partition: cx.caller.partition(),
            accounts: &accounts,
            service: "SQS",
            actions: &actions,
            resource: &queue.arn,
        };
        let statement = grant.statement();
        let mut document = match &queue.settings.policy {
            Some(policy) => serde_json::from_str(policy.text()).expect("a policy was parsed before it was kept"),
            None => json!({
                "Version": "2008-10-17",
                "Id": format!("{}/SQSDefaultPolicy", queue.arn),
                "Statement": [],
            }),
        };
        let mut statements = policy::statements(&document).to_vec();
        if statements.iter().any(|statement| statement.get("Sid").is_some_and(|sid| *sid == label)) {
            return Err(Error::InvalidParameter { value: label, parameter: "Label", reason: "Already exists." });
        }
        statements.push(statement);
        document["Statement"] = Value::Array(statements);
        let settings = Settings { policy: policy::compile(&document)?, ..queue.settings.clone() };
        self.change_settings(cx, id, settings);
        Ok(())
    }
}

fn check_label(label: Option<String>) -> Result<String, Error> {
    let label = label.filter(|label| !label.is_empty()).ok_or(Error::MissingParameter { parameter: "Label" })?;
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if label.len() > LABEL_CHARS_MAX || !label.bytes().all(is_allowed) {
        let reason = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.";
        return Err(Error::InvalidParameter { value: label, parameter: "Label", reason });
    }
    Ok(label)
}

/// Texts are not recorded; they follow public reports.
fn check_actions(actions: Vec<String>) -> Result<Vec<String>, Error> {
    if actions.is_empty() {
        return Err(Error::MissingParameter { parameter: "Actions" });
    }
    if actions.len() > ACTIONS_MAX {
        return Err(Error::TooManyActions { found: actions.len() });
    }
    let Some(action) = actions.iter().find(|action| !is_granted(action)) else { return Ok(actions) };
    let reason = if is_owner_only(action) {
        "Only the queue owner is allowed to invoke this action."
    } else {
        "Please refer to the appropriate WSDL for a list of valid actions."
    };
    Err(Error::InvalidParameter { value: format!("SQS:{action}"), parameter: "ActionName", reason })
}

/// Texts are not recorded; they follow public reports.
fn check_accounts(accounts: Vec<String>) -> Result<Vec<String>, Error> {
    let is_account = |id: &String| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
    if accounts.is_empty() || !accounts.iter().all(is_account) {
        let value = format!("[{}]", accounts.join(", "));
        return Err(Error::InvalidParameter { value, parameter: "PrincipalId", reason: "Unable to verify." });
    }
    Ok(accounts)
}
