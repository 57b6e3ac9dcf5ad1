//! One case.

use std::sync::Arc;

use serde_json::Value;

use super::Reading;
use super::file::{Parent, id};
use crate::raw::{RawCase, RawEvidence};
use crate::{Case, Evidence, Feature, Step, StepKind, lint};

impl Reading<'_> {
    /// Reads a case; `None` when something in it is wrong.
    pub(super) fn case(&mut self, case: &Value, pointer: &str, parent: &Parent<'_>) -> Option<Case> {
        let head = self.head::<RawCase>(case, pointer, "steps");
        if let Some(head) = &head {
            let level = head.level.unwrap_or(parent.level);
            let level = parent.raw.map(|_| level).or(head.level);
            lint::check_evidence(&head.evidence, level, &format!("{pointer}/evidence"), &mut self.findings);
        }
        let steps = case.get("steps").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let (steps, complete) = self.steps(steps, &format!("{pointer}/steps"));
        lint::check_captures(&steps, complete, &mut self.findings);
        let (head, file) = (head.filter(|_| complete)?, parent.raw?);
        let mut requires = file.requires.clone();
        requires.extend(head.requires.iter().filter(|feature| !file.requires.contains(feature)));
        for (feature, key, why) in NEEDS {
            let needs = |step: &Step| match step.kind {
                StepKind::Endpoint(_) => key == "endpoint",
                StepKind::Given(_) => key == "given",
                _ => false,
            };
            if let Some(step) = first(&steps, &needs).filter(|_| !requires.contains(&feature)) {
                self.findings
                    .key(
                        &format!("{}/{key}", step.pointer),
                        format!("the case has a step `{key}` and does not require `{feature}`"),
                        format!("add `{feature}` to the `requires` of the case or its file: {why}"),
                    )
                    .label("needed here");
            }
        }
        Some(Case {
            id: id(&self.source.path, &head.name.0),
            name: head.name.0,
            about: head.about.map(|about| about.0),
            guarantee: file.guarantee,
            requires,
            level: head.level.unwrap_or(parent.level),
            evidence: evidence(head.evidence),
            steps,
            pointer: pointer.to_owned(),
            place: self.source.place(&format!("{pointer}/name"))?,
            file: Arc::clone(self.source),
        })
    }
}

/// What steps of a kind need of a target, and why not every target has it.
const NEEDS: [(Feature, &str, &str); 2] = [
    (Feature::SnsCallbacks, "endpoint", "not every target can call back"),
    (Feature::Circumstances, "given", "few targets can be told what is outside of them"),
];

/// The first step of a kind, whatever it stands in.
fn first<'a>(steps: &'a [Step], is_it: &impl Fn(&Step) -> bool) -> Option<&'a Step> {
    steps.iter().find_map(|step| match &step.kind {
        _ if is_it(step) => Some(step),
        StepKind::Parallel(branches) => branches.iter().find_map(|steps| first(steps, is_it)),
        StepKind::Repeat { steps, .. } => first(steps, is_it),
        _ => None,
    })
}

fn evidence(raw: RawEvidence) -> Evidence {
    Evidence {
        doc: raw.doc.map(|text| text.0),
        recorded: raw.recorded.map(|text| text.0),
        source: raw.source.map(|text| text.0),
        test: raw.test.map(|text| text.0),
        model: raw.model.map(|text| text.0),
        silent: raw.silent.map(|text| text.0),
    }
}
