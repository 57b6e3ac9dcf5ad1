//! Exchanges of clients that speak the query protocol, byte for byte.

#![expect(clippy::unwrap_used, reason = "all of this is a test")]

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use redeliver_chaos::plan::Place;
use redeliver_chaos::{Chaos, Do, Event, Exchange, Mode, Plan, Unsigned, rules};

/// One rule that always acts.
fn chaos(rule: &str) -> Chaos {
    let text = format!("plan: \"1.0\"\nabout: A test.\nrules:\n  - {{ rule: {rule}, probability: 1.0 }}\n");
    Chaos::new(&Plan::load("plan.yaml", &text, &rules::known(), Some(Place::Proxy)).unwrap(), 1, Mode::Draw)
}

fn post(url: &str, form: &str) -> Request<Bytes> {
    let request = Request::post(url).header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    let signature =
        "AWS4-HMAC-SHA256 Credential=k/20250101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=ab";
    request.header("authorization", signature).body(form.to_owned().into()).unwrap()
}

fn received(bodies: &[&str]) -> Response<Bytes> {
    let message = |body: &&str| {
        format!(
            "<Message><MessageId>{body}</MessageId><ReceiptHandle>h-{body}</ReceiptHandle><Body>{body}</Body></Message>\n"
        )
    };
    let messages: String = bodies.iter().map(message).collect();
    let text = format!(
        "<ReceiveMessageResponse>\n<ReceiveMessageResult>{messages}</ReceiveMessageResult>\n\
         <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></ReceiveMessageResponse>"
    );
    Response::builder()
        .header("content-type", "text/xml")
        .header("content-length", text.len())
        .body(text.into())
        .unwrap()
}

/// What an exchange has the backend do, and its answer.
fn exchange(
    chaos: &mut Chaos,
    request: Request<Bytes>,
    answer: &Response<Bytes>,
    at: u64,
) -> (Vec<Request<Bytes>>, Response<Bytes>) {
    let mut exchange = Exchange::new(request, "client");
    let (mut sent, mut event) = (Vec::new(), Event::Start);
    loop {
        event = match exchange.step(chaos, Duration::from_secs(at), event) {
            Do::Forward(request) => {
                sent.push(request);
                Event::Reply(answer.clone())
            }
            Do::Extra(request) => {
                sent.push(request);
                Event::Done
            }
            Do::Answer(answer) => return (sent, answer),
            other => panic!("{other:?}"),
        };
    }
}

fn text(body: &Bytes) -> &str {
    std::str::from_utf8(body).unwrap()
}

/// Method, URL, body, and whether the signature is void.
fn shown(request: &Request<Bytes>) -> String {
    let void = request.extensions().get::<Unsigned>().is_some();
    let header = request.headers()["authorization"].to_str().unwrap();
    assert_eq!(header.ends_with(&"0".repeat(64)), void, "{header}");
    assert!(!void || request.headers()["content-length"] == request.body().len().to_string());
    format!("{} {} {} {void}", request.method(), request.uri(), text(request.body()))
}

const RECEIVE: &str = "QueueUrl=http%3A%2F%2Fh%2F1%2Fq&Unknown=%7e+x&MaxNumberOfMessages=2&Action=ReceiveMessage";

#[test]
fn what_no_rule_changes_passes_as_it_came() {
    let mut chaos = chaos("send-reply-lost");
    let (request, answer) = (post("http://h/", RECEIVE), received(&["a"]));
    let (sent, got) = exchange(&mut chaos, request.clone(), &answer, 0);
    assert_eq!((shown(&sent[0]), sent[0].headers()), (shown(&request), request.headers()));
    assert_eq!((got.body(), got.headers()), (answer.body(), answer.headers()));
    let publish = post("http://h/", "Action=Publish&Version=2010-03-31&TopicArn=t&Message=%7e+x");
    assert_eq!(shown(&exchange(&mut chaos, publish.clone(), &received(&[]), 0).0[0]), shown(&publish));
}

#[test]
fn changed_answer_keeps_the_id_of_its_request() {
    let mut chaos = chaos("duplicate-in-batch");
    let (_, got) = exchange(&mut chaos, post("http://h/", RECEIVE), &received(&["a"]), 0);
    let expected = "<?xml version=\"1.0\"?><ReceiveMessageResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">\
        <ReceiveMessageResult><Message><Body>a</Body><MessageId>a</MessageId><ReceiptHandle>h-a</ReceiptHandle></Message>\
        <Message><Body>a</Body><MessageId>a</MessageId><ReceiptHandle>redeliver-copy-1</ReceiptHandle></Message>\
        </ReceiveMessageResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></ReceiveMessageResponse>";
    assert_eq!(text(got.body()), expected);
    assert!(!got.headers().contains_key("content-length"));
}

#[test]
fn changed_request_is_a_form_that_keeps_what_is_no_parameter() {
    let mut chaos = chaos("replica-duplicate");
    exchange(&mut chaos, post("http://h/1/q", RECEIVE), &received(&["a"]), 0);
    let (_, copy) = exchange(&mut chaos, post("http://h/1/q", RECEIVE), &received(&["a"]), 30);
    assert!(text(copy.body()).contains("<ReceiptHandle>redeliver-copy-1<"), "{copy:?}");
    let delete = "ReceiptHandle=redeliver-copy-1&Version=2011-10-01&ContentType=JSON&Action=DeleteMessage";
    let (sent, _) = exchange(&mut chaos, post("http://h/1/q?X-Amz-Date=5", delete), &Response::default(), 30);
    let form =
        "Action=DeleteMessage&Version=2011-10-01&QueueUrl=http%3A%2F%2Fh%2F1%2Fq&ReceiptHandle=h-a&ContentType=JSON";
    assert_eq!(sent.iter().map(shown).collect::<Vec<_>>(), [format!("POST http://h/1/q?X-Amz-Date=5 {form} true")]);
    // A URL alone becomes a form, too.
    let mut get = post(&format!("http://h/1/q?{delete}&X-Amz-Date=5"), "");
    *get.method_mut() = http::Method::GET;
    let (sent, _) = exchange(&mut chaos, get, &Response::default(), 30);
    let form = form.replace("&ContentType=JSON", "");
    let expected = format!("POST http://h/1/q?ContentType=JSON&X-Amz-Date=5 {form} true");
    assert_eq!(sent.iter().map(shown).collect::<Vec<_>>(), [expected]);
}

#[test]
fn own_calls_are_forms_to_the_queue_that_is_meant() {
    let mut chaos = chaos("lease-expires");
    let receive = RECEIVE.replace("2Fq", "2Fother");
    for (asked, at) in [("http://h/1/q", "http://h/1/other"), ("http://h/", "http://h/")] {
        let (sent, _) = exchange(&mut chaos, post(asked, &receive), &received(&["a"]), 0);
        let own = "Action=ChangeMessageVisibilityBatch&Version=2012-11-05&\
            ChangeMessageVisibilityBatchRequestEntry.1.Id=0&ChangeMessageVisibilityBatchRequestEntry.1.ReceiptHandle=h-a&\
            ChangeMessageVisibilityBatchRequestEntry.1.VisibilityTimeout=0&QueueUrl=http%3A%2F%2Fh%2F1%2Fother&Unknown=~%20x";
        assert_eq!(shown(&sent[1]), format!("POST {at} {own} true"));
    }
}
