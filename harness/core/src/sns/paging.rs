//! Pages of lists, each in an order of its own.

use std::ops::Bound;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Error;

/// What begins a token, so that other texts are not taken for one.
const MARK: &str = "after:";
/// Results of a page, unless the call says less. <https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html>
const RESULTS_MAX: usize = 100;

/// Which page is asked for.
///
/// A token holds what the last result of the page before was ordered by: whatever comes and goes meanwhile, what stays is listed exactly once.
#[derive(Debug)]
pub(in crate::sns) struct Paging {
    size: usize,
    after: Option<String>,
}

impl Paging {
    /// Reads `NextToken`. silent: what AWS says of texts that are no tokens.
    pub(in crate::sns) fn new(next_token: Option<String>) -> Result<Self, Error> {
        let after = next_token.filter(|token| !token.is_empty()).map(|token| parse(&token)).transpose()?;
        Ok(Self { size: RESULTS_MAX, after })
    }

    /// With `MaxResults`.
    pub(in crate::sns) fn at_most(self, max_results: Option<i32>) -> Self {
        let size =
            max_results.and_then(|most| usize::try_from(most).ok()).map_or(self.size, |most| most.clamp(1, self.size));
        Self { size, ..self }
    }

    /// How many results the page has at most.
    pub(in crate::sns) fn size(&self) -> usize {
        self.size
    }

    /// What the last result of the page before was ordered by.
    pub(in crate::sns) fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// The names of this page and all later ones.
    pub(in crate::sns) fn bounds(&self) -> (Bound<&str>, Bound<&str>) {
        (self.after().map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded)
    }

    /// The items of this page, and the token of the next one. `items` are in the order of their keys.
    pub(in crate::sns) fn page<T>(
        &self,
        items: impl Iterator<Item = T>,
        key: impl Fn(&T) -> &str,
    ) -> (Vec<T>, Option<String>) {
        let is_later = |item: &T| self.after().is_none_or(|after| key(item) > after);
        let mut items = items.skip_while(|item| !is_later(item));
        let page: Vec<T> = items.by_ref().take(self.size).collect();
        let token = items.next().and(page.last()).map(|last| Self::token(key(last)));
        (page, token)
    }

    /// The token of the page after the one that ends with `last`. AWS's, too, are base64, as recorded.
    pub(in crate::sns) fn token(last: &str) -> String {
        STANDARD.encode(format!("{MARK}{last}"))
    }
}

fn parse(token: &str) -> Result<String, Error> {
    let text = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let after = text.as_deref().and_then(|text| text.strip_prefix(MARK)).map(str::to_owned);
    after.ok_or(Error::Parameter { parameter: "NextToken" })
}

#[cfg(test)]
mod tests {
    use std::ops::Bound;

    use super::Paging;

    #[test]
    fn token_leads_to_what_comes_after_the_last() {
        let first = Paging::new(None).unwrap();
        assert_eq!((first.size(), first.bounds()), (100, (Bound::Unbounded, Bound::Unbounded)));
        let second = Paging::new(Some(Paging::token("b.fifo"))).unwrap().at_most(Some(2));
        assert_eq!((second.size(), second.bounds()), (2, (Bound::Excluded("b.fifo"), Bound::Unbounded)));
    }

    #[test]
    fn pages_have_a_hundred_items_and_lead_to_the_next() {
        let names: Vec<String> = (0..201).map(|number| format!("{number:03}")).collect();
        let page = |token| {
            let (page, next) = Paging::new(token).unwrap().page(names.iter(), |name| name);
            (page.len(), page[0].as_str(), next)
        };
        let (first, second) = (page(None), page(page(None).2));
        assert_eq!((first.0, first.1), (100, "000"));
        assert_eq!((second.0, second.1), (100, "100"));
        assert_eq!(page(second.2), (1, "200", None));
    }

    #[test]
    fn texts_that_are_no_tokens_are_refused() {
        for token in ["garbage", "!", "YQ=="] {
            let told = Paging::new(Some(token.to_owned())).unwrap_err().to_string();
            assert_eq!(told, "Invalid parameter: NextToken", "{token}");
        }
    }
}
