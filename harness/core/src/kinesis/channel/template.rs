//! The keys of objects.
//!
//! <https://docs.aws.amazon.com/streams/latest/dev/data-delivery-s3-key-template.html>

use redeliver_model::calendar;

use super::Compression;
use super::fault::ChannelFault;
use crate::{Timestamp, Uuid};

/// What a channel has whose maker says nothing else.
const DEFAULT: &str = "kinesis-channel/!{channel-name}/!{channel-id}/!{yyyy}/!{MM}/!{dd}/!{HH}/\
                       !{channel-name}-!{channel-id}-!{yyyy}-!{MM}-!{dd}-!{HH}-!{mm}!{extension}";
/// Characters of a template that has been filled in: the suffix takes up to 38 of S3's 1,024.
const FILLED_MAX: usize = 986;
/// Characters that stand for themselves, beside letters and digits.
const LITERALS: &str = "!-_'.*()/=";

/// One part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Variable(Variable),
}

/// What stands for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variable {
    ChannelName,
    ChannelId,
    StreamName,
    Year,
    YearOfCentury,
    Month,
    Day,
    Hour,
    Minute,
}

impl Variable {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "channel-name" => Self::ChannelName,
            "channel-id" => Self::ChannelId,
            "stream-name" => Self::StreamName,
            "yyyy" => Self::Year,
            "yy" => Self::YearOfCentury,
            "MM" => Self::Month,
            "dd" => Self::Day,
            "HH" => Self::Hour,
            "mm" => Self::Minute,
            _ => return None,
        })
    }
}

/// A template of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    parts: Vec<Part>,
    /// What keys end with.
    extension: String,
}

/// What is filled into a template.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    /// Name of the channel.
    pub(super) channel: &'a str,
    /// Its id.
    pub(super) id: &'a str,
    /// Name of its stream.
    pub(super) stream: &'a str,
}

impl Template {
    /// Reads `OutputKeyTemplate`, or takes the default.
    pub(super) fn new(given: Option<&str>, compression: Compression) -> Result<Self, ChannelFault> {
        let unfit = |reason| Err(ChannelFault::Unfit { reason });
        let text = given.unwrap_or(DEFAULT);
        if text.starts_with('/') || text.contains("//") {
            return unfit("OutputKeyTemplate must not start with a slash or contain consecutive slashes.");
        }
        if text.contains("..") || text.split('/').any(|segment| segment == ".") {
            return unfit("OutputKeyTemplate must not contain path traversal.");
        }
        let mut template = Self { parts: Vec::new(), extension: String::new() };
        let (mut rest, mut has_extension) = (text, false);
        while !rest.is_empty() {
            if has_extension {
                return unfit("OutputKeyTemplate must have its extension at the end.");
            }
            let Some(begun) = rest.strip_prefix("!{") else {
                let end = rest.find("!{").unwrap_or(rest.len());
                let (literal, after) = rest.split_at(end);
                if !literal.chars().all(|letter| letter.is_ascii_alphanumeric() || LITERALS.contains(letter)) {
                    return unfit("OutputKeyTemplate contains characters that are not allowed.");
                }
                template.parts.push(Part::Text(literal.to_owned()));
                rest = after;
                continue;
            };
            let Some((name, after)) = begun.split_once('}') else {
                return unfit("OutputKeyTemplate has a variable that is not closed.");
            };
            if let Some(extension) = extension(name, compression) {
                (template.extension, has_extension) = (extension, true);
            } else if let Some(variable) = Variable::parse(name) {
                template.parts.push(Part::Variable(variable));
            } else {
                return unfit("OutputKeyTemplate has a variable that is not supported.");
            }
            rest = after;
        }
        if compression != Compression::None && !has_extension {
            return unfit("OutputKeyTemplate must have an extension when compression is enabled.");
        }
        Ok(template)
    }

    /// Refuses a template whose keys would be too long.
    pub(super) fn be_short(&self, names: Names<'_>) -> Result<(), ChannelFault> {
        if self.stem(names, Timestamp(0)).len() + self.extension.len() <= FILLED_MAX {
            return Ok(());
        }
        Err(ChannelFault::Unfit {
            reason: "OutputKeyTemplate must not have more than 986 characters when it is filled in.",
        })
    }

    /// The key of an object that is written at a time. silent: whose time it is, and where the suffix stands; here it is in front of the
    /// extension, for which alone it makes a difference that the extension comes last.
    pub(super) fn key(&self, names: Names<'_>, at: Timestamp, id: Uuid) -> String {
        format!("{}-{id}{}", self.stem(names, at), self.extension)
    }

    fn stem(&self, names: Names<'_>, at: Timestamp) -> String {
        let (year, month, day) = calendar::date(at);
        let seconds = at.as_secs() % 86_400;
        let filled = self.parts.iter().map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Variable(Variable::ChannelName) => names.channel.to_owned(),
            Part::Variable(Variable::ChannelId) => names.id.to_owned(),
            Part::Variable(Variable::StreamName) => names.stream.to_owned(),
            Part::Variable(Variable::Year) => format!("{year:04}"),
            Part::Variable(Variable::YearOfCentury) => format!("{:02}", year % 100),
            Part::Variable(Variable::Month) => format!("{month:02}"),
            Part::Variable(Variable::Day) => format!("{day:02}"),
            Part::Variable(Variable::Hour) => format!("{:02}", seconds / 3_600),
            Part::Variable(Variable::Minute) => format!("{:02}", seconds / 60 % 60),
        });
        filled.collect()
    }
}

/// What `!{extension}` and `!{extension:.literal}` stand for; nothing where it is none of them.
fn extension(name: &str, compression: Compression) -> Option<String> {
    if name == "extension" {
        return Some(compression.extension().to_owned());
    }
    let literal = name.strip_prefix("extension:").filter(|literal| literal.starts_with('.'))?;
    literal.chars().all(|letter| letter.is_ascii_lowercase() || letter == '.').then(|| literal.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Compression, Names, Template};
    use crate::{Timestamp, Uuid};

    const NAMES: Names<'_> = Names { channel: "my-channel", id: "abc", stream: "my-stream" };
    /// 2026-07-20T14:30:00Z.
    const AT: Timestamp = Timestamp(1_784_557_800_000);

    fn key(template: Option<&str>, compression: Compression) -> String {
        Template::new(template, compression).expect("it is good").key(NAMES, AT, Uuid(1))
    }

    #[test]
    fn templates_of_the_documentation_are_filled_in() {
        let id = Uuid(1);
        assert_eq!(
            key(None, Compression::Gzip),
            format!("kinesis-channel/my-channel/abc/2026/07/20/14/my-channel-abc-2026-07-20-14-30-{id}.gz")
        );
        assert_eq!(
            key(Some("data/stream=!{stream-name}/!{yyyy}-!{MM}-!{dd}/!{HH}!{mm}!{extension:.json}"), Compression::None),
            format!("data/stream=my-stream/2026-07-20/1430-{id}.json")
        );
        assert_eq!(key(Some("!{channel-name}/!{channel-id}"), Compression::None), format!("my-channel/abc-{id}"));
        assert_eq!(key(Some("!{yy}!{extension}"), Compression::Zstd), format!("26-{id}.zst"));
    }

    #[test]
    fn templates_that_the_documentation_calls_invalid_are_refused() {
        let refused = [
            "/data/!{channel-name}!{extension}",
            "data/../!{channel-name}!{extension}",
            "data/./!{channel-name}!{extension}",
            "data//!{channel-name}!{extension}",
            "!{channel-name}!{extension}/!{yyyy}",
            "data/!{partition-id}!{extension}",
            "data/!{channel-name}",
            "data/!{channel-name}/!{yyyy",
            "data/!{channel-name}!{extension:json}",
            "data/!{channel-name}!{extension:.JSON}",
            "data/{channel-name}!{extension}",
            "data:!{extension}",
            "a!{extension}!{extension}",
        ];
        for template in refused {
            assert!(Template::new(Some(template), Compression::Gzip).is_err(), "{template}");
        }
    }

    #[test]
    fn keys_have_room_for_their_suffix() {
        let template =
            |letters: usize| Template::new(Some(&"a".repeat(letters)), Compression::None).expect("it is good");
        assert!(template(986).be_short(NAMES).is_ok());
        assert!(template(987).be_short(NAMES).is_err());
    }
}
