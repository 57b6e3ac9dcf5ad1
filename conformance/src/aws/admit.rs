//! Consent, account, region and credentials, before anything is called.

use indexmap::IndexMap;
use redeliver_model::Service;

use super::login::{Login, environment};
use super::{Aws, Caller, Rules, RunId, moment};
use crate::target::{Addresses, Credentials, Endpoint, TargetProblem};

/// What a run on AWS asks for.
#[derive(Debug)]
pub(crate) struct Wanted<'a> {
    /// What the manifest says of AWS.
    pub(crate) aws: &'a Aws,
    /// Name of the target.
    pub(crate) name: &'a str,
    /// Whether the user said that AWS may be called.
    pub(crate) consent: bool,
    /// The account that the user names, if he does.
    pub(crate) account: Option<&'a str>,
    /// The region that the user names; that of his environment otherwise.
    pub(crate) region: Option<&'a str>,
    /// The number of the run.
    pub(crate) run: u64,
}

/// A run that may call AWS.
#[derive(Debug)]
pub(crate) struct Admitted {
    /// Whose credentials they are: of the account that was named.
    pub(crate) caller: Caller,
    /// The region.
    pub(crate) region: String,
    /// Where its services answer.
    pub(crate) addresses: Addresses,
    /// What holds for every call.
    pub(crate) rules: Rules,
    login: Login,
}

impl Admitted {
    /// Credentials that are good for a while.
    pub(crate) async fn credentials(&self) -> Credentials {
        self.login.credentials().await
    }
}

/// Lets a run in, or says why not. Nothing but `sts:GetCallerIdentity` is called.
pub(crate) async fn admit(wanted: &Wanted<'_>) -> Result<Admitted, TargetProblem> {
    let name = wanted.name;
    let usage = |text: String| Err(TargetProblem::Usage(text));
    if !wanted.consent {
        return usage(format!(
            "`{name}` is AWS itself, where cases create things that cost money: say `--allow-aws` if that is wanted"
        ));
    }
    let Some(account) = wanted.account else {
        return usage(format!("which account of AWS may `{name}` use? name it by `--account`, twelve digits"));
    };
    let config = environment().await;
    let regions = wanted.aws.regions.join(", ");
    let found = config.region().map(|region| region.as_ref().to_owned());
    let Some(region) = wanted.region.map(str::to_owned).or(found) else {
        return usage(format!("which region of AWS? name it by `--region` or `AWS_REGION`: one of {regions}"));
    };
    if !wanted.aws.regions.contains(&region) {
        return usage(format!(
            "the region `{region}` is not allowed: use one of {regions}, or add it to `regions` in a manifest of your own"
        ));
    }
    let override_url = config.endpoint_url().map(Endpoint::parse).transpose()?;
    let login = Login::new(config).await?;
    let sts = override_url.clone().map_or_else(|| service_endpoint("sts", &region), Ok)?;
    let caller = login.caller(&sts, &region).await?;
    if caller.account != account {
        let seen = &caller.account;
        return usage(format!(
            "the credentials are of the account `{seen}`, and `{account}` is the one that was named: nothing was called there"
        ));
    }
    let addresses = match override_url {
        Some(endpoint) => Addresses::from(endpoint),
        None => addresses(&region)?,
    };
    let rules = Rules::new(RunId::new(wanted.run), moment::now(), wanted.aws.clone());
    Ok(Admitted { caller, region, addresses, rules, login })
}

/// Where AWS's services answer in a region.
/// <https://docs.aws.amazon.com/general/latest/gr/rande.html>
fn addresses(region: &str) -> Result<Addresses, TargetProblem> {
    let of = |service: Service| service_endpoint(service.prefix(), region);
    let others = [Service::Sns, Service::Kinesis].map(|service| of(service).map(|endpoint| (service, endpoint)));
    let others = others.into_iter().collect::<Result<IndexMap<_, _>, _>>()?;
    Ok(Addresses::new(of(Service::Sqs)?, others))
}

fn service_endpoint(service: &str, region: &str) -> Result<Endpoint, TargetProblem> {
    let domain = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    Endpoint::parse(&format!("https://{service}.{region}.{domain}"))
}

#[cfg(test)]
mod tests {
    use redeliver_model::Service;

    use super::addresses;

    #[test]
    fn each_service_answers_at_an_address_of_its_region() {
        let addresses = addresses("eu-west-1").unwrap();
        let shown = Service::ALL.map(|service| addresses.of(service).to_string());
        let expected = ["sqs", "sns", "kinesis"].map(|name| format!("https://{name}.eu-west-1.amazonaws.com"));
        assert_eq!(shown.to_vec().len(), 3);
        for address in expected {
            assert!(shown.contains(&address), "{shown:?}");
        }
        let china = super::addresses("cn-north-1").unwrap();
        assert_eq!(china.of(Service::Sqs).to_string(), "https://sqs.cn-north-1.amazonaws.com.cn");
    }
}
