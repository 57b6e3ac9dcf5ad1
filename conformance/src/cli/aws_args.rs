//! Options for AWS itself.

use clap::Args;

use crate::target::Options;

/// Options for AWS itself.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "AWS")]
pub struct AwsArgs {
    /// Allow calls to AWS itself, where cases create things that cost money; without this nothing is called there
    #[arg(long, env = "REDELIVER_ALLOW_AWS")]
    pub allow_aws: bool,
    /// Account that owns what is created, instead of the manifest's; on AWS the only one that is let in
    #[arg(long, value_name = "DIGITS", env = "REDELIVER_AWS_ACCOUNT", value_parser = account)]
    pub account: Option<String>,
    /// Region instead of the manifest's; on AWS that of the environment or profile otherwise
    #[arg(long, value_name = "NAME")]
    pub region: Option<String>,
}

/// What a run on AWS may cost.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "AWS")]
pub struct CostArgs {
    /// Start without asking once the estimate of the cost is told, as CI must
    #[arg(short, long)]
    pub yes: bool,
    /// Start nothing that is estimated to cost more dollars
    #[arg(long, value_name = "USD", value_parser = dollars)]
    pub max_cost: Option<u64>,
}

impl AwsArgs {
    /// Options with what these say.
    pub(super) fn options(&self, options: &Options) -> Options {
        let (account, region) = (self.account.clone(), self.region.clone());
        Options { account, region, consent: self.allow_aws, ..options.clone() }
    }
}

fn account(text: &str) -> Result<String, String> {
    let is_account = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_account { Ok(text.to_owned()) } else { Err("an account id has twelve digits".to_owned()) }
}

/// Billionths of a dollar.
fn dollars(text: &str) -> Result<u64, String> {
    let (whole, cents) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(cents) {
        return Err("write dollars as `2` or `0.50`".to_owned());
    }
    let number = |text: &str| text.parse::<u64>().map_err(|error| error.to_string());
    Ok(number(whole)? * 1_000_000_000 + number(&format!("{cents:0<9}"))?)
}

#[cfg(test)]
mod tests {
    use super::dollars;

    #[test]
    fn dollars_are_read_to_the_cent() {
        assert_eq!(["2", "0.50", "0.0001"].map(dollars), [Ok(2_000_000_000), Ok(500_000_000), Ok(100_000)]);
        for text in ["", "x", "-1", "1.", ".5", "1.2.3"] {
            assert!(dollars(text).is_err(), "{text}");
        }
    }
}
