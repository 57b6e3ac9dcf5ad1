//! Texts of a form. The title names the form in messages, the description is the remedy.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

/// A text with a form of its own: type, name in the schema, noun, pattern, remedy.
macro_rules! text {
    ($name:ident, $rename:literal, $noun:literal, $pattern:literal, $remedy:literal) => {
        #[doc = $remedy]
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
        #[serde(transparent)]
        pub(crate) struct $name(pub(crate) String);

        // By hand, because the derive takes no literals that come out of a macro.
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                Cow::Borrowed($rename)
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "title": $noun, "description": $remedy, "type": "string", "pattern": $pattern })
            }
        }
    };
}

text! {
    RawSentence, "Sentence", "a sentence", r"\S",
    "write a sentence"
}
text! {
    RawName, "Name", "a name in lower-hyphen", "^[a-z0-9]+(-[a-z0-9]+)*$",
    "use lowercase letters and digits, words joined by single hyphens, as in `received-message-is-hidden`"
}
text! {
    RawVariable, "Variable", "the name of a variable", "^[a-z][a-z0-9_]*$",
    "use lowercase letters, digits and `_`, a letter first, as in `url` or `dlq_url`"
}
text! {
    RawDuration, "Duration", "a duration", "^[0-9]+(ms|s|m|h|d)$",
    "write a whole number with `ms`, `s`, `m`, `h` or `d`, for example `31s`"
}
text! {
    RawDate, "Date", "a date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "write a date as `YYYY-MM-DD`"
}
text! {
    RawUrl, "Url", "a URL", r"^https://[a-z0-9.-]+\.[a-z]+(/\S*)?$",
    "write an address that starts with `https://`"
}
text! {
    RawDoc, "Doc", "a URL of AWS documentation", r"^https://(([a-z0-9-]+\.)*aws\.amazon\.com|repost\.aws|github\.com/(aws|awslabs|awsdocs|aws-samples|aws-cloudformation|amazon-archives|boto|smithy-lang))/\S+$",
    "give a page below `aws.amazon.com`, `repost.aws` or a repository that AWS owns on GitHub; other addresses go into `source`"
}
text! {
    RawCall, "Call", "a call", "^[a-z]+:[A-Za-z]+$",
    "write service and operation by their API names, for example `sqs:SendMessage`"
}
text! {
    RawMethod, "Method", "an HTTP method", "^[A-Z]+$",
    "write it in capitals, for example `POST`"
}
text! {
    RawPointer, "Pointer", "a JSON pointer", "^(/([^~/]|~[01])+)+$",
    "write a JSON pointer such as `/Messages/0/ReceiptHandle`"
}
