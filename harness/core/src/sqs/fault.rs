//! What can be wrong with attributes, policies and tags: one variant a fact. Their texts stand in `fault_table`.

/// What is wrong with a message attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeFault {
    /// The name is empty.
    NameEmpty,
    /// The name has more than 256 characters.
    NameTooLong,
    /// The name begins with `AWS.` or `Amazon.`.
    NameReserved,
    /// The name begins with a dot.
    NameStartsWithDot,
    /// The name ends with a dot.
    NameEndsWithDot,
    /// The name has two dots side by side.
    NameHasTwoDots,
    /// The name holds a character other than letters, digits, `_`, `-` and `.`.
    NameCharacter {
        /// The character.
        character: char,
    },
    /// The type is missing or empty.
    TypeMissing,
    /// The type has more than 256 characters.
    TypeTooLong,
    /// The type is neither `String`, `Number` nor `Binary`, with or without a label.
    TypeUnknown,
    /// There is no value, or an empty one.
    ValueEmpty {
        /// The type.
        data_type: String,
    },
    /// There are two values.
    ValuesTwo,
    /// The value is in the field of another type.
    ValueField {
        /// The type.
        data_type: String,
        /// The field where the value should be.
        field: &'static str,
    },
    /// The value holds a character that is not allowed.
    ValueCharacter {
        /// The character.
        character: char,
    },
    /// The value of a number does not read as one.
    NumberForm,
    /// A number has more than 38 significant digits.
    NumberPrecision {
        /// The number.
        value: String,
    },
    /// A number is too near to zero or too far from it.
    NumberMagnitude {
        /// The number.
        value: String,
    },
}

/// What is wrong with a system attribute of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemAttributeFault {
    /// It is not `AWSTraceHeader`.
    Name,
    /// Its type is not `String`.
    Type,
    /// It has no value, or an empty one.
    Value,
    /// Its value holds a character that is not allowed.
    Character {
        /// The character.
        character: char,
    },
}

/// What is wrong with a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagFault {
    /// The key has no characters, more than 128, or one that is not allowed.
    Key,
    /// The key begins with `aws:`.
    KeyReserved,
    /// The value has more than 256 characters, or one that is not allowed.
    Value,
}

/// What is wrong with a `RedrivePolicy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedriveFault {
    /// It is no JSON object.
    NotJson,
    /// A member is missing.
    Missing {
        /// `maxReceiveCount` or `deadLetterTargetArn`.
        member: &'static str,
    },
    /// It has another member than the two.
    UnknownMember,
    /// `maxReceiveCount` is not a whole number from 1 to 1,000.
    Count {
        /// What was given.
        given: String,
    },
    /// `deadLetterTargetArn` is no ARN.
    TargetNotArn,
    /// The target is of another service.
    TargetNotSqs,
    /// The target belongs to another account.
    TargetOwner,
    /// The target is in another region.
    TargetRegion,
    /// The target is of the other type of queue.
    TargetType,
    /// There is no such target.
    TargetMissing,
    /// The target's `RedriveAllowPolicy` does not let this queue use it.
    TargetRefuses,
}

/// What is wrong with a `RedriveAllowPolicy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedriveAllowFault {
    /// It is no JSON object of the two known members with a known permission.
    Format,
    /// It has `sourceQueueArns` without `byQueue`.
    SourcesWithoutByQueue,
    /// It has `byQueue` without `sourceQueueArns`.
    ByQueueWithoutSources,
    /// It has more than ten `sourceQueueArns`.
    TooManySources,
}
