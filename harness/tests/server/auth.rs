//! Signatures, checked against those that the SDK makes.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sdk_sqs::error::ProvideErrorMetadata;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use bytes::Bytes;
use http::Request;
use http_body_util::Full;
use redeliver::server::{Auth, Keys, Settings};

use super::served::{Served, settings};

async fn verifying() -> Served {
    let keys: Keys = ["AKIA:secret", "ASIA:secret:token"].iter().map(|text| text.parse::<Keys>().unwrap()).collect();
    Served::with(Settings { auth: Auth::Verify(keys), ..settings() }).await
}

/// A clock that goes wrong by this many seconds.
#[derive(Debug)]
struct Off(i64);

impl TimeSource for Off {
    #[expect(clippy::disallowed_methods, reason = "the server checks signatures by real time")]
    fn now(&self) -> SystemTime {
        let off = Duration::from_secs(self.0.unsigned_abs());
        if self.0 < 0 { SystemTime::now() - off } else { SystemTime::now() + off }
    }
}

/// What a call of the SDK comes to: nothing, or the error's code and text.
async fn listed(config: aws_sdk_sqs::config::Builder) -> Result<(), (String, String)> {
    let sqs = aws_sdk_sqs::Client::from_conf(config.build());
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    match sqs.list_queues().queue_name_prefix("a b+c/ü").send().await {
        Ok(_) => Ok(()),
        Err(error) => Err((text(error.code()), text(error.message()))),
    }
}

#[tokio::test]
async fn signature_of_a_known_key_is_taken() {
    let served = verifying().await;
    assert_eq!(listed(served.sdk("AKIA", "secret", None)).await, Ok(()));
    assert_eq!(listed(served.sdk("ASIA", "secret", Some("token"))).await, Ok(()));
}

#[tokio::test]
async fn unknown_keys_and_other_tokens_are_refused() {
    let served = verifying().await;
    for (key, token) in [("AKIB", None), ("AKIA", Some("token")), ("ASIA", None), ("ASIA", Some("tokem"))] {
        let (code, text) = listed(served.sdk(key, "secret", token)).await.unwrap_err();
        assert_eq!(code, "UnrecognizedClientException", "{key} {token:?}");
        assert_eq!(text, "The security token included in the request is invalid.");
    }
}

#[tokio::test]
async fn signature_with_another_secret_is_refused_with_what_should_have_been_signed() {
    let served = verifying().await;
    let (code, text) = listed(served.sdk("AKIA", "secrat", None)).await.unwrap_err();
    assert_eq!(code, "InvalidSignatureException");
    let start = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
                 Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this \
                 request should have been\n'POST\n/\n\ncontent-";
    assert!(text.starts_with(start), "{text}");
    assert!(!text.contains("secret"), "secrets are not told");
}

#[tokio::test]
async fn clocks_may_differ_by_a_quarter_of_an_hour() {
    let served = verifying().await;
    let at = |seconds| listed(served.sdk("AKIA", "secret", None).time_source(SharedTimeSource::new(Off(seconds))));
    assert_eq!((at(-14 * 60).await, at(14 * 60).await), (Ok(()), Ok(())));
    let (code, text) = at(-16 * 60).await.unwrap_err();
    assert_eq!(code, "InvalidSignatureException");
    assert!(text.starts_with("Signature expired: ") && text.ends_with(" - 15 min.)"), "{text}");
    let (_, text) = at(16 * 60).await.unwrap_err();
    assert!(text.starts_with("Signature not yet current: ") && text.ends_with(" + 15 min.)"), "{text}");
}

#[tokio::test]
async fn served_clock_has_no_say_in_signatures() {
    let served = verifying().await;
    served.control("POST", "/clock", r#"{"advance_ms":86400000}"#).await;
    assert_eq!(listed(served.sdk("AKIA", "secret", None)).await, Ok(()));
}

#[tokio::test]
async fn requests_without_a_whole_signature_are_refused_in_their_protocol() {
    let served = verifying().await;
    let (status, answer) = served.call("ListQueues", "{}").await;
    let missing = "com.amazon.coral.service#MissingAuthenticationTokenException";
    assert_eq!((status, answer["__type"].as_str().unwrap()), (400, missing));
    let query = served.raw(b"GET /?Action=ListQueues HTTP/1.0\r\nHost: h\r\n\r\n").await;
    assert!(query.starts_with("HTTP/1.0 403 ") && query.contains("<Code>MissingAuthenticationToken</Code>"), "{query}");
    let headers = [("authorization", "AWS4-HMAC-SHA256 Credential=AKIA/20250101/us-east-1/sqs/aws4_request")];
    let response = served.send(served.json("ListQueues", &headers, "{}")).await;
    let body = String::from_utf8(response.body().to_vec()).unwrap();
    assert!(
        body.contains("#IncompleteSignatureException") && body.contains("requires 'Signature' parameter. "),
        "{body}"
    );
    assert!(body.contains("requires existence of either a 'X-Amz-Date' or a 'Date' header."), "{body}");
}

/// A URL that was signed in advance, so many seconds ago, and lives for so many.
fn presigned(served: &Served, secret: &str, seconds_ago: i64, lives: u64) -> String {
    let url = format!("{}/?Action=ListQueues&QueueNamePrefix=a%20b%2Bc", served.url);
    let mut settings = SigningSettings::default();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(Duration::from_secs(lives));
    let identity = Credentials::new("ASIA", secret, Some("token".to_owned()), None, "test").into();
    let params = v4::SigningParams::builder().identity(&identity).region("us-east-1").name("sqs");
    let params = params.time(Off(-seconds_ago).now()).settings(settings).build().unwrap();
    let request = SignableRequest::new("GET", url.as_str(), std::iter::empty(), SignableBody::Bytes(b"")).unwrap();
    let (instructions, _) = sign(request, &params.into()).unwrap().into_parts();
    let mut signed = Request::get(url).body(()).unwrap();
    instructions.apply_to_request_http1x(&mut signed);
    signed.uri().path_and_query().unwrap().to_string()
}

#[tokio::test]
async fn url_signed_in_advance_is_taken_for_as_long_as_it_lives() {
    let served = verifying().await;
    let get = async |path: String| {
        let request = Request::get(path).header("host", served.address.to_string());
        let response = served.send(request.body(Full::new(Bytes::new())).unwrap()).await;
        (response.status().as_u16(), String::from_utf8(response.body().to_vec()).unwrap())
    };
    let (status, body) = get(presigned(&served, "secret", 3_000, 3_600)).await;
    assert_eq!(status, 200, "{body}");
    let (status, body) = get(presigned(&served, "secret", 4_000, 3_600)).await;
    assert!(status == 400 && body.contains("<Code>RequestExpired</Code>"), "{body}");
    let (status, body) = get(presigned(&served, "other", 0, 3_600)).await;
    assert!(status == 403 && body.contains("<Code>SignatureDoesNotMatch</Code>"), "{body}");
    let tampered = presigned(&served, "secret", 0, 60).replace("ListQueues", "ListQueuez");
    assert_eq!(get(tampered).await.0, 403);
}
