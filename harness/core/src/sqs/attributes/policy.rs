//! Policies of queues as documents: form and quotas. Whom they let in is for `iam` to say.

use redeliver_model::sqs::QueueAttributeName as Name;
use serde_json::{Map, Value};

use super::Stage;
use crate::iam::Policy;
use crate::sqs::Error;

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html>
const BYTES_MAX: usize = 8_192;
const STATEMENTS_MAX: usize = 20;
const PRINCIPALS_MAX: usize = 50;
const CONDITIONS_MAX: usize = 10;

/// The policy of this text, which is kept as it is; the empty text is none.
pub(super) fn parse(text: &str, stage: Stage) -> Result<Option<Policy>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    if text.len() > BYTES_MAX {
        return Err(invalid(Some("A policy can have at most 8192 bytes.")));
    }
    let document: Value = serde_json::from_str(text).map_err(|_| invalid(None))?;
    check(&document, stage)?;
    Policy::parse(text).map(Some).map_err(|_| invalid(None))
}

/// A policy that was made here.
pub(in crate::sqs) fn compile(document: &Value) -> Result<Option<Policy>, Error> {
    parse(&document.to_string(), Stage::Setting)
}

/// The statements of a policy, of which it may also have a single one without a list.
pub(in crate::sqs) fn statements(document: &Value) -> &[Value] {
    match document.get("Statement") {
        Some(Value::Array(statements)) => statements,
        Some(statement) => std::slice::from_ref(statement),
        None => &[],
    }
}

fn check(document: &Value, stage: Stage) -> Result<(), Error> {
    let known_version =
        document.get("Version").is_none_or(|version| version == "2012-10-17" || version == "2008-10-17");
    let statements = statements(document);
    if !document.is_object() || !known_version || statements.is_empty() {
        return Err(invalid(None));
    }
    let mut principals = 0;
    let mut conditions = 0;
    for statement in statements {
        let statement = statement.as_object().filter(|statement| is_complete(statement)).ok_or(invalid(None))?;
        principals += count_principals(statement);
        conditions += count_conditions(statement);
    }
    let quotas = [
        ("statements", statements.len(), STATEMENTS_MAX),
        ("principals", principals, PRINCIPALS_MAX),
        ("conditions", conditions, CONDITIONS_MAX),
    ];
    match quotas.into_iter().find(|(_, found, most)| found > most) {
        Some((what, found, most)) => Err(Error::PolicyQuota { what, found, most, creating: stage == Stage::Creating }),
        None => Ok(()),
    }
}

fn is_complete(statement: &Map<String, Value>) -> bool {
    let has = |names: [&str; 2]| names.iter().any(|name| statement.contains_key(*name));
    let effect = statement.get("Effect").and_then(Value::as_str);
    matches!(effect, Some("Allow" | "Deny")) && has(["Action", "NotAction"]) && has(["Principal", "NotPrincipal"])
}

fn count_principals(statement: &Map<String, Value>) -> usize {
    let count = |principal: &Value| match principal {
        Value::Object(kinds) => kinds.values().map(|ids| ids.as_array().map_or(1, Vec::len)).sum(),
        _ => 1,
    };
    ["Principal", "NotPrincipal"].iter().filter_map(|name| statement.get(*name)).map(count).sum()
}

fn count_conditions(statement: &Map<String, Value>) -> usize {
    let operators = statement.get("Condition").and_then(Value::as_object);
    operators.map_or(0, |operators| operators.values().map(|keys| keys.as_object().map_or(1, Map::len)).sum())
}

fn invalid(reason: Option<&'static str>) -> Error {
    Error::InvalidAttributeValue { attribute: Name::Policy.as_str().to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Error, Stage, parse};

    fn statement() -> Value {
        json!({ "Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*" })
    }

    fn check(document: &Value) -> Result<(), Error> {
        parse(&document.to_string(), Stage::Setting).map(|_| ())
    }

    fn quota(what: &'static str, found: usize, most: usize) -> Result<(), Error> {
        Err(Error::PolicyQuota { what, found, most, creating: false })
    }

    #[test]
    fn text_is_kept_as_it_was_given_and_the_empty_one_is_none() {
        let text = format!("{{ \"Statement\" : {} }}", statement());
        assert_eq!(
            parse(&text, Stage::Setting).map(|policy| policy.map(|policy| policy.text().to_owned())),
            Ok(Some(text))
        );
        assert_eq!(parse("", Stage::Setting), Ok(None));
    }

    #[test]
    fn documents_that_are_no_policies_are_refused() {
        let documents = [
            json!([]),
            json!({}),
            json!({ "Statement": [] }),
            json!({ "Version": "2020-01-01", "Statement": statement() }),
            json!({ "Statement": [{ "Effect": "allow", "Principal": "*", "Action": "*" }] }),
            json!({ "Statement": [{ "Effect": "Deny", "Action": "*" }] }),
            json!({ "Statement": "x" }),
        ];
        for document in documents {
            let error = check(&document).unwrap_err();
            assert_eq!(error.to_string(), "Invalid value for the parameter Policy.", "{document}");
        }
        assert!(parse("no json", Stage::Setting).is_err());
    }

    #[test]
    fn policy_has_at_most_8192_bytes() {
        let padded = |bytes: usize| {
            let bare = json!({ "Id": "", "Statement": statement() }).to_string().len();
            json!({ "Id": "i".repeat(bytes - bare), "Statement": statement() })
        };
        assert_eq!(check(&padded(8_192)), Ok(()));
        assert!(check(&padded(8_193)).is_err());
    }

    #[test]
    fn quotas_of_statements_principals_and_conditions_hold() {
        let statements = |count: usize| json!({ "Statement": vec![statement(); count] });
        assert_eq!((check(&statements(20)), check(&statements(21))), (Ok(()), quota("statements", 21, 20)));
        let principals = |count: usize| json!({ "Statement": { "Effect": "Allow", "Principal": { "AWS": vec!["1"; count] }, "Action": "*" } });
        assert_eq!((check(&principals(50)), check(&principals(51))), (Ok(()), quota("principals", 51, 50)));
        let conditions = |count: usize| {
            let keys: serde_json::Map<_, _> = (0..count).map(|at| (format!("k{at}"), json!("v"))).collect();
            let mut statement = statement();
            statement["Condition"] = json!({ "StringEquals": keys });
            json!({ "Statement": [statement] })
        };
        assert_eq!((check(&conditions(10)), check(&conditions(11))), (Ok(()), quota("conditions", 11, 10)));
    }
}
