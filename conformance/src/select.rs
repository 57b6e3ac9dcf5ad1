//! Which cases of a suite are run.

use globset::{Glob, GlobBuilder, GlobMatcher};
use redeliver_spec::words::nearest;
use redeliver_spec::{Case, Feature, Guarantee, Level, Suite};

/// What the user asked for; empty lists ask for everything.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Selectors: globs over case ids and file ids, with `!` in front to leave out.
    pub selectors: Vec<String>,
    /// Only cases of these guarantees.
    pub guarantees: Vec<Guarantee>,
    /// Only cases that require one of these features.
    pub features: Vec<Feature>,
    /// Only cases at least as binding as this.
    pub level: Option<Level>,
    /// Only this part of what is left.
    pub shard: Option<Shard>,
}

/// One of several equal parts of a selection, for runs that share the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: usize,
    count: usize,
}

/// Why there is nothing to run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectProblem {
    /// A selector is no glob.
    #[error("the selector `{selector}` is no valid pattern: {reason}")]
    Malformed {
        /// The selector as given.
        selector: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A selector matches nothing.
    #[error("the selector `{selector}` matches no case: {remedy}")]
    Unmatched {
        /// The selector as given.
        selector: String,
        /// What to do.
        remedy: String,
    },
    /// Each part matches something, all together nothing.
    #[error(
        "no case is left of {count}: the selectors, `--guarantee`, `--feature`, `--level` and `--shard` together leave out all"
    )]
    Empty {
        /// Cases in the suite.
        count: usize,
    },
}

/// One selector.
struct Selector<'a> {
    text: &'a str,
    exclude: bool,
    glob: GlobMatcher,
    /// The text, when it is no pattern: then it also means everything in a folder of this name.
    folder: Option<&'a str>,
}

impl<'a> Selector<'a> {
    fn new(text: &'a str) -> Result<Self, SelectProblem> {
        let (exclude, pattern) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let glob = glob(pattern).map_err(|error| SelectProblem::Malformed {
            selector: text.to_owned(),
            reason: error.kind().to_string(),
        })?;
        let plain = !pattern.contains(['*', '?', '[', '{']);
        let folder = plain.then(|| pattern.trim_end_matches('/'));
        Ok(Self { text, exclude, glob: glob.compile_matcher(), folder })
    }

    fn matches(&self, id: &str) -> bool {
        let file = file_of(id);
        let below = |folder: &str| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.glob.is_match(id) || self.glob.is_match(file) || self.folder.is_some_and(below)
    }
}

/// A glob over ids, in which `*` stays between slashes.
fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).build()
}

/// The file of a case: its id without the name.
pub fn file_of(id: &str) -> &str {
    id.split_once("::").map_or(id, |(file, _)| file)
}

/// The cases that are wanted, in the order of their ids.
pub fn select<'a>(suite: &'a Suite, wanted: &Wanted) -> Result<Vec<&'a Case>, SelectProblem> {
    let mut cases: Vec<_> = suite.cases().collect();
    cases.sort_by(|one, other| one.id.cmp(&other.id));
    let count = cases.len();
    let selectors = wanted.selectors.iter().map(|text| Selector::new(text)).collect::<Result<Vec<_>, _>>()?;
    let (without, with): (Vec<_>, Vec<_>) = selectors.iter().partition(|selector| selector.exclude);
    for selector in &with {
        if !cases.iter().any(|case| selector.matches(&case.id)) {
            return Err(unmatched(selector.text, &cases));
        }
    }
    cases.retain(|case| {
        let named = with.is_empty() || with.iter().any(|selector| selector.matches(&case.id));
        named && !without.iter().any(|selector| selector.matches(&case.id)) && wanted.admits(case)
    });
    if let Some(shard) = wanted.shard {
        cases = cases.into_iter().skip(shard.index).step_by(shard.count).collect();
    }
    if cases.is_empty() { Err(SelectProblem::Empty { count }) } else { Ok(cases) }
}

fn unmatched(selector: &str, cases: &[&Case]) -> SelectProblem {
    let ids = cases.iter().flat_map(|case| [case.id.as_str(), file_of(&case.id)]);
    let remedy = match nearest(selector, ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`redeliver list` shows all ids, and a pattern for all of a folder ends with `/**`".to_owned(),
    };
    SelectProblem::Unmatched { selector: selector.to_owned(), remedy }
}

impl Wanted {
    fn admits(&self, case: &Case) -> bool {
        let guarantee = self.guarantees.is_empty() || self.guarantees.contains(&case.guarantee);
        let feature = self.features.is_empty() || self.features.iter().any(|feature| case.requires.contains(feature));
        guarantee && feature && self.level.is_none_or(|level| case.level <= level)
    }
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Option<(usize, usize)> =
            text.split_once('/').and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        match parts {
            Some((index, count)) if (1..=count).contains(&index) => Ok(Self { index: index - 1, count }),
            _ => Err("write part and number of parts, for example `1/3`".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suite() -> Suite {
        let file = |path: &str, guarantee: &str, level: &str, requires: &str, names: &[&str]| {
            let case = |name: &&str| {
                format!(
                    "  - name: {name}\n    evidence: {{ model: botocore 1.0 }}\n    steps: [ {{ call: sqs:ListQueues }} ]\n"
                )
            };
            let cases: String = names.iter().map(case).collect();
            let head = format!(
                "spec: \"1.0\"\nabout: Lists.\nguarantee: {guarantee}\nlevel: {level}\nrequires: [{requires}]\n"
            );
            (path.to_owned(), format!("{head}cases:\n{cases}"))
        };
        let files = [
            file("sqs/queue/list.yaml", "queue-lifecycle", "must", "sqs.standard", &["b", "a"]),
            file("sqs/fifo/order.yaml", "fifo-order", "observed", "sqs.fifo", &["a-b", "a"]),
        ];
        redeliver_spec::load(files).unwrap_or_else(|problems| panic!("{problems}"))
    }

    fn selected(wanted: &Wanted) -> Result<Vec<String>, SelectProblem> {
        let suite = suite();
        Ok(select(&suite, wanted)?.into_iter().map(|case| case.id.clone()).collect())
    }

    fn by_selectors(selectors: &[&str]) -> Result<Vec<String>, SelectProblem> {
        selected(&Wanted { selectors: selectors.iter().map(|&text| text.to_owned()).collect(), ..Wanted::default() })
    }

    const ALL: [&str; 4] = ["sqs/fifo/order::a", "sqs/fifo/order::a-b", "sqs/queue/list::a", "sqs/queue/list::b"];

    #[test]
    fn selectors_are_globs_over_cases_and_files_and_names_of_folders() {
        let ids = |range: std::ops::Range<usize>| Ok(ALL[range].iter().map(|&id| id.to_owned()).collect::<Vec<_>>());
        assert_eq!(by_selectors(&[]), ids(0..4));
        assert_eq!(by_selectors(&["sqs/**"]), ids(0..4));
        assert_eq!(by_selectors(&["sqs/fifo/*"]), ids(0..2));
        assert_eq!(by_selectors(&["sqs/fifo"]), ids(0..2));
        assert_eq!(by_selectors(&["sqs/queue/list"]), ids(2..4));
        assert_eq!(by_selectors(&["sqs/fifo/order::a"]), ids(0..1));
        assert_eq!(by_selectors(&["sqs/fifo/order::a-*", "sqs/queue/list::a"]), ids(1..3));
        assert_eq!(by_selectors(&["!sqs/fifo"]), ids(2..4));
        assert_eq!(by_selectors(&["**", "!sqs/queue/**"]), ids(0..2));
    }

    #[test]
    fn selector_that_matches_nothing_is_a_mistake_also_beside_others() {
        let problem = by_selectors(&["sqs/**", "sqs/fifo/ordr"]).unwrap_err();
        let remedy = "did you mean `sqs/fifo/order`?".to_owned();
        assert_eq!(problem, SelectProblem::Unmatched { selector: "sqs/fifo/ordr".to_owned(), remedy });
        assert!(matches!(by_selectors(&["sqs/*"]), Err(SelectProblem::Unmatched { .. })));
        assert!(matches!(by_selectors(&["sqs/{a"]), Err(SelectProblem::Malformed { .. })));
    }

    #[test]
    fn guarantee_feature_level_and_shard_narrow_the_selection() {
        let ids = |range: std::ops::Range<usize>| Ok(ALL[range].iter().map(|&id| id.to_owned()).collect::<Vec<_>>());
        let guarantees = vec![Guarantee::FifoOrder];
        assert_eq!(selected(&Wanted { guarantees: guarantees.clone(), ..Wanted::default() }), ids(0..2));
        let features = vec![Feature::SqsStandard];
        assert_eq!(selected(&Wanted { features: features.clone(), ..Wanted::default() }), ids(2..4));
        assert_eq!(selected(&Wanted { level: Some(Level::Should), ..Wanted::default() }), ids(2..4));
        let shard = |text: &str| Wanted { shard: Some(text.parse().unwrap()), ..Wanted::default() };
        assert_eq!(selected(&shard("4/4")), ids(3..4));
        assert_eq!(
            selected(&Wanted { guarantees, features, ..Wanted::default() }),
            Err(SelectProblem::Empty { count: 4 })
        );
    }

    #[test]
    fn shards_of_all_specs_are_even_and_hold_each_case_once_in_every_run() {
        let suite = crate::specs::all().load().unwrap_or_else(|problem| panic!("{problem}"));
        let ids = |wanted: &Wanted| {
            let cases = select(&suite, wanted).unwrap();
            cases.into_iter().map(|case| case.id.as_str()).collect::<Vec<_>>()
        };
        let all = ids(&Wanted::default());
        for count in [1, 2, 3, 7, 16] {
            let shard = |index| ids(&Wanted { shard: Some(Shard { index, count }), ..Wanted::default() });
            let shards: Vec<_> = (0..count).map(shard).collect();
            assert!(shards.iter().all(|ids| [all.len() / count, all.len().div_ceil(count)].contains(&ids.len())));
            let mut together = shards.concat();
            together.sort_unstable();
            assert_eq!(together, all);
            assert_eq!((0..count).map(shard).collect::<Vec<_>>(), shards);
        }
    }

    #[test]
    fn shard_is_part_and_number_of_parts() {
        for text in ["", "1", "0/2", "3/2", "a/b", "1/2/3"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
