//! A drain: receives of one queue, matched together.

use redeliver_model::Service;
use serde_json::{Map, Value};

use super::Reading;
use crate::DrainStep;
use crate::lint::{self, Required};
use crate::raw::RawStep;

/// What a drain calls.
const RECEIVE: &str = "ReceiveMessage";

impl Reading<'_> {
    pub(super) fn drain(&mut self, raw: RawStep, pointer: &str) -> Option<DrainStep> {
        let receive = Service::Sqs.model().operation(RECEIVE)?;
        let with = raw.with.unwrap_or_default();
        self.drain_parameters(&with, pointer);
        let with = Value::Object(with);
        let name = format!("sqs:{RECEIVE}");
        lint::check_input(
            receive.input,
            &format!("`{name}`"),
            &with,
            Required::Free,
            &format!("{pointer}/with"),
            &mut self.findings,
        );
        if raw.eventually.is_some() && raw.ok.is_none() {
            self.findings
                .key(
                    &format!("{pointer}/eventually"),
                    "`eventually` waits for `ok`, which this drain does not have",
                    "add `ok`, or leave `eventually` out: a drain ends with the first empty receive",
                )
                .label("until what?");
        }
        let ok = raw.ok.map(|ok| self.ok(ok, Some(receive), &name, pointer));
        let save = self.save(raw.save, Some(receive), &name, pointer);
        let eventually = self.duration(raw.eventually.as_ref(), &format!("{pointer}/eventually"));
        Some(DrainStep { queue: raw.drain?.0, with, delete: raw.delete.unwrap_or(true), ok, save, eventually })
    }

    /// The queue stands behind `drain`.
    fn drain_parameters(&mut self, with: &Map<String, Value>, pointer: &str) {
        if with.contains_key("QueueUrl") {
            let remedy = "leave it out: the queue stands behind `drain`";
            self.findings
                .key(&format!("{pointer}/with/QueueUrl"), "a drain names its queue twice", remedy)
                .label("again");
        }
    }
}
