//! Why a call about channels is refused.

use std::sync::Arc;

/// A fact about a refused call that is about channels. silent: the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelFault {
    /// No such channel.
    NotFound {
        /// Its ARN.
        arn: String,
    },
    /// There is a channel of this name already.
    Exists {
        /// Its name.
        name: String,
        /// The account.
        account: Arc<str>,
    },
    /// The channel is being made, changed or deleted, or it failed.
    NotActive {
        /// Its name.
        name: Arc<str>,
        /// What it is busy with.
        status: String,
    },
    /// The stream has a channel of this kind already.
    TooManyOfStream {
        /// The kind, as `ChannelDestinationType` names it.
        kind: &'static str,
    },
    /// The stream has provisioned capacity.
    Provisioned,
    /// A parameter, or what several say together, is not supported.
    Unfit {
        /// Why.
        reason: &'static str,
    },
    /// The stream still has channels.
    HasChannels {
        /// The stream.
        stream: Arc<str>,
        /// Its account.
        account: Arc<str>,
    },
}

impl ChannelFault {
    /// Name of the error and text.
    pub(in crate::kinesis) fn name_and_text(&self) -> (&'static str, String) {
        match self {
            Self::NotFound { arn } => ("ResourceNotFoundException", format!("Channel {arn} not found.")),
            Self::Exists { name, account } => {
                ("ResourceInUseException", format!("Channel {name} under account {account} already exists."))
            }
            Self::NotActive { name, status } => {
                ("ResourceInUseException", format!("Channel {name} is not ACTIVE, instead in state {status}."))
            }
            Self::TooManyOfStream { kind } => (
                "LimitExceededException",
                format!("A stream cannot have more than one channel with destination {kind}."),
            ),
            Self::Provisioned => {
                ("ValidationException", "Channels are only supported for ON_DEMAND streams.".to_owned())
            }
            Self::Unfit { reason } => ("InvalidArgumentException", (*reason).to_owned()),
            Self::HasChannels { stream, account } => (
                "ResourceInUseException",
                format!("Stream {stream} under account {account} has channels. Delete them first."),
            ),
        }
    }
}

impl From<ChannelFault> for crate::kinesis::Error {
    fn from(fault: ChannelFault) -> Self {
        Self::Channel(fault)
    }
}
