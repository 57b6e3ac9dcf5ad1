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
        if let Some(step) = first_endpoint(&steps).filter(|_| !requires.contains(&Feature::SnsCallbacks)) {
            let feature = Feature::SnsCallbacks;
            self.findings
                .key(
                    &format!("{}/endpoint", step.pointer),
                    format!("the case opens an endpoint and does not require `{feature}`"),
                    format!(
                        "add `{feature}` to the `requires` of the case or its file: not every target can call back"
                    ),
                )
                .label("opened here");
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

/// The first step that opens an endpoint.
fn first_endpoint(steps: &[Step]) -> Option<&Step> {
    steps.iter().find_map(|step| match &step.kind {
        StepKind::Endpoint(_) => Some(step),
        StepKind::Parallel(branches) => branches.iter().find_map(|steps| first_endpoint(steps)),
        StepKind::Repeat { steps, .. } => first_endpoint(steps),
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
