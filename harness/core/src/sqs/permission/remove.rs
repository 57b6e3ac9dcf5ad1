//! `RemovePermission`.

use redeliver_model::sqs::RemovePermissionRequest;
use serde_json::Value;

use crate::sqs::attributes::policy;
use crate::sqs::context::Context;
use crate::sqs::settings::Settings;
use crate::sqs::{Error, Sqs};

impl Sqs {
    /// Takes the statement of this label out of the policy of a queue; without statements there is no policy.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_RemovePermission.html>
    pub(in crate::sqs) fn remove_permission(
        &mut self,
        cx: &mut Context<'_>,
        input: RemovePermissionRequest,
    ) -> Result<(), Error> {
        let id = cx.queue()?;
        let label =
            input.label.filter(|label| !label.is_empty()).ok_or(Error::MissingParameter { parameter: "Label" })?;
        let settings = &self.queue(id).settings;
        let mut document: Value = match &settings.policy {
            Some(policy) => serde_json::from_str(policy.text()).expect("a policy was parsed before it was kept"),
            None => Value::Null,
        };
        let is_meant = |statement: &Value| statement.get("Sid").is_some_and(|sid| *sid == label);
        let statements = policy::statements(&document);
        let rest: Vec<Value> = statements.iter().filter(|statement| !is_meant(statement)).cloned().collect();
        if rest.len() == statements.len() {
            return Err(Error::InvalidParameter { value: label, parameter: "Label", reason: "can't find label." });
        }
        let policy = if rest.is_empty() {
            None
        } else {
            document["Statement"] = Value::Array(rest);
            policy::compile(&document)?
        };
        let settings = Settings { policy, ..settings.clone() };
        self.change_settings(cx, id, settings);
        Ok(())
    }
}
