//! The order in which the values of an enumeration are told.
//!
//! AWS tells them in the order of a hash table: all sets in answers of Kinesis and `DynamoDB` are sorted by the lower
//! five bits of Java's `String.hashCode`. Values that share these bits keep the order of the model.

/// The values as AWS orders them.
pub(super) fn ordered(values: &[&'static str]) -> Vec<&'static str> {
    let mut ordered = values.to_vec();
    ordered.sort_by_key(|value| hash_code(value) & 31);
    ordered
}

/// Java's `String.hashCode`.
/// <https://docs.oracle.com/javase/8/docs/api/java/lang/String.html#hashCode-->
fn hash_code(text: &str) -> u32 {
    text.encode_utf16().fold(0, |hash: u32, unit| hash.wrapping_mul(31).wrapping_add(unit.into()))
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn order_is_that_of_recorded_answers() {
        // From answers of Kinesis and `DynamoDB`, in the tests of kinesalite and dynalite.
        let recorded: [&[&str]; 6] = [
            &["AFTER_SEQUENCE_NUMBER", "LATEST", "AT_TIMESTAMP", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"],
            &["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"],
            &["INDEXES", "TOTAL", "NONE"],
            &["SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"],
            &["SIZE", "NONE"],
            &[
                "IN",
                "NULL",
                "BETWEEN",
                "LT",
                "NOT_CONTAINS",
                "EQ",
                "GT",
                "NOT_NULL",
                "NE",
                "LE",
                "BEGINS_WITH",
                "GE",
                "CONTAINS",
            ],
        ];
        for expected in recorded {
            let mut alphabetical = expected.to_vec();
            alphabetical.sort_unstable();
            assert_eq!(ordered(&alphabetical), expected);
        }
    }
}
