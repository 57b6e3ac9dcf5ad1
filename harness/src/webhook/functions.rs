//! Where functions can be invoked.

use std::collections::BTreeMap;

/// Addresses by function: its ARN, or its name alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Functions(BTreeMap<String, String>);

impl Functions {
    /// Notes where a function can be invoked.
    pub(crate) fn insert(&mut self, function: String, url: String) {
        self.0.insert(function, url);
    }

    /// The address for the function of this ARN.
    pub(super) fn find(&self, arn: &str) -> Option<&str> {
        self.0.get(arn).or_else(|| self.0.get(name(arn))).map(String::as_str)
    }
}

/// The name in the ARN of a function, without version or alias.
pub(super) fn name(arn: &str) -> &str {
    let after = arn.split_once(":function:").map_or(arn, |(_, after)| after);
    after.split(':').next().unwrap_or(after)
}

#[cfg(test)]
mod tests {
    use super::Functions;

    #[test]
    fn functions_are_found_by_arn_and_by_name() {
        let mut functions = Functions::default();
        functions.insert("f".to_owned(), "http://localhost:1/".to_owned());
        functions.insert("arn:aws:lambda:r:2:function:f".to_owned(), "http://localhost:2/".to_owned());
        let find = |arn| functions.find(arn);
        assert_eq!(find("arn:aws:lambda:r:1:function:f:live"), Some("http://localhost:1/"));
        assert_eq!(find("arn:aws:lambda:r:2:function:f"), Some("http://localhost:2/"));
        assert_eq!(find("arn:aws:lambda:r:1:function:g"), None);
    }
}
