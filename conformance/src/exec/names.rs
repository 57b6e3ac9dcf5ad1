//! Names and seeds of one case.

use crate::target::Target;

/// A number that depends on nothing but the run and the text: not on the order of cases, and not on how many run at the same time.
pub(super) fn seed_of(run: u64, text: &str) -> u64 {
    // FNV-1a, then the finalizer of SplitMix64, so that every bit of the text reaches every bit of the result.
    let mut hash = 0xCBF2_9CE4_8422_2325_u64 ^ run;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

/// `${unique}`: a name of this case, whose seed this is, in the run of this target; 26 characters.
pub(super) fn unique(target: &Target, case: &str, seed: u64) -> String {
    match target.rules() {
        Some(rules) => rules.unique(case, seed),
        None => named(seed),
    }
}

/// The same on a target without rules for names.
pub(super) fn named(seed: u64) -> String {
    format!("redeliver-{seed:016x}")
}

/// The ARN partition of a region.
pub(super) fn partition(region: &str) -> &'static str {
    if region.starts_with("cn-") {
        "aws-cn"
    } else if region.starts_with("us-gov-") {
        "aws-us-gov"
    } else {
        "aws"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_by_run_and_case_and_repeat() {
        let names = [(1, "a::b"), (1, "a::c"), (2, "a::b"), (1, "a::b")].map(|(run, case)| named(seed_of(run, case)));
        assert_eq!(names[0], names[3]);
        assert!(names[0] != names[1] && names[0] != names[2] && names[1] != names[2], "{names:?}");
        for name in names {
            assert!(
                name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
                "{name}"
            );
        }
    }

    #[test]
    fn a_region_belongs_to_a_partition() {
        assert_eq!(["us-east-1", "cn-north-1", "us-gov-west-1"].map(partition), ["aws", "aws-cn", "aws-us-gov"]);
    }
}
