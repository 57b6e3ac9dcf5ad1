//! Why a consumer failed, in one sentence.

use super::row::Row;
use super::{acknowledgement, crossing, delivery, fifo, general, queue, sending, streams, topics};
use crate::story::Injected;
use crate::story::family::Family;

/// Why a consumer failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The sentence: what happened, then what the consumer gets wrong and what mends it.
    pub text: String,
    /// Whether the table had nothing for this property under this fault, so that the sentence is a general one.
    pub general: bool,
}

/// All rows.
const TABLE: [&[Row]; 8] = [
    &delivery::ROWS,
    &acknowledgement::ROWS,
    &sending::ROWS,
    &fifo::ROWS,
    &queue::ROWS,
    &topics::ROWS,
    &streams::ROWS,
    &crossing::ROWS,
];

/// Why a property is broken under these faults.
pub fn cause(property: &str, faults: &[Injected]) -> Cause {
    let family = Family::of(property);
    if faults.is_empty() {
        let text = format!("no fault was needed, the calm run fails too; {}", general::blame(family));
        return Cause { text, general: true };
    }
    let rows: Vec<_> = faults.iter().map(row).collect();
    let did = |(fault, row): (&Injected, Option<&Row>)| match row {
        Some(row) => row.did.to_owned(),
        None => format!("`{}` struck {}", fault.rule, if fault.place.is_empty() { "the run" } else { &fault.place }),
    };
    let mut happened: Vec<String> = Vec::new();
    for clause in faults.iter().zip(rows.iter().copied()).map(did) {
        if !happened.contains(&clause) {
            happened.push(clause);
        }
    }
    let precise = rows.iter().flatten().find_map(|row| row.blame(family));
    let (blame, general) = (precise.unwrap_or_else(|| general::blame(family)), precise.is_none());
    Cause { text: format!("{}: {blame}", happened.join(", and ")), general }
}

/// Whether the table has a row for a rule.
pub fn knows(rule: &str, id: &str) -> bool {
    find(rule).or_else(|| find(id)).is_some()
}

/// The row of a fault: by the name of its rule, else by its id in the catalogue. Some rows of the catalogue are about the consumer
/// itself and have rules that differ: a crash and a stall are not the same.
fn row(fault: &Injected) -> Option<&'static Row> {
    find(&fault.rule).or_else(|| find(&fault.id))
}

fn find(id: &str) -> Option<&'static Row> {
    TABLE.iter().copied().flatten().find(|row| row.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use redeliver_chaos::plan::Parameters;
    use redeliver_chaos::{At, Fault, Moment, rules};
    use redeliver_check::Invariant;

    use super::{TABLE, cause, knows};
    use crate::story::Injected;
    use crate::story::family::Family;

    fn injected(rule: &str, id: &str, place: &str) -> Injected {
        Injected { rule: rule.into(), id: id.into(), place: place.into(), ..Injected::default() }
    }

    #[test]
    fn table_has_every_row_of_the_catalogue_once() {
        let ids: Vec<_> = TABLE.iter().copied().flatten().map(|row| row.id).collect();
        let all: BTreeSet<_> = ids.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(ids.len(), all.len(), "a row comes twice");
        let catalogue = (1..=42).map(|row| format!("S{row}")).chain((1..=8).map(|row| format!("X{row}")));
        let catalogue = catalogue.chain((1..=9).map(|row| format!("N{row}")));
        let catalogue = catalogue.chain((1..=21).filter(|row| *row != 17).map(|row| format!("K{row}")));
        let missing: Vec<_> = catalogue.chain(["X10".to_owned()]).filter(|id| !all.contains(id)).collect();
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn every_rule_has_a_sentence() {
        let unknown: Vec<_> =
            rules::known().iter().filter(|rule| !knows(rule.name, rule.id)).map(|rule| rule.name).collect();
        assert_eq!(unknown, Vec::<&str>::new(), "give each a row in a file of story/cause");
        assert!(!rules::ALL.is_empty());
    }

    #[test]
    fn every_rule_says_why_a_consumer_has_to_expect_it() {
        for rule in rules::known() {
            let moment = Moment { consumer: "worker-1".into(), poll: 7 };
            let at = At::Consumer(moment);
            let told = Injected::from(&Fault { rule: rule.name.into(), at, parameters: Parameters::default() });
            assert_eq!((told.rule.as_str(), told.id.as_str()), (rule.name, rule.id));
            assert!(told.legality.documentation.starts_with("https://"), "{told:?}");
        }
    }

    #[test]
    fn every_invariant_has_a_family() {
        let strangers: Vec<_> = Invariant::ALL.iter().filter(|one| Family::of(one.name()) == Family::Other).collect();
        assert_eq!(strangers, Vec::<&Invariant>::new(), "name them in story/family.rs");
    }

    #[test]
    fn sentences_have_neither_capital_nor_full_stop() {
        for row in TABLE.iter().copied().flatten() {
            for text in row.blames.iter().map(|(_, blame)| *blame).chain([row.did]) {
                assert!(!text.ends_with('.') && !text.is_empty() && text.trim() == text, "{}: {text:?}", row.id);
            }
            assert!(!row.blames.is_empty(), "{} blames nobody", row.id);
        }
    }

    #[test]
    fn cause_depends_on_fault_and_property() {
        let sent = [injected("send-reply-lost", "S24", "SendMessage(orders, key=order-3)#1")];
        let deleted = [injected("delete-reply-lost", "S18", "DeleteMessage(orders, key=order-3)#1")];
        let told = [("effect-once", &sent), ("effect-order", &sent), ("effect-once", &deleted)]
            .map(|(property, faults)| cause(property, faults));
        assert!(told[0].text.contains("MessageId") && told.iter().all(|told| !told.general), "{told:?}");
        assert_eq!(told.iter().map(|told| &told.text).collect::<BTreeSet<_>>().len(), 3);
    }

    #[test]
    fn what_the_table_does_not_know_is_marked_as_general() {
        let told = cause("effect-once", &[injected("meteor", "", "sqs:SendMessage")]);
        let expected = "`meteor` struck sqs:SendMessage: the consumer does its effect at every delivery; \
                        make the effect conditional on the business key";
        assert_eq!((told.text.as_str(), told.general), (expected, true));
        assert!(!knows("meteor", ""));
    }

    #[test]
    fn calm_failure_needs_no_fault() {
        let told = cause("effect-lost", &[]);
        assert!(told.text.starts_with("no fault was needed") && told.general);
    }
}
