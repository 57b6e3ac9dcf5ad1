//! Where a channel writes.

use redeliver_model::kinesis::{
    DeadLetterQueueS3Configuration, S3CompressionType, S3DestinationConfiguration, S3DestinationDescription,
    S3StorageClass, S3StorageConfiguration, S3TablesCompressionType, S3TablesConfiguration,
    S3TablesDestinationConfiguration, S3TablesDestinationDescription,
};

use super::format::Format;
use super::template::Template;
use super::{ChannelFault, Compression};
use crate::kinesis::Error;

/// Seconds that records wait at most, unless the maker of the channel says otherwise.
/// <https://docs.aws.amazon.com/streams/latest/dev/data-delivery-concepts.html>
const FRESHNESS_SECS: u32 = 300;

/// Where a channel writes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Destination {
    /// Objects in a bucket.
    Bucket { storage: S3StorageConfiguration, template: Template },
    /// Rows of a table. There is no table here: its rows are kept as lines of JSON below its name.
    Table { table: Box<S3TablesConfiguration> },
}

/// What a channel is made with, checked.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Target {
    pub(super) destination: Destination,
    pub(super) compression: Compression,
    pub(super) dead_letters: Option<DeadLetterQueueS3Configuration>,
    pub(super) freshness_secs: u32,
}

fn unfit(reason: &'static str) -> Error {
    ChannelFault::Unfit { reason }.into()
}

impl Target {
    /// Reads the destination of a new channel, of which there is exactly one.
    pub(super) fn new(
        bucket: Option<S3DestinationConfiguration>,
        table: Option<S3TablesDestinationConfiguration>,
    ) -> Result<Self, Error> {
        match (bucket, table) {
            (Some(bucket), None) => Self::bucket(bucket),
            (None, Some(table)) => Self::table(table),
            _ => Err(unfit(
                "Exactly one of S3DestinationConfiguration and S3TablesDestinationConfiguration is required.",
            )),
        }
    }

    fn bucket(given: S3DestinationConfiguration) -> Result<Self, Error> {
        const MEMBER: &str = "s3DestinationConfiguration.storageConfiguration";
        let mut storage = given.storage_configuration.ok_or(Error::Missing { member: MEMBER })?;
        let compression = match storage.compression_type.as_ref() {
            Some(S3CompressionType::None) => Compression::None,
            Some(S3CompressionType::Gzip) => Compression::Gzip,
            Some(S3CompressionType::Zstd) => Compression::Zstd,
            Some(S3CompressionType::Other(other)) => {
                let member = "s3DestinationConfiguration.storageConfiguration.compressionType";
                return Err(Error::Unknown { member, value: other.to_string() });
            }
            None => {
                return Err(Error::Missing {
                    member: "s3DestinationConfiguration.storageConfiguration.compressionType",
                });
            }
        };
        let template = Template::new(storage.output_key_template.as_deref(), compression)?;
        storage.storage_class.get_or_insert(S3StorageClass::Standard);
        Ok(Self {
            destination: Destination::Bucket { storage, template },
            compression,
            dead_letters: given.dead_letter_queue_s3_configuration,
            freshness_secs: freshness_secs(given.data_freshness_in_seconds)?,
        })
    }

    fn table(given: S3TablesDestinationConfiguration) -> Result<Self, Error> {
        const MEMBER: &str = "s3TablesDestinationConfiguration.s3TablesConfigurationList";
        let tables = given.s3_tables_configuration_list.ok_or(Error::Missing { member: MEMBER })?;
        let [table] =
            <[_; 1]>::try_from(tables).map_err(|_| unfit("A channel has exactly one table configuration."))?;
        let dead_letters = given.dead_letter_queue_s3_configuration;
        if dead_letters.is_none() {
            let member = "s3TablesDestinationConfiguration.deadLetterQueueS3Configuration";
            return Err(Error::Missing { member });
        }
        let compression = match table.compression_type.as_ref() {
            Some(S3TablesCompressionType::Zstd) => Compression::Zstd,
            Some(S3TablesCompressionType::Snappy) => Compression::Snappy,
            _ => Compression::None,
        };
        let freshness_secs = freshness_secs(given.data_freshness_in_seconds)?;
        let destination = Destination::Table { table: Box::new(table) };
        Ok(Self { destination, compression, dead_letters, freshness_secs })
    }

    /// Refuses records that its kind of destination does not take.
    /// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RecordConfiguration.html>
    pub(super) fn be_for(&self, format: Format, has_schema: bool) -> Result<(), Error> {
        match (&self.destination, format) {
            (Destination::Bucket { .. }, Format::GlueJson) => {
                Err(unfit("RecordFormatType GSR_JSON is only supported for S3 Tables destinations."))
            }
            (Destination::Table { .. }, Format::Text | Format::Bytes) => {
                Err(unfit("RecordFormatType STRING and BYTE_ARRAY are only supported for S3 destinations."))
            }
            (Destination::Table { .. }, _) if !has_schema => {
                Err(unfit("GSRSchemaARN is required for S3 Tables destinations."))
            }
            _ => Ok(()),
        }
    }

    /// The kind of destination, as `ChannelDestinationType` names it.
    pub(super) fn kind(&self) -> &'static str {
        match self.destination {
            Destination::Bucket { .. } => "S3",
            Destination::Table { .. } => "S3_TABLES",
        }
    }

    /// Where records go that cannot be delivered: without a place of their own, to the bucket of all others.
    fn dead_letters(&self) -> DeadLetterQueueS3Configuration {
        match (&self.dead_letters, &self.destination) {
            (Some(given), _) => given.clone(),
            (None, Destination::Bucket { storage, .. }) => DeadLetterQueueS3Configuration {
                bucket_arn: storage.bucket_arn.clone(),
                error_output_prefix: None,
                expected_bucket_owner: storage.expected_bucket_owner.clone(),
            },
            (None, Destination::Table { .. }) => DeadLetterQueueS3Configuration::default(),
        }
    }

    /// As above, with the prefix that there is where none is given.
    pub(super) fn shown_dead_letters(&self, channel: &str, id: &str) -> DeadLetterQueueS3Configuration {
        let mut shown = self.dead_letters();
        shown.error_output_prefix.get_or_insert_with(|| format!("kinesis-channel/errors/{channel}/{id}/"));
        shown
    }

    /// As clients see it: one of the two is there.
    pub(super) fn to_model(
        &self,
        channel: &str,
        id: &str,
    ) -> (Option<S3DestinationDescription>, Option<S3TablesDestinationDescription>) {
        let data_freshness_in_seconds = i32::try_from(self.freshness_secs).ok();
        let dead_letter_queue_s3_configuration = Some(self.shown_dead_letters(channel, id));
        match &self.destination {
            Destination::Bucket { storage, .. } => {
                let storage_configuration = Some(storage.clone());
                let shown = S3DestinationDescription {
                    data_freshness_in_seconds,
                    dead_letter_queue_s3_configuration,
                    storage_configuration,
                };
                (Some(shown), None)
            }
            Destination::Table { table } => {
                let s3_tables_configuration_list = Some(vec![(**table).clone()]);
                let shown = S3TablesDestinationDescription {
                    data_freshness_in_seconds,
                    dead_letter_queue_s3_configuration,
                    s3_tables_configuration_list,
                };
                (None, Some(shown))
            }
        }
    }
}

/// Reads `DataFreshnessInSeconds`.
/// <https://docs.aws.amazon.com/streams/latest/dev/data-delivery-concepts.html>
pub(super) fn freshness_secs(given: Option<i32>) -> Result<u32, Error> {
    let Some(given) = given else { return Ok(FRESHNESS_SECS) };
    let secs = u32::try_from(given).ok().filter(|secs| (300..=900).contains(secs));
    secs.ok_or_else(|| unfit("DataFreshnessInSeconds must be between 300 and 900."))
}
