//! What a policy makes of a message.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use super::policy::DataProtection;
use super::statement::{Direction, Operation};

/// What becomes of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage<'a> {
    /// It goes no further.
    Denied {
        /// The kinds of data that were found.
        found: Vec<String>,
    },
    /// It goes on, perhaps changed.
    Passed {
        /// Its body.
        body: Cow<'a, str>,
        /// What is told about it, when it was sampled.
        audit: Option<Audit>,
    },
}

/// What is told about a message that was sampled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// The kinds of data that were found, each with the bytes where it is.
    pub found: Vec<(String, Vec<Range<usize>>)>,
    /// To where it is told: `CloudWatchLogs`, `Firehose` and `S3` with what they need.
    pub destination: Value,
}

impl DataProtection {
    /// Looks at a message of an account on its way in, or to the subscription of an account on its way out.
    ///
    /// Of a hundred messages as many are audited as the policy says, evenly; which ones AWS takes is not documented.
    pub fn screen<'a>(&mut self, direction: Direction, account: &str, body: &'a str) -> Passage<'a> {
        let mut body = Cow::Borrowed(body);
        let mut audit = None;
        let statements = self.statements.clone();
        let concerned =
            || statements.iter().filter(|statement| statement.direction == direction && statement.is_about(account));
        for statement in concerned() {
            let finds = || statement.identifiers.iter().map(|identifier| (&identifier.name, identifier.find(&body)));
            match &statement.operation {
                Operation::Deny => {
                    let found: Vec<String> =
                        finds().filter(|(_, places)| !places.is_empty()).map(|(name, _)| name.to_string()).collect();
                    if !found.is_empty() {
                        return Passage::Denied { found };
                    }
                }
                Operation::Audit { percent, destinations } => {
                    if self.is_sampled(*percent) {
                        let all = finds().map(|(name, places)| (name.to_string(), places));
                        let found: Vec<_> = all.filter(|(_, places)| !places.is_empty()).collect();
                        let name = if found.is_empty() { "NoFindingsDestination" } else { "FindingsDestination" };
                        audit =
                            destinations.get(name).map(|destination| Audit { found, destination: destination.clone() });
                    }
                }
                Operation::Mask(_) | Operation::Redact => {}
            }
        }
        // What denies and what audits sees messages as they came.
        for statement in concerned() {
            let places: Vec<Range<usize>> =
                statement.identifiers.iter().flat_map(|identifier| identifier.find(&body)).collect();
            match statement.operation {
                _ if places.is_empty() => {}
                Operation::Mask(character) => body = Cow::Owned(replaced(&body, &places, Some(character))),
                Operation::Redact => body = Cow::Owned(replaced(&body, &places, None)),
                Operation::Deny | Operation::Audit { .. } => {}
            }
        }
        Passage::Passed { body, audit }
    }

    fn is_sampled(&mut self, percent: u64) -> bool {
        let before = self.seen * percent / 100;
        self.seen += 1;
        self.seen * percent / 100 > before
    }
}

/// A text with a character in place of each one at these places, or without them.
fn replaced(text: &str, places: &[Range<usize>], mask: Option<char>) -> String {
    let is_meant = |at: usize| places.iter().any(|place| place.contains(&at));
    let keep = |(at, character): (usize, char)| if is_meant(at) { mask } else { Some(character) };
    text.char_indices().filter_map(keep).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{DataProtection, Direction, ProtectionFault};
    use super::{Audit, Passage};

    const ACCOUNT: &str = "000000000000";
    const EMAIL: &str = "arn:aws:dataprotection::aws:data-identifier/EmailAddress";

    fn statement(operation: &Value) -> Value {
        json!({ "Sid": "s", "DataDirection": "Inbound", "Principal": ["*"], "DataIdentifier": [EMAIL], "Operation": operation })
    }

    fn parse(statements: &[Value]) -> Result<DataProtection, ProtectionFault> {
        let configuration = json!({ "CustomDataIdentifier": [{ "Name": "EmployeeId", "Regex": "EID-[0-9]{9}-US" }] });
        let policy =
            json!({ "Name": "n", "Version": "2021-06-01", "Configuration": configuration, "Statement": statements });
        DataProtection::parse(&policy.to_string())
    }

    fn passed(body: &str) -> Passage<'_> {
        Passage::Passed { body: body.into(), audit: None }
    }

    #[test]
    fn message_with_what_is_denied_goes_no_further() {
        let mut policy = parse(&[statement(&json!({ "Deny": {} }))]).unwrap();
        let denied = Passage::Denied { found: vec!["EmailAddress".to_owned()] };
        assert_eq!(policy.screen(Direction::Inbound, ACCOUNT, "me@example.com"), denied);
        assert_eq!(policy.screen(Direction::Inbound, ACCOUNT, "nobody"), passed("nobody"));
        assert_eq!(policy.screen(Direction::Outbound, ACCOUNT, "me@example.com"), passed("me@example.com"));
    }

    #[test]
    fn statement_is_about_its_principals() {
        let mut deny = statement(&json!({ "Deny": {} }));
        deny["Principal"] = json!(["arn:aws:iam::111111111111:user/somebody"]);
        let mut policy = parse(&[deny]).unwrap();
        assert_eq!(policy.screen(Direction::Inbound, ACCOUNT, "me@example.com"), passed("me@example.com"));
        assert!(matches!(policy.screen(Direction::Inbound, "111111111111", "me@example.com"), Passage::Denied { .. }));
    }

    #[test]
    fn sensitive_data_is_masked_or_left_out() {
        let mut custom = statement(&json!({ "Deidentify": { "MaskConfig": { "MaskWithCharacter": "#" } } }));
        custom["DataIdentifier"] = json!(["EmployeeId", EMAIL]);
        let mut policy = parse(&[custom]).unwrap();
        let masked = policy.screen(Direction::Inbound, ACCOUNT, "é EID-123456789-US a@b.de");
        assert_eq!(masked, passed("é ################ ######"));
        let mut policy = parse(&[statement(&json!({ "Deidentify": { "RedactConfig": {} } }))]).unwrap();
        assert_eq!(policy.screen(Direction::Inbound, ACCOUNT, "to a@b.de!"), passed("to !"));
    }

    #[test]
    fn messages_are_audited_as_they_came_and_as_often_as_the_policy_says() {
        let destination = json!({ "CloudWatchLogs": { "LogGroup": "/aws/vendedlogs/x" } });
        let audit = statement(&json!({ "Audit": { "SampleRate": "50", "FindingsDestination": destination } }));
        let redact = statement(&json!({ "Deidentify": { "RedactConfig": {} } }));
        let mut policy = parse(&[redact, audit]).unwrap();
        let found = vec![("EmailAddress".to_owned(), vec![0..6, 7..13])];
        let mut audits = (0..4).map(|_| match policy.screen(Direction::Inbound, ACCOUNT, "a@b.de c@d.fr") {
            Passage::Passed { audit, .. } => audit,
            Passage::Denied { .. } => None,
        });
        let told = Some(Audit { found, destination });
        assert_eq!([(); 4].map(|()| audits.next().unwrap()), [None, told.clone(), None, told]);
    }

    #[test]
    fn bad_policies_are_refused() {
        let changed = |name: &str, value: Value| {
            let mut statement = statement(&json!({ "Deny": {} }));
            statement[name] = value;
            parse(&[statement]).unwrap_err().to_string()
        };
        for (name, value, complaint) in [
            ("DataDirection", json!("Both"), "DataDirection must be Inbound or Outbound"),
            ("Principal", json!("*"), "Principal must be a list of ARNs, or of *"),
            ("DataIdentifier", json!([]), "DataIdentifier must be a list of ARNs or names"),
            ("Operation", json!({}), "Operation must be one of Audit, Deidentify and Deny"),
            ("Operation", json!({ "Deidentify": {} }), "Deidentify must be one of MaskConfig and RedactConfig"),
            ("Operation", json!({ "Audit": { "SampleRate": 100 } }), "SampleRate must be an integer from 0 to 99"),
            (
                "Operation",
                json!({ "Deidentify": { "MaskConfig": { "MaskWithCharacter": "##" } } }),
                "MaskWithCharacter must be one character",
            ),
        ] {
            assert_eq!(changed(name, value), complaint);
        }
        let audit = statement(&json!({ "Audit": { "SampleRate": 1, "NoFindingsDestination": {} } }));
        assert_eq!(parse(&[audit.clone(), audit]).unwrap_err(), ProtectionFault::Audits);
        assert!(parse(&[]).is_err());
        assert_eq!(DataProtection::parse("[]").unwrap_err(), ProtectionFault::NotJson);
        assert_eq!(DataProtection::parse(&" ".repeat(30_721)).unwrap_err(), ProtectionFault::Length);
    }

    #[test]
    fn kinds_that_nobody_looks_for_are_told() {
        let mut deny = statement(&json!({ "Deny": {} }));
        deny["DataIdentifier"] = json!([EMAIL, "arn:aws:dataprotection::aws:data-identifier/Name"]);
        assert_eq!(parse(&[deny]).unwrap().unseen(), ["Name"]);
    }
}
