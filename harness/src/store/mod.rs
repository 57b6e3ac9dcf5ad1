//! Where objects go that channels of Kinesis write: a folder, an S3-compatible endpoint, or else the outbox.
//!
//! - `store`: [`Store`], where objects wait to be written, and by whom; start here
//! - `folder`: one file for each
//! - `bucket` (with the feature `server`): [`Bucket`], one `PUT` for each
//! - `frame`: gzip and Zstandard around what is in an object
//! - `entry`: an object in the outbox

#[cfg(feature = "server")]
mod bucket;
mod entry;
mod folder;
mod frame;
#[expect(clippy::module_inception, reason = "the store is what the folder is about")]
mod store;

#[cfg(feature = "server")]
pub use bucket::Bucket;
pub(crate) use store::Store;
