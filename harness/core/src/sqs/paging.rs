//! Pages of lists that are in the order of names.

use std::ops::Bound;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{Error, validate};

/// What begins a token, so that other texts are not taken for one.
const MARK: &str = "after:";
/// Results of a call that sets no `MaxResults`, and the most that it can set.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html>
const RESULTS_MAX: usize = 1_000;

/// Which page is asked for.
///
/// A token holds the last name of the page before: whatever is created or deleted meanwhile, a queue that stays is listed exactly once.
#[derive(Debug)]
pub(super) struct Paging {
    max_results: Option<usize>,
    after: Option<String>,
}

impl Paging {
    /// Reads `MaxResults` and `NextToken`.
    pub(super) fn new(max_results: Option<i32>, next_token: Option<String>) -> Result<Self, Error> {
        let max_results = validate::max_results(max_results)?;
        let after = next_token.filter(|token| !token.is_empty()).map(parse).transpose()?;
        Ok(Self { max_results, after })
    }

    /// How many results the page has at most.
    pub(super) fn size(&self) -> usize {
        self.max_results.unwrap_or(RESULTS_MAX)
    }

    /// The names of this page and all later ones.
    pub(super) fn bounds(&self) -> (Bound<&str>, Bound<&str>) {
        let start = self.after.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        (start, Bound::Unbounded)
    }

    /// The token of the page after the one that ends with `last`; AWS gives tokens only to calls that set `MaxResults`.
    pub(super) fn token(&self, last: &str) -> Option<String> {
        self.max_results.map(|_| URL_SAFE_NO_PAD.encode(format!("{MARK}{last}")))
    }
}

fn parse(token: String) -> Result<String, Error> {
    let bytes = URL_SAFE_NO_PAD.decode(&token).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let name = text.as_deref().and_then(|text| text.strip_prefix(MARK)).map(str::to_owned);
    name.ok_or(Error::InvalidParameter {
        value: token,
        parameter: "NextToken",
        reason: "It was not given out by this service.",
    })
}

#[cfg(test)]
mod tests {
    use std::ops::Bound;

    use super::Paging;

    #[test]
    fn token_leads_to_the_names_after_the_last() {
        let first = Paging::new(Some(2), None).unwrap();
        assert_eq!((first.size(), first.bounds()), (2, (Bound::Unbounded, Bound::Unbounded)));
        let second = Paging::new(Some(2), first.token("b.fifo")).unwrap();
        assert_eq!(second.bounds(), (Bound::Excluded("b.fifo"), Bound::Unbounded));
    }

    #[test]
    fn call_without_max_results_gets_a_thousand_and_no_token() {
        let paging = Paging::new(None, None).unwrap();
        assert_eq!((paging.size(), paging.token("a")), (1_000, None));
    }

    #[test]
    fn texts_that_are_no_tokens_are_refused() {
        for token in ["garbage", "!", "YQ"] {
            let text = Paging::new(Some(1), Some(token.to_owned())).unwrap_err().to_string();
            assert!(text.starts_with(&format!("Value {token} for parameter NextToken is invalid.")), "{text}");
        }
    }
}
