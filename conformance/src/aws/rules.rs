//! What holds for every call of a run on AWS.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use redeliver_model::Service;
use redeliver_spec::Caller;
use serde_json::Value;

use super::pace::{self, Pace};
use super::tags::{self, Tags};
use super::{Aws, RunId, moment, reach};
use crate::observe::{Answer, Observation};

/// What holds for every call of a run on AWS.
#[derive(Debug)]
pub(crate) struct Rules {
    run: RunId,
    created_at: String,
    windows: Aws,
    /// `None` in a dry run.
    pace: Option<Pace>,
    /// How often cases were begun: a name is not used twice, for SQS refuses it within a minute.
    begun: Mutex<BTreeMap<String, u64>>,
    /// URLs, ARNs and names of what was deleted when its case ended: lists may have it for a while.
    gone: Mutex<BTreeSet<String>>,
}

impl Rules {
    /// Rules of a run that begins now.
    pub(super) fn new(run: RunId, began: SystemTime, windows: Aws) -> Self {
        let created_at = moment::write(began);
        Self { run, created_at, windows, pace: Some(Pace::default()), begun: Mutex::default(), gone: Mutex::default() }
    }

    /// The same rules for a run that only counts.
    pub(crate) fn dry(&self) -> Self {
        let (run, windows) = (self.run.clone(), self.windows.clone());
        Self {
            run,
            created_at: self.created_at.clone(),
            windows,
            pace: None,
            begun: Mutex::default(),
            gone: Mutex::default(),
        }
    }

    /// Which run it is.
    pub(crate) fn run(&self) -> &RunId {
        &self.run
    }

    /// `${unique}` of a case with this seed that is begun now.
    pub(crate) fn unique(&self, case: &str, seed: u64) -> String {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let times = begun.entry(case.to_owned()).or_default();
        *times += 1;
        self.run.unique(seed.wrapping_add(*times - 1))
    }

    /// Notes what was deleted for good.
    pub(crate) fn deleted(&self, handle: &str) {
        self.gone.lock().unwrap_or_else(PoisonError::into_inner).insert(handle.to_owned());
    }

    /// Whether this was deleted for good.
    pub(super) fn is_gone(&self, handle: &str) -> bool {
        self.gone.lock().unwrap_or_else(PoisonError::into_inner).contains(handle)
    }

    /// Why a call is not sent, where it is not.
    pub(crate) fn refuse(
        &self,
        caller: Option<Caller>,
        service: Service,
        operation: &str,
        input: &Value,
    ) -> Option<String> {
        match caller {
            Some(Caller::OtherAccount) => Some("it calls as another account, whose credentials nobody gave".to_owned()),
            Some(Caller::OtherRegion) => Some("it calls in another region than the one that was named".to_owned()),
            None => reach::refuse(&self.run, service, operation, input),
        }
    }

    /// Why a raw request is not sent, where it is not; `creation` is what it creates, if it does.
    pub(crate) fn refuse_raw(
        &self,
        service: Service,
        request: &Value,
        creation: Option<&(&'static str, Value)>,
        unique: &str,
    ) -> Option<String> {
        if let Some((operation, input)) = creation {
            return reach::refuse(&self.run, service, operation, input);
        }
        let text = request.to_string();
        let names_a_thing =
            ["QueueUrl", "TopicArn", "TargetArn", "StreamName", "StreamARN", "ResourceArn", "ResourceARN"];
        let is_foreign = names_a_thing.iter().any(|name| text.contains(name)) && !text.contains(unique);
        is_foreign.then(|| "a raw request would touch something that is not of the run".to_owned())
    }

    /// The parameters with the tags of what is created.
    pub(crate) fn tagged(&self, case: &str, service: Service, operation: &str, input: &Value) -> Value {
        let mut input = input.clone();
        Tags::new(&self.run.to_string(), case, &self.created_at).put(service, operation, &mut input);
        input
    }

    /// Takes tags of ours out of an answer.
    pub(crate) fn hide_tags(service: Service, operation: &str, seen: &mut Observation) {
        tags::hide(service, operation, &mut seen.body);
        if let Answer::Success(output) = &mut seen.answer {
            tags::hide(service, operation, output);
        }
    }

    /// How long a call has to wait for its turn, which it takes by this.
    pub(crate) fn turn(&self, service: Service, operation: &str) -> Duration {
        self.pace.as_ref().map_or(Duration::ZERO, |pace| pace.turn(service, operation))
    }

    /// Whether a call was refused because calls came too often, and may come again.
    pub(crate) fn may_come_again(service: Service, operation: &str, seen: &Observation) -> bool {
        let Answer::Refused(refusal) = &seen.answer else { return false };
        let message = refusal.message.as_deref().unwrap_or_default();
        pace::is_paced(service, operation) && pace::is_too_often(&refusal.code, message)
    }

    /// How long a case rests after a call that succeeded.
    pub(crate) fn settling(&self, service: Service, operation: &str) -> Duration {
        self.windows.settle.get(&format!("{}:{operation}", service.prefix())).copied().unwrap_or_default()
    }

    /// For how long a call may be asked again whose answer is not the expected one.
    pub(crate) fn window(&self, service: Service, operation: &str) -> Option<Duration> {
        self.windows.again.get(&format!("{}:{operation}", service.prefix())).copied()
    }

    /// Whether asking again after this answer changes nothing.
    pub(crate) fn may_ask_again(operation: &str, seen: &Observation) -> bool {
        if operation == "ReceiveMessage" {
            return matches!(&seen.answer, Answer::Success(output) if output.get("Messages").is_none());
        }
        reach::is_harmless(operation)
    }
}
