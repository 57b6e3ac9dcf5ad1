//! The plans that come with this crate, as files in `presets/`.

use super::read::Reader;
use super::yaml::{Text, parse};
use super::{Known, Place, PlannedRule, Preset};

impl Preset {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::AtLeastOnce,
        Self::StandardOrder,
        Self::Deploy,
        Self::Reshard,
        Self::Limits,
        Self::Outage,
        Self::AwsRealistic,
        Self::Paranoid,
    ];

    /// The word for it in plans.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtLeastOnce => "at_least_once",
            Self::StandardOrder => "standard_order",
            Self::Deploy => "deploy",
            Self::Reshard => "reshard",
            Self::Limits => "limits",
            Self::Outage => "outage",
            Self::AwsRealistic => "aws_realistic",
            Self::Paranoid => "paranoid",
        }
    }

    /// Its plan, as a file says it.
    pub fn text(self) -> &'static str {
        match self {
            Self::AtLeastOnce => include_str!("../../presets/at_least_once.yaml"),
            Self::StandardOrder => include_str!("../../presets/standard_order.yaml"),
            Self::Deploy => include_str!("../../presets/deploy.yaml"),
            Self::Reshard => include_str!("../../presets/reshard.yaml"),
            Self::Limits => include_str!("../../presets/limits.yaml"),
            Self::Outage => include_str!("../../presets/outage.yaml"),
            Self::AwsRealistic => include_str!("../../presets/aws_realistic.yaml"),
            Self::Paranoid => include_str!("../../presets/paranoid.yaml"),
        }
    }

    /// Its rules, without those that cannot act in a place: a preset means all that is possible there.
    pub fn rules(self, known: &[Known], place: Option<Place>) -> Vec<PlannedRule> {
        let possible = |rule: &PlannedRule| {
            let known = known.iter().find(|known| known.name == rule.rule);
            known.is_some_and(|known| known.refuses.iter().all(|(refused, _)| Some(*refused) != place))
        };
        let text = Text::new(self.as_str(), self.text());
        let mut problems = Vec::new();
        let Some(root) = parse(&text, &mut problems) else { return Vec::new() };
        let plan = Reader { text: &text, known, place: None, problems }.document(&root);
        let rules = plan.rules.into_iter().filter(possible);
        rules.map(|rule| PlannedRule { preset: Some(self), ..rule }).collect()
    }
}
