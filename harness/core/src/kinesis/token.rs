//! `NextToken` of lists: what the next page comes after.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Error;
use crate::Timestamp;

/// What begins a token, so that other texts are not taken for one.
const MARK: &str = "after";
/// Milliseconds for which a token is good.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html>
const LIFE_MS: u64 = 300_000;

/// Where a list goes on. It holds what the last result of the page before was ordered by: whatever comes and goes meanwhile, what stays is
/// listed exactly once.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::kinesis) struct Token {
    made_at: Timestamp,
    /// What is listed, such as the ARN of the stream whose shards are.
    pub(in crate::kinesis) of: String,
    /// What the last result was ordered by.
    pub(in crate::kinesis) after: String,
}

impl Token {
    /// Made now.
    pub(in crate::kinesis) fn new(now: Timestamp, of: &str, after: &str) -> Self {
        Self { made_at: now, of: of.to_owned(), after: after.to_owned() }
    }

    /// As clients get it.
    pub(in crate::kinesis) fn to_text(&self) -> String {
        let Self { made_at, of, after } = self;
        STANDARD.encode(format!("{MARK}\n{made_at}\n{of}\n{after}"))
    }

    /// Reads one, and refuses it when it is too old.
    pub(in crate::kinesis) fn parse(text: &str, now: Timestamp) -> Result<Self, Error> {
        let token = Self::read(text).ok_or(Error::InvalidToken)?;
        if now.since(token.made_at).as_millis() > LIFE_MS.into() {
            return Err(Error::ExpiredToken { made_at: token.made_at, now });
        }
        Ok(token)
    }

    fn read(text: &str) -> Option<Self> {
        let text = String::from_utf8(STANDARD.decode(text).ok()?).ok()?;
        let mut lines = text.splitn(4, '\n');
        if lines.next() != Some(MARK) {
            return None;
        }
        let made_at = Timestamp(lines.next()?.parse().ok()?);
        Some(Self { made_at, of: lines.next()?.to_owned(), after: lines.next()?.to_owned() })
    }
}

/// The first `size` of what is left of a list, and the token of the rest where there is more.
pub(in crate::kinesis) fn page<T>(
    left: impl IntoIterator<Item = T>,
    size: usize,
    after: impl FnOnce(&T) -> Token,
) -> (Vec<T>, Option<String>) {
    let mut left = left.into_iter();
    let page: Vec<T> = left.by_ref().take(size).collect();
    let next = left.next().and(page.last()).map(|last| after(last).to_text());
    (page, next)
}

#[cfg(test)]
mod tests {
    use super::{Error, Timestamp, Token, page};

    #[test]
    fn page_that_is_the_last_leads_to_no_other() {
        let after = |last: &u32| Token::new(Timestamp(0), "", &last.to_string());
        assert_eq!(page(1..=3, 2, after), (vec![1, 2], Some(after(&2).to_text())));
        assert_eq!(page(1..=2, 2, after), (vec![1, 2], None));
        assert_eq!(page(1..1, 2, after), (vec![], None));
    }

    #[test]
    fn token_is_good_for_five_minutes() {
        let text = Token::new(Timestamp(1_000), "arn", "shard").to_text();
        let read = |now| Token::parse(&text, Timestamp(now));
        assert_eq!(read(301_000), Ok(Token::new(Timestamp(1_000), "arn", "shard")));
        let expired = Error::ExpiredToken { made_at: Timestamp(1_000), now: Timestamp(301_001) };
        assert_eq!(read(301_001), Err(expired));
    }

    #[test]
    fn texts_that_are_no_tokens_are_refused() {
        for text in ["", "garbage", "!", "YQ=="] {
            assert_eq!(Token::parse(text, Timestamp(0)), Err(Error::InvalidToken), "{text}");
        }
    }
}
