//! Which attributes of its messages a receive wants.

use indexmap::IndexMap;
use redeliver_model::sqs::{
    MessageAttributeValue, MessageSystemAttributeName as Name, QueueAttributeName, ReceiveMessageRequest,
};

/// The system attributes in the order in which they are answered.
const SYSTEM: [Name; 9] = [
    Name::SenderId,
    Name::ApproximateFirstReceiveTimestamp,
    Name::ApproximateReceiveCount,
    Name::SentTimestamp,
    Name::SequenceNumber,
    Name::MessageDeduplicationId,
    Name::MessageGroupId,
    Name::AWSTraceHeader,
    Name::DeadLetterQueueSourceArn,
];

/// Which attributes a receive wants.
#[derive(Debug, Clone, Default)]
pub(super) struct Selection {
    /// One bit for each of [`SYSTEM`].
    system: u16,
    user: Vec<Pattern>,
}

#[derive(Debug, Clone)]
enum Pattern {
    Exact(String),
    Prefix(String),
}

impl Selection {
    /// What the request names, in the present and in the deprecated list of system attributes. Names of none are ignored, as AWS
    /// ignores `SequenceNumber` on a standard queue.
    pub(super) fn of(request: &mut ReceiveMessageRequest) -> Self {
        let present = request.message_system_attribute_names.as_deref().unwrap_or_default();
        let deprecated = request.attribute_names.as_deref().unwrap_or_default();
        let names = present.iter().map(Name::as_str).chain(deprecated.iter().map(QueueAttributeName::as_str));
        let system = names.map(bits).fold(0, |all, bits| all | bits);
        let user = request.message_attribute_names.take().unwrap_or_default().into_iter().map(Pattern::from).collect();
        Self { system, user }
    }

    /// The wanted ones of all system attributes, of which `value` gives those that the message has.
    pub(super) fn system(&self, value: impl Fn(&Name) -> Option<String>) -> Option<IndexMap<Name, String>> {
        if self.system == 0 {
            return None;
        }
        let wanted = SYSTEM.iter().enumerate().filter(|&(bit, _)| self.system & (1 << bit) != 0);
        let found: IndexMap<Name, String> =
            wanted.filter_map(|(_, name)| value(name).map(|value| (name.clone(), value))).collect();
        (!found.is_empty()).then_some(found)
    }

    /// Whether an attribute of this name is wanted.
    pub(super) fn wants(&self, name: &str) -> bool {
        self.user.iter().any(|pattern| match pattern {
            Pattern::Exact(exact) => name == exact,
            Pattern::Prefix(prefix) => name.starts_with(prefix.as_str()),
        })
    }

    /// The wanted ones of a message's attributes.
    pub(super) fn user<'a>(
        &self,
        attributes: &'a [(String, MessageAttributeValue)],
    ) -> Vec<&'a (String, MessageAttributeValue)> {
        if self.user.is_empty() {
            return Vec::new();
        }
        attributes.iter().filter(|(name, _)| self.wants(name)).collect()
    }
}

impl From<String> for Pattern {
    /// `All` and `.*` stand for all, `bar.*` for those that start with `bar`; `*` stands for all as well, as recorded on AWS.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html>
    fn from(text: String) -> Self {
        if matches!(text.as_str(), "All" | "*") {
            return Self::Prefix(String::new());
        }
        match text.strip_suffix(".*") {
            Some(prefix) => Self::Prefix(prefix.to_owned()),
            None => Self::Exact(text),
        }
    }
}

fn bits(name: &str) -> u16 {
    if name == "All" {
        return u16::MAX;
    }
    SYSTEM.iter().position(|known| known.as_str() == name).map_or(0, |bit| 1 << bit)
}

#[cfg(test)]
mod tests {
    use redeliver_model::sqs::{MessageSystemAttributeName as Name, ReceiveMessageRequest};

    use super::Selection;

    fn wanted(present: &[&str], deprecated: &[&str]) -> Vec<Name> {
        let mut request = ReceiveMessageRequest {
            message_system_attribute_names: Some(present.iter().map(|&name| name.into()).collect()),
            attribute_names: Some(deprecated.iter().map(|&name| name.into()).collect()),
            ..Default::default()
        };
        let found = Selection::of(&mut request).system(|name| Some(name.as_str().to_owned()));
        found.unwrap_or_default().into_keys().collect()
    }

    #[test]
    fn system_attributes_are_the_union_of_both_lists() {
        assert_eq!(wanted(&["SentTimestamp"], &["SenderId"]), [Name::SenderId, Name::SentTimestamp]);
        assert_eq!((wanted(&["All"], &[]).len(), wanted(&[], &["All"]).len()), (9, 9));
        assert_eq!(wanted(&["Nonsense"], &["QueueArn"]), []);
    }

    #[test]
    fn user_attributes_are_chosen_by_name_prefix_or_all() {
        let wants = |pattern: &str, name: &str| {
            let mut request =
                ReceiveMessageRequest { message_attribute_names: Some(vec![pattern.to_owned()]), ..Default::default() };
            Selection::of(&mut request).wants(name)
        };
        assert!(
            wants("All", "x")
                && wants("*", "x")
                && wants(".*", "x")
                && wants("bar.*", "bar.foo")
                && wants("bar", "bar")
        );
        assert!(!wants("bar.*", "foo.bar") && !wants("bar", "bart") && !wants("all", "x"));
    }
}
