//! ARNs of applications, `app/ADM/name`, and of endpoints, `endpoint/ADM/name/id`.

use super::fault::PlatformFault;
use super::registry::Home;
use crate::sns::Error;
use crate::{Arn, Uuid};

/// What an application's ARN says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ApplicationName {
    /// Account and region.
    pub(super) home: Home,
    /// Platform and name, with a slash between them.
    pub(super) path: String,
}

/// What an endpoint's ARN says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EndpointName {
    /// Its application.
    pub(super) application: ApplicationName,
    /// Its id.
    pub(super) id: Uuid,
}

/// Reads the ARN of an application; `None` where it is none of one that could exist.
pub(super) fn application(parameter: &'static str, text: Option<&str>) -> Result<Option<ApplicationName>, Error> {
    let (arn, slashes) = parse(parameter, text)?;
    if slashes != 2 {
        return Err(PlatformFault::Slashes { parameter }.into());
    }
    Ok(arn.and_then(|arn| {
        let path = arn.resource.strip_prefix("app/")?.to_owned();
        Some(ApplicationName { home: Home::of(&arn), path })
    }))
}

/// Reads the ARN of an endpoint; `None` where it is none of one that could exist.
pub(super) fn endpoint(parameter: &'static str, text: Option<&str>) -> Result<Option<EndpointName>, Error> {
    let (arn, slashes) = parse(parameter, text)?;
    if slashes != 3 {
        return Err(PlatformFault::Slashes { parameter }.into());
    }
    let Some((path, id)) = arn.as_ref().and_then(|arn| arn.resource.rsplit_once('/')) else { return Ok(None) };
    let id = Uuid::parse(id).ok_or(PlatformFault::EndpointId { parameter, length_fits: id.len() == 36 })?;
    let path = path.strip_prefix("endpoint/").map(str::to_owned);
    Ok(arn
        .as_ref()
        .zip(path)
        .map(|(arn, path)| EndpointName { application: ApplicationName { home: Home::of(arn), path }, id }))
}

/// The ARN, if it is one of SNS, and how many slashes its last part has.
fn parse(parameter: &'static str, text: Option<&str>) -> Result<(Option<Arn>, usize), Error> {
    let text = text.ok_or(Error::MissingValue { parameter })?;
    let elements = text.split(':').count();
    if elements < 6 {
        return Err(Error::ShortArn { parameter, elements });
    }
    let resource = text.splitn(6, ':').last().unwrap_or_default();
    Ok((Arn::parse(text).filter(|arn| arn.service == "sns"), resource.matches('/').count()))
}

#[cfg(test)]
mod tests {
    use super::{application, endpoint};

    const ID: &str = "00000000-0000-4000-8000-000000000001";

    fn text<T>(read: Result<T, crate::sns::Error>) -> String {
        read.err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn arns_are_read() {
        let read = application("A", Some("arn:aws:sns:eu-west-1:1:app/ADM/my.app")).unwrap().unwrap();
        assert_eq!((&*read.home.account, &*read.home.region, read.path.as_str()), ("1", "eu-west-1", "ADM/my.app"));
        let arn = format!("arn:aws:sns:eu-west-1:1:endpoint/ADM/my.app/{ID}");
        let endpoint = endpoint("E", Some(&arn)).unwrap().unwrap();
        assert_eq!((endpoint.application, endpoint.id.to_text()), (read, ID.to_owned()));
    }

    #[test]
    fn texts_that_are_no_arns_are_told_as_aws_tells_them() {
        let elements = "Invalid parameter: A Reason: An ARN must have at least 6 elements, not 1";
        let slashes = "Invalid parameter: A Reason: Wrong number of slashes in relative portion of the ARN.";
        let id = "Invalid parameter: A Reason: ARN specifies an invalid endpointId: UUID must be encoded in exactly 36 characters.";
        assert_eq!(text(application("A", Some("nothing"))), elements);
        assert_eq!(text(application("A", Some("arn:aws:sns:r:1:app/ADM"))), slashes);
        assert_eq!(text(endpoint("A", Some(""))), elements);
        assert_eq!(text(endpoint("A", Some("arn:aws:sns:r:1:endpoint/ADM/app"))), slashes);
        assert_eq!(text(endpoint("A", Some(&format!("arn:aws:sns:r:1:endpoint/ADM/app/{ID}x")))), id);
    }
}
