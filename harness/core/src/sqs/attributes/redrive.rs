//! Redrive policies as documents, and whether the target lets the source use it.

use serde_json::{Map, Value};

use crate::Arn;
use crate::sqs::queue::QueueKey;
use crate::sqs::settings::{RedriveAllowPolicy, RedrivePermission, RedrivePolicy, Settings};
use crate::sqs::{Error, RedriveAllowFault, RedriveFault, Sqs};

/// A `RedrivePolicy`; the empty text is none.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html>
pub(super) fn policy(text: &str) -> Result<Option<RedrivePolicy>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    read_policy(text).map(Some).map_err(|fault| Error::RedrivePolicy { document: text.to_owned(), fault })
}

/// A `RedriveAllowPolicy`; the empty text is none.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>
pub(super) fn allow_policy(text: &str) -> Result<Option<RedriveAllowPolicy>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    match read_permission(text) {
        Ok(permission) => Ok(Some(RedriveAllowPolicy { permission, text: text.to_owned() })),
        Err(fault) => Err(Error::RedriveAllowPolicy { document: text.to_owned(), fault }),
    }
}

fn read_policy(text: &str) -> Result<RedrivePolicy, RedriveFault> {
    const COUNT: &str = "maxReceiveCount";
    const TARGET: &str = "deadLetterTargetArn";
    let members: Map<String, Value> = serde_json::from_str(text).map_err(|_| RedriveFault::NotJson)?;
    let count = members.get(COUNT).ok_or(RedriveFault::Missing { member: COUNT })?;
    let target = members.get(TARGET).ok_or(RedriveFault::Missing { member: TARGET })?;
    if members.len() > 2 {
        return Err(RedriveFault::UnknownMember);
    }
    // AWS takes a number and a text that holds one.
    let given = count.as_str().map_or_else(|| count.to_string(), str::to_owned);
    let max_receive_count =
        given.parse().ok().filter(|count| (1..=1_000).contains(count)).ok_or(RedriveFault::Count { given })?;
    let target = target.as_str().and_then(Arn::parse).ok_or(RedriveFault::TargetNotArn)?;
    if target.service != "sqs" {
        return Err(RedriveFault::TargetNotSqs);
    }
    Ok(RedrivePolicy { target, max_receive_count, text: text.to_owned() })
}

fn read_permission(text: &str) -> Result<RedrivePermission, RedriveAllowFault> {
    const SOURCES_MAX: usize = 10;
    let mut members: Map<String, Value> = serde_json::from_str(text).map_err(|_| RedriveAllowFault::Format)?;
    let permission = members.remove("redrivePermission");
    let sources = members.remove("sourceQueueArns");
    let permission = permission.as_ref().and_then(Value::as_str).filter(|_| members.is_empty());
    let sources: Vec<Arn> = match sources {
        None => Vec::new(),
        Some(Value::Array(sources)) => {
            let arns: Option<_> = sources.iter().map(|source| source.as_str().and_then(Arn::parse)).collect();
            arns.ok_or(RedriveAllowFault::Format)?
        }
        Some(_) => return Err(RedriveAllowFault::Format),
    };
    match permission {
        Some("byQueue") if sources.is_empty() => Err(RedriveAllowFault::ByQueueWithoutSources),
        Some("byQueue") if sources.len() > SOURCES_MAX => Err(RedriveAllowFault::TooManySources),
        Some("byQueue") => Ok(RedrivePermission::ByQueue(sources)),
        Some("allowAll" | "denyAll") if !sources.is_empty() => Err(RedriveAllowFault::SourcesWithoutByQueue),
        Some("allowAll") => Ok(RedrivePermission::AllowAll),
        Some("denyAll") => Ok(RedrivePermission::DenyAll),
        _ => Err(RedriveAllowFault::Format),
    }
}

impl Sqs {
    /// Whether a queue with this key and ARN may have the redrive policy of these settings: the target exists, is of the same account,
    /// region and type, and does not refuse it. A queue may be its own target.
    pub(in crate::sqs) fn check_redrive(&self, key: &QueueKey, arn: &str, settings: &Settings) -> Result<(), Error> {
        let Some(redrive) = &settings.redrive else { return Ok(()) };
        self.find_redrive_fault(key, arn, settings, redrive)
            .map_or(Ok(()), |fault| Err(Error::RedrivePolicy { document: redrive.text.clone(), fault }))
    }

    fn find_redrive_fault(
        &self,
        key: &QueueKey,
        arn: &str,
        settings: &Settings,
        redrive: &RedrivePolicy,
    ) -> Option<RedriveFault> {
        let target = &redrive.target;
        if target.account != *key.account {
            return Some(RedriveFault::TargetOwner);
        }
        if target.region != *key.region {
            return Some(RedriveFault::TargetRegion);
        }
        if target.resource.rsplit_once('.').is_some_and(|(_, suffix)| suffix == "fifo") != settings.fifo.is_some() {
            return Some(RedriveFault::TargetType);
        }
        let Some(id) = self.find_by_arn(&target.to_string()) else { return Some(RedriveFault::TargetMissing) };
        let target = self.queue(id);
        // What the same request says counts when the queue is its own target.
        let target_settings = if *target.arn == *arn { settings } else { &target.settings };
        let refuses = match target_settings.redrive_allow.as_ref().map(|policy| &policy.permission) {
            None | Some(RedrivePermission::AllowAll) => false,
            Some(RedrivePermission::DenyAll) => true,
            Some(RedrivePermission::ByQueue(sources)) => !sources.iter().any(|source| source.to_string() == arn),
        };
        refuses.then_some(RedriveFault::TargetRefuses)
    }
}

#[cfg(test)]
mod tests {
    use super::{Arn, Error, RedriveAllowFault, RedriveFault, RedrivePermission, allow_policy, policy};

    const ARN: &str = "arn:aws:sqs:us-east-1:000000000000:dlq";

    fn fault(text: &str) -> RedriveFault {
        match policy(text) {
            Err(Error::RedrivePolicy { document, fault }) if document == text => fault,
            other => panic!("{other:?}"),
        }
    }

    fn allow_fault(text: &str) -> RedriveAllowFault {
        match allow_policy(text) {
            Err(Error::RedriveAllowPolicy { document, fault }) if document == text => fault,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn count_is_a_number_or_a_text_with_one_from_1_to_1000() {
        for (count, expected) in [("1", 1), ("1000", 1000), ("\"42\"", 42)] {
            let text = format!(r#"{{"deadLetterTargetArn":"{ARN}","maxReceiveCount":{count}}}"#);
            let read = policy(&text).unwrap().unwrap();
            assert_eq!((read.max_receive_count, read.target.to_string(), read.text), (expected, ARN.to_owned(), text));
        }
        for (count, given) in
            [("0", "0"), ("1001", "1001"), ("-1", "-1"), ("1.5", "1.5"), ("\"many\"", "many"), ("null", "null")]
        {
            let text = format!(r#"{{"deadLetterTargetArn":"{ARN}","maxReceiveCount":{count}}}"#);
            assert_eq!(fault(&text), RedriveFault::Count { given: given.to_owned() });
        }
    }

    #[test]
    fn redrive_policies_of_another_form_are_refused() {
        assert_eq!(fault("no json"), RedriveFault::NotJson);
        assert_eq!(fault("[]"), RedriveFault::NotJson);
        let no_count = format!(r#"{{"deadLetterTargetArn":"{ARN}"}}"#);
        assert_eq!(fault(&no_count), RedriveFault::Missing { member: "maxReceiveCount" });
        assert_eq!(fault(r#"{"maxReceiveCount":1}"#), RedriveFault::Missing { member: "deadLetterTargetArn" });
        let more = format!(r#"{{"deadLetterTargetArn":"{ARN}","maxReceiveCount":1,"x":1}}"#);
        assert_eq!(fault(&more), RedriveFault::UnknownMember);
        assert_eq!(fault(r#"{"deadLetterTargetArn":"dlq","maxReceiveCount":1}"#), RedriveFault::TargetNotArn);
        let topic = r#"{"deadLetterTargetArn":"arn:aws:sns:us-east-1:000000000000:t","maxReceiveCount":1}"#;
        assert_eq!(fault(topic), RedriveFault::TargetNotSqs);
        assert_eq!(policy(""), Ok(None));
    }

    #[test]
    fn permission_to_redrive_is_one_of_three() {
        let read = |text: &str| allow_policy(text).unwrap().unwrap().permission;
        assert_eq!(read(r#"{"redrivePermission":"allowAll"}"#), RedrivePermission::AllowAll);
        assert_eq!(read(r#"{"redrivePermission":"denyAll"}"#), RedrivePermission::DenyAll);
        let by_queue = format!(r#"{{"redrivePermission":"byQueue","sourceQueueArns":["{ARN}"]}}"#);
        assert_eq!(read(&by_queue), RedrivePermission::ByQueue(vec![Arn::parse(ARN).unwrap()]));
        assert_eq!(allow_policy(""), Ok(None));
    }

    #[test]
    fn allow_policies_of_another_form_are_refused() {
        for text in ["no json", "{}", r#"{"redrivePermission":"some"}"#, r#"{"redrivePermission":"denyAll","x":1}"#] {
            assert_eq!(allow_fault(text), RedriveAllowFault::Format, "{text}");
        }
        assert_eq!(allow_fault(r#"{"redrivePermission":"byQueue"}"#), RedriveAllowFault::ByQueueWithoutSources);
        let deny = format!(r#"{{"redrivePermission":"denyAll","sourceQueueArns":["{ARN}"]}}"#);
        assert_eq!(allow_fault(&deny), RedriveAllowFault::SourcesWithoutByQueue);
        let eleven = format!(r#"{{"redrivePermission":"byQueue","sourceQueueArns":["{}"]}}"#, [ARN; 11].join("\",\""));
        assert_eq!(allow_fault(&eleven), RedriveAllowFault::TooManySources);
    }
}
