//! A workload of a stream: its fields fit each other, its invariants can be judged and its stress can happen.

use super::Reading;
use super::workload::Promises;
use crate::raw::{RawProduce, RawRead, RawReshard, RawWorkload};
use crate::step::{Put, Read, Reshard, Shards, StreamWorkloadStep};
use crate::{Invariant, Stress};

impl Reading<'_> {
    /// Reads a workload of a stream.
    pub(super) fn of_stream(
        &mut self,
        raw: RawWorkload,
        stream: String,
        promises: Promises,
        pointer: &str,
    ) -> StreamWorkloadStep {
        let below = format!("{pointer}/workload");
        let foreign = [
            ("consume", raw.consume.is_some()),
            ("dead-letter", raw.dead_letter.is_some()),
            ("produce/groups", raw.produce.groups.is_some()),
            ("produce/duplicates", raw.produce.duplicates.is_some()),
        ];
        self.foreign(&below, "a stream", &foreign);
        let workload = StreamWorkloadStep {
            stream,
            put: self.put(&raw.produce, &below),
            read: raw.read.map(|read| self.read(&read, &format!("{below}/read"))).unwrap_or_default(),
            reshard: self.reshards(&raw.reshard.unwrap_or_default(), raw.produce.messages, &format!("{below}/reshard")),
            replay: raw.replay.unwrap_or(false),
            within: promises.within,
            invariants: promises.invariants,
            expects: promises.expects,
        };
        self.check_stream_invariants(&workload, pointer);
        self.check_stream_stress(&workload, pointer);
        workload
    }

    fn put(&mut self, raw: &RawProduce, below: &str) -> Put {
        let keys = raw.keys.unwrap_or(1);
        if keys > raw.messages {
            let message = format!("{} records cannot have {keys} partition keys", raw.messages);
            self.findings
                .whole(&format!("{below}/produce/keys"), message, "give at most one key for each record")
                .label("too many");
        }
        Put {
            producers: raw.producers.unwrap_or(1),
            messages: raw.messages,
            keys,
            batch: raw.batch.unwrap_or(false),
            size: raw.size.unwrap_or(0),
        }
    }

    fn read(&mut self, raw: &RawRead, pointer: &str) -> Read {
        let preset = Read::default();
        let read = Read {
            polling: raw.polling.unwrap_or(preset.polling),
            fan_out: raw.fan_out.unwrap_or(preset.fan_out),
            limit: raw.limit,
            every: self.duration(raw.every.as_ref(), &format!("{pointer}/every")).unwrap_or(preset.every),
        };
        if read.polling + read.fan_out == 0 {
            let remedy = "give at least one reader, `polling` or `fan-out`";
            self.findings.whole(pointer, "a stream that nobody reads proves nothing", remedy).label("no reader");
        }
        read
    }

    fn reshards(&mut self, raw: &[RawReshard], messages: u32, pointer: &str) -> Vec<Reshard> {
        let mut reshards = Vec::with_capacity(raw.len());
        let mut before = 0;
        for (index, raw) in raw.iter().enumerate() {
            let at = format!("{pointer}/{index}");
            if raw.after < before || raw.after >= messages {
                let message = format!("there is no moment after {} records for it", raw.after);
                let remedy = "let `after` grow from one to the next, and stay below `produce.messages`";
                self.findings.whole(&format!("{at}/after"), message, remedy).label("never");
            }
            before = raw.after;
            let to = match (raw.split, raw.merge, raw.shards) {
                (Some(shard), None, None) => Shards::Split(shard),
                (None, Some(shard), None) => Shards::Merge(shard),
                (None, None, Some(count)) => Shards::Count(count),
                _ => {
                    let message = "a change of shards has exactly one of `split`, `merge` and `shards`";
                    let remedy = "write for example `{ after: 100, split: 0 }`";
                    self.findings.whole(&at, message, remedy).label("one of the three");
                    continue;
                }
            };
            reshards.push(Reshard { after: raw.after, to });
        }
        reshards
    }

    fn check_stream_invariants(&mut self, workload: &StreamWorkloadStep, pointer: &str) {
        for (index, invariant) in workload.invariants.iter().enumerate() {
            let lacking = match invariant {
                Invariant::SameReplay if !workload.replay => "`workload.replay`",
                Invariant::SameReplay if workload.read.polling == 0 => "a polling reader",
                Invariant::ParentBeforeChild if workload.reshard.is_empty() => "`workload.reshard`",
                Invariant::ExactlyOnceInWindow | Invariant::GroupOrder | Invariant::DeadLetterAfterN => "a queue",
                _ => continue,
            };
            let message = format!("`{invariant}` cannot be judged without {lacking}");
            let remedy = format!("add {lacking}, or leave the invariant out");
            self.findings.value(&format!("{pointer}/invariants/{index}"), message, remedy).label("always holds");
        }
    }

    fn check_stream_stress(&mut self, workload: &StreamWorkloadStep, pointer: &str) {
        for (index, stress) in workload.expects.iter().enumerate() {
            let lacking = match stress {
                Stress::Redelivery if !workload.replay => "`workload.replay`",
                Stress::ConcurrentConsumers if workload.read.polling + workload.read.fan_out < 2 => {
                    "at least two readers"
                }
                Stress::Resharding if workload.reshard.is_empty() => "`workload.reshard`",
                Stress::DeadLetter | Stress::DuplicateSend => "a queue",
                _ => continue,
            };
            let message = format!("`{stress}` cannot happen without {lacking}");
            let remedy = format!("add {lacking}, or leave the stress out");
            self.findings.value(&format!("{pointer}/expects/{index}"), message, remedy).label("never happens");
        }
    }
}
