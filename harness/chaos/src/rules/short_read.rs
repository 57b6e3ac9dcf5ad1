//! K10: a read brings some of the records that it could, and an iterator behind them.

use rand_chacha::rand_core::Rng;
use redeliver_model::Value;

use super::fit::reads;
use super::reading::{cut, go_on};
use crate::edit::records;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "short-read",
    id: "K10",
    services: &["kinesis"],
    operations: &["GetRecords"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// A read brings some of the records that it could, and an iterator behind them.
#[derive(Debug)]
pub(crate) struct ShortRead;

impl Rule for ShortRead {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: a read returns at most Limit records and may return fewer",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A read brings some of the records that it could, and an iterator behind them; shows readers that count records, or that take a short read for the end."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.5
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        reads(call, reply, 2)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        cut(turn, kept(turn))
    }

    fn told(&self, turn: &mut Turn<'_>, said: Option<&Value>) -> Act {
        go_on(turn, kept(turn), said)
    }
}

/// How many records are left: at least one, and not all. The same whenever it is asked.
fn kept(turn: &Turn<'_>) -> usize {
    let output = turn.reply.as_deref().and_then(|reply| reply.output.as_ref());
    let most = output.map_or(0, |output| records(output).len()).saturating_sub(1).max(1);
    1 + usize::try_from(turn.random.clone().next_u32()).unwrap_or_default() % most
}
