//! Messages to endpoints.

use redeliver_model::sns::{
    Command, CreatePlatformApplicationInput, CreatePlatformEndpointInput, CreateTopicInput, DeleteEndpointInput,
    PublishInput, Reply, SetEndpointAttributesInput, SubscribeInput,
};

use crate::driver::{Driver, map, texts};

/// An endpoint of an application on this platform.
fn endpoint(driver: &mut Driver, platform: &str, token: &str) -> String {
    let input = CreatePlatformApplicationInput {
        name: Some("app".to_owned()),
        platform: Some(platform.to_owned()),
        attributes: Some(map(&[("PlatformPrincipal", "p"), ("PlatformCredential", "c")])),
    };
    let Ok(Reply::CreatePlatformApplication(application)) = driver.call(Command::CreatePlatformApplication(input))
    else {
        panic!("it is made");
    };
    let input = CreatePlatformEndpointInput {
        platform_application_arn: application.platform_application_arn,
        token: Some(token.to_owned()),
        ..Default::default()
    };
    let Ok(Reply::CreatePlatformEndpoint(endpoint)) = driver.call(Command::CreatePlatformEndpoint(input)) else {
        panic!("it is made");
    };
    endpoint.endpoint_arn.expect("it has an ARN")
}

fn to(endpoint: &str, message: &str) -> PublishInput {
    PublishInput { target_arn: Some(endpoint.to_owned()), message: Some(message.to_owned()), ..Default::default() }
}

#[test]
fn message_with_a_structure_reaches_each_platform_as_its_own() {
    let mut driver = Driver::new();
    let message = r#"{"default":"for all","GCM":"for Google","sms":"for phones"}"#;
    let mut got = Vec::new();
    for (platform, token) in [("GCM", "t"), ("APNS", "ab01"), ("APNS_SANDBOX", "ab02")] {
        let endpoint = endpoint(&mut driver, platform, token);
        let structure = Some("json".to_owned());
        let input = PublishInput { message_structure: structure, ..to(&endpoint, message) };
        driver.call(Command::Publish(input)).unwrap();
        let entry = driver.last();
        assert_eq!((entry.protocol, &entry.endpoint, &entry.failure), ("application", &endpoint, &None));
        got.push(entry.message);
    }
    assert_eq!(got, ["for Google", "for all", "for all"]);
}

#[test]
fn options_for_push_services_go_along() {
    let mut driver = Driver::new();
    let endpoint = endpoint(&mut driver, "GCM", "t");
    let attributes = texts(&[("AWS.SNS.MOBILE.GCM.TTL", "60"), ("other", "x")]);
    let input = PublishInput { message_attributes: Some(attributes), ..to(&endpoint, "m") };
    driver.call(Command::Publish(input)).unwrap();
    let attributes: Vec<_> = driver.last().attributes.into_iter().collect();
    assert_eq!(attributes, [("AWS.SNS.MOBILE.GCM.TTL".to_owned(), "60".to_owned())]);
}

#[test]
fn disabled_endpoint_is_told_to_publishers_and_kept_from_topics() {
    let mut driver = Driver::new();
    let endpoint = endpoint(&mut driver, "GCM", "t");
    let topic = CreateTopicInput { name: Some("t".to_owned()), ..Default::default() };
    let Ok(Reply::CreateTopic(topic)) = driver.call(Command::CreateTopic(topic)) else { panic!("it is made") };
    let subscribe = SubscribeInput {
        topic_arn: topic.topic_arn.clone(),
        protocol: Some("application".to_owned()),
        endpoint: Some(endpoint.clone()),
        ..Default::default()
    };
    driver.call(Command::Subscribe(subscribe)).unwrap();
    let publish = PublishInput { topic_arn: topic.topic_arn, message: Some("m".to_owned()), ..Default::default() };
    driver.call(Command::Publish(publish.clone())).unwrap();
    assert_eq!((driver.last().message.as_str(), driver.last().failure), ("m", None));

    let off = SetEndpointAttributesInput {
        endpoint_arn: Some(endpoint.clone()),
        attributes: Some(map(&[("Enabled", "false")])),
    };
    driver.call(Command::SetEndpointAttributes(off)).unwrap();
    let refused = driver.call(Command::Publish(to(&endpoint, "m"))).unwrap_err();
    assert_eq!(refused.describe().code, "EndpointDisabled");
    driver.call(Command::Publish(publish.clone())).unwrap();
    assert_eq!(driver.last().failure.as_deref(), Some("Endpoint is disabled"));

    driver.call(Command::DeleteEndpoint(DeleteEndpointInput { endpoint_arn: Some(endpoint) })).unwrap();
    driver.call(Command::Publish(publish)).unwrap();
    let gone = "Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified";
    assert_eq!(driver.last().failure.as_deref(), Some(gone));
}
