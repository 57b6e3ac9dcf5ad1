//! Amazon Kinesis Data Streams: streams of records in shards, and who reads them.
//!
//! - `service`: [`Kinesis`], all streams of all accounts and regions; one call in, one answer out
//! - `dispatch`, `context`: from commands to operations, and what every operation gets besides its parameters
//! - `registry`, `find`: streams by id and by ARN; how the names and ARNs in parameters are read
//! - `stream`, `status`, `agenda`: one stream, what it is busy with, and what happens by itself
//! - `create_stream`, `delete_stream`, `describe_stream`, `describe_stream_summary`, `list_streams`: streams come, go and are found
//! - `shard`, `shards`, `hash_key`: one shard, the shards of a stream, and which hash keys they hold
//! - `sequence`, `decimal`, `records`: the numbers of records and how they are written, and the records of a shard
//! - `put_record`, `put_records`, `incoming`, `take`: records are taken
//! - `get_shard_iterator`, `iterator`, `position`, `get_records`: records are read
//! - `consumer`, `register_stream_consumer`, `deregister_stream_consumer`, `describe_stream_consumer`, `list_stream_consumers`: enhanced fan-out
//! - `subscribe_to_shard`, `subscription`: records are handed out as they come
//! - `tags`, `resource`, `resource_policy`, `access`: tags and policies of streams and consumers, and whom policies let in
//! - `stream_encryption`, `enhanced_monitoring`: encryption and metrics
//! - `account_settings`, `describe_limits`: what an account has and may have
//! - `control_fault`: why calls about these are refused
//! - `bucket`, `throughput`: what a shard takes in and gives out in a second
//! - `growth`: on-demand streams grow with what they take
//! - `call_rate`: how often operations may be called
//! - `change`, `reshard`, `split_shard`, `merge_shards`, `update_shard_count`, `day`: what changes about a stream, its shards above all
//! - `retention`: how long records are kept
//! - `update_stream_mode`, `update_stream_warm_throughput`, `update_max_record_size`, `update_distribution`: settings of streams
//! - `list_shards`, `shard_filter`, `token`: shards are found; pages of lists
//! - `queue`: queues on streams, whose records are acknowledged one by one
//! - `channel`: channels, which write what streams take into objects
//! - `error`, `error_table`: facts about refused calls, their codes and texts
//! - `event`: what happened
//! - `view`: streams as they are, to be looked at

mod access;
mod account_settings;
mod agenda;
mod bucket;
mod call_rate;
mod change;
mod channel;
mod consumer;
mod context;
mod control_fault;
mod create_stream;
mod day;
mod decimal;
mod delete_stream;
mod deregister_stream_consumer;
mod describe_limits;
mod describe_stream;
mod describe_stream_consumer;
mod describe_stream_summary;
mod dispatch;
mod enhanced_monitoring;
mod error;
mod error_table;
mod event;
mod find;
mod get_records;
mod get_shard_iterator;
mod growth;
mod hash_key;
mod incoming;
mod iterator;
mod list_shards;
mod list_stream_consumers;
mod list_streams;
mod merge_shards;
mod position;
mod put_record;
mod put_records;
mod queue;
mod records;
mod register_stream_consumer;
mod registry;
mod reshard;
mod resource;
mod resource_policy;
mod retention;
mod sequence;
mod service;
mod shard;
mod shard_filter;
mod shards;
mod split_shard;
mod status;
mod stream;
mod stream_encryption;
mod subscribe_to_shard;
mod subscription;
mod tags;
mod take;
mod throughput;
mod token;
mod update_distribution;
mod update_max_record_size;
mod update_shard_count;
mod update_stream_mode;
mod update_stream_warm_throughput;
mod view;

pub use channel::{ChannelFault, Compression, StoredObject};
pub use control_fault::ControlFault;
pub use error::Error;
pub use event::{Event, Happening};
pub use hash_key::{HashKey, HashRange};
pub use queue::QueueFault;
pub use sequence::SequenceNumber;
pub(crate) use service::{Call, Kinesis};
pub(crate) use shard::Shard;
pub use shard::ShardId;
pub(crate) use stream::{Stream, StreamId};
pub use view::{ChannelView, ConsumerView, QueueView, ShardView, StreamView};
