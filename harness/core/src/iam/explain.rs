//! Why a policy does not allow a call.

use std::fmt;

use super::condition::Verdict;
use super::policy::Policy;
use super::question::Question;
use super::statement::{Effect, Part, Statement};

/// Why a call is denied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// Who called: the account, or the service.
    pub who: String,
    /// The action.
    pub action: String,
    /// ARN of the resource.
    pub resource: String,
    /// What each statement said, in order; none if there is no policy.
    pub findings: Vec<Finding>,
}

/// What a statement said of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its `Sid`, else its number from 1.
    pub statement: String,
    /// What it does when it applies.
    pub effect: Effect,
    /// Whether it applies, and if not, why.
    pub outcome: Outcome,
}

/// Whether a statement applies, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It does.
    Applies,
    /// It means somebody else.
    Principal,
    /// It names other actions.
    Action,
    /// It names other resources.
    Resource,
    /// A condition does not hold.
    Condition {
        /// The operator with what stands before and behind it.
        operator: String,
        /// The key.
        key: String,
        /// What the policy wants it to be, or not to be.
        wanted: Vec<String>,
        /// What it is; `None` if the call has no such key.
        found: Option<String>,
    },
    /// It can't be told here: the condition needs what only AWS knows, or the resource has a variable.
    Unclear {
        /// The condition as `operator key`, or `Resource`.
        part: String,
    },
}

impl Denial {
    /// The denial of a call by a resource that has no policy.
    pub fn without_policy(question: &Question<'_>) -> Self {
        Self {
            who: question.who.name().to_owned(),
            action: question.action.to_owned(),
            resource: question.resource.to_owned(),
            findings: Vec::new(),
        }
    }

    /// Why the text of a policy does not allow a call; `None` if it does. No policy, and a text that is none, allow nothing.
    pub(crate) fn by(policy: Option<&str>, question: &Question<'_>) -> Option<Self> {
        match policy.map(Policy::parse) {
            Some(Ok(policy)) => policy.explain(question),
            Some(Err(_)) | None => Some(Self::without_policy(question)),
        }
    }

    /// The statement that denies, if one does.
    pub fn denied_by(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| {
            finding.effect == Effect::Deny && matches!(finding.outcome, Outcome::Applies | Outcome::Unclear { .. })
        })
    }
}

impl Policy {
    /// Why the policy does not allow a call; `None` if it does.
    pub fn explain(&self, question: &Question<'_>) -> Option<Denial> {
        if self.allows(question) {
            return None;
        }
        let find = |statement: &Statement| Finding {
            statement: statement.label.to_string(),
            effect: statement.effect,
            outcome: outcome(statement, question),
        };
        Some(Denial { findings: self.statements.iter().map(find).collect(), ..Denial::without_policy(question) })
    }
}

fn outcome(statement: &Statement, question: &Question<'_>) -> Outcome {
    match statement.verdict(question) {
        (Verdict::Yes, _) | (_, None) => Outcome::Applies,
        (Verdict::Unclear, Some(Part::Condition(condition))) => {
            Outcome::Unclear { part: format!("{} {}", condition.name, condition.key) }
        }
        (Verdict::Unclear, Some(_)) => Outcome::Unclear { part: "Resource".to_owned() },
        (Verdict::No, Some(Part::Principal)) => Outcome::Principal,
        (Verdict::No, Some(Part::Action)) => Outcome::Action,
        (Verdict::No, Some(Part::Resource)) => Outcome::Resource,
        (Verdict::No, Some(Part::Condition(condition))) => Outcome::Condition {
            operator: condition.name.to_string(),
            key: condition.key.to_string(),
            wanted: condition.wanted.iter().map(ToString::to_string).collect(),
            found: question.circumstances.get(&condition.key).map(str::to_owned),
        },
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { who, action, resource, findings } = self;
        write!(formatter, "`{who}` may not call {action} on `{resource}`: ")?;
        if let Some(Finding { statement, outcome, .. }) = self.denied_by() {
            return match outcome {
                Outcome::Unclear { .. } => write!(formatter, "statement `{statement}` may deny it: {outcome}"),
                _ => write!(formatter, "statement `{statement}` denies it"),
            };
        }
        let mut allowing = findings.iter().filter(|finding| finding.effect == Effect::Allow).peekable();
        if findings.is_empty() {
            return formatter.write_str("it has no policy");
        }
        if allowing.peek().is_none() {
            return formatter.write_str("no statement of its policy allows anything");
        }
        formatter.write_str("no statement of its policy allows it")?;
        for Finding { statement, outcome, .. } in allowing {
            write!(formatter, "; statement `{statement}`: {outcome}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applies => formatter.write_str("applies"),
            Self::Principal => formatter.write_str("its `Principal` is another"),
            Self::Action => formatter.write_str("its `Action` is another"),
            Self::Resource => formatter.write_str("its `Resource` is another"),
            Self::Condition { operator, key, wanted, found } => {
                let wanted = wanted.join("`, `");
                write!(formatter, "its condition {operator} `{key}` names `{wanted}`, and the call has ")?;
                match found {
                    Some(found) => write!(formatter, "`{found}`"),
                    None => formatter.write_str("no such key"),
                }
            }
            Self::Unclear { part } => write!(formatter, "its `{part}` needs what only AWS knows"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Denial, Finding, Outcome};
    use crate::iam::{Circumstances, Effect, Policy, Question, Who};

    const QUEUE: &str = "arn:aws:sqs:us-east-1:000000000000:q";
    const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:t";

    fn explain(statements: &str) -> Option<Denial> {
        let circumstances = Circumstances::of_service("sns.amazonaws.com", TOPIC, "000000000000");
        let who = Who::Service("sns.amazonaws.com");
        let question = Question { who, action: "sqs:SendMessage", resource: QUEUE, circumstances: &circumstances };
        if statements.is_empty() {
            return Some(Denial::without_policy(&question));
        }
        Policy::parse(&format!("{{\"Statement\":[{statements}]}}")).unwrap().explain(&question)
    }

    const TOPICS: &str = r#"{"Sid":"topics","Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage",
        "Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":["a","b"]}}}"#;
    const OPEN: &str = r#"{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}"#;

    #[test]
    fn denial_tells_what_each_statement_said() {
        let denial = explain(&format!("{TOPICS},{}", OPEN.replace("sqs:*", "sqs:ReceiveMessage"))).unwrap();
        let condition = Outcome::Condition {
            operator: "ArnEquals".to_owned(),
            key: "aws:SourceArn".to_owned(),
            wanted: vec!["a".to_owned(), "b".to_owned()],
            found: Some(TOPIC.to_owned()),
        };
        let finding = |statement: &str, outcome: Outcome| Finding {
            statement: statement.to_owned(),
            effect: Effect::Allow,
            outcome,
        };
        assert_eq!(denial.findings, [finding("topics", condition), finding("2", Outcome::Action)]);
        assert_eq!(
            denial.to_string(),
            "`sns.amazonaws.com` may not call sqs:SendMessage on `arn:aws:sqs:us-east-1:000000000000:q`: no statement of its policy allows it; \
             statement `topics`: its condition ArnEquals `aws:SourceArn` names `a`, `b`, and the call has `arn:aws:sns:us-east-1:000000000000:t`; \
             statement `2`: its `Action` is another"
        );
    }

    #[test]
    fn denial_names_the_statement_that_denies() {
        let ends = |statements: &str, end: &str| {
            let text = explain(statements).unwrap().to_string();
            assert!(text.ends_with(end), "{text}");
        };
        let deny = OPEN.replace("Allow", "Deny");
        ends(&format!("{OPEN},{deny}"), "statement `2` denies it");
        let dated = deny.replace("\"*\"}", r#""*","Condition":{"DateLessThan":{"aws:CurrentTime":"2030-01-01"}}}"#);
        ends(
            &format!("{OPEN},{dated}"),
            "statement `2` may deny it: its `DateLessThan aws:CurrentTime` needs what only AWS knows",
        );
        ends("", "it has no policy");
        ends(&deny.replace("sqs:*", "sqs:X"), "no statement of its policy allows anything");
        assert_eq!(explain(OPEN), None);
    }
}
