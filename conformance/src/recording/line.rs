//! One call as a line of a file.

use redeliver_model::Fault;
use redeliver_spec::Caller;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Exchange, Outcome};
use crate::observe::{Answer, Observation, Refusal};

/// One call as it stands in a file: what is usual is left out.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    call: String,
    #[serde(rename = "as", skip_serializing_if = "Option::is_none", default)]
    caller: Option<String>,
    #[serde(skip_serializing_if = "is_zero", default)]
    process: u32,
    #[serde(skip_serializing_if = "is_none_ms", default)]
    took_ms: u64,
    #[serde(rename = "in")]
    input: Value,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "some")]
    out: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    refused: Option<Refused>,
    /// The body, where it is not what `out` says.
    #[serde(skip_serializing_if = "Option::is_none", default, deserialize_with = "some")]
    body: Option<Value>,
    /// What the SDK saw otherwise.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    sdk: Option<String>,
    /// The answer to a raw request.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    answer: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    lost: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    code: String,
    #[serde(rename = "type")]
    type_name: String,
    status: u16,
    fault: String,
    message: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_none_ms(number: &u64) -> bool {
    *number == 0
}

/// `null` that stands there is a value.
fn some<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl From<&Exchange> for Line {
    fn from(exchange: &Exchange) -> Self {
        let mut line = Self {
            call: exchange.call.clone(),
            caller: exchange.caller.map(|caller| caller.as_str().to_owned()),
            process: exchange.process,
            took_ms: exchange.took_ms,
            input: exchange.input.clone(),
            status: None,
            out: None,
            refused: None,
            body: None,
            sdk: None,
            answer: None,
            lost: None,
        };
        match &exchange.outcome {
            Outcome::Lost(reason) => line.lost = Some(reason.clone()),
            Outcome::Raw(status, answer) => {
                line.status = Some(*status);
                line.answer = Some(answer.clone());
            }
            Outcome::Observed(seen) => line.observed(seen),
        }
        line
    }
}

impl Line {
    fn observed(&mut self, seen: &Observation) {
        self.status = Some(seen.status);
        self.sdk.clone_from(&seen.disagreement);
        match &seen.answer {
            Answer::Success(output) => {
                self.out = Some(output.clone());
                self.body = Some(seen.body.clone()).filter(|body| body != output);
            }
            Answer::Refused(refusal) => {
                self.refused = Some(Refused {
                    code: refusal.code.clone(),
                    type_name: refusal.type_name.clone(),
                    status: refusal.status,
                    fault: if refusal.fault == Fault::Client { "client" } else { "server" }.to_owned(),
                    message: refusal.message.clone(),
                });
                self.body = Some(seen.body.clone());
            }
        }
    }

    /// The call; fails with the reason when the line contradicts itself.
    pub(super) fn exchange(self) -> Result<Exchange, String> {
        let caller = self.caller.map(|name| name.parse::<Caller>().map_err(|_| format!("there is no caller `{name}`")));
        let status = self.status.ok_or_else(|| "it has no `status`".to_owned());
        let disagreement = self.sdk;
        let outcome = match (self.out, self.refused, self.answer, self.lost) {
            (Some(output), None, None, None) => {
                let body = self.body.unwrap_or_else(|| output.clone());
                Outcome::Observed(Observation { status: status?, body, answer: Answer::Success(output), disagreement })
            }
            (None, Some(refused), None, None) => {
                let body = self.body.unwrap_or_default();
                let answer = Answer::Refused(refused.refusal()?);
                Outcome::Observed(Observation { status: status?, body, answer, disagreement })
            }
            (None, None, Some(answer), None) => Outcome::Raw(status?, answer),
            (None, None, None, Some(reason)) => Outcome::Lost(reason),
            (None, None, None, None) => {
                return Err("it has none of `out`, `refused`, `answer` and `lost`".to_owned());
            }
            _ => return Err("it has more than one of `out`, `refused`, `answer` and `lost`".to_owned()),
        };
        Ok(Exchange {
            process: self.process,
            caller: caller.transpose()?,
            call: self.call,
            input: self.input,
            took_ms: self.took_ms,
            outcome,
        })
    }
}

impl Refused {
    fn refusal(self) -> Result<Refusal, String> {
        let fault = match self.fault.as_str() {
            "client" => Fault::Client,
            "server" => Fault::Server,
            other => return Err(format!("the fault is `client` or `server`, not `{other}`")),
        };
        let Self { code, type_name, status, message, .. } = self;
        Ok(Refusal { code, type_name, status, fault, message })
    }
}
