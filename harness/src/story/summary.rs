//! A failure in one line: for `JUnit`, and as an annotation of GitHub.

use super::Told;
use super::cause::cause;
use super::words::cut;

/// Most characters of a line.
const MAX: usize = 240;

/// One line: the property, the key, the faults. No control characters, so it is fit for an attribute of XML.
pub fn summary(told: &Told) -> String {
    let faults: Vec<_> = told.faults.iter().map(super::Injected::name).collect();
    let under = if faults.is_empty() { "without faults".to_owned() } else { format!("under {}", faults.join(" + ")) };
    cut(&format!("{}: {} {under}", told.property, told.headline), MAX)
}

/// A workflow command that marks a place in a pull request:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message>.
pub fn annotation(told: &Told, file: &str, line: u32) -> String {
    let title = property(&format!("{} fails {}", told.test, told.property));
    let why = cause(&told.property, &told.faults).text;
    let message = data(&format!("{}\nwhy: {why}\nreplay: {}", summary(told), told.replay));
    format!("::error file={},line={line},title={title}::{message}", property(file))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
