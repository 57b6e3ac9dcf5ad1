//! Why AWS is believed to behave as a case says, in words.

use redeliver_spec::Evidence;

/// One line for each piece of evidence, links first.
pub fn lines(evidence: &Evidence) -> Vec<String> {
    let mut lines: Vec<String> = evidence.doc.iter().cloned().collect();
    if let Some(date) = &evidence.recorded {
        let test = evidence.test.as_ref().map(|test| format!(" ({test})")).unwrap_or_default();
        lines.push(format!("recorded from AWS on {date}{test}"));
    }
    lines.extend(evidence.source.iter().map(|url| format!("source: {url}")));
    lines.extend(evidence.model.iter().map(|model| format!("API model: {model}")));
    lines.extend(evidence.silent.iter().map(|text| format!("not said there, assumed: {text}")));
    lines
}
