//! The attribute `DeliveryPolicy` of a topic.

use serde_json::{Map, Value, json};

use super::read::{Part, PolicyFault};
use super::retry::Retry;
use crate::sns::envelope::PLAIN_TEXT;

/// The delivery policy of a topic, for all its HTTP subscriptions.
/// <https://docs.aws.amazon.com/sns/latest/dg/set-topic-attributes-delivery-policy-json.html>
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TopicPolicy {
    /// How deliveries are repeated, with the members that were given.
    retry: Option<(Retry, Map<String, Value>)>,
    /// Whether policies of subscriptions count for nothing.
    pub(super) disable_overrides: bool,
    /// Deliveries a second.
    pub(super) rate: Option<u32>,
    /// The content type.
    pub(super) content_type: Option<String>,
}

impl TopicPolicy {
    /// The policy of this text; the empty text is none.
    pub(crate) fn parse(text: &str) -> Result<Option<Self>, PolicyFault> {
        if text.is_empty() {
            return Ok(None);
        }
        let mut whole = Part::whole(text)?;
        let http = whole.part("http")?;
        whole.end()?;
        let Some(mut http) = http else { return Ok(Some(Self::default())) };
        let policy = Self {
            retry: http.part("defaultHealthyRetryPolicy")?.map(Part::retry).transpose()?,
            disable_overrides: http.flag("disableSubscriptionOverrides")?.unwrap_or_default(),
            rate: http.part("defaultThrottlePolicy")?.map(Part::rate).transpose()?.flatten(),
            content_type: http.part("defaultRequestPolicy")?.map(Part::content_type).transpose()?.flatten(),
        };
        http.end()?;
        Ok(Some(policy))
    }

    /// As the attribute shows it: what was given, and whether subscriptions may override it. Recorded on AWS.
    pub(crate) fn to_text(&self) -> String {
        let given = self.retry.as_ref().map(|(_, given)| Value::Object(given.clone()));
        self.shown(given, self.content_type.as_deref())
    }

    /// What is in force, as the attribute `EffectiveDeliveryPolicy` shows it.
    pub(crate) fn effective(policy: Option<&Self>) -> String {
        let none = Self::default();
        let policy = policy.unwrap_or(&none);
        policy.shown(Some(policy.retry().to_value()), Some(policy.content_type.as_deref().unwrap_or(PLAIN_TEXT)))
    }

    /// How deliveries are repeated.
    pub(super) fn retry(&self) -> Retry {
        self.retry.as_ref().map(|(retry, _)| *retry).unwrap_or_default()
    }

    fn shown(&self, retry: Option<Value>, content_type: Option<&str>) -> String {
        let mut http = Map::new();
        let mut add = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                http.insert(name.to_owned(), value);
            }
        };
        add("defaultHealthyRetryPolicy", retry);
        add("disableSubscriptionOverrides", Some(self.disable_overrides.into()));
        add("defaultThrottlePolicy", self.rate.map(|rate| json!({ "maxReceivesPerSecond": rate })));
        add("defaultRequestPolicy", content_type.map(|text| json!({ "headerContentType": text })));
        json!({ "http": http }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::TopicPolicy;

    fn complaint(policy: &Value) -> String {
        TopicPolicy::parse(&policy.to_string()).unwrap_err().to_string()
    }

    /// Texts were recorded on AWS.
    #[test]
    fn policy_shows_what_was_given_and_what_is_in_force() {
        let effective = |retry: &str, content_type: &str| {
            format!(
                r#"{{"http":{{"defaultHealthyRetryPolicy":{retry},"disableSubscriptionOverrides":false,"defaultRequestPolicy":{{"headerContentType":"{content_type}"}}}}}}"#
            )
        };
        let standard = r#"{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"}"#;
        let plain = "text/plain; charset=UTF-8";
        assert_eq!(TopicPolicy::effective(None), effective(standard, plain));

        let typed = r#"{"http":{"defaultRequestPolicy":{"headerContentType":"application/json"}}}"#;
        let policy = TopicPolicy::parse(typed).unwrap().unwrap();
        assert_eq!(
            policy.to_text(),
            r#"{"http":{"disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"application/json"}}}"#
        );
        assert_eq!(TopicPolicy::effective(Some(&policy)), effective(standard, "application/json"));

        let given = r#"{"minDelayTarget":5,"maxDelayTarget":6,"numRetries":1}"#;
        let policy =
            TopicPolicy::parse(&format!(r#"{{"http":{{"defaultHealthyRetryPolicy":{given}}}}}"#)).unwrap().unwrap();
        assert_eq!(
            policy.to_text(),
            format!(r#"{{"http":{{"defaultHealthyRetryPolicy":{given},"disableSubscriptionOverrides":false}}}}"#)
        );
        let full = r#"{"minDelayTarget":5,"maxDelayTarget":6,"numRetries":1,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"}"#;
        assert_eq!(TopicPolicy::effective(Some(&policy)), effective(full, plain));

        let none = TopicPolicy::parse(r#"{"http":{"defaultHealthyRetryPolicy":null}}"#).unwrap().unwrap();
        assert_eq!(none.to_text(), r#"{"http":{"disableSubscriptionOverrides":false}}"#);
        assert_eq!(TopicPolicy::parse("").unwrap(), None);
    }

    #[test]
    fn complaints_name_the_member() {
        let retry = |changes: Value| {
            let mut retry = json!({ "minDelayTarget": 1, "maxDelayTarget": 20, "numRetries": 5 });
            for (name, value) in changes.as_object().unwrap() {
                retry[name] = value.clone();
            }
            complaint(&json!({ "http": { "defaultHealthyRetryPolicy": retry } }))
        };
        let path = "http.defaultHealthyRetryPolicy";
        for (changes, expected) in [
            (json!({ "numRetries": 101 }), "numRetries must be less than or equal to 100"),
            (json!({ "minDelayTarget": 0 }), "minDelayTarget must be greater than or equal to 1"),
            (json!({ "minDelayTarget": -5 }), "minDelayTarget must be greater than or equal to 1"),
            (json!({ "maxDelayTarget": 3601 }), "maxDelayTarget must be less than or equal to 3600"),
            (json!({ "maxDelayTarget": 99_999_999_999_u64 }), "maxDelayTarget must be less than or equal to 3600"),
            (json!({ "maxDelayTarget": null }), "maxDelayTarget must be specified"),
            (json!({ "minDelayTarget": 21 }), "maxDelayTarget must be greater than or equal to minDelayTarget"),
            (json!({ "numRetries": 1.5 }), "numRetries must be an integer"),
            (
                json!({ "backoffFunction": "cubic" }),
                "backoffFunction must be one of linear, arithmetic, geometric, exponential",
            ),
            (
                json!({ "numNoDelayRetries": 2, "numMinDelayRetries": 2, "numMaxDelayRetries": 2 }),
                "numRetries must be greater than or equal to total of numMinDelayRetries, numNoDelayRetries and numMaxDelayRetries",
            ),
        ] {
            assert_eq!(retry(changes), format!("{path}.{expected}"));
        }
        assert_eq!(complaint(&json!({ "throttlePolicy": {} })), "Unexpected JSON member: throttlePolicy");
        assert_eq!(complaint(&json!({ "http": [] })), "http must be a JSON object");
        assert_eq!(
            complaint(&json!({ "http": { "defaultRequestPolicy": { "headerContentType": "image/png" } } })),
            "http.defaultRequestPolicy.headerContentType is not a supported content type"
        );
        assert_eq!(TopicPolicy::parse("{").unwrap_err().to_string(), "failed to parse JSON.");
    }
}
