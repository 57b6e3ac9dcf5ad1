//! The operations that can be granted to another account.

/// Operations that only the owner's account can call, whatever a policy says.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html>
const OWNER_ONLY: [&str; 12] = [
    "AddPermission",
    "CancelMessageMoveTask",
    "CreateQueue",
    "DeleteQueue",
    "ListMessageMoveTasks",
    "ListQueueTags",
    "ListQueues",
    "RemovePermission",
    "SetQueueAttributes",
    "StartMessageMoveTask",
    "TagQueue",
    "UntagQueue",
];

/// Operations that `AddPermission` can name, besides `*`. Three of them stand for their batches, too.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html>
const GRANTED: [&str; 8] = [
    "ChangeMessageVisibility",
    "DeleteMessage",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ListDeadLetterSourceQueues",
    "PurgeQueue",
    "ReceiveMessage",
    "SendMessage",
];

/// Whether only the owner's account can call an operation.
pub(super) fn is_owner_only(operation: &str) -> bool {
    OWNER_ONLY.contains(&operation)
}

/// Whether a permission can name this action.
pub(super) fn is_granted(action: &str) -> bool {
    action == "*" || GRANTED.contains(&action)
}

/// The action that policies name for an operation: that of a batch is the action of its single calls.
pub(super) fn action_of(operation: &str) -> &str {
    operation.strip_suffix("Batch").unwrap_or(operation)
}

#[cfg(test)]
mod tests {
    use redeliver_model::sqs::MODEL;

    use super::{GRANTED, OWNER_ONLY, action_of, is_granted, is_owner_only};

    #[test]
    fn every_operation_is_for_the_owner_or_can_be_granted() {
        for operation in MODEL.operations {
            let name = operation.name;
            assert_ne!(is_owner_only(name), is_granted(action_of(name)), "{name}");
        }
        assert_eq!(OWNER_ONLY.len() + GRANTED.len() + 3, MODEL.operations.len());
    }
}
