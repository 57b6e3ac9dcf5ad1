//! Which shards a reader may read, parents first.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The shards that a reader knows. A shard is read when all of its parents that there are have been read to their end.
#[derive(Debug, Default)]
pub(super) struct Lineage {
    /// Shards that wait, with the parents that they wait for.
    waiting: BTreeMap<String, BTreeSet<String>>,
    /// Shards that may be read.
    ready: BTreeSet<String>,
    /// Shards that were read to their end.
    done: BTreeSet<String>,
}

impl Lineage {
    /// Takes in the shards of a list of shards.
    pub(super) fn list(&mut self, shards: &[Value]) {
        let there: BTreeSet<&str> = shards.iter().filter_map(|shard| shard["ShardId"].as_str()).collect();
        for shard in shards {
            let parents = ["ParentShardId", "AdjacentParentShardId"].map(|name| shard[name].as_str());
            let parents = parents.into_iter().flatten().filter(|parent| there.contains(parent));
            self.add(shard, parents.map(str::to_owned).collect());
        }
    }

    /// A shard was read to its end: these take its place.
    pub(super) fn end(&mut self, shard: &str, children: &[Value]) {
        self.ready.remove(shard);
        self.done.insert(shard.to_owned());
        for child in children {
            let parents = child["ParentShards"].as_array().into_iter().flatten().filter_map(Value::as_str);
            self.add(child, parents.map(str::to_owned).collect());
        }
        let done = &self.done;
        let free: Vec<_> = self
            .waiting
            .iter()
            .filter(|(_, parents)| parents.is_subset(done))
            .map(|(shard, _)| shard.clone())
            .collect();
        for shard in free {
            self.waiting.remove(&shard);
            self.ready.insert(shard);
        }
    }

    /// Shards that may be read, in the order of their ids.
    pub(super) fn ready(&self) -> Vec<String> {
        self.ready.iter().cloned().collect()
    }

    fn add(&mut self, shard: &Value, parents: BTreeSet<String>) {
        let Some(id) = shard["ShardId"].as_str() else { return };
        if self.ready.contains(id) || self.done.contains(id) {
            return;
        }
        if parents.is_subset(&self.done) {
            self.waiting.remove(id);
            self.ready.insert(id.to_owned());
        } else {
            self.waiting.insert(id.to_owned(), parents);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn child_of_a_merge_waits_for_both_parents() {
        let mut lineage = Lineage::default();
        lineage.list(&[json!({ "ShardId": "a" }), json!({ "ShardId": "b" })]);
        assert_eq!(lineage.ready(), ["a", "b"]);
        let children = [json!({ "ShardId": "c", "ParentShards": ["a", "b"] })];
        lineage.end("a", &children);
        assert_eq!(lineage.ready(), ["b"]);
        lineage.end("b", &children);
        assert_eq!(lineage.ready(), ["c"]);
    }

    #[test]
    fn parents_that_are_gone_are_not_waited_for() {
        let mut lineage = Lineage::default();
        let child = |id: &str, parent: &str| json!({ "ShardId": id, "ParentShardId": parent });
        lineage.list(&[child("b", "a"), child("c", "b")]);
        assert_eq!(lineage.ready(), ["b"]);
        lineage.end("b", &[]);
        assert_eq!(lineage.ready(), ["c"]);
    }
}
